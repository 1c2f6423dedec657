"""The reports of a book as rows, and in one order, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tollbook.nouns import Entry, Report
from tollbook.publish.veil import Veil
from tollbook.values import Book
from tollbook.views.order import Order, falling
from tollbook.views.plain import plain


def order(book: Book) -> Order:
    """The reports by the day they were published; one may filter by ``lang``."""

    def add(found: Order, reports: Iterable[Report]) -> None:
        found.add((f"{falling(r.said_on)}.{r.id}", {"lang": r.lang}) for r in reports)

    def make() -> Order:
        found = Order()
        add(found, book.reports.values())
        return found

    def more(found: Order, new: Sequence[Entry]) -> None:
        add(found, (book.reports[e.id] for e in new if e.id in book.reports))

    return book.kept("order of reports", make, more)


def data(book: Book, veil: Veil, report: Report) -> dict[str, object]:
    """A report as JSON has it; of a confidential publisher neither headline, address nor file."""
    shown = veil.entry(report)
    secret = veil.hides(report)
    return {
        "id": report.id,
        "published": plain(report.said_on),
        "publisher": veil.name(report.publisher),
        "title": shown.title if not secret else "",
        "address": veil.address(report),
        "lang": report.lang,
        "document": veil.document(report),
        "recorded_at": plain(report.recorded_at),
        "reprints": shown.reprints,
        "claims": len(claims_of(book).get(report.id, ())),
    }


def claims_of(book: Book) -> dict[str, Sequence[str]]:
    """Report to the ids of its standing claims, in the order of its text."""

    def add(found: dict[str, Sequence[str]], claims: Iterable[tuple[str, int, str]]) -> None:
        under: dict[str, list[tuple[int, str]]] = {}
        for report, start, claim in claims:
            under.setdefault(report, []).append((start, claim))
        for report, mine in under.items():
            found[report] = (*found.get(report, ()), *(claim for _, claim in sorted(mine)))

    def make() -> dict[str, Sequence[str]]:
        found: dict[str, Sequence[str]] = {}
        add(found, ((c.report, c.span.start, c.id) for c in book.claims.values()))
        return found

    def more(found: dict[str, Sequence[str]], new: Sequence[Entry]) -> None:
        fresh = (book.claims[e.id] for e in new if e.id in book.claims)
        add(found, ((c.report, c.span.start, c.id) for c in fresh))

    return book.kept("claims by report", make, more)
