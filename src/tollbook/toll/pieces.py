"""Pieces: what a move of a voice's figure is made of, as far as its own reports tell it, and of which days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tollbook.codes import Addition, Outcome
from tollbook.nouns import Claim
from tollbook.toll.counts import Count, level
from tollbook.toll.lots import Lot
from tollbook.values import Piece

DAY = timedelta(days=1)

# What an addition to a count is as a move. Who is accepted by a review died before, or was missing since.
KIND_OF = {
    Addition.NEW: "new deaths",
    Addition.RECOVERED: "bodies recovered",
    Addition.SUCCUMBED: "died of wounds",
    Addition.LATE: "late report",
    Addition.ACCEPTED: "late report",
}
# The same in a sentence, after a number.
SAID = {
    "new deaths": "newly dead",
    "more reported": "newly reported",
    "bodies recovered": "whose bodies were recovered",
    "died of wounds": "who died of their wounds",
    "late report": "of earlier days, reported now",
}


def pieces(
    count: Count, before: Lot | None, after: Lot, kind: str, added: Sequence[Count]
) -> tuple[Piece, ...]:
    """The pieces of a move; their numbers add up to it.

    Args:
        count: the count by which the figure moved.
        before: what the voice had said of the group; None where nothing.
        after: what it says now.
        kind: the kind of the whole move, for what no report tells apart.
        added: the increments of the same people that the voice told since ``before``, this count's day included.
    """
    was = level(before.figure) if before else 0
    move = level(after.figure) - was
    claims = tuple(c.id for c in after.claims)
    first = count.first
    if move < 0:
        return (Piece(kind, move, None, None, claims),)
    if before is None or move == 0 or kind == "said more exactly":
        return (Piece(kind, move, first.date_from, first.date_to, claims),)
    found = list(_told(kind, added))
    if sum(p.number for p in found) > move:
        # The voice contradicts itself: the day's own count is more than the rise of its total. What it types stays.
        found = [p for p in found if p.kind != kind]
    told = sum(p.number for p in found)
    if told > move:
        return (Piece(kind, move, *_since(count, before), claims),)
    if told < move:
        found.append(_rest(count, before, kind, added, move - told, claims))
    return joined(found)


def _told(kind: str, added: Sequence[Count]) -> Iterator[Piece]:
    """What the increments tell, those of a type and of other days than the rest apart."""
    for count in added:
        whole, parts = count.first, [c for c in count.shares if c.part_of == count.first.id]
        typed = [c for c in parts if _kind(c, whole)]
        rest = level(count.figure) - sum(level(c.figure) for c in typed)
        if rest < 0:
            typed, rest = [], level(count.figure)
        for claim in typed:
            yield Piece(
                _kind(claim, whole), level(claim.figure), claim.date_from, claim.date_to, (whole.id, claim.id)
            )
        if rest:
            own = _kind(whole, None) or kind
            yield Piece(own, rest, whole.date_from, whole.date_to, (whole.id,))


def _kind(claim: Claim, whole: Claim | None) -> str:
    """The kind of an addition as its speaker says it, or as its days tell it; empty where nothing does."""
    if claim.addition is not Addition.UNSTATED:
        return KIND_OF[claim.addition]
    if whole is not None and claim.date_to and whole.date_from and claim.date_to < whole.date_from:
        return "late report"
    return ""


def _rest(
    count: Count, before: Lot, kind: str, added: Sequence[Count], number: int, claims: tuple[str, ...]
) -> Piece:
    """What a total rose by beyond the increments told beside it.

    Where those are of all days since the older total, the rest died before: it is told late. Where they leave days
    open, on which the voice said nothing, the rest is of those days.
    """
    if not added or count.first.outcome not in {Outcome.KILLED, Outcome.WOUNDED}:
        return Piece(kind, number, *_since(count, before), claims)
    open_days = _open(count, before, added)
    if open_days is None:
        return Piece(kind, number, *_since(count, before), claims)
    if open_days:
        return Piece(kind, number, open_days[0], open_days[-1], claims)
    return Piece("late report", number, count.first.date_from if count.running else None, before.day, claims)


def _open(count: Count, before: Lot, added: Sequence[Count]) -> list[date] | None:
    """The days since the older figure of which no increment speaks; None where that cannot be told."""
    if before.day is None or count.day is None:
        return None
    windows = [(c.first.date_from, c.first.date_to) for c in added]
    if any(start is None or end is None for start, end in windows):
        return None
    days = (before.day + DAY * n for n in range(1, (count.day - before.day).days + 1))
    return [d for d in days if not any((start or d) <= d <= (end or d) for start, end in windows)]


def _since(count: Count, before: Lot) -> tuple[date | None, date | None]:
    """The days of which a rise without increments is: those since the older figure, unless the claim names earlier ones."""
    start, end = count.first.date_from, count.first.date_to
    if not count.running and not count.increment and start is not None:
        return start, end
    if count.increment or before.day is None or count.day is None or count.day <= before.day:
        return start, end
    if end is not None and end <= before.day:
        return start, end
    return before.day + DAY, end if end is not None else count.day


def joined(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, those of one kind and the same days as one, the largest first."""
    alike: dict[tuple[str, date | None, date | None], list[Piece]] = {}
    for piece in found:
        if piece.number:
            alike.setdefault((piece.kind, piece.since, piece.until), []).append(piece)
    joined = [
        Piece(
            kind,
            sum(p.number for p in same),
            since,
            until,
            tuple(dict.fromkeys(c for p in same for c in p.claims)),
        )
        for (kind, since, until), same in alike.items()
    ]
    return tuple(sorted(joined, key=lambda p: -p.number))


def said(found: Sequence[Piece]) -> str:
    """The pieces in a clause: "697 of earlier days, reported now, and 40 newly dead"; empty where there is but one."""
    if len(found) < 2:
        return ""
    told = [f"{p.number:,} {SAID.get(p.kind, p.kind)}" for p in found]
    return f"{'; '.join(told[:-1])} and {told[-1]}"
