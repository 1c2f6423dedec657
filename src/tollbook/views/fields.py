"""The fields of a claim or course claim as a form asks for them, each with what it may say, in notation."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tollbook import figures
from tollbook.codes import Addition, Mode, Outcome, Phase, Scope, Status, Unit, VictimsClass
from tollbook.figures import Figure
from tollbook.nouns import Claim, Course


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Attributes:
        name: of the noun's field.
        label: for people.
        value: as it stands, in notation; empty for nothing.
        options: what it may say; empty for any words.
        kind: text, day or figure.
        hint: how it is written.
        main: whether it is asked first.
    """

    name: str
    label: str
    value: str
    options: tuple[str, ...] = ()
    kind: str = "text"
    hint: str = ""
    main: bool = False


_YES = ("no", "yes")
_FIGURE = "373 · 20.. (at least) · ..30 (up to) · 268..374 · 268..(332)..374"
_LIST = "[AFP, “Zenda Courier”], the one nearest the speaker first"

# name, label, options, kind, hint, main
_CLAIM: tuple[tuple[str, str, tuple[str, ...], str, str, bool], ...] = (
    ("outcome", "outcome", tuple(Outcome), "text", "", True),
    ("figure", "figure", (), "figure", _FIGURE, True),
    ("victims", "victims, as written", (), "text", "", True),
    ("victims_class", "class of victims", tuple(VictimsClass), "text", "", True),
    ("party", "party they belong to", (), "text", "", True),
    ("speaker", "speaker", (), "text", "empty: the article’s own voice", True),
    ("scope", "scope", tuple(Scope), "text", "", True),
    ("mode", "mode", tuple(Mode), "text", "", True),
    ("relayed_by", "relayed by", (), "text", _LIST, False),
    ("perpetrator", "perpetrator", (), "text", "", False),
    ("since", "since", (), "text", "the onset in words of the text", False),
    ("addition", "why they enter the count now", tuple(Addition), "text", "", False),
    ("status", "stance", tuple(Status), "text", "", False),
    ("may_rise", "may rise", _YES, "text", "", False),
    ("place", "place", (), "text", "", False),
    ("date_from", "first day", (), "day", "", False),
    ("date_to", "last day", (), "day", "", False),
    ("said_on", "said on", (), "day", "", False),
    ("part_of", "part of", (), "claim", "", False),
    ("supersedes", "replaces", (), "claim", "", False),
    ("formerly", "counted before as", ("", *Outcome), "text", "", False),
    ("unit", "counted in", tuple(Unit), "text", "", False),
)
_COURSE: tuple[tuple[str, str, tuple[str, ...], str, str, bool], ...] = (
    ("type", "type", (), "text", "ACLED’s sub-event type", True),
    ("phase", "phase", tuple(Phase), "text", "", True),
    ("actors", "actors", (), "text", _LIST, True),
    ("speaker", "speaker", (), "text", "empty: the article’s own voice", True),
    ("place", "place", (), "text", "", True),
    ("date_from", "first day", (), "day", "", False),
    ("date_to", "last day", (), "day", "", False),
    ("status", "stance", tuple(Status), "text", "", False),
)
NAMES = frozenset(name for name, *_ in _CLAIM)


def fields(said: Claim | Course, covered: Callable[[str], str]) -> tuple[Field, ...]:
    """The fields of a statement with what they say now; names of confidential sources covered."""
    shape = _CLAIM if isinstance(said, Claim) else _COURSE
    return tuple(
        Field(name, label, covered(written(getattr(said, name))), options, kind, hint, main)
        for name, label, options, kind, hint, main in shape
    )


def empty() -> tuple[Field, ...]:
    """The fields of a claim that nobody has read yet."""
    usual = {
        "outcome": "killed", "victims_class": "unknown", "scope": "incident", "mode": "total", "addition": "unstated",
        "status": "asserted", "may_rise": "no", "unit": "person",
    }  # fmt: skip
    return tuple(
        Field(name, label, usual.get(name, ""), options, kind, hint, main)
        for name, label, options, kind, hint, main in _CLAIM
    )


def written(value: object) -> str:
    """A value as a person writes it in a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Figure):
        return figures.show(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(json.dumps(v, ensure_ascii=False) for v in value)}]" if value else ""
    return str(value)
