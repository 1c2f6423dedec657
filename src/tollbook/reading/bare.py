"""``days``: the days that a bare time expression names ("last Tuesday", "1989", "early March"), or none.

In a report an expression dates a claim, which lies behind the day of publication; alone it may lie on either
side of it, and "this year" is the year. What may mean two things gives no answer.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from tollbook.reading.calendar import month_of, number_of, weekday_of
from tollbook.reading.when import expand, expressions
from tollbook.text import Document

Days = tuple[date | None, date | None]
NONE: Days = (None, None)

# The words for months, weekdays and counts are those by which reports are read.
_MONTH, _WEEKDAY = expand("(?:{MON})"), expand("(?:{WD}|{WDS})")
_EDGE = r"(?:(?:early|late|later|earlier|mid|middle|beginning|end|start)[ -](?:in |of )?(?:the )?)?"
_PART = r"(?: (?:morning|afternoon|evening|night|noon|midnight|night local time))?"
_YEAR = re.compile(rf"{_EDGE}(?:(?:the|fiscal|calendar) )?(?:year )?((?:1[5-9]|20)\d\d)")
_DECADE = re.compile(r"(?:the )?(?:early |late |mid-?)?((?:1[5-9]|20)\d0)'?s")
_SHORT_YEAR = re.compile(r"'(\d\d)")
_NAMED = re.compile(rf"{_EDGE}(?:the month of )?({_MONTH})(?:,? (?:of )?((?:1[5-9]|20)\d\d))?")
_DAY = re.compile(
    rf"(?:(?:{_WEEKDAY}),? )?(?:the )?(?:({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}))"
    rf"(?:,? ((?:1[5-9]|20)\d\d))?{_PART}"
)
_YEARS = re.compile(r"((?:1[5-9]|20)\d\d)(?:-|/| to )((?:1[5-9]|20)\d\d|\d\d)")
_ISO = re.compile(r"((?:1[5-9]|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?:t[\d:.z+-]*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:1[5-9]|20)?\d\d)")
_LAST = re.compile(rf"(?:(last) ({_MONTH})|({_MONTH}) (?:of )?(last|this) year)")
_FEAST = re.compile(r"(christmas|new year'?s|independence|valentine'?s)(?: (?:day|eve))?")
_RELATIVE = re.compile(
    rf"{_EDGE}(?:the )?(last|past|previous|this|current|same|next|coming|following) (year|month|day){_PART}"
)
_AGO = re.compile(
    r"(?:about |some |almost |nearly )?(\d{1,3}|\w+) (day|week|month|year)s? (ago|earlier|before|from now|later)"
)
_ON = re.compile(rf"(?:(last|this|next|past|early|late|on) )?({_WEEKDAY}){_PART}")
_NOW = re.compile(
    rf"(?:(?:early|late|later|earlier) )?(today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night|overnight|the day before yesterday|the day after tomorrow){_PART}"
)
# A year of two figures is of this century up to that far ahead of the day of publication.
AHEAD = 10
# How much farther a day to come is than one that has been.
TILT = 2.5


def days(mention: str, published: date | None = None) -> Days:
    """First and last day of what the expression names; (None, None) where it names no days or cannot be resolved.

    Args:
        mention: the expression as written, nothing else.
        published: the day from which "yesterday" is counted.
    """
    text = re.sub(r"[\s\u2010-\u2015]+", lambda m: " " if m[0].isspace() else "-", mention.lower()).strip(
        " ,;:"
    )
    text = (
        text.replace("\u2019", "'")
        .removeprefix("on ")
        .removeprefix("in ")
        .removesuffix(".")
        .removesuffix("'s")
    )
    for reader in (_absolute, _yearless, _counted):
        try:
            found = reader(text, published)
        except (OverflowError, ValueError):  # before the first day of the calendar, or behind its last
            return NONE
        if found is not None:
            return found
    return _read(mention, published)


def _absolute(text: str, published: date | None) -> Days | None:
    """What needs no day of publication: a year, a decade, a month or day with its year."""
    if match := _YEAR.fullmatch(text):
        return _year(int(match[1]))
    if match := _DECADE.fullmatch(text):
        return date(int(match[1]), 1, 1), date(int(match[1]) + 9, 12, 31)
    if match := _YEARS.fullmatch(text):
        return _years(match[1], match[2])
    if match := _SHORT_YEAR.fullmatch(text):
        return _year(_full(int(match[1]), published))
    if (match := _NAMED.fullmatch(text)) and match[2]:
        return _month(int(match[2]), _named(match[1]))
    if (match := _DAY.fullmatch(text)) and match[5]:
        return _day(int(match[5]), _named(match[1] or match[4]), int(match[2] or match[3]))
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHED.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        year = int(match[3]) if len(match[3]) > 2 else _full(int(match[3]), published)
        if first > LAST_MONTH >= second or first == second:
            return _day(year, second, first)
        # both orders are possible: only a date whose second number is no month can be read
        return _day(year, first, second) if second > LAST_MONTH >= first else NONE
    return None


LAST_MONTH = 12


def _yearless(text: str, published: date | None) -> Days | None:
    """A month, a day or a feast without its year: the one that lies nearest to publication."""
    if match := _NAMED.fullmatch(text):
        if published is None:
            return NONE
        month = _named(match[1])
        years = (published.year - 1, published.year, published.year + 1)
        return _month(
            min(years, key=lambda y: _far((y - published.year) * 12 + month - published.month)), month
        )
    if (match := _LAST.fullmatch(text)) and published is not None:
        month = _named(match[2] or match[3])
        year = (
            published.year - (month >= published.month) if match[1] else published.year - (match[4] == "last")
        )
        return _month(year, month)
    if match := _DAY.fullmatch(text):
        return _nearest(_named(match[1] or match[4]), int(match[2] or match[3]), published)
    if match := _FEAST.fullmatch(text):
        feast = {"c": (12, 25), "n": (1, 1), "v": (2, 14)}.get(match[1][0])
        if feast is None or text.endswith("eve"):
            return _nearest(12, 24 if text.startswith("c") else 31, published) if feast else NONE
        return _nearest(*feast, published)
    return None


def _counted(text: str, published: date | None) -> Days | None:
    """What is counted from the day of publication."""
    match = _RELATIVE.fullmatch(text) or _AGO.fullmatch(text) or _ON.fullmatch(text) or _NOW.fullmatch(text)
    if match is None:
        return None
    if published is None:
        return NONE
    if match.re is _RELATIVE:
        return _unit(match[2], {"l": -1, "p": -1, "n": 1}.get(match[1][0], 0), published, match[1])
    if match.re is _AGO:
        count = number_of(match[1], 0)
        return (
            _unit(match[2], count if match[3] in {"from now", "later"} else -count, published, "")
            if count
            else NONE
        )
    if match.re is _ON:
        back = (published.weekday() - weekday_of(match[2])) % 7
        if match[1] == "next":
            return _one(published + timedelta(days=(7 - back) % 7 or 7))
        return _one(published - timedelta(days=back or (7 if match[1] in {"last", "past"} else 0)))
    shift = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return NONE if match[1] == "overnight" else _one(published + timedelta(days=shift.get(match[1], 0)))


def _unit(unit: str, steps: int, published: date, word: str) -> Days:
    """The day, month or year so many steps from that of publication; weeks are no calendar unit."""
    try:
        if unit == "day":
            return NONE if word else _one(published + timedelta(days=steps))
        if unit == "year":
            return (
                NONE if word in {"following", "coming", "previous", "same"} else _year(published.year + steps)
            )
        if unit == "month":
            months = published.year * 12 + published.month - 1 + steps
            return (
                NONE if word in {"following", "previous", "same"} else _month(months // 12, months % 12 + 1)
            )
    except (ValueError, OverflowError):
        pass
    return NONE


def _named(words: str) -> int:
    """The month that words of a month name."""
    return month_of(words) or 0


def _read(mention: str, published: date | None) -> Days:
    """What the reader of reports makes of it, where it reads the whole of it and only one thing."""
    document = Document(mention, "", published)
    found = [w for s in document.sentences for w in expressions(document, s)]
    if len(found) != 1 or found[0].end - found[0].start < 0.6 * len(mention.strip()):
        return NONE
    return found[0].date_from, found[0].date_to


def _full(short: int, published: date | None) -> int:
    ahead = (published.year if published else 2025) + AHEAD
    return short + (ahead // 100 * 100 if short <= ahead % 100 else ahead // 100 * 100 - 100)


def _nearest(month: int, day: int, published: date | None) -> Days:
    if published is None:
        return NONE
    found = [
        d for y in (published.year - 1, published.year, published.year + 1) if (d := _day(y, month, day)[0])
    ]
    return _one(min(found, key=lambda d: _far((d - published).days))) if found else NONE


def _far(ahead: int) -> float:
    """How far a day lies off; reports speak of what has been rather than of what will be."""
    return ahead * TILT if ahead > 0 else -ahead


def _one(day: date) -> Days:
    return day, day


def _day(year: int, month: int, day: int) -> Days:
    try:
        return _one(date(year, month, day))
    except ValueError:
        return NONE


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _years(first: str, second: str) -> Days:
    """From one year to another; "2003-05" may be a month as well."""
    if len(second) == len("95") and int(second) <= LAST_MONTH:
        return NONE
    a, b = int(first), int(second if len(second) > len("95") else first[:2] + second)
    return (date(a, 1, 1), date(b, 12, 31)) if a < b else NONE


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


__all__ = ["days"]
