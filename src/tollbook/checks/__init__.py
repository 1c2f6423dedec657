"""The checks: what in a book an editor should look at; one file a check, Book to findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.checks import (
    admission,
    anchors,
    bounds,
    course,
    dates,
    disagreement,
    doubtful,
    excess,
    falls,
    lonely,
    sums,
    undated,
    withheld,
)
from tollbook.checks.kinds import TIERS, Check
from tollbook.values import Book, Finding

__all__ = ["CHECKS", "TIERS", "Check", "check"]

# In the order in which an editor reads them: what is wrong in a text, then what does not fit together, then the rest.
CHECKS: tuple[Check, ...] = tuple(
    module.CHECK
    for module in (
        sums,
        excess,
        falls,
        bounds,
        dates,
        undated,
        anchors,
        disagreement,
        admission,
        course,
        lonely,
        doubtful,
        withheld,
    )
)


def check(
    book: Book, tiers: Sequence[str] = ("basic",), checks: Sequence[Check] = CHECKS
) -> tuple[Finding, ...]:
    """The findings of a book, by check; one that a person acknowledged is explained, not gone.

    Args:
        book: the snapshot.
        tiers: which checks to run: ``basic``, ``strict``, ``other``.
        checks: the checks to choose from; those of plugins may stand among them.

    Raises:
        ValueError: there is no such tier.
    """
    unknown = [t for t in tiers if t not in TIERS]
    if unknown:
        raise ValueError(f"no tier {unknown[0]!r}; there are {', '.join(TIERS)}")
    found = [finding for one in checks if one.tier in tiers for finding in one.find(book)]
    return tuple(replace(f, explained=book.acknowledged.get(f.key)) for f in found)
