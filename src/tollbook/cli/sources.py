"""The verb sources: the voices of the book, one with its card and scorecard, or what is kept unread and why."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from tollbook.cli import given, scorecard, screen
from tollbook.values import Book


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
    rows = voices(book)
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


def voices(book: Book) -> list[dict[str, object]]:
    """Each voice with the reports it published and the claims that are counted as its own, those with a card first."""
    claims = Counter(book.origin_of.get(i, "") for i in book.claims)
    reports = Counter(_publisher(book, r.publisher) for r in book.reports.values())
    found: list[dict[str, object]] = []
    names: set[str] = set()
    for card in sorted(book.sources.values(), key=lambda s: (s.confidential, s.handle)):
        names.add(card.handle)
        found.append(
            {
                "id": card.id,
                "name": card.handle,
                "kind": str(card.kind),
                "party": None if card.confidential else card.party,
                "reliability": card.reliability,
                "confidential": card.confidential,
                "reports": reports[card.handle],
                "claims": claims[card.handle],
            }
        )
    for name in sorted((claims.keys() | reports.keys()) - names - {""}):
        found.append(
            {"id": "", "name": name, "kind": "no card", "party": None, "reliability": "", "confidential": False,
             "reports": reports[name], "claims": claims[name]}
        )  # fmt: skip
    return found


def _publisher(book: Book, name: str) -> str:
    card = book.source(name) or book.source(name.partition(" (")[0])
    return card.handle if card is not None else name


def _quarantine(book: Book, *, json: bool) -> None:
    rows = sorted(book.unread.values(), key=lambda u: (u.recorded_at, u.document))
    if json:
        screen.data([{"id": u.id, **vars_of(u)} for u in rows])
    elif not rows:
        screen.para("Nothing is kept unread.")
    else:
        screen.table(
            ("document", "came", "id", "why it was not read, and what to do"),
            [(u.document, f"{u.recorded_at:%Y-%m-%d}", u.id, u.reason) for u in rows],
        )


def vars_of(unread: object) -> dict[str, object]:
    """What came in unread, as JSON has it."""
    return {
        n: screen.plain(getattr(unread, n))
        for n in ("document", "origin", "original", "reason", "recorded_at")
    }
