"""The place that a mention means in its text: every candidate is weighed by size and by what else the text names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tollbook.places.areas import Area, areas
from tollbook.places.resolver import Place, distance, resolve
from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import ADMIN, CITY, COUNTRY, SITE, Gazetteer, Spot, opened

# How much of a text is looked at for what surrounds a mention.
LONGEST = 60_000
# Names of so few letters are too many things; from this UCDP precision on a place is a unit and no point.
SHORT, PROVINCE = 3, 4
# A name as texts write it: words with capitals, small words between them.
_NAME = re.compile(r"[A-Z][\w.'’-]*(?:\s(?:(?:of|de|del|la|al|el|the|and)\s)?[A-Z][\w.'’-]*){0,3}")
# What stands between a place and the wider place behind it: "Zenda, Ruritania", "Zenda (Ruritania)".
_BEHIND = re.compile(r"\s*(?:,|\(|\bin\b)\s*(?:the\s)?([A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2})")

# What a sign adds to the weight of a candidate, each weight being the logarithm of how many live there.
QUALIFIED = 14.0  # the wider place stands behind the name
UNIT = 3.5  # the text names the first-level unit
LAND = 5.0  # the text names its country, by the share of all that it names
BESIDE = 2.5  # another place of the text lies near
OWN = 1.5  # the name is the first one the place has
NEAR = 160.0  # kilometres that are near
# What a first-level unit weighs beside the town of its name, and a hand-made site beside a town.
WEIGHTS = {ADMIN: 400_000, SITE: 60_000, COUNTRY: 10**9}
# What a wide place weighs: only what the text itself names can outweigh a country.
WIDE = {"n": 19.5, "a": 17.0}
_UNIT = re.compile(r"\s(?:province|governorate|state|oblast|county|district|region)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a text names: countries and first-level units with how often, and places that can only mean one.

    ``by`` tells which of it comes from which name, so that no name is evidence for itself.
    """

    lands: Counter[str]
    units: Counter[tuple[str, str]]
    spots: tuple[tuple[str, float, float], ...]
    by: dict[str, tuple[Counter[str], Counter[tuple[str, str]]]]

    def without(self, name: str) -> _Around:
        """The same without what this name alone tells."""
        lands, units = self.by.get(fold(name), (Counter[str](), Counter[tuple[str, str]]()))
        return _Around(self.lands - lands, self.units - units, self.spots, self.by)


def locate(mention: str, text: str = "", start: int = 0) -> Place | None:
    """The place that a mention most likely means, or None where nothing of that name is known.

    Args:
        mention: the name as written, a word for a people included ("Syrian").
        text: the text it stands in, for context.
        start: character of the text where it stands.
    """
    mention = " ".join(mention.split())[:200]
    if not mention:
        return None
    bare = mention.removeprefix("the ").removeprefix("The ")
    around = (_around(text[:LONGEST]) if text else _NOTHING).without(bare)
    behind = _behind(mention, text, start)
    area = _area(bare)
    if area and area.kind == "r":
        return _placed(area)
    best, weight = _best(_candidates(bare), bare, behind, around)
    if area and _heavy(area, behind, around) >= weight:
        return _placed(area)
    if best is None:
        return resolve(mention, _land(around))
    return best


def _area(name: str) -> Area | None:
    known = areas()
    return known.get(name) or known.get(name.title() if name.isupper() and len(name) > 3 else name)


def _placed(area: Area) -> Place:
    countries = opened().countries
    return Place(
        area.name.partition(" (")[0], area.latitude, area.longitude, countries.get(area.code, ""),
        area.name if area.kind == "a" else "", area.geo_precision, area.code,
    )  # fmt: skip


def _heavy(area: Area, behind: str, around: _Around) -> float:
    """What a wide place weighs beside a smaller one of its name: Georgia the country, Lebanon in Ohio."""
    if behind and (named := areas().get(behind)) is not None and named.code != area.code:
        return 0.0
    share = around.lands[area.code] / max(1, around.lands.total())
    return WIDE[area.kind] + (LAND * (0.4 + share) if around.lands[area.code] else 0.0)


def _behind(mention: str, text: str, start: int) -> str:
    """The wider place named right behind the mention, or empty."""
    end = start + len(mention)
    if text[start:end] != mention:
        return ""
    match = _BEHIND.match(text, end, end + 60)
    if match is None:
        return ""
    words = match[1].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        for form in (name, name.rstrip(".'’")):
            if form in areas() or _units().get(fold(form)):
                return form
    return ""


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[tuple[str, str], ...]]:
    """First-level units by folded name: (country, unit)."""
    gazetteer = opened()
    found: dict[str, set[tuple[str, str]]] = {}
    for number in range(len(gazetteer)):
        if gazetteer.kind(number) == ADMIN:
            spot = gazetteer.spot(number)
            found.setdefault(fold(gazetteer.label(number)), set()).add((spot.code, spot.admin))
    return {name: tuple(sorted(units)) for name, units in found.items()}


