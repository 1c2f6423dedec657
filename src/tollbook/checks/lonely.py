"""``one-origin``: a toll that looks as if many told it, or that one side alone tells, and rests on one voice."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, listed
from tollbook.codes import Outcome
from tollbook.toll.hearing import party_of
from tollbook.toll.tolls import compute
from tollbook.toll.wording import words
from tollbook.values import Book, Finding, Toll


def find(book: Book) -> Iterator[Finding]:
    """The incidents whose dead are counted by one origin only, though several publish it or it is a party to it.

    One report with one voice looks like what it is, and is no finding: else there would be one for every incident.
    """
    for i, incident in sorted(book.incidents.items()):
        toll = compute(book, i, Outcome.KILLED)
        if len(toll.origins) != 1 or not toll.figure.known:
            continue
        voice = toll.origins[0]
        carried = _publishers(book, toll)
        side = party_of(book, voice)
        others = side is not None and any(
            book.claims[u.claim].party not in {None, side} for u in toll.used if u.claim in book.claims
        )
        if len(carried) < 2 and not others:
            continue
        by = f", though {len(carried)} publish it ({listed(carried[:4])})" if len(carried) > 1 else ""
        own = f", which belongs to {side} and speaks of its enemy" if others else ""
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=i,
            what=f"{incident.name}: {words(toll.figure)} killed rests on {voice} alone{own}{by}.",
            why="Many papers with one line are one witness; nobody else has counted.",
            remedy="Look for a second voice, above all one that does not belong to the same side; name the one voice when publishing.",
            claims=tuple(u.claim for u in toll.used),
        )


def _publishers(book: Book, toll: Toll) -> list[str]:
    """Who publishes what the toll rests on or set aside, by the names that may be shown."""
    found: set[str] = set()
    for use in (*toll.used, *toll.aside):
        claim = book.claims.get(use.claim)
        report = book.reports.get(claim.report) if claim else None
        if report is not None and use.origin == toll.origins[0]:
            card = book.source(report.publisher)
            found.add(card.handle if card else report.publisher or "an unnamed publisher")
    return sorted(found)


CHECK = Check(
    "one-origin", "other", "a toll of the dead that many publish or one side tells rests on one voice", find
)
