"""Wide places by the words for them: countries and their people, parts of the world, seas, short forms of states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tollbook.places.store import DataError

# UCDP where_prec of a row of each kind: a country, a first-level unit, a part of the world or a sea.
_PRECISION = {"n": 6, "a": 4, "r": 7}


@dataclass(frozen=True, slots=True)
class Area:
    """A wide place.

    Attributes:
        name: its name.
        kind: "n" country, "a" first-level unit, "r" part of the world or sea.
        code: ISO 3166 alpha-2 of the country, empty for a part of the world.
        latitude, longitude: degrees, the point that maps give it.
    """

    name: str
    kind: str
    code: str
    latitude: float
    longitude: float

    @property
    def geo_precision(self) -> int:
        """UCDP where_prec: 4 first-level unit, 6 country, 7 part of the world or sea."""
        return _PRECISION[self.kind]


@cache
def areas() -> Mapping[str, Area]:
    """Every wide place by its name and its other words, as written ("Syria", "Syrian", "Calif.").

    Raises:
        DataError: the list is missing or damaged.
    """
    try:
        text = (files("tollbook.places") / "data" / "areas.tsv").read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(f"the list of wide places is not there ({error}); install tollbook again") from error
    found: dict[str, Area] = {}
    for line in text.splitlines():
        cells = line.split("\t")
        if line.startswith("#") or cells[0] == "kind":
            continue
        try:
            kind, name, code, latitude, longitude, words = cells
            area = Area(name, kind, code, float(latitude), float(longitude))
        except ValueError as error:
            raise DataError(f"the list of wide places has a damaged line, {line[:40]!r}") from error
        for word in (name.partition(" (")[0], *filter(None, words.split(";"))):
            found.setdefault(word, area)
    return found


__all__ = ["Area", "areas"]
