"""What a person hands in at the desk: a text with its day and publisher, files, or an address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

from tollbook.connectors import LIMIT, Incoming, Raw, Refused, read
from tollbook.connectors.item import line
from tollbook.pipeline.box import Box
from tollbook.pipeline.intake import Ingested, Intake, Progress
from tollbook.pipeline.verdict import JudgementError
from tollbook.values import Book


def written(body: str, *, title: str, publisher: str, published: date, address: str, lang: str) -> bytes:
    """A text that a person pasted as a file with a header block, as it would have been saved."""
    fields = {
        "title": title, "published": published.isoformat(), "publisher": publisher, "address": address, "lang": lang,
    }  # fmt: skip
    head = "".join(f"{name}: {line(value)}\n" for name, value in fields.items() if value.strip())
    return f"{head}\n{body}".encode()


def hand_in(
    box: Box,
    files: Sequence[tuple[str, bytes]],
    *,
    now: datetime,
    published: date | None = None,
    progress: Progress = lambda *_: None,
) -> Ingested:
    """Adds files that came through a form, each by its name and bytes; see ``ingest``."""
    run = Intake(box, now, dry_run=False)
    run.cards()
    for n, (name, data) in enumerate(files, 1):
        for item in _raw(name, data, published):
            run.take(item)
        progress(n, len(files), name)
    return run.done


def _raw(name: str, data: bytes, published: date | None) -> list[Incoming | Refused]:
    path = PurePath(name.replace("\\", "/"))
    stem = line(path.stem)[:200] or "a file"
    if len(data) > LIMIT:
        return [Refused(b"", stem, "file", f"it is larger than {LIMIT // 2**20} MB; cut it into parts")]
    raw = Raw(data=data, document=stem, origin="file", suffix=path.suffix.lower(), published=published)
    return list(read(raw))


def hand_in_again(box: Box, book: Book, unread: str, published: date | None, now: datetime) -> Ingested:
    """Reads something from the quarantine once more, with the day that it did not name.

    Raises:
        JudgementError: nothing of that id waits, or its bytes are not kept.
        LogError: its bytes are damaged, or the box cannot be written.
    """
    waits = book.unread.get(unread)
    if waits is None or not waits.original:
        raise JudgementError(f"nothing that could be read again waits under {unread!r}; add the file anew")
    data = box.kept.fetch(waits.original)
    run = Intake(box, now, dry_run=False)
    for item in read(Raw(data=data, document=waits.document, origin=waits.origin, published=published)):
        run.take(item)
    return run.done


__all__ = ["hand_in", "hand_in_again", "written"]
