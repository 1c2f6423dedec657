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
_JOINED = frozenset({",", "and", "then"})
_DIED = frozenset({"died", "dies", "dying"})
_DID = frozenset({"committed", "committing", "commits"})
_TURNED = frozenset({"turned", "turning", "turns"})
_HARMED = _KILLED | _SHOT
# First words of the deeds below.
OPENING = _ONESELF | _HARMED | _TOOK | _DID | _DIED | _TURNED | {"fatally"}
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
    word, rest = low[i], list(low[i + 1 : i + 8])
    last = low[i - 1] if i else ""
    if word in _ONESELF and last in _JOINED and rest[:1] not in (["a"], ["the"]) and (harm := _harm(before)):
        return i + 1, harm is Outcome.KILLED
    if word in _SHOT and rest[:1] == ["and"] and rest[2:3] and rest[2] in _ONESELF:
        return i + 4, rest[1] == "killed"  # "shot and wounded himself"
    if word == "fatally" and rest[1:2] and rest[0] in _SHOT and rest[1] in _ONESELF:
        return i + 3, True
    if rest[:1] and rest[0] in _ONESELF and word in _HARMED:
        fatal = rest[1:2] == ["dead"] or rest[1:3] == ["to", "death"]
        return i + 2, word in _KILLED or fatal
    if word in _TOOK and rest[:3] in (["his", "own", "life"], ["her", "own", "life"]):
        return i + 4, True
    if (word in _DID and rest[:1] == ["suicide"]) or (word in _DIED and rest[:2] == ["by", "suicide"]):
        return i + 2 + (word in _DIED), True
    if word in _TURNED:
        at = next((k for k in range(len(rest) - 1) if rest[k] == "on" and rest[k + 1] in _ONESELF), -1)
        return (i + at + 3, True) if at >= 0 else (0, False)
    return 0, False


def _harm(before: Sequence[Chunk]) -> Outcome | None:
    """What befell people just before in the same breath: "killed his two brothers and himself"."""
    for c in reversed(before[-8:]):
        if c.letter in ";:s":
            return None
        if c.outcome in {Outcome.KILLED, Outcome.WOUNDED} and c.letter in "VGK":
            return c.outcome
    return None
