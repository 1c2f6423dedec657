"""The hash chain, as arithmetic: what a link is made of, and what is wrong with a list of them.

A link never holds content, nor an entry's id, which is a digest of content that anybody could make from
a guess. It holds commitments: digests over a secret salt and the content. When salt and content are
gone, nothing can be learned from the link, and the chain still closes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tollbook import notation
from tollbook.nouns import Entry, Forgotten

GENESIS = bytes(32)
SALT = 32  # bytes; as long as the digest, so that a salt is no easier to guess than the digest

# The first byte of what is hashed says what it is, so that no digest can pass for one of another kind.
_CONTENT, _NAME, _LINK = b"\x00", b"\x01", b"\x02"
_NUMBERS = struct.Struct(">qq").pack  # a position and what it forgets: eight bytes each, big-endian, signed


class Link(NamedTuple):
    """One place in the chain.

    Attributes:
        position: 1, 2, 3 ...
        forgets: the position whose content this entry's forgetting removed; 0 for none.
        name: commitment to the entry's id.
        commitment: commitment to the entry's line.
        previous: the hash before.
        hash: over all of the above.
    """

    position: int
    forgets: int
    name: bytes
    commitment: bytes
    previous: bytes
    hash: bytes


class Content(NamedTuple):
    """What stands at one place, and may be forgotten: the salt, the entry's id and its line."""

    position: int
    salt: bytes
    entry: bytes
    line: bytes


def rows(
    said: Sequence[tuple[bytes, bytes]],
    salts: bytes,
    position: int,
    previous: bytes,
    forgets: Sequence[int] = (),
) -> tuple[list[tuple[int, int, bytes, bytes, bytes, bytes]], list[tuple[int, bytes, bytes, bytes]]]:
    """The links and contents, as plain tuples, of entries that follow upon a position and its hash.

    Plain, because a driver binds such tuples fastest and the garbage collector does not follow them.

    Args:
        said: the id and the line of each entry.
        salts: as many salts, end to end.
        position: the last position so far.
        previous: its hash.
        forgets: for each the position that it forgets; empty for none.
    """
    links, contents = [], []
    digest = hashlib.sha256
    for number, (entry, line) in enumerate(said):
        position += 1
        forgotten = forgets[number] if forgets else 0
        salt = salts[SALT * number : SALT * (number + 1)]
        name = digest(_NAME + salt + entry).digest()
        commitment = digest(_CONTENT + salt + line).digest()
        sealed = digest(_LINK + _NUMBERS(position, forgotten) + name + commitment + previous).digest()
        links.append((position, forgotten, name, commitment, previous, sealed))
        contents.append((position, salt, entry, line))
        previous = sealed
    return links, contents


def seal(position: int, forgets: int, name: bytes, commitment: bytes, previous: bytes) -> bytes:
    """The hash of a link."""
    return hashlib.sha256(_LINK + _NUMBERS(position, forgets) + name + commitment + previous).digest()


def commit(content: Content) -> tuple[bytes, bytes]:
    """The commitments to the id and to the line."""
    return (
        hashlib.sha256(_NAME + content.salt + content.entry).digest(),
        hashlib.sha256(_CONTENT + content.salt + content.line).digest(),
    )


def read(content: Content) -> Entry:
    """The entry of a content, under the id that is stored with it.

    Raises:
        notation.BadLineError: the line is no entry.
    """
    try:
        entry = notation.parse(content.line.decode())
    except UnicodeDecodeError as error:
        raise notation.BadLineError(f"no text: {error}") from error
    # Spares a digest for each entry; ``faults_of`` is where the two are compared.
    object.__setattr__(entry, "_id", content.entry.hex())
    return entry


def faults(
    rows: Iterable[tuple[Link, Content | None]],
    forgotten: frozenset[int],
    heads: Iterable[tuple[int, str]] = (),
) -> Iterator[str]:
    """What is wrong, each with its position; nothing when every link closes.

    Args:
        rows: links in order of position, each with what stands there.
        forgotten: the positions that some link says it forgets.
        heads: earlier (position, hash) pairs; a log that was cut short or begun anew does not meet them.
    """
    expected: dict[int, set[str]] = {}
    for at, head in heads:
        expected.setdefault(at, set()).add(head)
    last, previous = 0, GENESIS
    for row, content in rows:
        if row.position != last + 1:
            yield f"position {last + 1}: missing; the next one is {row.position}"
        elif row.previous != previous:
            yield f"position {row.position}: does not follow from position {last}"
        if row.hash != seal(*row[:5]):
            yield f"position {row.position}: the link was altered"
        yield from _at(row, content, row.position in forgotten)
        if any(head != row.hash.hex() for head in expected.pop(row.position, ())):
            yield f"position {row.position}: its hash is not that of the head given; the log was begun anew before it"
        last, previous = row.position, row.hash
    for at in sorted(expected):
        if at == 0 and expected[at] == {GENESIS.hex()}:
            continue
        yield f"position {at}: missing; the log ends at {last}, the head given stands at {at}"


def _at(row: Link, content: Content | None, forgotten: bool) -> Iterator[str]:  # noqa: FBT001  (a fact of the row)
    """What is wrong with the content at one place."""
    place = f"position {row.position}"
    if content is None:
        if not forgotten:
            yield f"{place}: its content is gone, and no forgetting is on record"
        return
    if forgotten:
        yield f"{place}: on record as forgotten, and its content is there"
    if commit(content) != (row.name, row.commitment):
        yield f"{place}: the content was altered"
        return
    try:
        entry = notation.parse(content.line.decode())
    except (notation.BadLineError, UnicodeDecodeError):
        yield f"{place}: the content is no entry"
        return
    if entry.id != content.entry.hex():
        yield f"{place}: the entry is not the one its id names"
    if row.forgets and not (isinstance(entry, Forgotten) and entry.position == row.forgets < row.position):
        yield f"{place}: forgets position {row.forgets}, which is not what its entry says"
