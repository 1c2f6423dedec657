"""The verb diff: what moved between two moments, each move with its kind and its cause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from tollbook import toll as reckoning
from tollbook.cli import given, screen
from tollbook.values import Book, Change


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A day or moment.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A later one.")],
    incident: given.Which = None,
    *,
    known: Annotated[
        bool,
        typer.Option("--known", help="Compare what the box knew then and then, not what was said by then."),
    ] = False,
    method: given.MethodName = "strict",
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print what moved between two days or moments, and why.

    By days it is what was said in between; with --known it is what was recorded in between.
    """
    if known:
        with given.opened(box) as opened:
            before, after = (given.realised(opened, given.moment(m)) for m in (first, second))
        _print(
            after,
            [
                c
                for i in chosen(after, incident)
                for c in reckoning.diff(before, after, i, method, methods=given.methods(box))
            ],
            json=json,
        )
        return
    book, a, b = given.book(box, None), given.day(first), given.day(second)
    if a is None or b is None or a > b:
        raise given.MistakeError(f"{first} is after {second}; give the earlier day first")
    changes = [
        c
        for i in chosen(book, incident)
        for c in reckoning.changes(book, i)
        if c.day is not None and a < c.day <= b
    ]
    _print(book, changes, json=json)


def _print(book: Book, changes: Sequence[Change], *, json: bool) -> None:
    if json:
        screen.data(changes)
    else:
        show(book, changes)


def chosen(book: Book, incident: str | None) -> list[str]:
    """The incident meant, or all of them."""
    return sorted(book.incidents) if incident is None else [given.incident(book, incident)]


def show(book: Book, changes: Sequence[Change]) -> None:
    """Prints moves: day, what, from and to, kind, whose word, and why."""
    if not changes:
        screen.para("Nothing moved.")
        return
    names = {c.incident for c in changes}
    for i in sorted(names):
        screen.heading(book.incidents[i].name if i in book.incidents else i)
        screen.table(
            ("day", "of", "from", "to", "kind", "why"),
            [
                (
                    c.day.isoformat() if c.day else "",
                    f"{c.outcome.replace('_', ' ')}, {screen.people(c.group)}",
                    screen.words(c.before) if c.before.known else "–",
                    screen.words(c.after) if c.after.known else "–",
                    c.kind,
                    c.why,
                )
                for c in changes
                if c.incident == i
            ],
            right=(2, 3),
        )
