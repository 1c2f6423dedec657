"""When: the time expressions of a text, resolved against the day of publication.

A weekday is the last one on or before that day; a day and month without a year is the last such day. Where
no day of publication is known, the first full date of the first sentence stands in for it, and without one
only absolute expressions are resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tollbook.reading.calendar import Moment, month_of
from tollbook.reading.resolving import RULES
from tollbook.rules import table
from tollbook.text import Document, Sentence

# How far into a text its own date may stand: a dateline, or "the agency reported on 05/12/2003 that".
OPENING = 220

# An expression begins at most so far before its anchor, and ends at most so far after it.
BACK, AHEAD = 60, 90

# What a rule names when its days cannot be told; the others name a day.
GRAINS = {
    "days": "spell", "pair": "spell", "weekdays": "spell", "nights": "spell", "window": "spell", "spell": "spell",
    "recent": "spell", "nth": "spell", "months": "spell", "years": "spell", "part": "spell", "month": "month", "year": "year", "thisperiod": "month", "weekend": "weekend",
    "overnight": "night", "ago": "about",
}  # fmt: skip

# "Since mid-February" counts from this day, in the middle of what "in mid-February" may mean.
MIDDLE = 15


class When(NamedTuple):
    """A time expression of the text and the days it names.

    ``start`` and ``end`` count characters of the body. ``kind``: "on" dates an event, "said" a statement,
    "since" an onset, "past" a spell up to the statement, "until" an end, "outset" an
    event's first day, "done" a spell gone by, "future" what has not happened.
    ``grain``: day, night, about, week, weekend, month, year, spell. A bound that the text leaves open is None;
    both are None where no year or day of publication lets one resolve it.
    """

    start: int
    end: int
    date_from: date | None
    date_to: date | None
    kind: str
    grain: str


class _Forms(NamedTuple):
    """The compiled forms: one pattern that finds, and each form's own that reads."""

    automaton: AhoCorasick
    finder: re.Pattern[str]
    readers: dict[str, tuple[str, re.Pattern[str]]]
    said_before: re.Pattern[str]
    said_after: re.Pattern[str]
    since_before: re.Pattern[str]


@cache
def _forms() -> _Forms:
    data = table("en", "time")
    readers: dict[str, tuple[str, re.Pattern[str]]] = {}
    parts: list[str] = []
    for number, form in enumerate(data["form"]):
        pattern = expand(form["pattern"])
        readers[f"f{number}"] = (form["rule"], re.compile(pattern))
        parts.append(f"(?P<f{number}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', pattern)})")
    verbs, nouns, between = (data["speech"][k] for k in ("verbs", "nouns", "between"))
    return _Forms(
        AhoCorasick(data["anchors"]),
        re.compile(rf"(?<![\w/])(?={'|'.join(data['openings'])})(?:" + "|".join(parts) + ")"),
        readers,
        re.compile(
            rf"\b(?:{verbs}|{nouns})(?: (?:{between}))*[ ,]+(?:on |in )?$|\btold (?:\w+ ){{1,4}}(?:on )?$"
        ),
        re.compile(rf"\s*,?\s*(?:{verbs}|(?:{nouns})\b)(?! to (?:have|be))"),
        re.compile(
            r"\b(?:since|since (?:[\w'-]+ ){1,9}(?:in|on)|from the (?:start|beginning|outbreak|onset) of [\w' -]{1,40}? (?:in|on))(?: the)? $"
        ),
    )


def expand(pattern: str) -> str:
    """A form's pattern with its short forms ({MON} ...) written out."""
    for name, piece in table("en", "time")["pieces"].items():
        pattern = pattern.replace("{" + name + "}", piece)
    return pattern


