"""Shares: what one incident adds to the tolls of everything it stands under, as numbers that can be added and taken away.

The toll of a war counts each incident once (``rollups``), so it is a sum, and a sum may be kept: when an incident
changes, the difference is added. An incident that speaks of an outcome but not of a group still adds to that group
(nobody at least; at most whom it gives to no group), and there is no end to the groups that it does not name. So what it
adds to any group whatever stands under ANY, and what it adds to a named one is the difference to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tollbook.codes import Outcome
from tollbook.figures import NOTHING, Figure
from tollbook.toll.sifting import OTHER
from tollbook.toll.stock import Piece
from tollbook.values import ALL

ANY = "any"  # no group is called so: parties are names, with a capital
_NOBODY = "\0"  # a group that nobody names


class Share(NamedTuple):
    """A sum of figures, so kept that one of them can be taken out again.

    Attributes:
        number: how many figures.
        low: the sum of the least.
        best: the sum of the best numbers.
        vague: how many have no best; one of them leaves the sum without.
        high: the sum of the most.
        open: how many have no most; one of them leaves the sum open.
    """

    number: int = 0
    low: int = 0
    best: int = 0
    vague: int = 0
    high: int = 0
    open: int = 0

    def plus(self, other: Share) -> Share:
        """Both together."""
        return Share(*(a + b for a, b in zip(self, other, strict=True)))

    def minus(self, other: Share) -> Share:
        """This one without the other."""
        return Share(*(a - b for a, b in zip(self, other, strict=True)))

    @property
    def figure(self) -> Figure:
        """The sum as a figure: what ``figures.add`` gives for the same figures."""
        if not self.number:
            return NOTHING
        return Figure(self.low, None if self.vague else self.best, None if self.open else self.high)


NONE = Share()
Key = tuple[Outcome, str]  # outcome and group, or ANY


def share(figure: Figure | None) -> Share:
    """One figure as a share; nothing for None."""
    if figure is None:
        return NONE
    return Share(
        1, figure.floor, figure.best or 0, figure.best is None, figure.high or 0, figure.high is None
    )


def shares(piece: Piece) -> dict[Key, Share]:
    """What an incident adds to the tolls that it stands under, by outcome and group."""
    found: dict[Key, Share] = {}
    for outcome, tolls in piece.tolls.items():
        rest = share(_of(piece, outcome, _NOBODY))
        found[outcome, ANY] = rest
        for group in {ALL, OTHER, *tolls}:
            found[outcome, group] = share(_of(piece, outcome, group)).minus(rest)
    return {key: added for key, added in found.items() if added != NONE}


def _of(piece: Piece, outcome: Outcome, group: str) -> Figure | None:
    mass = piece.mass(outcome, group)
    return None if mass is None else mass.figure


def total(kept: Mapping[str, Share], group: str) -> Figure:
    """The figure of a group, out of the sums kept for one outcome by group."""
    return kept.get(ANY, NONE).plus(kept.get(group, NONE)).figure


def summed(added: Iterable[Share]) -> Share:
    """All of them together."""
    found = NONE
    for one in added:
        found = found.plus(one)
    return found
