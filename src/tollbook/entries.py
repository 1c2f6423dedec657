"""``Entry``: what every line of the log is, and its identity, which is a digest of what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import Field, dataclass, fields, replace
from datetime import UTC, date, datetime
from itertools import compress
from json.encoder import JSONEncoder, encode_basestring
from operator import is_not, itemgetter
from typing import Any, ClassVar, Self

from tollbook.figures import Figure

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (end not included) of a report's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the log: immutable, dated, signed.

    Attributes:
        said_on: the day it speaks of or was said; None where nobody knows.
        recorded_at: when we learned it, UTC.
        made_by: rule set and version, model, or person; never a confidential source's name.
    """

    KIND: ClassVar[str] = "entry"
    APART: ClassVar[frozenset[str]] = frozenset({"recorded_at", "made_by"})

    said_on: date | None = None
    recorded_at: datetime = EPOCH
    made_by: str = ""

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits made from what the entry says."""
        said = self.__dict__.get("_id")
        if said is None:
            said = hashlib.sha256(_content(self).encode()).hexdigest()[:16]
            object.__setattr__(self, "_id", said)
        return str(said)

    def told_as(self, **changes: Any) -> Self:  # noqa: ANN401  (the fields of every kind)
        """The entry with other values, under the id that it has: a view of it, not another entry."""
        made = replace(self, **changes)
        object.__setattr__(made, "_id", self.id)
        return made


def _content(entry: Entry) -> str:
    """What an entry says, as JSON: ``["kind", {"field": value}]`` with the fields sorted by name.

    What stands at its default is not said, so a field added later changes no id that a box holds.
    Written by hand because a log of millions has millions of ids; it is what ``json.dumps`` writes.
    """
    form = _identity(type(entry))
    said = ", ".join([before + _json(value) for before, value in form.said(entry)])
    return f'["{entry.KIND}", {{{said}}}]'


class Form:
    """Fields of a kind of entry in a fixed order, each with the words that stand before its value."""

    def __init__(self, found: Sequence[Field[Any]], before: str) -> None:
        self._before = tuple(before.format(f.name) for f in found)
        self._defaults = tuple(f.default for f in found)
        self._get = itemgetter(*(f.name for f in found))
        self._places = range(len(found))

    def said(self, entry: Entry) -> list[tuple[str, Any]]:
        """What stands before a field and its value, for each that is not at its default."""
        values, before, defaults = self._get(entry.__dict__), self._before, self._defaults
        # Most fields are at their default, which is one object: those are passed over without a step in Python.
        said = compress(self._places, map(is_not, values, defaults))
        return [(before[at], values[at]) for at in said if values[at] != defaults[at]]


_FORMS: dict[type[Entry], Form] = {}


def _identity(kind: type[Entry]) -> Form:
    """The fields that make an id, by name."""
    form = _FORMS.get(kind)
    if form is None:
        found = (f for f in fields(kind) if f.name not in kind.APART)
        form = _FORMS[kind] = Form(sorted(found, key=lambda f: f.name), '"{}": ')
    return form


_encode = JSONEncoder(ensure_ascii=False).encode


def _json(value: object) -> str:
    """A value as JSON."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, datetime | date):
        return f'"{value.isoformat()}"'
    if isinstance(value, Span):
        return f"[{value.start}, {value.end}]"
    if isinstance(value, Figure):
        ends = ["null" if n is None else str(n) for n in (value.low, value.best, value.high)]
        return f"[{', '.join(ends)}, {encode_basestring(value.as_written)}]"
    return _encode(value)


__all__ = ["EPOCH", "Entry", "Form", "Span"]
