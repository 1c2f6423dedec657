"""JSON lines, a JSON array, or one JSON object: one text each.

A bad line is refused by its number and the others are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from tollbook.connectors import page
from tollbook.connectors.days import noted
from tollbook.connectors.item import Incoming, Raw, Refused, incoming, named, refused

_BODY = ("text", "body", "content", "content_text", "content_html")
_NAMES = {
    "id": ("id", "document"),
    "title": ("title", "headline"),
    "published": ("published", "date", "date_published", "published_at"),
    "publisher": ("publisher", "source"),
    "address": ("url", "address", "link"),
    "lang": ("lang", "language"),
}
_BLANK = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def read(raw: Raw, text: str, notes: tuple[str, ...] = ()) -> Iterator[Incoming | Refused]:
    """The texts of a JSON file, in order; a refusal for each line or item that cannot be read."""
    if text.lstrip().startswith("["):
        yield from _array(raw, text, text.index("[") + 1, notes)
        return
    whole = _parsed(text)
    if isinstance(whole, dict) and "items" in whole and not any(key in whole for key in _BODY):
        items = whole["items"] if isinstance(whole["items"], list) else []
        for number, item in enumerate(items, 1):
            yield from _record(raw, item, json.dumps(item), f"item {number}", number, notes)
        if not items:
            yield refused(raw, 'its "items" hold no object with a text; give one {"text": ...} a line')
        return
    if isinstance(whole, dict):
        yield from _record(raw, whole, text, "the object", 0, notes)
        return
    yield from _each(raw, text, notes)


def _each(raw: Raw, text: str, notes: tuple[str, ...]) -> Iterator[Incoming | Refused]:
    found: list[Incoming | Refused] = []
    good = False
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        value = _parsed(written)
        if not good and not isinstance(value, dict):
            # Held back until one line is JSON at all: a file that is none gets one refusal, not thousands.
            found.append(_bad(raw, written, f"line {number}"))
            continue
        if not good:
            good = True
            yield from found
        yield from _record(raw, value, written, f"line {number}", number, notes)
    if not good:
        yield refused(raw, 'no line of it is a JSON object; give one {"text": ..., "published": ...} a line')


def _array(raw: Raw, text: str, at: int, notes: tuple[str, ...]) -> Iterator[Incoming | Refused]:
    number = 0
    while True:
        begin = _BLANK.match(text, at)
        at = begin.end() if begin else at
        if text[at : at + 1] == "]" or at >= len(text):
            break
        number += 1
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield Refused(
                text[at:].encode("utf-8", "replace"),
                raw.document,
                raw.origin,
                f"item {number} is broken JSON, so what follows it cannot be told apart; mend it and add it again",
            )
            return
        yield from _record(raw, value, text[at:end], f"item {number}", number, notes)
        at = end
    if not number:
        yield refused(raw, "the array is empty")


def _record(
    raw: Raw, value: object, written: str, where: str, number: int, notes: tuple[str, ...]
) -> Iterator[Incoming | Refused]:
    if not isinstance(value, Mapping):
        yield _bad(raw, written, where)
        return
    own = named(raw, _name(raw, value, number), written.encode("utf-8", "replace"))
    key = next((k for k in _BODY if isinstance(value.get(k), str) and value[k].strip()), None)
    if key is None:
        yield refused(
            own, f"{where} has no text; it needs one of the keys {', '.join(_BODY[:3])} with a text"
        )
        return
    body = str(value[key])
    if key == "content_html" or page.looks(body):
        body, doubts = page.body(body)
        notes = (*notes, "its text was HTML and was cleaned", *doubts)
        if not body.strip():
            yield refused(own, f"{where} holds HTML without any visible text")
            return
    published, doubts = noted(_field(value, "published"))
    yield incoming(
        own,
        body,
        title=_field(value, "title"),
        published=published,
        publisher=_field(value, "publisher"),
        address=_field(value, "address"),
        lang=_field(value, "lang"),
        notes=(*notes, *doubts),
    )


def _bad(raw: Raw, written: str, where: str) -> Refused:
    own = named(raw, raw.document, written.encode("utf-8", "replace"))
    return refused(own, f'{where} is no JSON object; write it as {{"text": ..., "published": ...}}')


def _name(raw: Raw, value: Mapping[str, object], number: int) -> str:
    return _field(value, "id") or (f"{raw.document}-{number}" if number else raw.document)


def _field(value: Mapping[str, object], name: str) -> str:
    """The first of a field's spellings that holds a word, as text."""
    for key in _NAMES[name]:
        found = value.get(key)
        if isinstance(found, Mapping):
            found = found.get("name")
        if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
            return str(found)
    return ""


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
