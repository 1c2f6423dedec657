"""The verb add: reports are read, their claims extracted, matched to incidents and recorded."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.pipeline import Ingested
from tollbook.values import Book
from tollbook.views import voices

Targets = Annotated[
    list[str], typer.Argument(metavar="PATH|URL|- ...", help="Files, folders, addresses, or - for a pipe.")
]
Published = Annotated[
    str | None, typer.Option(metavar="DAY", help="Day of publication of texts that do not say it themselves.")
]


def add(
    targets: Targets,
    *,
    published: Published = None,
    dry_run: given.DryRun = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> int:
    """Add reports to the box.

    They are read, their claims extracted, matched to incidents and recorded. The same report twice changes
    nothing. What cannot be read is kept and listed by: tollbook sources --quarantine. Exit code 2 if there was any.
    """
    day = given.day(published)
    with given.opened(box) as opened, screen.progress("reading") as progress:
        done = pipeline.ingest(
            opened, targets, published=day, dry_run=dry_run, now=given.now(), progress=progress
        )
        book = given.realised(opened)
    if json:
        screen.data(_data(done, book))
    else:
        _show(done, book, dry_run=dry_run)
    for unread in done.unread:
        screen.say(f"tollbook: {unread.document or 'a document'}: {unread.reason}")
    return 2 if done.unread else 0


def _notes(done: Ingested, book: Book) -> list[tuple[str, str]]:
    """What was doubtful, by the names of documents as they may be shown."""
    names = {r.document: screen.veil(book).document(r) for r in done.added}
    return [(names.get(document, document), note) for document, note in done.notes]


def _show(done: Ingested, book: Book, *, dry_run: bool) -> None:
    for document, note in _notes(done, book):
        screen.say(f"note: {document}: {note}")
    counts = [
        screen.counted(len(done.added), "new report"),
        screen.counted(done.claims, "claim"),
        screen.counted(done.courses, "course claim"),
        screen.counted(len(done.founded), "new incident"),
    ]
    if done.known:
        counts.append(f"{screen.counted(done.known, 'report')} known already")
    if done.unread:
        counts.append(
            f"{screen.counted(len(done.unread), 'document')} unread (tollbook sources --quarantine)"
        )
    if done.cards:
        counts.append(screen.counted(len(done.cards), "source card"))
    screen.para(("Would add: " if dry_run else "") + ", ".join(counts) + ".")
    for incident in done.founded:
        screen.para(f"{incident.id}  {incident.name}", indent="  ")


def _data(done: Ingested, book: Book) -> dict[str, object]:
    return {
        "added": [{"id": r.id, "document": screen.veil(book).document(r)} for r in done.added],
        "known": done.known,
        "claims": done.claims,
        "courses": done.courses,
        "founded": [{"id": i.id, "name": i.name} for i in done.founded],
        "unread": [voices.unread(u) for u in done.unread],
        "notes": [{"document": d, "note": n} for d, n in _notes(done, book)],
    }
