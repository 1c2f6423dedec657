"""The catalogue: what each check means, what one can do, and its twin examples, which are kept as data in ``twins``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from tollbook.checks.kinds import Check


@dataclass(frozen=True, slots=True)
class Twin:
    """One example: a ledger in short notation from which a finding must come, or must not.

    Attributes:
        says: what it shows, in a sentence.
        ledger: the entries, one a line, as tests and docs write them.
        also: the codes of other findings of the same tier that it gives, too.
        today: the day on which it is read, for a check that asks how long ago something was.
    """

    says: str
    ledger: str
    also: tuple[str, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What the catalogue says of a check.

    Attributes:
        code, tier, meaning: as the check has them.
        about: what is the matter, for an editor who sees it for the first time.
        remedy: what one can do.
        fires: examples that it must find, the smallest first.
        silent: their twins: what looks like it and must not be found.
    """

    code: str
    tier: str
    meaning: str
    about: str
    remedy: str
    fires: tuple[Twin, ...] = ()
    silent: tuple[Twin, ...] = ()


def page(check: Check) -> Page:
    """The page of a check; of a plugin's, which has no examples here, its meaning alone."""
    kept = _kept().get(check.code)
    if kept is None:
        return Page(check.code, check.tier, check.meaning, f"It finds that {check.meaning}.", "")
    return Page(
        code=check.code,
        tier=check.tier,
        meaning=check.meaning,
        about=kept["about"].strip(),
        remedy=kept["remedy"].strip(),
        fires=tuple(map(_twin, kept["fires"])),
        silent=tuple(map(_twin, kept.get("silent", ()))),
    )


def catalogue(checks: Iterable[Check]) -> tuple[Page, ...]:
    """The pages of all checks, in their order."""
    return tuple(page(check) for check in checks)


def _twin(kept: dict[str, Any]) -> Twin:
    return Twin(kept["says"], kept["ledger"].strip(), tuple(kept.get("also", ())), kept.get("today"))


@cache
def _kept() -> dict[str, dict[str, Any]]:
    """What the package keeps of its own checks, by code."""
    folder = files("tollbook.checks") / "twins"
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".toml")
    }
