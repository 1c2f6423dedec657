"""The places that a desk told, before those of the list: camps, prisons, quarters, or a better position."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from tollbook.nouns import Site
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


__all__ = ["among", "resolver"]
