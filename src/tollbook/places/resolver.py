"""The place that a name means, or None: exact spelling first, then the skeleton, weighed by context and size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tollbook.places.phrase import (
    PRECISION,
    Part,
    parts,
    second_level,
    without_side,
    without_thing,
    without_town,
    without_unit,
)
from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import ADMIN, AREA, CITY, COUNTRY, SITE, Gazetteer, Spot, opened


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place.

    Attributes:
        name: the name of the place list.
        latitude: degrees, WGS 84.
        longitude: degrees, WGS 84.
        country: English name of the country.
        admin1: name of the first-level unit, or empty.
        geo_precision: UCDP where_prec: 1 exact place, 2 near or in a limited area round it, 3 second-level
            unit, 4 first-level unit, 5 fuzzy area, 6 country.
        code: ISO 3166 alpha-2 of the country.
    """

    name: str
    latitude: float
    longitude: float
    country: str
    admin1: str
    geo_precision: int
    code: str = ""


# A name means the larger place when it has six times the people of the next: Tripoli in Libya has five
# times those of Tripoli in Lebanon, and no reader would guess.
DOMINANCE = 6
# Two rows closer than this many kilometres are one place entered twice.
SAME = 30
# A place in context lies within this many kilometres of the place named with it (a governorate's width).
WITHIN = 120
# Outside the context's country only a city that everybody knows is meant: Egypt has a Mansoura of a million,
# and a report from Yemen that says Mansoura means the quarter of Aden.
FAMOUS = 2_000_000
# How much more a place weighs under its first name than under another one.
FIRST = 4
# A hamlet that bears the name of its province is not what a report means by it.
TOWN = 5_000
# Weights of rows without a count of people: a site named in the list is there because reports name it.
WEIGHTS = {SITE: 60_000, AREA: 2_000_000, ADMIN: 150_000}
# How alike two spellings with one skeleton must be, in context and without.
ALIKE, ALIKE_ALONE = 0.55, 0.8


def resolve(name: str, near: str | None = None) -> Place | None:
    """The place that a phrase names, or None where it is unknown or uncertain.

    Args:
        name: a place as a text writes it; parts after commas and after "in" are its context.
        near: a country or place in whose context the name stands ("Syria").
    """
    return _resolve(name.strip()[:200], (near or "").strip()[:200])


@lru_cache(maxsize=16384)
def _resolve(name: str, near: str) -> Place | None:
    gazetteer = opened()
    context: tuple[Spot, int] | None = None
    for part in reversed(parts(near)):
        # A context is only believed in a known spelling: guessed, it would turn good names away.
        context = _find(gazetteer, part, context[0] if context else None, guess=False) or context
    found: tuple[Spot, int] | None = None
    missed = False
    for part in reversed(parts(name)):
        around = found or context
        inner = _find(gazetteer, part, around[0] if around else None)
        if inner and found and not _inside(inner[0], found[0]):
            inner = None
        missed = inner is None
        found = inner or found
    if found is None:
        return None
    spot, precision = found
    # The finest name is unknown to the list: it lies somewhere about the town that is named with it.
    if missed and precision == 1:
        precision = 2
    country = gazetteer.countries.get(spot.code, "")
    return Place(
        gazetteer.label(spot.number), spot.latitude, spot.longitude, country, spot.admin, precision, spot.code
    )


def _inside(inner: Spot, outer: Spot) -> bool:
    """Whether the finer place can lie in, or by, the wider one."""
    if outer.kind == COUNTRY:
        return inner.code == outer.code
    return inner.code == outer.code and (outer.kind in {ADMIN, AREA} or _km(inner, outer) <= WITHIN)


def _find(
    gazetteer: Gazetteer, part: Part, around: Spot | None, *, guess: bool = True
) -> tuple[Spot, int] | None:
    """The place of one part and its precision."""
    tries: list[tuple[str, frozenset[str], int]] = []
    anything = frozenset({CITY, SITE, AREA, ADMIN, COUNTRY})
    tries.append((part.name, anything, part.least))
    if part.unit:
        bare = without_unit(part.name)
        least = 3 if second_level(part.unit) else 4
        units = frozenset({ADMIN}) if least == 4 else frozenset({CITY, SITE, ADMIN})
        tries += [(bare, units, least), (bare, anything, least)]
    town = without_town(part.name)
    if town != part.name:
        tries += [(town, frozenset({CITY, SITE}), part.least), (town, anything, part.least)]
    site = without_thing(part.name)
    if site != part.name:
        tries.append((site, frozenset({CITY, SITE}), part.least))
    side = without_side(without_unit(part.name))
    if side != part.name:
        tries.append((side, anything, max(2, part.least)))
    for loose in (False, True)[: 1 + guess]:
        for name, kinds, least in tries:
            spot = _choose(gazetteer, name, kinds, around, loose=loose)
            if spot is None:
                continue
            precision = max(least, PRECISION.get(spot.kind, 1))
            if spot.kind == COUNTRY and name == side != part.name:
                precision = 5
            return spot, precision
    return None


