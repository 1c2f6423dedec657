"""Wording: a figure, a group and a day as one says them in a sentence to an editor."""

from __future__ import annotations

from datetime import date

from tollbook.figures import Figure
from tollbook.values import ALL


def words(figure: Figure) -> str:
    """The figure as one says it: ``373``, ``268 to 374``, ``at least 371``, ``up to 25``."""
    low, high = figure.low, figure.high
    if not figure.known:
        return "no figure"
    if low is not None and low == high:
        return f"{low:,}"
    best = "" if figure.best is None else f", most likely {figure.best:,}"
    if high is None:
        return f"at least {figure.floor:,}" if low is not None else f"about {figure.best:,}"
    return f"up to {high:,}{best}" if not low else f"{low:,} to {high:,}{best}"


def people(group: str) -> str:
    """The group as one says it after a number of dead: nothing for everybody."""
    return "everybody" if group == ALL else group


def on(day: date | None) -> str:
    """The day in a sentence, or nothing where nobody knows it."""
    return f" on {day.day} {day:%B %Y}" if day else ""
