"""The verb export: claims, tolls, findings or changes as CSV or JSON lines, on standard output."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import plugins
from tollbook.checks.scope import upto
from tollbook.cli import given


class Format(StrEnum):
    """How rows are written."""

    CSV = "csv"
    JSON = "json"


ENDING = {Format.CSV: "csv", Format.JSON: "jsonl"}


def export(
    incident: given.Which = None,
    *,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="CSV with a header, or JSON lines.")
    ] = Format.CSV,
    of: Annotated[
        str, typer.Option(help="claims or tolls; as JSON lines findings and changes, too.")
    ] = "claims",
    method: given.MethodName = "strict",
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
) -> None:
    """Print claims or tolls as CSV or JSON lines.

    Without INCIDENT it is all of them.
    """
    book = upto(given.book(box, known_at), given.day(as_of))
    chosen = sorted(book.incidents) if incident is None else [given.incident(book, incident)]
    if not chosen:
        raise given.MistakeError("this book holds no incident yet; feed it with: tollbook add PATH")
    out, methods = sys.stdout.buffer, given.methods(box)
    for n, i in enumerate(chosen):
        files = plugins.formats()[format](
            book, i, method=method, now=given.now(), texts=None, methods=methods
        )
        data = files.get(f"{of}.{ENDING[format]}")
        if data is None:
            has = ", ".join(sorted(name.partition(".")[0] for name in files))
            raise given.MistakeError(f"{format} has no {of!r}; it has {has}")
        if format is Format.CSV and n:
            # One header for all of them.
            data = data.partition(b"\r\n")[2]
        out.write(data)
    out.flush()
