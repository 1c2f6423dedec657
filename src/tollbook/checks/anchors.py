"""``unanchored``: figures that belong to no incident or to no day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, told
from tollbook.codes import Outcome, Scope, Status
from tollbook.incidents.topics import background
from tollbook.nouns import Claim
from tollbook.toll.sifting import day_of
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

LOOSE_SCOPES = frozenset({Scope.WAR, Scope.PERIOD})
# A death or a wound happened somewhere; for the rest (who fled, who is held) the background of a report is enough.
FIRM = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.BODIES_FOUND, Outcome.MISSING})


def find(book: Book) -> Iterator[Finding]:
    """One finding a report for the figures without an incident, and one for those without any day."""
    loose: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(book.claims.values(), key=lambda c: (c.span.start, c.id)):
        if claim.figure.known and claim.part_of is None and claim.status is not Status.DENIED:
            loose[claim.report].append(claim)
    for report, claims in sorted(loose.items()):
        homeless = [
            c
            for c in claims
            if c.id not in book.incident_of
            and c.scope not in LOOSE_SCOPES
            and c.outcome in FIRM
            and not background(c.date_from, c.date_to, day_of(book, c))
        ]
        if homeless:
            yield _homeless(book, report, homeless)
        timeless = [
            c for c in claims if day_of(book, c) is None and c.date_from is None and c.date_to is None
        ]
        if timeless and book.reports.get(report) and book.reports[report].said_on is not None:
            yield _timeless(book, report, timeless)


def _figures(claims: list[Claim]) -> str:
    return ", ".join(f"{words(c.figure)} {c.outcome.replace('_', ' ')}" for c in claims[:4]) + (
        f" and {len(claims) - 4} more" if len(claims) > 4 else ""
    )


def _homeless(book: Book, report: str, claims: list[Claim]) -> Finding:
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=report,
        what=f"{told(book, claims[0])}: {_figures(claims)} stand under no incident.",
        why="What stands under no incident is in no toll. The report names no place or no day, or it fits two incidents equally well.",
        remedy="Say which incident it is about with a split or a link, or correct place and days and match again; reject "
        "the claim if it is background.",
        claims=tuple(c.id for c in claims),
    )


def _timeless(book: Book, report: str, claims: list[Claim]) -> Finding:
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=f"{report}:day",
        what=f"{told(book, claims[0])}: {_figures(claims)} bear no day.",
        why="What has no day is left out of every toll of a day.",
        remedy="Correct said_on or the days of the claims.",
        claims=tuple(c.id for c in claims),
    )


CHECK = Check("unanchored", "basic", "figures that belong to no incident or to no day", find)
