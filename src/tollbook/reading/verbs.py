"""The verbs and nouns of what happened, compiled from ``rules/<lang>/course.toml``, each form with its row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from tollbook.rules import table
from tollbook.text import Document

Row = Mapping[str, Any]
_BLANKS = re.compile(r"\s+")


class Cue(NamedTuple):
    """A form of a word in a row: ``form`` is past, part, ing, s, base or phrase."""

    row: Row
    form: str


@dataclass(frozen=True)
class Words:
    """The forms of one table: a pattern that finds them, and the rows of each.

    Attributes:
        finder: finds any form as whole words; the longest first.
        rows: the cues of each form.
        heads: the first words of the forms.
    """

    finder: re.Pattern[str]
    rows: Mapping[str, tuple[Cue, ...]]
    heads: frozenset[str]

    def find(self, document: Document, start: int, end: int) -> Iterator[tuple[int, int, tuple[Cue, ...]]]:
        """Each form between two offsets, with its cues."""
        begun = _begun(document)[self.heads]
        last = start
        for index in range(bisect_left(begun, start), len(begun)):
            if begun[index] >= end:
                return
            m = self.finder.match(document.shadow, begun[index], end) if begun[index] >= last else None
            if m is None:
                continue
            last = m.end()
            form = m.group()
            yield m.start(), m.end(), self.rows.get(form) or self.rows[_BLANKS.sub(" ", form)]


@dataclass(frozen=True)
class Vocabulary:
    """Every table of what happens, and the word lists they speak of."""

    events: Words
    weapons: Words
    blasts: Words
    turns: Words
    launches: Words
    acts: Words
    stills: Words
    phrases: tuple[tuple[Row, re.Pattern[str]], ...]
    force: Words
    lists: Mapping[str, frozenset[str]]

    def listed(self, name: str, words: Iterable[str]) -> bool:
        """Whether any of the words stands in a list."""
        return not self.lists[name].isdisjoint(words)


def forms(verb: str) -> dict[str, str]:
    """The forms of a verb by name; regular, or written ``base:past:participle``."""
    base, *rest = verb.split(":")
    head, _, tail = base.partition(" ")
    tail = f" {tail}" if tail else ""
    made = {"base": base, "s": _s(head) + tail, "ing": _ing(head) + tail}
    if rest:
        made["past"], made["part"] = rest[0], rest[-1]
    else:
        made["past"] = made["part"] = _ed(head) + tail
    return made


_CVC = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")
_STRESSED_EARLY = ("capture", "enter", "bomb", "target", "clear", "open", "foil")


def _doubles(word: str) -> bool:
    """Whether the last letter is doubled before -ed and -ing ("begin", "repel", "kidnap")."""
    one_syllable = len(re.findall(r"[aeiou]+", word)) == 1
    return word in {"begin", "repel", "kidnap"} or (
        bool(_CVC.search(word)) and one_syllable and word not in _STRESSED_EARLY
    )


def _ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ied"
    return word + (word[-1] if _doubles(word) else "") + "ed"


def _ing(word: str) -> str:
    if word.endswith("e") and not word.endswith("ee"):
        return word[:-1] + "ing"
    return word + (word[-1] if _doubles(word) else "") + "ing"


def _s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def alternation(words: Iterable[str]) -> str:
    """A pattern of the words as alternatives, the longest first, any blanks between them."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


def _words(rows: Iterable[Row]) -> Words:
    """The forms of rows that have words, verbs or phrases."""
    found: dict[str, list[Cue]] = {}
    for row in rows:
        for word in (*row.get("words", ()), *row.get("phrases", ())):
            found.setdefault(word, []).append(Cue(row, "phrase"))
        for verb in row.get("verbs", ()):
            for name, form in forms(verb).items():
                found.setdefault(form, []).append(Cue(row, name))
    finder = re.compile(rf"(?<![\w-])(?:{alternation(found)})(?![\w-])")
    heads = frozenset(form.split()[0] for form in found)
    return Words(finder, {form: tuple(cues) for form, cues in found.items()}, heads)


@cache
def _scanner() -> tuple[AhoCorasick, tuple[tuple[frozenset[str], ...], ...], tuple[frozenset[str], ...]]:
    """One scan for the first words of every table; for each of them the tables it is of; and all tables."""
    words = vocabulary()
    tables = (words.events, words.weapons, words.blasts, words.turns, words.launches, words.acts, words.stills, words.force)  # fmt: skip
    of: dict[str, list[frozenset[str]]] = {}
    for each in tables:
        for head in each.heads:
            of.setdefault(head, []).append(each.heads)
    return AhoCorasick(list(of)), tuple(map(tuple, of.values())), tuple(each.heads for each in tables)


@lru_cache(maxsize=4)
def _begun(document: Document) -> Mapping[frozenset[str], list[int]]:
    """For each table where in a text a form of it may begin, in order."""
    scanner, tables, every = _scanner()
    shadow = document.shadow
    found: dict[frozenset[str], list[int]] = {heads: [] for heads in every}
    last = len(shadow)
    for index, start, end in scanner.find_matches_as_indexes(shadow, overlapping=True):
        # no form goes on within a word, at either end
        if not (
            (start and ((sign := shadow[start - 1]) in "-_" or sign.isalnum()))
            or (end < last and ((sign := shadow[end]) in "-_" or sign.isalnum()))
        ):
            for heads in tables[index]:
                found[heads].append(start)
    for starts in found.values():
        starts.sort()
    return found


@cache
def vocabulary(lang: str = "en") -> Vocabulary:
    """The compiled tables of a language."""
    data = table(lang, "course")
    lists = {name: frozenset(words) for name, words in data["words"].items()}
    people = table(lang, "parties")["heads"]
    lists["people"] = frozenset(people["civilian"]) | frozenset(people["combatant"]) | _COUNTED
    lists["weapon"] = frozenset(w for row in data["weapon"] for w in row["words"]) | _FLYING
    lists["reinforcements"] = frozenset({"reinforcements"})
    lists["event"] = frozenset(w for row in data["event"] for w in row["words"])
    force = alternation(data["words"]["force"])
    phrases = tuple(
        (row, re.compile(p.replace("{force}", rf"(?<![\w-])(?:{force})")))
        for row in data["phrase"]
        for p in row["patterns"]
    )
    return Vocabulary(
        events=_words(data["event"]),
        weapons=_words(data["weapon"]),
        blasts=_words(data["blast"]),
        turns=_words(data["turn"]),
        launches=_words(data["launch"]),
        acts=_words(data["act"]),
        stills=_words(data["still"]),
        phrases=phrases,
        force=_words([{"words": data["words"]["force"]}]),
        lists=lists,
    )


_COUNTED = frozenset({"people", "persons", "person", "men", "man", "suspects", "suspect", "members"})
_FLYING = frozenset({"aircraft", "plane", "warplane", "jet", "helicopter", "drone", "drones", "uav", "uavs", "balloon", "projectile", "projectiles"})  # fmt: skip
