"""The verb corrections: what was published and has moved since, in words or as a feed."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.publish import feed
from tollbook.toll.corrections import Correction
from tollbook.values import Book


class Format(StrEnum):
    """How corrections are written."""

    TEXT = "text"
    ATOM = "atom"
    JSON = "json"


def corrections(
    incident: given.Which = None,
    *,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="Words, an Atom feed, or a JSON Feed.")
    ] = Format.TEXT,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only moves of this kind; may be given more than once."),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Leave out figures that only grew as the event went on.")
    ] = False,
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where the feed will stand; it names itself by it.")
    ] = "",
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print what was published and has moved since.

    One entry for each published figure: what was published, what it is now, every typed move, the sentences. Without
    INCIDENT it is everything that was published.
    """
    with given.opened(box) as opened:
        book = given.realised(opened, given.moment(known_at))
        chosen = given.incident(book, incident) if incident is not None else None
        found, silent = pipeline.corrected(opened, book, chosen)
    found = [c for c in found if (not kinds or set(kinds) & set(c.kinds)) and not (errors and c.grew)]
    for line in silent:
        screen.say(f"tollbook: {line}")
    if json or format is not Format.TEXT:
        made = feed.atom if format is Format.ATOM and not json else feed.json_feed
        sys.stdout.buffer.write(made(book, found, now=given.now(), incident=chosen, address=address))
        sys.stdout.buffer.flush()
        return
    _show(book, found)


def _show(book: Book, found: list[Correction]) -> None:
    if not found:
        published = len(book.publications)
        screen.para(
            "Nothing that was published has moved since." if published else "Nothing was published yet."
        )
        return
    for item in feed.items(book, found):
        screen.heading(item.title, f"moved on {item.updated:%Y-%m-%dT%H:%M:%SZ}")
        screen.para(item.text)
