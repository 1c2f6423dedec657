"""The checks: what in a book an editor should look at; one file a check, Book to findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tollbook.checks import (
    admission,
    anchors,
    blame,
    bounds,
    broken,
    control,
    course,
    dates,
    denials,
    disagreement,
    doubtful,
    excess,
    expected,
    falls,
    far,
    gaps,
    groups,
    lonely,
    ontop,
    overlap,
    rise,
    shares,
    silent,
    slips,
    spoken,
    stale,
    sums,
    swapped,
    together,
    twice,
    undated,
    wider,
    withheld,
)
from tollbook.checks.catalogue import Page, Twin, catalogue
from tollbook.checks.kinds import TIERS, Check
from tollbook.checks.scope import latest, upto
from tollbook.values import Book, Finding

__all__ = ["CHECKS", "TIERS", "Check", "Page", "Twin", "catalogue", "check"]

# In the order in which an editor reads them: what is wrong in a text, then what does not fit together, then the rest.
CHECKS: tuple[Check, ...] = (
    *(
        module.CHECK
        for module in (
            sums,
            excess,
            falls,
            spoken,
            expected,
            bounds,
            dates,
            undated,
            anchors,
            disagreement,
            admission,
            broken,
            denials,
            slips,
            rise,
            shares,
            gaps,
            blame,
            control,
            course,
            together,
            groups,
            wider,
            ontop,
            swapped,
            twice,
            far,
            overlap,
            stale,
            lonely,
            doubtful,
            withheld,
            silent,
        )
    ),
    anchors.ASIDE,
    anchors.WIDE,
)


def check(
    book: Book,
    tiers: Sequence[str] = ("basic",),
    checks: Sequence[Check] = CHECKS,
    *,
    as_of: date | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """The findings of a book, by check; one that a person acknowledged is explained, not gone.

    Args:
        book: the snapshot; what was known when is decided there.
        tiers: which checks to run: ``basic``, ``strict``, ``other``.
        checks: the checks to choose from; those of plugins may stand among them.
        as_of: only what was said up to this day.
        today: the day on which the book is read; else ``as_of``, else the last day of the book.

    Raises:
        ValueError: there is no such tier.
    """
    unknown = [t for t in tiers if t not in TIERS]
    if unknown:
        raise ValueError(f"no tier {unknown[0]!r}; there are {', '.join(TIERS)}")
    seen = upto(book, as_of)
    day = today or as_of or latest(seen)
    found = [finding for one in checks if one.tier in tiers for finding in _asked(one, seen, day)]
    return tuple(replace(f, explained=book.acknowledged.get(f.key)) for f in found)


def _asked(check: Check, book: Book, today: date | None) -> Iterable[Finding]:
    return check.find(book) if check.since is None or today is None else check.since(book, today)
