"""The verb accept: a person has read the claim, or all of an incident, and stands by it."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def accept(
    target: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM|INCIDENT", help="Its id, the beginning of it, or words of an incident's name."
        ),
    ],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Accept a claim or an incident.

    A person has read it and stands by it; a claim that a model proposed counts from now on. Where the box asks for two
    persons, it is accepted when a second one says so.
    """
    judge.record(box, Verb.ACCEPT, target, reason=reason, by=by, dry_run=dry_run, what="claim or incident")
