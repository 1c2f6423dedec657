"""The verb reject: the claim was misread or is no claim; it counts no more."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def reject(
    target: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or the beginning of it.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Reject a claim that was misread.

    It counts no more, and stays in the log.
    """
    judge.record(box, Verb.REJECT, target, reason=reason, by=by, dry_run=dry_run, what="claim")
