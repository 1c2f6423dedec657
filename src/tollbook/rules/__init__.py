"""The phrase tables of a language (TOML) and their twin corpora of example sentences, read once from the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Example(NamedTuple):
    """A sentence and what must be read from it; nothing expected marks a near-miss."""

    text: str
    expected: str
    line: int


@cache
def table(lang: str, name: str) -> Mapping[str, Any]:
    """The phrase table ``rules/<lang>/<name>.toml``."""
    found: Mapping[str, Any] = tomllib.loads(_text(lang, f"{name}.toml"))
    return found


@cache
def corpus(lang: str, name: str) -> tuple[Example, ...]:
    """The sentences of ``rules/<lang>/examples/<name>.txt``: ``sentence => expected``, one a line, # for remarks."""
    rows = enumerate(_text(lang, "examples", f"{name}.txt").splitlines(), start=1)
    pairs = ((n, *row.partition("=>")) for n, row in rows if row.strip() and not row.startswith("#"))
    return tuple(Example(text.strip(), expected.strip(), n) for n, text, _, expected in pairs)


def _text(lang: str, *path: str) -> str:
    """The content of a file of the package's rules."""
    return files("tollbook.rules").joinpath(lang, *path).read_text(encoding="utf-8")
