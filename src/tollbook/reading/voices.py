"""Whom the words of an act of speech mean: the fullest name of the text, over pronouns, offices and papers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tollbook.reading.parties import Parties, parties
from tollbook.reading.register import Register, generic
from tollbook.reading.relays import heard
from tollbook.reading.speech import NOWHERE, Act, cued
from tollbook.reading.tags import SPEAKERS, agencies, lexicon
from tollbook.rules import table
from tollbook.text import Document

_WORDS = re.compile(r"[\w-]+")
_NAMED = frozenset("Nj")  # a name that is of no known kind ("Amnesty International")
# How far back a pronoun may reach, in sentences: beyond that the text has moved on.
_REACH = 6
# Whose count it is: the pronoun that each of these belongs to; longer phrases say themselves whose.
_OWNERS = {"its": "it", "their": "they", "his": "he", "her": "she"}
_SHORT = 4
# Titles as they stand before a name, by the word that means the same person later ("the general").
_TITLES = {
    "general": "gen",
    "colonel": "col",
    "captain": "capt",
    "sergeant": "sgt",
    "major": "maj",
    "governor": "gov",
    "senator": "sen",
    "president": "pres",
}
# Heads of unnamed speakers who are named in the next breath.
_OFFICES = frozenset(table("en", "roles")["office"]["words"].split())
# What is left of "press statement" and the like once the document's own noun is off.
_BASED = ("-based", "-backed", "-led", "-run", "-linked")
_OFFICE = frozenset(
    "press news official written joint initial early latest new later earlier same separate second daily".split()
)


class Voice(NamedTuple):
    """A speaker and how the words came to us.

    Attributes:
        name: the fullest name in the text; an unnamed source as written, without article.
        relayed_by: through whom it came, nearest the speaker first.
        verb: the word of speech, in small letters.
        start, end: characters of the words that attribute it (verb of speech).
    """

    name: str
    relayed_by: tuple[str, ...]
    verb: str
    start: int
    end: int


@dataclass
class Speech:
    """The acts of speech of one text, found sentence by sentence as they are asked for."""

    document: Document
    register: Register
    _acts: dict[int, tuple[Act, ...]] = field(default_factory=dict)
    _names: dict[tuple[int, int], str | None] = field(default_factory=dict)
    voices: dict[tuple[int, int, int], Voice | None] = field(default_factory=dict)
    # Of each sentence so far: the last act up to its end by the house that publishes the text.
    houses: list[Act | None] = field(default_factory=list)

    @cached_property
    def _parties(self) -> Parties:
        return parties(self.document)

    @cached_property
    def _cued(self) -> frozenset[int]:
        return cued(self.document)

    def acts(self, index: int) -> tuple[Act, ...]:
        """The acts of the sentence with this index; none outside the text."""
        found = self._acts.get(index)
        if found is None:
            there = index in self._cued
            found = self._acts[index] = heard(self.document, index) if there else ()
        return found

    def name(self, act: Act) -> str | None:
        """The fullest name of who performs an act; None where a pronoun points to nobody."""
        key = (act.start, act.who[0])
        if key not in self._names:
            self._names[key] = None  # a pronoun that would point to itself points to nobody
            self._names[key] = self._resolve(act)
        return self._names[key]

    def _resolve(self, act: Act) -> str | None:
        register = self.register
        if act.who == NOWHERE or "r" in act.head:
            return self._pronoun(act)
        if act.name:
            return self._spoken(act, register.plain(*act.name))
        if (again := self._again(act)) is not None:
            return again
        name = register.source(register.plain(*act.who))
        if (found := self._called(act, name) or self._definite(act, name)) is not None:
            return found
        return self._introduced(act) or self._spoken(act, name)

    def _introduced(self, act: Act) -> str | None:
        """Who "an official" of a report's first words is, where the next one to speak is named and holds an office."""
        words = self.document.shadow[act.who[0] : act.who[1]].split()
        if (
            act.sentence > 1
            or words[0] not in {"a", "an"}
            or "p" not in act.head
            or not _OFFICES & set(words)
        ):
            return None
        ahead = [a for k in range(act.sentence, act.sentence + 4) for a in self.acts(k) if a.start > act.end]
        later = next((a for a in ahead if a.who != act.who), None)
        if later is None or "r" in later.head:
            return None
        first, last = later.name or later.who
        if len(self.register.plain(first, last).split()) < 2 or not self.document.body[first].isupper():
            return None
        around = self.document.shadow[max(0, later.who[0] - 1) : max(later.start, later.who[1] + _SHORT * 20)]
        kinds = [(w, lexicon().get(w, "")) for w in _WORDS.findall(around)]
        return self.name(later) if later.name or any("t" in k or w in _OFFICES for w, k in kinds) else None

    def _again(self, act: Act) -> str | None:
        """The speaker before, whom "the same source" is, and whose "its count" or "their statement" is."""
        words = self.document.shadow[act.who[0] : act.who[1]].split()
        owned = words[0] in _OWNERS and "d" in lexicon().get(words[-1], "")
        if not (owned or words[:2] == ["the", "same"]) or len(words) > _SHORT:
            return None
        for earlier in self._back(act):
            if (not owned or _fits(_OWNERS[words[0]], earlier.head)) and (found := self.name(earlier)):
                return found
        return None

    def _called(self, act: Act, name: str) -> str | None:
        """The party that a description means in this text ("the US-backed alliance"), by the fullest name there."""
        if " " not in name and not self.document.shadow.startswith("the ", act.who[0]):
            return None  # "an alliance" may be any
        party = self._parties.called(name)
        return self.register.fullest(self.register.plain(party.start, party.end)) if party else None

    def _spoken(self, act: Act, name: str) -> str:
        """The fullest form of a name: what an earlier speaker of that surname was called, else what the text gives."""
        if " " not in name and name[:1].isupper() and not lexicon().get(name.lower()):
            for earlier in self._back(act, reach=len(self.document.sentences)):
                full = self.register.plain(*(earlier.name or earlier.who))
                if full.endswith(f" {name}"):
                    return self.register.fullest(full)
        return self.register.fullest(name)

    def _pronoun(self, act: Act) -> str | None:
        """The last speaker that a pronoun fits."""
        low = self.document.shadow[act.who[0] : act.who[1]]
        for earlier in self._back(act):
            if _fits(low, earlier.head) and not self._medium(low, earlier) and (found := self.name(earlier)):
                return found
        return None

    def _medium(self, pronoun: str, act: Act) -> bool:
        """Whether "he" would point to an agency or an abbreviation."""
        text = self.document.body[act.who[0] : act.who[1]]
        return pronoun in {"he", "she", "him", "her"} and (
            text.lower() in agencies() or (text.isupper() and not self.document.upper)
        )

    def _definite(self, act: Act, name: str) -> str | None:
        """Whom "the group", "the official", "the war monitor" stands for."""
        words = [w.lower() for w in name.split()]
        if not words:
            return None
        head = words[-1]
        if "m" in lexicon().get(head, "") or "monitoring" in words:
            return self.register.monitor()
        kind = next((key for key, nouns in generic().items() if head in nouns), None)
        if kind == "document" or (kind is None and set(words) <= _OFFICE):
            if kind == "document" and not set(words[:-1]) <= _OFFICE:
                return None  # "the war bulletin" stands for itself
            bare = head.endswith("s") and self.document.shadow.startswith(words[0], act.who[0])
            first = not any(o.start < act.start and o.who[0] != act.who[0] for o in self.acts(act.sentence))
            return None if bare and first else self._antecedent(act, head, "document")
        whole = " ".join(self.document.shadow[act.who[0] : act.who[1]].split())
        definite = any(f"{word} {' '.join(words)}" in whole for word in ("the", "this", "these", "those"))
        if not definite or kind is None or "'s" in whole or len(words) > 3 or self._named(name):
            return None
        found = self._antecedent(act, head, kind)
        return found or (self.register.named(head) if len(words) == 1 and kind == "specific" else None)

    def _named(self, name: str) -> bool:
        """Whether a name holds a proper noun, and so stands for itself ("the Rashidun Brigade")."""
        if self.document.upper:
            return False
        known = generic()["specific"]
        return any(
            w[:1].isupper() and w.lower() not in known and not w.endswith(_BASED) for w in name.split()
        )

    def _antecedent(self, act: Act, head: str, kind: str) -> str | None:
        """The last speaker whose name holds the head noun; else, for a generic noun, the last one of its kind."""
        letters = {"person": "p", "people": "P", "organisation": "oyma", "document": "oymapPd"}.get(kind, "")
        for earlier in self._back(act):
            text = self.document.shadow[earlier.who[0] : earlier.who[1]]
            beside = self.document.shadow[earlier.who[1] : max(earlier.start, earlier.who[1])]
            told = text + _heads(beside) if beside.startswith(",") else text  # "Holf, the forester, said"
            if (
                {head, _TITLES.get(head, head)} & set(_WORDS.findall(told))
                and "r" not in earlier.head
                and not text.startswith(f"the {head}")
            ):
                return self.name(earlier)
        for earlier in self._back(act):
            text = self.document.shadow[earlier.who[0] : earlier.who[1]]
            if kind == "organisation" and self._person(earlier):
                continue  # no group
            if "r" in earlier.head or text == f"the {head}":
                continue
            if set(letters) & set(earlier.head) or (
                letters and set(earlier.head) <= _NAMED and not self.document.upper
            ):
                return self.name(earlier)
        return None

    def _person(self, act: Act) -> bool:
        """Whether an act is that of somebody told with a title or an office."""
        beside = self.document.shadow[act.who[1] : max(act.start, act.who[1])]
        return act.name is not None or any("p" in lexicon().get(w, "") for w in _WORDS.findall(beside))

    def _back(self, act: Act, reach: int = _REACH) -> list[Act]:
        """The acts before an act, last first, within ``reach`` sentences."""
        found: list[Act] = []
        for index in range(act.sentence, max(-1, act.sentence - reach - 1), -1):
            found += [a for a in reversed(self.acts(index)) if a.start < act.start and a.who != act.who]
        return found


_HEAD = re.compile(r"[\w-]+(?=\s*,|\s*$|\s+(?:of|for|in|at|with|from|who|to|on)\b)")


def _heads(beside: str) -> str:
    """The nouns at the ends of the phrases of an apposition ("an activist group in Zenda": "group")."""
    return " ".join(("", *_HEAD.findall(beside)))


def _fits(pronoun: str, head: str) -> bool:
    """Whether a pronoun can stand for a speaker with this head."""
    if "r" in head:
        return True
    kinds = SPEAKERS & set(head)
    if pronoun in {"he", "she", "him", "her"}:
        return "p" in kinds or not kinds
    if pronoun == "it":
        return bool(kinds & set("amyod")) or not kinds
    return True
