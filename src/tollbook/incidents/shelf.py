"""The shelf: the profiles of all incidents of a book, and which of them are worth a look for a topic.

A book that grew by a report takes the shelf of the book before and adds what is new, so that placing a report
costs the same in a large book as in a small one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, floor, radians

from tollbook.codes import Level
from tollbook.incidents.profiles import Profile, of_incident
from tollbook.incidents.spots import NEAR, WIDE, Places
from tollbook.nouns import Entry, Statement
from tollbook.places.spelling import skeleton
from tollbook.values import Book

# Incidents are found by spells of so many days; one that fills more spells than this is always looked at.
SPELL, MANY = 16, 100
# An incident is worth a look for one mark within days of a topic, unless more than COMMON incidents have that mark; at
# any time for AKIN marks that no more than RARE have. So no mark finds more than COMMON.
COMMON, RARE, AKIN = 100, 20, 2
# The side of a cell of the map, in degrees, and what a degree of latitude measures, in kilometres.
CELL, DEGREE = 0.25, 111.0


@dataclass(slots=True)
class Shelf:
    """The profiles of a book's incidents by id, with what finds them.

    Attributes:
        profiles: by incident id.
        linked: the statements that a link speaks of, whether it holds or not.
        common: how many incidents have each name.
        heard: how many incidents have each mark, and each word of a headline.
    """

    places: Places | None
    profiles: dict[str, Profile] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    common: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    _by_mark: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _counted: dict[str, frozenset[str]] = field(default_factory=dict)
    _by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_site: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_cell: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_days: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _long: set[str] = field(default_factory=set)
    _nameless: set[str] = field(default_factory=set)

    def add(self, book: Book, incidents: Iterable[str], statements: Iterable[str]) -> None:
        """Takes in incidents and statements that the shelf does not have; a report's statements come together."""
        under: dict[str, list[Statement]] = defaultdict(list)
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for i in statements:
            found: Statement | None = book.claims.get(i) or book.courses.get(i)
            if found is not None:
                incident = book.incident_of[i]
                if _holds_others(book, incident):
                    continue
                told[found.report][incident] += 1
                if incident in book.incidents:
                    under[incident].append(found)
        touched = {*under}
        for i in incidents:
            if _holds_others(book, i):
                continue
            self.profiles[i] = of_incident(book.incidents[i], (), self.places)
            touched.add(i)
        for incident, said in under.items():
            self.profiles[incident].add(said, self.places)
        for report, by_incident in told.items():
            # A headline speaks for what its report is mainly about.
            main = max(sorted(by_incident), key=lambda i: by_incident[i])
            if main in self.profiles and report in book.reports:
                self._hear(main, self.profiles[main].headed(book.reports[report], self.places))
                touched.add(main)
        for i in touched:
            self._file(i)

    def _hear(self, i: str, fresh: Iterable[str]) -> None:
        """Lets an incident be found by marks; one that many incidents have finds none of them any more."""
        for k in fresh:
            self.heard[k] += 1
            if self.heard[k] <= COMMON:
                self._by_mark[k].append(i)
            else:
                self._by_mark.pop(k, None)

    def akin(self, topic: Profile, incident: Profile, *, close: bool) -> bool:
        """Whether a topic shares marks enough with an incident to be worth a look: one that lies close, or any."""
        both = topic.heard.marks.keys() & incident.heard.marks.keys()
        if close and any(self.heard[mark] <= COMMON for mark in both):
            return True
        return sum(self.heard[mark] <= RARE for mark in both) >= AKIN

    def _file(self, i: str) -> None:
        """Puts an incident where it can be found; where it once was it may be found as well."""
        profile = self.profiles[i]
        names = profile.where.names
        fresh = names - self._counted.get(i, frozenset())
        self._counted[i] = names
        self.common.update(fresh)
        for name in names | profile.where.wide:
            self._by_name[skeleton(name)].add(i)
        for site in profile.sites:
            self._by_site[site].add(i)
        for name in fresh:
            for cell in self._cells(name, 0):
                self._by_cell[cell].add(i)
        if names:
            self._nameless.discard(i)
        else:
            self._nameless.add(i)
        if profile.window is not None:
            spells = _spells(*profile.window)
            if len(spells) > MANY:
                self._long.add(i)
            else:
                for spell in spells:
                    self._by_days[spell].add(i)

    def _cells(self, name: str, around: float) -> Iterator[tuple[int, int]]:
        """The cells of the map within so many kilometres of the place of that name, if it is known so exactly."""
        place = self.places(name) if self.places else None
        if place is None or place.geo_precision >= WIDE:
            return
        north = around / DEGREE
        east = min(360.0, north / max(0.001, cos(radians(min(90.0, abs(place.latitude) + north)))))
        for y in range(floor((place.latitude - north) / CELL), floor((place.latitude + north) / CELL) + 1):
            for x in range(
                floor((place.longitude - east) / CELL), floor((place.longitude + east) / CELL) + 1
            ):
                yield y, x

    def beside(self, topic: Profile, gap: int) -> set[str]:
        """The incidents that may share a name, a kind of site or a place nearby with a topic, within days of it.

        Those that share rare marks are in it whatever their days. No incident is left out that does; some are in it
        that do not.
        """
        found = {mark: self._by_mark.get(mark, ()) for mark in topic.heard.marks}
        rare = Counter(i for having in found.values() if len(having) <= RARE for i in having)
        akin = {i for i, times in rare.items() if times >= AKIN}
        return akin | self._within(topic, gap, {i for having in found.values() for i in having})

    def _within(self, topic: Profile, gap: int, marked: set[str]) -> set[str]:
        """Those within days of a topic that have something of it, or a mark."""
        if topic.window is None:
            return set()
        spare = timedelta(days=gap)
        first, last = topic.window
        spells = _spells(first - min(spare, first - date.min), last + min(spare, date.max - last))
        when = set(self._long)
        for spell in spells if len(spells) < len(self._by_days) else list(self._by_days):
            when |= self._by_days.get(spell, set())
        found = when & (self._nameless | marked)
        for name in topic.where.names | topic.where.wide | topic.title:
            found |= when & self._by_name.get(skeleton(name), set())
        for site in topic.sites:
            found |= when & self._by_site.get(site, set())
        for name in topic.where.names:
            for cell in self._cells(name, NEAR + 1):
                found |= when & self._by_cell.get(cell, set())
        return found


def _holds_others(book: Book, incident: str) -> bool:
    """Whether it is a campaign or a war, which no event that a report tells of is."""
    return incident in book.incidents and book.incidents[incident].level is not Level.INCIDENT


def _spells(first: date, last: date) -> range:
    """The spells that a window touches."""
    return range(first.toordinal() // SPELL, last.toordinal() // SPELL + 1)


def shelf(book: Book, places: Places | None) -> Shelf:
    """The shelf of a book, made once."""

    def make() -> Shelf:
        found = Shelf(places)
        found.linked.update(link.claim for link in book.links.values())
        found.add(book, sorted(book.incidents), book.incident_of)
        return found

    def more(found: Shelf, new: Sequence[Entry]) -> None:
        found.linked.update(link.claim for e in new if (link := book.links.get(e.id)) is not None)
        found.add(
            book,
            [e.id for e in new if e.id in book.incidents],
            [e.id for e in new if e.id in book.incident_of],
        )

    found = book.kept("shelf", make, more)
    if found.places is not places:
        return make()
    return found
