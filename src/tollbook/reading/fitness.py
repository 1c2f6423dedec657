"""Which people can suffer which outcome: a unit said as one, words that are weak, nouns that no list knows."""

from __future__ import annotations

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.chunks import Chunk

# A group of people that is one thing: "the crew was captured" says no number.
_COLLECTIVE = frozenset({"group", "crew", "family", "household", "unit", "patrol", "team"})

_OPEN = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.ABDUCTED})

# How people move or live who are displaced, and soldiers too.
_MOVES = frozenset(
    {"crossed", "poured", "streamed", "moved", "slept", "sleeping", "camped", "housed", "arrived", "left"}
)

# Constructions in which a noun that no list knows is a person, where the verb is for people.
_SURE = frozenset({"passive", "active", "gerund", "headline", "nominal", "noun-of", "shared", "pronoun"})


# Constructions in which even a weak word befalls a bare name.
_STRONG = frozenset({"passive", "happened", "state", "noun-of", "possessive", "among", "inverted", "listed"})


def fits(g: Chunk, k: Chunk, kind: Outcome, rule: str) -> bool:
    """Whether a group can suffer the outcome in that construction: weak words and unlisted nouns ask for more."""
    if g.letter == "1" and g.head in _COLLECTIVE:
        return False
    if g.letter == "1" and g.weak:
        return not k.weak and kind is Outcome.KILLED and rule in _SURE
    if (
        kind is Outcome.DISPLACED
        and (g.letter == "1" or (g.number and g.number.low == g.number.high == 1))
        and g.head not in _COLLECTIVE
    ):
        return False  # one person who flees is not counted as displaced
    if kind is Outcome.DISPLACED and g.kind is VictimsClass.COMBATANT and k.head in _MOVES:
        return False  # soldiers cross a border and live in camps without being driven from home
    if g.letter == "Q" and g.weak and rule == "state":
        return k.head in {"dead", "missing"}
    if g.letter == "Q" and g.weak:
        return (
            not k.weak
            and kind in _OPEN
            and rule
            in {"passive", "active", "gerund", "happened", "including", "inverted", "noun-of", "nominal"}
        )
    if g.letter in "NZ" and g.weak and k.weak and rule != "noun":
        return False
    if g.letter in "1C" and kind is Outcome.BESIEGED:
        return False
    return not (k.weak and g.letter in "CP" and rule not in _STRONG)
