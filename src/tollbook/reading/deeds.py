"""Deeds: what a sentence says has happened, by constructions over verbs, event nouns and the forces that act.

A deed is found by one of eight constructions: turn ("clashes broke out"), launch ("launched an assault"), act
("recaptured the prison"), suffered ("the prison was recaptured"), blast ("a car bomb went off"), still ("troops
were still searching"), spell ("after six days of fighting") and phrase (whole expressions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from tollbook.reading.acts import acts, blasts, stills
from tollbook.reading.scene import Deed, Scene, made, subject
from tollbook.reading.turns import launches, spells, turns
from tollbook.reading.verbs import vocabulary


def deeds(place: Scene) -> list[Deed]:
    """What the sentence says has happened, in text order, one deed for one verb."""
    found = [d for maker in (turns, launches, acts, blasts, stills, spells, phrases) for d in maker(place)]
    kept: list[Deed] = []
    for deed in sorted(found, key=lambda d: (d.start, -d.end)):
        if not any(deed.start < k.end and k.start < deed.end for k in kept):
            kept.append(deed)
    return kept


@cache
def _anchors() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...]]:
    """The scanner for the words without which a whole expression cannot stand; for each the expressions it is of."""
    of: dict[str, list[int]] = {}
    for n, (row, _) in enumerate(vocabulary().phrases):
        for anchor in row["anchors"]:
            of.setdefault(anchor, []).append(n)
    return AhoCorasick(list(of)), tuple(map(tuple, of.values()))


def phrases(place: Scene) -> Iterator[Deed]:
    """Whole expressions."""
    text = place.text(place.sentence.start, place.sentence.end)
    scanner, rows_of = _anchors()
    met = {
        n for index, _, _ in scanner.find_matches_as_indexes(text, overlapping=True) for n in rows_of[index]
    }
    for n in sorted(met):
        row, pattern = vocabulary().phrases[n]
        for m in pattern.finditer(place.shadow, place.sentence.start, place.sentence.end):
            kind = row["type"]
            if "suicide" in row and re.search(r"suicide|blew|blown|detonat", m.group()):
                kind = row["suicide"]
            own = re.search(r"\b(?:their|its)\b", m.group())
            who = next(
                (f for f in reversed(place.forces) if f[0] < m.end() and m.start() < f[1]), None
            ) or subject(place, m.start())
            if own:
                who = (m.start() + own.start(), m.start() + own.end())
            if row.get("patient"):
                who = None
            yield from made(place, m.span(), m.start(), kind, row, "phrase", (who,) if who else ())
            break
