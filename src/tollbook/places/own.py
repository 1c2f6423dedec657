"""The places that a desk told, before those of the list: camps, prisons, quarters, or a better position."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from tollbook.nouns import Incident, Site
from tollbook.places.outlines import country_at
from tollbook.places.phrase import parts
from tollbook.places.resolver import Place, resolve
from tollbook.places.spelling import fold
from tollbook.places.store import opened


def resolver(sites: Iterable[Site]) -> Callable[[str], Place | None]:
    """A way to resolve the names of places that asks the desk's own sites first.

    Args:
        sites: what the desk told; of two that bear one name the later one counts.
    """
    own = tuple(sites)
    return (lambda name: among(own, name) or resolve(name)) if own else resolve


def among(sites: Iterable[Site], name: str) -> Place | None:
    """The desk's own place that a phrase names, or None."""
    own = _by_name(tuple(sites))
    named = (own.get(fold(part.name)) for part in parts(name[:200]))
    return next((place for place in named if place is not None), None)


# Degrees within which a point that a person told is that of the place in words.
SAME = 1


def whereabouts(incident: Incident, look: Callable[[str], Place | None]) -> Place | None:
    """Where an incident lies: as a person told, else where its place in words is known; None where neither is.

    Args:
        incident: the incident.
        look: resolves names of places, see ``resolver``.
    """
    found = look(incident.place) if incident.place else None
    latitude, longitude = incident.latitude, incident.longitude
    if latitude is None or longitude is None:
        return found
    grade = incident.geo_precision or 2
    if found is not None and abs(found.latitude - latitude) + abs(found.longitude - longitude) < SAME:
        return replace(found, latitude=latitude, longitude=longitude, geo_precision=grade)
    home = country_at(latitude, longitude)
    country, code = (home.name, home.code) if home else ("", "")
    return Place(incident.place or incident.name, latitude, longitude, country, "", grade, code)


@lru_cache(maxsize=16)
def _by_name(sites: tuple[Site, ...]) -> dict[str, Place]:
    countries = opened().countries
    found: dict[str, Place] = {}
    for site in sorted(sites, key=lambda s: s.recorded_at):
        place = Place(
            site.name, site.latitude, site.longitude, countries.get(site.country, ""), "", site.geo_precision,
            site.country,
        )  # fmt: skip
        for name in (site.name, *site.aliases):
            if fold(name):
                found[fold(name)] = place
    return found


__all__ = ["among", "resolver", "whereabouts"]
