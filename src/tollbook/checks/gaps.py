"""``gap-in-series``: a voice that gives its total at steady intervals leaves days out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tollbook.checks.kinds import Check, listed
from tollbook.checks.series import DAY, Point, series, totals
from tollbook.codes import Outcome
from tollbook.values import Book, Finding

# The series that is looked at is that of the dead; of what has none, that of the wounded.
COUNTED = (Outcome.KILLED, Outcome.WOUNDED)
# How many intervals before and after one tell what is usual there: two weeks of a daily series.
NEAR = 7
# A series has a rhythm where half of those intervals are the same, of at least six (a week): else nothing is missed.
STEADY = 1 / 2
FEWEST = 6
ANYBODY = "anybody"


def find(book: Book) -> Iterator[Finding]:
    """One finding for each stretch of days that a steady series leaves out; days on which nobody spoke come by themselves."""
    for incident in sorted(book.incidents):
        outcome = next((o for o in COUNTED if any(c.outcome is o for c in book.of(incident))), None)
        if outcome is None:
            continue
        voices = {origin: totals(points) for origin, points in series(book, incident, outcome).items()}
        every = sorted((p for points in voices.values() for p in points), key=lambda p: p.day)
        spoken = {p.day: p for p in reversed(every)}
        silent: set[date] = set()
        for last, point, days in _gaps([spoken[d] for d in sorted(spoken)]):
            silent.update(days)
            yield _finding(book, ANYBODY, last, point, days, ())
        for origin, points in voices.items():
            for last, point, days in _gaps(points):
                mine = [d for d in days if d not in silent]
                others = sorted(o for o, theirs in voices.items() if any(p.day in mine for p in theirs))
                if mine:
                    yield _finding(book, origin, last, point, mine, others)


def _gaps(points: Sequence[Point]) -> Iterator[tuple[Point, Point, list[date]]]:
    """The intervals longer than the usual one round them: the points at both ends, and the days that were left out."""
    steps = [(b.day - a.day).days for a, b in pairwise(points)]
    for n, step in enumerate(steps):
        near = steps[max(0, n - NEAR) : n] + steps[n + 1 : n + 1 + NEAR]
        usual, often = next(iter(Counter(near).most_common(1)), (0, 0))
        if len(near) < FEWEST or often < STEADY * len(near) or step <= usual:
            continue
        start = points[n].day
        left_out = [start + DAY * usual * k for k in range(1, step) if usual * k < step]
        yield points[n], points[n + 1], left_out


def _finding(
    book: Book, origin: str, last: Point, point: Point, days: Sequence[date], others: Sequence[str]
) -> Finding:
    assert point.total is not None
    assert last.total is not None
    claim = point.total.first
    told = listed(_runs(days))
    name = book.incidents[book.incident_of[claim.id]].name
    who = f"nobody gives the total of {name}" if origin == ANYBODY else f"{origin} gives no total of {name}"
    covered = point.since is not None and point.since <= days[0]
    after = (
        "The next report counts those days, too."
        if covered
        else f"The next total is {point.number:,}, {point.number - last.number:,} more than the last."
    )
    beside = f" On them {listed(others)} gives one." if others else ""
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id if origin != ANYBODY else f"{claim.id}:nobody",
        what=f"On {told} {who}, which else comes at steady intervals.{beside} {after}",
        why="A day without a report is no day without dead: what died then comes in with a later total, and the rise of "
        "that day is not its own.",
        remedy="Look whether a report was missed, and add it. If there was none, acknowledge this, and do not read the "
        "next rise as of one day.",
        claims=(last.total.first.id, claim.id),
    )


def _runs(days: Sequence[date]) -> list[str]:
    """Days as one writes them, those that follow each other as a span."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [r[0].isoformat() if len(r) == 1 else f"{r[0].isoformat()} to {r[-1].isoformat()}" for r in runs]


CHECK = Check(
    "gap-in-series", "strict", "a voice that gives its total at steady intervals leaves days out", find
)
