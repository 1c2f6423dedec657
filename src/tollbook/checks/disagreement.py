"""``sources-disagree``: standing figures of different voices that cannot all be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.checks.kinds import Check, matter
from tollbook.codes import Outcome
from tollbook.toll.disputes import Disagreement, disagreements
from tollbook.toll.wording import people, words
from tollbook.values import ALL, Book, Finding

# What the outcomes other than these count is too loosely said to speak of a contradiction.
FIRM = (Outcome.KILLED, Outcome.WOUNDED)


def find(book: Book) -> Iterator[Finding]:
    """One finding an incident and outcome, with every group in dispute."""
    for incident in sorted(book.incidents):
        found = disagreements(book, incident)
        for outcome in FIRM:
            disputes = [d for d in found if d.outcome is outcome]
            if disputes:
                yield _finding(book, incident, outcome, disputes)


def _finding(book: Book, incident: str, outcome: Outcome, disputes: Sequence[Disagreement]) -> Finding:
    lines = "; ".join(
        f"{people(d.group)}: "
        + " against ".join(
            f"{s.origin} {words(s.figure)}{' (computed)' if s.computed else ''}" for s in d.sides
        )
        for d in disputes
    )
    name = book.incidents[incident].name
    claims = dict.fromkeys(i for d in disputes for s in d.sides for i in s.claims)
    widest = next((d for d in disputes if d.group == ALL), disputes[0])
    gap = max(s.figure.floor for s in widest.sides) - min(
        s.figure.high or 0 for s in widest.sides if s.figure.high is not None
    )
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=f"{incident}:{outcome}:{matter(*(s.origin for d in disputes for s in d.sides))}",
        what=f"{name}, {outcome}: {lines}.",
        why=f"The figures cannot all be true ({gap:,} apart for {people(widest.group)}), so the toll is a range and has no best.",
        remedy="Publish both with their voices. If one was withdrawn or counts other people, correct or reject its claim; "
        "if they simply differ, acknowledge this finding with what is known of the reason.",
        claims=tuple(claims),
    )


CHECK = Check("sources-disagree", "strict", "standing figures of different voices cannot all be true", find)