_NOTHING = _Around(Counter(), Counter(), (), {})


@lru_cache(maxsize=64)
def _around(text: str) -> _Around:
    """What a text names beside the mention."""
    lands: Counter[str] = Counter()
    units: Counter[tuple[str, str]] = Counter()
    spots: list[tuple[str, float, float]] = []
    by: dict[str, tuple[Counter[str], Counter[tuple[str, str]]]] = {}

    def tell(name: str, code: str, unit: str, count: int) -> None:
        own = by.setdefault(fold(name), (Counter(), Counter()))
        for land, part in ((lands, units), own):
            land[code] += count
            if unit:
                part[code, unit] += count

    for name, count in Counter(m.group() for m in _NAME.finditer(text)).items():
        for piece in {name, *name.split(" "), *_pairs(name)}:
            area = areas().get(piece) or areas().get(piece.rstrip(".'’"))
            if area and area.code:
                tell(piece, area.code, area.name.partition(" (")[0] if area.kind == "a" else "", count)
        one = _units().get(fold(name), ())
        if len(one) == 1:
            tell(name, *one[0], count)
        elif len(name) > SHORT and name not in areas():
            place = resolve(name)
            if place and place.code and place.geo_precision < PROVINCE:
                spots.append((place.code, place.latitude, place.longitude))
                tell(name, place.code, "", 1)
    return _Around(lands, units, tuple(spots), by)


def _pairs(name: str) -> list[str]:
    words = name.split(" ")
    return [f"{a} {b}" for a, b in pairwise(words)]


def _land(around: _Around) -> str | None:
    """The country that a text names most, where it names one."""
    for code, _ in around.lands.most_common(1):
        return opened().countries.get(code)
    return None


def _candidates(name: str) -> list[Spot]:
    """Every place that the name may mean."""
    gazetteer = opened()
    found: dict[int, Spot] = {}
    forms = [name]
    bare = _UNIT.sub("", name)
    if bare != name:
        forms.append(bare)
    for form in forms:
        folded = fold(form)
        if folded:
            for number in gazetteer.find(skeleton(folded)).get(folded, ()):
                found.setdefault(number, gazetteer.spot(number))
        if found:
            break
    return [s for s in found.values() if s.kind != COUNTRY or name not in areas()]


def _best(spots: Sequence[Spot], name: str, behind: str, around: _Around) -> tuple[Place | None, float]:
    """The candidate with the most weight, and that weight."""
    if not spots:
        return None, 0.0
    gazetteer = opened()
    total = max(1, around.lands.total())
    named = areas().get(behind)
    units = set(_units().get(fold(behind), ())) if behind else set()
    if named and named.kind == "a":
        units.add((named.code, named.name.partition(" (")[0]))

    def weight(spot: Spot) -> float:
        found = math.log(1 + max(spot.people, WEIGHTS.get(spot.kind, 200)))
        if (spot.code, spot.admin) in units or (named and named.kind == "n" and named.code == spot.code):
            found += QUALIFIED
        if around.units[spot.code, spot.admin]:
            found += UNIT
        if around.lands[spot.code]:
            found += LAND * (0.4 + around.lands[spot.code] / total)
        if any(
            c == spot.code and 0 < distance(spot.latitude, spot.longitude, a, b) < NEAR
            for c, a, b in around.spots
        ):
            found += BESIDE
        if _first(gazetteer, spot) == fold(name):
            found += OWN
        return found

    spot = max(spots, key=lambda s: (weight(s), -s.number))
    most = weight(spot)
    if spot.kind == ADMIN and not _UNIT.search(name):
        towns = [s for s in spots if s.kind == CITY and s.code == spot.code and s.admin == spot.admin]
        spot = max(towns, key=lambda s: s.people, default=spot)
    precision = {ADMIN: 4, COUNTRY: 6}.get(spot.kind, 1)
    place = Place(
        gazetteer.label(spot.number), spot.latitude, spot.longitude,
        gazetteer.countries.get(spot.code, ""), spot.admin, precision, spot.code,
    )  # fmt: skip
    return place, most


@lru_cache(maxsize=4096)
def _first(gazetteer: Gazetteer, spot: Spot) -> str:
    return fold(gazetteer.label(spot.number))


__all__ = ["locate"]
