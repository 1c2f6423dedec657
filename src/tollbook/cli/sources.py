"""The verb sources: the voices of the book, one with its card and scorecard, or what is kept unread and why."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import given, scorecard, screen
from tollbook.values import Book
from tollbook.views import voices


def sources(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One of them: its name, an alias, or its handle.")
    ] = None,
    *,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="What came in and could not be read, with reasons.")
    ] = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """List the sources, or show one with its scorecard, or list what is kept unread.

    The scorecard is computed from the book: how early it speaks, how often it revises, how far its figures lie from
    what the others come to. Where there is too little it says so. A confidential source shows its handle only.
    """
    book = given.book(box, None)
    if quarantine:
        _quarantine(book, json=json)
        return
    if name is not None:
        scorecard.show(book, name, json=json)
        return
    rows = voices.listed(book)
    if json:
        screen.data(rows)
        return
    if not rows:
        screen.para("No source yet; feed the box with: tollbook add PATH")
        return
    head = ("source", "kind", "party", "grade", "reports", "claims", "id")
    cells = [
        tuple(
            "" if row[k] is None else str(row[k])
            for k in ("name", "kind", "party", "reliability", "reports", "claims", "id")
        )
        for row in rows
    ]
    screen.table(head, cells, right=(4, 5))


def _quarantine(book: Book, *, json: bool) -> None:
    rows = sorted(book.unread.values(), key=lambda u: (u.recorded_at, u.document))
    if json:
        screen.data([{"id": u.id, **voices.unread(u)} for u in rows])
    elif not rows:
        screen.para("Nothing is kept unread.")
    else:
        screen.table(
            ("document", "came", "id", "why it was not read, and what to do"),
            [(u.document, f"{u.recorded_at:%Y-%m-%d}", u.id, u.reason) for u in rows],
        )
