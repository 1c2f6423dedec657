"""``more-on-top``: what a voice says comes on top is more than its later total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.checks.kinds import Check, told
from tollbook.codes import Outcome
from tollbook.nouns import Claim
from tollbook.toll.counts import Count
from tollbook.toll.telling import told_of
from tollbook.toll.voices import by_origin
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

COUNTED = (Outcome.KILLED, Outcome.WOUNDED)


def find(book: Book) -> Iterator[Finding]:
    """The increments that exceed a running total which their own voice gives on the same day or later."""
    for incident in sorted(book.incidents):
        claims = book.of(incident)
        for outcome in COUNTED:
            if any(c.outcome is outcome and c.mode.value == "increment" for c in claims):
                for counts in by_origin(told_of(book, incident, outcome).counts).values():
                    yield from _exceeding(book, counts)


def _exceeding(book: Book, counts: Sequence[Count]) -> Iterator[Finding]:
    added = [c for c in counts if c.increment and c.day is not None]
    totals = [c for c in counts if not c.increment and c.running and c.day is not None]
    for more in added:
        later = [
            t for t in totals
            if t.group == more.group and (t.day or more.day) >= more.day  # type: ignore[operator]
            and t.said.high is not None and more.said.floor > t.said.high
        ]  # fmt: skip
        if later:
            yield _finding(book, more.first, min(later, key=lambda t: (t.said.high or 0, t.first.id)).first)


def _finding(book: Book, more: Claim, total: Claim) -> Finding:
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=more.id,
        what=f"{told(book, more)} has {words(more.figure)} {more.outcome} on top of those before, and {told(book, total)} has "
        f"{words(total.figure)} {total.outcome} in all, by the word of the same voice.",
        why="What is added cannot be more than the total that holds it: a total was read as an addition, or a number is wrong.",
        remedy="Read both sentences; correct the mode of the claim (mode=total), or the number.",
        claims=(more.id, total.id),
    )


CHECK = Check(
    "more-on-top", "basic", "what comes on top of a voice's total is more than its later total", find
)
