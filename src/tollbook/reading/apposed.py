"""What a sentence tells twice: names behind a number that counts them."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.reading.clauses import Clause


def apposed(clause: Clause, groups: Sequence[int]) -> list[int]:
    """The group that names in apposition only tell again: "two bakers of Velden, Ana Brezin and Ivo Brant, were killed"."""
    names = [g for g in groups if clause.s[g] == "C"]
    if not names:
        return list(groups)
    counted = [g for g in groups if clause.s[g] == "Q" and g < names[0] and _size(clause, g) == len(names)]
    if counted and len(counted) + len(names) == len(groups):
        return counted
    if len(names) < len(groups) or clause.at(names[0] - 1) != ",":
        return list(groups)
    at = names[0] - 2
    while at > 0 and clause.s[at] in "CnPo":
        at -= 1
    if clause.at(at) == "Q" and _size(clause, at) == len(names):
        return [at]
    return list(groups)


def _size(clause: Clause, g: int) -> int | None:
    """How many a group is said to be, where that is exact."""
    number = clause.chunks[g].number
    return number.low if number is not None and number.low == number.high else None
