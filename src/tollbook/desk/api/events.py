"""Incidents, their tolls by every method, their moves and their course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tollbook import toll as reckoning
from tollbook.codes import Level
from tollbook.desk.api import counted, takes
from tollbook.desk.api.answers import covered, written
from tollbook.desk.api.cutting import behind, part
from tollbook.desk.api.looking import book_of, counting, incident_of, known_method, said
from tollbook.desk.api.table import Api
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError
from tollbook.values import Book, Toll
from tollbook.views import incidents as listing
from tollbook.views import tolls, wider
from tollbook.views.incidents import Listed, Tellings
from tollbook.views.plain import plain
from tollbook.views.tolls import EVERY, By

ways = Api()

# So many answers are kept for one book; what is asked for is up to who asks, so that there must be an end.
ANSWERS = 5_000


def tree(book: Book) -> tuple[list[tuple[str, int]], dict[str, int]]:
    """The incidents with how deep they stand, and the place of each in that order."""

    def make() -> tuple[list[tuple[str, int]], dict[str, int]]:
        found = listing.tree(book)
        return found, {i: n for n, (i, _) in enumerate(found)}

    return book.kept("tree of incidents", make)


def tellings(ask: Ask, book: Book) -> Tellings:
    """Which reports tell of which incident."""
    return book.kept("tellings", lambda: listing.tellings(book, ask.state.veil))


def listed(ask: Ask, book: Book, incident: str, depth: int, method: str, until: date | None) -> Listed:
    """One incident as the list has it, worked out once for a book."""
    kept: dict[tuple[str, str, date | None], Listed] = book.kept("incidents as listed", dict)
    key = incident, method, until
    if key not in kept:
        if len(kept) >= ANSWERS:
            kept.clear()
        known = tellings(ask, book)
        kept[key] = listing.one(book, incident, depth, method or None, until, ask.state.methods, known)
    return kept[key]


@ways.get("/incidents", counted.Page[counted.IncidentRow], takes=takes.ListOfIncidents, slow=True)
def incidents(ask: Ask, asked: takes.ListOfIncidents) -> object:
    """The incidents by their first day, what stands under another right below it, each with the toll of everybody."""
    if asked.method:
        known_method(ask, asked.method)
    book = book_of(ask, asked)
    order, places = tree(book)
    found, after = behind(order, lambda pair: pair[0], places, asked)
    with counting():
        rows = [listed(ask, book, i, depth, asked.method, asked.as_of) for i, depth in found]
    return part(ask, (covered(ask, listing.data(book, row)) for row in rows), after)


@ways.get("/incidents/{incident}", counted.IncidentRow, takes=takes.Counted, slow=True)
def incident(ask: Ask, asked: takes.Counted) -> object:
    """One incident as the list has it."""
    book = book_of(ask, asked)
    found = incident_of(book, ask.part("incident"))
    order, places = tree(book)
    method = known_method(ask, ask.query("method")) if ask.query("method") else ""
    with counting():
        row = listed(ask, book, found, order[places[found]][1], method, asked.as_of)
    return covered(ask, listing.data(book, row))


@ways.get("/incidents/{incident}/tolls", counted.Tolls, takes=takes.OfIncident)
def tolls_of(ask: Ask, asked: takes.OfIncident) -> object:
    """The tolls of an incident with their working: by one method or by all of them, by outcome, party or voice."""
    book = book_of(ask, asked)
    found = incident_of(book, ask.part("incident"))
    return recalled(book, f"tolls {found} {asked!r}", lambda: _tolls(ask, asked, book, found))


def recalled(book: Book, key: str, make: Callable[[], bytes]) -> bytes:
    """An answer worked out once for a book, of the last ones that were asked for."""
    kept: dict[str, bytes] = book.kept("answers", dict)
    found = kept.get(key)
    if found is None:
        found = make()
        if len(kept) >= ANSWERS:
            kept.clear()
        kept[key] = found
    return found


def _tolls(ask: Ask, asked: takes.OfIncident, book: Book, found: str) -> bytes:
    method = known_method(ask, asked.method, every=True)
    if book.incidents[found].level is not Level.INCIDENT:
        raise RefusalError(
            400, "A campaign or a war is added up, not reconciled.", f"Ask for /api/v1/totals?scope={found}."
        )
    if asked.by not in {By.OUTCOME, By.PARTY, By.ORIGIN} or (method == EVERY and asked.by is By.ORIGIN):
        raise RefusalError(
            400,
            f"An incident's tolls are not gathered by {asked.by} with method {method}.",
            "By outcome, party or origin; by origin without method.",
        )
    methods = ask.state.methods
    with counting():
        made = (
            tolls.every(book, found, asked.as_of, methods)
            if method == EVERY
            else tolls.reckoned(book, found, method, asked.as_of, asked.by, methods)
        )
    rows = [
        tolls.row(t)
        for t in made
        if asked.outcome in {None, t.outcome} and (asked.group is None or t.group == asked.group)
    ]
    return written({"incident": found, **said(ask, asked), "tolls": covered(ask, rows)})


@ways.get("/incidents/{incident}/history", counted.History, takes=takes.OverTime, slow=True)
def history(ask: Ask, asked: takes.OverTime) -> object:
    """A toll as it stood at the end of each day on which something was said of it."""
    book = book_of(ask, asked)
    found = incident_of(book, ask.part("incident"))
    method = known_method(ask, asked.method)
    with counting():
        days = reckoning.history(
            book, found, asked.outcome, asked.group, method, methods=ask.state.methods
        )  # fmt: skip
    rows = [{**tolls.row(t), "day": plain(day)} for day, t in days]
    head = {"incident": found, "method": method, "position": ask.state.position}
    return {**head, "known_at": asked.known_at or None, "days": covered(ask, rows)}


@ways.get("/incidents/{incident}/changes", counted.Changes, takes=takes.Known, slow=True)
def changes(ask: Ask, asked: takes.Known) -> object:
    """Every move of every voice's figures, by day, each with its kind and its cause."""
    book = book_of(ask, asked)
    found = incident_of(book, ask.part("incident"))
    rows = [plain(c) for c in reckoning.changes(book, found)]
    return {"incident": found, "changes": covered(ask, rows)}


