"""``more-than-wider``: a voice counts more in one event than in the longer time or the war that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, teller, told
from tollbook.codes import Outcome, Scope, Status
from tollbook.nouns import Claim
from tollbook.toll.sifting import group_of
from tollbook.toll.wholes import whole
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

WIDE = frozenset({Scope.PERIOD, Scope.WAR})
COUNTED = frozenset({Outcome.KILLED, Outcome.WOUNDED})


def find(book: Book) -> Iterator[Finding]:
    """The claims of one event that exceed what their own voice counts, in the same report, for days that hold it."""
    wide: dict[tuple[str, str, str, str], list[Claim]] = defaultdict(list)
    for claim in book.claims.values():
        if claim.scope in WIDE and claim.status is not Status.DENIED and whole(claim, group_of(claim)):
            wide[_key(book, claim)].append(claim)
    for claim in sorted(book.claims.values(), key=lambda c: c.id):
        if claim.scope is not Scope.INCIDENT or claim.outcome not in COUNTED or claim.part_of:
            continue
        over = [w for w in wide.get(_key(book, claim), ()) if _holds(w, claim) and _more(claim, w)]
        if over:
            yield _finding(book, claim, min(over, key=lambda w: (w.figure.high or 0, w.id)))


def _key(book: Book, claim: Claim) -> tuple[str, str, str, str]:
    return claim.report, teller(book, claim), str(claim.outcome), group_of(claim)


def _holds(wide: Claim, claim: Claim) -> bool:
    """Whether the days of a wide count are known to hold those of a claim."""
    if wide.date_from is None or wide.date_to is None or claim.date_from is None or claim.date_to is None:
        return False
    longer = wide.date_to - wide.date_from > claim.date_to - claim.date_from
    return longer and wide.date_from <= claim.date_from and claim.date_to <= wide.date_to


def _more(claim: Claim, wide: Claim) -> bool:
    return wide.figure.high is not None and claim.figure.floor > wide.figure.high


def _finding(book: Book, claim: Claim, wide: Claim) -> Finding:
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id,
        what=f"{teller(book, claim)} counts {words(claim.figure)} {claim.outcome.replace('_', ' ')} from {claim.date_from} to "
        f"{claim.date_to}, and only {words(wide.figure)} from {wide.date_from} to {wide.date_to} ({told(book, claim)}).",
        why="What happened on a day cannot be more than what happened in the time that holds it.",
        remedy="Read both sentences: one counts other people or another place, or a number or a day was misread.",
        claims=(claim.id, wide.id),
    )


CHECK = Check(
    "more-than-wider", "strict", "one event has more victims than the time that holds it, by one voice", find
)
