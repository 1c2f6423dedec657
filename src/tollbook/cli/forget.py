"""The verb forget: words, names and kept files are removed for good; the figures stay."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.pipeline import Plan
from tollbook.values import Book


def forget(
    target: Annotated[
        str,
        typer.Argument(
            metavar="REPORT|CLAIM|SOURCE", help="Its id, the beginning of it, or a source's name."
        ),
    ],
    *,
    reason: Annotated[
        str, typer.Option("--reason", "-r", help="Why; it stays on record, so it must not say what it was.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Forget a report, a claim's words or a source, for good.

    Of a report the text, the headline, the address and the kept original go; of a claim its words; of a source its
    name, wherever it stands, and the text of every report that names it. The figures stay, and no toll moves for it.
    It cannot be undone.
    """
    with given.opened(box) as opened:
        book = given.realised(opened)
        wanted = pipeline.plan(opened, _meant(book, target))
        screen.say(_told(wanted))
        if wanted.warning:
            screen.say(wanted.warning)
        if dry_run:
            screen.say("nothing was forgotten, because of --dry-run")
            return
        if not reason.strip():
            raise given.MistakeError("a forgetting needs a reason; say why, without saying what it was")
        if not yes and not _asked():
            screen.say("nothing was forgotten")
            return
        count = pipeline.carry_out(opened, wanted, reason.strip(), given.now())
    screen.para(
        f"Forgotten: {screen.counted(count, 'log line')}. What was published, backups and copies are not reached."
    )


def _meant(book: Book, target: str) -> str:
    """The id that the caller means: a source by its name or handle, anything else by its id."""
    named = [i for i, s in book.sources.items() if target in {s.name, s.handle}]
    return named[0] if named else given.entry(book, target)


def _told(wanted: Plan) -> str:
    goes = [
        screen.counted(wanted.reports, "report loses its text", "reports lose their text"),
        screen.counted(wanted.words, "statement loses its words", "statements lose their words"),
        screen.counted(len(wanted.kept), "kept file goes", "kept files go"),
    ]
    return f"{', '.join(goes)}; the figures stay. This cannot be undone."


def _asked() -> bool:
    """Whether a person at a terminal says yes.

    Raises:
        MistakeError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise given.MistakeError("it cannot be undone, and there is nobody to ask here; say so with --yes")
    return typer.confirm("Forget it for good?", err=True)