@ways.get("/tolls", counted.Page[counted.TollRow], takes=takes.ListOfTolls, slow=True)
def all_tolls(ask: Ask, asked: takes.ListOfTolls) -> object:
    """The tolls of every incident, in the order of the incidents' ids; a part holds whole incidents."""
    book, method = book_of(ask, asked), known_method(ask, asked.method)
    rows: list[Any] = []
    after, last = None, asked.after
    for i in single(book):
        if i <= asked.after:
            continue
        if len(rows) >= asked.limit:
            after = last
            break
        rows += [covered(ask, tolls.row(t)) for t in of(ask, book, i, method, asked.as_of)]
        last = i
    return part(ask, rows, after)


def single(book: Book) -> list[str]:
    """The incidents that are one event, by id."""
    return book.kept(
        "single incidents", lambda: sorted(i for i, e in book.incidents.items() if e.level is Level.INCIDENT)
    )


def of(ask: Ask, book: Book, incident: str, method: str, until: date | None) -> list[Toll]:
    """The tolls of an incident by a method."""
    with counting():
        return tolls.reckoned(book, incident, method, until, methods=ask.state.methods)


@ways.get("/totals", counted.RollUps, takes=takes.WholeBook, slow=True)
def totals(ask: Ask, asked: takes.WholeBook) -> object:
    """What stands under a campaign or a war, or all of the book, added up: each incident once, with what it rests on."""
    book, method = book_of(ask, asked), known_method(ask, asked.method)
    scope = incident_of(book, asked.scope) if asked.scope else reckoning.EVERYTHING
    with counting():
        found = wider.rolled(book, scope, method, asked.as_of, ask.state.methods)
    return {
        "scope": asked.scope,
        **said(ask, asked),
        "tolls": covered(ask, [plain(wider.data(r)) for r in found]),
    }
