"""Numbers as people write them: digits, words, ranges, bounds and vague words, as intervals over tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeVar

from tollbook.rules import table
from tollbook.text import Token

T = TypeVar("T")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_YEAR = range(1000, 2101)
# Four digits are taken for a year only from here on; "1,204" and "1204 people" are counts.
FIRST_YEAR = 1900
LAST_DAY = 31
# What follows makes a number no count of people.
_UNITS = re.compile(
    r"%|per|percent|pct|th|st|nd|rd|km|kms|kilomet\w+|met(?:er|re)s?|miles?|feet|foot|yards?|inch(?:es)?|kg|kilo\w*|"
    r"tons?|tonnes?|pounds?|lbs?|dollars?|euros?|pesos?|rupees?|yuan|shekels?|rubles?|cents?|mm|cm|caliber|calibre|"
    r"hours?|minutes?|seconds?|days?|weeks?|months?|years?|decades?|centur\w+|a\.m|p\.m|am|pm|gmt|o'clock|times|"
    r"points?|goals?|rounds?|hectares?|acres?|degrees?|utc|est|edt|cet|rifles?|x"
)
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
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
    ]
)


class Number(NamedTuple):
    """Tokens ``start`` to ``end`` (end not included) that say how many.

    ``low`` and ``high`` are the interval (None is open; both None with ``vague`` is "many");
    ``vague`` tells a vague word, ``more`` that the words add to something said before ("another five").
    """

    start: int
    end: int
    low: int | None
    high: int | None
    vague: bool = False
    more: bool = False
    bound: str = ""


class _Words(NamedTuple):
    units: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, list[int]]
    phrases: dict[str, list[tuple[tuple[str, ...], list[int]]]]
    unknown: frozenset[str]
    unknown_phrases: dict[str, list[tuple[str, ...]]]
    before: dict[str, list[tuple[tuple[str, ...], str]]]
    after: dict[str, list[tuple[tuple[str, ...], str]]]


@cache
def words(lang: str = "en") -> _Words:
    """The number tables of a language, indexed by first word, longest phrase first."""
    t = table(lang, "numbers")
    return _Words(
        dict(t["units"]),
        dict(t["scales"]),
        dict(t["vague"]),
        _by_first((tuple(k.split()), v) for k, v in t["phrases"].items()),
        frozenset(t["unknown"]["words"]),
        {
            k: [p for p, _ in v]
            for k, v in _by_first((tuple(p.split()), "") for p in t["unknown"]["phrases"]).items()
        },
        _by_first((tuple(p.split()), kind) for kind, ps in t["before"].items() for p in ps),
        _by_first((tuple(p.split()), kind) for kind, ps in t["after"].items() for p in ps),
    )


def _by_first(rows: Iterable[tuple[tuple[str, ...], T]]) -> dict[str, list[tuple[tuple[str, ...], T]]]:
    found: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for phrase, value in sorted(rows, key=lambda r: -len(r[0])):
        found.setdefault(phrase[0], []).append((phrase, value))
    return found


@cache
def starts(lang: str = "en") -> frozenset[str]:
    """The words a number phrase can begin with, digits apart."""
    w = words(lang)
    return frozenset(
        [*w.units, "between", "from", *w.vague, *w.phrases, *w.unknown, *w.unknown_phrases, *w.before]
    )


@cache
def _needed() -> dict[str, tuple[frozenset[str], bool]]:
    """The words that begin a number phrase only with another one: which those are, and whether any number is."""
    w = words()
    own = {*w.units, *w.vague, *w.unknown, "between", "from"}
    found: dict[str, tuple[frozenset[str], bool]] = {}
    for word in starts() - own:
        bounds = [p for p, _ in w.before.get(word, ())]
        rest = [*(p for p, _ in w.phrases.get(word, ())), *w.unknown_phrases.get(word, ())]
        if all(len(p) > 1 for p in rest):
            seconds = frozenset(p[1] for p in (*bounds, *rest) if len(p) > 1)
            found[word] = seconds, any(len(p) == 1 for p in bounds)
    return found


def _follows(word: str, needed: tuple[frozenset[str], bool]) -> bool:
    """Whether a word is one that the word before it needs to begin a number phrase."""
    seconds, bound = needed
    return word in seconds or (bound and (word[0].isdigit() or "-" in word or word in starts()))


_MORE = frozenset({"another", "further", "additional"})


def number_at(tokens: Sequence[Token], i: int) -> Number | None:
    """The number phrase that begins at token ``i``, bounds and "another" included, or None."""
    w = words()
    needed = _needed().get(tokens[i].low) if i < len(tokens) else None
    if needed is not None and (i + 1 == len(tokens) or not _follows(tokens[i + 1].low, needed)):
        return None
    steps: list[tuple[int, str, bool]] = [(i, "", False)]
    for _ in range(3):
        at, bound, more = steps[-1]
        step = _phrase(tokens, at, w.before) if at < len(tokens) and tokens[at].low in w.before else None
        if step is None:
            break
        length, kind = step
        more = more or any(t.low in _MORE for t in tokens[at : at + length])
        steps.append((at + length, bound if kind == "plain" else kind, more))
    # "more than 50" is a bound, "more" alone a word of its own: the longest run of bounds that a number follows
    for at, bound, more in reversed(steps):  # noqa: B007 (used after the loop)
        core = _core(tokens, at, w)
        if core is not None:
            break
    else:
        return None
    end, low, high, vague = core
    end, behind, adds = _suffix(tokens, end, w)
    bound, more = bound or behind, more or adds
    low, high = _bounded(low, high, bound, vague=vague)
    return Number(i, end, low, high, vague, more, bound)


def _suffix(tokens: Sequence[Token], end: int, w: _Words) -> tuple[int, str, bool]:
    """Where the words behind a core end, the bound they set and whether they add: "or more", "+", "more", "others"."""
    bound, more = "", False
    for _ in range(2):
        step = _phrase(tokens, end, w.after) if end < len(tokens) and tokens[end].low in w.after else None
        if step is None:
            break
        length, kind = step
        word = tokens[end].low
        if word == "more" and end + 1 < len(tokens) and tokens[end + 1].low == "than":
            break
        bound = kind if kind == "least" else bound
        more = more or word in {"more", "further", "additional"}
        end += length
        if word in {"others", "other"}:
            break
    return end, bound, more


def _bounded(low: int | None, high: int | None, bound: str, *, vague: bool) -> tuple[int | None, int | None]:
    """The interval after "over", "at least", "up to" and the like."""
    if bound == "over":
        return (low if vague else None if low is None else low + 1), None
    if bound == "least":
        return low, None
    if bound == "most":
        return None, high
    if bound == "under":
        return None, None if high is None else max(0, high - 1)
    return low, high


def _phrase(
    tokens: Sequence[Token], i: int, index: dict[str, list[tuple[tuple[str, ...], T]]]
) -> tuple[int, T] | None:
    """Length and value of the longest phrase of the index that begins at token ``i``."""
    rows = index.get(tokens[i].low) if i < len(tokens) else None
    for phrase, value in rows or ():
        if len(phrase) == 1 or tuple([t.low for t in tokens[i : i + len(phrase)]]) == phrase:
            return len(phrase), value
    return None


def _core(tokens: Sequence[Token], i: int, w: _Words) -> tuple[int, int | None, int | None, bool] | None:
    """End, low, high and vagueness of the bare number at token ``i``; ranges included."""
    if i >= len(tokens):
        return None
    word = tokens[i].low
    if word[0].isalpha():
        if word == "between" or (word == "from" and i + 2 < len(tokens)):
            return _between(tokens, i, w)
        step = _phrase(tokens, i, w.phrases) if word in w.phrases else None
        if step:
            return i + step[0], step[1][0], step[1][1], step[1][0] != step[1][1]
        if word in w.vague:
            return i + 1, w.vague[word][0], w.vague[word][1], True
        if word in w.unknown:
            return i + 1, None, None, True
        for phrase in w.unknown_phrases.get(word, ()):
            if tuple([t.low for t in tokens[i : i + len(phrase)]]) == phrase:
                return i + len(phrase), None, None, True
    one = _count(tokens, i, w)
    if one is None:
        return None
    end, value = one
    if end + 1 < len(tokens) and tokens[end].low in {"-", "to", "or"}:
        other = None if _dated(tokens, i, end, value) else _count(tokens, end + 1, w)
        if other and other[1] > value and not _stopped(tokens, other[0]):
            return other[0], value, other[1], False
    if _stopped(tokens, end) or _dated(tokens, i, end, value):
        return None
    return end, value, value, False


def _between(tokens: Sequence[Token], i: int, w: _Words) -> tuple[int, int | None, int | None, bool] | None:
    """As in "between 5 and 7", "from 5 to 7"."""
    first = _count(tokens, i + 1, w)
    joint = "and" if tokens[i].low == "between" else "to"
    if first is None or first[0] >= len(tokens) or tokens[first[0]].low not in {joint, "to"}:
        return None
    second = _count(tokens, first[0] + 1, w)
    if (
        second is None
        or second[1] < first[1]
        or _stopped(tokens, second[0])
        or _dated(tokens, first[0] + 1, second[0], second[1])
    ):
        return None
    if first[1] in _YEAR and second[1] in _YEAR and second[1] - first[1] < 60 and first[1] > 1900:
        return None
    return second[0], first[1], second[1], False


def _count(tokens: Sequence[Token], i: int, w: _Words) -> tuple[int, int] | None:
    """End and value of one number in digits or words."""
    if i >= len(tokens):
        return None
    word = tokens[i].low
    if word[0].isdigit():
        return _digits(tokens, i, w)
    total, part, at, some = 0, 0, i, False
    while at < len(tokens):
        word = tokens[at].low
        value = _unit(word, w)
        if value is not None:
            if some and value >= 20 and part % 100:
                break
            part += value
        elif word in w.scales and (some or word != "dozen"):
            scale = w.scales[word]
            part = max(part, 1) * scale
            if scale >= 1000:
                total, part = total + part, 0
        elif not (
            word == "and"
            and some
            and part >= 100
            and at + 1 < len(tokens)
            and _unit(tokens[at + 1].low, w) is not None
        ):
            break
        some = True
        at += 1
        if value is not None and value < 10 and at < len(tokens) and _unit(tokens[at].low, w) is not None:
            break
    if not some or tokens[i].low in w.scales:
        return None
    return at, total + part


def _unit(word: str, w: _Words) -> int | None:
    """A number word below a hundred, "twenty-five" included."""
    if word in w.units:
        return w.units[word]
    if "-" not in word:
        return None
    tens, _, ones = word.partition("-")
    if ones and tens in w.units and ones in w.units and w.units[tens] >= 20 and w.units[ones] < 10:
        return w.units[tens] + w.units[ones]
    return None


# More than all people of the earth in digits and commas: a serial number, no count, and more than a float may hold.
LONGEST = 15


def _digits(tokens: Sequence[Token], i: int, w: _Words) -> tuple[int, int] | None:
    match = _DIGITS.fullmatch(tokens[i].low)
    if match is None or len(match[0]) > LONGEST:
        return None
    text = match[0].replace(",", "")
    end, scale = i + 1, 1
    # "158 000 people": the thousands stand apart
    while match[0].isdigit() and len(match[0]) <= 3 and end < len(tokens) and _apart(tokens, end):
        text += tokens[end].low
        end += 1
    if end < len(tokens) and tokens[end].low in {"million", "thousand", "billion", "hundred"}:
        scale = w.scales[tokens[end].low]
        end += 1
    # "1.200" is a thousand two hundred in some wires; three figures after one dot and no scale
    if "." in text and scale == 1:
        if re.fullmatch(r"\d{1,3}\.\d{3}", text):
            return end, int(text.replace(".", ""))
        return None
    return end, round(float(text) * scale)


def _apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is three figures one blank behind the number before it."""
    word = tokens[at].low
    return len(word) == 3 and word.isdigit() and tokens[at - 1].end + 1 == tokens[at].start


