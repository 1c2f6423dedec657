"""The verb places: where the places that a text mentions lie, one JSON line for each."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import lines
from tollbook.places import locate


def places(
    source: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="JSON lines with mention, text and start; - for a pipe.")
    ] = "-",
) -> int:
    """Print where mentioned places lie, as JSON lines.

    {"mention": "Hasakeh", "text": "...", "start": 27} gives {"lat": 36.5, "lon": 40.75, "precision": 1};
    text and start tell which of several places is meant. Nulls where none is known. Exit code 2 if a line
    could not be read.
    """
    return lines.answer(source, _answer)


def _answer(row: lines.Row) -> lines.Row:
    name, text, start = lines.mention(row), row.get("text") or "", row.get("start") or 0
    if not isinstance(text, str):
        raise lines.RowError('"text" must be a text')
    if not isinstance(start, int) or isinstance(start, bool) or start < 0:
        raise lines.RowError('"start" must be a character of the text, counted from 0')
    found = locate(name, text, start)
    own = {k: v for k, v in row.items() if k not in {"text", "lat", "lon", "precision", "name", "country"}}
    return {
        **own,
        "lat": found.latitude if found else None,
        "lon": found.longitude if found else None,
        "precision": found.geo_precision if found else None,
        "name": found.name if found else None,
        "country": found.country if found else None,
    }
