"""A desk that is open: its options, its live book, its people, its audit."""

from __future__ import annotations

from dataclasses import dataclass, field

from tollbook.desk.audit import Audit
from tollbook.desk.live import Live
from tollbook.desk.looked import Looking
from tollbook.desk.members import Members
from tollbook.desk.options import Options
from tollbook.desk.verifying import Verifying


@dataclass(frozen=True)
class Desk:
    """A desk that is open; to be closed.

    Attributes:
        options: how it was opened.
        live: its book.
        members: its people.
        audit: who saw and did what.
        looking: what the checks find in its book.
        verifying: whether its log is as it was written, looked at when somebody asks.
    """

    options: Options
    live: Live
    members: Members
    audit: Audit
    looking: Looking = field(default_factory=Looking, compare=False, repr=False)
    verifying: Verifying = field(default_factory=Verifying, compare=False, repr=False)

    def close(self) -> None:
        """Writes what waits and closes."""
        self.live.searching.close()
        self.members.close()
        self.audit.close()
