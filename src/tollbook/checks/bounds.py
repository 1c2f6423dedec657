"""``range-inverted``: days or bounds in the wrong order: a last day before the first, a least above a most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, said, teller, told
from tollbook.nouns import Claim, Incident, Statement
from tollbook.toll.sifting import group_of
from tollbook.toll.wording import words
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """Inverted days of statements and incidents, then bounds of one voice in one report that cross."""
    dated: list[Statement | Incident] = [
        *book.claims.values(),
        *book.courses.values(),
        *book.incidents.values(),
    ]
    for entry in sorted(dated, key=lambda e: e.id):
        if entry.date_from and entry.date_to and entry.date_to < entry.date_from:
            where = entry.name if isinstance(entry, Incident) else told(book, entry)
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=entry.id,
                what=f"{where}: the last day, {entry.date_to}, lies before the first, {entry.date_from}.",
                why="What stands between such days can be placed in no toll of a day and on no timeline.",
                remedy="Correct date_from or date_to; the sentence often gives only one of them.",
                claims=() if isinstance(entry, Incident) else (entry.id,),
            )
    yield from _crossed(book)


def _crossed(book: Book) -> Iterator[Finding]:
    same: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(book.claims.values(), key=lambda c: (c.span.start, c.id)):
        if claim.part_of is None and claim.figure.known:
            key = (
                claim.report,
                teller(book, claim),
                str(claim.outcome),
                group_of(claim),
                claim.victims or "",
            )
            same[key].append(claim)
    for found in same.values():
        least = max((c for c in found if c.figure.high is None), key=lambda c: c.figure.floor, default=None)
        most = min((c for c in found if c.figure.low is None), key=lambda c: c.figure.high or 0, default=None)
        if (
            least is None
            or most is None
            or most.figure.high is None
            or least.figure.floor <= most.figure.high
        ):
            continue
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=least.id,
            what=f"{said(book, least)} and, in the same report, {words(most.figure)} {least.outcome.replace('_', ' ')}: "
            "the least is more than the most.",
            why="No number satisfies both, so the voice gives no figure at all.",
            remedy="Read both sentences; one of them was misread or counts other people.",
            claims=(least.id, most.id),
        )


CHECK = Check("range-inverted", "basic", "a last day before the first, or a least above a most", find)
