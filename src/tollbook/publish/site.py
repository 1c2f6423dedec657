"""What the world sees of a desk: a list of what is public, a cover for each publication, digests, a feed of corrections.

Pages without a script, under a policy of their own. What is not public does not exist here: nothing counts it, numbers it
or names it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from xml.etree import ElementTree as ET

from markupsafe import Markup

from tollbook.nouns import EPOCH
from tollbook.publish import words
from tollbook.publish.bulletin import environment, style
from tollbook.publish.feed import ATOM, JSON_FEED, leaf, urn, when
from tollbook.publish.veil import Veil
from tollbook.releases import Release, Stage

TITLE = "Published"
SUBTITLE = (
    "What was published here and was corrected or withdrawn since: what it said, what it says now, and why."
)
_POLICY = "default-src 'none'; {}base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Row:
    """A public publication as its pages show it.

    Attributes:
        day: since when it is public.
        until: when it was corrected or withdrawn, or empty.
        why: why it was withdrawn, or empty.
        next: id of what stands for it now, or empty.
        previous: id of what it corrects, or empty.
    """

    id: str
    title: str
    stage: str
    day: str
    until: str
    why: str
    next: str
    previous: str
    method: str
    files: tuple[tuple[str, str], ...]


def rows(found: Mapping[str, Release], veil: Veil) -> list[Row]:
    """What is public, the newest first."""
    seen = [r for r in found.values() if r.seen]
    seen.sort(key=lambda r: (r.public_from or EPOCH, r.id), reverse=True)
    return [_row(r, found, veil) for r in seen]


def _row(release: Release, found: Mapping[str, Release], veil: Veil) -> Row:
    publication = release.publication
    until, why = None, ""
    if release.stage is Stage.WITHDRAWN:
        until, why = release.withdrawn[-1].recorded_at, veil(release.withdrawn[0].reason)
    elif release.corrected_by:
        until = found[release.corrected_by].public_from
    return Row(
        id=release.id, title=veil(publication.title), stage=str(release.stage),
        day=words.moment(release.public_from or EPOCH), until=words.moment(until) if until else "", why=why,
        next=release.corrected_by or "", previous=publication.replaces or "", method=publication.method,
        files=publication.files,
    )  # fmt: skip


def index(found: Sequence[Row], *, folder: bool = False) -> bytes:
    """The list of what is public; ``folder`` makes links for files that no server resolves."""
    return _page(TITLE, rows=found, up="", folder=folder)


def cover(row: Row, *, folder: bool = False) -> bytes:
    """The cover of a publication: its files, or that it was corrected or withdrawn."""
    return _page(row.title, kicker="Bulletin", row=row, up="../", folder=folder)


def absent() -> bytes:
    """The one page for what is not there, and for what nobody may know to be there."""
    return _page("Nothing here", up=None)


def _page(
    title: str,
    *,
    up: str | None,
    kicker: str = "Tollbook",
    rows: Sequence[Row] | None = None,
    row: Row | None = None,
    folder: bool = False,
) -> bytes:
    sheet = style()
    made = environment().get_template("public.html")
    return made.render(
        title=title, kicker=kicker, rows=rows, row=row, up=up, folder=folder,
        style=Markup(sheet), style_hash=_hash(sheet.encode()),  # noqa: S704  (a file of the package)
    ).encode()  # fmt: skip


def _hash(sheet: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(sheet).digest()).decode()}"


def policy(data: bytes) -> str:
    """The policy under which a page of ours is shown: its own styles, nothing else."""
    sheets = re.findall(rb"<style>(.*?)</style>", data, re.DOTALL)
    own = " ".join(f"'{_hash(sheet)}'" for sheet in sheets)
    return _POLICY.format(f"style-src {own}; " if own else "")


def digests(release: Release) -> bytes:
    """A text for ``sha256sum --check``, which says what it is of and how it is checked."""
    publication = release.publication
    moment = words.moment(release.public_from) if release.public_from else "not public"
    said = [
        f"publication {publication.id}, public since {moment}",
        "",
        "To check the files, put them and this text into one folder and run:",
        "  sha256sum --check digest",
        f"The digest of the list of files is {publication.digest}; to compute it:",
        "  grep -v '^#' digest | sha256sum",
        "That digest stands in the log in the entry of this publication, and the entry's id is made of it.",
        f"It rests on the log up to position {publication.upto}, whose head is",
        f"  {publication.head}",
        "Who holds the log checks that nothing before it was changed since:",
        f"  tollbook verify --head {publication.upto}:{publication.head}",
    ]
    listed = [f"{kept}  {name}" for name, kept in sorted(publication.files)]
    return ("\n".join([*(f"# {line}".rstrip() for line in said), *listed]) + "\n").encode()


@dataclass(frozen=True, slots=True)
class News:
    """An entry of the public feed."""

    id: str
    title: str
    updated: datetime
    html: str
    text: str
    link: str


def news(
    found: Mapping[str, Release], veil: Veil, moved: Mapping[str, Iterable[Mapping[str, object]]]
) -> list[News]:
    """What was corrected and withdrawn, the newest first.

    Args:
        found: the releases.
        veil: what may be shown.
        moved: of each publication that corrects another, what moved, as it was confirmed with it.
    """
    made = []
    for row in rows(found, veil):
        release = found[row.id]
        if row.previous in found:
            items = list(moved.get(row.id, ()))
            text = "\n".join(str(i["content_text"]) for i in items) or "No figure moved."
            html = "".join(str(i["content_html"]) for i in items) or "<p>No figure moved.</p>"
            moment = release.public_from or EPOCH
            made.append(News(urn("corrected", row.id), f"Corrected: {row.title}", moment, html, text, row.id))
        if release.withdrawn:
            moment = release.withdrawn[-1].recorded_at
            html = f"<p>{escape(row.why)}</p>"
            made.append(
                News(urn("withdrawn", row.id), f"Withdrawn: {row.title}", moment, html, row.why, row.id)
            )
    return sorted(made, key=lambda n: (n.updated, n.id), reverse=True)


def atom(found: Sequence[News]) -> bytes:
    """The feed as an Atom document."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    leaf(feed, "title", "Corrections")
    leaf(feed, "subtitle", SUBTITLE)
    leaf(feed, "id", urn("public corrections"))
    leaf(feed, "updated", when(max((n.updated for n in found), default=EPOCH)))
    leaf(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "tollbook")
    for one in found:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        leaf(entry, "title", one.title)
        leaf(entry, "id", one.id)
        leaf(entry, "updated", when(one.updated))
        leaf(entry, "link", "", href=f"{one.link}/")
        leaf(entry, "content", one.html, type="html")
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def json_feed(found: Sequence[News]) -> bytes:
    """The feed as JSON Feed 1.1."""
    feed = {
        "version": JSON_FEED,
        "title": "Corrections",
        "description": SUBTITLE,
        "items": [
            {
                "id": n.id, "url": f"{n.link}/", "title": n.title, "content_html": n.html, "content_text": n.text,
                "date_modified": when(n.updated),
            }
            for n in found
        ],
    }  # fmt: skip
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"
