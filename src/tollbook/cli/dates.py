"""The verb dates: the days that time expressions name, one JSON line for each."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook.cli import lines
from tollbook.reading import days


def dates(
    source: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="JSON lines with mention and published; - for a pipe.")
    ] = "-",
) -> int:
    """Print the days that expressions name, as JSON lines.

    {"mention": "last Tuesday", "published": "2022-01-31"} gives {"date_from": "2022-01-25", "date_to":
    "2022-01-25"}; nulls where it names no days. Exit code 2 if a line could not be read.
    """
    return lines.answer(source, _answer)


def _answer(row: lines.Row) -> lines.Row:
    first, last = days(lines.mention(row), lines.published(row))
    own = {k: v for k, v in row.items() if k not in {"text", "date_from", "date_to"}}
    return {
        **own,
        "date_from": first.isoformat() if first else None,
        "date_to": last.isoformat() if last else None,
    }
