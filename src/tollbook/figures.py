"""Figures: low, best and high of a count, and the arithmetic that is honest about bounds.

An open end is None: ``low=None`` says nothing about the least (it is zero at worst), ``high=None``
nothing about the most. ``best`` is set only where a source or a rule gives one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of people with its bounds, and the words it was read from.

    Args:
        low: the least that is said, or None.
        best: the one number that is said, or None.
        high: the most that is said, or None.
        as_written: the number phrase of the source, empty for a computed figure.

    Raises:
        ValueError: a bound is negative, or low, best and high are not in order.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    as_written: str = ""

    def __post_init__(self) -> None:
        ends = [n for n in (self.low, self.best, self.high) if n is not None]
        if any(n < 0 for n in ends):
            raise ValueError(f"a count cannot be negative: {ends}")
        if ends != sorted(ends):
            raise ValueError(f"low, best and high are not in order: {ends}")

    @property
    def known(self) -> bool:
        """Whether anything at all is said about the number."""
        return not (self.low is None and self.best is None and self.high is None)

    @property
    def exact(self) -> bool:
        """Whether it is one number: low and high coincide."""
        return self.low is not None and self.low == self.high

    @property
    def floor(self) -> int:
        """The least it can be; zero when nothing is said."""
        return next((n for n in (self.low, self.best) if n is not None), 0)

    @property
    def ceiling(self) -> int | None:
        """The most it can be; None when it is open."""
        return self.high


NOTHING = Figure()


def exactly(number: int, as_written: str = "") -> Figure:
    """The figure of one number."""
    return Figure(number, number, number, as_written)


def between(low: int | None, high: int | None, as_written: str = "") -> Figure:
    """The figure of a range; its best is set when both ends are one number."""
    return Figure(low, low if low is not None and low == high else None, high, as_written)


def add(figures: Iterable[Figure]) -> Figure:
    """The sum of figures of different people; an open high stays open, a best needs every best."""
    low, best, high = 0, 0, 0
    has_best, has_high, some = True, True, False
    for f in figures:
        some = True
        low += f.floor
        has_best, has_high = has_best and f.best is not None, has_high and f.high is not None
        best += f.best or 0
        high += f.high or 0
    if not some:
        return NOTHING
    return Figure(low, best if has_best else None, high if has_high else None)


def widen(figures: Iterable[Figure]) -> Figure:
    """The smallest range that holds every figure; a best only where all agree on it."""
    known = [f for f in figures if f.known]
    if not known:
        return NOTHING
    low = min(f.floor for f in known)
    high = None if any(f.high is None for f in known) else max(f.high or 0 for f in known)
    bests = {f.best for f in known}
    best = bests.pop() if len(bests) == 1 else None
    return Figure(low, best, high)


def overlap(a: Figure, b: Figure) -> bool:
    """Whether one number can satisfy both figures."""
    low = max(a.floor, b.floor)
    return all(f.high is None or low <= f.high for f in (a, b))


_SHOWN = re.compile(r"(?:(\d*)\.\.(?:\((\d+)\)\.\.)?(\d*)|(\d+))")


def show(figure: Figure) -> str:
    """The figure in notation: ``373``, ``20..`` (at least), ``..30`` (up to), ``268..374``, ``268..(332)..374``.

    Nothing known is ``..``; what is written is not part of it.
    """
    if figure.exact and figure.best == figure.low:
        return str(figure.low)
    low = "" if figure.low is None else str(figure.low)
    high = "" if figure.high is None else str(figure.high)
    return f"{low}..{high}" if figure.best is None else f"{low}..({figure.best})..{high}"


def parse(text: str, as_written: str = "") -> Figure:
    """The figure that ``show`` wrote.

    Raises:
        ValueError: the text is no figure in notation.
    """
    match = _SHOWN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no figure: {text!r}; write 373, 20.., ..30, 268..374 or 268..(332)..374")
    low, best, high, exact = match.groups()
    if exact is not None:
        return exactly(int(exact), as_written)
    ends = [int(n) if n else None for n in (low, best, high)]
    return Figure(ends[0], ends[1], ends[2], as_written)
