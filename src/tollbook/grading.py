"""Grades and credibility: what a book suggests of an incident and of a claim; only a person sets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tollbook.codes import Grade, Outcome, Review, Status, VictimsClass
from tollbook.figures import overlap
from tollbook.nouns import Claim
from tollbook.toll import METHODS, group_of
from tollbook.toll.counts import level
from tollbook.toll.hearing import card_of, party_of
from tollbook.toll.lots import Lot
from tollbook.toll.methods import EXPIRES_AFTER
from tollbook.toll.telling import told_of
from tollbook.toll.wording import words
from tollbook.values import Book, fold

# What a grade is about: harm to people's lives and bodies.
HARM = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.BODIES_FOUND})

# Airwars' definitions, in our words; see docs/verification.md.
MEANING = {
    Grade.CONFIRMED: "a belligerent accepts that it did it",
    Grade.FAIR: "two or more credible sources, and an action by a belligerent there",
    Grade.WEAK: "one credible source, or no action by a belligerent is told",
    Grade.CONTESTED: "the deed is laid to more than one party",
    Grade.DISCOUNTED: "those harmed were combatants",
}

# ACLED sub-event types that are a belligerent's action whether or not a text names him.
ARMED = frozenset(
    {
        "Armed clash", "Government regains territory", "Non-state actor overtakes territory", "Air/drone strike",
        "Shelling/artillery/missile attack", "Chemical weapon", "Suicide bomb", "Remote explosive/landmine/IED",
        "Grenade",
    }
)  # fmt: skip

# Sources whose Admiralty reliability is one of these are not credible; F says that nobody has judged it.
INCREDIBLE = frozenset("DE")

CREDIBILITY = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a book suggests: the value (a grade, or a credibility from 1 to 6), why, and the claims that it rests on."""

    value: str
    why: str
    claims: tuple[str, ...] = ()


def grade(book: Book, incident: str) -> Suggestion | None:
    """The grade that the book suggests of an incident, in this order; None where nobody speaks of harm.

    Discounted: every voice that says who was harmed says combatants. Confirmed: a party says it of itself, and not of
    combatants. Contested: the deed is laid to two parties or more. Fair: two credible origins that belong to no party,
    and an action by a belligerent. Weak: the rest. Claims that are denied, only possible or unverifiable are not heard.
    """
    heard = [c for c in book.of(incident) if c.outcome in HARM and _counts(book, c)]
    if not heard:
        return None
    kinds = {c.victims_class for c in heard} - {VictimsClass.UNKNOWN}
    if kinds == {VictimsClass.COMBATANT}:
        theirs = [c for c in heard if c.victims_class is VictimsClass.COMBATANT]
        return _suggested(
            Grade.DISCOUNTED, "Those harmed are combatants by every word on who they were.", theirs
        )
    own = [c for c in heard if c.victims_class is not VictimsClass.COMBATANT and _of_itself(book, c)]
    if own:
        who = party_of(book, book.origin_of.get(own[0].id, "")) or ""
        return _suggested(Grade.CONFIRMED, f"{who} says that it did it.", own)
    blamed = _blamed(book, heard)
    if len(blamed) > 1:
        names = ", ".join(sorted(blamed))
        return _suggested(
            Grade.CONTESTED, f"It is laid to {names}.", [c for cs in blamed.values() for c in cs]
        )
    return _by_sources(book, incident, heard, blamed)


def _by_sources(book: Book, incident: str, heard: list[Claim], blamed: dict[str, list[Claim]]) -> Suggestion:
    """Fair or weak, by how many credible origins tell of it and whether an action of a belligerent is told."""
    by_origin: dict[str, list[Claim]] = {}
    for claim in heard:
        origin = book.origin_of.get(claim.id, "")
        card = card_of(book, origin)
        if party_of(book, origin) is None and not (card and card.reliability in INCREDIBLE):
            by_origin.setdefault(origin, []).append(claim)
    said = [c for claims in by_origin.values() for c in claims]
    unjudged = sum((card := card_of(book, o)) is None or card.reliability == "F" for o in by_origin)
    who = f"{len(by_origin)} credible origin{'' if len(by_origin) == 1 else 's'} outside the parties"
    note = f" ({unjudged} of unjudged reliability)" if unjudged else ""
    action = bool(blamed) or any(c.actors or c.type in ARMED for c in book.course_of(incident))
    if len(by_origin) > 1 and action:
        return _suggested(Grade.FAIR, f"{who}{note}, and an action by a belligerent is told.", said)
    lack = "" if len(by_origin) < 2 else "; no action by a belligerent is told"
    return _suggested(Grade.WEAK, f"{who}{note}{lack}.", said or heard)


