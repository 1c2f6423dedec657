"""``two-totals-at-once``: one voice gives two totals of the same people in one report, and takes neither back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tollbook.checks.kinds import Check, teller, told
from tollbook.checks.sums import slipped
from tollbook.codes import Mode, Outcome, Scope, Status
from tollbook.figures import overlap
from tollbook.nouns import Claim
from tollbook.toll.counts import level
from tollbook.toll.sifting import group_of
from tollbook.toll.wholes import whole
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Finding

# "Four were shot" holds the dead, "three were wounded" does not: the wounded of one report are often told in both ways.
COUNTED = frozenset({Outcome.KILLED, Outcome.DISPLACED})
SCOPES = frozenset({Scope.INCIDENT, Scope.CUMULATIVE})


def find(book: Book) -> Iterator[Finding]:
    """One finding for the totals of a report that one voice gives of the same people, place and days."""
    told_of: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    replaced = {c.supersedes for c in book.claims.values() if c.supersedes}
    for i, claim in book.claims.items():
        if i in replaced or claim.supersedes or claim.part_of or claim.mode is Mode.INCREMENT:
            continue
        if claim.outcome not in COUNTED or claim.scope not in SCOPES:
            continue
        if claim.status in {Status.DENIED, Status.POSSIBLE}:
            continue
        incident, group = book.incident_of.get(i), group_of(claim)
        if incident is None or not whole(claim, group):
            continue
        days = (claim.date_from, claim.date_to)
        key = (
            claim.report,
            incident,
            teller(book, claim),
            claim.outcome,
            group,
            claim.scope,
            days,
            claim.place,
        )
        told_of[key].append(claim)
    for found in told_of.values():
        if len(found) > 1:
            yield from _apart(book, sorted(found, key=lambda c: (c.span.start, c.id)))


def _apart(book: Book, found: Sequence[Claim]) -> Iterator[Finding]:
    first = found[0]
    other = next((c for c in found[1:] if not overlap(first.figure, c.figure)), None)
    if other is None:
        return
    group = group_of(first)
    who = "" if group == ALL else f" {group}"
    yield Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=min(first.id, other.id),
        what=f"{told(book, first)} gives {words(first.figure)}{who} {first.outcome.replace('_', ' ')} and "
        f"{words(other.figure)}{who} {other.outcome.replace('_', ' ')} by the word of {teller(book, first)}, "
        "and does not say that one replaces the other.",
        why="One of the two is an older figure, a misprint, or counts other people; the higher one stands in the toll."
        + slipped(level(first.figure), level(other.figure)),
        remedy="Read both sentences: correct the one that was misprinted, say that the later supersedes the older, or split "
        "off what is of another event.",
        claims=(first.id, other.id),
    )


CHECK = Check(
    "two-totals-at-once", "strict", "one voice gives two totals of the same people in one report", find
)
