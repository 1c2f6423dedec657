"""The verb apart: two incidents are not one, or a claim is not about an incident; both are remembered."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def apart(
    target: Annotated[
        str,
        typer.Argument(
            metavar="INCIDENT|CLAIM", help="An incident by id or words of its name, or a claim by id."
        ),
    ],
    other: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident that it is not.")],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Tell two incidents apart, or a claim from an incident.

    They are never matched again, and no check proposes to merge them. A merge takes it back.
    """
    judge.record(
        box, Verb.APART, target, reason=reason, by=by, dry_run=dry_run, what="incident or claim", other=other
    )  # fmt: skip
