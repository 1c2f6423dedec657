"""Marks: the words by which the text of a report is known again: proper names, and numbers of two digits and more.

Two reports of one event speak of the same street, the same victim, the same hour. What a whole newsroom writes
under every text is shared too, so a mark counts by how few reports have it; see ``likeness``.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import log, sqrt

from tollbook.nouns import Report
from tollbook.places.spelling import fold, skeleton

# More names than this only long texts have, and what they are about stands in front.
MOST = 120
# A mark of fewer letters says nothing, and of fewer consonants it is told from others by its vowels only.
SHORT, BONES = 3, 3

# A word with what is joined to it, or a sign after which the next word is written large whatever it is.
_PIECES = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*|[.!?:;\n\"\u201c\u201d\u2018(\u2022|]")
_OWNED = re.compile(r"['\u2019]s?$")
_NUMBER = re.compile(r"\d{2,5}")
# A year stands in most reports of a year.
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAYS = frozenset(
    fold(w)
    for words in (calendar.day_name, calendar.month_name, calendar.day_abbr, calendar.month_abbr)
    for w in words
) | {"sept"}


def marks(text: str) -> tuple[str, ...]:
    """The folded marks of a text, each once, in the order in which they come.

    A name is a word with a capital inside a sentence that the text never writes small. Of a text that is all in
    capitals every long word is taken, and of one in a script without capitals none.
    """
    pieces = _PIECES.findall(text)
    small = {piece.casefold() for piece in pieces if piece[0].islower()}
    found: dict[str, None] = {}
    begins = True
    for piece in pieces:
        if not piece[0].isalnum():
            begins = True
            continue
        if len(found) == MOST:
            break
        if _NUMBER.fullmatch(piece):
            if not _YEAR.fullmatch(piece):
                found[piece] = None
        elif piece[0].isupper() and not begins and len(piece) >= SHORT and piece.casefold() not in small:
            name = fold(_OWNED.sub("", piece))
            if len(name) >= SHORT and name not in _DAYS:
                found[name] = None
        begins = False
    return tuple(found)


def words(title: str) -> frozenset[str]:
    """The folded words of a headline, without short ones."""
    return frozenset(fold(w) for w in _PIECES.findall(title) if len(w) > SHORT)


@lru_cache(maxsize=65536)
def key(mark: str) -> str:
    """What spellings of one mark have in common: its consonants, where it has enough of them."""
    if mark.isdigit():
        return mark
    bones = skeleton(mark)
    return f"~{bones}" if len(bones) >= BONES else mark


@dataclass(slots=True)
class Heard:
    """What the texts and headlines of some reports say, counted by report.

    Attributes:
        reports: how many there are that have marks.
        headlines: how many have a headline.
        marks: the key of a mark to the number of reports that have it.
        words: a word of a headline, after a blank, to the number of headlines that have it.
    """

    reports: int = 0
    headlines: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, report: Report) -> frozenset[str]:
        """Takes in a report; the keys of marks and headline that were not there before."""
        said = {key(mark) for mark in report.marks}
        headline = {f" {word}" for word in words(report.title)}
        fresh = {k for k in said if k not in self.marks} | {k for k in headline if k not in self.words}
        self.marks.update(said)
        self.words.update(headline)
        self.reports += bool(said)
        self.headlines += bool(headline)
        return frozenset(fresh)

    @property
    def length(self) -> float:
        """How many marks a report has in the mean."""
        return self.marks.total() / max(1, self.reports)


# As many incidents beside those of the book are taken to have no mark of a report, so that in a small book what
# reports share counts for something; not for much, as nobody knows yet what is common there.
UNSEEN = 20
# What one of seven incidents has (e to this power) says nothing.
COMMONPLACE = 2.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two sets of reports share.

    Attributes:
        share: 0 to 1, the weight of what both have beside the weight of what they have, a mark weighed by its rarity.
        weight: the rarity of all that both have, added up.
        count: how many marks both have.
    """

    share: float = 0.0
    weight: float = 0.0
    count: int = 0


def likeness(
    mine: Counter[str],
    of: int,
    theirs: Counter[str],
    among: int,
    weight: Callable[[str], float],
) -> Likeness:
    """How alike the texts of ``of`` reports and of ``among`` others are; it costs as much as the first has marks.

    A mark weighs the square of its rarity, and less where few of the reports have it: the mean over the reports,
    so that an incident with many of them is like everything no more than one with few.
    """
    if not mine or not theirs:
        return Likeness()
    whole = shared = total = 0.0
    count = 0
    for mark, times in mine.items():
        rare, own = weight(mark), times / of
        whole += rare * rare * own
        if mark in theirs:
            part = own * theirs[mark] / among
            shared += rare * rare * part
            total += rare * part
            count += rare > 0
    sizes = sqrt((theirs.total() / among) / (mine.total() / of))
    return Likeness(min(1.0, shared / (whole * sizes)) if whole else 0.0, total, count)


def rarity(incidents: int, having: int) -> float:
    """How much it says that something is shared which so many of the incidents have."""
    return max(0.0, log((incidents + UNSEEN) / max(1, having)) - COMMONPLACE)
