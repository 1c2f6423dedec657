"""The names in a place's words: what only describes a place that is named beside it is left out."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tollbook.rules import table

_SMALL = frozenset(("of", "the", "de", "la", "and", "al", "'s"))
_TOWARDS = re.compile(r"north|south|east|west|central|upper|lower|greater")


@cache
def _kinds() -> frozenset[str]:
    """Nouns that say what kind of settlement or region a name stands for ("the town of Zenda")."""
    return frozenset(table("en", "place")["kinds"]["words"].split())


@cache
def _lead() -> re.Pattern[str]:
    """What leads to a name: "northern city of", "town of"."""
    return re.compile(rf"^(?:[a-z-]+ )*(?:{'|'.join(sorted(_kinds()))}) of (?=[A-Z#]|al-)")


@lru_cache(maxsize=4096)
def named(words: str) -> str:
    """The parts of a place that name it: "tea shop, northern city of Zenda" is in Zenda."""
    parts = words.split(", ")
    if words.isupper() or not any(_names(part) for part in parts):
        return words
    told = [p for n, p in enumerate(parts) if (_names(p) or _TOWARDS.search(p)) and not _describes(parts, n)]
    return ", ".join(_lead().sub("", _stripped(part)) for part in told or parts)


def _capital(word: str) -> bool:
    return word[:1].isupper() or word.startswith(("#", "al-", "el-"))


def _names(part: str) -> bool:
    return any(_capital(word) for word in part.split())


def _describes(parts: list[str], n: int) -> bool:
    """Whether a part tells of what kind the next one is ("Ruritania's southern port city, Zenda")."""
    tokens = parts[n].split()
    return n + 1 < len(parts) and len(tokens) > 1 and tokens[-1] in _kinds() and not _capital(tokens[-2])


def _stripped(part: str) -> str:
    """A part without adjectives; directions and the noun at its end stay."""
    tokens = part.split()
    last = len(tokens) - 1
    return " ".join(
        word
        for n, word in enumerate(tokens)
        if _capital(word)
        or n == last
        or word in _SMALL
        or _TOWARDS.search(word)
        or (n < last and tokens[n + 1] == "of")
    )
