"""What is found, sorted by what it is: the traits of an entry, how many have each, and which pass what was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tollbook.codes import Review
from tollbook.nouns import Claim, Course, Entry, Incident, Report
from tollbook.publish.veil import Veil
from tollbook.values import Book

# In the order in which they are offered.
FACETS = ("kind", "outcome", "speaker", "publisher", "place", "incident", "review")
PROPOSED = "proposed by a machine"


class Traits(NamedTuple):
    """What is found, with a value for each facet, empty where it has none; names are covered."""

    key: str
    day: int
    kind: str
    outcome: str = ""
    speaker: str = ""
    publisher: str = ""
    place: str = ""
    incident: str = ""
    review: str = ""


@dataclass(frozen=True)
class Chosen:
    """Which of what is found is wanted.

    Attributes:
        facets: facet to the value it must have.
        first: first day; None for no bound.
        last: last day.
    """

    facets: Mapping[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Sorted:
    """What passes, newest first, and for each facet its values with how many would pass with them, most first."""

    passed: tuple[Traits, ...]
    counts: Mapping[str, tuple[tuple[str, int], ...]]


class Sorter:
    """Finds the traits of entries of one book; names are looked up once each."""

    def __init__(self, book: Book, veil: Veil) -> None:
        self._book, self._veil = book, veil
        self._names: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._publishers: dict[str, str] = {}

    def traits(self, found: Iterable[tuple[str, str, int]]) -> list[Traits]:
        """The traits of what was found (id, kind, day) and still stands in the book, newest first."""
        makers: dict[str, Callable[[str, int], Traits | None]] = {
            "claim": self._claim, "course": self._course, "report": self._report, "incident": self._incident,
        }  # fmt: skip
        made = [makers.get(kind, self._other(kind))(key, day) for key, kind, day in found]
        return sorted(filter(None, made), key=order)

    def _claim(self, key: str, day: int) -> Traits | None:
        book = self._book
        fallen = book.fallen.get(key)
        claim: Claim | None = book.claims.get(key) or book.waiting.get(key) or (fallen[0] if fallen else None)
        if claim is None:
            return None
        state = PROPOSED if key in book.waiting else str(book.reviews.get(key, Review.UNREVIEWED))
        return self._said(key, day, claim, str(claim.outcome), str(Review.REJECTED) if fallen else state)

    def _course(self, key: str, day: int) -> Traits | None:
        course = self._book.courses.get(key)
        if course is None:
            return None
        return self._said(key, day, course, "", str(self._book.reviews.get(key, Review.UNREVIEWED)))

    def _said(self, key: str, day: int, said: Claim | Course, outcome: str, review: str) -> Traits:
        book = self._book
        report = book.reports.get(said.report)
        return Traits(
            key, said.said_on.toordinal() if said.said_on else day, said.KIND, outcome,
            self._name(book.origin_of.get(key) or said.speaker or ""), self._publisher(report),
            self._place(said.place), book.incident_of.get(key, ""), review,
        )  # fmt: skip

    def _report(self, key: str, day: int) -> Traits | None:
        report = self._book.reports.get(key)
        return Traits(key, day, report.KIND, publisher=self._publisher(report)) if report else None

    def _incident(self, key: str, day: int) -> Traits | None:
        book = self._book
        incident = book.incidents.get(key)
        if incident is None or key in book.merged:
            return None
        state = str(book.reviews.get(key, Review.UNREVIEWED))
        return Traits(key, day, incident.KIND, place=self._place(incident.place), incident=key, review=state)

    def _other(self, kind: str) -> Callable[[str, int], Traits | None]:
        book = self._book
        where: Mapping[str, Entry] = {"doubt": book.doubts, "source": book.sources, "site": book.sites}.get(
            kind, {}
        )

        def made(key: str, day: int) -> Traits | None:
            entry = where.get(key)
            if entry is None:
                return None
            report = book.reports.get(getattr(entry, "report", ""))
            return Traits(key, day, kind, publisher=self._publisher(report))

        return made

    def _name(self, who: str) -> str:
        if who not in self._names:
            self._names[who] = self._veil.name(who)
        return self._names[who]

    def _place(self, place: str | None) -> str:
        text = place or ""
        if text not in self._places:
            self._places[text] = self._veil(text)
        return self._places[text]

    def _publisher(self, report: Report | None) -> str:
        if report is None:
            return ""
        name = report.publisher
        if name not in self._publishers:
            card = self._book.source(name) or self._book.source(name.partition(" (")[0])
            self._publishers[name] = self._veil.name(card.name if card else name)
        return self._publishers[name]


_RANK = {Incident.KIND: 0, "source": 1, "site": 2, Report.KIND: 3}


def order(traits: Traits) -> tuple[int, int, str]:
    """Where it stands in a list: newest first, of one day what holds others before what is in it."""
    return -traits.day, _RANK.get(traits.kind, 4), traits.key


def chosen(found: Sequence[Traits], wanted: Chosen) -> Sorted:
    """What of the found passes; a facet counts what passes all the other ones, so that one sees what else there is."""
    first = wanted.first.toordinal() if wanted.first else 0
    last = wanted.last.toordinal() if wanted.last else date.max.toordinal()
    if wanted.first or wanted.last:
        found = [t for t in found if first <= t.day <= last]
    asked = [(FACETS.index(name), value) for name, value in wanted.facets.items() if value]
    if not asked:
        columns = list(zip(*found, strict=True))[2:] if found else [()] * len(FACETS)
        return Sorted(tuple(found), _counted(dict(zip(FACETS, map(Counter, columns), strict=True))))
    passed: list[Traits] = []
    near: dict[int, list[Traits]] = {at: [] for at, _ in asked}
    for traits in found:
        failed = [at for at, value in asked if traits[at + 2] != value]
        if not failed:
            passed.append(traits)
        elif len(failed) == 1:
            near[failed[0]].append(traits)
    counts = {
        name: Counter(t[at + 2] for t in (*passed, *near.get(at, ()))) for at, name in enumerate(FACETS)
    }
    return Sorted(tuple(passed), _counted(counts))


def _counted(counts: Mapping[str, Counter[str]]) -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        name: tuple(sorted(((v, n) for v, n in found.items() if v), key=lambda pair: (-pair[1], pair[0])))
        for name, found in counts.items()
    }
