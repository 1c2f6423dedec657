"""Feed files, RSS and Atom: one text an item."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date

import feedparser

from tollbook.connectors import page
from tollbook.connectors.days import day, noted
from tollbook.connectors.item import Incoming, Raw, Refused, incoming, named, refused

# A feed lists its latest items; an archive of years comes as JSON lines.
LONGEST = 8_000_000
_MOST = 5000
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)


def read(raw: Raw, text: str, notes: tuple[str, ...] = ()) -> Iterator[Incoming | Refused]:
    """The items of a feed, in its own order."""
    if len(text) > LONGEST:
        yield refused(raw, f"the feed has more than {LONGEST:,} characters; cut it into several files")
        return
    if sum(1 for _ in _ITEM.finditer(text)) > _MOST:
        yield refused(raw, f"the feed has more than {_MOST:,} items; cut it into several files")
        return
    # Always a stream: a string or bytes would be taken for a file's name or an address and opened.
    text = _REFERENCE.sub(_possible, text)
    parsed = feedparser.parse(io.BytesIO(text.encode()), sanitize_html=False, resolve_relative_uris=False)
    entries = list(parsed.get("entries", ()))
    if not entries:
        why = "is broken" if parsed.get("bozo") else "holds no item"
        yield refused(raw, f"the feed {why}; open it in a browser to see what it is")
        return
    if parsed.get("bozo"):
        notes = (*notes, "the feed is not well formed; items may be missing")
    for number, entry in enumerate(entries, 1):
        yield _item(raw, parsed.get("feed", {}), entry, number, notes)


def _possible(reference: re.Match[str]) -> str:
    """The character reference, or one to U+FFFD where there is no such character: the library breaks on those."""
    number = int((reference[1] or reference[2]).lstrip("0")[:9] or "0", 16 if reference[1] else 10)
    return reference[0] if number < 0xD800 or 0xDFFF < number < 0x110000 else "&#xFFFD;"


def _item(
    raw: Raw, feed: Mapping[str, object], entry: Mapping[str, object], number: int, notes: tuple[str, ...]
) -> Incoming | Refused:
    title, doubts = _plain(str(entry.get("title", "")))
    body, more = _body(entry)
    doubts += more
    own = named(raw, str(entry.get("id") or entry.get("link") or f"{raw.document}-{number}"))
    if not body.strip():
        if not title.strip():
            return refused(own, f"item {number} of the feed has neither text nor title")
        body, title, doubts = title, "", (*doubts, "the item has no text; its title was taken as the text")
    published, unread = _published(entry)
    source = entry.get("source")
    return incoming(
        own,
        body,
        title=title,
        published=published,
        publisher=str(
            (source.get("title") if isinstance(source, Mapping) else "") or feed.get("title") or ""
        ),
        address=_address(entry),
        lang=str(entry.get("language") or feed.get("language") or ""),
        notes=(*notes, *doubts, *unread),
    )


def _body(entry: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """The longest text that an item gives, cleaned of markup."""
    content = entry.get("content")
    given = (
        [str(c.get("value", "")) for c in content if isinstance(c, Mapping)]
        if isinstance(content, list)
        else []
    )
    return _plain(max([*given, str(entry.get("summary", ""))], key=len))


def _plain(text: str) -> tuple[str, tuple[str, ...]]:
    return page.body(text) if page.looks(text) else (text.strip(), ())


def _published(entry: Mapping[str, object]) -> tuple[date | None, tuple[str, ...]]:
    # Asked whether it is there first: the library answers for a missing "updated" with another field, and warns.
    written = [str(entry[key]) for key in ("published", "updated", "created") if key in entry]
    found, notes = noted("", *written)
    for key in ("published_parsed", "updated_parsed"):
        if found is None and key in entry and isinstance(parts := entry[key], tuple):
            found = day(f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}")
    return found, notes


def _address(entry: Mapping[str, object]) -> str:
    link = str(entry.get("link") or "")
    return link if link.startswith(("http://", "https://")) else ""
