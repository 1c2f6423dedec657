"""``parts-do-not-sum``: a breakdown whose parts together come to more than their whole."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, listed, teller, told
from tollbook.figures import add
from tollbook.nouns import Claim
from tollbook.toll.wording import words
from tollbook.values import Book, Finding


def breakdowns(book: Book) -> Iterator[tuple[Claim, list[Claim]]]:
    """Each whole with the shares of its first cut, in text order."""
    shares: dict[str, list[Claim]] = {}
    for claim in sorted(book.claims.values(), key=lambda c: (c.report, c.span.start, c.id)):
        whole = book.claims.get(claim.part_of or "")
        if whole is not None and whole.outcome is claim.outcome and claim.figure.known:
            shares.setdefault(whole.id, []).append(claim)
    for i, found in sorted(shares.items()):
        dim = None if any(c.dim is None for c in found) else found[0].dim
        yield book.claims[i], [c for c in found if c.dim == dim]


def find(book: Book) -> Iterator[Finding]:
    """The wholes that are less than the sum of their parts, each part alone being within it."""
    for whole, parts in breakdowns(book):
        most, total = whole.figure.high, add(c.figure for c in parts)
        if most is None or len(parts) < 2 or total.floor <= most:
            continue
        if any(c.figure.floor > most for c in parts):
            continue  # parts-exceed-whole says it more plainly
        terms = " + ".join(words(c.figure) for c in parts)
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=whole.id,
            what=f"{told(book, whole)} gives {words(whole.figure)} {whole.outcome.replace('_', ' ')} by the word of "
            f"{teller(book, whole)}, but its parts come to {total.floor:,}: {terms} ({_groups(parts)}).",
            why=f"One of the numbers is wrong or from another day, by {total.floor - most:,}; until that is known the "
            f"whole counts as {most:,} to {total.floor:,}.",
            remedy="Look the figures up where they were first published; correct the claim that was misprinted, or "
            "reject it if two tolls were mixed.",
            claims=(whole.id, *(c.id for c in parts)),
        )


def _groups(parts: list[Claim]) -> str:
    return listed(c.party or c.victims or str(c.victims_class) for c in parts)


CHECK = Check("parts-do-not-sum", "basic", "the parts of a breakdown come to more than its whole", find)
