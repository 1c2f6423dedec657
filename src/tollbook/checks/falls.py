"""``total-fell``: the dead of one voice become fewer, and nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, told
from tollbook.codes import Outcome
from tollbook.toll.sifting import group_of
from tollbook.toll.telling import told_of
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Finding

# The dead of a running toll do not rise; the wounded do (they heal or die), and prisoners come and go.
LASTING = (Outcome.KILLED,)


def find(book: Book) -> Iterator[Finding]:
    """The falls of each voice's running total, one finding for each claim that is lower than what stood."""
    for incident in sorted(book.incidents):
        claims = book.of(incident)
        for outcome in LASTING:
            for voice in told_of(book, incident, outcome).voices:
                for count, stood, rule in voice.falls:
                    claim = count.first
                    before = [
                        c.id for c in claims if c.figure == stood and book.origin_of.get(c.id) == voice.origin
                    ]
                    who = "" if group_of(claim) == ALL else f" {group_of(claim)}"
                    taken = rule != "fell"
                    yield Finding(
                        code=CHECK.code,
                        tier=CHECK.tier,
                        subject=claim.id,
                        what=f"{voice.origin} had said {words(stood)}{who} killed; {told(book, claim)} gives "
                        f"{words(count.said)} by its word, and does not say that the toll was corrected.",
                        why="The dead do not become fewer. It is a correction, an older figure printed late, or a misprint. "
                        + (
                            "It is taken as a correction."
                            if taken
                            else "The higher figure stays in the toll."
                        ),
                        remedy="See whether the voice itself corrected its figure: then say so with a correction of "
                        "`supersedes`; if not, reject the claim or correct the misprint.",
                        claims=(claim.id, *before[-1:]),
                    )


CHECK = Check("total-fell", "basic", "a voice's count of the dead falls without a correction", find)
