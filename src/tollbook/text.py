"""A report's text cut into paragraphs, sentences and tokens; every offset counts characters of the body.

The body is never rewritten. ``shadow`` is the body in lower case with typographic quotes, dashes and
spaces made plain, one character for one, so that an offset in the shadow is an offset in the body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple


class Token(NamedTuple):
    """A word, a number or a sign: where it stands, and its shadow (lower case)."""

    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters ``start`` to ``end`` of the body, without outer blanks, and the paragraph it stands in."""

    index: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, eq=False)
class Document:
    """A text to read, with what is known about it.

    Attributes:
        body: the text as found.
        title: the headline, which is not part of the body.
        published: day of publication; weekdays and "yesterday" are counted from it.
        publisher: who published it, as found.
    """

    body: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    _tokens: dict[int, tuple[Token, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def shadow(self) -> str:
        """The body in plain lower case, character for character."""
        return shade(self.body)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""
        return tuple(split(self.body, self.shadow))

    @cached_property
    def upper(self) -> bool:
        """Whether the text is telex: all in capitals, so that case tells nothing."""
        sample = self.body[:2000]
        capitals = sum(map(str.isupper, sample))
        return capitals > 0 and capitals > 0.8 * (capitals + sum(map(str.islower, sample)))

    def tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence, cut once."""
        found = self._tokens.get(sentence.index)
        if found is None:
            found = self._tokens[sentence.index] = tuple(tokenise(self.shadow, sentence.start, sentence.end))
        return found

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a character, or the last one before it; an empty one where the body is blank."""
        if not self.sentences:
            return Sentence(0, 0, 0, 0)
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]


_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"',
        "\u00bb": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-",
        "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ", "`": "'",
    }
)  # fmt: skip
# One after the other is many times as fast in a text that is not plain.
_SIGNS = tuple((chr(sign), plain) for sign, plain in _PLAIN.items())


def shade(text: str) -> str:
    """The text in lower case with plain quotes, dashes and blanks; always as long as the text."""
    low = text.lower()
    if len(low) != len(text):
        # A few capitals grow when lowered (Turkish dotted I); those stay as they are.
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    if low.isascii():
        return low.translate(_PLAIN)
    for sign, plain in _SIGNS:
        low = low.replace(sign, plain)
    return low


# Abbreviations after which a full stop does not end a sentence; single letters are handled apart.
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "brig",
        "adm",
        "sen",
        "rep",
        "gov",
        "pres",
        "st",
        "jr",
        "sr",
        "vs",
        "etc",
        "no",
        "nos",
        "dept",
        "est",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "approx",
        "inc",
        "corp",
        "co",
        "ltd",
        "fig",
        "al",
        "u.s",
        "u.n",
        "u.k",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
        "cmdr",
        "comdr",
        "supt",
        "insp",
        "pvt",
        "spc",
        "ret",
        "hon",
        "rev",
        "fr",
        "km",
        "lb",
        "messrs",
    ]
)
_STOP = re.compile(
    r"[.!?\n](?:(?<=[.!?])[.!?]*[\"')\]]*(?=\s|$)|(?<=[.!?])[.!?]*[\"')\]]*(?=[\"(]?[A-Z][a-z])"
    r"|(?<=\n)[ \t]*\n\s*|(?<=\n)(?=[ \t]*(?:[-*•·–]|\d+[.)])\s))"
)
_LAST_WORD = re.compile(r"([\w.]+)$")
# How many characters before a full stop tell whether it is an abbreviation's: one more than the longest has.
_SHORT = 1 + max(map(len, _ABBREVIATIONS))


# People write nothing near this long without a stop. What is longer is a table, a dump or mischief, and reading
# looks at every pair of phrases of a sentence.
LONGEST = 2000


