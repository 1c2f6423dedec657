"""Spelling: which written forms name a party, and where they stand as words of their own."""

from __future__ import annotations

from typing import NamedTuple


class Spelling(NamedTuple):
    """A form that names a party; ``spelled`` is the only spelling accepted outside capitals, if there is one."""

    name: str
    spelled: str = ""
    telex: bool = True


def whole(shadow: str, start: int, end: int) -> bool:
    """Whether the characters stand as words of their own; a hyphen makes another word of them ("US-backed")."""
    before, after = shadow[start - 1 : start], shadow[end : end + 2]
    if before.isalnum() or before in {"-", "_", "@"} or after[:1].isalnum() or after[:1] == "_":
        return False
    return not (after[:1] == "-" and after[1:].isalpha())


def spelled(written: str, spelling: Spelling, *, capitals: bool) -> bool:
    """Whether the spelling is one that the form allows: acronyms are not the words they look like."""
    if not spelling.spelled:
        return True
    if capitals:
        return spelling.telex
    return written.startswith(spelling.spelled)
