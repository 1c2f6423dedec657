"""The verb review: somebody has begun to check a claim or an incident."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def review(
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
    """Take a claim or an incident into review.

    It is in review until somebody accepts or rejects it, or finds that it cannot be verified.
    """
    judge.record(box, Verb.REVIEW, target, reason=reason, by=by, dry_run=dry_run, what="claim or incident")
