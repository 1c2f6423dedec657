"""The verb correct: a field of an entry says something else from now on."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, judge
from tollbook.codes import Verb


def correct(
    target: Annotated[str, typer.Argument(metavar="ENTRY", help="Its id, or the beginning of it.")],
    changes: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE ...", help="Values as tollbook print writes them; - for none."),
    ],
    *,
    reason: given.Reason,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Correct fields of an entry: correct CLAIM figure=373.

    The entry as it was read stays in the log.
    """
    judge.record(
        box,
        Verb.CORRECT,
        target,
        reason=reason,
        by=by,
        dry_run=dry_run,
        what="entry",
        changes=changed(changes),
    )


def changed(given_pairs: list[str]) -> tuple[tuple[str, str], ...]:
    """The (field, value) pairs that were written as field=value.

    Raises:
        given.MistakeError: one of them is not so written.
    """
    found: list[tuple[str, str]] = []
    for text in given_pairs:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise given.MistakeError(f"{text!r} is no change; write field=value, for example figure=373")
        found.append((name.strip(), value.strip()))
    return tuple(found)
