"""Nearly identical texts: of a new report the earlier one, of about the same days, whose text it repeats.

Signatures are MinHash over pairs of words, and an index by bands finds the few texts worth a comparison (``rensa``);
whether two texts are one is then decided on their pairs of words themselves. Where the library is not installed,
only texts of the very same words are found.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import add
from typing import Any

from tollbook.log import LogError
from tollbook.nouns import Entry, Report
from tollbook.pipeline.box import Box
from tollbook.values import Book

try:
    import rensa
except ImportError:  # a platform without its wheel and without a compiler
    rensa = None

# How many days apart two prints of one text may be: wires are printed over a weekend, weeklies a week later. Texts
# that are alike over longer are forms: the same ministry's bulletin, a page that is gone.
DAYS = timedelta(days=7)
# The share of the shorter text's pairs of words that must stand in the other. Of 987 articles on 600 events, 18 pairs
# of one event have 0.65 and more, the next has 0.55, and pairs of different events have at most 0.48; what printed
# with changed figures or cut to half is above, what tells the same event in other words below.
SHARE = 0.6
# Fewer pairs of words than these are a formula ("No casualties were reported"), not a text.
LEAST = 30
# Bands of three values: of two texts that share a third of their pairs 80 in 100 meet in one, of half 99, of a tenth 4.
BANDS, SLOTS = 42, 126
SEED = 1
# Texts that are held in memory, and reports whose signatures are; older days are read again when they are asked for.
TEXTS, REPORTS = 2_000, 50_000


def pairs(text: str) -> list[str]:
    """The pairs of neighbouring words of a text, lower case, in order."""
    words = text.casefold().split()
    return list(map(add, words, words[1:]))


def share(one: Sequence[str], other: Sequence[str]) -> float:
    """Which share of the shorter of two texts stands in the other, 0 to 1; by pairs of words."""
    left, right = set(one), set(other)
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer >= LEAST else 0.0


class Signatures:
    """An index of texts by their signatures: which of those taken in may be nearly the same as another."""

    def __init__(self) -> None:
        self._lsh: Any = rensa.RMinHashLSH(threshold=0.4, num_perm=SLOTS, num_bands=BANDS) if rensa else None
        self._exact: dict[frozenset[str], list[int]] = {}
        self.count = 0

    @staticmethod
    def of(tokens: Sequence[str]) -> object:
        """The signature of a text's pairs of words."""
        if rensa is None:
            return frozenset(tokens)
        made = rensa.RMinHash(num_perm=SLOTS, seed=SEED)
        made.update(tokens)
        return made

    def near(self, signature: object) -> list[int]:
        """The numbers of the texts that may be nearly the same."""
        if isinstance(signature, frozenset):
            return self._exact.get(signature, [])
        return sorted(self._lsh.query(signature))

    def take(self, signature: object) -> int:
        """Takes a text in; its number, from 0 on."""
        number = self.count
        if isinstance(signature, frozenset):
            self._exact.setdefault(signature, []).append(number)
        else:
            self._lsh.insert(number, signature)
        self.count += 1
        return number


@dataclass(slots=True)
class _Day:
    """The reports of one day, in the order in which they were taken in."""

    index: Signatures = field(default_factory=Signatures)
    reports: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


class Reprints:
    """Which reports of a box repeat an earlier one's text; asked report by report as they come in."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self._pairs: OrderedDict[str, list[str]] = OrderedDict()

    def of(self, report: Report, body: str, book: Book) -> str | None:
        """The id of the report of the book whose text this new one repeats; None where it is a text of its own.

        Of several the nearest, and of equally near ones one that is no reprint itself.
        """
        tokens = pairs(body)
        self._remember(report.id, tokens)
        if report.said_on is None or len(set(tokens)) < LEAST:
            return None
        signature = Signatures.of(tokens)
        found: list[tuple[float, bool, str]] = []
        for day in self._around(report.said_on, book):
            for number in day.index.near(signature):
                other = book.reports.get(day.reports[number])
                if other is not None and other.id != report.id:
                    alike = share(tokens, self._tokens(other))
                    if alike >= SHARE:
                        found.append((round(alike, 2), other.reprints is None, other.id))
        return max(found)[2] if found else None

    def _around(self, when: date, book: Book) -> Iterator[_Day]:
        """The days around one with all their reports that the book knows by now."""
        known = book.kept("reports by day", lambda: _by_day(book.reports.values()), _more)
        span = DAYS.days
        for offset in range(-span, span + 1):
            day = when + timedelta(days=offset)
            if day not in known:
                continue
            held = self._days.setdefault(day, _Day())
            self._days.move_to_end(day)
            for i in known[day]:
                if i not in held.seen:
                    held.seen.add(i)
                    tokens = self._tokens(book.reports[i])
                    if len(tokens) >= LEAST:
                        held.index.take(Signatures.of(tokens))
                        held.reports.append(i)
            yield held
        while len(self._days) > 2 * span + 1 and sum(len(d.reports) for d in self._days.values()) > REPORTS:
            self._days.popitem(last=False)

    def _tokens(self, report: Report) -> list[str]:
        """The pairs of words of a report of the book."""
        if report.id not in self._pairs:
            try:
                text = self._box.text(report) if report.text else ""
            except LogError:  # forgotten, damaged, or of a dry run
                text = ""
            self._remember(report.id, pairs(text))
        return self._pairs[report.id]

    def _remember(self, report: str, tokens: list[str]) -> None:
        self._pairs[report] = tokens
        if len(self._pairs) > TEXTS:
            self._pairs.popitem(last=False)


def _by_day(reports: Iterable[Report]) -> dict[date, list[str]]:
    found: dict[date, list[str]] = {}
    for report in reports:
        if report.said_on is not None:
            found.setdefault(report.said_on, []).append(report.id)
    return found


def _more(known: dict[date, list[str]], new: Sequence[Entry]) -> None:
    for entry in new:
        if isinstance(entry, Report) and entry.said_on is not None:
            known.setdefault(entry.said_on, []).append(entry.id)
