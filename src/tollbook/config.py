"""The settings of a box: TOML text to a frozen value."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields


class ConfigError(Exception):
    """A settings file or source card that cannot be used: what, where, and what it could say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a box, ``tollbook.toml``; everything has a default.

    Attributes:
        log: file of the log, from the box's folder.
        kept: folder of kept originals, from the box's folder.
        sources: folder of source cards, from the box's folder.
        methods: folder of the desk's own methods, from the box's folder.
        reader: name of the reader of new reports.
        allow_private: whether addresses inside private networks may be fetched.
        two_persons: whether an acceptance counts only when two persons gave it.
    """

    log: str = "log.db"
    kept: str = "kept"
    sources: str = "sources"
    methods: str = "methods"
    reader: str = "rules"
    allow_private: bool = False
    two_persons: bool = False


# How long a model may take for one piece of a text, in seconds, unless the environment says otherwise.
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Model:
    """The endpoint of a language model.

    Attributes:
        url: its address up to and without ``/chat/completions``.
        name: what the endpoint calls the model.
        key: its secret, or empty.
        patience: seconds to wait for one answer.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)
    patience: float = PATIENCE

    @classmethod
    def named(cls) -> Model:
        """The model that the environment names: TOLLBOOK_MODEL_URL, TOLLBOOK_MODEL, TOLLBOOK_MODEL_KEY, TOLLBOOK_MODEL_SECONDS.

        Raises:
            ConfigError: address or name is missing, or the seconds are no number.
        """
        url, name = os.environ.get("TOLLBOOK_MODEL_URL", ""), os.environ.get("TOLLBOOK_MODEL", "")
        if not url or not name:
            raise ConfigError(
                "the reader model needs an endpoint: set TOLLBOOK_MODEL_URL (https://.../v1) and TOLLBOOK_MODEL (its "
                "name there), and TOLLBOOK_MODEL_KEY if it asks for one; the texts of reports are sent to it"
            )
        seconds = os.environ.get("TOLLBOOK_MODEL_SECONDS", "") or str(PATIENCE)
        try:
            patience = float(seconds)
        except ValueError as error:
            raise ConfigError(
                f"TOLLBOOK_MODEL_SECONDS must be a number of seconds, not {seconds!r}"
            ) from error
        if not 0 < patience < PATIENCE * 100:
            raise ConfigError("TOLLBOOK_MODEL_SECONDS must be more than 0 and less than four hours")
        return cls(url, name, os.environ.get("TOLLBOOK_MODEL_KEY", ""), patience)


# What ``init`` writes: every setting as it is without the file.
TEMPLATE = """\
# The settings of this box. Each stands here as it is when nothing is said.
# log = "log.db"            # the memory: everything else is computed from it
# kept = "kept"             # originals as received, named by their SHA-256
# sources = "sources"       # one card a source, NAME.toml:
#                             name = "Zenda Monitor"
#                             aliases = ["ZM", "the monitor"]
#                             kind = "monitor"      # agency, outlet, monitor, party, official ...
#                             party = ""            # the party it belongs to, if any
#                             reliability = "B"     # Admiralty code A to F
#                             confidential = false  # true: its name never leaves the box
#                             coverage = ["Zenda"]  # the places it reports on
#                             yields_min = 1        # claims a week at least, and
#                             silent_days = 7       # days without a word that are strange: source-silent
#                             notes = ""            # what people should know of it
# methods = "methods"       # one file a method of the desk's own, NAME.toml; begin with: tollbook methods strict
# reader = "rules"          # who reads new reports
# allow_private = false     # whether addresses in private networks may be fetched
# two_persons = false       # whether an acceptance counts only when two persons gave it
"""


def parse(text: str, where: str) -> Config:
    """The settings in the text of ``tollbook.toml``.

    Raises:
        ConfigError: it is no TOML, holds an unknown key, or a value of another kind.
    """
    given = _table(text, where)
    _known(given, [f.name for f in fields(Config)], where)
    for name, value in given.items():
        wanted = bool if name in {"allow_private", "two_persons"} else str
        if not isinstance(value, wanted) or value == "":
            raise ConfigError(f"{where}: {name} must be {_WORDS[wanted]}, not {value!r}")
    return Config(**given)  # type: ignore[arg-type]  # each was looked at above


_WORDS = {str: "a text", bool: "true or false"}


def _table(text: str, where: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is no TOML: {error}") from error


def _known(given: Mapping[str, object], known: list[str], where: str) -> None:
    unknown = [key for key in given if key not in known]
    if unknown:
        raise ConfigError(f"{where}: unknown key {', '.join(unknown)}; it may hold {', '.join(known)}")
