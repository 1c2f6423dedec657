"""Policies: a counting rule as data. A method's file (TOML) becomes a frozen ``Policy`` here, or one clear error.

Every key has a default, and the defaults together are the method ``strict``: a file says only what it does otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from tollbook.codes import Grade, Outcome, SourceKind


class TollError(ValueError):
    """A toll cannot be computed as asked: what was wrong and what one can ask for."""


class MethodError(TollError):
    """A method's file that cannot be used: the file, the key, and what is allowed there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a method counts, whose word, in which numbers, what stands, and how it becomes one figure.

    Attributes:
        takes: "source" for a method that is asked for as NAME:SOURCE, else empty.
        grades: the grades of incidents that count; empty for every incident.
        least: how many an incident must hold at the most said, else it is none.
        outcomes: the outcomes that are counted; empty for all.
        groups: whether groups have a figure, or only everybody.
        kinds: the kinds of source that count; empty for all.
        reliability: the lowest Admiralty letter that counts, A to E.
        unjudged: whether voices count whose reliability cannot be judged (F, or no card).
        credibility: the lowest credibility of a claim that counts, 1 to 5; a claim that nobody rated counts.
        alleged: whether what is only alleged counts.
        reviewed: whether only claims count that a person has accepted or corrected.
        party_word: "any", or "own": a party counts its own losses and nobody else's.
        concessions: "count", or "beside": what a party says it did itself is shown beside and not counted.
        voices: how many origins must stand for a figure.
        numbers: the number of each vague word; a word that is not there counts as it was read.
        unknown: what an unknown number (many, several people unnamed) counts as; 0 for not at all.
        bounds: "open", or "number": "at least 20" is 20.
        totals: "latest", or "ever": whatever an origin ever said stands.
        expire: whether an older lower total of one origin ends when another says more.
        expire_after_days: so many days later.
        episodes: "apart", or "together": figures of other days or of one episode are not kept from the rest.
        vaguer: "count", or "aside": a figure that only says another one less exactly (over 370 beside 373) does not count.
        range: "agree", "hull" or "point".
        best: the rules that narrow the figures to the likely one, in order; the first that leaves one number gives it.
        ranking: names or kinds of sources, the first before the next, for the rule "ranking".
        whole: "said", or "sides": everybody is the sum of the parties, the civilians and the unknown.
    """

    takes: str = ""
    grades: tuple[Grade, ...] = ()
    least: int = 0
    outcomes: tuple[Outcome, ...] = ()
    groups: bool = True
    kinds: tuple[SourceKind, ...] = ()
    reliability: str = "E"
    unjudged: bool = True
    credibility: int = 5
    alleged: bool = True
    reviewed: bool = False
    party_word: str = "any"
    concessions: str = "count"
    voices: int = 1
    numbers: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    bounds: str = "open"
    totals: str = "latest"
    expire: bool = True
    expire_after_days: int = 1
    episodes: str = "apart"
    vaguer: str = "count"
    range: str = "agree"
    best: tuple[str, ...] = ("agreed",)
    ranking: tuple[str, ...] = ()
    whole: str = "said"


class Allowed(NamedTuple):
    """What a key may hold: ``text``, ``flag``, ``number`` (lowest, highest), ``one`` or ``many`` of words, ``numbers``."""

    kind: str
    words: Sequence[str] = ()
    low: int = 0
    high: int = 10**9


BESTS = ("agreed", "reliable", "ranking", "majority", "latest", "lowest", "highest")
# The keys of a file by table, each by the name of its field in Policy; those without a table come first.
TABLES: Mapping[str, Mapping[str, Allowed]] = {
    "": {
        "name": Allowed("text"),
        "version": Allowed("number", low=1),
        "description": Allowed("text"),
        "follows": Allowed("text"),
        "takes": Allowed("one", ("source",)),
    },
    "incidents": {"grades": Allowed("many", tuple(Grade)), "least": Allowed("number")},
    "counts": {"outcomes": Allowed("many", tuple(Outcome)), "groups": Allowed("flag")},
    "sources": {
        "kinds": Allowed("many", tuple(SourceKind)),
        "reliability": Allowed("one", tuple("ABCDE")),
        "unjudged": Allowed("flag"),
        "credibility": Allowed("number", low=1, high=5),
        "alleged": Allowed("flag"),
        "reviewed": Allowed("flag"),
        "party_word": Allowed("one", ("any", "own")),
        "concessions": Allowed("one", ("count", "beside")),
        "voices": Allowed("number", low=1),
    },
    "words": {
        "numbers": Allowed("numbers"),
        "unknown": Allowed("number"),
        "bounds": Allowed("one", ("open", "number")),
    },
    "standing": {
        "totals": Allowed("one", ("latest", "ever")),
        "expire": Allowed("flag"),
        "expire_after_days": Allowed("number"),
        "episodes": Allowed("one", ("apart", "together")),
        "vaguer": Allowed("one", ("count", "aside")),
    },
    "figure": {
        "range": Allowed("one", ("agree", "hull", "point")),
        "best": Allowed("many", BESTS),
        "ranking": Allowed("texts"),
        "whole": Allowed("one", ("said", "sides")),
    },
}
_HEAD = ("name", "version", "description", "follows")
_NEEDED = ("name", "version", "description")
# Names that mean something else where a method is asked for.
RESERVED = frozenset({"all"})
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class Written(NamedTuple):
    """A method as its file has it."""

    name: str
    version: int
    description: str
    follows: str
    policy: Policy


def read(text: str, where: str) -> Written:
    """The method that a file describes.

    Args:
        text: the content of the file.
        where: its path, for messages; its stem must be the method's name.

    Raises:
        MethodError: it is no TOML, or a key is unknown, missing, or holds what is not allowed there.
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MethodError(f"{where} is no TOML: {error}") from error
    flat = _flat(given, where)
    for key in _NEEDED:
        if not flat.get(key):
            raise MethodError(f"{where}: a method needs a {key}; write {key} = {_SHOWN[key]}")
    name = str(flat["name"])
    stem = where.replace("\\", "/").rpartition("/")[2].removesuffix(".toml")
    if name != stem or not _NAME.fullmatch(name) or name in RESERVED:
        raise MethodError(
            f"{where}: name is {name!r}; it must be the file's own name ({stem!r}), in small letters, digits and "
            f"hyphens, and not {', '.join(sorted(RESERVED))}"
        )
    policy = Policy(**{k: v for k, v in flat.items() if k not in _HEAD})
    _fits(policy, where)
    words = " ".join(str(flat["description"]).split())
    return Written(name, int(flat["version"]), words, str(flat.get("follows", "")), policy)