@dataclass
class Clock:
    """The time expressions of one document, and the day from which relative ones are counted."""

    document: Document

    def __post_init__(self) -> None:
        shadow = self.document.shadow
        hits = _forms().automaton.find_matches_as_indexes(shadow)
        self._hits = [start for _, start, _ in hits]
        self.today = self.document.published
        self.found: dict[int, tuple[When, ...]] = {}
        self._last: Moment | None = None
        self._any: Moment | None = None
        self._year: int | None = None
        if self.today is None and self._hits and self.document.sentences:
            self.today = self._opening()
        self._read_to = -1

    def _opening(self) -> date | None:
        """The first full date of the first sentence, which stands in for a missing day of publication."""
        end = min(OPENING, self.document.sentences[0].end)
        for _, rule, reader in _matches(self.document.shadow, 0, end):
            if rule in {"iso", "american", "european", "day"} and reader.groupdict().get("y"):
                moment = RULES[rule](reader, None, None, None)
                if moment:
                    return moment.date_from
        return None

    def read(self, sentence: Sentence) -> tuple[When, ...]:
        """The expressions of a sentence; those before it are read first, for "the same day" needs them."""
        if sentence.index > self._read_to:
            for each in self.document.sentences[self._read_to + 1 : sentence.index + 1]:
                if self._anchored(each):
                    found = tuple(self._sentence(each))
                    if found:
                        self.found[each.index] = found
            self._read_to = sentence.index
        return self.found.get(sentence.index, ())

    def _anchored(self, sentence: Sentence) -> bool:
        at = bisect_left(self._hits, sentence.start)
        return at < len(self._hits) and self._hits[at] < sentence.end

    def _sentence(self, sentence: Sentence) -> Iterator[When]:
        shadow = self.document.shadow
        found: list[When] = []
        for match, rule, reader in self._near(sentence):
            wide = rule == "since" or match.group().endswith(("period", "month", "week"))
            try:
                moment = RULES[rule](reader, self.today, self._any if wide else self._last, self._year)
            except (OverflowError, ValueError):  # before the first day of the calendar, or behind its last
                moment = None
            if moment is None:
                # the words still tell a period from a day, though nobody knows which one
                moment = Moment(None, None, grain=GRAINS.get(rule, "day"))
            kind = self._kind(sentence, match, moment)
            if kind == "since" and match.group().startswith("mid") and moment.date_from:
                moment = moment._replace(date_from=moment.date_from.replace(day=MIDDLE))
            found.append(
                When(match.start(), match.end(), moment.date_from, moment.date_to, kind, moment.grain)
            )
            if moment.grain == "day" and kind in {"on", "said"}:
                self._last = moment
            if kind in {"on", "since"} and moment.date_from:
                self._any = moment
            if moment.full and moment.date_from:
                self._year = moment.date_from.year
        yield from _joined(shadow, found)

    def _near(self, sentence: Sentence) -> Iterator[tuple[re.Match[str], str, re.Match[str]]]:
        """The matches of a sentence, looked for only around its anchors."""
        shadow, at = self.document.shadow, sentence.start
        for hit in range(bisect_left(self._hits, sentence.start), len(self._hits)):
            anchor = self._hits[hit]
            if anchor >= sentence.end:
                return
            if anchor < at:
                continue
            end = shadow.find(" ", anchor + AHEAD, sentence.end)
            end = sentence.end if end < 0 else end
            for found in _matches(shadow, max(at, anchor - BACK), end):
                yield found
                at = found[0].end()
                if at > anchor:
                    break

    def _kind(self, sentence: Sentence, match: re.Match[str], moment: Moment) -> str:
        forms, shadow = _forms(), self.document.shadow
        if moment.kind != "on":
            # "after six days of fighting" is told of what came then, not of a spell up to now
            return (
                "done"
                if moment.kind == "past" and shadow[: match.start()].endswith("after ")
                else moment.kind
            )
        before = shadow[max(sentence.start, match.start() - 70) : match.start()]
        if forms.since_before.search(before):
            return "since"
        if before.endswith((" until ", " by ", " before ", "as of ")):
            return "until"
        if before.endswith((" next ", " for ")) and moment.grain == "day" and not match.group()[0].isdigit():
            return "future"
        after = shadow[match.end() : min(sentence.end, match.end() + 30)]
        if moment.grain == "day" and (forms.said_before.search(before) or forms.said_after.match(after)):
            return "said"
        return "on"


def _matches(shadow: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str, re.Match[str]]]:
    """Each expression between two offsets: where, which rule, and its parts."""
    forms = _forms()
    for match in forms.finder.finditer(shadow, start, end):
        rule, pattern = forms.readers[match.lastgroup or ""]
        reader = pattern.match(shadow, match.start(), end)
        if reader is not None:
            yield match, rule, reader


_JOIN = re.compile(
    r"\s*(?:,[^.;]{0,60},)?\s*(?:and|to|until|till|through|-|--)\s*(?:(?:\d\d?:\d\d|midnight|noon) )?(?:on )?$"
)
_OPEN = re.compile(r"\b(?:between|from)\s*(?:the )?(?:night of )?(?:early |late |mid-)?$")


_WITHIN = re.compile(r"[^.;,:]{0,45} (?:on|in|at) (?:the )?")


def _joined(shadow: str, found: list[When]) -> Iterator[When]:
    """The expressions, with "between D and D" and "from D to D" made one."""
    at = 0
    while at < len(found):
        one = found[at]
        if at + 1 < len(found):
            two = found[at + 1]
            if (
                one.kind == "since"
                and one.date_from is None
                and _WITHIN.fullmatch(shadow, one.end, two.start)
            ):
                # "since the outbreak of the fighting on 4 April": the day belongs to the onset
                yield one._replace(end=two.end, date_from=two.date_from, grain=two.grain)
                at += 2
                continue
            opened = _OPEN.search(shadow, max(0, one.start - 30), one.start)
            joined = _JOIN.fullmatch(shadow, one.end, two.start)
            if joined:
                one = _aligned(shadow, one, two)
            if opened and joined and _ordered(one.date_from, two.date_to):
                begin = one.date_from
                if begin and shadow.startswith("mid", one.start):
                    begin = begin.replace(day=MIDDLE)
                yield When(one.start, two.end, begin, two.date_to, "on", "spell")
                at += 2
                continue
        yield one
        at += 1


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _aligned(shadow: str, one: When, two: When) -> When:
    """The first of two joined expressions, in the year that only the second names: "1 May and 3 June 2009"."""
    if not (one.date_from and one.date_to and two.date_from and month_of(shadow[one.start : one.end])):
        return one
    if _YEAR.search(shadow, one.start, one.end) or not _YEAR.search(shadow, two.start, two.end):
        return one
    back = one.date_from.year - two.date_from.year
    try:
        a, b = (d.replace(year=d.year - back) for d in (one.date_from, one.date_to))
        if a > two.date_from:
            a, b = (d.replace(year=d.year - 1) for d in (a, b))
    except ValueError:
        return one
    return one._replace(date_from=a, date_to=b)


def _ordered(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


@lru_cache(maxsize=8)
def clock(document: Document) -> Clock:
    """The clock of a document, made once (a few documents are remembered)."""
    return Clock(document)


def expressions(document: Document, sentence: Sentence) -> tuple[When, ...]:
    """The time expressions of a sentence, in text order, resolved to days."""
    return clock(document).read(sentence)


def today(document: Document) -> date | None:
    """The day from which "yesterday" is counted: publication, or the first full date of the opening."""
    return clock(document).today
