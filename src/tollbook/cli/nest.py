"""The verb nest: an incident stands under a campaign or a war, a campaign under a war."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def nest(
    target: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="What is put under it, by id or words of its name.")
    ],
    under: Annotated[
        str | None,
        typer.Argument(metavar="[UNDER]", help="The campaign or war; without it, it is taken out of any."),
    ] = None,
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Put an incident under a campaign or a war.

    It counts in the toll of what it stands under, once; what it stood under before loses it.
    """
    judge.record(box, Verb.NEST, target, reason=reason, by=by, dry_run=dry_run, what="incident", other=under)
