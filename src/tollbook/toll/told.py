"""Told: the best of an incident's toll as its reports tell it, each read as a whole.

A method counts voices, and where two of them disagree it has no best, rightly. Who goes through a list of incidents
asks something else: what do the reports say, taken together? Each report is read as a whole (see ``headline``), so
that a man whom one sentence calls shot and the next dead is one of the dead; of several reports the figure that most
of those give which stand, and of those that as many give the one that was told last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.counts import level
from tollbook.toll.headline import headline
from tollbook.toll.methods import EXPIRES_AFTER
from tollbook.toll.sifting import day_of
from tollbook.values import Book

TOLD = "told 1"
Telling = tuple[date, Figure]


def told(book: Book, incident: str, as_of: date | None = None) -> dict[Outcome, int]:
    """What the reports of an incident tell, outcome to the best figure; an outcome that has none is left out.

    A report that repeats another of the incident nearly word for word counts with it once. What is told in passing by
    a report that is mainly about something else counts only where no other report tells anything.
    """
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.of(incident):
        day = day_of(book, claim)
        if as_of is None or (day is not None and day <= as_of):
            claims[claim.report].append(claim)
    main = mainly(book)
    chosen = [r for r in claims if main.get(r) == incident] or list(claims)
    found: dict[Outcome, list[Telling]] = defaultdict(list)
    for report in chosen:
        entry = book.reports.get(report)
        if entry is not None and entry.reprints in claims:
            continue
        day = (entry.said_on if entry else None) or date.min
        for outcome, figure in headline(claims[report]).items():
            found[outcome].append((day, figure))
    bests = {outcome: _best(tellings) for outcome, tellings in found.items()}
    return {outcome: best for outcome, best in bests.items() if best is not None}


def mainly(book: Book) -> Mapping[str, str]:
    """Report to the incident that most of its statements stand under."""

    def make() -> dict[str, str]:
        under: dict[str, Counter[str]] = defaultdict(Counter)
        for i, incident in book.incident_of.items():
            statement = book.claims.get(i) or book.courses.get(i)
            if statement is not None:
                under[statement.report][incident] += 1
        return {r: max(sorted(found), key=lambda i: found[i]) for r, found in under.items()}

    return book.kept("mainly", make)


def _best(tellings: list[Telling]) -> int | None:
    """What most of the reports give that stand: no higher figure was told more than a day later.

    A report whose own voices differ gives no number but a range; there is none where that excludes it, said no earlier.
    """
    standing = [
        (day, figure)
        for day, figure in tellings
        if not any(
            later > day and later - day > EXPIRES_AFTER and _least(other) > _least(figure)
            for later, other in tellings
        )
    ]
    given = [(day, n) for day, figure in standing if (n := _number(figure)) is not None]
    times = Counter(n for _, n in given)
    last = {n: max(day for day, m in given if m == n) for n in times}
    best = max(times, key=lambda n: (times[n], last[n], n), default=None)
    ranges = [
        figure
        for day, figure in standing
        if _number(figure) is None and best is not None and day >= last[best]
    ]
    return None if any(not _least(f) <= (best or 0) <= (f.high or 0) for f in ranges) else best


def _number(figure: Figure) -> int | None:
    """The one number of a headline; None where its voices differ, which makes it higher than its best."""
    wide = figure.best is not None and figure.high is not None and figure.high > figure.best
    return None if wide else _least(figure)


def _least(figure: Figure) -> int:
    return figure.best if figure.best is not None else level(figure)


def with_best(figure: Figure, best: int | None) -> Figure:
    """A figure with another best, and as wide as it then must be; without one where the reports as a whole tell none."""
    if best is None:
        return replace(figure, best=None)
    if not figure.known:
        return Figure(best, best, best)
    low = None if figure.low is None else min(best, figure.low)
    high = None if figure.high is None else max(best, figure.high)
    return Figure(low, best, high)
