"""A place phrase taken apart: "a prison outside Hasakeh, Syria" → its names, the most specific first.

Each part says how wide it must be taken: "near X" is never the exact place, "X province" is the unit
and not the town, "northern X" is less than X and nobody knows how much.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tollbook.places.store import ADMIN, AREA, COUNTRY


class Part(NamedTuple):
    """One name of a place phrase.

    Attributes:
        name: the name, with the words around it taken off; empty for a bare "a prison".
        least: the finest UCDP precision that it can have.
        unit: whether it names a first-level or second-level unit ("province", "district"), "" if not.
        side: whether it names a side of something ("northern").
    """

    name: str
    least: int = 1
    unit: str = ""
    side: bool = False


_COMMA = re.compile(r"\s*[,;()\[\]،]\s*|\s+[-–—]\s+")
_INSIDE = re.compile(
    r"\s+(?:in|inside|within|at)\s+(?:the\s+)?"
    r"|(?<=\w)\s+(?:neighbou?rhood|quarter|suburb|district|camp|prison|village)\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)

_SIDES = r"(?:north|south)[ -]?(?:east|west)?|east|west"
_NEAR = re.compile(
    rf"""^(?:.*?\s)??(?:
        (?:just\s+)?(?:near|nearby|outside|around|beside|towards?|off|surrounding|approaching)(?:\s+of)?
      | close\s+to | adjacent\s+to
      | (?:in\s+|on\s+)?(?:the\s+)?(?:vicinity|outskirts|edges?|surroundings|environs|suburbs)\s+of
      | (?:to\s+)?(?:the\s+)?(?:{_SIDES})\s+of
      | [\d.,]+\s*(?:km|kilometres|kilometers|miles?|mi)\b.*?\b(?:of|from)
    )\s+(?:the\s+)?""",
    re.IGNORECASE | re.VERBOSE,
)
_SIDE = re.compile(
    rf"^(?:the\s+)?(?:far\s+)?(?:(?:{_SIDES})(?:ern)?|upper|lower|rural|greater)(?:[ -]and[ -]\w+)?\s+"
    r"(?:parts?\s+of\s+|half\s+of\s+)?",
    re.IGNORECASE,
)
_MIDDLE = re.compile(r"^(?:the\s+)?(?:central|downtown|inner|old)\s+", re.IGNORECASE)

_FIRST = "province|governorate|state|oblast|region|prefecture|department|republic|emirate|voblast|krai|kray"
_SECOND = (
    "district|county|raion|rayon|subdistrict|division|township|municipality|cercle|countryside|territory"
)
_AFTER = re.compile(rf"\s+({_FIRST}|{_SECOND})s?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^(?:the\s+)?({_FIRST}|{_SECOND})\s+of\s+(?:the\s+)?", re.IGNORECASE)
_OTHER = re.compile(
    r"^(?:محافظة|ولاية|ريف)\s+|\s+(?:область|облась|губернаторство|провинция|мухафаза)$", re.IGNORECASE
)

# Words for kinds of settlement that stand beside a name; "Gaza City" itself is tried before they go.
_TOWN = r"(?:port\s+|capital\s+|border\s+)?(?:city|town|village|hamlet|settlement|suburb|neighbou?rhood|quarter|area)"
_TOWN_AFTER = re.compile(rf"\s+{_TOWN}$", re.IGNORECASE)
_TOWN_BEFORE = re.compile(rf"^(?:the\s+|a\s+|an\s+)?(?:\w+\s+)?{_TOWN}\s+(?:of|called)\s+", re.IGNORECASE)
_BY_HEAD = re.compile(rf"^(?:the\s+)?{_TOWN}\s+(?=[A-Z])", re.IGNORECASE)

# Nouns for what stands in a place: alone they name nothing.
_THINGS = (
    "a an the his her their its one two several some this that same city town village hamlet camp camps prison "
    "jail hospital clinic school university market mosque church base house home building checkpoint compound "
    "airport airfield airbase border crossing bridge road highway street square factory station centre center "
    "detention refugee displacement displaced military police area areas neighbourhood neighborhood quarter suburb "
    "suburbs countryside outskirts region province district governorate state country place site facility nearby "
    "northern southern eastern western central northeastern northwestern southeastern southwestern parts part of "
    "residential crowded local main"
)

_NAMELESS = frozenset(_THINGS.split())


def parts(phrase: str) -> list[Part]:
    """The names in a phrase, the most specific first; words that name nothing are left out."""
    found: list[Part] = []
    for piece in _COMMA.split(" ".join(phrase.split())):
        for bit in _INSIDE.split(piece):
            near = _NEAR.match(bit)
            if near is None:
                found.append(_part(bit))
                continue
            # "a village near Idlib": what stands before the word is a name of its own, or none.
            found.extend(p for p in [_part(re.split(_NEAR_WORD, bit, maxsplit=1)[0])] if p.name)
            inner = _part(bit[near.end() :])
            found.append(inner._replace(least=max(2, inner.least)))
    return [p for p in found if p.name]


_NEAR_WORD = re.compile(
    rf"\b(?:just\s+)?(?:near|nearby|outside|around|beside|towards?|off|surrounding|approaching|close\s+to|adjacent|"
    rf"(?:in\s+|on\s+)?(?:the\s+)?(?:vicinity|outskirts|edges?|surroundings|environs|suburbs)\s+of|"
    rf"(?:to\s+)?(?:the\s+)?(?:{_SIDES})\s+of|[\d.,]+\s*(?:km|kilometres|kilometers|miles?|mi))\b",
    re.IGNORECASE,
)


def _part(text: str) -> Part:
    """One piece without commas as a part."""
    text = text.strip(" .:'\"“”")
    if all(word in _NAMELESS for word in text.casefold().split()):
        return Part("")
    unit = _AFTER.search(text) or _BEFORE.search(text)
    return Part(text, unit=unit[1].casefold() if unit else "")


def without_unit(name: str) -> str:
    """The name without its word for a unit: "Hasakeh province" and "محافظة الحسكة" are Hasakeh."""
    bare = _OTHER.sub("", _BEFORE.sub("", _AFTER.sub("", name))).strip()
    return bare or name


def without_side(name: str) -> str:
    """The name without its side: "northern Syria" is Syria."""
    return _SIDE.sub("", name)


def without_town(name: str) -> str:
    """The name without its word for a kind of settlement: "the town of Hasakeh" is Hasakeh."""
    bare = _TOWN_BEFORE.sub("", name)
    bare = _BY_HEAD.sub("", bare)
    bare = _MIDDLE.sub("", bare)
    return _TOWN_AFTER.sub("", bare).strip() or name


_THING = re.compile(
    r"\s+(?:(?:central|military|refugee|detention|displacement|idp)\s+)*"
    r"(?:prison|jail|camps?|hospital|market|mosque|school|university|airport|airbase|base|cent(?:re|er)|crossing)$",
    re.IGNORECASE,
)


def without_thing(name: str) -> str:
    """The name without the thing that bears it: "Ghweiran jail" is in Ghweiran."""
    return _THING.sub("", name)


def second_level(unit: str) -> bool:
    """Whether the word names a unit below the first level."""
    return unit in _SECOND.split("|")


# UCDP where_prec of a bare name: 1 exact place, 4 first-level unit, 5 fuzzy area, 6 country.
PRECISION = {ADMIN: 4, AREA: 5, COUNTRY: 6}
