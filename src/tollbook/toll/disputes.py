"""Disagreements: origins whose standing figures of one outcome and group cannot both be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.toll.lots import Lot, contradict
from tollbook.toll.methods import BATCHES, expired
from tollbook.toll.sifting import OTHER
from tollbook.toll.telling import told_of
from tollbook.toll.tolls import incident_of
from tollbook.toll.wholes import elsewhere, least
from tollbook.values import Book


@dataclass(frozen=True, slots=True)
class Side:
    """One origin's figure in a disagreement.

    Attributes:
        origin: whose word it is.
        figure: what it says.
        day: the day it was first said.
        claims: ids of the claims that the figure is made of.
        computed: whether it is a sum, so that nobody said it as it stands.
    """

    origin: str
    figure: Figure
    day: date | None
    claims: tuple[str, ...]
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Standing figures of one outcome and group that cannot all be true, the lowest first."""

    incident: str
    outcome: Outcome
    group: str
    sides: tuple[Side, ...]


def disagreements(book: Book, incident_id: str, as_of: date | None = None) -> tuple[Disagreement, ...]:
    """The disagreements of an incident that stand on a day, by outcome, everybody before the groups.

    A figure that has expired, an episode beside a running total and figures of other days contradict nothing.
    Outcomes that come in batches (arrests, surrenders) are never in dispute by their numbers alone.

    Raises:
        TollError: there is no such incident.
    """
    incident = incident_of(book, incident_id)
    claims = book.of(incident)
    found: list[Disagreement] = []
    for outcome in Outcome:
        if outcome in BATCHES or not any(c.outcome is outcome for c in claims):
            continue
        told = told_of(book, incident, outcome, as_of)
        for group in (g for g in told.groups if g != OTHER):
            mine = [lot[group] for lot in told.lots if group in lot]
            sides = _sides([lot for lot in mine if expired(outcome, lot, mine) is None])
            if sides:
                found.append(Disagreement(incident, outcome, group, sides))
    return tuple(found)


def _sides(lots: Sequence[Lot]) -> tuple[Side, ...]:
    """The lots that contradict another one, the lowest first.

    What counts only some of a group (one voice's sum of parts, "two generals", "a boy") is a least: it contradicts a
    whole that it exceeds, and no whole that is larger.
    """
    bounds = [(lot, least(lot)) for lot in lots]
    found = [
        lot
        for lot, mine in bounds
        if any(
            contradict(mine, theirs) and not elsewhere(lot, other)
            for other, theirs in bounds
            if other is not lot
        )
    ]
    found.sort(key=lambda lot: (lot.figure.floor, lot.origin))
    return tuple(
        Side(lot.origin, lot.figure, lot.day, tuple(c.id for c in lot.claims), lot.computed) for lot in found
    )
