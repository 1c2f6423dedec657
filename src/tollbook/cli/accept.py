"""The verb accept: a person has read the claim and stands by it."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def accept(
    target: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or the beginning of it.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Accept a claim.

    A person has read it and stands by it; one that a model proposed counts from now on.
    """
    judge.record(box, Verb.ACCEPT, target, reason=reason, by=by, dry_run=dry_run, what="claim")
