"""E-mail files: the message's text, its readable attachments, and a refusal for each of the others."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import PurePath

from tollbook.connectors import page
from tollbook.connectors.days import noted
from tollbook.connectors.decode import UnreadableError, decode
from tollbook.connectors.item import DEEPEST, Incoming, Raw, Refused, incoming, line, named, refused

# Header lines beyond this are made to break readers; the library's parser takes time with their square.
_LONGEST_FIELD = 4000
_SECOND = re.compile(rb"\n\r?\nFrom [^\n]{3,200}\d{4}\r?\n[A-Za-z-]+:")
# A plain part this much shorter than its HTML twin only says "see the HTML version".
_TOO_SHORT = 4

# What the library raises on fields that are made to break it.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError, MessageError)

# A day's bulletin comes with a dozen attachments; thousands are made to take long.
_MOST = 200
# The library takes a quarter of a millisecond for each part, so that a large file of nothing else takes hours.
_MOST_PARTS = 2000

Again = Callable[[Raw], Iterator[Incoming | Refused]]


def read(raw: Raw, again: Again) -> Iterator[Incoming | Refused]:
    """The texts of a message; ``again`` reads an attachment of another kind."""
    if raw.depth > DEEPEST:
        yield refused(raw, f"it is wrapped in more than {DEEPEST} messages; save the innermost and add that")
        return
    if _SECOND.search(raw.data):
        yield refused(raw, "it is a mailbox of several messages; export each as a file of its own (.eml)")
        return
    if raw.data.count(b"\n--") > _MOST_PARTS and b"multipart/" in raw.data.lower():
        yield refused(raw, "the message has thousands of parts; save the text that is wanted and add that")
        return
    raw = replace(raw, origin=raw.origin if raw.origin in {"url", "stdin"} else "mail")
    message = email.message_from_bytes(_shortened(raw.data), policy=policy.default)
    fields = _fields(message)
    main, text, notes = _text(message)
    published, doubts = noted(fields.get("date", ""))
    name, address = parseaddr(fields.get("from", ""))
    about = {"title": fields.get("subject", ""), "publisher": name or address}
    if text.strip():
        yield incoming(raw, text, published=published, notes=(*notes, *doubts), **about)
    rest = [part for part in _leaves(message) if part not in main]
    if not text.strip() and not rest:
        yield refused(raw, "the message has no text and no attachment")
    if len(rest) > _MOST:
        yield refused(raw, f"the message has {len(rest):,} attachments; only the first {_MOST} were read")
    dated = replace(raw, published=published or raw.published, depth=raw.depth + 1)
    for number, part in enumerate(rest[:_MOST], 1):
        yield from _attachment(dated, part, number, again)


def _shortened(data: bytes) -> bytes:
    """The message with overlong header lines cut."""
    head, gap, body = data.partition(b"\r\n\r\n" if b"\r\n\r\n" in data[:200_000] else b"\n\n")
    if len(head) <= _LONGEST_FIELD:
        return data
    return b"\n".join(written[:_LONGEST_FIELD] for written in head.split(b"\n")[:2000]) + gap + body


def _fields(message: EmailMessage) -> dict[str, str]:
    """The decoded fields that are needed, in lower case; broken ones as they stand."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        low = name.lower()
        if low in {"date", "from", "subject"} and low not in found:
            written = str(value)[:_LONGEST_FIELD]
            with suppress(*_BROKEN):
                written = str(policy.default.header_factory(name, written)) if low != "date" else written
            found[low] = line(written)
    return found


def _leaves(message: EmailMessage) -> list[EmailMessage]:
    """The parts that hold something, in order; a message within a message is one part."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            found.append(part)
        else:
            waiting += reversed([p for p in part.iter_parts() if isinstance(p, EmailMessage)])
    return found


def _text(message: EmailMessage) -> tuple[list[EmailMessage], str, tuple[str, ...]]:
    """The parts that make the message's own text, that text, and notes."""
    own = [
        p for p in _leaves(message) if p.get_content_disposition() != "attachment" and not p.get_filename()
    ]
    plain = next((p for p in own if p.get_content_type() == "text/plain"), None)
    html = next((p for p in own if p.get_content_type() == "text/html"), None)
    twins = plain is not None and html is not None and _twins(message, plain, html)
    text, notes = _decoded(plain) if plain is not None else ("", ())
    if html is not None and (plain is None or twins):
        markup, doubts = _decoded(html)
        shown, more = page.body(markup)
        if len(shown) > _TOO_SHORT * len(text.strip()):
            return [p for p in (plain if twins else None, html) if p is not None], shown, (*doubts, *more)
    main = [p for p in (plain, html if twins else None) if p is not None]
    return main, text, notes


def _twins(message: EmailMessage, plain: EmailMessage, html: EmailMessage) -> bool:
    """Whether the two are alternatives of one text, not two texts."""
    for part in message.walk():
        if part.get_content_type() == "multipart/alternative":
            inside = list(part.walk())
            if plain in inside and html in inside:
                return True
    return False


def _decoded(part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset()
    if not isinstance(data, bytes):
        return "", ()
    try:
        text, notes = decode(data, charset)
    except UnreadableError as error:
        return "", (f"a part of the message was left out: {error}",)
    # The line ends of mail are the transport's, not the writer's.
    return text.replace("\r\n", "\n"), notes


def _attachment(raw: Raw, part: EmailMessage, number: int, again: Again) -> Iterator[Incoming | Refused]:
    kind = part.get_content_type()
    given = PurePath(line(part.get_filename() or "").replace("\\", "/"))
    own = named(raw, given.stem or f"{raw.document}-{number}", b"")
    if kind == "message/rfc822":
        inner = part.get_payload(0) if part.is_multipart() else None
        if isinstance(inner, EmailMessage):
            yield from again(replace(own, data=inner.as_bytes(), suffix=".eml"))
        else:
            yield refused(own, "the message inside the message cannot be read")
        return
    payload = part.get_payload(decode=True)
    own = replace(own, data=payload if isinstance(payload, bytes) else b"")
    if not kind.startswith("text/"):
        yield refused(own, f"the attachment is {kind}, which is not read yet; save its text and add that")
        return
    suffix = ".html" if kind == "text/html" else given.suffix.lower() or ".txt"
    yield from again(replace(own, charset=part.get_content_charset(), suffix=suffix))
