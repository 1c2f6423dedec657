"""What the world may have of a box: an answer for each address, and the same as a folder to be put on any server."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tollbook.log import LogError
from tollbook.pipeline.box import Box
from tollbook.pipeline.drafts import changes
from tollbook.pipeline.release import written
from tollbook.publish import site
from tollbook.publish.veil import Veil
from tollbook.releases import Release, Stage, releases
from tollbook.values import Book

MEDIA = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "pdf": "application/pdf",
    "atom": "application/atom+xml",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is at an address.

    Attributes:
        status: of HTTP.
        data: the bytes.
        media: their kind.
        policy: under which a browser shows them.
        tag: of exactly these bytes.
        to: where it went, or empty.
    """

    status: int
    data: bytes
    media: str
    policy: str
    tag: str
    to: str = ""


def answer(box: Box, book: Book, veil: Veil, now: datetime, path: str) -> Answer:
    """What the world gets at an address below ``/public/``; what is not public is answered as what is not there.

    Args:
        box: the box.
        book: its book.
        veil: what may be shown of it.
        now: the moment; what is embargoed until later is not there.
        path: the address, without a slash in front.
    """
    found = releases(book, now)
    first, _, rest = path.partition("/")
    if path in {"", "corrections.atom", "corrections.json"}:
        return _list(box, found, veil, path)
    release = found.get(first)
    if release is None or not release.seen:
        return _made(404, site.absent(), "html")
    row = next(r for r in site.rows(found, veil) if r.id == first)
    if rest == "":
        return _made(200, site.cover(row), "html")
    if rest == "digest":
        return _made(200, site.digests(release), "txt")
    then, name = rest.startswith("then/"), rest.removeprefix("then/")
    kept = dict(release.publication.files).get(name)
    if kept is None:
        return _made(404, site.absent(), "html")
    if release.stage is Stage.WITHDRAWN:
        return _made(410, site.cover(row), "html")
    if release.stage is Stage.CORRECTED and not then:
        # Nobody reads an old number at the address of the old page without being told.
        return Answer(302, b"", MEDIA["html"], site.policy(b""), "", f"/public/{first}/")
    try:
        return _made(200, box.kept.fetch(kept), name.rpartition(".")[2])
    except LogError:
        return _made(404, site.absent(), "html")


def _list(box: Box, found: Mapping[str, Release], veil: Veil, path: str) -> Answer:
    if path == "":
        return _made(200, site.index(site.rows(found, veil)), "html")
    moved = {i: changes(box, r.publication) for i, r in found.items() if r.seen and r.publication.replaces}
    told = site.news(found, veil, moved)
    if path.endswith("atom"):
        return _made(200, site.atom(told), "atom")
    return _made(200, site.json_feed(told), "json")


def _made(status: int, data: bytes, kind: str) -> Answer:
    media = MEDIA.get(kind, "text/plain; charset=utf-8")
    page = data if kind == "html" else b""
    return Answer(status, data, media, site.policy(page), f'"{hashlib.sha256(data).hexdigest()[:32]}"')


def export(box: Box, book: Book, now: datetime, folder: Path | str) -> list[Path]:
    """Writes what is public into a folder, to be put on any server; the paths written.

    Raises:
        BoxError: the folder cannot be written.
        LogError: a kept file is damaged or missing.
    """
    veil = Veil(book)
    found = releases(book, now)
    listed = site.rows(found, veil)
    folder = Path(folder)
    files = {"index.html": site.index(listed, folder=True)}
    for feed in ("corrections.atom", "corrections.json"):
        files[feed] = _list(box, found, veil, feed).data
    paths = written(files, folder)
    for row in listed:
        cover = site.cover(row, folder=True)
        own = {"index.html": cover, "digest": site.digests(found[row.id])}
        whole = {name: box.kept.fetch(kept) for name, kept in row.files} if row.stage != "withdrawn" else {}
        if row.stage == "published":
            own |= whole
        else:
            own["bulletin.html"] = cover
        paths += written(own, folder / row.id)
        if row.stage == "corrected":
            paths += written(whole, folder / row.id / "then")
    return paths
