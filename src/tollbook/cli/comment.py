"""The verb comment: something is said about an entry."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def comment(
    target: Annotated[
        str,
        typer.Argument(metavar="ENTRY", help="Its id, the beginning of it, or words of an incident's name."),
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What there is to say.")],
    *,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Comment on a claim, an incident or any other entry.

    It changes nothing and stays in the log; tollbook explain shows it.
    """
    judge.record(box, Verb.COMMENT, target, reason=text, by=by, dry_run=dry_run, what="claim or incident")
