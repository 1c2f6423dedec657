"""``outcome-swapped``: one report has as wounded whom the others have as killed, by the word of the same voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from tollbook.checks.kinds import Check, named, teller, told
from tollbook.codes import Mode, Outcome, Scope, Status
from tollbook.nouns import Claim
from tollbook.toll.counts import level
from tollbook.toll.sifting import day_of, group_of
from tollbook.values import ALL, Book, Finding

# The outcomes that are taken for each other: by a translator, by a headline, by whoever reads "casualties".
PAIR = (Outcome.KILLED, Outcome.WOUNDED)
# A number this large is not by chance that of the dead and that of the wounded.
LARGE = 10
NEAR = timedelta(days=1)


def find(book: Book) -> Iterator[Finding]:
    """The claims of an outcome whose number the same voice gives, elsewhere and at that time, for the other outcome."""
    for incident in sorted(book.incidents):
        by_voice: dict[str, list[Claim]] = defaultdict(list)
        for claim in book.of(incident):
            voice = teller(book, claim)
            if named(voice) and _comparable(claim):
                by_voice[voice].append(claim)
        for voice, claims in sorted(by_voice.items()):
            yield from _swapped(book, incident, voice, claims)


def _comparable(claim: Claim) -> bool:
    return (
        claim.outcome in PAIR
        and claim.figure.exact
        and level(claim.figure) >= LARGE
        and claim.part_of is None
        and group_of(claim) == ALL
        and claim.mode is Mode.TOTAL
        and claim.scope in {Scope.INCIDENT, Scope.CUMULATIVE}
        and claim.status is not Status.DENIED
    )


def _swapped(book: Book, incident: str, voice: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    given: dict[str, dict[Outcome, set[int]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        given[claim.report][claim.outcome].add(level(claim.figure))
    numbers: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        numbers[level(claim.figure)].append(claim)
    for number, found in sorted(numbers.items()):
        odd = [c for c in found if not given[c.report][_other(c.outcome)]]
        full = [
            c for c in found
            if given[c.report][_other(c.outcome)] and number not in given[c.report][_other(c.outcome)]
        ]  # fmt: skip
        pairs = [(a, b) for a in odd for b in full if a.outcome is not b.outcome and _near(book, a, b)]
        if pairs:
            a, b = min(pairs, key=lambda p: (p[0].id, p[1].id))
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=a.id,
                what=f"{book.incidents[incident].name}: {told(book, a)} has {number:,} {a.outcome} by the word of {voice}, and "
                f"{told(book, b)} has {number:,} {b.outcome} and another number {a.outcome}.",
                why="One of the two took the wounded for the dead, or the dead for the wounded.",
                remedy="Look at what the voice itself published, and correct the outcome of the claim that is wrong.",
                claims=(a.id, b.id),
            )


def _other(outcome: Outcome) -> Outcome:
    return PAIR[1 - PAIR.index(outcome)]


def _near(book: Book, a: Claim, b: Claim) -> bool:
    days = day_of(book, a), day_of(book, b)
    return None in days or abs((days[0] or days[1]) - (days[1] or days[0])) <= NEAR  # type: ignore[operator]


CHECK = Check(
    "outcome-swapped", "strict", "one number of one voice is told as killed here and as wounded there", find
)
