"""The incidents of the book: a tree, or what a search among them finds, each with its toll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from tollbook import toll as reckoning
from tollbook.codes import Grade, Level, Outcome, Review
from tollbook.desk import render
from tollbook.desk.ask import Ask, the_day
from tollbook.desk.citing import Cited, figure_link
from tollbook.desk.faults import RefusalError
from tollbook.desk.ways import Ways
from tollbook.desk.wide import line_link
from tollbook.figures import Figure
from tollbook.publish import words
from tollbook.publish.page import Number
from tollbook.publish.sums import voices_of
from tollbook.toll import TollError
from tollbook.values import ALL, Book
from tollbook.views import findings, wider
from tollbook.views.incidents import tree

ways = Ways()

A_PAGE = 100
COUNTED = (Outcome.KILLED, Outcome.WOUNDED)


@dataclass(frozen=True)
class Row:
    """One incident of the list."""

    id: str
    name: str
    level: Level
    depth: int
    place: str
    country: str
    window: str
    first: date | None
    last: date | None
    killed: Number | None
    wounded: Number | None
    most: int
    reports: int
    origins: int
    grade: str
    review: str
    findings: int
    folded: str


SORTS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "newest": ("newest first", lambda r: (-(r.first or date.min).toordinal(), r.id)),
    "oldest": ("oldest first", lambda r: ((r.first or date.max).toordinal(), r.id)),
    "killed": ("most killed", lambda r: (-r.most, r.id)),
    "reports": ("most reports", lambda r: (-r.reports, r.id)),
    "findings": ("most findings", lambda r: (-r.findings, r.id)),
    "name": ("by name", lambda r: (r.name.casefold(), r.id)),
}


@ways.page("/incidents", slow=True)
def incidents(ask: Ask) -> Response:
    """The list, as the query asks for it."""
    key = f"incident rows {sorted(ask.view.query.items())} {ask.state.position}"
    try:
        every: list[Row] = ask.view.book.kept(key, lambda: _rows(ask))
    except TollError as error:
        raise RefusalError(400, ask.state.veil(str(error)), "Choose another method.") from error
    asked = {
        k: ask.query(k)
        for k in ("q", "country", "from", "to", "grade", "status", "level", "findings")
        if ask.query(k)
    }
    sort = ask.query("sort")
    if sort and sort not in SORTS:
        raise RefusalError(400, f"There is no order “{sort}”.", f"There are: {', '.join(SORTS)}.")
    found = [r for r in every if _fits(r, asked)]
    if asked or sort:
        found = sorted(found, key=SORTS[sort or "newest"][1])
    total, after = len(found), ask.query("after")
    at = next((n + 1 for n, r in enumerate(found) if r.id == after), 0)
    shown, rest = found[at : at + A_PAGE], found[at + A_PAGE :]
    view = {**ask.view.query, **asked, **({"sort": sort} if sort else {})}
    older = f"?{urlencode({**view, 'after': shown[-1].id})}" if rest else ""
    query = f"?{urlencode(ask.view.query)}" if ask.view.query else ""
    return render.page(
        ask, "incidents.html", rows=shown, total=total, at=at, older=older, asked=asked, sort=sort, sorts=SORTS,
        countries=sorted({r.country for r in every if r.country}), every=len(every), query=query,
        grades=list(Grade), states=list(Review), levels=list(Level), tree=not (asked or sort),
    )  # fmt: skip


def _fits(row: Row, asked: dict[str, str]) -> bool:
    first, last = row.first or row.last, row.last or row.first
    tests: dict[str, Callable[[str], bool]] = {
        "q": lambda v: all(word in row.folded for word in v.casefold().split()),
        "country": lambda v: row.country == v,
        "from": lambda v: last is not None and last >= the_day(v),
        "to": lambda v: first is not None and first <= the_day(v),
        "grade": lambda v: (row.grade or "none") == v,
        "status": lambda v: row.review == v,
        "level": lambda v: row.level == v,
        "findings": lambda v: row.findings > 0 if v == "open" else row.findings == 0,
    }
    return all(tests[name](value) for name, value in asked.items())


def _rows(ask: Ask) -> list[Row]:
    book = ask.view.book
    where = wider.regions_of(book)
    return [_row(ask, book, i, depth, where) for i, depth in tree(book)]


def _row(ask: Ask, book: Book, found: str, depth: int, where: reckoning.Regions) -> Row:
    veil = ask.state.veil
    entry = book.incidents[found]
    claims, courses = book.of(found), book.course_of(found)
    days = [d for s in courses for d in (s.date_from, s.date_to) if d]
    first = min([d for d in (entry.date_from, *days) if d], default=None)
    last = max([d for d in (entry.date_to, *days) if d], default=first)
    figures = _tolls(ask, book, found)
    numbers = {
        o: Number(words.pieces(f), _link(ask, book, found, o), summed=False)
        for o, f in figures.items()
        if f.known
    }
    killed = figures.get(Outcome.KILLED, Figure())
    region = where(entry.place)
    name, place = veil(entry.name), veil(entry.place or "")
    return Row(
        id=found, name=name, level=entry.level, depth=depth, place=place,
        country=veil(region[0]) if region else "", window=words.window(first, last), first=first, last=last,
        killed=numbers.get(Outcome.KILLED), wounded=numbers.get(Outcome.WOUNDED),
        most=killed.high if killed.high is not None else killed.floor,
        reports=len({s.report for s in (*claims, *courses)}),
        origins=len(voices_of(book, found)),
        grade=str(book.grades.get(found, "")), review=str(book.reviews.get(found, Review.UNREVIEWED)),
        findings=sum(f.explained is None for f in findings.of_incident(book, found)),
        folded=f"{name} {place} {found}".casefold(),
    )  # fmt: skip


def _tolls(ask: Ask, book: Book, found: str) -> dict[Outcome, Figure]:
    """The figures of everybody; of a campaign or a war those of what stands under it."""
    view, methods = ask.view, ask.state.methods
    if book.incidents[found].level is not Level.INCIDENT:
        return wider.least(wider.rolled(book, found, view.method, None, methods))
    there = {c.outcome for c in book.of(found)}
    return {
        o: reckoning.compute(book, found, o, ALL, view.method, methods=methods).figure
        for o in COUNTED
        if o in there
    }


def _link(ask: Ask, book: Book, found: str, outcome: Outcome) -> str:
    if book.incidents[found].level is not Level.INCIDENT:
        return line_link(Cited(book, ask.state.veil), found, outcome, ALL, ask.view.query)
    return figure_link(ask.state.veil, found, outcome, ALL, ask.view.query)
