"""``impossible-date``: a day in the future, or long before the event began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from tollbook.checks.kinds import Check, headline, told
from tollbook.codes import Phase
from tollbook.nouns import EPOCH, Statement
from tollbook.values import Book, Finding

# A report of the evening in one time zone is of the next day in another.
ZONES = timedelta(days=1)
# Incidents are matched over two weeks; what was founded from a late report may have begun so much earlier.
FOUNDED = timedelta(days=14)


def find(book: Book) -> Iterator[Finding]:
    """Reports from the future, statements of days after their report, and claims from before the onset."""
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
    statements: list[Statement] = [*book.claims.values(), *book.courses.values()]
    for statement in sorted(statements, key=lambda s: s.id):
        reason = _after(book, statement) or _before(book, statement)
        if reason:
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=statement.id,
                what=f"{told(book, statement)}: {reason}",
                why="The day was misread, or the claim is about another event; either way it is in the wrong place.",
                remedy="Correct the days of the claim, or split it from the incident.",
                claims=(statement.id,),
            )


def _day(moment: datetime) -> date | None:
    return None if moment.year == EPOCH.year else moment.date()  # a ledger in a test, a book by hand


def _after(book: Book, statement: Statement) -> str | None:
    report = book.reports.get(statement.report)
    day = statement.date_to or statement.date_from
    if report is None or report.said_on is None or day is None or day <= report.said_on + ZONES:
        return None
    return f"a claim speaks of {day}, which was still to come when the report was published."


def _before(book: Book, statement: Statement) -> str | None:
    incident = book.incidents.get(book.incident_of.get(statement.id, ""))
    day = statement.date_to or statement.date_from
    if incident is None or day is None:
        return None
    begun = [c.date_from for c in book.course_of(incident.id) if c.phase is Phase.BEGAN and c.date_from]
    onset = incident.date_from
    if onset is None or day >= onset - FOUNDED or any(day >= b for b in begun if b != statement.date_from):
        return None
    return f"a claim speaks of {day}, long before {incident.name} began on {onset}."


CHECK = Check("impossible-date", "basic", "a day in the future, or long before the event began", find)
