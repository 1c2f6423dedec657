"""``doubtful-reading``: words that had two readings, so that no claim was made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check
from tollbook.nouns import Doubt
from tollbook.toll.wording import on
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """One finding a report for all that was doubtful in it."""
    by_report: dict[str, list[Doubt]] = defaultdict(list)
    for doubt in sorted(book.doubts.values(), key=lambda d: (d.span.start, d.id)):
        by_report[doubt.report].append(doubt)
    for report, doubts in sorted(by_report.items()):
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=report,
            what=f"{_where(book, report)}: {'; '.join(_one(d) for d in doubts)}.",
            why="A figure may have been missed: where two readings remain, none is taken.",
            remedy="Read the sentence. If it speaks of people, look for a report that says so plainly; if not, reject the "
            "doubt. Acknowledge the finding to leave it as it is.",
        )


def _where(book: Book, report: str) -> str:
    """The report's publisher, a confidential one by its handle, and its day."""
    known = book.reports.get(report)
    if known is None:
        return "a report that is gone"
    card = book.source(known.publisher)
    return f"{card.handle if card else known.publisher or 'an unnamed publisher'}{on(known.said_on)}"


def _one(doubt: Doubt) -> str:
    return f"no claim was made of “{' '.join(doubt.quote.split())}” [{doubt.id}]: {doubt.why}"


CHECK = Check("doubtful-reading", "other", "words with two readings, of which no claim was made", find)
