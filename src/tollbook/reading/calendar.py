"""The rules that turn a matched time expression into days; pure arithmetic over a calendar."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tollbook.rules import table


class Moment(NamedTuple):
    """The days that an expression names; ``full`` when it carries its own year."""

    date_from: date | None
    date_to: date | None
    kind: str = "on"
    grain: str = "day"
    full: bool = False


Parts = re.Match[str]
Rule = Callable[[Parts, date | None, Moment | None, int | None], Moment | None]

_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3653}
_THIRDS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "start": (1, 10),
    "beginning": (1, 10),
    "end": (21, 31),
}


def number_of(words: str | None, default: int = 1) -> int:
    """A count in digits or words."""
    if not words:
        return default
    word = words.strip().removesuffix(" of").removeprefix("a ")
    counts: Mapping[str, int] = table("en", "time")["counts"]
    return int(word) if word.isdigit() else counts.get(word, default)


def _month(parts: Parts) -> int | None:
    """The month named in a match, 1 to 12."""
    return month_of(parts.group())


def month_of(words: str) -> int | None:
    """The month that words name, 1 to 12."""
    named = _MONTH.search(words)
    return table("en", "time")["months"].get(named[1]) if named else None


_MONTH = re.compile(r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")


def weekday_of(words: str) -> int:
    """The weekday that words name, 0 for Monday."""
    return int(table("en", "time")["weekdays"][words[:3]])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(words: str) -> int:
    digits = int(words.strip("'"))
    return digits if digits > 99 else 1900 + digits


def _last(month: int, day: int, today: date | None, year: int | None) -> date | None:
    """The last such day on or before today; without a today, that of the year the text last named."""
    if today is None:
        return _date(year, month, day) if year else None
    found = _date(today.year, month, day)
    if found is None or found > today:
        found = _date(today.year - 1, month, day)
    return found


def ends(year: int, month: int, third: str | None) -> tuple[date, date]:
    """First and last day of a month, or of its early, middle or late third."""
    last = months.monthrange(year, month)[1]
    words = (third or "").split()
    a, b = next((_THIRDS[w] for w in words if w in _THIRDS), (1, last))
    return date(year, month, a), date(year, month, min(b, last))


def iso(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A date in figures, its order known from the form."""
    del today, last, year
    found = _date(int(parts["y"][:4]), int(parts["m"]), int(parts["d"]))
    return Moment(found, found, full=True) if found else None


