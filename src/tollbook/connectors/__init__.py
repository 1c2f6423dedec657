"""The door for what comes in: text, pages, mail, feeds, JSON, folders of these, a pipe, an address.

``gather`` takes what a person names and gives texts ready to be read, each with its original bytes, and a
refusal with its reason for each thing that cannot be read. It never parses a casualty number.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tollbook.connectors import feed, folder, lines, mail, page, plain, web
from tollbook.connectors.decode import UnreadableError, decode
from tollbook.connectors.item import DEEPEST, LIMIT, Incoming, InputError, Raw, Refused, refused
from tollbook.connectors.kind import Kind, sniff

__all__ = ["LIMIT", "Incoming", "InputError", "Raw", "Refused", "gather", "read"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})")
_READERS = {Kind.PLAIN: plain.read, Kind.PAGE: page.read, Kind.FEED: feed.read, Kind.LINES: lines.read}


def gather(
    target: str,
    *,
    published: date | None = None,
    stdin: bytes | None = None,
    allow_private: bool = False,
) -> Iterator[Incoming | Refused]:
    """The texts behind a target, in a stable order, and a refusal for each thing that cannot be read.

    Args:
        target: a path of a file or a folder, an http or https address, or ``-`` for the pipe.
        published: the day of publication of texts that give none.
        stdin: what came through the pipe; read from standard input when it is None.
        allow_private: whether addresses inside private networks may be fetched.

    Raises:
        InputError: the target is missing, may not be read or fetched, or holds no file.
    """
    if target == "-":
        data = sys.stdin.buffer.read(LIMIT + 1) if stdin is None else stdin
        raws: Iterator[Raw | Refused] = iter([_piped(data)])
    elif _ADDRESS.match(target):
        raws = iter([web.fetch(target, allow_private=allow_private)])
    else:
        raws = _stored(target)
    return _all(raws, published)


def read(raw: Raw) -> Iterator[Incoming | Refused]:
    """The texts in one raw thing. Nothing is raised: what breaks a parser is refused."""
    try:
        yield from _sorted(raw)
    except Exception as error:  # noqa: BLE001  hostile bytes may break any parser in any way; they are kept and named
        reason = f"reading it failed ({type(error).__name__}); save its text as UTF-8 and add that"
        yield refused(raw, reason)


def _sorted(raw: Raw) -> Iterator[Incoming | Refused]:
    """Reads a raw thing by its kind."""
    if not raw.data.strip():
        yield refused(raw, "it is empty; nothing to read")
        return
    if raw.depth > DEEPEST:
        yield refused(raw, f"it is wrapped in more than {DEEPEST} messages; save the innermost and add that")
        return
    declared = raw.charset
    if declared is None and raw.suffix not in {".txt", ".eml"}:
        said = _CHARSET.search(raw.data[:4096])
        declared = said[1].decode("ascii") if said else None
    try:
        text, notes = decode(raw.data, declared)
    except UnreadableError as error:
        # A message may carry parts in several encodings, each declared in its own place.
        if raw.suffix == ".eml" or sniff(raw.data[:4096].decode("latin-1"), raw.suffix) is Kind.MAIL:
            yield from mail.read(raw, read)
            return
        yield refused(raw, str(error))
        return
    kind = sniff(text, raw.suffix)
    if kind is Kind.MAIL:
        yield from mail.read(raw, read)
        return
    if kind is Kind.FEED and raw.origin == "file":
        raw = replace(raw, origin="feed")
    yield from _READERS[kind](raw, text, notes)


def _all(raws: Iterator[Raw | Refused], published: date | None) -> Iterator[Incoming | Refused]:
    for raw in raws:
        if isinstance(raw, Refused):
            yield raw
        else:
            yield from read(replace(raw, published=published))


def _piped(data: bytes) -> Raw | Refused:
    if len(data) > LIMIT:
        return Refused(
            b"", "stdin", "stdin", f"the pipe gave more than {LIMIT // 2**20} MB; cut it into parts"
        )
    return Raw(data=data, document="stdin", origin="stdin")


def _stored(target: str) -> Iterator[Raw | Refused]:
    path = Path(target)
    try:
        there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError) as error:
        raise InputError(f"{target[:100]!r} is no path that can be opened; check the name") from error
    if not target.strip() or not (there or path.is_symlink()):
        raise InputError(
            f"{target[:200] or 'an empty name'} does not exist; check the name, or give - for a pipe"
        )
    return folder.walk(path) if is_folder else iter([folder.single(path)])
