"""``balance-broken``: more recaptured than escaped, more let go than held, more returned than fled, by one voice's word."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, said
from tollbook.codes import Outcome, Status, Unit
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.balance import SHEETS, Shortfall, balance
from tollbook.toll.sifting import origin_of
from tollbook.toll.wording import on, words
from tollbook.values import Book, Finding

# What the two sides of a sheet are called in a sentence.
_WENT = {"held": "let go, escaped or dead", "at large": "caught again or dead", "displaced": "returned"}
_CAME = {"held": "held or taken in", "at large": "escaped", "displaced": "displaced"}


def find(book: Book) -> Iterator[Finding]:
    """The accounts that come to less than nothing, and casualties that are fewer than their dead and wounded."""
    for incident in sorted(book.incidents):
        for sheet in SHEETS:
            for line in balance(book, incident, sheet).lines:
                # The first day says it; a later one of the same voice says it again.
                for broken in line.broken[:1]:
                    yield _finding(sheet, line.origin, broken)
    yield from _casualties(book)


def _finding(sheet: str, origin: str, broken: Shortfall) -> Finding:
    most = (
        None
        if broken.there.high is None or broken.came.high is None
        else broken.there.high + broken.came.high
    )
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=broken.claims[0],
        what=f"By the word of {origin}, {words(Figure(broken.went.floor))} are {_WENT[sheet]}{on(broken.day)}, but at most "
        f"{most:,} were {_CAME[sheet]} until then.",
        why=f"Nobody goes who had not come: {broken.by:,} too many. Either the voice knew of more than it told, or one of "
        "the figures is of other people or days.",
        remedy="Read the sentences; correct a number or a day that was misread, or split off what is about other people. "
        "If the voice never told of those who came first, acknowledge it.",
        claims=broken.claims,
    )


def _casualties(book: Book) -> Iterator[Finding]:
    """One report's dead and wounded that are more than the casualties it gives as their whole."""
    shares: dict[str, list[Claim]] = {}
    for claim in book.claims.values():
        whole = book.claims.get(claim.part_of or "")
        if whole is not None and whole.outcome is Outcome.CASUALTIES and _counts(claim) and _counts(whole):
            shares.setdefault(whole.id, []).append(claim)
    for i, found in sorted(shares.items()):
        whole = book.claims[i]
        parts = [c for c in found if origin_of(book, c) == origin_of(book, whole)]
        least = {o: max((c.figure.floor for c in parts if c.outcome is o), default=0) for o in _HARM}
        most = whole.figure.high
        if most is None or sum(least.values()) <= most:
            continue
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=whole.id,
            what=f"{said(book, whole)} killed or wounded, but its dead and wounded come to {sum(least.values()):,}.",
            why="Killed and wounded in one figure hold both; one of the numbers is wrong.",
            remedy="Read the sentences; correct the number that was misread, or set part_of to nothing.",
            claims=(whole.id, *sorted(c.id for c in parts)),
        )


_HARM = (Outcome.KILLED, Outcome.WOUNDED)


def _counts(claim: Claim) -> bool:
    return claim.figure.known and claim.status is not Status.DENIED and claim.unit is Unit.PERSON


CHECK = Check("balance-broken", "strict", "more people go by one voice's word than had come", find)
