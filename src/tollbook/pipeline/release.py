"""Publication: the files of a format, written to a folder, and what they rest on, recorded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from tollbook import plugins
from tollbook.checks.scope import upto
from tollbook.nouns import Publication
from tollbook.pipeline.box import Box, BoxError, known
from tollbook.pipeline.methods import methods


def publish(
    box: Box,
    incident: str,
    format: str,  # noqa: A002  (what everybody calls it)
    folder: Path | str,
    *,
    now: datetime,
    method: str = "strict",
    as_of: date | None = None,
    known_at: datetime | None = None,
    by: str = "desk",
) -> list[Path]:
    """Writes the files of one format on one incident, records the publication; the paths written.

    Args:
        box: the box.
        incident: the incident.
        format: what is made.
        folder: where it is written.
        now: the moment it is made.
        method: of the tolls.
        as_of: only what was said up to this day; None for everything.
        known_at: only what was recorded up to this moment; None for everything.
        by: who publishes.

    Raises:
        BoxError: there is no such format or incident, or the folder cannot be written.
        MethodError: a file in the box's folder of methods cannot be used.
        LogError: the box cannot be written; the files are there, but they were not recorded.
    """
    offered = plugins.formats()
    if format not in offered:
        raise BoxError(f"there is no format {format!r}; one of {', '.join(sorted(offered))}")
    head = box.log.head()
    book = upto(known(box, box.log.entries(upto=head[0]), known_at), as_of)
    if incident and incident not in book.incidents:
        raise BoxError(f"there is no incident {incident!r} in this box; tollbook incidents lists them")

    def texts(report: str) -> str:
        return box.text(book.reports[report])

    known_methods = methods(box.folder)
    files = offered[format](book, incident, method=method, now=now, texts=texts, methods=known_methods)
    paths = written(files, Path(folder))
    record_publication(
        box, format, incident, files, head=head, now=now, by=by, method=method, as_of=as_of, known_at=known_at
    )
    return paths


def record_publication(
    box: Box,
    format: str,  # noqa: A002  (what everybody calls it)
    incident: str,
    files: Mapping[str, bytes],
    *,
    head: tuple[int, str],
    now: datetime,
    by: str,
    method: str = "strict",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Publication:
    """The record that these files were published from the log up to that head.

    Raises:
        LogError: the box cannot be written.
    """
    record = Publication(
        said_on=now.date(), recorded_at=now, made_by=by, format=format, incident=incident, upto=head[0],
        head=head[1], digest=digest(files), method=method, as_of=as_of, known_at=known_at,
    )  # fmt: skip
    box.log.append([record])
    return record


def digest(files: Mapping[str, bytes]) -> str:
    """SHA-256 over the SHA-256 and name of every file, sorted by name: as ``sha256sum`` prints them, hashed."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def written(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """The paths of the files, written whole or not at all."""
    paths: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            path = folder / name
            aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            try:
                aside.write_bytes(data)
                aside.replace(path)
            finally:
                aside.unlink(missing_ok=True)
            paths.append(path)
    except OSError as error:
        raise BoxError(
            f"{folder} cannot be written: {(error.strerror or str(error)).lower()}; nothing was recorded as published"
        ) from error
    return paths