def split(body: str, shadow: str) -> list[Sentence]:
    """The sentences of a body, in order; quotes and abbreviations do not end one, a blank line does.

    What runs on for more than ``LONGEST`` characters is cut at a sign or a blank.
    """
    found: list[Sentence] = []
    at, paragraph = 0, 0
    for stop in _STOP.finditer(body):
        blank = body[stop.start()] == "\n"
        if not blank and not _ends(body, shadow, at, stop):
            continue
        end = stop.start() if blank else stop.end()
        at = _keep(found, body, at, end, paragraph)
        if blank:
            at = stop.end()
            paragraph += body.count("\n", stop.start(), stop.end()) > 1
    _keep(found, body, at, len(body), paragraph)
    return found


def _keep(found: list[Sentence], body: str, start: int, end: int, paragraph: int) -> int:
    """Adds the stretch as a sentence if anything stands in it; returns where the next one begins."""
    piece = body[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    while right - left > LONGEST:
        cut = _cut(body, left)
        found.append(Sentence(len(found), left, cut, paragraph))
        left = cut + len(body[cut:right]) - len(body[cut:right].lstrip()) if body[cut].isspace() else cut
    if left < right:
        found.append(Sentence(len(found), left, right, paragraph))
    return end


def _cut(body: str, start: int) -> int:
    """Where to cut what is too long: behind the last line, sign or word of its second half, else in a word."""
    half, end = start + LONGEST // 2, start + LONGEST
    for sign in ("\n", "; ", ", ", " "):
        at = body.rfind(sign, half, end)
        if at >= 0:
            return at + len(sign.rstrip())
    return end


def _ends(body: str, shadow: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a sign really ends a sentence: not after an abbreviation, an initial or before a small letter."""
    sign = stop.group()
    after = body[stop.end() : stop.end() + 40].lstrip()
    if not after:
        return True
    if sign.startswith(("...", "..")) and after[:1].islower():
        return False
    if sign.startswith(".") and len(sign.rstrip("\"')]")) == 1:
        word = _LAST_WORD.search(shadow, max(start, stop.start() - _SHORT), stop.start())
        if word and word[1] in _ABBREVIATIONS:
            # "on Jan. 20", "Gen. Petraeus", "U.S. forces"; a month or day before a capital word still ends
            return word[1] in {"a.m", "p.m"} and after[:1].isupper() and not after.split()[0].endswith(".")
        if word and len(word[1]) == 1 and word[1].isalpha() and after[:1].isupper():
            return False
    return not after[:1].islower()


_TOKEN = re.compile(
    r"\d+(?:[,.]\d+)*(?:st|nd|rd|th)?(?![a-z])|[a-z\u00df-\u024f\u0370-\u1fff']\w*(?:['.\-]\w+)*|\d+|[^\s\w]|\w+"
)


# Words that lost the blank between them when a page was cut into columns: "peoplehave", "forcedmore".
_GLUED = re.compile(
    r"(people|persons|families|civilians|residents|individuals|households|refugees|villagers|forced|displaced|fled|killed|wounded)"
    r"(have|has|had|were|was|are|who|from|in|to|and|more|since|into|living|by|at|still|remain)"
)


def tokenise(shadow: str, start: int, end: int) -> list[Token]:
    """The tokens between two offsets: numbers with their grouping, words with inner hyphens, single signs."""
    found: list[Token] = []
    new = tuple.__new__  # most tokens are made here: spares a call for each
    for match in _TOKEN.finditer(shadow, start, end):
        s, e = match.span()
        word = shadow[s:e]
        if e - s < 8 and "'" not in word:
            found.append(new(Token, (s, e, word)))
            continue
        if word.startswith("'"):
            # a quote sign before a word is a sign of its own; a lone 's stays one token
            if word in {"'", "'s"}:
                found.append(Token(s, e, word))
                continue
            found.append(Token(s, s + 1, "'"))
            s, word = s + 1, word[1:]
        if word.endswith("'s") and len(word) > 2:
            found.append(Token(s, e - 2, word[:-2]))
            found.append(Token(e - 2, e, "'s"))
            continue
        glued = _GLUED.fullmatch(word) if len(word) > 7 else None
        if glued:
            found.append(Token(s, s + glued.end(1), glued[1]))
            s, word = s + glued.end(1), glued[2]
        found.append(Token(s, e, word))
    return found
