"""The toll by day: how many died on each day as against how many were told on it, by the word of each voice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tollbook import toll as reckoning
from tollbook.cli import given, screen
from tollbook.codes import Outcome
from tollbook.toll import Landed
from tollbook.values import Book


def by_day(book: Book, incident: str, *, json: bool) -> None:
    """Prints, for every outcome that a voice counts, its people under the days on which they died.

    Raises:
        MistakeError: the whole book is asked for; days are told of one incident.
    """
    if incident not in book.incidents:
        raise given.MistakeError(
            "by day is told of one incident, voice by voice; name one that had begun by then"
        )
    present = [o for o in Outcome if any(c.outcome is o for c in book.of(incident))]
    found = {o: landed for o in present if (landed := reckoning.landed(book, incident, o))}
    if json:
        screen.data(
            [
                {
                    "outcome": outcome,
                    **{n: getattr(p, n) for n in ("origin", "since", "until", "number", "told_on", "kind")},
                    "late": p.late,
                    "claims": p.claims,
                }
                for outcome, landed in found.items()
                for p in landed
            ]
        )
        return
    screen.heading(book.incidents[incident].name, f"{incident} · by the day on which it happened")
    for outcome, landed in found.items():
        for origin in dict.fromkeys(p.origin for p in landed):
            _table(outcome, origin, [p for p in landed if p.origin == origin])


def _table(outcome: Outcome, origin: str, landed: Sequence[Landed]) -> None:
    screen.para(f"{outcome.replace('_', ' ')}, by the word of {origin}")
    rows = []
    total = 0
    for piece in landed:
        total += piece.number
        late = f"told {_on(piece.told_on)}" if piece.late else ""
        rows.append((_days(piece), f"{piece.number:+,}", screen.number(total), piece.kind, late))
    screen.table(("day", "people", "together", "kind", "late"), rows, right=(1, 2))


def _days(piece: Landed) -> str:
    if piece.day is not None:
        return _on(piece.day)
    if piece.since is None and piece.until is None:
        return "no day told"
    return f"{_on(piece.since) if piece.since else 'before'} to {_on(piece.until)}"


def _on(day: date | None) -> str:
    return day.isoformat() if day else "no day"