def _suggested(value: Grade, why: str, claims: Iterable[Claim]) -> Suggestion:
    return Suggestion(value, why, tuple(dict.fromkeys(c.id for c in claims)))


def _counts(book: Book, claim: Claim) -> bool:
    """Whether a claim says that somebody was harmed, and stands behind it."""
    stands = claim.status in {Status.ASSERTED, Status.ALLEGED}
    checked = book.reviews.get(claim.id) is not Review.UNVERIFIABLE
    return stands and checked and claim.figure.known and level(claim.figure) > 0


def _of_itself(book: Book, claim: Claim) -> bool:
    """Whether a party says that it did it itself."""
    party = party_of(book, book.origin_of.get(claim.id, ""))
    return (
        party is not None and bool(claim.perpetrator) and _side(book, claim.perpetrator or "") == fold(party)
    )


def _side(book: Book, name: str) -> str:
    """A party under its canonical name, as it is compared."""
    card = book.source(name)
    return fold((card.party or card.handle) if card else name)


def _blamed(book: Book, heard: list[Claim]) -> dict[str, list[Claim]]:
    """Each party that the deed is laid to, by the claims that do so."""
    found: dict[str, list[Claim]] = {}
    names: dict[str, str] = {}
    for claim in heard:
        if claim.perpetrator:
            name = names.setdefault(_side(book, claim.perpetrator), claim.perpetrator)
            found.setdefault(name, []).append(claim)
    return found


# --- credibility


def credibility(book: Book, claim_id: str) -> Suggestion:
    """The credibility of a claim that the book suggests, by the Admiralty scale; 6 where it cannot be judged.

    1: an origin of its own gives a figure that agrees. 4: another contradicts it. 5: two others that agree with each
    other contradict it. Else 2 where its source is reliable (A or B), and 3 where it is not or nobody knows. A total
    that others have outgrown is not contradicted.
    """
    claim = book.claims.get(claim_id)
    incident = book.incident_of.get(claim_id, "")
    if claim is None or incident not in book.incidents or not _counts(book, claim):
        return Suggestion("6", "It stands under no incident, gives no figure, or nobody stands behind it.")
    origin = book.origin_of.get(claim_id, "")
    account = told_of(book, incident, claim.outcome, None, METHODS["strict"].policy)
    group = group_of(claim)
    others = {
        v.origin: lot[group]
        for v, lot in zip(account.voices, account.lots, strict=True)
        if v.origin != origin and group in lot and lot[group].figure.known
    }
    agree = [lot for lot in others.values() if overlap(lot.figure, claim.figure)]
    if agree:
        return Suggestion("1", f"{_named(agree)} agree{'s' if len(agree) == 1 else ''} with it.", _ids(agree))
    against = [lot for lot in others.values() if not _outgrown(claim, lot)]
    if len(against) > 1 and any(
        overlap(a.figure, b.figure) for n, a in enumerate(against) for b in against[:n]
    ):
        return Suggestion("5", f"{_named(against)} contradict it, and agree with each other.", _ids(against))
    if against:
        return Suggestion(
            "4", f"{_named(against)} contradict{'s' if len(against) == 1 else ''} it.", _ids(against)
        )
    card = card_of(book, origin)
    if card is not None and card.reliability in "AB":
        return Suggestion("2", f"Nobody contradicts it, and its source is of reliability {card.reliability}.")
    return Suggestion("3", "Nobody contradicts it and nobody else says it.")


def _outgrown(claim: Claim, other: Lot) -> bool:
    """Whether another voice's figure is only the later, higher one of a toll that grew."""
    if claim.said_on is None or other.day is None:
        return False
    return other.day - claim.said_on > EXPIRES_AFTER and level(other.figure) > level(claim.figure)


def _named(lots: list[Lot]) -> str:
    return ", ".join(
        f"{lot.origin} ({words(lot.figure)})" for lot in sorted(lots, key=lambda lot: lot.origin)
    )


def _ids(lots: list[Lot]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.id for lot in lots for c in lot.claims))
