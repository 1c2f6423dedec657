"""The verb incidents: the events of the book, each with the reports that tell of it and its toll."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tollbook.cli import given, screen
from tollbook.codes import Level, Outcome, Review
from tollbook.figures import Figure
from tollbook.values import Book
from tollbook.views import incidents as view

Row = dict[str, Any]  # an incident as JSON has it


def incidents(
    *,
    method: Annotated[
        str | None, typer.Option(help="Count by this method alone; see tollbook methods.")
    ] = None,
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """List the incidents with their reports and tolls.

    The range is that of the method strict. Its best is what most of the reports tell, each read as a whole; strict has
    none where voices disagree, and it is what --method strict shows.
    """
    book = given.book(box, known_at)
    found = view.listed(book, method, given.day(as_of), given.methods(box), screen.veil(book))
    rows = [view.data(book, row) for row in found]
    if json:
        screen.data(rows)
    elif not rows:
        screen.para("No incident yet; feed the box with: tollbook add PATH")
    else:
        _show(rows)


def _show(rows: list[Row]) -> None:
    """The table; grade and checking where somebody has said anything of them."""
    judged = any(row["checked"]["grade"] or row["checked"]["review"] != Review.UNREVIEWED for row in rows)
    lines = []
    for row in rows:
        killed = row["toll"].get(Outcome.KILLED)
        if killed and killed["low"] != killed["high"]:
            killed = {**killed, "best": None}
        lines.append(
            (
                row["id"],
                row["date_from"] or "",
                str(len(row["documents"])),
                screen.words(Figure(**killed)) if killed else "",
                *((row["checked"]["grade"] or "", row["checked"]["review"]) if judged else ()),
                "· " * row["depth"]
                + row["name"]
                + (f" ({row['level']})" if row["level"] != Level.INCIDENT else ""),
            )
        )
    more = ("grade", "checked") if judged else ()
    screen.table(("id", "first day", "reports", "killed", *more, "incident"), lines, right=(2, 3))


def document(book: Book, report: str) -> str:
    """The short name of a report: as a person gave it, else its id, and so of a confidential publisher."""
    return view.document(book, report, screen.veil(book))
