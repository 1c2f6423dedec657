"""The claims of a book in one order, the latest first, to be filtered and cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from tollbook.codes import Review
from tollbook.nouns import Claim, Entry
from tollbook.toll import group_of
from tollbook.values import Book
from tollbook.views.order import Order, falling


class Standing(StrEnum):
    """Which claims are meant: those that count, that wait for a person, or that fell."""

    STANDING = "standing"
    WAITING = "waiting"
    FALLEN = "fallen"


def order(book: Book, which: Standing = Standing.STANDING) -> Order:
    """The claims by the day they were said, then as they stand in their report.

    Filters: ``incident``, ``outcome``, ``group`` (party, or kind of people), ``voice`` (the origin that is counted),
    ``report`` and ``review``.
    """
    if which is Standing.WAITING:
        return book.kept("order of waiting claims", lambda: _made(book, book.waiting.values()))
    if which is Standing.FALLEN:
        return book.kept("order of fallen claims", lambda: _made(book, (c for c, _ in book.fallen.values())))

    def more(found: Order, new: Sequence[Entry]) -> None:
        found.add(_told(book, (book.claims[e.id] for e in new if e.id in book.claims)))

    return book.kept("order of claims", lambda: _made(book, book.claims.values()), more)


def claim_of(book: Book, claim: str) -> Claim | None:
    """The claim of that id, whether it stands, waits or fell."""
    found = book.claims.get(claim) or book.waiting.get(claim)
    return found or book.fallen.get(claim, (None,))[0]


def span_of(since: date | None, until: date | None) -> tuple[str, str]:
    """Behind which key the claims begin that were said up to a day, and before which those end that were said since one."""
    first = falling(until) if until else ""
    last = falling(since - timedelta(days=1)) if since and since > date.min else ""
    return first, last


def _made(book: Book, claims: Iterable[Claim]) -> Order:
    found = Order()
    found.add(_told(book, claims))
    return found


def _told(book: Book, claims: Iterable[Claim]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for claim in claims:
        report = book.reports.get(claim.report)
        day = claim.said_on or (report.said_on if report else None)
        yield (
            f"{falling(day)}.{claim.report}.{claim.span.start:08}.{claim.id}",
            {
                "incident": book.incident_of.get(claim.id, ""),
                "outcome": claim.outcome,
                "group": group_of(claim),
                "voice": book.origin_of.get(claim.id, ""),
                "report": claim.report,
                "review": book.reviews.get(claim.id, Review.UNREVIEWED),
            },
        )
