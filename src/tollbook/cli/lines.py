"""JSON lines in, JSON lines out: what the verbs dates and places share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tollbook.cli import screen
from tollbook.cli.given import MistakeError

# Longer lines are no question about a mention; they would fill the memory.
LONGEST = 20_000_000
Row = dict[str, Any]


class RowError(ValueError):
    """A row that cannot be used: what is wrong with it and what it could be."""


def answer(source: str, about: Callable[[Row], Row]) -> int:
    """Prints one JSON line for each line of the source, in order; returns 0, or 2 if a line could not be read.

    Args:
        source: a file, or "-" for standard input.
        about: what is known about a row; raises ``RowError`` where the row is unusable.

    Raises:
        MistakeError: the file cannot be read.
    """
    code = 0
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise RowError('it is no object; a line looks like {"mention": "..."}')
            found = about(row)
        except RecursionError:
            code, found = _bad(source, number, "it is nested too deeply")
        except ValueError as error:
            code, found = _bad(source, number, _plain(error))
        print(_safe(json.dumps(found, ensure_ascii=False)), flush=source == "-")
    return code


def _safe(line: str) -> str:
    """The line as UTF-8 can carry it: half a surrogate pair, which JSON allows, goes out escaped."""
    return line.encode("utf-8", errors="backslashreplace").decode()


def _bad(source: str, number: int, reason: str) -> tuple[int, Row]:
    where = "standard input" if source == "-" else source
    screen.say(f"tollbook: {where}, line {number}: {reason}")
    return 2, {"error": reason}


def _plain(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON ({error.msg.lower()} at character {error.pos + 1})"
    return str(error)


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        if sys.stdin.isatty():
            screen.say("reading JSON lines from the keyboard; end with Ctrl-D, or see --help")
        yield from _limited(iter(lambda: sys.stdin.buffer.readline(LONGEST), b""))
        return
    try:
        with Path(source).open("rb") as file:
            yield from _limited(iter(lambda: file.readline(LONGEST), b""))
    except OSError as error:
        raise MistakeError(
            f"{source}: {error.strerror or 'cannot be read'}; name a file of JSON lines, or - for a pipe"
        ) from error


def _limited(lines: Iterator[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.decode("utf-8", errors="replace").lstrip("\ufeff")


def mention(row: Row) -> str:
    """The mention of a row.

    Raises:
        RowError: it has none.
    """
    found = row.get("mention")
    if not isinstance(found, str) or not found.strip():
        raise RowError('"mention" must be a text')
    return found.encode("utf-8", errors="replace").decode()


def published(row: Row) -> date | None:
    """The day of publication of a row, or None.

    Raises:
        RowError: it is no day.
    """
    found = row.get("published")
    if found is None or found == "":
        return None
    try:
        return date.fromisoformat(str(found)[:10])
    except ValueError:
        raise RowError(f'"published" must be a day such as 2022-01-31, not {found!r}') from None
