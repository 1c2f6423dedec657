"""A desk that is open: its options, its live book, its people, its audit."""

from __future__ import annotations

from dataclasses import dataclass, field

from tollbook.desk.audit import Audit
from tollbook.desk.live import Live
from tollbook.desk.looked import Looking
from tollbook.desk.members import Members
from tollbook.desk.options import Options


@dataclass(frozen=True)
class Desk:
    """A desk that is open; to be closed.

    Attributes:
        options: how it was opened.
        live: its book.
        members: its people.
        audit: who saw and did what.
        looking: what the checks find in its book.
    """

    options: Options
    live: Live
    members: Members
    audit: Audit
    looking: Looking = field(default_factory=Looking, compare=False, repr=False)

    def close(self) -> None:
        """Writes what waits and closes."""
        self.live.searching.close()
        self.members.close()
        self.audit.close()
