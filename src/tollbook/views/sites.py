"""The places that the desk knows better than the list, as rows."""

from __future__ import annotations

from tollbook.nouns import Site


def data(site: Site) -> dict[str, object]:
    """A place as JSON has it."""
    return {
        "name": site.name,
        "latitude": site.latitude,
        "longitude": site.longitude,
        "precision": site.geo_precision,
        "country": site.country,
        "aliases": list(site.aliases),
        "note": site.note,
        "id": site.id,
    }
