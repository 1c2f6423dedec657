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


# Constructions that mention deaths which the reader knows of ("the murder of Duke Michael") and tell no news.
MENTIONS = frozenset({"noun-of", "possessive", "nominal", "lives"})


def find(book: Book) -> Iterator[Finding]:
    """The reports of which no figure stands under an incident, and those with figures that bear no day."""
    loose = _loose(book)
    placed = _placed(book)
    for report, claims in sorted(loose.items()):
        homeless = [c for c in claims if _homeless(book, c)]
        if report not in placed and any(c.rule not in MENTIONS for c in homeless):
            yield _finding(book, CHECK, report, homeless)
        timeless = [
            c for c in claims if day_of(book, c) is None and c.date_from is None and c.date_to is None
        ]
        if timeless and book.reports.get(report) and book.reports[report].said_on is not None:
            yield _timeless(book, report, timeless)


def beside(book: Book) -> Iterator[Finding]:
    """The reports whose event was found and which give further figures that stand under no incident."""
    loose, placed = _loose(book), _placed(book)
    for report in sorted(loose.keys() & placed):
        homeless = [c for c in loose[report] if _homeless(book, c) and c.rule not in MENTIONS]
        if homeless:
            yield _finding(book, ASIDE, report, homeless)


def wide(book: Book) -> Iterator[Finding]:
    """The reports with figures of a whole war, or of a spell of time, that stand under no war or campaign."""
    for report, claims in sorted(_loose(book).items()):
        summed = [
            c
            for c in claims
            if c.id not in book.incident_of and c.scope in LOOSE_SCOPES and c.outcome in FIRM
        ]
        if summed:
            yield Finding(
                code=WIDE.code,
                tier=WIDE.tier,
                subject=report,
                what=f"{told(book, summed[0])}: {_figures(summed)}, of a war or of a spell of time, stand under no war "
                "or campaign.",
                why="Beside a war's own toll they would show how much of it is counted one by one.",
                remedy="Found the war or the campaign that they speak of (found), or reject what is background.",
                claims=tuple(c.id for c in summed),
            )


def _loose(book: Book) -> dict[str, list[Claim]]:
    """The figures that somebody gives for a whole, by report, in text order."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(book.claims.values(), key=lambda c: (c.span.start, c.id)):
        if claim.figure.known and claim.part_of is None and claim.status is not Status.DENIED:
            found[claim.report].append(claim)
    return found


def _placed(book: Book) -> set[str]:
    """The reports of which a figure of the dead or hurt stands under an incident."""
    return {c.report for i, c in book.claims.items() if i in book.incident_of and c.outcome in FIRM}


def _homeless(book: Book, claim: Claim) -> bool:
    return (
        claim.id not in book.incident_of
        and claim.scope not in LOOSE_SCOPES
        and claim.outcome in FIRM
        and claim.figure.high != 0
        and not background(claim.date_from, claim.date_to, day_of(book, claim))
    )


def _figures(claims: list[Claim]) -> str:
    return ", ".join(f"{words(c.figure)} {c.outcome.replace('_', ' ')}" for c in claims[:4]) + (
        f" and {len(claims) - 4} more" if len(claims) > 4 else ""
    )


def _finding(book: Book, check: Check, report: str, claims: list[Claim]) -> Finding:
    return Finding(
        code=check.code,
        tier=check.tier,
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


CHECK = Check("unanchored", "basic", "a report whose figures belong to no incident, or to no day", find)
ASIDE = Check("figures-aside", "other", "a report has further figures that stand under no incident", beside)
WIDE = Check(
    "summary-aside", "other", "figures of a war or of a spell of time stand under no war or campaign", wide
)
