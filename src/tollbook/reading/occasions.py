"""Occasions: deaths that a text tells as what a protest is about, so that they are not of the event it reports."""

from __future__ import annotations

import re

from tollbook.codes import Outcome
from tollbook.reading.drafts import Draft
from tollbook.text import Document

# The construction that such a claim is said to come of.
OCCASION = "occasion"

_DEATHS = frozenset({Outcome.KILLED, Outcome.BODIES_FOUND})
_PROTEST = r"(?:protest(?:s|ed|ing)?|demonstrat(?:ed|ing|ion|ions)|rall(?:y|ied|ies)|sit-in|human chain|vigil|shutdown|rampage|march(?:ed|ing))"
# "protested against the killing of", "a rally over the alleged murder of"
_OVER = re.compile(
    rf"\b{_PROTEST}\b[^.;]{{0,140}}?\b(?:against|over|about|condemning|denouncing|(?:in )?response to)\s+(?:[\w'-]+\s+){{0,4}}$"
)
# "held a vigil after a boy was killed"; of more dead than one, a report on them tells the protests too
_AFTER = re.compile(rf"\b{_PROTEST}\b[^.;]{{0,140}}?\b(?:after|following)\s+(?:[\w'-]+\s+){{0,4}}$")
# "angry at the killing of"
_ANGER = re.compile(r"\b(?:angry|angered|outraged|outrage|anger) (?:over|at|by|about)\s+(?:[\w'-]+\s+){0,3}$")
# How far before the death its protest stands, in characters.
_REACH = 220


def mark(document: Document, drafts: list[Draft]) -> None:
    """Marks the drafts of deaths that their sentence tells as what a protest or an anger is about."""
    for d in drafts:
        if d.outcome not in _DEATHS or d.rule == "recorded":
            continue
        before = document.shadow[max(d.sentence.start, d.start - _REACH) : d.start]
        one = d.low == d.high == 1
        if _OVER.search(before) or _ANGER.search(before) or (one and _AFTER.search(before)):
            d.rule = OCCASION
