"""``total-fell``: a running count of one voice becomes smaller, and nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, named, told
from tollbook.checks.sums import slipped
from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.counts import Count, level
from tollbook.toll.sifting import group_of
from tollbook.toll.telling import told_of
from tollbook.toll.voices import Voice
from tollbook.toll.wholes import whole
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Finding

# The dead of a toll do not rise. The wounded of a day heal or die, and prisoners come and go; but a running count of
# all who were wounded since an onset, or who died of hunger, grows like that of the dead.
LASTING = (Outcome.KILLED, Outcome.WOUNDED, Outcome.INDIRECT_DEATHS)


def find(book: Book) -> Iterator[Finding]:
    """The falls of each voice's running total, one finding for each claim that is lower than what stood."""
    for incident in sorted(book.incidents):
        claims = book.of(incident)
        for outcome in LASTING:
            if not any(c.outcome is outcome for c in claims):
                continue
            for voice in told_of(book, incident, outcome).voices:
                for count, stood, rule in voice.falls:
                    if named(voice.origin) and _fell(voice, count, stood):
                        yield _finding(book, voice, count, stood, rule)


_WHY = (
    "Such a count does not become smaller. It is a correction, an older figure printed late, or a misprint."
)
_REMEDY = (
    "See whether the voice itself corrected its figure: then say so with a correction of `supersedes`; if not, reject the "
    "claim or correct the misprint."
)


def _fell(voice: Voice, count: Count, stood: Figure) -> bool:
    """Whether a lower count contradicts what stood: a whole below a whole, and no older figure printed late."""
    first = count.first
    if first.outcome is not Outcome.KILLED and not count.running:
        return False
    if not (whole(first, count.group) and all(whole(c, count.group) for c in _said(voice, count, stood))):
        return False
    if count.own:
        return True
    # Another paper that prints what this voice had said before the higher figure is late, and contradicts nobody. A
    # misprint of such a figure, whose parts still come to it, is what parts-do-not-sum finds.
    before = {(f.low, f.high) for f, _ in voice.stood[count.group]}
    printed = {(count.said.low, count.said.high), (count.figure.high, count.figure.high)}
    return not before & printed


def _said(voice: Voice, count: Count, stood: Figure) -> list[Claim]:
    return [c for f, claims in voice.stood[count.group] if f == stood for c in claims]


def _finding(book: Book, voice: Voice, count: Count, stood: Figure, rule: str) -> Finding:
    claim = count.first
    who = "" if group_of(claim) == ALL else f" {group_of(claim)}"
    taken = rule != "fell"
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=claim.id,
        what=f"{voice.origin} had said {words(stood)}{who} {claim.outcome.replace('_', ' ')}; {told(book, claim)} gives "
        f"{words(count.said)} by its word, and does not say that the toll was corrected.",
        why=_WHY
        + (" It is taken as a correction." if taken else " The higher figure stays in the toll.")
        + slipped(level(count.said), level(stood)),
        remedy=_REMEDY,
        claims=(claim.id, *(c.id for c in _said(voice, count, stood)[-1:])),
    )


CHECK = Check("total-fell", "basic", "a voice's count of dead or wounded falls without a correction", find)
