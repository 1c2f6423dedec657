"""The verb withdraw: the entry is taken out of the book, because it should never have been in it."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def withdraw(
    target: Annotated[str, typer.Argument(metavar="ENTRY", help="Its id, or the beginning of it.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Withdraw a report, claim, link, incident or source.

    It counts no more, and stays in the log.
    """
    judge.record(box, Verb.WITHDRAW, target, reason=reason, by=by, dry_run=dry_run, what="entry")
