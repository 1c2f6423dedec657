"""The verb rate: a person says how credible a claim is."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def rate(
    target: Annotated[str, typer.Argument(metavar="CLAIM", help="Its id, or the beginning of it.")],
    value: Annotated[
        int,
        typer.Argument(
            metavar="1..6",
            min=1,
            max=6,
            help="1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.",
        ),
    ],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Rate the credibility of a claim, by the Admiralty scale.

    It is of this information; how reliable its source is stands on the source's card. What the book suggests, and why,
    stands in: tollbook explain CLAIM.
    """
    judge.record(
        box,
        Verb.RATE,
        target,
        reason=reason,
        by=by,
        dry_run=dry_run,
        what="claim",
        changes=(("credibility", str(value)),),
    )
