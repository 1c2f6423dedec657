"""The verb split: claims leave an incident for another, a new one if need be."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def split(
    target: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="The one they leave, by id or words of its name.")
    ],
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM ...", help="The claims that leave, by id.")],
    *,
    reason: given.Reason,
    into: Annotated[
        str | None,
        typer.Option(metavar="INCIDENT", help="Where they go; without it a new incident is founded."),
    ] = None,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Split claims off an incident.

    They are about another event.
    """
    judge.record(
        box,
        Verb.SPLIT,
        target,
        reason=reason,
        by=by,
        dry_run=dry_run,
        what="incident",
        other=into,
        claims=tuple(claims),
    )
