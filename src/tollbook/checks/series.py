"""The running series of one voice, day by day: what several checks look at. No complaint of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tollbook.codes import Outcome
from tollbook.toll.counts import Count, level
from tollbook.toll.telling import told_of
from tollbook.values import ALL, Book

DAY = timedelta(days=1)


@dataclass(slots=True)
class Point:
    """One day of a series: the running total that was given, and the counts of days that came beside it.

    Attributes:
        total: the total since an onset; of several told on one day the highest.
        added: the increments.
    """

    day: date
    total: Count | None = None
    added: list[Count] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The total as a number."""
        return level(self.total.said) if self.total else 0

    @property
    def more(self) -> int:
        """The increments of the day, added up."""
        return sum(level(c.said) for c in self.added)

    @property
    def since(self) -> date | None:
        """The first day that its increments speak of; None where there is none, or one does not say."""
        starts = [c.first.date_from for c in self.added]
        return None if None in starts or not starts else min(s for s in starts if s is not None)


def series(book: Book, incident: str, outcome: Outcome) -> dict[str, list[Point]]:
    """Each voice's exact figures of everybody by day, in order; those read as proposals or set aside are not among them."""
    found: dict[str, dict[date, Point]] = defaultdict(dict)
    for count in told_of(book, incident, outcome).counts:
        if count.group != ALL or count.day is None or not count.said.exact or count.older:
            continue
        point = found[count.origin].setdefault(count.day, Point(count.day))
        if count.increment:
            point.added.append(count)
        elif count.running and (point.total is None or level(count.said) > point.number):
            point.total = count
    return {origin: [days[d] for d in sorted(days)] for origin, days in sorted(found.items())}


def totals(points: list[Point]) -> list[Point]:
    """The points that give a total."""
    return [p for p in points if p.total is not None]


def rises(points: list[Point]) -> Iterator[tuple[Point, Point, int, bool]]:
    """Every total with the one before it, what was told to come on top between them, and whether that is of all the days."""
    last: Point | None = None
    added: list[Count] = []
    for point in points:
        added += point.added
        if point.total is None:
            continue
        if last is not None and added:
            yield last, point, sum(level(c.said) for c in added), _covered(last.day, point.day, added)
        last, added = point, []


def _covered(start: date, end: date, added: list[Count]) -> bool:
    """Whether increments speak of every day after ``start`` up to ``end``."""
    days = {start + DAY * n for n in range(1, (end - start).days + 1)}
    for count in added:
        first, last = count.first.date_from, count.first.date_to
        if first is None or last is None:
            return False
        days -= {d for d in days if first <= d <= last}
    return not days
