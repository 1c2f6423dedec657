"""Hearing: which claims of an incident a method hears, and in which numbers; whose words count is asked here too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome, Review, Status, Unit
from tollbook.figures import exactly
from tollbook.nouns import Claim, Source
from tollbook.toll.policy import Policy
from tollbook.toll.sifting import origin_of, sift
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Use, fold


def closed(policy: Policy, book: Book, incident: str, outcome: Outcome, group: str) -> tuple[str, str] | None:
    """The rule and the sentence by which a method gives no figure here at all; None where it gives one."""
    if policy.outcomes and outcome not in policy.outcomes:
        return "other-outcome", f"This method counts {_words(policy.outcomes)} and nothing else."
    if policy.grades:
        grade = book.grades.get(incident)
        if grade not in policy.grades:
            has = f"is graded {grade}" if grade else "has no grade yet"
            return "grade", f"The incident {has}; this method counts those graded {_words(policy.grades)}."
        if book.reviews.get(incident) is Review.UNVERIFIABLE:
            return (
                "unverifiable",
                "The incident was found unverifiable; this method counts what can be verified.",
            )
    if not policy.groups and group != ALL:
        return "no-groups", "This method attributes no figure to a group, only to everybody."
    return None


def _words(names: Sequence[str]) -> str:
    return " or ".join(name.replace("_", " ") for name in names)


def hear(
    book: Book, claims: Sequence[Claim], as_of: date | None, policy: Policy, unit: Unit = Unit.PERSON
) -> tuple[list[Claim], list[Use]]:
    """The claims that can enter a toll by a policy, in its numbers, and those set aside with a rule and a sentence."""
    worded = [reworded(c, policy) for c in claims] if policy.numbers or policy.unknown else claims
    sifted, aside = sift(book, worded, as_of, unit)
    kept: list[Claim] = []
    for claim in sifted:
        found = _unheard(book, claim, policy)
        if found is None:
            kept.append(claim)
        else:
            aside.append(Use(claim.id, *found, origin_of(book, claim)))
    return kept, aside


def reworded(claim: Claim, policy: Policy) -> Claim:
    """The claim with its vague words as the policy's numbers; its id stays that of the claim as read.

    A bound stays one: "at least dozens" is at least the number of dozens.
    """
    figure = claim.figure
    if not figure.known:
        number = policy.unknown if figure.as_written and policy.unknown else None
    else:
        number = _number(figure.as_written, policy)
    if number is None:
        return claim
    new = exactly(number, figure.as_written)
    if figure.known and figure.low is None:
        new = replace(new, low=None, best=None)
    elif figure.known and figure.high is None:
        new = replace(new, best=None, high=None)
    return claim.told_as(figure=new)


def _number(written: str, policy: Policy) -> int | None:
    """The number of the longest vague word that stands in a number as written; None when none does."""
    said = " ".join(written.casefold().split())
    found = [w for w in policy.numbers if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", said)]
    return policy.numbers[max(found, key=lambda w: (len(w), w))] if found else None


def _unheard(book: Book, claim: Claim, policy: Policy) -> tuple[str, str] | None:
    """The rule and the sentence by which a policy does not hear a claim; None for one it hears."""
    if claim.status is Status.ALLEGED and not policy.alleged:
        return "alleged", "It is only alleged, and this method counts what is asserted."
    if policy.reviewed and book.reviews.get(claim.id) is not Review.ACCEPTED:
        return "unreviewed", "No person has accepted it yet, and this method counts what was reviewed."
    if policy.grades and book.reviews.get(claim.id) is Review.UNVERIFIABLE:
        return "unverifiable", "It was found unverifiable; this method counts what can be verified."
    rated = book.credibility.get(claim.id, 0)
    if policy.credibility < rated <= DOUBTED:
        why = f"Its credibility was rated {rated}; this method counts down to {policy.credibility}."
        return "not-credible", why
    if policy.concessions == "count" and policy.party_word == "any":
        return None
    party = party_of(book, origin_of(book, claim))
    if party is None:
        return None
    if policy.concessions == "beside" and fold(claim.perpetrator or "") == fold(party):
        why = f"{party} concedes {words(claim.figure)} of its own doing, which stands beside the range."
        return "conceded", why
    if policy.party_word == "own" and fold(claim.party or "") != fold(party):
        return "party-word", f"It is the word of {party}, which this method takes for its own losses alone."
    return None


# Admiralty: 1 confirmed to 5 improbable; 6 is "cannot be judged", which is no doubt.
DOUBTED = 5


def card_of(book: Book, origin: str) -> Source | None:
    """The card of an origin, by its name, an alias, or the handle of a confidential source."""
    return book.source(origin) or book.kept("cards by handle", lambda: _by_handle(book)).get(origin)


def _by_handle(book: Book) -> dict[str, Source]:
    return {card.handle: card for card in book.sources.values()}


def party_of(book: Book, origin: str) -> str | None:
    """The party that a voice belongs to: as its card says; a voice that is called like a party is that party."""
    card = card_of(book, origin)
    if card is not None and card.party:
        return card.party
    return book.kept("parties", lambda: _parties(book)).get(fold(origin))


def _parties(book: Book) -> dict[str, str]:
    """Every party that a claim names, as a victim's or as who did it, by its folded name."""
    named = {name for c in book.claims.values() for name in (c.party, c.perpetrator) if name}
    return {fold(name): name for name in sorted(named, reverse=True)}
