"""``Entry``: what every line of the log is, and its identity, which is a digest of what it says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import ClassVar

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
            # what stands at its default is not said, so a field added later changes no id that a box holds
            said_fields = ((f, getattr(self, f.name)) for f in fields(self) if f.name not in self.APART)
            content = {f.name: value for f, value in said_fields if value != f.default}
            text = json.dumps([self.KIND, content], sort_keys=True, default=_plain, ensure_ascii=False)
            said = hashlib.sha256(text.encode()).hexdigest()[:16]
            object.__setattr__(self, "_id", said)
        return str(said)


def _plain(value: object) -> object:
    """A value that JSON can write, for identities."""
    if isinstance(value, Figure):
        return [value.low, value.best, value.high, value.as_written]
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value).__name__}")


__all__ = ["EPOCH", "Entry", "Span"]
