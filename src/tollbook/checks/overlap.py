"""``overlapping-incidents``: two incidents of one place and the same days whose dead look like the same people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from tollbook.checks.kinds import Check, listed
from tollbook.codes import Level, Mode, Outcome
from tollbook.incidents.spots import spot
from tollbook.nouns import Claim
from tollbook.toll.sifting import group_of, sift
from tollbook.toll.stock import window
from tollbook.values import ALL, Book, Finding

# One or two dead are told of so many events that the number says nothing; from here on it is a mark.
TELLING = 3


def find(book: Book) -> Iterator[Finding]:
    """One finding a pair of incidents that share a name of their place, a day, and a whole number of the dead.

    A pair that somebody told apart is none, and what was merged is one incident.
    """
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    said = {i: _dead(book, i) for i, e in sorted(book.incidents.items()) if e.level is Level.INCIDENT}
    for i, numbers in said.items():
        for name in spot(book.incidents[i].place).names:
            for number in numbers:
                alike[name, number].append(i)
    pairs = {pair for found in alike.values() for pair in combinations(found, 2)}
    for one, other in sorted(pairs):
        if frozenset({one, other}) not in book.apart and _meet(book, one, other):
            yield _finding(book, one, other, said)


def _dead(book: Book, incident: str) -> dict[int, str]:
    """The whole numbers of the dead of everybody that are said exactly, each to the first claim that says it."""
    spoken = [c for c in book.of(incident) if c.outcome is Outcome.KILLED and c.part_of is None]
    kept, _ = sift(book, spoken, None)
    found: dict[int, str] = {}
    for claim in kept:
        if _whole(claim) and claim.figure.best is not None and claim.figure.best >= TELLING:
            found.setdefault(claim.figure.best, claim.id)
    return found


def _whole(claim: Claim) -> bool:
    return claim.mode is Mode.TOTAL and claim.figure.exact and group_of(claim) == ALL


def _meet(book: Book, one: str, other: str) -> bool:
    """Whether two incidents have a day in common; days that nobody knows meet none."""
    first, second = window(book, one), window(book, other)
    known = all(date.min.toordinal() < day < date.max.toordinal() - 1 for day in (*first, *second))
    return known and first[0] <= second[1] and second[0] <= first[1]


def _finding(book: Book, one: str, other: str, said: dict[str, dict[int, str]]) -> Finding:
    numbers = sorted(said[one].keys() & said[other].keys())
    names = [book.incidents[i].name for i in (one, other)]
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=f"{one}:{other[:8]}",
        what=f"{names[0]} and {names[1]} are of one place and share days, and of both "
        f"{listed([str(n) for n in numbers])} dead are told.",
        why="If they are one event, whatever adds incidents up counts its dead twice.",
        remedy=f"Read both. If they are one: tollbook merge {other} {one}. If they are two: tollbook apart {one} {other}.",
        claims=tuple(said[i][n] for n in numbers for i in (one, other)),
    )


CHECK = Check(
    "overlapping-incidents",
    "strict",
    "two incidents of one place, day and number of dead look like one",
    find,
)