def _stopped(tokens: Sequence[Token], end: int) -> bool:
    """Whether what follows makes it no count: a unit, a clock time, an age, a model name."""
    if end >= len(tokens):
        return False
    word = tokens[end].low
    if word.startswith(("year-old", "month-old", "week-old", "day-old")):
        return True  # "78 year-old"
    if word == "-" and tokens[end - 1].end == tokens[end].start:
        after = tokens[end + 1].low if end + 1 < len(tokens) else ""
        # "12-year-old", "20-minute", "3-0", "12- and 10-year-old"; but "5 -- all of them" keeps the count
        if after in {"and", "or", "to"} and tokens[end + 2 : end + 3] and tokens[end + 2].low[0].isdigit():
            return tokens[end + 3 : end + 4] != [] and tokens[end + 3].low == "-"
        return tokens[end].end == (tokens[end + 1].start if end + 1 < len(tokens) else -1) and after != "-"
    if (
        word == ":"
        and end + 1 < len(tokens)
        and tokens[end + 1].low[0].isdigit()
        and tokens[end].end == tokens[end + 1].start
    ):
        return True
    if word in {"hundred", "thousand"}:
        return False
    return _UNITS.fullmatch(word) is not None


# Signs and words before a number that make it a price, an age or a serial number.
_SERIAL = frozenset(
    "$ € £ no number nos # aged age ages image photo picture slide page part flight route highway article room channel group".split()
)
# Words before four digits that make them a year.
_IN_YEAR = frozenset("in since of until by from during after before , and to early late mid".split())


def _dated(tokens: Sequence[Token], i: int, end: int, value: int) -> bool:
    """Whether the number is a day, a year, an age, a price or a serial number."""
    before = tokens[i - 1].low if i else ""
    earlier = tokens[i - 2].low if i > 1 else ""
    after = tokens[end].low if end < len(tokens) else ""
    if before in _SERIAL or (before == "." and earlier in {"no", "nos"}):
        return True
    if before == ":" and earlier[:1].isdigit() and tokens[i - 1].end == tokens[i].start:
        return True  # "0:16"
    if not (tokens[i].low[0].isdigit() and end == i + 1):
        return False
    month_before, month_after = before.rstrip(".") in MONTHS, after.rstrip(".") in MONTHS
    if value <= LAST_DAY and (month_before or month_after):
        return not (after == "may" and end + 1 < len(tokens) and tokens[end + 1].low in {"have", "be"})
    if value <= LAST_DAY and before == "." and earlier in MONTHS:
        return True
    if value not in _YEAR or value < FIRST_YEAR or "," in tokens[i].low:
        return False
    return (
        before in _IN_YEAR or month_before or not before or before.isdigit() or after in {".", ",", ")", ""}
    )
