"""The verb acknowledge: a finding is explained; it shows as explained, not as gone."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def acknowledge(
    target: Annotated[str, typer.Argument(metavar="FINDING", help="Its key, as tollbook check prints it.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Acknowledge a finding.

    It is known and explained, and no longer open; it shows as explained, not as gone.
    """
    judge.record(box, Verb.ACKNOWLEDGE, target, reason=reason, by=by, dry_run=dry_run, what="finding")
