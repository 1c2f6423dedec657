"""The list looked through by a person: every place that a name in any script may mean, not only the likeliest."""

from __future__ import annotations

from dataclasses import dataclass

from tollbook.places.resolver import Place
from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import ADMIN, AREA, CITY, COUNTRY, SITE, Gazetteer, opened

# What a row of each kind is, and its UCDP precision.
KINDS = {
    CITY: "town",
    SITE: "camp, prison or quarter",
    AREA: "region without borders",
    ADMIN: "province",
    COUNTRY: "country",
}
_PRECISION = {CITY: 1, SITE: 1, AREA: 5, ADMIN: 4, COUNTRY: 6}


@dataclass(frozen=True, slots=True)
class Listed:
    """One place of the list.

    Attributes:
        number: its row.
        kind: what it is, in words.
        people: inhabitants, roughly; 0 where unknown.
        place: where it lies.
        exact: whether it is listed under this very spelling.
    """

    number: int
    kind: str
    people: int
    place: Place
    exact: bool = True


def search(name: str, most: int = 40) -> tuple[Listed, ...]:
    """The places that a name may mean: those spelled so first, then those whose consonants are the same; by size."""
    gazetteer, folded = opened(), fold(name[:200])
    if not folded:
        return ()
    rows: dict[int, bool] = {}
    for spelled, numbers in gazetteer.find(skeleton(folded)).items():
        for number in numbers:
            rows[number] = rows.get(number, False) or spelled == folded
    found = [_row(gazetteer, number, exact=exact) for number, exact in rows.items()]
    return tuple(sorted(found, key=lambda r: (not r.exact, r.place.geo_precision != 6, -r.people, r.number)))[
        :most
    ]


def country(code: str) -> str:
    """The English name of the country of a code (ISO 3166 alpha-2), or empty."""
    return opened().countries.get(code, "")


def row(number: int) -> Listed | None:
    """The place in a row of the list, if there is such a row."""
    gazetteer = opened()
    return _row(gazetteer, number, exact=True) if 0 <= number < len(gazetteer) else None


def _row(gazetteer: Gazetteer, number: int, *, exact: bool) -> Listed:
    spot = gazetteer.spot(number)
    place = Place(
        gazetteer.label(number), spot.latitude, spot.longitude, gazetteer.countries.get(spot.code, ""), spot.admin,
        _PRECISION.get(spot.kind, 1), spot.code,
    )  # fmt: skip
    return Listed(number, KINDS.get(spot.kind, "place"), spot.people, place, exact)


__all__ = ["Listed", "country", "row", "search"]
