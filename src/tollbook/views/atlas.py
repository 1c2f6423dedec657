"""The incidents of a book on a map: each in one place at the precision at which it is known, or in none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from tollbook import places
from tollbook.codes import Level, Outcome
from tollbook.figures import Figure
from tollbook.nouns import Incident
from tollbook.places import Place
from tollbook.publish.compose import window
from tollbook.publish.locator import REACH
from tollbook.toll import Method
from tollbook.values import Book
from tollbook.views.incidents import toll_of

# UCDP where_prec: an exact place is a point; a province or wider is never one; 7 is a part of the world or a sea.
EXACT, PROVINCE, COUNTRY, WORLD = 1, 4, 6, 7
# What each precision says, for people; {place} and {country} are names.
WORDS = {
    1: "in {place}",
    2: "within about 25 km of {place}",
    3: "somewhere in the district of {place}",
    4: "somewhere in the province of {place}",
    5: "somewhere in a wide area round {place}",
    6: "somewhere in {country}",
    7: "{place}",
}
# Why an incident stands in no place of the map.
NO_PLACE = "its reports name no place"
NO_LIST = "no list has this place"
NO_POINT = "known only to a part of the world"
HOLDS = "its incidents are on the map"


@dataclass(frozen=True, slots=True)
class Mark:
    """One incident.

    Attributes:
        incident: the entry.
        first, last: the days that it and its course claims speak of.
        toll: outcome to the figure of everybody; empty for a campaign or a war, which hold others.
        place: where it lies; None where that is not known.
        why: why it stands in no place of the map; empty where it stands in one.
    """

    incident: Incident
    first: date | None
    last: date | None
    toll: Mapping[Outcome, Figure]
    place: Place | None
    why: str

    @property
    def id(self) -> str:
        """Id of the incident."""
        return self.incident.id

    def within(self, first: date | None, last: date | None) -> bool:
        """Whether its days meet a span; one without days is in the open span only."""
        if first is None and last is None:
            return True
        begin, end = self.first or self.last, self.last or self.first
        if begin is None or end is None:
            return False
        return (last is None or begin <= last) and (first is None or end >= first)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map with its incidents.

    Attributes:
        key: what tells it from the others.
        place: where it lies.
        reach: kilometres within which the truth lies, of a circle; 0 for a point and for a country.
        marks: its incidents, by their first day.
    """

    key: str
    place: Place
    reach: float
    marks: tuple[Mark, ...]

    @property
    def shape(self) -> str:
        """How it is drawn: ``point``, ``circle`` or ``country``."""
        if self.place.geo_precision == EXACT:
            return "point"
        return "country" if self.place.geo_precision >= COUNTRY else "circle"


def marks(book: Book, method: str, until: date | None, methods: Mapping[str, Method]) -> tuple[Mark, ...]:
    """Every incident of the book, by its first day.

    Args:
        book: the snapshot.
        method: by which tolls are counted.
        until: only what was said up to this day.
        methods: the methods to choose from.

    Raises:
        TollError: there is no such method or origin.
    """
    look = places.resolver(book.sites.values())
    found = []
    for i, incident in book.incidents.items():
        single = incident.level is Level.INCIDENT
        place = places.whereabouts(incident, look) if single else None
        why = _why(incident, place) if single else HOLDS
        toll = toll_of(book, i, method, until, methods) if single else {}
        found.append(Mark(incident, *window(book, incident), toll, place, why))
    return tuple(sorted(found, key=lambda m: (m.first or date.min, m.id)))


def _why(incident: Incident, place: Place | None) -> str:
    if place is None:
        return NO_LIST if incident.place else NO_PLACE
    known = place.geo_precision < COUNTRY or (place.geo_precision < WORLD and place.code in _drawn())
    return "" if known else NO_POINT


@cache
def _drawn() -> frozenset[str]:
    """The codes of the countries whose outline the package has."""
    return frozenset(outline.code for outline in places.outlines((-180, -90, 180, 90)))


def spots(found: Iterable[Mark]) -> tuple[Spot, ...]:
    """The places of the incidents that stand in one, from north to south: of a country the whole of it is one."""
    by_key: dict[str, tuple[Place, list[Mark]]] = {}
    for mark in found:
        if mark.place is not None and not mark.why:
            by_key.setdefault(_key(mark.place), (mark.place, []))[1].append(mark)
    made = [Spot(k, place, REACH[place.geo_precision], tuple(held)) for k, (place, held) in by_key.items()]
    return tuple(sorted(made, key=lambda s: (-s.place.latitude, s.place.longitude, s.key)))


def _key(place: Place) -> str:
    if place.geo_precision >= COUNTRY:
        return f"{place.code}-{COUNTRY}"
    return f"{place.latitude:.4f},{place.longitude:.4f},{place.geo_precision}"


def nowhere(found: Iterable[Mark]) -> tuple[Mark, ...]:
    """The incidents that stand in no place of the map."""
    return tuple(mark for mark in found if mark.why)


def words(place: Place) -> str:
    """How exactly a place is known, with its name."""
    grade = place.geo_precision
    return WORDS.get(grade, WORDS[WORLD]).format(place=place.name, country=place.country or place.name)
