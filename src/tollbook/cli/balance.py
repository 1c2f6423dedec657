"""The verb balance: who is held, at large or in displacement: what was, who came, who went, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import toll as reckoning
from tollbook.cli import given, screen
from tollbook.figures import Figure
from tollbook.toll.balance import IN, Line
from tollbook.values import Book


class Of(StrEnum):
    """The balances one can ask for."""

    HELD = "held"
    AT_LARGE = "at-large"
    DISPLACED = "displaced"


def balance(
    incident: given.Which = None,
    *,
    of: Annotated[Of | None, typer.Option(help="Whose balance; all that somebody speaks of.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only who came and went after this day.")
    ] = None,
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print who is held, at large or displaced, as stock and flow.

    Origin by origin: what there was, who came, who went, what it comes to, and whether a stated stock fits. What an
    origin is silent on while others speak of it is open. Without INCIDENT it is the one with the most claims.
    """
    book = given.book(box, known_at)
    chosen = given.largest(book, incident)
    names = [o.replace("-", " ") for o in ([of] if of else Of)]
    after, until = given.day(since), given.day(as_of)
    found = [reckoning.balance(book, chosen, name, since=after, as_of=until) for name in names]
    if json:
        screen.data([_data(book, b) for b in found])
        return
    screen.heading(book.incidents[chosen].name, f"{chosen}{_when(after, until)}")
    told = [b for b in found if b.lines or b.households]
    for b in told:
        screen.heading(f"{b.sheet}: {screen.words(b.closing)}")
        for line in b.lines:
            _show(book, line)
        for claim in b.households:
            screen.para(f"Not counted here, for nobody declared their size: {_sentence(book, claim)}")
    if not told:
        screen.para("Nobody speaks of anybody held, at large or displaced here.")


def _when(since: date | None, until: date | None) -> str:
    after = f", after {since.isoformat()}" if since else ""
    return after + (f", of what was said up to {until.isoformat()}" if until else "")


def _show(book: Book, line: Line) -> None:
    """One origin's account as a table, with the sentences that it rests on."""
    begin = f"on {line.opened.isoformat()}" if line.opened else "at the beginning"
    rows = [(begin, _number(line.opening))]
    rows += [(("+ " if t.kind.way == IN else "− ") + t.kind.name, _number(t.figure)) for t in line.terms]
    rows.append(("comes to", _number(line.closing)))
    screen.table((screen.shown(book, line.origin), "how many"), rows, right=(1,))
    for term in line.terms:
        for p in term.postings:
            day = f", {p.day.isoformat()}" if p.day else ""
            for claim in p.claims:
                words = f"{term.kind.name} {screen.words(p.figure)}{day}: {_sentence(book, claim)}"
                screen.para(words, indent="    ")
            screen.para(p.why, indent="      ", style="dim")
    for s in line.stated:
        day = f" on {s.day.isoformat()}" if s.day else ""
        fits = "fits" if s.fits else f"does not fit: the account comes to {screen.words(s.expected)}"
        for claim in s.claims:
            screen.para(
                f"stated{day}, {screen.words(s.figure)}, {fits}: {_sentence(book, claim)}", indent="    "
            )
    if line.untold and line.opened is None:
        screen.para(
            f"At least {line.untold:,} are in it of whom nothing was told until they went.",
            indent="    ",
        )
    for b in line.broken[:1]:
        screen.para(
            f"Until {b.day.isoformat()} more went than had come, by {b.by:,}; see: tollbook check --tier strict",
            indent="    ",
        )


def _number(figure: Figure | None) -> str:
    """A figure; where an origin is silent on what others speak of, that nothing is known."""
    return "not told" if figure is None else screen.words(figure) if figure.known else "unknown"


def _sentence(book: Book, claim: str) -> str:
    found = book.claims[claim]
    return f"“{screen.clip(found.quote, 200)}” [{claim}]"


def _data(book: Book, found: reckoning.Balance) -> dict[str, object]:
    """A balance as JSON has it, with the words of every claim it rests on."""
    return {
        "incident": found.incident,
        "balance": found.sheet,
        "since": screen.plain(found.since),
        "as_of": screen.plain(found.as_of),
        "closing": screen.plain(found.closing),
        "origins": [_account(line) for line in found.lines],
        "households": list(found.households),
        "sentences": {c: book.claims[c].quote for c in dict.fromkeys(_claims(found))},
    }


def _account(line: Line) -> dict[str, object]:
    return {
        "origin": line.origin,
        "opened": screen.plain(line.opened),
        "opening": screen.plain(line.opening),
        "terms": [
            {
                "name": t.kind.name,
                "way": "in" if t.kind.way == IN else "out",
                "figure": screen.plain(t.figure) if t.figure else None,
                "postings": [screen.plain(p) for p in t.postings],
            }
            for t in line.terms
        ],
        "stated": [screen.plain(s) for s in line.stated],
        "untold": line.untold,
        "broken": [screen.plain(b) for b in line.broken],
        "closing": screen.plain(line.closing),
    }


def _claims(found: reckoning.Balance) -> Iterator[str]:
    yield from found.households
    for line in found.lines:
        yield from (c for t in line.terms for p in t.postings for c in p.claims)
        yield from (c for s in line.stated for c in s.claims)
