"""What kind of input a text is, told from the text itself; the file's ending only breaks a tie."""

from __future__ import annotations

import re
from enum import StrEnum

from tollbook.connectors import plain


class Kind(StrEnum):
    """The kinds of input that are read so far."""

    PLAIN = "plain text"
    PAGE = "web page"
    MAIL = "e-mail"
    FEED = "feed"
    LINES = "JSON"


# How much of a text is looked at.
_HEAD = 4096
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b[^<>]*>", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:p|div|span|br|article|section|table|ul|h[1-6]|a|b|i|title|meta)\b[^<>]*>", re.IGNORECASE
)
_XML = re.compile(r"\s*<\?xml\b")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?\S?")
# Fields that only mail has, and those that a typed note may have as well.
_MAIL = frozenset(
    [
        "received",
        "return-path",
        "message-id",
        "mime-version",
        "delivered-to",
        "content-type",
        "dkim-signature",
        "content-transfer-encoding",
        "x-mailer",
        "reply-to",
        "list-id",
    ]
)
_LETTER = frozenset(["from", "to", "date", "subject", "cc", "sender"])
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$))')


def sniff(text: str, suffix: str = "") -> Kind:
    """The kind of a text."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if suffix in {".jsonl", ".ndjson", ".json"} or (_JSON.match(head) and suffix != ".txt"):
        return Kind.LINES
    if plain.header(text)[0]:
        return Kind.PLAIN
    if head.startswith("<"):
        if _FEED.search(head) and not _PAGE.match(head):
            return Kind.FEED
        if _PAGE.search(head) or _XML.match(head) or (suffix != ".txt" and _TAGS.search(head)):
            return Kind.PAGE
    if suffix in {".html", ".htm", ".xhtml"}:
        return Kind.PAGE
    if _letter(text[:_HEAD], suffix):
        return Kind.MAIL
    return Kind.PLAIN


def _letter(head: str, suffix: str) -> bool:
    """Whether a text begins like a message: fields of mail in a block, or the ending says so."""
    found: set[str] = set()
    lines = head.splitlines()
    if lines and lines[0].startswith("From "):
        lines = lines[1:]
    for written in lines:
        if not written.strip():
            break
        if written[:1] in {" ", "\t"}:
            continue
        field = _FIELD.match(written)
        if field is None:
            # the block is cut by the head's end, or it is no block
            return suffix == ".eml"
        found.add(field[1].lower())
    mail, letter = found & _MAIL, found & _LETTER
    return suffix == ".eml" or len(mail) >= 2 or bool(mail and letter) or {"from", "subject", "date"} <= found
