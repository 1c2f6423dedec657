"""A case for scope: a claim's words, clause and figure, with the time expressions of its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tollbook.codes import Outcome
from tollbook.nouns import Span
from tollbook.reading.cues import cue
from tollbook.reading.dating import nearest
from tollbook.reading.when import When, expressions
from tollbook.text import Document, Sentence

# How far from a claim's words its own verb stands.
BEFORE, AFTER = 50, 15

_CLAUSE = re.compile(r"; |, (?:while|whereas|but|although|though) | while | although |, (?:an?|the) \w+ said")


def clause(document: Document, sentence: Sentence, span: Span) -> str:
    """The part of the sentence that a claim stands in, cut at "while", "but" and semicolons."""
    shadow = document.shadow
    start, end = sentence.start, sentence.end
    for edge in _CLAUSE.finditer(shadow, sentence.start, sentence.end):
        if edge.end() <= span.start:
            start = edge.end()
        elif edge.start() >= span.end:
            end = edge.start()
            break
    return shadow[start:end]


@dataclass(frozen=True)
class Case:
    """A claim whose scope is asked for.

    Attributes:
        span: the words of the claim.
        outcome: what befell the people; None where it is not known.
        low: the least number of them; None where it is not known.
    """

    document: Document
    sentence: Sentence
    span: Span
    outcome: Outcome | None = None
    low: int | None = None

    @cached_property
    def text(self) -> str:
        """The clause, in plain lower case."""
        return clause(self.document, self.sentence, self.span)

    @cached_property
    def near(self) -> str:
        """The claim's own words and the few before and after them, where its verb stands."""
        start, end = self.sentence.start, self.sentence.end
        return self.document.shadow[max(start, self.span.start - BEFORE) : min(end, self.span.end + AFTER)]

    @cached_property
    def whole(self) -> str:
        """The sentence, in plain lower case."""
        return self.document.shadow[self.sentence.start : self.sentence.end]

    @cached_property
    def single(self) -> bool:
        """Whether the clause names one event."""
        return bool(cue("single").search(self.text))

    @cached_property
    def timed(self) -> list[When]:
        """The time expressions of the sentence that are not the day of a statement."""
        return [w for w in expressions(self.document, self.sentence) if w.kind != "said"]

    def nearest(self, *kinds: str) -> When | None:
        """The expression of these kinds that governs the claim."""
        return nearest(self.document, self.span, [w for w in self.timed if w.kind in kinds])
