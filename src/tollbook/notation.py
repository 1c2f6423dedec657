"""Notation: one entry is one line of text, and back.

    2022-01-30 claim outcome=killed figure=373 as_written="373" victims=people ... span=10:42 quote="..."

The day stands first (``-`` where nobody knows), then the kind, then ``field=value`` in the order of the
noun; a field at its default is left out. A value is a bare word, or a JSON string where it holds blanks,
quotes, brackets or ``=``; a list is ``[a, "b c"]``. The log, tests, docs and findings use this one form.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import Field
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from json.encoder import encode_basestring

from tollbook import figures
from tollbook.entries import Form
from tollbook.figures import Figure
from tollbook.nouns import KINDS, Entry, Span

_BARE = re.compile(r"[^\s\"\[\](=,\\][^\s\"\[\]=,\\]*")
_MEMBER = re.compile(r"[^\s\"\[\](),=\\]+")
_PAIR = re.compile(r"\s*([a-z_]+)=")
# A pair without anything to unfold, which most are.
_PLAIN = re.compile(r"\s*([a-z_]+)=(?:\"([^\"\\]*)\"|([^\s\"\[\](=,\\][^\s\"\[\]=,\\]*))(?=\s|$)")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# Signs that would break the one line or turn its direction are written as escapes.
_SIGNS = "\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_UNRULY = re.compile(f"[{_SIGNS}]")
# A word that may be written as it is: a bare one without those signs.
_WRITTEN = re.compile(rf"[^\s\"\[\](=,\\{_SIGNS}][^\s\"\[\]=,\\{_SIGNS}]*")


class BadLineError(ValueError):
    """A line that is no entry: what is wrong, and with which words."""


def show(entry: Entry) -> str:
    """The entry as one line."""
    parts = [entry.said_on.isoformat() if entry.said_on else "-", entry.KIND]
    for before, value in _form(entry.KIND).said(entry):
        if isinstance(value, str):
            parts.append(before + (value if value.isalnum() else _word(value)))
        elif isinstance(value, Figure):
            parts.append(before + figures.show(value))
            if value.as_written:
                parts.append(f"as_written={_word(value.as_written)}")
        else:
            parts.append(before + _value(value))
    return " ".join(parts)


def parse(line: str) -> Entry:
    """The entry that ``show`` wrote, or that a person wrote by hand.

    Raises:
        BadLineError: the line is no entry; the message names the words.
    """
    head = line.strip().split(None, 2)
    if len(head) < 2:
        raise BadLineError(f"an entry begins with a day and a kind: {line.strip()[:60]!r}")
    day, kind, rest = head[0], head[1], head[2] if len(head) > 2 else ""
    cls = KINDS.get(kind)
    if cls is None:
        raise BadLineError(f"unknown kind {kind!r}; one of {', '.join(KINDS)}")
    try:
        given = _given(rest)
        as_written = str(given.pop("as_written", "")) if kind in _COUNTING else ""
        readers = _readers(kind)
        values: dict[str, object] = {} if day == "-" else {"said_on": date.fromisoformat(day)}
        for name, raw in given.items():
            if name not in readers:
                raise BadLineError(f"a {kind} has no field {name!r}; it has {', '.join(readers)}")
            values[name] = readers[name](raw, as_written)
        return typing.cast("Callable[..., Entry]", cls)(**values)
    except (ValueError, TypeError) as error:
        raise BadLineError(f"{error} in: {line.strip()[:120]}") from error


def field_value(kind: str, name: str, text: str) -> object:
    """The value of one field written as a person writes it (``correct figure=373``).

    Raises:
        BadLineError: the kind has no such field or the text is no such value.
    """
    readers = _readers(kind)
    if name not in readers:
        raise BadLineError(f"a {kind} has no field {name!r}; it has {', '.join(readers)}")
    try:
        listed = text.startswith("[") and _holds_many(kind, name)
        return readers[name](_raw(text, 0)[0] if listed else None if text == "-" else text, "")
    except (ValueError, TypeError) as error:
        raise BadLineError(f"{name}: {error}") from error


@cache
def _fields(kind: str) -> tuple[Field[object], ...]:
    """The fields of a noun in its own order: what it says first, then when and by whom."""
    found = [f for f in dataclasses.fields(KINDS[kind]) if f.name != "said_on"]
    last = ("recorded_at", "made_by")
    return tuple([f for f in found if f.name not in last] + [f for f in found if f.name in last])


@cache
def _types(kind: str) -> dict[str, object]:
    hints = typing.get_type_hints(KINDS[kind])
    return {f.name: hints[f.name] for f in _fields(kind)}


def _holds_many(kind: str, name: str) -> bool:
    return typing.get_origin(_types(kind)[name]) is tuple


@cache
def _form(kind: str) -> Form:
    return Form(_fields(kind), "{}=")


def _word(text: str) -> str:
    """A word, bare where that leaves no doubt; ``-`` alone would say that there is none."""
    return str(text) if _WRITTEN.fullmatch(text) and text != "-" else _quoted(text)


def _quoted(text: str) -> str:
    quoted = encode_basestring(text)
    if text.isascii() and "\x7f" not in text:
        return quoted  # the common case, without a search
    return _UNRULY.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)


def _item(value: object) -> str:
    """One member of a list: a word, or a pair in round brackets."""
    if isinstance(value, tuple):
        return f"({', '.join(_item(v) for v in value)})"
    text = str(value)
    return text if _MEMBER.fullmatch(text) and not _UNRULY.search(text) and text != "-" else _quoted(text)


def _value(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Span):
        return f"{value.start}:{value.end}"
    if isinstance(value, datetime | date):
        return _utc(value) if getattr(value, "tzinfo", None) is UTC else value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(_item(v) for v in value)}]"
    return _word(str(value))


# All that one report brings is of one moment. Equal moments of other zones are written otherwise: not for them.
_utc = lru_cache(64)(datetime.isoformat)


def _given(text: str) -> dict[str, object]:
    """Fields and their raw values; the same one twice is a slip."""
    found: dict[str, object] = {}
    for name, value in _pairs(text):
        if name in found:
            raise BadLineError(f"{name} is given twice")
        found[name] = value
    return found


def _pairs(text: str) -> Iterator[tuple[str, object]]:
    """Each field and its raw value: a string, None for a bare ``-``, or a tuple."""
    at, end = 0, len(text.rstrip())
    while at < end:
        plain = _PLAIN.match(text, at)
        if plain:
            name, quoted, bare = plain.groups()
            yield name, (quoted if bare is None else None if bare == "-" else bare)
            at = plain.end()
            continue
        begin = _PAIR.match(text, at)
        if begin is None:
            raise BadLineError(f"expected field=value at: {text[at : at + 40].strip()!r}")
        value, at = _raw(text, begin.end())
        yield begin[1], value


def _raw(text: str, at: int) -> tuple[object, int]:
    if text[at : at + 1] in {"[", "("}:
        return _list(text, at + 1, "]" if text[at] == "[" else ")")
    quoted = _STRING.match(text, at)
    if quoted:
        return json.loads(quoted[0], strict=False), quoted.end()
    bare = _BARE.match(text, at)
    if bare is None:
        raise BadLineError(f"no value at: {text[at : at + 40]!r}")
    return (None if bare[0] == "-" else bare[0]), bare.end()


def _list(text: str, at: int, closing: str) -> tuple[object, int]:
    items: list[object] = []
    while True:
        while text[at : at + 1] in {" ", ","}:
            at += 1
        if at >= len(text):
            raise BadLineError(f"a list is not closed with {closing}")
        if text[at] == closing:
            return tuple(items), at + 1
        bare = _MEMBER.match(text, at)
        if bare:
            items.append(bare[0])
            at = bare.end()
        else:
            item, at = _raw(text, at)
            items.append(item)


Reader = Callable[[object, str], object]


@cache
def _readers(kind: str) -> dict[str, Reader]:
    """For each field what makes its value of the raw one and of the words of a figure."""
    return {name: _reader(wanted) for name, wanted in _types(kind).items()}


def _reader(kind: object) -> Reader:
    options = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    may_be_empty = type(None) in options
    wanted = next(o for o in options if o is not type(None))
    if typing.get_origin(wanted) is tuple:
        pairs = typing.get_origin(typing.get_args(wanted)[0]) is tuple
        return lambda raw, _: _members(raw, pairs=pairs)
    if wanted not in _TEXTS and not (isinstance(wanted, type) and issubclass(wanted, StrEnum)):
        raise TypeError(f"no value of type {wanted}")
    made = _TEXTS.get(wanted) or typing.cast("Callable[[str], object]", wanted)

    def read(raw: object, as_written: str) -> object:
        if raw is None:
            if may_be_empty:
                return None
            raise ValueError("the field cannot be empty")
        if isinstance(raw, tuple):
            raise TypeError("one value, not a list")
        return figures.parse(str(raw), as_written) if wanted is Figure else made(str(raw))

    return read


def _members(raw: object, *, pairs: bool) -> tuple[object, ...]:
    found = raw if isinstance(raw, tuple) else (raw,)
    for member in found:
        parts = member if pairs and isinstance(member, tuple) else (member,)
        if len(parts) != (2 if pairs else 1) or not all(isinstance(part, str) for part in parts):
            raise ValueError("write pairs: [(field, value)]" if pairs else 'write words: [a, "b c"]')
    return found


def _truth(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(f"yes or no, not {text!r}")
    return text == "yes"


def _span(text: str) -> Span:
    start, _, end = text.partition(":")
    return Span(int(start), int(end))


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text} is no moment without its time zone; write {text}+00:00")
    return found


def _number(text: str) -> float:
    found = float(text)
    if not math.isfinite(found):
        raise ValueError(f"{text} is no number")
    return found


_TEXTS: dict[object, Callable[[str], object]] = {
    str: str, int: int, float: _number, bool: _truth, Span: _span, date: date.fromisoformat, datetime: _moment,
    Figure: figures.parse,
}  # fmt: skip
_COUNTING = frozenset(
    kind for kind, noun in KINDS.items() for f in dataclasses.fields(noun) if f.type == "Figure"
)
