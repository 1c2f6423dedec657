"""Quotations of a text: from an opening to its closing sign, or to the end of the paragraph that leaves one open."""

from __future__ import annotations

import re
from functools import lru_cache

from tollbook.text import Document

_SIGN = re.compile(r"[\"\u201c\u201d\u00ab\u00bb]|``|''|\n[ \t]*\n\s*")


@lru_cache(maxsize=16)
def quotations(document: Document) -> tuple[tuple[int, int], ...]:
    """The quotations in text order, as characters between the signs."""
    body = document.body
    found: list[tuple[int, int]] = []
    opened = -1
    for sign in _SIGN.finditer(body):
        mark = sign.group()
        if mark[0] == "\n":
            if opened >= 0:
                found.append((opened, sign.start()))
            opened = -1
        elif opened < 0:
            if mark not in {"\u201d", "\u00bb"} and not _closes(body, sign.start(), sign.end(), mark):
                opened = sign.end()
        elif mark in {"\u201c", "\u00ab", "``"} or _opens(body, sign.start(), sign.end()):
            found.append((opened, sign.start()))  # the quotation before was never closed
            opened = sign.end()
        else:
            found.append((opened, sign.start()))
            opened = -1
    if opened >= 0:
        found.append((opened, len(body)))
    return tuple(found)


# Between plain single signs: opened before a word, closed after a comma or stop, in one paragraph.
_INNER = re.compile(
    r"(?<![\w'\u2019])['\u2018](?=\w)((?:[^'\u2018\u2019\n]|(?<=\w)['\u2019](?=\w)|\n(?!\s*\n)){12,}?[.,?!])['\u2019](?!\w)"
)


@lru_cache(maxsize=16)
def inner(document: Document) -> tuple[tuple[int, int], ...]:
    """Quotations in single signs, as characters between them; they may stand inside others."""
    return tuple(found.span(1) for found in _INNER.finditer(document.body))


def _closes(body: str, start: int, end: int, mark: str) -> bool:
    """Whether a plain sign can only close: a letter stands before it and none after."""
    if mark not in {'"', "''"}:
        return False
    return (
        start > 0
        and not body[start - 1].isspace()
        and body[start - 1] not in "([-:"
        and (end >= len(body) or body[end].isspace())
    )


def _opens(body: str, start: int, end: int) -> bool:
    """Whether a plain sign can only open: a blank stands before it and a letter after."""
    return (
        start > 0 and (body[start - 1].isspace() or body[start - 1] in "([") and body[end : end + 1].isalnum()
    )


def around(document: Document, offset: int) -> tuple[int, int] | None:
    """The quotation that holds a character, or None."""
    for start, end in quotations(document):
        if start <= offset < end:
            return (start, end)
        if start > offset:
            break
    return None
