"""What comes in: the raw thing, what was read out of it, what was refused, and the limits.

A connector turns one ``Raw`` into ``Incoming`` and ``Refused``. Nothing that comes in is ever dropped
without a word: it is read, or it is refused with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

# The longest single report met in the field is below one megabyte, a year of one monitor's feed below
# eight. What is larger is an archive or a mistake: it is to be cut first, not to fill the memory.
LIMIT = 32 * 1024 * 1024
# Mail in mail in mail: forwarded chains are a few deep, deeper is made to break readers.
DEEPEST = 8


class InputError(Exception):
    """The caller asked for something that cannot be had: what, where and what to do, in one sentence."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One text that came in, ready to be read.

    Attributes:
        original: the bytes as received; of a feed's item the whole feed, of a JSON line the line.
        body: the text whose characters spans count; never stripped or rewritten for plain text.
        title: the headline as found, or empty.
        published: day of publication as written in its own time zone, or None.
        publisher: who published it, as found, or empty.
        address: where it stands (http or https), or empty.
        lang: ISO 639-1 code as declared, or empty.
        document: file stem, or the id that a feed or a JSON line gives.
        origin: how it came: file, url, mail, feed or stdin.
        notes: what was doubtful on the way in, a sentence each.
    """

    original: bytes
    body: str
    title: str = ""
    published: date | None = None
    publisher: str = ""
    address: str = ""
    lang: str = ""
    document: str = ""
    origin: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that came in and could not be read.

    Attributes:
        original: the bytes as received; empty where there were none or too many to keep.
        document: its short name.
        origin: how it came.
        reason: what is wrong and what one can do, in a sentence.
    """

    original: bytes
    document: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as received with what the door knows about them.

    Attributes:
        suffix: lower-case ending with its dot (".txt"), or empty.
        charset: the encoding that a transport declared, or None.
        published: the day to use where the text itself gives none.
        depth: how many messages it is wrapped in.
    """

    data: bytes
    document: str
    origin: str
    suffix: str = ""
    address: str = ""
    charset: str | None = None
    published: date | None = None
    depth: int = 0


def incoming(
    raw: Raw,
    body: str,
    *,
    title: str = "",
    published: date | None = None,
    publisher: str = "",
    address: str = "",
    lang: str = "",
    notes: tuple[str, ...] = (),
) -> Incoming:
    """What was read out of a raw thing, with the door's own knowledge where the text says nothing."""
    whole = sound(body)
    if whole != body:
        notes = (*notes, "it holds half characters (lone surrogates), which were replaced by U+FFFD")
    return Incoming(
        original=raw.data,
        body=whole,
        title=line(title),
        published=published or raw.published,
        publisher=line(publisher),
        address=line(address) or raw.address,
        lang=language(lang),
        document=line(raw.document),
        origin=raw.origin,
        notes=notes,
    )


def refused(raw: Raw, reason: str, *, keep: bool = True) -> Refused:
    """The refusal of a raw thing; ``keep`` says whether its bytes are to be kept."""
    return Refused(raw.data if keep else b"", line(raw.document), raw.origin, reason)


def named(raw: Raw, document: str, data: bytes | None = None) -> Raw:
    """A part of a raw thing under its own name."""
    return replace(raw, document=document or raw.document, data=raw.data if data is None else data)


def sound(text: str) -> str:
    """The text with half characters replaced, so that it can be written as UTF-8; as long as the text."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _halves(text) else text


def line(text: str) -> str:
    """The text on one line, blanks squeezed, at most a thousand characters."""
    return " ".join(sound(text[:4000]).replace("\0", " ").split())[:1000]


def language(text: str) -> str:
    """The two-letter code that a language tag begins with ("en-GB"), or empty."""
    code = text.strip().replace("_", "-").split("-")[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _halves(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
