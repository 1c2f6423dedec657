"""Persons: people whom a report names one by one, with no total said; two names are two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

from tollbook.codes import Mode, Scope
from tollbook.nouns import Claim
from tollbook.toll.sifting import day_of, origin_of
from tollbook.values import Book

# A name has a given name and another one; one capital word may be a people, a town or a rank.
LEAST_WORDS = 2
# Words within a name that begin with a small letter.
_SMALL = frozenset("al el bin ibn bint abu umm de da di del la van von der den ter ten af".split())


def named_apart(book: Book, free: Sequence[Claim], roots: Sequence[Claim]) -> list[tuple[Claim, ...]]:
    """The claims of persons that one report names each by itself, those of one report and voice together.

    Args:
        book: the snapshot.
        free: claims of one outcome that are no share, have none, and replace nothing.
        roots: every claim of the outcome that is no share.

    Only where every figure that the report gives of the outcome is one named person: a number beside them is their
    whole, or of others, and somebody unnamed may be one of them. A person who is told of twice is one.
    """
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in roots:
        by_report[claim.report].append(claim)
    ids = {c.id for c in free}
    found: list[tuple[Claim, ...]] = []
    for told in by_report.values():
        if len(told) < 2 or not all(c.id in ids and _person(c) for c in told):
            continue
        if any(a.span.overlaps(b.span) for a, b in pairwise(told)):
            continue  # of one sentence: whether they stand side by side is told elsewhere
        voices: dict[Hashable, list[Claim]] = defaultdict(list)
        for claim in told:
            voices[_voice(book, claim)].append(claim)
        found += [tuple(persons) for mine in voices.values() if len(persons := _each_once(mine)) > 1]
    return found


def _voice(book: Book, claim: Claim) -> Hashable:
    """Whose word it is, of which days, and how sure."""
    return origin_of(book, claim), day_of(book, claim), claim.status, claim.date_from, claim.date_to


def _person(claim: Claim) -> bool:
    """Whether a claim is of one person with a name."""
    one = claim.figure.low == claim.figure.high == 1
    plain = claim.mode is Mode.TOTAL and claim.scope is Scope.INCIDENT and not claim.supersedes
    return one and plain and len(_name(claim)) >= LEAST_WORDS


def _name(claim: Claim) -> frozenset[str]:
    """The words of a name, folded; none where the people are called by more than a name ("a Zenda High School student")."""
    words = (claim.victims or "").replace(",", " ").split()
    if not all(w[:1].isupper() or w in _SMALL for w in words):
        return frozenset()
    return frozenset(w.strip(".'\"").casefold() for w in words)


def _each_once(claims: Sequence[Claim]) -> list[Claim]:
    """The first claim of each person; who is named by some of the words of a longer name is the same person."""
    found: list[Claim] = []
    for claim in claims:
        name = _name(claim)
        if not any(name <= _name(other) or _name(other) <= name for other in found):
            found.append(claim)
    return found
