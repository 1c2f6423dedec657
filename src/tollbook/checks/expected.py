"""``outside-expected``: a toll lies outside the range that the desk said it expects."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check
from tollbook.figures import overlap
from tollbook.toll.tolls import compute
from tollbook.toll.wording import on, people, words
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The assertions of the desk that the toll of their day does not meet."""
    for key, wanted in sorted(book.assertions.items()):
        incident = book.merged.get(wanted.incident, wanted.incident)
        if incident not in book.incidents or not wanted.expects.known:
            continue
        toll = compute(book, incident, wanted.outcome, wanted.group, as_of=wanted.said_on)
        if not toll.figure.known or overlap(toll.figure, wanted.expects):
            continue
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=key,
            what=f"{book.incidents[incident].name}, {wanted.outcome.replace('_', ' ')}, {people(wanted.group)}: the desk "
            f"expects {words(wanted.expects)}{on(wanted.said_on)}, and the toll is {words(toll.figure)}.",
            why="Somebody who knows the event put the range on record; either that, or what was read, is wrong.",
            remedy="Look at the working (tollbook explain). If the toll is right, withdraw the assertion or write a new one.",
            claims=tuple(u.claim for u in toll.used),
        )


CHECK = Check("outside-expected", "basic", "a toll lies outside the range that the desk expects", find)
