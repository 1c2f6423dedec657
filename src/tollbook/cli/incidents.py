"""The verb incidents: the events of the book, each with the reports that tell of it and its toll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from tollbook import incidents as matching
from tollbook import toll as reckoning
from tollbook.cli import given, screen, standing, wider
from tollbook.codes import Level, Outcome, Review
from tollbook.figures import Figure
from tollbook.nouns import Claim, Course
from tollbook.toll import Method
from tollbook.values import ALL, Book, Reading

Row = dict[str, Any]  # an incident as JSON has it


def incidents(
    *,
    method: Annotated[
        str | None, typer.Option(help="Count by this method alone; see tollbook methods.")
    ] = None,
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """List the incidents with their reports and tolls.

    The range is that of the method strict. Its best is what most of the reports tell, each read as a whole; strict has
    none where voices disagree, and it is what --method strict shows.
    """
    book = given.book(box, known_at)
    rows = listed(book, method, given.day(as_of), given.methods(box))
    if json:
        screen.data(rows)
    elif not rows:
        screen.para("No incident yet; feed the box with: tollbook add PATH")
    else:
        _show(rows)


def listed(book: Book, method: str | None, until: date | None, methods: Mapping[str, Method]) -> list[Row]:
    """The incidents by their first day, what stands under another right below it, each with the toll of everybody.

    Args:
        book: the snapshot.
        method: the method that counts; None for the range of strict with the best that the reports tell.
        until: only what was said up to this day.
        methods: the methods to choose from.
    """
    mains, documents = main_of(book), told_by(book)
    rows: list[Row] = []
    for i, depth in _tree(book):
        incident = book.incidents[i]
        rows.append(
            {
                "id": i,
                "name": incident.name,
                "place": incident.place,
                "date_from": screen.plain(incident.date_from),
                "date_to": screen.plain(incident.date_to),
                "checked": standing.incident_data(book, i),
                "documents": sorted({*documents[i], *(d for d, main in mains.items() if main == i)}),
                "main_of": sorted(d for d, main in mains.items() if main == i),
                "level": str(incident.level),
                "above": book.above.get(i),
                "depth": depth,
                "method": method or reckoning.TOLD,
                "toll": _toll(book, i, method, until, methods),
            }
        )
    return rows


def _tree(book: Book) -> list[tuple[str, int]]:
    """The incidents with how deep they stand: by first day, each followed by what stands under it."""
    under: dict[str | None, list[str]] = defaultdict(list)
    for i in sorted(book.incidents, key=lambda i: (str(book.incidents[i].date_from or ""), i)):
        under[book.above.get(i)].append(i)
    found: list[tuple[str, int]] = []
    open_ = [(i, 0) for i in reversed(under[None])]
    while open_:
        i, depth = open_.pop()
        found.append((i, depth))
        open_ += [(below, depth + 1) for below in reversed(under[i])]
    return found


def _toll(
    book: Book, incident: str, method: str | None, until: date | None, methods: Mapping[str, Method]
) -> dict[str, object]:
    """Outcome to the figure of everybody; of a campaign or a war that of what stands under it."""
    if book.incidents[incident].level is not Level.INCIDENT:
        return wider.least(wider.rolled(book, incident, method or "strict", until, methods))
    found = {
        t.outcome: t.figure
        for t in reckoning.table(book, incident, method or "strict", until, methods=methods)
        if t.group == ALL and t.figure.known
    }
    if method is None:
        told = reckoning.told(book, incident, until)
        both = [o for o in Outcome if o in found or o in told]
        found = {o: reckoning.with_best(found.get(o, Figure()), told.get(o)) for o in both}
    return {str(o): screen.plain(figure) for o, figure in found.items()}


def _show(rows: list[Row]) -> None:
    """The table; grade and checking where somebody has said anything of them."""
    judged = any(row["checked"]["grade"] or row["checked"]["review"] != Review.UNREVIEWED for row in rows)
    lines = []
    for row in rows:
        killed = row["toll"].get(Outcome.KILLED)
        if killed and killed["low"] != killed["high"]:
            killed = {**killed, "best": None}
        lines.append(
            (
                row["id"],
                row["date_from"] or "",
                str(len(row["documents"])),
                screen.words(Figure(**killed)) if killed else "",
                *((row["checked"]["grade"] or "", row["checked"]["review"]) if judged else ()),
                "· " * row["depth"]
                + row["name"]
                + (f" ({row['level']})" if row["level"] != Level.INCIDENT else ""),
            )
        )
    more = ("grade", "checked") if judged else ()
    screen.table(("id", "first day", "reports", "killed", *more, "incident"), lines, right=(2, 3))


def told_by(book: Book) -> dict[str, set[str]]:
    """Incident id to the documents with a statement about it."""
    found: dict[str, set[str]] = defaultdict(set)
    for i, incident in book.incident_of.items():
        statement = book.claims.get(i) or book.courses.get(i)
        if statement is not None and statement.report in book.reports:
            found[incident].add(document(book, statement.report))
    return found


def document(book: Book, report: str) -> str:
    """The short name of a report: as a person gave it, else its id, and so of a confidential publisher."""
    return screen.veil(book).document(book.reports[report])


def main_of(book: Book) -> dict[str, str]:
    """Document to the incident that its report is mainly about."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    courses: dict[str, list[Course]] = defaultdict(list)
    for claim in sorted(book.claims.values(), key=lambda c: c.span.start):
        claims[claim.report].append(claim)
    for course in sorted(book.courses.values(), key=lambda c: c.span.start):
        courses[course.report].append(course)
    found: dict[str, str] = {}
    for i, report in book.reports.items():
        reading = Reading(claims=tuple(claims[i]), courses=tuple(courses[i]))
        for topic in matching.topics(reading, report.title):
            places = [book.incident_of[s] for s in (*topic.claims, *topic.courses) if s in book.incident_of]
            if topic.main and places:
                found[document(book, i)] = max(places, key=lambda p: (places.count(p), p))
    return found | _silent(book)


def _silent(book: Book) -> dict[str, str]:
    """Document to the incident that its text is about, of reports that state nothing."""
    states = {s.report for s in (*book.claims.values(), *book.courses.values(), *book.waiting.values())}
    states |= {claim.report for claim, _ in book.fallen.values()}
    found = {i: matching.about(report, book) for i, report in book.reports.items() if i not in states}
    return {document(book, i): incident for i, incident in found.items() if incident is not None}
