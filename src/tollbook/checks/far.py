"""``far-from-incident``: a claim's place lies far from the incident that it stands under."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from tollbook.checks.kinds import Check, told
from tollbook.nouns import Incident, Statement
from tollbook.places import Place, among, fold, resolve
from tollbook.places.resolver import distance
from tollbook.toll.wholes import names
from tollbook.values import Book, Finding

# Kilometres within which the wounded are carried and the places of one fight lie.
NEAR = 50
# By how many kilometres a point may be off, by UCDP where_prec: exact, near, second-level unit, first-level unit. What is
# wider (an area, a country) has no point that a distance could be measured from.
OFF = {1: 5, 2: 25, 3: 60, 4: 200}
# How alike the name of the list and that of the text must be; a look-alike ("block" for Bloke) is no evidence.
ALIKE = 0.7

# What is called after a place that it need not stand in: "Mount Sinai Hospital" is in Chicago, too.
_SITE = re.compile(
    r"\b(?:hospital|cent(?:er|re)|school|university|college|road|street|avenue|park|hotel|mosque|church)\b",
    re.IGNORECASE,
)

Lookup = Callable[[str, str | None], Place | None]


def find(book: Book) -> Iterator[Finding]:
    """One finding a report and place that lies further from its incident than both precisions allow.

    Names of places mislead: many towns are called alike. So a point counts only where its name is the list's own, an
    incident's only where two phrases agree on it, and both in one country.
    """
    groups: dict[str, dict[tuple[str, str], list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in (*book.claims.values(), *book.courses.values()):
        incident = book.incident_of.get(statement.id, "")
        if statement.place and incident in book.incidents:
            groups[incident][statement.report, statement.place].append(statement)
    lookup = _lookup(book)
    for i, told_of in sorted(groups.items()):
        here = _here(lookup, book.incidents[i], {place for _, place in told_of})
        if here is not None:
            yield from _outliers(book, lookup, book.incidents[i], here, told_of)


def _outliers(
    book: Book,
    lookup: Lookup,
    incident: Incident,
    here: Place,
    told_of: Mapping[tuple[str, str], list[Statement]],
) -> Iterator[Finding]:
    far: dict[tuple[str, str], tuple[Place, list[Statement]]] = {}
    for (report, phrase), statements in sorted(told_of.items()):
        there = _far(lookup, incident, here, phrase)
        if there is not None:
            far.setdefault((report, there.name), (there, []))[1].extend(statements)
    for (report, name), (there, found) in sorted(far.items()):
        found.sort(key=lambda s: (s.span.start, s.id))
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=f"{report}:{incident.id}:{fold(name).replace(' ', '-')}",
            what=f"{told(book, found[0])} speaks of {found[0].place} ({there.name}, {there.country}), which lies "
            f"{_km(here, there):,.0f} km from {incident.name}.",
            why="What happened elsewhere is of another event, and its figures swell this one's toll.",
            remedy="Split the claims off, or correct their place; if the list has the wrong place of that name, tell the right "
            "one with tollbook places add.",
            claims=tuple(s.id for s in found),
        )


def _lookup(book: Book) -> Lookup:
    sites = tuple(book.sites.values())

    def look(name: str, near: str | None) -> Place | None:
        own = among(sites, name) if sites else None
        return own or resolve(name, near)

    return look


def _here(lookup: Lookup, incident: Incident, phrases: Iterable[str]) -> Place | None:
    """Where an incident lies for sure: as a person told, or where its own place and another phrase agree."""
    if incident.latitude is not None and incident.longitude is not None:
        precision = incident.geo_precision or 1
        point = Place(
            incident.place or incident.name, incident.latitude, incident.longitude, "", "", precision
        )
        return point if precision in OFF else None
    place = incident.place or ""
    here = _sure(lookup, place, None)
    if here is None:
        return None
    # "Zenda, Upper Ruritania": the second name holds the first, or the list would not give it.
    doubly = len([part for part in place.split(",") if names(part)]) > 1
    agreed = any(
        other is not None and _km(here, other) <= NEAR + OFF[other.geo_precision]
        for other in (_sure(lookup, p, None) for p in phrases if not names(p) & names(place))
    )
    return here if doubly or agreed else None


def _sure(lookup: Lookup, phrase: str, near: str | None) -> Place | None:
    """The place of a phrase, if it is known by its own name and has a point."""
    found = lookup(phrase, near)
    if found is None or found.geo_precision not in OFF:
        return None
    name = fold(found.name)
    parts = [
        fold(" ".join(w for w in part.split() if w[0].isupper()))
        for part in phrase.split(",")
        if not _SITE.search(part)
    ]
    like = any(name in p or SequenceMatcher(None, name, p).ratio() >= ALIKE for p in parts)
    return found if like else None


def _far(lookup: Lookup, incident: Incident, here: Place, phrase: str) -> Place | None:
    """The place of a phrase, if it is far from an incident in every reading of the name.

    A name that may lie beside the incident does: that is the context in which it was written.
    """
    if names(phrase) & names(incident.place):
        return None
    found: Place | None = None
    for near in (incident.place, None):
        found = _sure(lookup, phrase, near)
        if found is None or (here.country and found.country != here.country):
            return None
        if _km(here, found) <= NEAR + OFF[here.geo_precision] + OFF[found.geo_precision]:
            return None
    return found


def _km(a: Place, b: Place) -> float:
    return distance(a.latitude, a.longitude, b.latitude, b.longitude)


CHECK = Check("far-from-incident", "strict", "a claim's place lies far from its incident", find)
