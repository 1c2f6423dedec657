"""Words as they are looked for: folded over scripts, accents and spellings; what a person typed, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tollbook.log import Term
from tollbook.publish.names import UNPARTED, dropped, folded

# What one person types; whatever is longer was pasted, and its beginning is enough to find it.
LONGEST, MOST = 400, 24

# A number with its thousands parted is one word; all other punctuation parts words.
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|[^\W_]+")
# The article, alone or after "and", "by", "as", "to": the prison and "prison" are one word.
_ARTICLE = re.compile("(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=[\u0621-\u064a]{2})")
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u201f\uff02", '"'))
_PIECE = re.compile(r'(?P<no>[-\u2212]?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


class Token(NamedTuple):
    """One word of a text as it is compared, and the characters of the text that it stands in."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Query:
    """What is looked for: everything of ``wanted``, nothing of ``unwanted``.

    Attributes:
        text: as it was typed, shortened to what is used of it.
    """

    text: str = ""
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def wider(self) -> Query:
        """The same with every last word as the beginning of one."""
        return Query(self.text, tuple(Term(t.words, open=True) for t in self.wanted), self.unwanted)


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order; where a script puts no blanks between words, its signs one by one."""
    plain, places = folded(text)
    for found in _WORD.finditer(plain):
        start, end = found.span()
        word = found[0]
        if UNPARTED.search(word):
            for at in range(start, end):
                yield Token(plain[at], places[at], places[at] + 1)
            continue
        if article := _ARTICLE.match(word):
            word = word[article.end() :]
        last = places[end - 1] + 1
        while last < len(text) and dropped(text[last]):
            last += 1  # the vowel sign of the last letter is part of the word
        yield Token(word.replace(",", ""), places[start], last)


def words(*texts: str | None) -> str:
    """The words of some texts with blanks between them, as the index takes them."""
    return " ".join(token.word for text in texts if text for token in tokens(text))


def parse(typed: str) -> Query:
    """What somebody looks for: words, "words in a row", -not these; nothing that is typed is an error.

    A word that ends in * is the beginning of one; a word with signs in it (Al-Hol) is words in a row.
    """
    text = " ".join(typed[:LONGEST].split())
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        inside = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        found = tuple(token.word for token in tokens(inside))
        if found and len(wanted) + len(unwanted) < MOST:
            (unwanted if piece["no"] else wanted).append(Term(found, open=inside.endswith("*")))
    return Query(text, tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def marks(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Where terms stand in a text: characters, in order, none twice."""
    found = list(tokens(text))
    wanted = tuple(terms)
    firsts: dict[str, list[int]] = {}
    for at, token in enumerate(found):
        firsts.setdefault(token.word, []).append(at)
    spots: set[tuple[int, int]] = set()
    for term in wanted:
        starts = range(len(found)) if len(term.words) == 1 and term.open else firsts.get(term.words[0], ())
        spots |= {
            (found[at].start, found[at + len(term.words) - 1].end)
            for at in starts
            if _stands(found, at, term)
        }
    return _apart(sorted(spots))


def _stands(found: Sequence[Token], at: int, term: Term) -> bool:
    """Whether a term stands at a place among the words of a text."""
    size = len(term.words)
    if at + size > len(found):
        return False
    there = [token.word for token in found[at : at + size]]
    last = there[-1].startswith(term.words[-1]) if term.open else there[-1] == term.words[-1]
    return last and there[:-1] == list(term.words[:-1])


def _apart(spots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as stretches that do not overlap."""
    found: list[tuple[int, int]] = []
    for start, end in spots:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def pieces(text: str, terms: Iterable[Term], size: int = 240) -> list[tuple[str, bool]]:
    """A part of the text around the first of the terms, in pieces, those that were looked for marked."""
    spots = marks(text, terms)
    first = spots[0][0] if spots else 0
    start = max(0, min(first - size // 3, len(text) - size))
    end = min(len(text), start + size)
    start, end = _blank(text, start, first), _blank(text, end, len(text)) if end < len(text) else end
    made: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for a, b in spots:
        if a < start or b > end:
            continue
        made += [(text[at:a], False), (text[a:b], True)]
        at = b
    made += [(text[at:end], False)] + ([(" …", False)] if end < len(text) else [])
    return [(piece, hit) for piece, hit in made if piece]


def _blank(text: str, start: int, end: int) -> int:
    """The place after the next blank, so that no word is cut; the place itself where none is near."""
    if start == 0:
        return 0
    found = text.find(" ", start, min(end, start + 24))
    return start if found < 0 else found + 1
