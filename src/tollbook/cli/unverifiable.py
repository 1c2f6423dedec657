"""The verb unverifiable: it was tried and cannot be verified."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def unverifiable(
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
    """Say that a claim or an incident cannot be verified.

    It was tried, and it cannot be done by now. The claim stays in the book and in what voices say; the method graded
    does not hear it, and it is shown as unverifiable wherever it is shown.
    """
    judge.record(
        box, Verb.UNVERIFIABLE, target, reason=reason, by=by, dry_run=dry_run, what="claim or incident"
    )
