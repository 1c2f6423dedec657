"""The verb assign: whose work a claim or an incident is."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def assign(
    target: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM|INCIDENT", help="Its id, the beginning of it, or words of an incident's name."
        ),
    ],
    to: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Whose work it is; without a name it is nobody's.")
    ] = "",
    *,
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why, if there is more to say.")] = "assigned",
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Assign a claim or an incident to somebody.

    tollbook queue --assigned NAME lists what waits for a person.
    """
    judge.record(
        box, Verb.ASSIGN, target, reason=reason, by=by, dry_run=dry_run, what="claim or incident",
        changes=(("to", to.strip()),),
    )  # fmt: skip
