"""The verb diff: what moved between two moments or two days, each move with its kind and its cause."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import toll as reckoning
from tollbook.cli import given, screen
from tollbook.values import Book, Change


class Of(StrEnum):
    """Whose moves are printed."""

    TOLL = "toll"
    VOICES = "voices"


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A day or moment.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A later one.")],
    incident: given.Which = None,
    *,
    known: Annotated[
        bool,
        typer.Option("--known", help="Compare what the box knew then and then, not what was said by then."),
    ] = False,
    of: Annotated[
        Of, typer.Option(help="Moves of the toll by the method, or every step of every voice in between.")
    ] = Of.TOLL,
    method: given.MethodName = "strict",
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print what moved between two days or moments, and why.

    By days it is what was said in between (--known-at cuts what the box knew); with --known it is what was recorded
    in between (--as-of cuts what was said).
    """
    if known and known_at is not None:
        raise given.MistakeError("--known compares two moments already; leave --known-at out")
    if not known and as_of is not None:
        raise given.MistakeError(
            "A and B are days already; leave --as-of out, or compare moments with --known"
        )
    if known:
        with given.opened(box) as opened:
            before, after = (given.realised(opened, given.moment(m)) for m in (first, second))
        days = given.day(as_of), given.day(as_of)
    else:
        before = after = given.book(box, known_at)
        days = given.day(first), given.day(second)
    if first > second:
        raise given.MistakeError(f"{first} is after {second}; give the earlier one first")
    found: list[Change] = []
    for i in chosen(after, incident):
        if of is Of.TOLL:
            found += reckoning.diff(before, after, i, method, methods=given.methods(box), as_of=days)
        else:
            found += reckoning.steps(before, after, i, as_of=days)
    if json:
        screen.data(found)
    else:
        show(after, found)


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
