"""The tolls of an incident as rows: by a method or by all of them, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tollbook import toll as reckoning
from tollbook.codes import Outcome
from tollbook.toll import METHODS, Method
from tollbook.values import ALL, Book, Toll
from tollbook.views.plain import plain

EVERY = "all"  # every method, side by side


class By(StrEnum):
    """What the lines of the table are gathered under."""

    OUTCOME = "outcome"
    PARTY = "party"
    ORIGIN = "origin"
    INCIDENT = "incident"
    PLACE = "place"
    COUNTRY = "country"
    MONTH = "month"
    DAY = "day"


def every(
    book: Book, incident: str, until: date | None, methods: Mapping[str, Method] = METHODS
) -> list[Toll]:
    """The tolls of an incident by every method that takes no source, those of one outcome and group together."""
    names = [name for name, method in methods.items() if not method.policy.takes]
    found = [t for m in names for t in reckoning.table(book, incident, m, until, methods=methods)]
    outcomes = list(Outcome)
    return sorted(found, key=lambda t: (outcomes.index(t.outcome), t.group != ALL, t.group))


def reckoned(
    book: Book,
    incident: str,
    method: str,
    until: date | None,
    by: By = By.OUTCOME,
    methods: Mapping[str, Method] = METHODS,
) -> list[Toll]:
    """The tolls of an incident in the order of the table; by origin, one for each voice's own word."""
    if by is By.ORIGIN:
        voices = sorted({book.origin_of[c.id] for c in book.of(incident) if c.id in book.origin_of})
        tolls = [t for v in voices for t in reckoning.table(book, incident, f"source:{v}", until)]
        return [t for t in tolls if t.figure.known]
    tolls = [
        t for t in reckoning.table(book, incident, method, until, methods=methods) if t.used or t.figure.known
    ]
    outcomes = list(Outcome)
    if by is By.PARTY:
        return sorted(tolls, key=lambda t: (t.group == ALL, t.group, outcomes.index(t.outcome)))
    return sorted(tolls, key=lambda t: (outcomes.index(t.outcome), t.group != ALL, t.group))


def data(toll: Toll) -> dict[str, object]:
    """A toll as JSON has it."""
    return {
        "incident": toll.incident,
        "outcome": toll.outcome,
        "group": toll.group,
        "method": toll.method,
        **{name: getattr(toll.figure, name) for name in ("low", "best", "high")},
        "may_rise": toll.may_rise,
        "rule": toll.rule,
        "why": toll.why,
        "digest": toll.digest,
        "used": [plain(use) for use in toll.used],
        "aside": [plain(use) for use in toll.aside],
    }


def row(toll: Toll) -> dict[str, object]:
    """A toll as a list of them has it: with whose word it rests on."""
    return {**data(toll), "origins": list(toll.origins)}
