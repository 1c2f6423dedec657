"""``parts-exceed-whole``: one share that is larger than the whole it is said to be part of."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, told
from tollbook.checks.sums import breakdowns
from tollbook.toll.wording import words
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The shares that are larger than their whole."""
    for whole, parts in breakdowns(book):
        most = whole.figure.high
        for part in parts:
            if most is None or part.figure.floor <= most:
                continue
            who = part.party or part.victims or str(part.victims_class)
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=part.id,
                what=f"{told(book, part)} has {words(part.figure)} {who} as a part of {words(whole.figure)} "
                f"{whole.outcome.replace('_', ' ')}: the part is larger than the whole.",
                why="A part cannot be larger; either a number is wrong or the two do not belong together.",
                remedy="Read the sentence: correct the number, or set part_of to nothing if the two are counted apart.",
                claims=(whole.id, part.id),
            )


CHECK = Check("parts-exceed-whole", "basic", "a part is larger than the whole it is part of", find)
