"""Days: how a toll stood at the end of each day, told once and not anew for every day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome, Unit
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.hearing import hear
from tollbook.toll.sifting import day_of
from tollbook.toll.telling import Telling
from tollbook.toll.tolls import Methods, chosen, incident_of, one
from tollbook.toll.transfers import leavers, less
from tollbook.toll.units import unit_of
from tollbook.values import ALL, Book, Toll, Use


def history(
    book: Book,
    incident_id: str,
    outcome: Outcome,
    group: str = ALL,
    method: str = "strict",
    *,
    methods: Methods = METHODS,
) -> tuple[tuple[date, Toll], ...]:
    """The toll as it stood at the end of each day on which something was said of this outcome.

    Raises:
        TollError: as ``compute``.
    """
    incident = incident_of(book, incident_id)
    unit = unit_of(group)
    spoken = [
        c for c in book.of(incident) if c.outcome is outcome and (unit is Unit.PERSON or c.unit is unit)
    ]
    gone = leavers(book.of(incident), outcome)
    days = sorted({d for c in (*spoken, *gone) if (d := day_of(book, c)) is not None})
    if not days:
        return ()
    rule, name = chosen(book, method, methods)
    telling, found = Telling(outcome), list[tuple[date, Toll]]()
    kept, aside = hear(book, spoken, date.max, rule.policy, unit)
    claims, uses = defaultdict[date, list[Claim]](list), defaultdict[date, list[Use]](list)
    when = {c.id: day_of(book, c) or date.min for c in spoken}
    for claim in kept:
        claims[when[claim.id]].append(claim)
    for use in aside:
        uses[when[use.claim]].append(use)
    telling.add(book, claims[date.min], uses[date.min])
    for day in days:
        telling.add(book, claims[day], uses[day])
        told = telling.account()
        told = replace(told, lots=less(book, told.lots, gone, day)) if gone else told
        found.append((day, one(book, incident, told, group, rule, name)))
    return tuple(found)
