"""Landing: the days on which the counted people died, as against the days on which they were reported.

A death that is told late lands on its day, or on the days between which its speaker puts it, and says when it was
told. What lands, added up, is the voice's figure: nobody is lost between the two ways of looking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome
from tollbook.toll.moves import changes
from tollbook.values import ALL, Book

# The kinds whose people did not die in the days that the report is of, unless it says so.
EARLIER = frozenset({"late report", "bodies recovered", "died of wounds"})


@dataclass(frozen=True, slots=True)
class Landed:
    """People of one move of one voice, under the days on which they died.

    Attributes:
        origin: whose word it is.
        since: the first day on which they died, as far as it is told; None where nobody says.
        until: the last.
        number: how many; below 0 where the voice took some back.
        told_on: the day on which they were told.
        kind: why they were counted on that day.
        claims: the claims that tell of them.
    """

    origin: str
    since: date | None
    until: date | None
    number: int
    told_on: date | None
    kind: str
    claims: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The day on which they died, where one day is told."""
        return self.until if self.since == self.until else None

    @property
    def late(self) -> bool:
        """Whether they were counted after the day on which they died, as far as that is told."""
        if self.kind in EARLIER:
            return True
        return self.told_on is not None and self.until is not None and self.until < self.told_on


def landed(book: Book, incident_id: str, outcome: Outcome, group: str = ALL) -> tuple[Landed, ...]:
    """What each voice tells, under the days on which people died: by voice, then by day, then by when it was told.

    Raises:
        TollError: there is no such incident.
    """
    found = [
        Landed(change.origin, piece.since, piece.until, piece.number, change.day, piece.kind, piece.claims)
        for change in changes(book, incident_id, outcome)
        if change.group == group
        for piece in change.pieces
        if piece.number
    ]
    return tuple(
        sorted(
            found,
            key=lambda p: (
                p.origin,
                p.until or date.min,
                p.since or date.min,
                p.told_on or date.min,
                p.kind,
            ),
        )
    )
