"""``one-origin``: a toll that rests on one voice alone."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check
from tollbook.codes import Outcome
from tollbook.toll.tolls import compute
from tollbook.toll.wording import words
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The incidents whose dead are counted by one origin only."""
    for i, incident in sorted(book.incidents.items()):
        toll = compute(book, i, Outcome.KILLED)
        if len(toll.origins) != 1 or not toll.figure.known:
            continue
        reports = {
            book.claims[c].report for c in (u.claim for u in (*toll.used, *toll.aside)) if c in book.claims
        }
        carried = f", though {len(reports)} reports carry it" if len(reports) > 1 else ""
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=i,
            what=f"{incident.name}: {words(toll.figure)} killed rests on {toll.origins[0]} alone{carried}.",
            why="Many papers with one line are one witness; nobody else has counted.",
            remedy="Look for a second voice, above all one that does not belong to the same side; name the one voice when publishing.",
            claims=tuple(u.claim for u in toll.used),
        )


CHECK = Check("one-origin", "other", "the toll of the dead rests on one voice", find)
