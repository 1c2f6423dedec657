"""Regions: where a place lies, as a key that nests: a first-level unit lies in its country, a country anywhere."""

from __future__ import annotations

from collections.abc import Callable

from tollbook.places.areas import areas
from tollbook.places.resolver import Place

# UCDP where_prec from which on a place is no first-level unit or finer: an area of several, a country, the world.
FUZZY, WORLD = 5, 7


def region(place: Place | None) -> tuple[str, ...]:
    """The region that surely holds a place: (country, first-level unit), (country,) or () where nothing is sure.

    Nothing finer: "Zenda" and "the market of Zenda" are one place or two, and the list cannot tell.
    """
    if place is None or not place.country or place.geo_precision >= WORLD:
        return ()
    if place.geo_precision >= FUZZY or not place.admin1:
        return (place.country,)
    return place.country, place.admin1


def regions(places: Callable[[str], Place | None]) -> Callable[[str | None], tuple[str, ...]]:
    """A way to tell the region of a place in words by a gazetteer."""

    def told(name: str | None) -> tuple[str, ...]:
        area = areas().get(name.strip()) if name else None
        # "Middle East" is a part of the world first, whatever hamlet bears that name.
        return region(places(name)) if name and (area is None or area.kind != "r") else ()

    return told


__all__ = ["region", "regions"]
