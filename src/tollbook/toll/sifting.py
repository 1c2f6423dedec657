"""Sifting: which claims of an incident can enter its toll, and which are set aside before any counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tollbook.codes import Outcome, Scope, Status, Unit, VictimsClass
from tollbook.nouns import Claim
from tollbook.toll.units import counted
from tollbook.values import ALL, Book, Use

CIVILIANS = "civilians"
OTHER = "other or unknown"  # what a whole holds beside the groups that its speaker names


def group_of(claim: Claim) -> str:
    """The group a claim speaks of: a party, ``civilians``, ALL for a whole, OTHER for a share of nobody named.

    "17 people" whose class is only inferred names no group: it is everybody, whom the next report's "12 people,
    including seven soldiers" or "21 people" updates. Else the whole would stand in one group and its growth in another.
    Who fled is a civilian by convention: "45,000 residents" and "more than 45,000 people" are one group, always.
    """
    if claim.party:
        return claim.party
    told = not claim.inferred or claim.outcome is Outcome.DISPLACED
    if claim.victims_class is VictimsClass.CIVILIAN and told:
        return CIVILIANS
    return OTHER if claim.part_of else ALL


def origin_of(book: Book, claim: Claim) -> str:
    """Whose word a claim is: as the book says, else its speaker, else its publisher."""
    known = book.origin_of.get(claim.id)
    if known:
        return known
    report = book.reports.get(claim.report)
    return claim.speaker or (report.publisher if report else "") or "unknown"


def day_of(book: Book, claim: Claim) -> date | None:
    """The day a claim was said; its report's day where the claim has none."""
    report = book.reports.get(claim.report)
    return claim.said_on or (report.said_on if report else None)


def sift(
    book: Book, claims: Sequence[Claim], as_of: date | None, unit: Unit = Unit.PERSON
) -> tuple[list[Claim], list[Use]]:
    """The claims that can enter a toll of the day ``as_of``, and those set aside with a rule and a sentence.

    What was said after ``as_of`` is in neither list: on that day it was not there. Households whose size is declared are
    kept as so many persons; those whose size is not are set aside.
    """
    kept: list[Claim] = []
    aside: list[Use] = []
    for claim in claims:
        day = day_of(book, claim)
        if as_of is not None and day is not None and day > as_of:
            continue
        found = _barred(claim) or (_UNDATED if as_of is not None and day is None else None)
        told = counted(claim, unit)
        if found is None and told is None:
            found = _HOUSEHOLDS if unit is Unit.PERSON else _PERSONS
        if found is None and told is not None:
            kept.append(told)
        elif found is not None:
            aside.append(Use(claim.id, *found, origin_of(book, claim)))
    return kept, aside


_HOUSEHOLDS = (
    "households",
    "It counts households, and nobody has declared how many persons each of them has.",
)
_PERSONS = ("persons", "It counts persons, not households.")
_UNDATED = ("undated", "Nobody knows on which day this was said, so it has no place in the toll of a day.")


def _barred(claim: Claim) -> tuple[str, str] | None:
    """The rule and the sentence that keep a claim out of every toll; None for one that may enter."""
    if not claim.figure.known:
        return "no-figure", "It says that something happened and gives no number."
    if claim.dim is not None and claim.part_of is None:
        return (
            "cut",
            "It counts people of a kind (children, medics) and its report gives no whole that they are of.",
        )
    if claim.status is Status.DENIED:
        return "denied", "The speaker denies this figure; it counts for nobody."
    if claim.status is Status.POSSIBLE:
        return "possible", "The speaker says that it may be so, not that it is."
    if claim.scope is Scope.WAR:
        return "war-total", "It counts a whole war; the incident is at most a part of it."
    if claim.scope is Scope.PERIOD:
        return "period", "It counts a spell of time over several events, not this incident alone."
    if claim.proposed:
        return "proposed", "A model wrote it and no person has accepted it yet."
    return None
