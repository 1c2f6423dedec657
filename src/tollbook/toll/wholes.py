"""Wholes: whether a figure counts everybody of its group, or is the fate of some of them, so that it is a least."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tollbook.codes import Mode
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.rules import table
from tollbook.toll.counts import level
from tollbook.toll.lots import Lot
from tollbook.toll.sifting import CIVILIANS, OTHER
from tollbook.values import ALL

# The fate of one person is told of everybody in a report, by everybody who speaks in it; it is nobody's count.
FEWEST = 2

# After its number: "two of the five victims" are some of those whom the text has told of.
_SOME_OF = re.compile(r"\s+of (?:the|those|them|these|his|her|their)\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def whole(claim: Claim, group: str) -> bool:
    """Whether a claim counts everybody of a group: a number of two or more, of people called as the whole group is.

    Args:
        claim: a total.
        group: the group of which it is meant to be the whole: ALL, ``civilians``, or a party.
    """
    if level(claim.figure) < FEWEST or claim.mode is Mode.INCREMENT or group == OTHER:
        return False
    nouns = _nouns()
    said = claim.quote.casefold()
    if nouns["besides"] & set(_WORD.findall(said)) or some_of(claim):
        return False
    if claim.victims is None:
        return True
    head = _head(claim.victims)
    allowed = nouns["everybody"]
    if group != ALL:
        allowed = allowed | nouns["civilians" if group == CIVILIANS else "combatants"]
    return head in allowed


def some_of(claim: Claim) -> bool:
    """Whether a claim tells of some of those whom its text has counted: "two of the victims"."""
    _, number, rest = claim.quote.casefold().partition(claim.figure.as_written.casefold() or "\n")
    return bool(number) and _SOME_OF.match(rest) is not None


def least(lot: Lot) -> Lot:
    """The lot, open at the top where it does not count everybody of its group or nobody said it as it stands.

    A sum in which somebody is one person alone is of people told one by one, often twice; it says nothing.
    """
    if lot.computed and any(level(c.figure) < FEWEST for c in lot.claims):
        return replace(lot, figure=Figure(0))
    partial = lot.computed or not all(whole(c, lot.group) for c in lot.claims)
    return replace(lot, figure=Figure(lot.figure.floor)) if partial else lot


def elsewhere(a: Lot, b: Lot) -> bool:
    """Whether two lots are of places that share no name, so that each may be of a blow of its own.

    A running total is of the whole event wherever its sentence places it; but a blow of other days is not in it.
    """
    if a.running != b.running and _apart(a, b):
        return True
    if a.running or b.running:
        return False
    ours, theirs = ([names(c.place) for c in lot.claims] for lot in (a, b))
    return all(x and y and not x & y for x in ours for y in theirs)


def _apart(a: Lot, b: Lot) -> bool:
    """Whether the days of two lots are known and do not meet."""
    (first, last), (other_first, other_last) = a.window, b.window
    if first is None or last is None or other_first is None or other_last is None:
        return False
    return last < other_first or other_last < first


def names(place: str | None) -> frozenset[str]:
    """The proper names in the words of a place."""
    return frozenset(w.casefold() for w in _WORD.findall(place or "") if w[0].isupper())


def _head(victims: str) -> str:
    """The noun of a group of people, singular: "members of the Kurdish forces" is "member"."""
    words = _WORD.findall(re.split(r"\b(?:of|from|in|at|with|who|including)\b", victims.casefold())[0])
    return _singular(words[-1]) if words else ""


def _singular(word: str) -> str:
    kept = {"people": "person", "lives": "life", "bodies": "body", "casualties": "casualty", "fatalities": "fatality",
            "injuries": "injury", "men": "man", "gunmen": "gunman", "servicemen": "serviceman",
            "militiamen": "militiaman", "mercenaries": "mercenary"}  # fmt: skip
    if word in kept:
        return kept[word]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _nouns() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(_singular(w) for w in words.split()) for name, words in table("en", "wholes").items()
    }
