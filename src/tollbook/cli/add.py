"""The verb add: reports are read, their claims extracted, matched to incidents and recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen

Targets = Annotated[
    list[str], typer.Argument(metavar="PATH|URL|- ...", help="Files, folders, addresses, or - for standard input.")
]
Published = Annotated[
    str | None, typer.Option(metavar="DAY", help="Day of publication of texts that do not say it themselves.")
]


def add(
    targets: Targets,
    *,
    published: Published = None,
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> int:
    """Add reports to the box. The same report twice changes nothing. Exit code 2 if one could not be read."""
    day = given.day(published)
    with given.opened(box) as opened, screen.progress("reading") as progress:
        done = pipeline.ingest(
            opened,
            targets,
            published=day,
            stdin=given.stdin(targets),
            dry_run=dry_run,
            now=given.now(),
            progress=progress,
        )
    return 2 if done.unread else 0
