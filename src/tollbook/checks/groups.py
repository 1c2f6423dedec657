"""``group-exceeds-all``: a voice has more of one group than it has, on that day, of everybody."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.kinds import Check, named, told
from tollbook.codes import Outcome
from tollbook.toll.sifting import OTHER
from tollbook.toll.telling import told_of
from tollbook.toll.voices import Entry, Voice
from tollbook.toll.wholes import whole
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Finding

COUNTED = (Outcome.KILLED, Outcome.WOUNDED)


def find(book: Book) -> Iterator[Finding]:
    """The groups that stand beside a whole of the same voice, are not said to be part of it, and exceed it."""
    for incident in sorted(book.incidents):
        claims = book.of(incident)
        for outcome in COUNTED:
            if any(c.outcome is outcome for c in claims):
                for voice in told_of(book, incident, outcome).voices:
                    if named(voice.origin):
                        yield from _exceeding(book, voice)


def _exceeding(book: Book, voice: Voice) -> Iterator[Finding]:
    total = voice.standing.get(ALL)
    if (
        total is None
        or len(total.claims) != 1
        or not whole(total.claims[0], ALL)
        or total.figure.high is None
    ):
        return
    for group, entry in sorted(voice.standing.items()):
        if group in {ALL, OTHER} or not _comparable(total, entry) or entry.figure.floor <= total.figure.high:
            continue
        part, all_of = entry.claims[0], total.claims[0]
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=part.id,
            what=f"{voice.origin} has {words(entry.figure)} {group} {part.outcome} ({told(book, part)}), and "
            f"{words(total.figure)} in all ({told(book, all_of)}).",
            why="No group can be larger than everybody: the whole leaves that group out, or a number is wrong.",
            remedy="Read both sentences. If the whole counts others only, correct its group; if not, correct the number.",
            claims=(part.id, all_of.id),
        )


def _comparable(total: Entry, entry: Entry) -> bool:
    """Whether a group was said on its own and no later than the whole, both as running totals.

    Of single blows a report tells several, and one's civilians are not among another's dead.
    """
    days = total.day, entry.day
    known = days[0] is not None and days[1] is not None and days[1] <= days[0]
    return known and entry.within is None and len(entry.claims) == 1 and total.running and entry.running


CHECK = Check("group-exceeds-all", "strict", "a voice has more of one group than of everybody", find)
