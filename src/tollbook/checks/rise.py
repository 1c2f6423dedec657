"""``rise-unlike-count``: a voice's total rises by another number than the one it gives for those days."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, told
from tollbook.checks.series import Point, rises, series
from tollbook.checks.slips import rounded, slip
from tollbook.codes import Outcome
from tollbook.toll.counts import level
from tollbook.values import Book, Finding

COUNTED = (Outcome.KILLED, Outcome.WOUNDED)


def find(book: Book) -> Iterator[Finding]:
    """The days on which a total and the count beside it contradict each other, unless a slip of digits explains it."""
    for incident in sorted(book.incidents):
        for outcome in COUNTED:
            if not any(c.outcome is outcome for c in book.of(incident)):
                continue
            for points in series(book, incident, outcome).values():
                for last, point, more, covered in rises(points):
                    rise = point.number - last.number
                    if (
                        rise >= 0
                        and rise != more
                        and (covered or more > rise)
                        and not _slipped(last, point, more, rise)
                    ):
                        yield _finding(book, outcome, last, point, more, rise)


def _slipped(last: Point, point: Point, more: int, rise: int) -> bool:
    if len(point.added) != 1 or rounded(last) or rounded(point):
        return False
    count = level(point.added[0].said)
    return bool(slip(count, rise - (more - count)))


def _finding(book: Book, outcome: Outcome, last: Point, point: Point, more: int, rise: int) -> Finding:
    assert point.total is not None
    assert last.total is not None
    claim = (point.added or last.added)[0].first if point.added or last.added else point.total.first
    late = (
        f"The other {rise - more:,} are of earlier days, told late, and the toll's moves say so."
        if rise > more
        else "More cannot have come than the total rose by: one of the two is wrong, or some were taken off."
    )
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id,
        what=f"{told(book, point.total.first)} counts {more:,} more {outcome}, and its total rises by {rise:,}: from "
        f"{last.number:,} to {point.number:,}.",
        why=f"The two should be one number. {late}",
        remedy="Ask the voice why they differ, or look for its note; then acknowledge this with the reason, or correct "
        "the claim that is wrong.",
        claims=(claim.id, last.total.first.id, point.total.first.id),
    )


CHECK = Check(
    "rise-unlike-count",
    "strict",
    "a total rises by another number than its voice counts for those days",
    find,
)
