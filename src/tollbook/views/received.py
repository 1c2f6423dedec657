"""Reports as rows: who published what on which day, how much was read in it and how much of that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tollbook.codes import Review
from tollbook.nouns import Report
from tollbook.values import Book
from tollbook.waiting import OPEN


@dataclass(frozen=True, slots=True)
class Line:
    """A report with what was read in it.

    Attributes:
        report: the report.
        claims: how many stand or wait.
        open: how many of them still need a person.
        incident: the incident most of them stand under, or empty.
    """

    report: Report
    claims: int
    open: int
    incident: str

    @property
    def place(self) -> str:
        """Where it stands in the list, the newest day first: by day, then by id."""
        return f"{self.report.said_on or date.min}.{self.report.id}"


def lines(book: Book) -> tuple[Line, ...]:
    """Every report, the newest day first."""
    return book.kept("lines of reports", lambda: _lines(book))


def _lines(book: Book) -> tuple[Line, ...]:
    count: dict[str, int] = {}
    waits: dict[str, int] = {}
    under: dict[str, dict[str, int]] = {}
    for i, claim in (*book.claims.items(), *book.waiting.items()):
        count[claim.report] = count.get(claim.report, 0) + 1
        if i in book.waiting or book.reviews.get(i, Review.UNREVIEWED) in OPEN:
            waits[claim.report] = waits.get(claim.report, 0) + 1
    for i, incident in book.incident_of.items():
        said = book.claims.get(i) or book.courses.get(i)
        if said is not None and incident in book.incidents:
            there = under.setdefault(said.report, {})
            there[incident] = there.get(incident, 0) + 1
    found = [
        Line(r, count.get(i, 0), waits.get(i, 0), max(sorted(under.get(i, {})), key=under[i].__getitem__, default="") if i in under else "")
        for i, r in book.reports.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda line: line.place, reverse=True))
