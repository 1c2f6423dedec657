"""The verb toll: the running figure of an incident, low, best and high, with whose word it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from tollbook.checks.scope import upto
from tollbook.cli import given, landing, screen, wider
from tollbook.codes import Level
from tollbook.toll import EVERYTHING, Method, Under
from tollbook.values import ALL, Book, Toll
from tollbook.views import tolls as listed
from tollbook.views.tolls import EVERY, By


def toll(
    incident: given.Which = None,
    *,
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    method: Annotated[
        str,
        typer.Option(
            help="How standing claims become a figure; see tollbook methods. all: every one, side by side."
        ),
    ] = "strict",
    by: Annotated[By, typer.Option(help="What the lines are gathered under.")] = By.OUTCOME,
    whole: Annotated[bool, typer.Option("--all", help="Of the whole book.")] = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print the toll of an incident, a campaign or a war, and whose word it is.

    Every outcome and group with low, best and high; by day, the day on which people died as against the day on which
    it was told. Without INCIDENT it is the one with the most claims. Of a campaign or a war it is what stands under it,
    each incident once, with what summary reports add.
    """
    book, methods = given.book(box, known_at), given.methods(box)
    until = given.day(as_of)
    if whole and incident is not None:
        raise given.MistakeError("name an incident or ask for the whole book with --all, not both")
    chosen = EVERYTHING if whole else given.largest(book, incident)
    if by is By.DAY:
        landing.by_day(upto(book, until), chosen, json=json)
        return
    wide = chosen == EVERYTHING or book.incidents[chosen].level is not Level.INCIDENT
    if wide or by in {By.INCIDENT, By.PLACE, By.COUNTRY, By.MONTH}:
        _wide(book, chosen, method, until, by, methods, json=json)
        return
    if method == EVERY and by is By.ORIGIN:
        raise given.MistakeError("by origin there is one method, the word of each; leave --method out")
    found = (
        listed.every(book, chosen, until, methods)
        if method == EVERY
        else listed.reckoned(book, chosen, method, until, by, methods)
    )
    if json:
        screen.data([listed.row(t) for t in found])
        return
    said = f", of what was said up to {until.isoformat()}" if until else ""
    screen.heading(book.incidents[chosen].name, f"{chosen} · method {method}{said}")
    if method == EVERY:
        beside(found)
    else:
        show(found, by)


def _wide(
    book: Book,
    scope: str,
    method: str,
    until: date | None,
    by: By,
    methods: Mapping[str, Method],
    *,
    json: bool,
) -> None:
    """Prints the toll of a war, a campaign or the whole book."""
    if method == EVERY or by is By.ORIGIN:
        raise given.MistakeError(
            "a campaign or war is added up by one method; name one, or look at one voice with --method source:NAME"
        )
    tolls = wider.rolled(book, scope, method, until, methods)
    if by in {By.OUTCOME, By.PARTY}:
        if by is By.PARTY:
            tolls = tuple(sorted(tolls, key=lambda t: (t.group == ALL, t.group)))
        if json:
            screen.data([wider.data(t) for t in tolls])
            return
        wider.heading(book, scope, method, until)
        wider.show(book, tolls)
        return
    under = Under(by.value)
    rows = wider.rows(book, scope, under, method, until, methods)
    if json:
        screen.data(
            [
                {under.value: r.name, "id": r.id or None, "tolls": [wider.data(t) for t in r.tolls]}
                for r in rows
            ]
        )
        return
    wider.heading(book, scope, method, until)
    wider.table(rows, under, tolls)


# Rules by which a method says nothing of an outcome or a group at all; such lines are in the data alone.
_SILENT = frozenset({"other-outcome", "no-groups"})


def beside(tolls: Sequence[Toll]) -> None:
    """Prints tolls of several methods beside each other, each with the rule that made it."""
    rows: list[tuple[str, ...]] = []
    before: tuple[str, str] | None = None
    for t in (t for t in tolls if t.rule not in _SILENT):
        named = (t.outcome.replace("_", " "), screen.people(t.group))
        counts = (str(len(t.used)), str(len(t.aside)))
        cells = screen.three(t.figure) if t.figure.known else ("–", "–", "–")
        rows.append((*(named if named != before else ("", "")), t.method, *cells, t.rule, *counts))
        before = named
    screen.table(
        ("outcome", "group", "method", "low", "best", "high", "rule", "used", "aside"),
        rows,
        right=(3, 4, 5, 7, 8),
    )
    rules = {t.rule: t.why for t in reversed(tolls) if t.rule and t.rule not in _SILENT}
    for rule, why in reversed(rules.items()):
        screen.para(f"{rule}: {why}", style="dim")


def show(tolls: Sequence[Toll], by: By = By.OUTCOME) -> None:
    """Prints tolls as a table; a repeated first cell is left empty."""
    if not tolls:
        screen.para("No claim of this incident gives a figure.")
        return
    names = {
        By.OUTCOME: ("outcome", "group"),
        By.PARTY: ("group", "outcome"),
        By.ORIGIN: ("voice", "outcome"),
    }
    rows: list[tuple[str, ...]] = []
    before = ""
    for t in tolls:
        outcome, group = t.outcome.replace("_", " "), screen.people(t.group)
        first, second = (outcome, group) if by is By.OUTCOME else (group, outcome)
        if by is By.ORIGIN:
            first, second = ", ".join(t.origins), f"{outcome}, {group}"
        rise = " ↑" if t.may_rise else ""
        low, best, high = screen.three(t.figure)
        voices = "; ".join(t.origins)
        rows.append((first if first != before else "", second, low, best, high + rise, voices))
        before = first
    head: tuple[str, ...] = (*names[by], "low", "best", "high", "whose word")
    if by is By.ORIGIN:
        head, rows = head[:-1], [row[:-1] for row in rows]
    screen.table(head, rows, right=(2, 3, 4))
    for why in dict.fromkeys(u.why for t in tolls for u in t.aside if u.rule == "conceded"):
        screen.para(why, style="dim")
    if any(t.may_rise for t in tolls):
        screen.para("↑ a voice says that this figure could still rise", style="dim")