def day(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A day of a month, with its year or the last one."""
    del last
    month = _month(parts)
    number = int(re.sub(r"\D", "", parts["d"]))
    if month is None:
        return None
    found = _date(_year(parts["y"]), month, number) if parts["y"] else _last(month, number, today, year)
    return Moment(found, found, full=bool(parts["y"])) if found else None


def days(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Two days of one month."""
    del last
    month = _month(parts)
    first, second = (int(re.sub(r"\D", "", parts[k])) for k in ("d1", "d2"))
    if month is None or first >= second:
        return None
    if parts["y"]:
        a, b = (_date(int(parts["y"]), month, n) for n in (first, second))
    else:
        b = _last(month, second, today, year)
        a = _date(b.year, month, first) if b else None
    return Moment(a, b, grain="spell", full=bool(parts["y"])) if a and b else None


def pair(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Two days in figures, day before month, the later one the last such day."""
    del last
    b = _last(int(parts["m2"]), int(parts["d2"]), today, year)
    a = _last(int(parts["m1"]), int(parts["d1"]), b, None) if b else None
    return Moment(a, b, grain="spell") if a and b else None


def month(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A month, or a third of it, with its year or the last one."""
    del last
    number = _month(parts)
    if number is None:
        return None
    named = parts.groupdict()
    if named.get("y"):
        found = int(named["y"])
    elif today is None:
        if year is None:
            return None
        found = year
    elif named.get("lastyear") is not None:
        found = today.year - 1
    else:
        # "mid-November" on the 1st of November is that of the year before
        found = today.year - (ends(today.year, number, named.get("third"))[0] > today)
    a, b = ends(found, number, named.get("third"))
    if today and a <= today < b:
        b = today
    return Moment(a, b, grain="month", full=bool(named.get("y")))


def whole_year(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A year, up to today when it is still running."""
    del last, year
    number = int(parts["y"])
    a, b = date(number, 1, 1), date(number, 12, 31)
    if today and a > today:
        return None
    return Moment(a, min(b, today) if today else b, grain="year", full=True)


def weekday(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The last such weekday on or before today; "last Friday" said on a Friday is a week ago."""
    del last, year
    if today is None:
        return None
    back = (today.weekday() - weekday_of(parts["w"])) % 7
    if parts["next"]:
        found = today + timedelta(days=7 - back)
        return Moment(found, found, kind="future")
    if parts["past"] and back == 0:
        back = 7
    found = today - timedelta(days=back)
    return Moment(found, found)


def weekdays(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Two weekdays, the first on or before the second: a spell, or a night."""
    del last, year
    if today is None:
        return None
    end = today - timedelta(days=(today.weekday() - weekday_of(parts["w2"])) % 7)
    start = end - timedelta(days=(end.weekday() - weekday_of(parts["w1"])) % 7)
    return Moment(start, end, grain="spell")


def ago(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """So long before today: a day, or a whole month or year where the unit is that coarse."""
    del last, year
    if today is None:
        return None
    count, unit = number_of(parts["n"]), parts["unit"].rstrip("s")
    if unit in {"year", "decade"}:
        number = today.year - count * (10 if unit == "decade" else 1)
        return Moment(date(number, 1, 1), date(number, 12, 31), grain="year") if number > 0 else None
    if unit == "month":
        index = today.year * 12 + today.month - 1 - count
        a, b = ends(index // 12, index % 12 + 1, None)
        return Moment(a, b, grain="month")
    found = today - timedelta(days=int(count * _DAYS[unit]))
    return Moment(found, found, grain="about")


def window(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A spell up to today ("the past 24 hours"), or the calendar unit before ("last month")."""
    del last, year
    if today is None:
        return None
    words, unit = parts.group(), parts["unit"]
    if parts["n"] in {"few", "several", "many"}:
        return Moment(today if unit == "hour" else None, today, kind="past", grain="spell")
    if (
        not parts["n"]
        and not words.startswith("the ")
        and unit in {"week", "month", "year"}
        and "past" not in words
    ):
        return _before(today, unit)
    if unit in {"decade", "year"}:
        count = number_of(parts["n"]) * (10 if unit == "decade" else 1)
        back = today.year - count
        start = _date(back, today.month, today.day) or _date(back, today.month, 28)
        return Moment(start, today, kind="past", grain="spell")
    span = max(1, round(number_of(parts["n"]) * _DAYS[unit]))
    return Moment(today - timedelta(days=span), today, kind="past", grain="spell")


def _before(today: date, unit: str) -> Moment:
    """The week, month or year before the one that today stands in."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7)
        return Moment(monday, monday + timedelta(days=6), grain="week")
    if unit == "month":
        end = today.replace(day=1) - timedelta(days=1)
        return Moment(end.replace(day=1), end, grain="month")
    return Moment(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), grain="year")


def spell(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """So many days of fighting, today being the last."""
    del last, year
    if today is None:
        return None
    span = number_of(parts["n"]) * int(_DAYS[parts["unit"]])
    return Moment(today - timedelta(days=span - 1), today, kind="past", grain="spell")


def nth(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The nth day of an event: it began n - 1 days ago."""
    del last, year
    if today is None:
        return None
    ordinals: Mapping[str, int] = table("en", "time")["ordinals"]
    count = ordinals[parts["o"]] if parts["o"] else int(parts["on"])
    span = (count - 1) * int(_DAYS[parts["unit"]])
    return Moment(today - timedelta(days=span), today, kind="since", grain="spell")


def _shift(last: Moment | None, today: date | None, by: int) -> Moment | None:
    """A day so many days from the one last named, or from today."""
    base = last.date_from if last and last.date_from else today
    if base is None:
        return None
    found = base + timedelta(days=by)
    return Moment(found, found) if today is None or found <= today else None


def before(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The day before the one last named."""
    del parts, year
    return _shift(last, today, -1)


def earlier(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """So many days before the one last named."""
    del year
    return _shift(last, today, -number_of(parts["n"]) * int(_DAYS[parts["unit"].rstrip("s")]))


def later(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """So many days after the one last named."""
    del year
    if last is None:
        return None
    return _shift(
        last, today, 1 if parts["one"] is not None else number_of(parts["n"]) * int(_DAYS[parts["unit"]])
    )


def same(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The days last named."""
    del parts, year
    if last is None:
        return Moment(today, today) if today else None
    return Moment(last.date_from, last.date_to, grain=last.grain)


def this_day(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Today."""
    del parts, last, year
    return Moment(today, today) if today else None


def yesterday(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The day before today."""
    del parts, last, year
    return Moment(today - timedelta(days=1), today - timedelta(days=1)) if today else None


def overnight(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The night to today."""
    del parts, last, year
    return Moment(today - timedelta(days=1), today, grain="night") if today else None


def this_period(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The running week (from Monday), month or year, up to today."""
    del last, year
    if today is None:
        return None
    unit = parts["unit"] or parts["inunit"] or parts["startunit"]
    starts = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(month=1, day=1),
    }
    return Moment(starts[unit], today, grain=unit)


def weekend(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The last Saturday and Sunday, or the running weekend up to today."""
    del parts, last, year
    if today is None:
        return None
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    return Moment(saturday, min(saturday + timedelta(days=1), today), grain="weekend")


def recent(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Some time up to today."""
    del parts, last, year
    return Moment(None, today, kind="past", grain="spell") if today else None


def onset(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """Since an event began: which day that was is known only from the rest of the text."""
    del last, year
    since = parts.group().startswith(("since", "from"))
    return Moment(None, today, kind="since" if since else "outset", grain="spell")


def outset(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """The first hours of an event: its first day, known only from the rest of the text."""
    del parts, today, last, year
    return Moment(None, None, kind="outset")


def since_then(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """From the days last named up to today."""
    del parts, year
    return Moment(
        last.date_from if last else None, today, kind="since", grain=last.grain if last else "spell"
    )
