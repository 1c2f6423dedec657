"""The rules of time expressions by the names that the table calls them by."""

from __future__ import annotations

from collections.abc import Mapping

from tollbook.reading import calendar, stretches
from tollbook.reading.calendar import Rule

RULES: Mapping[str, Rule] = {
    "iso": calendar.iso, "american": calendar.iso, "european": calendar.iso, "day": calendar.day, "days":
    calendar.days, "pair": calendar.pair, "month": calendar.month, "year": calendar.whole_year, "weekday":
    calendar.weekday, "weekdays": calendar.weekdays, "nights": calendar.weekdays, "ago": calendar.ago,
    "window": calendar.window, "spell": calendar.spell, "nth": calendar.nth, "before": calendar.before,
    "earlier": calendar.earlier, "later": calendar.later, "same": calendar.same, "thisday":
    calendar.this_day, "yesterday": calendar.yesterday, "overnight": calendar.overnight, "thisperiod":
    calendar.this_period, "weekend": calendar.weekend, "recent": calendar.recent, "onset": calendar.onset,
    "outset": calendar.outset, "since": calendar.since_then,
    "months": stretches.months, "years": stretches.years, "part": stretches.part,
}  # fmt: skip
