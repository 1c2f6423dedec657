"""Values as JSON has them: figures as low, best, high; spans as pairs; days in ISO 8601."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime

from tollbook.figures import Figure
from tollbook.nouns import Span


def plain(value: object) -> object:
    """The value in what JSON has."""
    if isinstance(value, Figure):
        return {"low": value.low, "best": value.best, "high": value.high}
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(v) for key, v in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value
