"""The incidents of a book as a list: each with its reports, where its checking stands, and its toll."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tollbook import incidents as matching
from tollbook import toll as reckoning
from tollbook.codes import Level, Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim, Course, Incident
from tollbook.publish.veil import Veil
from tollbook.toll import Method
from tollbook.values import ALL, Book, Reading
from tollbook.views import wider
from tollbook.views.checking import incident_data
from tollbook.views.plain import plain


@dataclass(frozen=True, slots=True)
class Listed:
    """One incident of the list.

    Attributes:
        incident: the entry.
        depth: how many stand above it.
        above: id of what it stands under; empty for none.
        documents: short names of the reports that tell of it.
        main_of: those of the reports that are mainly about it.
        method: by which the toll is counted.
        toll: outcome to the figure of everybody; of a campaign or a war that of what stands under it.
    """

    incident: Incident
    depth: int
    above: str
    documents: tuple[str, ...]
    main_of: tuple[str, ...]
    method: str
    toll: Mapping[Outcome, Figure]

    @property
    def id(self) -> str:
        """Id of the incident."""
        return self.incident.id


def listed(
    book: Book, method: str | None, until: date | None, methods: Mapping[str, Method], veil: Veil
) -> list[Listed]:
    """The incidents by their first day, what stands under another right below it, each with the toll of everybody.

    Args:
        book: the snapshot.
        method: the method that counts; None for the range of strict with the best that the reports tell.
        until: only what was said up to this day.
        methods: the methods to choose from.
        veil: gives the short names of reports.
    """
    known = tellings(book, veil)
    return [one(book, i, depth, method, until, methods, known) for i, depth in tree(book)]


@dataclass(frozen=True, slots=True)
class Tellings:
    """Which reports tell of which incident, by their short names.

    Attributes:
        told: incident to the reports with a statement about it.
        mains: incident to the reports that are mainly about it.
    """

    told: Mapping[str, set[str]]
    mains: Mapping[str, Sequence[str]]


def tellings(book: Book, veil: Veil) -> Tellings:
    """Which reports tell of which incident."""
    about: dict[str, list[str]] = defaultdict(list)
    for document_, main in main_of(book, veil).items():
        about[main].append(document_)
    return Tellings(told_by(book, veil), about)


def one(
    book: Book,
    incident: str,
    depth: int,
    method: str | None,
    until: date | None,
    methods: Mapping[str, Method],
    known: Tellings,
) -> Listed:
    """One incident as the list has it."""
    mains = known.mains.get(incident, ())
    return Listed(
        incident=book.incidents[incident],
        depth=depth,
        above=book.above.get(incident, ""),
        documents=tuple(sorted({*known.told.get(incident, ()), *mains})),
        main_of=tuple(sorted(mains)),
        method=method or reckoning.TOLD,
        toll=toll_of(book, incident, method, until, methods),
    )


def data(book: Book, row: Listed) -> dict[str, object]:
    """A row as JSON has it."""
    incident = row.incident
    return {
        "id": row.id,
        "name": incident.name,
        "place": incident.place,
        "date_from": plain(incident.date_from),
        "date_to": plain(incident.date_to),
        "checked": incident_data(book, row.id),
        "documents": list(row.documents),
        "main_of": list(row.main_of),
        "level": str(incident.level),
        "above": row.above or None,
        "depth": row.depth,
        "method": row.method,
        "toll": {str(o): plain(figure) for o, figure in row.toll.items()},
    }


def tree(book: Book) -> list[tuple[str, int]]:
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


def toll_of(
    book: Book, incident: str, method: str | None, until: date | None, methods: Mapping[str, Method]
) -> dict[Outcome, Figure]:
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
    return found


def told_by(book: Book, veil: Veil) -> dict[str, set[str]]:
    """Incident id to the documents with a statement about it."""
    found: dict[str, set[str]] = defaultdict(set)
    for i, incident in book.incident_of.items():
        statement = book.claims.get(i) or book.courses.get(i)
        if statement is not None and statement.report in book.reports:
            found[incident].add(document(book, statement.report, veil))
    return found


def document(book: Book, report: str, veil: Veil) -> str:
    """The short name of a report: as a person gave it, else its id, and so of a confidential publisher."""
    return veil.document(book.reports[report])


def main_of(book: Book, veil: Veil) -> dict[str, str]:
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
                found[document(book, i, veil)] = max(places, key=lambda p: (places.count(p), p))
    return found | _silent(book, veil)


def _silent(book: Book, veil: Veil) -> dict[str, str]:
    """Document to the incident that its text is about, of reports that state nothing."""
    states = {s.report for s in (*book.claims.values(), *book.courses.values(), *book.waiting.values())}
    states |= {claim.report for claim, _ in book.fallen.values()}
    found = {i: matching.about(report, book) for i, report in book.reports.items() if i not in states}
    return {document(book, i, veil): incident for i, incident in found.items() if incident is not None}


# Incidents that are offered as the other one, where nobody searches.
OFFERED = 12
_NEAR = 21  # days between two windows that may be one event


def near(
    book: Book, veil: Veil, incident: str, sought: str = "", *, holding: bool = False
) -> list[tuple[str, str]]:
    """Other incidents that one may mean, with what speaks for each: those found by words, else those of about its days.

    Args:
        book: the snapshot.
        veil: covers names before anything is found by them.
        incident: the one that is left out.
        sought: words of a name or place, or the beginning of an id.
        holding: campaigns and wars that may hold it, instead of incidents that may be it.
    """
    mine = book.incidents[incident]
    found: list[tuple[tuple[int, str], str, str]] = []
    asked = sought.casefold().split()
    for i, other in book.incidents.items():
        fits = other.level.rank > mine.level.rank if holding else other.level is mine.level
        if i == incident or not fits:
            continue
        text = veil(f"{other.name} {other.place or ''}").casefold()
        days = _between(mine, other)
        same = bool(mine.place and other.place and mine.place.casefold() == other.place.casefold())
        words = "the same place" if same else ""
        if days is not None:
            apart = "overlapping days" if days == 0 else f"{days} day{'' if days == 1 else 's'} apart"
            words = f"{words}, {apart}" if words else apart
        if asked:
            if i.startswith(sought) or all(word in text for word in asked):
                found.append(
                    ((0 if same else 1, str(days if days is not None else 9_999).zfill(6)), i, words)
                )
        elif holding or same or (days is not None and days <= _NEAR):
            found.append(((0 if same else 1, str(days if days is not None else 9_999).zfill(6)), i, words))
    return [(i, why) for _, i, why in sorted(found)[: OFFERED if not asked else 4 * OFFERED]]


def _between(one: Incident, other: Incident) -> int | None:
    """Days between the windows of two incidents; 0 where they overlap, None where one has none."""
    first, second = one.date_from or one.date_to, other.date_from or other.date_to
    if first is None or second is None:
        return None
    ends = max(one.date_to or first, first), max(other.date_to or second, second)
    return max(0, (first - ends[1]).days, (second - ends[0]).days)
