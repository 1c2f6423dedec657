"""The cards of sources: one TOML text a voice to a ``Source``, or one sentence that says what is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches

from tollbook.codes import SourceKind
from tollbook.config import ConfigError
from tollbook.nouns import Source

# What may stand on a card, and of which kind it is.
FIELDS: Mapping[str, type] = {
    "name": str,
    "aliases": list,
    "kind": str,
    "party": str,
    "reliability": str,
    "confidential": bool,
    "coverage": list,
    "yields_min": int,
    "yields_max": int,
    "silent_days": int,
    "notes": str,
}
_WORDS = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a number without quotes",
    list: 'a list of texts, ["...", "..."]',
}

# The Admiralty code of a source's reliability.
RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}


def card(text: str, where: str) -> Source:
    """The source that a card describes, undated.

    Args:
        text: the card, TOML.
        where: what to call it in a message.

    Raises:
        ConfigError: it is no TOML, has no name, an unknown key, or a value that its key cannot have.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is no TOML: {error}") from error
    for key, value in given.items():
        _fits(key, value, where)
    name = str(given.get("name", "")).strip()
    if not name:
        raise ConfigError(f'{where}: a card needs a name; write name = "..."')
    kind, grade = given.get("kind", SourceKind.UNKNOWN), given.get("reliability", "F")
    if kind not in set(SourceKind):
        raise ConfigError(f"{where}: kind is {kind!r}; one of {', '.join(SourceKind)}")
    if grade not in RELIABILITY:
        letters = ", ".join(f"{letter} {word}" for letter, word in RELIABILITY.items())
        raise ConfigError(f"{where}: reliability is {grade!r}; one letter of {letters}")
    _expects(given, where)
    return Source(
        name=name,
        aliases=_texts(given, "aliases", where),
        kind=SourceKind(str(kind)),
        party=str(given.get("party", "")).strip() or None,
        reliability=str(grade),
        confidential=bool(given.get("confidential", False)),
        coverage=_texts(given, "coverage", where),
        yields_min=given.get("yields_min"),
        yields_max=given.get("yields_max"),
        silent_days=given.get("silent_days"),
        notes=" ".join(str(given.get("notes", "")).split()),
    )


def _fits(key: str, value: object, where: str) -> None:
    """Sees that a key is known and its value of the kind it must be."""
    wanted = FIELDS.get(key)
    if wanted is None:
        near = get_close_matches(key, FIELDS, 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise ConfigError(f"{where}: unknown key {key}{meant} (a card may hold {', '.join(FIELDS)})")
    fits = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
    if not fits or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
        raise ConfigError(f"{where}: {key} must be {_WORDS[wanted]}")


def _texts(given: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """The texts of a list, each once and none of them empty."""
    value = given.get(key, [])
    found = [" ".join(v.split()) for v in value] if isinstance(value, list) else []
    if "" in found:
        raise ConfigError(f"{where}: {key} holds an empty text; take it out")
    return tuple(dict.fromkeys(found))


def _expects(given: Mapping[str, object], where: str) -> None:
    """Sees that what is expected of a source can be met."""
    for key, least in (("yields_min", 0), ("yields_max", 0), ("silent_days", 1)):
        value = given.get(key)
        if isinstance(value, int) and value < least:
            raise ConfigError(f"{where}: {key} is {value}; it must be {least} or more")
    low, high = given.get("yields_min"), given.get("yields_max")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        raise ConfigError(f"{where}: yields_min {low} is more than yields_max {high}; exchange them")
