"""What moved in a book between two moments or two days: the incidents that can have moved, and every typed move of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tollbook import toll
from tollbook.codes import Level, Outcome
from tollbook.nouns import Claim, Course, Entry, Incident, Judgement, Link, Source
from tollbook.toll import METHODS, Method
from tollbook.values import ALL, Book, Change


def touched_since(book: Book, entries: Iterable[Entry], moment: datetime) -> set[str]:
    """The incidents that something recorded after a moment speaks of."""
    found: set[str] = set()
    for entry in entries:
        if entry.recorded_at <= moment:
            continue
        if isinstance(entry, Source):
            return set(book.incidents)  # a card can say that two voices are one
        found |= _of(book, entry)
    return {book.merged.get(i, i) for i in found} & book.incidents.keys()


def _of(book: Book, entry: Entry) -> set[str]:
    if isinstance(entry, Incident):
        return {entry.id}
    if isinstance(entry, Link):
        return {entry.incident, book.incident_of.get(entry.claim, "")}
    if isinstance(entry, Claim | Course):
        return {book.incident_of.get(entry.id, "")}
    if isinstance(entry, Judgement):
        undone = book.judgements.get(entry.target)
        ids = (entry.target, entry.other or "", *entry.claims)
        found = {*ids, *(book.incident_of.get(i, "") for i in ids)}
        return found | (_of(book, undone) if undone is not None and undone.id != entry.id else set())
    return set()


def touched_after(book: Book, day: date, until: date) -> set[str]:
    """The incidents of which something was said after a day, up to another."""
    said = (*book.claims.values(), *book.courses.values())
    return {
        book.incident_of[s.id]
        for s in said
        if s.said_on is not None and day < s.said_on <= until and s.id in book.incident_of
    } & book.incidents.keys()


def last_said(book: Book, until: date) -> date | None:
    """The last day, up to one, on which a figure was said that stands under an incident."""
    days = (c.said_on for i, c in book.claims.items() if c.figure.known and i in book.incident_of)
    return max((d for d in days if d is not None and d <= until), default=None)


def moved(
    before: Book,
    after: Book,
    incidents: Iterable[str],
    method: str = "strict",
    *,
    methods: Mapping[str, Method] = METHODS,
    as_of: tuple[date | None, date | None] = (None, None),
) -> tuple[Change, ...]:
    """The moves of the tolls of those incidents; a group's only where everybody's did not move.

    Most people moved first, incident by incident.
    """
    found: list[Change] = []
    for i in sorted(incidents):
        if after.incidents[i].level is not Level.INCIDENT:
            continue
        changes = toll.diff(before, after, i, method, methods=methods, as_of=as_of)
        whole = {c.outcome for c in changes if c.group == ALL}
        found += (c for c in changes if c.group == ALL or c.outcome not in whole)
    return tuple(sorted(found, key=_order))


def _order(change: Change) -> tuple[int, int, str]:
    return list(Outcome).index(change.outcome), -abs(size(change)), change.incident


def size(change: Change) -> int:
    """By how many people a figure moved at its lower end, below 0 where it fell."""
    return _level(change.after.floor, change.after.ceiling) - _level(
        change.before.floor, change.before.ceiling
    )


def _level(low: int, high: int | None) -> int:
    return low or high or 0


def fell(change: Change) -> bool:
    """Whether a figure is lower than it was."""
    return change.before.known and size(change) < 0


def carriers(book: Book, claims: Sequence[str], origin: str) -> tuple[str, ...]:
    """Who published the claims, where that is not the voice itself."""
    found = []
    for key in claims:
        claim = book.claims.get(key)
        report = book.reports.get(claim.report) if claim else None
        card = book.source(report.publisher) if report else None
        if report is not None and (card.handle if card else report.publisher) != origin:
            found.append(report.publisher)
    return tuple(dict.fromkeys(found))
