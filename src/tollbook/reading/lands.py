"""Lands: the one country that a text is about, whose army "the soldiers" are where the text names no army."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ahocorasick_rs import AhoCorasick

from tollbook.reading.spelling import whole
from tollbook.text import shade


@dataclass(frozen=True, slots=True)
class Lands:
    """Every name and adjective of a country, compiled for one scan.

    Attributes:
        rows: for each form the row of its country.
    """

    rows: tuple[Mapping[str, Any], ...]
    scanner: AhoCorasick = field(repr=False, compare=False)

    def of(self, text: str) -> Mapping[str, Any] | None:
        """The row of the country that a text is about, or None where it names none or several."""
        shadow, last = shade(text), 0
        found: dict[str, Mapping[str, Any]] = {}
        matches = self.scanner.find_matches_as_indexes(shadow, overlapping=True)
        for index, start, end in sorted(matches, key=lambda m: (m[1], -m[2])):
            if start >= last and whole(shadow, start, end):
                last = end
                found[self.rows[index]["country"]] = self.rows[index]
        return next(iter(found.values())) if len(found) == 1 else None


def lands(states: Iterable[Mapping[str, Any]], plain: frozenset[str]) -> Lands:
    """The countries of these rows; a form that is a plain word names none."""
    forms: dict[str, Mapping[str, Any]] = {}
    for row in states:
        for form in (*row["adjectives"], row["country"].lower()):
            if form not in plain:
                forms.setdefault(form, row)
    return Lands(tuple(forms.values()), AhoCorasick(list(forms)))
