"""Spots: what the words of a place say, as names that can be compared and kinds of site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians

from tollbook.places import Place
from tollbook.places.spelling import ARTICLES, fold, skeleton

Places = Callable[[str], Place | None]

# UCDP where_prec 4 and up is a province, a country or wider: a name of that kind says little about where.
WIDE = 4
COUNTRY = 6

# What is hit in the news of war, by the words for it; two reports of one day and city that name different
# kinds of site tell of different events. Words that are at home everywhere (street, house, area) are left out.
SITES = {
    "prison": "prison prisons jail jails penitentiary detention prisons dungeon gaol lockup",
    "market": "market markets bazaar souk souq marketplace mall supermarket stalls",
    "hospital": "hospital hospitals clinic clinics infirmary maternity",
    "school": "school schools university college kindergarten madrasa academy campus",
    "worship": "mosque mosques church churches temple shrine synagogue cathedral monastery husseiniya",
    "airfield": "airport airports airbase airfield airstrip runway",
    "barracks": "barracks garrison outpost cantonment",
    "checkpoint": "checkpoint checkpoints roadblock",
    "hotel": "hotel hotels restaurant cafe nightclub bar pub",
    "embassy": "embassy consulate",
    "station": "station stations",
    "factory": "factory plant refinery mine warehouse",
    "funeral": "funeral wedding procession",
    "vessel": "ship boat vessel ferry dinghy",
    "bridge": "bridge",
}
_SITE_OF = {word: kind for kind, words in SITES.items() for word in words.split()}

# Sites where people are brought or flee to; they say little about where it happened.
REFUGES = frozenset({"hospital", "school", "worship", "hotel"})

_WORD = re.compile(r"[^\W\d_](?:[\w'’‘ʿʾ`-]*\w)?")
_DIRECTION = re.compile(r"\b(?:north|south|east|west|centr|middle|upper|lower)\w*\b", re.IGNORECASE)
# Capital letters that name no place: states of things and peoples before a common noun ("Kurdish-held city").
_HELD = re.compile(r"-(?:held|led|run|controlled|occupied|administered|majority)$", re.IGNORECASE)
# The Arabic article, written small before a name: "al-Hasakah".
_ARTICLE = re.compile(r"^[a-z]{2,3}[-'’](?=[A-Z])")
# Two spellings of one name share this much; names of like consonants only ("Goran", "Green") do not.
ALIKE = 0.65


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it can be compared.

    Attributes:
        names: folded proper names, those that say much.
        wide: folded names of provinces, countries and peoples.
        sites: kinds of site.
    """

    names: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()

    def __or__(self, other: Spot) -> Spot:
        names = self.names | other.names
        return Spot(names, (self.wide | other.wide) - names, self.sites | other.sites)


def spot(text: str | None, places: Places | None = None) -> Spot:
    """The spot of a place in words: "Ghwayran prison, city of Hasakeh" has two names and one site."""
    return _spot(text, places) if text else Spot()


@lru_cache(maxsize=8192)
def _spot(text: str, places: Places | None) -> Spot:
    names: set[str] = set()
    wide: set[str] = set()
    sites: set[str] = set()
    for part in text.split(","):
        part_wide = bool(_DIRECTION.search(part)) and not any(w in _SITE_OF for w in part.lower().split())
        for found_word in _WORD.findall(part):
            word = _ARTICLE.sub("", found_word)
            kind = _SITE_OF.get(word.lower())
            if kind:
                sites.add(kind)
            elif word[0].isupper() and not _HELD.search(word) and not (word.isupper() and len(word) < 6):
                found = fold(word)
                if len(found) > 1 and found not in ARTICLES and not _DIRECTION.fullmatch(word):
                    country = _country(word, places)
                    if country:
                        wide.add(country)
                    elif part_wide or _is_wide(part.strip(), word, places):
                        wide.add(found)
                    else:
                        names.add(found)
    return Spot(frozenset(names), frozenset(wide - names), frozenset(sites))


@lru_cache(maxsize=8192)
def _country(word: str, places: Places | None) -> str | None:
    """The folded country that a word is or belongs to ("Syrian" is Syria), where there is a gazetteer."""
    if places is None:
        return None
    for name in (word, word[:-1]) if word.endswith(("n", "i")) else (word,):
        place = places(name)
        if place is not None and place.geo_precision >= COUNTRY:
            return fold(place.name)
    return None


def _is_wide(part: str, word: str, places: Places | None) -> bool:
    """Whether the gazetteer, where there is one, knows the name as a province or wider."""
    if places is None:
        return False
    place = places(part) or places(word)
    return place is not None and place.geo_precision >= WIDE


def spot_of_title(title: str, places: Places | None = None) -> Spot:
    """The spot that a headline names: its kinds of site, and a name right before one ("Ghwayran prison")."""
    words = _WORD.findall(title)
    sites = frozenset(_SITE_OF[w.lower()] for w in words if w.lower() in _SITE_OF)
    named = [f"{a} {b}" for a, b in pairwise(words) if a[0].isupper() and b.lower() in _SITE_OF]
    found = Spot(sites=sites)
    for name in named:
        found = found | spot(name, places)
    return found


def words_in(text: str) -> frozenset[str]:
    """The folded words of a headline, to look names up in."""
    return frozenset(fold(w) for w in _WORD.findall(text) if len(w) > 2)


@lru_cache(maxsize=65536)
def alike(a: str, b: str) -> bool:
    """Whether two folded names are spellings of one: Hasakah and Hasakeh, Ghwayran and Gweran.

    The consonants must be the same, and enough of the rest.
    """
    if a == b:
        return True
    if skeleton(a) != skeleton(b) or min(len(a), len(b)) < 3:
        return False
    return SequenceMatcher(None, _plain(a), _plain(b), autojunk=False).ratio() >= ALIKE


_VOWELS = (
    (re.compile(r"gh"), "g"),
    (re.compile(r"kh|q|ck"), "k"),
    (re.compile(r"ou?(?=[aeiy])|uw?(?=[aeiy])"), "w"),
    (re.compile(r"a[yi]|e[yi]"), "e"),
    (re.compile(r"a[wu]|o[wu]|oo"), "o"),
    (re.compile(r"[aeo]h?$"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65536)
def _plain(name: str) -> str:
    """The name with the vowels that romanisation varies made one."""
    for pattern, letter in _VOWELS:
        name = pattern.sub(letter, name)
    return name


def shared(a: Iterable[str], b: Iterable[str]) -> set[str]:
    """The names of ``a`` that have a like one in ``b``."""
    others = tuple(b)
    return {name for name in a if any(alike(name, other) for other in others)}


# A quarter and its city, or two villages of one battle, lie this near, in kilometres.
NEAR = 25
_EARTH = 6371


@lru_cache(maxsize=65536)
def near(a: str, b: str, places: Places | None) -> bool:
    """Whether the gazetteer, where there is one, knows two names within ``NEAR`` kilometres of each other."""
    if places is None:
        return False
    one, other = places(a), places(b)
    if one is None or other is None or max(one.geo_precision, other.geo_precision) >= WIDE:
        return False
    lat, lon = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    lon *= cos(radians((one.latitude + other.latitude) / 2))
    return _EARTH * hypot(lat, lon) <= NEAR
