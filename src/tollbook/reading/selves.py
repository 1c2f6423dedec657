"""Harm to oneself: "then killed himself", "took her own life", "accidentally shot himself"."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.codes import Outcome
from tollbook.reading.groups import Chunk

_ONESELF = frozenset({"himself", "herself"})
_KILLED = frozenset("killed killing kills murdered hanged hanging strangled".split())
_SHOT = frozenset(
    "shot shooting shoots stabbed stabbing stabs cut cutting injured injuring wounded wounding".split()
)
_TOOK = frozenset({"took", "taken", "taking", "takes"})
_DID = frozenset({"committed", "committing", "commits"})
_TURNED = frozenset({"turned", "turning", "turns"})
# Who blows himself up is no victim, but those whom he kills with him are.
_BOMBS = ("bomb", "explo", "deton", "blew", "blow", "blast", "grenade", "vest", "attacker")


def oneself(low: Sequence[str], i: int, before: Sequence[Chunk]) -> Chunk | None:
    """What somebody did to himself, as one chunk that is both the deed and its victim; weak where he is no victim."""
    word = low[i]
    end, dead = _deed(low, i, before)
    if not end or (before and before[-1].letter in "mt"):
        return None
    killed = dead or any(c.outcome is Outcome.KILLED and c.letter in "VGK" for c in before)
    bomb = any(w.startswith(_BOMBS) for w in low)
    outcome = Outcome.KILLED if killed else Outcome.WOUNDED
    return Chunk("S", i, end, outcome, weak=bomb, head=word)


def _deed(low: Sequence[str], i: int, before: Sequence[Chunk]) -> tuple[int, bool]:
    """The token after the deed, or 0; and whether it is death by its own words."""
    word, rest = low[i], list(low[i + 1 : i + 6])
    if rest[:1] and rest[0] in _ONESELF:
        if word in _KILLED:
            return i + 2, True
        if word in _SHOT:
            fatal = (
                rest[1:2] == ["dead"] or rest[1:3] == ["to", "death"] or (i > 0 and low[i - 1] == "fatally")
            )
            return i + 2, fatal
        if word in {"and", "then"} and _kills(before):
            return (i + 2, True)
    if word in _TOOK and rest[:3] in (["his", "own", "life"], ["her", "own", "life"]):
        return i + 4, True
    if word in _DID and rest[:1] == ["suicide"]:
        return i + 2, True
    if word in _TURNED and rest[2:3] == ["on"] and rest[3:4] and rest[3] in _ONESELF:
        return i + 5, True
    return 0, False


def _kills(before: Sequence[Chunk]) -> bool:
    """Whether people are killed just before: "killed his two children and himself"."""
    for c in reversed(before[-6:]):
        if c.letter in ";:s":
            return False
        if c.outcome is Outcome.KILLED and c.letter in "VGK":
            return True
    return False
