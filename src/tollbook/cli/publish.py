"""The verb publish: what a reader gets, every number with its sentence, written to a folder and recorded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.values import Book

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format", "-f", help="bulletin (HTML and Markdown), csv, json; may be given more than once."
    ),
]


def publish(
    incident: given.Which = None,
    *,
    formats: Formats = None,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Where; without it, published/ and the incident's name in the box."
        ),
    ] = None,
    method: given.MethodName = "strict",
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    by: given.Whose = "desk",
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
) -> None:
    """Write a bulletin, CSV or JSON lines, and record it.

    Without --to it goes to the folder published/ of the box.
    """
    with given.opened(box) as opened:
        day, moment = given.day(as_of), given.moment(known_at)
        book = given.realised(opened, moment)
        chosen = given.largest(book, incident)
        folder = to if to is not None else opened.folder / "published" / slug(book, chosen)
        for name in formats or ["bulletin"]:
            if dry_run:
                screen.say(f"would write {name} on {book.incidents[chosen].name} to {folder}")
                continue
            for path in pipeline.publish(
                opened,
                chosen,
                name,
                folder,
                now=given.now(),
                method=method,
                as_of=day,
                known_at=moment,
                by=by,
            ):
                screen.line(str(path))


def slug(book: Book, incident: str) -> str:
    """A folder name for an incident: its name in small letters; with the beginning of its id when two are alike."""

    def plain(i: str) -> str:
        named = screen.veil(book)(book.incidents[i].name)
        return re.sub(r"[^a-z0-9]+", "-", named.lower())[:60].strip("-")

    name = plain(incident)
    alone = name and all(plain(i) != name for i in book.incidents if i != incident)
    return name if alone else f"{name}-{incident[:8]}".strip("-")
