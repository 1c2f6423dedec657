"""Feeds of corrections, Atom (RFC 4287) and JSON Feed 1.1: an entry for each published figure that has moved since."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from xml.etree import ElementTree as ET

from tollbook.figures import Figure
from tollbook.nouns import Publication
from tollbook.publish import words
from tollbook.publish.veil import Veil, web
from tollbook.toll.corrections import Correction
from tollbook.values import Book, Change

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
# Ids are made from those of the log's entries, which never change; this name space is drawn by lot, once.
SPACE = uuid.UUID("0b5f4f0e-7a8e-4c9f-9d1c-55b7a6c1d2e3")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, everything in it fit to be shown.

    Attributes:
        id: stable while the published figure is meant, whatever becomes of it.
        title: what it is in a line.
        html: what was published, what it is now, every move and its sentences; all of it escaped.
        text: the same without signs of HTML.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    published: datetime
    updated: datetime
    html: str
    text: str


def items(book: Book, found: Iterable[Correction]) -> list[Item]:
    """The entries of a feed, in the order given.

    Args:
        book: the book of now.
        found: what has moved.
    """
    veil = Veil(book)
    return [_item(book, veil, one) for one in found]


def _item(book: Book, veil: Veil, one: Correction) -> Item:
    change, publication = one.change, one.publication
    incident = book.incidents.get(change.incident)
    name = veil(incident.name) if incident else f"incident {one.incident}"
    what = f"{words.outcome(change.outcome)}, {veil(words.group(change.group))}"
    was, now = _figure(veil, change.before), _figure(veil, change.after, "nothing any more")
    lines = [
        f"Published on {publication.said_on or 'no day'} ({veil(publication.format)}, {_made(veil, publication)}): {was}.",
        f"Now: {now}. {_cause(veil, change)}",
    ]
    moves = [_move(veil, c) for c in one.steps]
    quotes = _quotes(book, veil, (*one.steps, change))
    return Item(
        id=urn(publication.id, one.incident, change.outcome, change.group),
        title=f"{name}: {what}: {was} → {now} ({veil(change.kind)})",
        kinds=tuple(veil(kind) for kind in one.kinds),
        published=_moment(publication.recorded_at),
        updated=_moment(one.moved_at),
        html=_html(lines, moves, quotes),
        text="\n".join([*lines, *(f"- {m}" for m in moves), *(f"“{q}” {where}" for q, where, _ in quotes)]),
    )


def _figure(veil: Veil, figure: Figure, nothing: str = "nothing") -> str:
    return veil(words.plain(figure)) if figure.known else nothing


def _made(veil: Veil, publication: Publication) -> str:
    cut = f", of what was said up to {words.day(publication.as_of)}" if publication.as_of else ""
    return veil(f"method {publication.method}{cut}")


def _cause(veil: Veil, change: Change) -> str:
    pieces = "; ".join(f"{p.number:+,} {p.kind}{_days(p.since, p.until)}" for p in change.pieces if p.number)
    return veil(f"{change.kind.capitalize()}: {change.why}" + (f" In pieces: {pieces}." if pieces else ""))


def _days(since: object, until: object) -> str:
    if since is None and until is None:
        return ""
    if since == until:
        return f" of {since}"
    return f" of {since} to {until}" if since is not None else f" of days up to {until}"


def _move(veil: Veil, change: Change) -> str:
    day = words.day(change.day)
    before = words.plain(change.before) if change.before.known else "nothing"
    who = veil.name(change.origin)
    return veil(f"{day}, {who}: {before} → {words.plain(change.after)} ({change.kind}). {change.why}")


def _quotes(book: Book, veil: Veil, moves: Sequence[Change]) -> list[tuple[str, str, str]]:
    """The sentences that the moves rest on: the words, who published them and when, and the address."""
    found: dict[str, tuple[str, str, str]] = {}
    for key in dict.fromkeys(i for c in moves for i in c.claims):
        claim = book.claims.get(key)
        report = book.reports.get(claim.report) if claim else None
        if claim is None or report is None:
            continue
        where = f"{veil.name(report.publisher) or 'unnamed'}, {words.day(report.said_on)}"
        found[key] = veil(claim.quote), where, web(veil.address(report))
    return list(found.values())


def _html(lines: Sequence[str], moves: Sequence[str], quotes: Sequence[tuple[str, str, str]]) -> str:
    """The content in a few plain elements; every word of it is escaped."""
    parts = [f"<p>{escape(line)}</p>" for line in lines]
    if moves:
        parts += ["<ol>", *(f"<li>{escape(m)}</li>" for m in moves), "</ol>"]
    for quote, where, address in quotes:
        source = f'<a href="{escape(address)}">{escape(where)}</a>' if address else escape(where)
        parts.append(f"<blockquote><p>{escape(quote)}</p><footer>{source}</footer></blockquote>")
    return "".join(parts)


def urn(*parts: str) -> str:
    """An id that stays, made of these words."""
    return uuid.uuid5(SPACE, "\n".join(parts)).urn


def _moment(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _title(book: Book, incident: str | None) -> str:
    if incident is None:
        return "Corrections"
    return f"Corrections: {Veil(book)(book.incidents[incident].name)}"


def _feed_id(book: Book, incident: str | None) -> str:
    """The id of the feed: made of the first thing that the book published, which stays the first."""
    first = min(book.publications.values(), key=lambda p: (p.upto, p.recorded_at, p.id), default=None)
    return urn("corrections", first.id if first else "", incident or "")


def atom(
    book: Book, found: Iterable[Correction], *, now: datetime, incident: str | None = None, address: str = ""
) -> bytes:
    """The feed as an Atom document, UTF-8.

    Args:
        book: the book of now.
        found: what has moved, the latest first.
        now: the moment it is made; of a feed without entries it is the date.
        incident: the incident that it is about, None for all.
        address: where the feed will stand, or empty.
    """
    made = items(book, found)
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    leaf(feed, "title", _title(book, incident))
    leaf(feed, "subtitle", SUBTITLE)
    leaf(feed, "id", _feed_id(book, incident))
    leaf(feed, "updated", when(max((i.updated for i in made), default=now)))
    leaf(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "tollbook")
    if web(address):
        leaf(feed, "link", "", rel="self", type="application/atom+xml", href=web(address))
    for item in made:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        leaf(entry, "title", item.title)
        leaf(entry, "id", item.id)
        leaf(entry, "published", when(item.published))
        leaf(entry, "updated", when(item.updated))
        for kind in item.kinds:
            leaf(entry, "category", "", term=kind)
        leaf(entry, "content", item.html, type="html")
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


SUBTITLE = (
    "What was published and has moved since: each figure, why it moved, and the sentences that it rests on."
)


def leaf(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """Puts an element with a text into an Atom document."""
    leaf = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        leaf.text = text


def json_feed(
    book: Book, found: Iterable[Correction], *, now: datetime, incident: str | None = None, address: str = ""
) -> bytes:
    """The feed as JSON Feed 1.1, UTF-8; arguments as of ``atom``. What is no part of that format stands under ``_tollbook``."""
    found = list(found)
    feed: dict[str, object] = {
        "version": JSON_FEED,
        "title": _title(book, incident),
        "description": SUBTITLE,
        "authors": [{"name": "tollbook"}],
    }
    if web(address):
        feed["feed_url"] = web(address)
    feed["_tollbook"] = {"id": _feed_id(book, incident), "made": when(now)}
    veil = Veil(book)
    feed["items"] = [
        {
            "id": item.id,
            "title": item.title,
            "content_html": item.html,
            "content_text": item.text,
            "date_published": when(item.published),
            "date_modified": when(item.updated),
            "tags": list(item.kinds),
            "_tollbook": veil.all(_data(one)),
        }
        for one, item in zip(found, items(book, found), strict=True)
    ]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _data(one: Correction) -> dict[str, object]:
    """The figures of an entry for programs."""
    change = one.change
    return {
        "publication": one.publication.id,
        "incident": one.incident,
        "outcome": str(change.outcome),
        "group": change.group,
        "method": one.publication.method,
        "published": _ends(change, "before"),
        "now": _ends(change, "after"),
        "kind": change.kind,
        "pieces": [
            {
                "kind": p.kind,
                "number": p.number,
                "since": p.since.isoformat() if p.since else None,
                "until": p.until.isoformat() if p.until else None,
                "claims": list(p.claims),
            }
            for p in change.pieces
        ],
        "claims": list(change.claims),
        "steps": [
            {
                "day": c.day.isoformat() if c.day else None,
                "origin": c.origin,
                "kind": c.kind,
                "before": _ends(c, "before"),
                "after": _ends(c, "after"),
                "claims": list(c.claims),
            }
            for c in one.steps
        ],
    }


def _ends(change: Change, side: str) -> dict[str, int | None]:
    figure = getattr(change, side)
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def when(moment: datetime) -> str:
    """A moment as feeds write it."""
    return _moment(moment).isoformat().replace("+00:00", "Z")
