"""Wordings of several words that are one outcome: "suffered shrapnel wounds", "axed to death", "were in shelters"."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.codes import Outcome
from tollbook.reading.closed import HARD
from tollbook.reading.groups import Chunk, Groups
from tollbook.reading.heads import NUMBER_STARTS
from tollbook.reading.lexicon import lexicon
from tollbook.reading.numbers import Number

_SUFFER = frozenset(["suffered", "sustained", "received", "suffering", "sustaining", "suffer"])
_HARM = frozenset(["injuries", "wounds", "burns", "injury", "wound", "fractures", "bruises", "concussion"])
_TOLD_LOSSES = frozenset({"casualties", "losses", "deaths", "fatalities", "casualty"})
_LOSING = frozenset(
    "suffer suffering suffered inflict inflicting inflicted cause causing caused sustain sustaining any a single have incur".split()
)
# What is not done with a person's death for its end, and verbs of violence whose past has no ending.
SPARED = frozenset(
    "sentenced condemned scared bored worried frightened linked related led leading referred amounting bled bleeding"
    " faced facing doomed close sending connected returned confined".split()
)
_SHORT = frozenset(
    {"beat", "beaten", "shot", "cut", "frozen", "froze", "bitten", "stricken", "struck", "hit"}
)
_CAPTIVE = {
    "hostage": Outcome.ABDUCTED, "hostages": Outcome.ABDUCTED, "captive": Outcome.CAPTURED, "prisoner": Outcome.CAPTURED,
}  # fmt: skip
_TAKEN = frozenset(
    "take takes took taken taking hold holds held holding keep kept keeping seize seized seizing".split()
)
_HOSTS = frozenset(
    "hosts hosting hosted houses housing shelters sheltering accommodates accommodating".split()
)
_PLACES = frozenset("camp centre center church mosque school schools site shelter monastery stadium".split())
# Camps and centres in which nobody is displaced.
_NO_SHELTER = frozenset(
    "detention prison training army military medical health shopping labour labor concentration city town call".split()
)
# First words of all wordings below but "axed to death", which any verb of violence begins.
OPENING = _SUFFER | _HOSTS | frozenset(_CAPTIVE) | {"without", "not", "n't", "in", "at"} | lexicon().stays


class Phrases(Groups):
    """Finds the wordings that begin at a token; one object a sentence."""

    def harmed(self, i: int) -> Chunk | None:
        """As in "suffered shrapnel wounds", "sustained various minor injuries"."""
        if self.low[i] not in _SUFFER:
            return None
        for j in range(i + 1, min(i + 6, len(self.tokens))):
            if self.low[j] in _HARM:
                return Chunk("I", i, j + 1, Outcome.WOUNDED, head=self.low[i])
            if self.low[j] in HARD or self.low[j][0].isdigit():
                break
        return None

    def spared(self, i: int) -> Chunk | None:
        """As in "without inflicting any casualties", "did not suffer losses": a zero that is said."""
        if self.low[i] not in {"without", "not", "n't"}:
            return None
        for j in range(i + 1, min(i + 6, len(self.tokens))):
            if self.low[j] in _TOLD_LOSSES:
                return Chunk("Z", i, j, number=Number(i, i + 1, 0, 0), noun=j) if j > i + 1 else None
            if self.low[j] not in _LOSING:
                return None
        return None

    def deadly(self, i: int) -> Chunk | None:
        """As in "axed to death", "kicking to death": any violence carried so far, not "sentenced to death"."""
        if i + 2 >= len(self.tokens) or self.low[i + 2] != "death" or self.low[i + 1] != "to":
            return None
        word = self.low[i]
        if word in SPARED or not (word.endswith(("ed", "ing")) or word in _SHORT):
            return None
        return Chunk("G" if word.endswith("ing") else "V", i, i + 3, Outcome.KILLED, head=word)

    def captive(self, i: int, before: Sequence[Chunk]) -> Chunk | None:
        """The last word of "took six engineers hostage", "were holding a nurse captive"."""
        outcome = _CAPTIVE.get(self.low[i])
        if outcome is None or not before or before[-1].letter not in "Q1NC" or before[-1].end != i:
            return None
        held = any(t.low in _TAKEN for t in self.tokens[max(0, before[-1].start - 10) : before[-1].start])
        return Chunk("J", i, i + 1, outcome, head=self.low[i]) if held else None

    def housed(self, i: int, before: Sequence[Chunk]) -> Chunk | None:
        """As in "living in 60 camps", "remained in collective centres", "(were) in shelters"."""
        at = i + 1 if self.low[i] in self.lex.stays else i if before and before[-1].letter == "b" else -1
        if not 0 <= at < len(self.tokens) or self.low[at] not in {"in", "at"}:
            return None
        for j in range(at + 1, min(at + 7, len(self.tokens))):
            word = self.low[j]
            if word in self.lex.shelters:
                return Chunk("I", i, j + 1, Outcome.DISPLACED, weak=True, head="housed")
            if word in HARD or word in _NO_SHELTER:
                break
        return None

    def hosting(self, i: int) -> Chunk | None:
        """As in "the camp hosts 5,600 people", "a centre sheltering 200 families"."""
        nxt = self.low[i + 1] if i + 1 < len(self.tokens) else ""
        if self.low[i] not in _HOSTS or not (nxt[:1].isdigit() or nxt in NUMBER_STARTS):
            return None
        place = any(w in self.lex.shelters or w in _PLACES for w in self.low[:i])
        return Chunk("G", i, i + 1, Outcome.DISPLACED, weak=True, head="housed") if place else None
