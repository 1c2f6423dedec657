"""``source-withheld``: figures that rest on a report whose text was forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, told
from tollbook.nouns import Claim
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The reports without a text that still give figures."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(book.claims.values(), key=lambda c: (c.span.start, c.id)):
        report = book.reports.get(claim.report)
        if report is not None and not report.text:
            said[claim.report].append(claim)
    for key, claims in sorted(said.items()):
        count = f"{len(claims)} figure{'' if len(claims) == 1 else 's'}"
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=key,
            what=f"{told(book, claims[0])}: the text was forgotten, and {count} of it still count.",
            why="Nobody can look up the sentence any more; the figure stands on the word of whoever read it.",
            remedy="Look for another report that gives the figure, or reject the claims.",
            claims=tuple(c.id for c in claims),
        )


CHECK = Check("source-withheld", "other", "figures rest on a report whose text was forgotten", find)
