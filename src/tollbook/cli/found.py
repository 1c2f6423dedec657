"""The verb found: a war or a campaign is put into the book, so that incidents can stand under it."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import notation, pipeline
from tollbook.cli import given, screen
from tollbook.codes import Level
from tollbook.nouns import Incident

Name = Annotated[str, typer.Option(help="What it is called.")]
Place = Annotated[
    str | None, typer.Option(help="Where, in words: a country, a province. Without it, anywhere.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Its first day.")]
To = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help="Its last day; without it, it still goes on.")
]


def found(
    *,
    level: Annotated[Level, typer.Option(help="How much it holds.")],
    name: Name,
    reason: given.Reason,
    place: Place = None,
    from_: From = None,
    to: To = None,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Found a war or a campaign.

    Put incidents under it with nest. To take it back, withdraw it.
    """
    first = given.day(from_)
    wanted = Incident(
        said_on=first, recorded_at=given.now(), made_by=by, name=name.strip(), place=place, date_from=first,
        date_to=given.day(to), level=level,
    )  # fmt: skip
    with given.opened(box) as opened:
        given.realised(opened)
        if dry_run:
            screen.say("not recorded, because of --dry-run:")
            screen.line(notation.show(pipeline.found(opened, wanted, reason, dry_run=True)))
            return
        before = opened.log.head()
        done = pipeline.found(opened, wanted, reason)
        if opened.log.head() == before:
            screen.say("this was said already; nothing changed")
    screen.line(f"{done.id} {notation.show(done)}")
