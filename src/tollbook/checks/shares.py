"""``share-fell``: of a total that grows, a share becomes smaller, and nobody says why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tollbook.checks.kinds import Check, told
from tollbook.codes import Mode, Outcome, Scope, Status
from tollbook.nouns import Claim
from tollbook.toll.counts import level
from tollbook.toll.sifting import day_of, origin_of
from tollbook.values import Book, Finding

# Those of whom a running count cannot become smaller.
COUNTED = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.INDIRECT_DEATHS})

Key = tuple[str, Outcome, str, str]


def find(book: Book) -> Iterator[Finding]:
    """The falls in running counts of named people (children, women, medics) that a voice gives as shares of its total."""
    for incident in sorted(book.incidents):
        told_of: dict[Key, list[tuple[date, Claim]]] = defaultdict(list)
        for claim in book.of(incident):
            day = day_of(book, claim)
            if day is not None and _counts(claim):
                key = (
                    origin_of(book, claim),
                    claim.outcome,
                    (claim.victims or "").casefold(),
                    claim.dim or "",
                )
                told_of[key].append((day, claim))
        for (voice, *_), said in sorted(told_of.items()):
            said.sort(key=lambda e: (e[0], level(e[1].figure), e[1].id))
            stood = None
            for day, claim in said:
                if stood is not None and level(claim.figure) < level(stood[1].figure) and day > stood[0]:
                    yield _finding(book, voice, stood[1], claim)
                stood = day, claim


def _counts(claim: Claim) -> bool:
    """Whether a claim is an exact share of a running total, of people who are named."""
    return (
        claim.outcome in COUNTED
        and claim.part_of is not None
        and claim.scope is Scope.CUMULATIVE
        and claim.mode is Mode.TOTAL
        and claim.status is Status.ASSERTED
        and claim.supersedes is None
        and bool(claim.victims)
        and claim.figure.exact
    )


def _finding(book: Book, voice: str, before: Claim, claim: Claim) -> Finding:
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id,
        what=f"{voice} had counted {level(before.figure):,} {claim.victims} among the {claim.outcome} "
        f"({told(book, before)}), and counts {level(claim.figure):,} now ({told(book, claim)}).",
        why="A share of a running total does not become smaller: people were moved to another group, one number was "
        "rounded, or one is wrong.",
        remedy="Look whether the voice explains it; then acknowledge this with the reason, or correct the claim.",
        claims=(before.id, claim.id),
    )


CHECK = Check("share-fell", "strict", "a share of a growing total becomes smaller", find)
