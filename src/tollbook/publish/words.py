"""Figures, days and names as a reader sees them: ``268 – 374``, ``20+``, ``≤30``, ``24 – 99 “dozens”``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from tollbook.codes import Outcome, Phase
from tollbook.figures import Figure
from tollbook.values import ALL

Pieces = tuple[tuple[str, bool], ...]  # text, and whether it stands out

_DASH = " – "
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+")

OUTCOMES = {
    Outcome.BODIES_FOUND: "bodies found",
    Outcome.BESIEGED: "besieged or trapped",
    Outcome.CASUALTIES: "killed or wounded",
    Outcome.IN_DISPLACEMENT: "displaced still",
    Outcome.INDIRECT_DEATHS: "dead of hunger, disease or cold",
    Outcome.EXCESS_DEATHS: "excess deaths (estimate)",
    Outcome.OTHER: "other harm",
}

PHASES = {
    Phase.BEGAN: "began",
    Phase.CONTINUES: "still going on",
    Phase.ENDED: "over",
    Phase.CONTROL_CHANGED: "changed hands",
    Phase.ANNOUNCED: "announced",
}


def count(number: int) -> str:
    """The number with its thousands parted."""
    return f"{number:,}"


def pieces(figure: Figure) -> Pieces:
    """The figure in pieces, the best one marked: low – **best** – high; an open end is ``20+`` or ``≤30``."""
    low, best, high = figure.low, figure.best, figure.high
    if not figure.known:
        return (("–", False),)
    if figure.exact:
        return ((count(low or 0), True),)
    if best is None:
        return ((_range(low, high, figure.as_written), False),)
    parts: list[tuple[str, bool]] = []
    if low is not None and low != best:
        parts += [(count(low) + _DASH, False)]
    parts.append((count(best), True))
    if high is None:
        parts.append(("+" if low == best else f"{_DASH}…", False))
    elif high != best:
        parts.append((_DASH + count(high), False))
    if low is None and high is not None and high == best:
        return ((f"≤{count(best)}", True),)
    return tuple(parts)


def _range(low: int | None, high: int | None, as_written: str) -> str:
    if low is None:
        return f"≤{count(high or 0)}"
    if high is None:
        # "More than 370" is kept as 371 at least; people read the number that was said.
        written = as_written.replace(",", "")
        return f">{count(low - 1)}" if low and str(low - 1) in _NUMBERS.findall(written) else f"{count(low)}+"
    return f"{count(low)}{_DASH}{count(high)}"


def vague(figure: Figure) -> str:
    """The word of the source for a number without digits ("dozens"), or empty."""
    word = figure.as_written.strip()
    if not word or _DIGIT.search(word) or figure.exact or len(word) > 40:
        return ""
    return word


def plain(figure: Figure) -> str:
    """The figure in one string, the vague word beside it."""
    text = "".join(text for text, _ in pieces(figure))
    word = vague(figure)
    return f"{text} “{word}”" if word else text


def delta(before: Figure, after: Figure) -> str:
    """By how much a figure moved, signed; empty where that is not one number."""
    one, other = _point(before), _point(after)
    if one is None or other is None or one == other:
        return ""
    return f"{'+' if other > one else '−'}{count(abs(other - one))}"


def _point(figure: Figure) -> int | None:
    return figure.best if figure.best is not None else figure.low if figure.exact else None


def day(value: date | None) -> str:
    """The day as ``Sun 30 Jan 2022``; "undated" where nobody knows."""
    return f"{value:%a} {value.day} {value:%b} {value.year}" if value else "undated"


def short_day(value: date) -> str:
    """The day as ``30 Jan``."""
    return f"{value.day} {value:%b}"


def window(start: date | None, end: date | None) -> str:
    """A span of days as ``20–30 Jan 2022``."""
    if start is None or end is None or start == end:
        one = start or end
        return f"{one.day} {one:%b} {one.year}" if one else "undated"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b} {end.year}"
    if start.year == end.year:
        return f"{short_day(start)} – {short_day(end)} {end.year}"
    return f"{short_day(start)} {start.year} – {short_day(end)} {end.year}"


def moment(value: datetime) -> str:
    """The moment with its zone: ``Sun 30 Jan 2022, 14:05 UTC``."""
    zone = value.tzname() or "no zone given"
    return f"{day(value.date())}, {value:%H:%M} {zone}"


def outcome(value: Outcome) -> str:
    """The outcome in words."""
    return OUTCOMES.get(value, str(value).replace("_", " "))


def group(value: str) -> str:
    """The group in words: a toll of everybody is "everyone"."""
    return "everyone" if value == ALL else value


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