_SHOWN = {"name": '"..."', "version": "1", "description": '"what it does, in words"'}


def _flat(given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values by key, each of them allowed where it stands."""
    found: dict[str, Any] = {}
    for key, value in given.items():
        if key in TABLES and isinstance(value, dict):
            for inner, said in value.items():
                found[inner] = _value(TABLES[key], key, inner, said, where)
        elif key in TABLES:
            raise MethodError(f"{where}: {key} is a table; write [{key}] and its keys on lines of their own")
        else:
            found[key] = _value(TABLES[""], "", key, value, where)
    return found


def _value(table: Mapping[str, Allowed], name: str, key: str, value: object, where: str) -> object:
    """The value of a key as the policy has it."""
    shown = f"{name}.{key}" if name else key
    if key not in table:
        tables = "" if name else "; tables are " + ", ".join(f"[{t}]" for t in TABLES if t)
        holder = f"[{name}] may hold" if name else "a method may hold"
        raise MethodError(f"{where}: unknown key {shown}; {holder} {', '.join(table)}{tables}")
    allowed = table[key]
    if allowed.kind == "text" and isinstance(value, str) and value.strip():
        return value.strip()
    if allowed.kind == "flag" and isinstance(value, bool):
        return value
    if allowed.kind == "number" and _number(value, allowed.low, allowed.high):
        return value
    if allowed.kind == "one" and isinstance(value, str) and value in allowed.words:
        return value
    if allowed.kind in {"many", "texts"} and isinstance(value, list):
        wrong = [v for v in value if not isinstance(v, str) or (allowed.words and v not in allowed.words)]
        if not wrong and len(set(value)) == len(value):
            kind = type(allowed.words[0]) if allowed.words else str
            return tuple(kind(v) if issubclass(kind, StrEnum) else v for v in value)
    if allowed.kind == "numbers" and isinstance(value, dict) and all(_number(n) for n in value.values()):
        return {" ".join(word.casefold().split()): n for word, n in value.items()}
    raise MethodError(f"{where}: {shown} is {value!r}; it may be {_may_be(allowed)}")


def _number(value: object, low: int = 0, high: int = 10**9) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _may_be(allowed: Allowed) -> str:
    """What a key may hold, in words."""
    words = ", ".join(allowed.words)
    most = "" if allowed.high == Allowed._field_defaults["high"] else f" to {allowed.high}"
    return {
        "text": "a text in quotes",
        "flag": "true or false",
        "number": f"a whole number from {allowed.low}{most}",
        "one": f"one of {words}",
        "many": f"a list, in brackets, of any of {words}, none twice",
        "texts": "a list, in brackets, of texts in quotes, none twice",
        "numbers": 'a table of words and whole numbers: { dozens = 12, "tens of thousands" = 10000 }',
    }[allowed.kind]


def _fits(policy: Policy, where: str) -> None:
    """Nothing, when no key says what another one makes meaningless.

    Raises:
        MethodError: two keys do not go together.
    """
    if ("ranking" in policy.best) != bool(policy.ranking):
        raise MethodError(
            f'{where}: figure.ranking and the rule "ranking" in figure.best need each other; give both or none'
        )
    if policy.whole == "sides" and (not policy.groups or policy.bounds != "number" or not policy.best):
        raise MethodError(
            f'{where}: figure.whole = "sides" needs counts.groups = true, words.bounds = "number" and a rule in '
            f"figure.best: a sum of sides has a number for each"
        )
    if policy.range == "point" and not policy.best:
        raise MethodError(
            f'{where}: figure.range = "point" needs a rule in figure.best, which gives the point'
        )
