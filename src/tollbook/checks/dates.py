"""``impossible-date``: a day in the future, or long before the event began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tollbook.checks.kinds import Check, headline, told
from tollbook.codes import Phase
from tollbook.nouns import EPOCH, Incident, Statement
from tollbook.values import Book, Finding

# A report of the evening in one time zone is of the next day in another.
ZONES = timedelta(days=1)
# Incidents are matched over two weeks; what was founded from a late report may have begun so much earlier.
FOUNDED = timedelta(days=14)


def find(book: Book) -> Iterator[Finding]:
    """Reports from the future, and the days, a report each, that were still to come or lie long before the onset."""
    for report in sorted(book.reports.values(), key=lambda r: r.id):
        known = _day(report.recorded_at)
        if report.said_on and known and report.said_on > known + ZONES:
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=report.id,
                what=f"{headline(book, report)} bears the day {report.said_on}, but came in on {known}.",
                why="A day in the future moves every figure of the report to the end of the toll.",
                remedy="Correct the report's said_on; day and month may have been exchanged.",
            )
    yield from _misplaced(book)


def _misplaced(book: Book) -> Iterator[Finding]:
    """One finding a report and impossible day, with every statement that bears it."""
    future: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    past: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in (*book.claims.values(), *book.courses.values()):
        day = statement.date_to or statement.date_from
        if day is None:
            continue
        incident = book.incidents.get(book.incident_of.get(statement.id, ""))
        if _after(book, statement, day):
            future[statement.report, day.isoformat()].append(statement)
        elif incident is not None and _before(book, incident, statement, day):
            past[statement.report, day.isoformat(), incident.id].append(statement)
    for (report, bears), found in sorted(future.items()):
        reason = f"{_many(found)} of {bears}, which was still to come when the report was published."
        yield _finding(book, f"{report}:{bears}", found, reason, _AFTER)
    for (report, bears, i), found in sorted(past.items()):
        begun = book.incidents[i]
        reason = f"{_many(found)} of {bears}, long before {begun.name} began on {begun.date_from}."
        yield _finding(book, f"{report}:{bears}:{i}", found, reason, _BEFORE)


_AFTER = (
    "The day was misread, the report bears a wrong day, or it was changed after it was first published.",
    "Correct the days of the claim, or the report's said_on.",
)
_BEFORE = (
    "The day was misread, or the claim is about another event; either way it is in the wrong place.",
    "Correct the days of the claim, or split it from the incident.",
)


def _finding(
    book: Book, subject: str, found: list[Statement], reason: str, advice: tuple[str, str]
) -> Finding:
    found.sort(key=lambda s: (s.span.start, s.id))
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=subject,
        what=f"{told(book, found[0])}: {reason}",
        why=advice[0],
        remedy=advice[1],
        claims=tuple(s.id for s in found),
    )


def _many(found: list[Statement]) -> str:
    return "a statement speaks" if len(found) == 1 else f"{len(found)} statements speak"


def _day(moment: datetime) -> date | None:
    return None if moment.year == EPOCH.year else moment.date()  # a ledger in a test, a book by hand


def _after(book: Book, statement: Statement, day: date) -> bool:
    report = book.reports.get(statement.report)
    return report is not None and report.said_on is not None and day > report.said_on + ZONES


def _before(book: Book, incident: Incident, statement: Statement, day: date) -> bool:
    onset = incident.date_from
    if onset is None or day >= onset - FOUNDED:
        return False
    begun = [c.date_from for c in book.course_of(incident.id) if c.phase is Phase.BEGAN and c.date_from]
    return not any(day >= b for b in begun if b != statement.date_from)


CHECK = Check("impossible-date", "basic", "a day in the future, or long before the event began", find)
