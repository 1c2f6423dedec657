"""``undated``: a report that was published on no known day."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, headline
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The reports without a day from which something was read."""
    for report in sorted(book.reports.values(), key=lambda r: r.id):
        if report.said_on is not None:
            continue
        claims = sorted(
            (c for c in book.claims.values() if c.report == report.id), key=lambda c: c.span.start
        )
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=report.id,
            what=f"{headline(book, report)} was published without a day; {len(claims)} figure{'' if len(claims) == 1 else 's'} were read from it.",
            why="Weekdays and “yesterday” cannot be resolved, and its figures are left out of every toll of a day.",
            remedy="Add it again with --published DAY, or correct the report's said_on.",
            claims=tuple(c.id for c in claims),
        )


CHECK = Check("undated", "basic", "a report was published on no known day", find)