def _choose(
    gazetteer: Gazetteer, name: str, kinds: frozenset[str], around: Spot | None, *, loose: bool
) -> Spot | None:
    """The one place of those kinds that a name can only mean, spelled like that or, where loose, alike."""
    folded = fold(name)
    if not folded:
        return None
    bones = skeleton(folded)
    found = gazetteer.find(bones)
    exact = found.get(folded, ())

    def alike(code: str | None) -> tuple[int, ...]:
        # Two consonants are weak evidence: half of all short names share them.
        if len(bones) < 2 or (len(bones) == 2 and not around):
            return ()
        within = None if code is None else gazetteer.rows_of(code)
        return _alike(found, folded, ALIKE if around else ALIKE_ALONE, within)

    rows = alike(around.code if around else None) if loose else exact
    spots = [s for s in map(gazetteer.spot, rows) if s.kind in kinds]
    if around is not None:
        home = _closest(spots, around)
        inner = _dominant(home, _own(gazetteer, folded, home), by=2)
        if inner is None and not loose:
            return _dominant([s for s in spots if s.people >= FAMOUS or s.kind == COUNTRY])
    elif loose and exact:
        return None  # the name as spelled is known and uncertain: another spelling does not settle it
    else:
        inner = _dominant(spots, _own(gazetteer, folded, spots))
    if inner and inner.kind == ADMIN and CITY in kinds:
        # "Hassakeh" is listed for the governorate only, but a name alone is the town's in any spelling.
        towns = [s for s in map(gazetteer.spot, alike(inner.code)) if s.kind == CITY]
        return _town_of(inner, towns) or inner
    return inner


def _own(gazetteer: Gazetteer, folded: str, spots: Sequence[Spot]) -> frozenset[int]:
    """Rows that bear the name first: Homs is Syria's before it is Libya's Al Khums."""
    if len(spots) < 2:
        return frozenset()
    # Labels lie in blocks; the weightiest dozen is all that can win.
    ranked = sorted(spots, key=_weight, reverse=True)[:12]
    name = folded.rstrip("h")  # Hama is Ḩamāh
    return frozenset(s.number for s in ranked if _first_name(gazetteer, s.number).rstrip("h") == name)


@lru_cache(maxsize=8192)
def _first_name(gazetteer: Gazetteer, number: int) -> str:
    return fold(gazetteer.label(number))


def _alike(
    found: Mapping[str, tuple[int, ...]], folded: str, least: float, within: range | None
) -> tuple[int, ...]:
    """Rows under other spellings with the same skeleton, of one country where ``within`` gives its rows."""
    matcher = SequenceMatcher(None, "", folded)
    letters = Counter(folded)
    rows: list[int] = []
    for name, numbers in found.items():
        if name == folded or (within is not None and not any(n in within for n in numbers)):
            continue
        # How alike two spellings can be at most, by their lengths and then by their letters, is cheap to know.
        enough = least * (len(name) + len(folded)) / 2 - 1e-9
        if min(len(name), len(folded)) < enough or (letters & Counter(name)).total() < enough:
            continue
        matcher.set_seq1(name)
        if matcher.ratio() >= least:
            rows += numbers
    return tuple(dict.fromkeys(rows))


def _town_of(unit: Spot, spots: Iterable[Spot]) -> Spot | None:
    """The town that a unit is named for, if one of the places is it."""
    homes = [s for s in spots if s.kind == CITY and (s.code, s.admin) == (unit.code, unit.admin)]
    big = [s for s in homes if s.people >= max(TOWN, unit.people)]
    return max(big, key=lambda s: s.people, default=None)


def _closest(spots: Sequence[Spot], around: Spot) -> list[Spot]:
    """Those in the context: near the place, else in its country."""
    home = [s for s in spots if s.code == around.code]
    if around.kind == COUNTRY:
        return home
    if around.kind == ADMIN:
        return [s for s in home if s.admin == around.admin] or home
    return [s for s in home if _km(s, around) <= WITHIN] or home


def _weight(spot: Spot) -> float:
    if spot.kind == COUNTRY:
        return math.inf
    return max(spot.people, WEIGHTS.get(spot.kind, 200))


def _dominant(spots: Sequence[Spot], own: frozenset[int] = frozenset(), by: float = DOMINANCE) -> Spot | None:
    """The place that outweighs every other by the factor; a town before the unit round it."""
    if not spots:
        return None

    def weight(spot: Spot) -> float:
        return _weight(spot) * (FIRST if spot.number in own else 1)

    ranked = sorted(spots, key=lambda s: (-weight(s), s.number))
    first = ranked[0]
    if first.kind == ADMIN:
        # "Hasakeh" alone is the town; its governorate is asked for by name.
        first = _town_of(first, ranked) or first
    # A row written by hand is what reports mean where both lists have the place.
    first = next(
        (s for s in ranked if s.kind == SITE and _km(first, s) <= SAME and first.kind == CITY), first
    )
    for other in ranked:
        if other.number == first.number or _km(first, other) <= SAME:
            continue
        # A unit round the town, or another unit that had this name once, is no rival.
        named = first.kind != ADMIN or (first.number in own and other.number not in own)
        if other.kind == ADMIN and other.code == first.code and named:
            continue
        if weight(other) * by > weight(first):
            return None
    return first


def _km(a: Spot, b: Spot) -> float:
    """Kilometres between two places."""
    return distance(a.latitude, a.longitude, b.latitude, b.longitude)


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Kilometres between two points on a sphere, given in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (latitude, longitude, other_latitude, other_longitude))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))
