"""Cues of scope: the phrase groups of the scope table as patterns, looked at only where one of their pieces stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from ahocorasick_rs import AhoCorasick

from tollbook.rules import table
from tollbook.text import Document


@cache
def cue(name: str) -> re.Pattern[str]:
    """All phrases of a group of the scope table as one pattern."""
    group = table("en", "scope")[name]
    if name == "war":
        return re.compile(r"\b(?:" + "|".join(group) + r")\b")
    return re.compile("|".join(_runs(group)))


def _runs(phrases: Iterable[str]) -> Iterator[str]:
    """The phrases in their order, a row of those that begin with a word as one that looks for its edge once."""
    # what must not stand before is asked at the edge as well as ahead of it
    ahead = (_BEHIND.sub(r"\2\1", phrase) for phrase in phrases)
    for edge, row in groupby(ahead, lambda phrase: phrase.startswith(EDGE)):
        joined = "|".join(phrase.removeprefix(EDGE) for phrase in row)
        yield rf"{EDGE}(?=\w)(?:{joined})" if edge else joined


EDGE = r"\b"
_BEHIND = re.compile(r"^((?:\(\?<[!=][^()]*\))+)(\\b)")


@lru_cache(maxsize=8)
def hits(document: Document) -> dict[str, list[int]]:
    """For each group of cues the offsets at which one of its pieces stands."""
    automaton, groups = _scanner()
    found: dict[str, list[int]] = {name: [] for name in table("en", "scope")["anchors"]}
    for piece, start, _ in automaton.find_matches_as_indexes(document.shadow, overlapping=True):
        found[groups[piece]].append(start)
    return found


@cache
def _scanner() -> tuple[AhoCorasick, list[str]]:
    anchors: dict[str, list[str]] = table("en", "scope")["anchors"]
    pairs = [(name, piece) for name, pieces in anchors.items() for piece in pieces]
    return AhoCorasick([piece for _, piece in pairs]), [name for name, _ in pairs]


def stands(document: Document, name: str, start: int, end: int) -> bool:
    """Whether a piece of that group stands between two offsets; only then its patterns are tried."""
    at = hits(document)[name]
    first = bisect_left(at, start)
    return first < len(at) and at[first] < end
