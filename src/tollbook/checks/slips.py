"""``digit-slip``: a number that fits what stands round it once two of its digits are exchanged, or one is put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.checks.kinds import Check, said
from tollbook.checks.series import Point, rises, series, totals
from tollbook.codes import Outcome
from tollbook.toll.counts import Count, level
from tollbook.values import Book, Finding

COUNTED = (Outcome.KILLED, Outcome.WOUNDED)
# Numbers of fewer digits are one slip away from too many others.
DIGITS = 3


def find(book: Book) -> Iterator[Finding]:
    """Totals and daily counts of one voice that contradict each other, where one slip of the pen explains it."""
    for incident in sorted(book.incidents):
        for outcome in COUNTED:
            if not any(c.outcome is outcome for c in book.of(incident)):
                continue
            for points in series(book, incident, outcome).values():
                found = {c.first.id: (c, right, how) for c, right, how in (*_beside(points), *_peaks(points))}
                for count, right, how in found.values():
                    yield _finding(book, count, right, how)


def _beside(points: list[Point]) -> Iterator[tuple[Count, int, str]]:
    """Daily counts that are not the rise of the total given beside them: a slip in the one or in the other."""
    told = list(rises(points))
    for n, (last, point, more, covered) in enumerate(told):
        rise = point.number - last.number
        if rise == more or not (covered or more > rise):
            continue
        right = last.number + more
        after = told[n + 1] if n + 1 < len(told) and told[n + 1][0] is point else None
        if point.total and after and after[1].number - right == after[2] and slip(point.number, right):
            # The next rise fits too, so that the total between is the one that is wrong.
            yield point.total, right, f"{more:,} came on top of {last.number:,}"
        elif len(point.added) == 1 and not (rounded(last) or rounded(point)):
            count = point.added[0]
            fits = rise - (more - level(count.said))
            if slip(level(count.said), fits):
                yield count, fits, f"the total goes from {last.number:,} to {point.number:,}"


def rounded(point: Point) -> bool:
    """Whether a total is given in thousands, so that its rise tells nothing of digits."""
    return point.number % 1000 == 0


def _peaks(points: list[Point]) -> Iterator[tuple[Count, int, str]]:
    """Totals from which the next one falls, and which two digits exchanged would put between their neighbours."""
    found = totals(points)
    for before, point, after in zip(found, found[1:], found[2:], strict=False):
        if not (point.number > after.number >= before.number) or point.total is None:
            continue
        fits = [n for n in _exchanged(point.number) if before.number <= n <= after.number]
        if len(fits) == 1:
            yield point.total, fits[0], f"it stands between {before.number:,} and {after.number:,}"


def slip(written: int, meant: int) -> str:
    """Which slip of the pen makes one number of another: two digits exchanged, one left out or put in, one wrong; or "".

    A wrong last digit is no more than a small difference, and no sign of a slip.
    """
    a, b = str(written), str(meant)
    if meant <= 0 or a == b or min(len(a), len(b)) < DIGITS:
        return ""
    if meant in _exchanged(written):
        return "two digits exchanged"
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) == 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long))):
        return "a digit left out" if len(a) < len(b) else "a digit too many"
    wrong = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    return "one digit wrong" if len(a) == len(b) and len(wrong) == 1 and wrong[0] < len(a) - 1 else ""


def _exchanged(number: int) -> set[int]:
    """The numbers that come of exchanging two digits that stand side by side."""
    text = str(number)
    found = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
    return {int(t) for t in found if t[0] != "0"} - {number}


def _finding(book: Book, count: Count, right: int, beside: str) -> Finding:
    claim = count.first
    written = level(count.said)
    how = slip(written, right) or "two digits exchanged"
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id,
        what=f"{said(book, claim)} {claim.outcome}, but {beside}: {right:,} would fit, with {how}.",
        why="A slip of the pen goes on as a figure: in a daily count it is copied, in a total it shows only when the next "
        "one falls.",
        remedy=f"Look the number up where it was first given. If it reads {right:,}, correct the claim; if it reads "
        f"{written:,} there, acknowledge this.",
        claims=tuple(_ids([count])),
    )


def _ids(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        yield from (c.id for c in count.claims)


CHECK = Check(
    "digit-slip", "strict", "a number fits once two digits are exchanged, or one is put right", find
)
