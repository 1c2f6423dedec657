"""``figure-denied``: one voice denies what another one gives."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, teller, told
from tollbook.codes import Status
from tollbook.nouns import Claim
from tollbook.toll.sifting import group_of
from tollbook.toll.wholes import whole
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Finding

SAID = frozenset({Status.ASSERTED, Status.ALLEGED})


def find(book: Book) -> Iterator[Finding]:
    """Every denied figure, with who gives it; a denial of what nobody else gives contradicts nobody."""
    for incident in sorted(book.incidents):
        claims = book.of(incident)
        for denial in (c for c in claims if c.status is Status.DENIED):
            given = [c for c in claims if _denied(book, denial, c)]
            if given:
                yield _finding(book, incident, denial, given)


def _denied(book: Book, denial: Claim, claim: Claim) -> bool:
    """Whether a claim is what a denial speaks of: of the same outcome and group, by another voice."""
    groups = {group_of(denial), group_of(claim)}
    same = len(groups) == 1 or ALL in groups
    number = not denial.figure.known or (
        claim.figure.known and claim.figure.floor <= (denial.figure.high or claim.figure.floor)
        and denial.figure.floor <= (claim.figure.high or denial.figure.floor)
    )  # fmt: skip
    # One person who died is not another one: a denial of one death is of the people whom it names.
    alike = (
        whole(claim, group_of(claim)) or (claim.victims or "").casefold() == (denial.victims or "").casefold()
    )
    return (
        claim.status in SAID
        and alike
        and claim.outcome is denial.outcome
        and same
        and number
        and teller(book, claim) != teller(book, denial)
    )


def _finding(book: Book, incident: str, denial: Claim, given: list[Claim]) -> Finding:
    voices = dict.fromkeys(f"{teller(book, c)} ({words(c.figure)})" for c in given)
    figure = f"{words(denial.figure)} " if denial.figure.known else ""
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=denial.id,
        what=f"{book.incidents[incident].name}: {teller(book, denial)} denies {figure}{denial.outcome.replace('_', ' ')} "
        f"({told(book, denial)}), which is given by {', '.join(voices)}.",
        why="A flat denial is published beside what it denies, above all when it comes from a side to the fight.",
        remedy="Publish both with their voices; look for somebody who belongs to neither.",
        claims=(denial.id, *(c.id for c in given)),
    )


CHECK = Check("figure-denied", "strict", "one voice denies the figure that another one gives", find)
