"""The verb split: claims leave an incident for another, a new one if need be."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def split(
    target: Annotated[
        str,
        typer.Argument(
            metavar="INCIDENT|CLAIM",
            help="The one they leave, by id or words of its name; or one claim alone.",
        ),
    ],
    claims: Annotated[
        list[str] | None, typer.Argument(metavar="[CLAIM ...]", help="The claims that leave, by id.")
    ] = None,
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

    They are about another event. A claim named alone goes from wherever it stands, also from nowhere.
    """
    judge.record(
        box,
        Verb.SPLIT,
        target,
        reason=reason,
        by=by,
        dry_run=dry_run,
        what="incident or claim",
        other=into,
        claims=tuple(claims or ()),
    )
