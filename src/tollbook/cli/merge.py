"""The verb merge: two incidents are one."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def merge(
    target: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="The one that goes, by id or words of its name.")
    ],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Merge an incident into another.

    They are one event.
    """
    judge.record(box, Verb.MERGE, target, reason=reason, by=by, dry_run=dry_run, what="incident", other=into)
