"""Flows: what one origin says of one outcome as postings, each with its day, so that the flow of a period is their sum.

A posting is what a telling adds to those before it: a batch of other days adds all of it, the same batch again adds
nothing, a running total adds what it holds beyond the batches told before. Where nobody knows whether two figures are
of the same people the posting is a range from "all the same" to "all others".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tollbook.codes import Outcome
from tollbook.figures import Figure, add
from tollbook.nouns import Claim
from tollbook.toll.counts import Count, counts, level
from tollbook.toll.sifting import sift
from tollbook.toll.voices import ordered
from tollbook.values import ALL, Book

# A night's event is dated on either day, so windows that touch may be of one batch.
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Posting:
    """What one telling adds to the flow of an outcome.

    Attributes:
        day: the last day it speaks of, else the day it was said; None where nobody knows.
        figure: how many more; low 0 where they may all have been told of before.
        claims: ids of the claims that say it.
        why: in a sentence.
    """

    origin: str
    outcome: Outcome
    day: date | None
    figure: Figure
    claims: tuple[str, ...]
    why: str


def flows(
    book: Book, claims: Sequence[Claim], outcome: Outcome, as_of: date | None = None
) -> tuple[Posting, ...]:
    """The postings of one outcome, by origin and day.

    Args:
        book: the snapshot.
        claims: what is said of that outcome, in an incident.
        outcome: of what.
        as_of: only what was said up to this day.
    """
    kept, _ = sift(book, claims, as_of)
    by_origin: dict[str, list[Count]] = defaultdict(list)
    for count in counts(book, kept):
        by_origin[count.origin].append(count)
    return tuple(p for origin in sorted(by_origin) for p in _postings(outcome, ordered(by_origin[origin])))


def within(postings: Iterable[Posting], after: date | None, upto: date | None) -> Figure:
    """The flow after one day up to another: the sum of its postings; what bears no day is in no period."""
    found = [
        p.figure
        for p in postings
        if (after is None or (p.day is not None and p.day > after))
        and (upto is None or (p.day is not None and p.day <= upto))
    ]
    return add(found) if found else Figure(0, 0, 0)


def _postings(outcome: Outcome, told: Sequence[Count]) -> list[Posting]:
    """The postings of one origin's counts, in the order in which they were told."""
    found: list[tuple[Count, Posting]] = []
    for count in told:
        if count.older:
            continue  # its report gives it as a figure that another one replaces
        earlier = [(c, p) for c, p in found if ALL in {c.group, count.group} or c.group == count.group]
        if any(c.ids & {s.supersedes for s in count.claims} for c, _ in earlier):
            found = [(c, p) for c, p in found if not c.ids & {s.supersedes for s in count.claims}]
            earlier = [(c, p) for c, p in earlier if (c, p) in found]
        figure, why = _adds(count, earlier)
        if figure.high != 0:
            claims = tuple(c.id for c in count.claims)
            found.append((count, Posting(count.origin, outcome, _moment(count), figure, claims, why)))
    return [p for _, p in found]


def _adds(count: Count, earlier: Sequence[tuple[Count, Posting]]) -> tuple[Figure, str]:
    """What a count adds to those told before it, and why."""
    said = count.said
    if not earlier:
        return said, "It is the first that this voice tells of it."
    if count.increment:
        again = any(c.increment and _alike(c, count) and _meet(c, count) is not False for c, _ in earlier)
        return (_NOTHING, "") if again else (said, "It comes on top of what was told before.")
    if count.running:
        return _running(count, earlier)
    totals = [(c, _holds(c, count)) for c, _ in earlier if not c.increment]
    if any(_alike(c, count) and holds is not False for c, holds in totals):
        return _NOTHING, ""
    same = [c.said for c, holds in totals if holds]
    perhaps = [c.said for c, holds in totals if holds is None]
    if not same and not perhaps:
        return said, "It is a batch of its own days."
    least = _beyond(said, max((*same, *perhaps), key=level))
    most = _beyond(said, max(same, key=level)) if same else said
    if least == most:
        return most, "It tells of the same days as a figure before it, and adds what it says beyond that."
    return Figure(least.low, None, most.high), _UNSURE


_NOTHING = Figure(0, 0, 0)
_UNSURE = "It may be of the same people as a figure told before, so it adds anything from none to all of it."


def _running(count: Count, earlier: Sequence[tuple[Count, Posting]]) -> tuple[Figure, str]:
    """What a running total adds to the batches told before it; those before its onset it need not hold."""
    onset = _onset(count)
    if any(_alike(c, count) and c.running and _onset(c) == onset for c, _ in earlier):
        return _NOTHING, ""
    held = [p for _, p in earlier if not _before(p, onset)]
    if held and count.said.high is None and count.said.floor <= add(p.figure for p in held).floor + 1:
        # "More than 45,000" after "some 45,000" is no news, as in the toll.
        return _NOTHING, ""
    least = _beyond(count.said, add([_NOTHING, *(p.figure for _, p in earlier)]))
    most = _beyond(count.said, add([_NOTHING, *(p.figure for p in held)]))
    if least == most:
        return most, "It is a running total; it adds what it holds beyond the batches told before."
    return Figure(least.low, None, most.high), _UNSURE


def _onset(count: Count) -> date | None:
    """The day from which a running total counts, where it is told: a single day is the day on which it stood."""
    first, last = count.first.date_from, count.first.date_to
    return first if first is not None and last is not None and first < last else None


def _before(posting: Posting, onset: date | None) -> bool:
    return onset is not None and posting.day is not None and onset - posting.day > NEXT_DAY


def _holds(earlier: Count, count: Count) -> bool | None:
    """Whether a figure told before may hold the people of a batch: of the same days, or a running total up to them."""
    if not earlier.running:
        return _meet(earlier, count)
    start, end = count.first.date_from, _moment(earlier)
    return start is None or end is None or start - end <= NEXT_DAY


def _beyond(figure: Figure, before: Figure) -> Figure:
    """How many a figure holds beyond another: from none to its most less the other's least."""
    low = 0 if before.high is None else max(0, figure.floor - before.high)
    high = None if figure.high is None else max(0, figure.high - before.floor)
    return Figure(low, low if low == high else None, high)


def _moment(count: Count) -> date | None:
    """The last day that a count speaks of, which is not after the day on which it was said."""
    ends = [c.date_to for c in count.claims if c.date_to is not None]
    if not ends:
        return count.day
    return max(ends) if count.day is None else min(max(ends), count.day)


def _alike(a: Count, b: Count) -> bool:
    return (a.said.low, a.said.best, a.said.high) == (b.said.low, b.said.best, b.said.high)


def _meet(a: Count, b: Count) -> bool | None:
    """Whether two counts speak of days that meet; None where nobody knows."""
    (a_from, a_to), (b_from, b_to) = (
        (c.first.date_from or c.first.date_to, c.first.date_to or c.first.date_from) for c in (a, b)
    )
    if a_from is None or a_to is None or b_from is None or b_to is None:
        return True if a.day is not None and a.day == b.day else None
    return not (b_from - a_to > NEXT_DAY or a_from - b_to > NEXT_DAY)
