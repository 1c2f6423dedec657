"""The verb diff: what moved between two moments, each move with its kind and its cause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook import toll as reckoning
from tollbook.cli import given, screen
from tollbook.values import Book, Change, Toll


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="A day or moment.")],
    second: Annotated[str, typer.Argument(metavar="B", help="A later one.")],
    incident: given.Which = None,
    *,
    known: Annotated[
        bool, typer.Option("--known", help="Compare what the box knew then and then, not what was said by then.")
    ] = False,
    method: given.MethodName = "strict",
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print what moved between two moments: first by what was said; with --known by what had been recorded."""
    if known:
        with given.opened(box) as opened:
            before, after = (pipeline.book(opened, given.moment(m)) for m in (first, second))
        moved = [m for i in chosen(after, incident) for m in learned(before, after, i, given.method(method))]
        if json:
            screen.data([{"before": screen.plain(b.figure), **_toll(a), "kinds": kinds} for b, a, kinds in moved])
        else:
            _learned(after, moved)
        return
    book, a, b = given.book(box, None), given.day(first), given.day(second)
    if a is None or b is None or a > b:
        raise given.MistakeError(f"{first} is after {second}; give the earlier day first")
    changes = [
        c for i in chosen(book, incident) for c in reckoning.changes(book, i) if c.day is not None and a < c.day <= b
    ]
    if json:
        screen.data([screen.plain(c) for c in changes])
    else:
        show(book, changes)


def chosen(book: Book, incident: str | None) -> list[str]:
    """The incident meant, or all of them."""
    return sorted(book.incidents) if incident is None else [given.incident(book, incident)]


def show(book: Book, changes: Sequence[Change], *, named: bool = True) -> None:
    """Prints moves: day, what, from and to, kind, whose word, and why."""
    if not changes:
        screen.para("Nothing moved.")
        return
    names = {c.incident for c in changes}
    for i in sorted(names):
        if named and (len(names) > 1 or i in book.incidents):
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


Moved = tuple[Toll, Toll, list[str]]


def learned(before: Book, after: Book, incident: str, method: str) -> list[Moved]:
    """Each toll of an incident that differs between two books of one log, with the kinds of the moves behind it."""
    old = {(t.outcome, t.group): t for t in (reckoning.table(before, incident, method) if incident in before.incidents else ())}
    new = {(t.outcome, t.group): t for t in reckoning.table(after, incident, method)}
    decided = after.judgements.keys() - before.judgements.keys()
    spoken_of = {t for j in decided for t in (after.judgements[j].target, *after.judgements[j].claims)}
    moved: list[Moved] = []
    for key in sorted(old.keys() | new.keys()):
        nothing = Toll(incident, *key)
        a, b = old.get(key, nothing), new.get(key, nothing)
        if a.figure == b.figure:
            continue
        fresh = {u.claim for u in b.used} - before.claims.keys()
        kinds = {c.kind for c in reckoning.changes(after, incident, key[0]) if c.group == key[1] and fresh & set(c.claims)}
        if {u.claim for u in (*a.used, *b.used, *b.aside)} & spoken_of or (a.used and not fresh):
            kinds.add("our error" if spoken_of else "reclassified")
        moved.append((a, b, sorted(kinds) or ["late report"]))
    return moved


def _learned(book: Book, moved: list[Moved]) -> None:
    if not moved:
        screen.para("Nothing moved.")
        return
    screen.table(
        ("incident", "of", "from", "to", "kinds"),
        [
            (
                screen.clip(book.incidents[b.incident].name, 30),
                f"{b.outcome.replace('_', ' ')}, {screen.people(b.group)}",
                screen.words(a.figure) if a.figure.known else "–",
                screen.words(b.figure) if b.figure.known else "–",
                ", ".join(kinds),
            )
            for a, b, kinds in moved
        ],
        right=(2, 3),
    )


def _toll(toll: Toll) -> dict[str, object]:
    return {"incident": toll.incident, "outcome": toll.outcome, "group": toll.group, "after": screen.plain(toll.figure)}
