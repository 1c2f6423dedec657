"""Wounds that no verb of harm tells of: taken to hospital, found with gunshot wounds, struck by a bullet."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.codes import Outcome
from tollbook.reading.closed import HARD
from tollbook.reading.groups import Chunk

_CARRIED = frozenset("taken rushed transported airlifted flown sent transferred".split())
_SENDING = frozenset({"sent", "sends", "sending", "send", "put", "puts", "putting", "landed"})
_HOSPITALS = frozenset({"hospital", "hospitals"})
_STRUCK = frozenset({"struck", "hit", "grazed", "pierced"})
_MISSILES = frozenset({"gunfire", "bullet", "bullets", "gunshot", "gunshots", "shrapnel", "buckshot"})
_BY = frozenset("gunshot bullet shrapnel stab knife burn shotgun gunshots".split())
_WOUNDS = frozenset({"wound", "wounds", "injury", "injuries"})
_BEARING = frozenset({"with", "suffering", "suffered", "had", "sustained"})
# What befalls the dead: they are no wounded, wherever they are taken.
_DEAD = frozenset(
    "dead died dies death body bodies deceased pronounced succumbed fatal fatally killed morgue".split()
)
_BODIES = frozenset({"body", "bodies", "corpse", "corpses"})
# First words of the wounds below.
OPENING = _CARRIED | _SENDING | _STRUCK | _BEARING | {"in"}
# How many words "to a hospital in Zenda" or "several gunshot wounds" may have before the noun.
_REACH = 6


def wounded(low: Sequence[str], i: int, before: Sequence[Chunk]) -> Chunk | None:
    """The outcome word of a wound that begins at token ``i``, or None."""
    word = low[i]
    if word in _CARRIED and before and before[-1].letter in "bha" and (end := _to_hospital(low, i + 1)):
        return Chunk("V", i, end, Outcome.WOUNDED, weak=True, head="hospital")
    if (
        word == "in"
        and before
        and before[-1].letter == "b"
        and low[i + 1 : i + 2] in (["hospital"], ["the"], ["a"])
        and (end := _to_hospital(low, i))
    ):
        return Chunk("J", i, end, Outcome.WOUNDED, weak=True, head="hospital")
    if word in _SENDING and _sent(low, i + 1):
        return Chunk(
            "G" if word.endswith("ing") else "V", i, i + 1, Outcome.WOUNDED, weak=True, head="hospital"
        )
    if word in _STRUCK and (end := _by(low, i + 1)):
        return Chunk("V", i, end, Outcome.WOUNDED, weak=True, head="struck")
    if word in _BEARING and (end := _bearing(low, i + 1)) and not _dead(low, i):
        return Chunk("J", i, end, Outcome.WOUNDED, head="wounds")
    return None


def _dead(low: Sequence[str], at: int) -> bool:
    """Whether those just before a token are dead, or anybody behind it is: "taken to a clinic, where he died"."""
    return not _DEAD.isdisjoint(low[max(0, at - 4) :]) or not _BODIES.isdisjoint(low)


def _to_hospital(low: Sequence[str], at: int) -> int:
    """The token after "to (a nearby) hospital", or 0; also 0 where anybody in the sentence is said to be dead."""
    if at >= len(low) or low[at] not in {"to", "in", "by"} or _dead(low, at):
        return 0
    for j in range(at + 1, min(at + 1 + _REACH, len(low))):
        if low[j] in _HOSPITALS:
            return j + 1
        if low[j] in HARD:
            return 0
    return 0


def _sent(low: Sequence[str], at: int) -> bool:
    """Whether an object and "to the hospital" follow: "sent four bakers to the hospital"."""
    for j in range(at, min(at + _REACH, len(low))):
        if low[j] in {"to", "in"} and j > at:
            return bool(_to_hospital(low, j))
        if low[j] in HARD:
            return False
    return False


def _by(low: Sequence[str], at: int) -> int:
    """The token after "by a stray bullet", or 0."""
    if at >= len(low) or low[at] not in {"by", "with"}:
        return 0
    return next((j + 1 for j in range(at + 1, min(at + 5, len(low))) if low[j] in _MISSILES), 0)


def _bearing(low: Sequence[str], at: int) -> int:
    """The token after "(multiple) gunshot wounds", or 0."""
    for j in range(at, min(at + _REACH, len(low))):
        if low[j] in _WOUNDS:
            return j + 1 if low[j - 1] in _BY else 0
        if low[j] in HARD and low[j] != "-":
            return 0
    return 0
