"""The verb grade: a person says how well an incident is attested."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Grade, Verb


def grade(
    target: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="Its id, the beginning of it, or words of its name.")
    ],
    value: Annotated[
        Grade, typer.Argument(metavar="GRADE", help="confirmed, fair, weak, contested or discounted.")
    ],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Grade an incident, as Airwars does.

    The method graded counts those that are fair or confirmed. What the book suggests, and why, stands in: tollbook
    explain INCIDENT; it counts nothing until a person has said so.
    """
    judge.record(
        box,
        Verb.GRADE,
        target,
        reason=reason,
        by=by,
        dry_run=dry_run,
        what="incident",
        changes=(("grade", str(value)),),
    )
