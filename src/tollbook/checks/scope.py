"""The book of a day: what had been said up to then, and the last day of which a book knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tollbook.nouns import Statement
from tollbook.values import Book


def upto(book: Book, day: date | None) -> Book:
    """The book with what was said up to a day; the whole book for None.

    A statement of no known day was not there on any day. A report without a day stays, so that it is still asked for.
    """
    if day is None:
        return book
    reports = {i: r for i, r in book.reports.items() if r.said_on is None or r.said_on <= day}

    def there(statement: Statement) -> bool:
        said = statement.said_on or (r.said_on if (r := reports.get(statement.report)) else None)
        return said is not None and said <= day and statement.report in reports

    claims = {i: c for i, c in book.claims.items() if there(c)}
    courses = {i: c for i, c in book.courses.items() if there(c)}
    told = {book.incident_of[i] for i in (*claims, *courses) if i in book.incident_of}
    return replace(
        book,
        reports=reports,
        claims=claims,
        courses=courses,
        doubts={i: d for i, d in book.doubts.items() if d.report in reports},
        incidents={i: e for i, e in book.incidents.items() if i in told or (e.date_from or date.max) <= day},
        assertions={i: a for i, a in book.assertions.items() if a.said_on is None or a.said_on <= day},
    )


def latest(book: Book) -> date | None:
    """The last day on which a report of the book was published; None where none bears a day.

    A book of old reports that came in yesterday is read as of its last report: until then somebody was listening.
    """
    return max((r.said_on for r in book.reports.values() if r.said_on is not None), default=None)
