"""Telex, where every word is in capitals: a word that no table knows may be part of a name."""

from __future__ import annotations

from functools import cache, lru_cache

from tollbook.reading.closed import TIMES, TITLES
from tollbook.reading.lexicon import lexicon
from tollbook.rules import table

# Endings that no table needs to spell out, and the shortest word that has one.
_ENDINGS = tuple(
    (
        "ed ing ly tion sion ment ity ness ism ists ship ous ful less able ible ization ative tional wards "
        "ments tions sions ities ized izing izes ize ians isms"
    ).split()
)
_SHORTEST = 6
# A regular form to the word it is made of.
_FORMS = (("s", ""), ("es", ""), ("ies", "y"), ("er", ""), ("er", "e"), ("al", ""), ("ic", ""), ("'s", ""))


@cache
def _known() -> frozenset[str]:
    lex = lexicon()
    common: str = table("en", "common")["words"]
    return frozenset((*common.split(), *lex.forms, *lex.people, *lex.things, *lex.turns, *TIMES, *TITLES))


@lru_cache(maxsize=1 << 16)
def nameable(word: str) -> bool:
    """Whether a word in lower case may be part of a name: neither a common word nor a regular form of one."""
    known = _known()
    if not word[:1].isalpha() or len(word) < 3 or word in known:
        return False
    if "-" in word:
        return all(nameable(part) for part in word.split("-") if part not in {"al", "el"})
    if len(word) >= _SHORTEST and word.endswith(_ENDINGS):
        return False
    return not any(
        word.endswith(ending) and word[: -len(ending)] + stem in known and len(word) > len(ending) + 2
        for ending, stem in _FORMS
    )


@lru_cache(maxsize=1 << 14)
def goes_on(word: str) -> bool:
    """Whether a word may go on with a name that another has begun: surnames may look like plurals ("JUAN MORALES")."""
    return nameable(word) or (
        word.isalpha()
        and len(word) > 4
        and word.endswith("s")
        and word not in _known()
        and not word.endswith(_ENDINGS)
    )
