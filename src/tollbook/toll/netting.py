"""Netting: incidents counted one by one, and summaries of a place and a spell, as one figure that doubles nobody."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate

from tollbook.figures import NOTHING, Figure, add

# A place as it nests: () anywhere, (country,), (country, first-level unit). A longer one lies in a shorter one.
Region = tuple[str, ...]
# What bears no day may have been on any.
FIRST, LAST = date.min.toordinal(), date.max.toordinal() - 1


def shown_day(ordinal: int) -> date | None:
    """The day of an ordinal; None for one that stands for any day."""
    return None if ordinal in {FIRST, LAST} else date.fromordinal(ordinal)


@dataclass(frozen=True, slots=True)
class Mass:
    """So many people, in this place, within these days (ordinals, both included): an incident's toll, or a summary's."""

    figure: Figure
    region: Region = ()
    first: int = FIRST
    last: int = LAST

    def may_hold(self, other: Mass) -> bool:
        """Whether people of ``other`` may be among those that this one counts: nothing says that they are elsewhere."""
        shared = min(len(self.region), len(other.region))
        return (
            self.region[:shared] == other.region[:shared]
            and self.first <= other.last
            and other.first <= self.last
        )


def net(counted: Sequence[Mass], summaries: Sequence[Mass]) -> Figure:
    """The fewest people that all of it can be true of: a summary adds only what the incidents that it may hold leave open.

    An incident is of people of its own. A summary counts everybody in its place and days, so whoever may be among
    them is taken to be; two summaries that may speak of the same people are never added. Low, best and high are what
    comes out when every figure is at its low, best and high; an open high opens the high, a missing best leaves no best
    unless low and high meet.
    More incidents, or more summaries, never make it less.
    """
    every = [m.figure for m in (*counted, *summaries)]
    if not every:
        return NOTHING
    if not summaries:
        return add(every)
    low = _least(counted, summaries, [f.floor for f in every])
    bests = [f.best for f in every if f.best is not None]
    best = _least(counted, summaries, bests) if len(bests) == len(every) else None
    highs = [f.high for f in every if f.high is not None]
    high = _least(counted, summaries, highs) if len(highs) == len(every) else None
    return Figure(low, low if low == high else best, high)


def _least(counted: Sequence[Mass], summaries: Sequence[Mass], numbers: Sequence[int]) -> int:
    """``net`` of one number each, those of the summaries last."""
    told = list(zip((*counted, *summaries), numbers, strict=True))
    return _Ways(told[: len(counted)], told[len(counted) :]).most((), FIRST, LAST + 1)


class _Ways:
    """The ways to cut time and place so that nobody is counted twice.

    A place's time is cut into stretches: days of which a summary speaks, as many as it says, and between them at least
    as many as the incidents that lie wholly there, or as the parts of the place come to. The best cut counts.
    """

    def __init__(self, counted: Sequence[tuple[Mass, int]], summaries: Sequence[tuple[Mass, int]]) -> None:
        self._counted = sorted(counted, key=lambda pair: pair[0].last)
        self._said: dict[Region, list[tuple[int, int, int]]] = defaultdict(list)
        self._parts: dict[Region, set[Region]] = defaultdict(set)
        for mass, number in sorted(summaries, key=lambda pair: (pair[0].last, pair[0].first)):
            self._said[mass.region].append((mass.first, mass.last + 1, number))
        for mass, _ in (*counted, *summaries):
            for depth in range(len(mass.region)):
                self._parts[mass.region[:depth]].add(mass.region[: depth + 1])
        self._since = cache(self._since)  # type: ignore[method-assign]
        self._between = cache(self._between)  # type: ignore[method-assign]
        self._reach = cache(self._reach)  # type: ignore[method-assign]

    def most(self, region: Region, start: int, end: int) -> int:
        """At least how many there are in a place, from a day to the day before another."""
        whole = self._between(region, start, end)
        cut = (n + self._between(region, at, end) for at, n in self._reach(region, start) if at <= end)
        return max(whole, max(cut, default=0))

    def _reach(self, region: Region, start: int) -> list[tuple[int, int]]:
        """For each summary that begins at a day or later: the day after it, and at least how many there are by then."""
        found: list[tuple[int, int]] = []
        for first, stop, number in self._said[region]:
            if first >= start:
                before = [n + self._between(region, at, first) for at, n in found if at <= first]
                found.append((stop, number + max(self._between(region, start, first), *before, 0)))
        return found

    def _between(self, region: Region, start: int, end: int) -> int:
        """As many as the incidents that lie wholly in a stretch, or as the parts of the place come to in it."""
        lasts, sums = self._since(region, start)
        parts = sum(self.most(part, start, end) for part in self._parts[region])
        return max(sums[bisect_left(lasts, end)], parts)

    def _since(self, region: Region, start: int) -> tuple[list[int], list[int]]:
        """The last days of the incidents that begin at a day or later, and their running sums."""
        mine = [
            (m.last, n) for m, n in self._counted if m.first >= start and m.region[: len(region)] == region
        ]
        return [last for last, _ in mine], [0, *accumulate(n for _, n in mine)]
