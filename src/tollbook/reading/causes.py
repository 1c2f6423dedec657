"""Whether deaths are of nature, disease or accident: told by the words around them and in their text."""

from __future__ import annotations

from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from tollbook.codes import Outcome
from tollbook.rules import table
from tollbook.text import Document, Sentence

# Whom nature drives out is displaced all the same; the other outcomes are a war monitor's only by violence.
_VIOLENT = frozenset(
    {Outcome.KILLED, Outcome.WOUNDED, Outcome.MISSING, Outcome.BODIES_FOUND, Outcome.OTHER, Outcome.BESIEGED}
)


_WAR, _NATURE, _SPORT = range(3)
_KINDS = {"conflict": _WAR, "sport": _SPORT}


@cache
def _words() -> tuple[AhoCorasick, tuple[tuple[str, int, bool], ...]]:
    """The scanner, and for each word: itself, of which kind it is (_KINDS), whether it must end there."""
    rows = [
        (word.rstrip("$"), _KINDS.get(kind, _NATURE), word.endswith("$"))
        for kind, words in table("en", "causes").items()
        for word in words
    ]
    return AhoCorasick([w for w, _, _ in rows], matchkind=MatchKind.LeftmostLongest), tuple(rows)


@lru_cache(maxsize=4)
def told(document: Document) -> dict[int, list[int]]:
    """By sentence: how many words of violence, of nature, disease or accident, and of sport it has."""
    scanner, rows = _words()
    shadow = document.shadow
    found: dict[int, list[int]] = {}
    for index, start, end in scanner.find_matches_as_indexes(shadow):
        if (start and shadow[start - 1].isalpha()) or (
            rows[index][2] and end < len(shadow) and shadow[end].isalpha()
        ):
            continue
        at = document.sentence_at(start).index
        found.setdefault(at, [0, 0, 0])[rows[index][1]] += 1
    return found


def natural(document: Document, sentence: Sentence, outcome: Outcome) -> bool:
    """Whether the text makes this nature's, a disease's or an accident's doing, and no violence's."""
    if outcome not in _VIOLENT:
        return False
    by = told(document)
    war, nature, _ = by.get(sentence.index, (0, 0, 0))
    if war or not by:
        return False
    all_war, all_nature = sum(w for w, _, _ in by.values()), sum(n for _, n, _ in by.values())
    if nature:
        return all_nature >= all_war
    return all_war == 0  # something of nature or sport stands in the text
