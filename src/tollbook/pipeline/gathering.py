"""What stands behind the words of a caller: paths, addresses or the pipe, each by the connector that takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tollbook import plugins
from tollbook.connectors import Incoming, InputError, Refused


def gathered(
    target: str, published: date | None, stdin: bytes | None, *, allow_private: bool
) -> Iterator[Incoming | Refused]:
    """What the first connector that takes the target makes of it."""
    for connector in plugins.connectors().values():
        found = connector(target, published=published, stdin=stdin, allow_private=allow_private)
        if found is not None:
            yield from found
            return
    raise InputError(f"{target[:200]!r} is nothing that can be read; give a file, a folder, an address or -")


def count(targets: Sequence[str]) -> int:
    """How many documents there may be: files are counted, so a feed with many items makes it more."""
    found = 0
    for target in targets:
        path = Path(target) if "://" not in target else None
        folder = path is not None and path.is_dir()
        found += sum(1 for p in path.rglob("*") if p.is_file()) if path and folder else 1
    return found
