"""Bytes to text: which encoding, said by whom, and when it is better to refuse than to guess.

In this order: a byte order mark, UTF-8 that is valid, what the sender declared, and for the two
encodings that old pages of the region still use a sober guess. A wrong guess turns letters into
others without an error, so a guess must be plausible letter by letter.
"""

from __future__ import annotations

import codecs
import re


class UnreadableError(ValueError):
    """Bytes that are no text anybody can be sure of; the sentence says why and what to do."""


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python knows "encodings" that are no encodings of text (zlib, rot13) or that hide markup (utf-7).
_KNOWN = re.compile(
    r"(?:utf[-_]?(?:8|16|32)(?:[-_]?[lb]e)?|us[-_]?ascii|ascii|iso[-_]?8859[-_]?\d{1,2}|latin[-_]?\d"
    r"|(?:windows|cp)[-_]?\d{3,4}|koi8[-_][rut]|gb2312|gbk|gb18030|big5|euc[-_](?:jp|kr)|shift[-_]?jis"
    r"|iso[-_]?2022[-_][a-z]{2}|mac[-_]?\w{3,10})",
    re.IGNORECASE,
)
# As on the web: who declares Latin-1 or ASCII means Windows' superset of it.
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
_CONTROLS = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 26, 27}))
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
)
# What may stand in a western text above ASCII: letters, typographic signs, currency, degrees.
_WESTERN = frozenset(
    b"\x80\x82\x84\x85\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x99\x9a\x9b\x9c\x9e\x9f"
    b"\xa0\xa1\xa3\xa7\xa9\xaa\xab\xad\xae\xb0\xb1\xb2\xb3\xb4\xb7\xba\xbb\xbc\xbd\xbe\xbf"
) | frozenset(range(0xC0, 0x100)) - {0xD7, 0xF7}
_ARABIC = frozenset(range(0x0621, 0x064B)) | {0x060C, 0x061B, 0x061F, 0x0640, 0x067E, 0x0686, 0x06AF}


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes without its byte order mark, and notes on what was doubtful.

    Raises:
        UnreadableError: the bytes are no text, or in an encoding that nobody declared.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name), ()
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableError(f"it is {what}, which is not read yet; save its text as UTF-8 and add that")
    codec = _codec(declared)
    if codec and codec.startswith(("utf-16", "utf-32", "iso2022")):
        # These look like binary or like ASCII, so the sender's word goes first.
        text = _tried(data, codec)
        if text is not None:
            return text, ()
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > len(data) // 100 + 2:
        raise UnreadableError(
            "it is binary, not text (UTF-16 needs its byte order mark); save the text as UTF-8 and add that"
        )
    text = _tried(data, "utf-8")
    return (text, ()) if text is not None else _beyond(data, codec)


def _beyond(data: bytes, codec: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of bytes that are not valid UTF-8."""
    lenient = data.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    # A chance hit of another encoding on valid UTF-8 is rare; three of four is no chance.
    if broken * 4 <= sum(ch > "\x7f" for ch in lenient):
        return lenient, (f"{broken} bytes are broken UTF-8 and were replaced by U+FFFD",)
    if codec and codec != "utf-8":
        text = _tried(data, _SUPERSETS.get(codec, codec))
        if text is not None:
            return text, ()
    guess = _guess(data)
    if guess is None:
        raise UnreadableError("its encoding is not known and no guess is safe; save it as UTF-8 and add that")
    return data.decode(guess), (f"its encoding is not declared and was taken for {guess}",)


def _guess(data: bytes) -> str | None:
    """cp1252 for a mostly ASCII text with western letters, cp1256 for a mostly Arabic one, else None."""
    high = [byte for byte in data[:200_000] if byte > 0x7F]
    letters = sum(byte > 0x7F or chr(byte).isalpha() for byte in data[:200_000])
    if len(high) > 0.4 * letters and len(high) > 20:
        arabic = sum(ord(ch) in _ARABIC for ch in bytes(high).decode("cp1256", "replace"))
        return "cp1256" if arabic > 0.95 * len(high) else None
    western = all(byte in _WESTERN for byte in high) and _tried(data, "cp1252") is not None
    return "cp1252" if western and len(high) <= 0.15 * letters + 2 else None


def _codec(declared: str | None) -> str | None:
    """Python's name of a declared encoding, None where it is none of text."""
    if not declared or not _KNOWN.fullmatch(declared.strip()):
        return None
    try:
        return codecs.lookup(declared.strip()).name
    except LookupError:
        return None


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _strictly(data: bytes, name: str) -> str:
    text = _tried(data, name)
    if text is None:
        raise UnreadableError(f"it says that it is {name.upper()} but is not; save it as UTF-8 and add that")
    return text
