"""The verb queue: what waits for a person, what most people's count hangs on first."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import waiting
from tollbook.cli import given, screen
from tollbook.codes import Review
from tollbook.views import waits

# Rows for people, unless they ask for more: what stands further down moves no figure.
ROWS = 40


def queue(
    incident: given.Which = None,
    *,
    status: Annotated[
        Review | None, typer.Option(help="Only what stands so; else all that is not settled.")
    ] = None,
    assigned: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what is this person's; an empty name, nobody's.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show; --json shows all.")] = ROWS,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """List what waits for a person: claims and incidents.

    First comes what most people's count hangs on: of a claim how far the incident's toll would move without it, of an
    incident its dead.
    """
    book = given.book(box, known_at)
    only = given.incident(book, incident) if incident is not None else None
    states = frozenset({status}) if status is not None else waiting.OPEN
    items = [
        i for i in waiting.waiting(book, states, only) if assigned is None or i.assigned == assigned.strip()
    ]
    if json:
        screen.data([waits.row(book, item) for item in items])
        return
    if not items:
        screen.para("Nothing waits.")
        return
    head = ("id", "what", "status", "hangs on it", "assigned to", "says")
    rows = [
        (i.id, i.kind, str(i.state), str(i.effect), i.assigned, screen.clip(waits.says(book, i), 60))
        for i in items[:limit]
    ]
    screen.table(head, rows, right=(3,))
    if len(items) > limit:
        screen.para(f"{len(items) - limit} more; --limit shows them.", style="dim")
