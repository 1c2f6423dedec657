"""``claimed-not-admitted``: one side's claim of the other's dead is more than that other side admits."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, matter
from tollbook.codes import Outcome
from tollbook.toll.hearing import party_of
from tollbook.toll.telling import told_of
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

COUNTED = (Outcome.KILLED, Outcome.WOUNDED, Outcome.CAPTURED)


def find(book: Book) -> Iterator[Finding]:
    """One finding for each party whose admitted dead are fewer than what another party claims."""
    for incident in sorted(book.incidents):
        for outcome in COUNTED:
            told = told_of(book, incident, outcome)
            sides = [
                (party_of(book, v.origin), v.origin, lots)
                for v, lots in zip(told.voices, told.lots, strict=True)
            ]
            for party, admits, own in sides:
                if party is None or party not in own:
                    continue
                for other, claimant, theirs in sides:
                    if other in {None, party} or party not in theirs:
                        continue
                    claimed, admitted = theirs[party], own[party]
                    if admitted.figure.high is None or claimed.figure.floor <= admitted.figure.high:
                        continue
                    yield Finding(
                        code=CHECK.code,
                        tier=CHECK.tier,
                        subject=f"{incident}:{outcome}:{matter(claimant, admits, party)}",
                        what=f"{claimant} claims {words(claimed.figure)} of {party} {outcome.replace('_', ' ')}; "
                        f"{admits} admits {words(admitted.figure)}.",
                        why="A party at war has reason to raise the other's losses and to lower its own; neither is evidence.",
                        remedy="Publish the one as claimed and the other as admitted, and look for a voice that belongs to neither.",
                        claims=tuple(c.id for c in (*claimed.claims, *admitted.claims)),
                    )


CHECK = Check(
    "claimed-not-admitted", "strict", "a party claims more of the other's losses than that side admits", find
)
