"""Plain text, with or without a header block like that of an e-mail.

The body is exactly what stands after the header's blank line: nothing is stripped, joined or mended,
because spans count its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tollbook.connectors.days import noted
from tollbook.connectors.item import Incoming, Raw, Refused, incoming, named, refused

KEYS = frozenset(["id", "title", "published", "publisher", "source", "lang", "address", "note"])
# A header is short; what goes on longer is a list or a table.
_LONGEST = 40
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,30}):(.*)", re.DOTALL)


def read(raw: Raw, text: str, notes: tuple[str, ...] = ()) -> Iterator[Incoming | Refused]:
    """The one text of a plain file."""
    fields, start = header(text)
    body = text[start:]
    if not body.strip():
        yield refused(raw, "it has a header but no text after it" if fields else "it is empty")
        return
    published, doubts = noted(fields.get("published", ""))
    strange = sorted(fields.keys() - KEYS)
    if strange:
        doubts = (
            *doubts,
            f"header fields not known: {', '.join(strange)}; known are {', '.join(sorted(KEYS))}",
        )
    # A file has its name; what comes through a pipe has only the id it gives itself.
    name = fields.get("id", "") if raw.origin == "stdin" else ""
    yield incoming(
        named(raw, name),
        body,
        title=fields.get("title", ""),
        published=published,
        publisher=fields.get("publisher", fields.get("source", "")),
        address=fields.get("address", ""),
        lang=fields.get("lang", ""),
        notes=(*notes, *doubts),
    )


def header(text: str) -> tuple[dict[str, str], int]:
    """The fields of the header block and where the body begins; no fields and 0 where there is none.

    A block is ``key: value`` lines up to a blank line, the first key a known one, and every key known or
    at least two: "Source: locals" may open a sentence, so a lone unknown key is never a header.
    """
    fields: dict[str, str] = {}
    at, last = 0, ""
    for number in range(_LONGEST + 1):
        end = text.find("\n", at)
        if end < 0:
            return {}, 0
        written = text[at:end].removesuffix("\r")
        at = end + 1
        if not written.strip():
            return (fields, at) if _genuine(fields) else ({}, 0)
        if last and written[0] in " \t":
            fields[last] += f" {written.strip()}"
            continue
        field = _FIELD.fullmatch(written)
        if field is None or (number == 0 and field[1].lower() not in KEYS):
            return {}, 0
        last = field[1].lower()
        fields[last] = field[2].strip()
    return {}, 0


def _genuine(fields: dict[str, str]) -> bool:
    known = len(fields.keys() & KEYS)
    return known >= 2 or (known == 1 and len(fields) == 1)
