"""The verb undo: a judgement is undone."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def undo(
    target: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id, or the beginning of it.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Undo a judgement.

    What it did is as before; both stay in the log.
    """
    judge.record(box, Verb.UNDO, target, reason=reason, by=by, dry_run=dry_run, what="judgement")
