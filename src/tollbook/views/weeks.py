"""A voice week by week: how many claims it gave, its last word, and the steps of a small chart of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tollbook.checks.scope import latest
from tollbook.values import Book

MOST = 52  # weeks: the last year is what one looks at
_WIDE, _HIGH = 480, 96


@dataclass(frozen=True)
class Weeks:
    """The weeks of a voice.

    Attributes:
        rows: first day of each week and how many claims it gave, oldest first.
        path: the same as steps, for an SVG of 480 by 96.
        top: the most claims of a week.
        last: the day of its last claim; None where it never spoke.
        quiet: days since then, up to the last day of the book.
        until: the last day of the book.
    """

    rows: tuple[tuple[date, int], ...]
    path: str
    top: int
    last: date | None
    quiet: int
    until: date | None


def weeks(book: Book, origin: str) -> Weeks:
    """How a voice spoke week by week."""
    days = [c.said_on for i, c in book.claims.items() if book.origin_of.get(i) == origin and c.said_on]
    until = latest(book)
    if not days or until is None:
        return Weeks((), "", 0, None, 0, until)
    counts = Counter(day - timedelta(days=day.weekday()) for day in days)
    end = max(*counts, until - timedelta(days=until.weekday()))
    first = max(min(counts), end - timedelta(weeks=MOST - 1))
    rows = tuple(
        (first + timedelta(weeks=n), counts[first + timedelta(weeks=n)])
        for n in range((end - first).days // 7 + 1)
    )
    last = max(days)
    return Weeks(
        rows, _path([n for _, n in rows]), max(counts.values()), last, max(0, (until - last).days), until
    )


def _path(counts: Sequence[int]) -> str:
    wide, top = _WIDE / len(counts), max(1, *counts)
    parts = [f"M0 {_HIGH}"]
    for n, count in enumerate(counts):
        parts.append(f"V{_HIGH - count / top * (_HIGH - 8):.1f}H{(n + 1) * wide:.1f}")
    return "".join([*parts, f"V{_HIGH}"])
