"""The rules for stretches of months, years, halves and quarters; pure arithmetic over a calendar."""

from __future__ import annotations

from datetime import date

from tollbook.reading.calendar import Moment, Parts, ends, month_of, number_of

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_MONTHS = {"half": 6, "quarter": 3, "month": 1}
YEAR = 12


def months(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """From one month to another, the second carrying the year of both where the first has none."""
    del last
    first, second = month_of(parts["m1"]), month_of(parts["m2"])
    if first is None or second is None:
        return None
    full = bool(parts["y2"])
    if full:
        until = int(parts["y2"])
    elif today is not None:
        until = today.year - (ends(today.year, second, parts["t2"])[0] > today)
    elif year is not None:
        until = year
    else:
        return None
    since = int(parts["y1"]) if parts["y1"] else until - (first > second)
    a, b = ends(since, first, parts["t1"])[0], ends(until, second, parts["t2"])[1]
    if a > b or (today is not None and a > today):
        return None
    return Moment(a, _until(b, today), grain="spell", full=full)


def years(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """From one year to another, both included; the second may be written with two digits."""
    del last, year
    first, second = parts["y1"] or parts["y3"], parts["y2"]
    a, b = int(first), int(second if len(second) > 2 else first[:2] + second)
    if a > b or (today is not None and a > today.year):
        return None
    return Moment(date(a, 1, 1), _until(date(b, 12, 31), today), grain="spell", full=True)


def part(parts: Parts, today: date | None, last: Moment | None, year: int | None) -> Moment | None:
    """A half, a quarter, or so many months at the start or the end of a year."""
    del last
    if parts["y"]:
        of = int(parts["y"])
    elif today is not None:
        of = today.year - parts["whose"].startswith(("last", "the prev"))
    elif year is not None:
        of = year
    else:
        return None
    span = _MONTHS[parts["unit"]] * number_of(parts["n"])
    order = _ORDER.get(parts["o"])
    end = YEAR if order is None else span * order
    if not span <= end <= YEAR:
        return None
    a, b = date(of, end - span + 1, 1), ends(of, end, None)[1]
    if today is not None and a > today:
        return None
    return Moment(a, _until(b, today), grain="spell", full=bool(parts["y"]))


def _until(last: date, today: date | None) -> date:
    """The end of a stretch, which is never after the day it is told on."""
    return last if today is None else min(last, today)
