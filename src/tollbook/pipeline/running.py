"""Roll-ups as known at any past moment, by look-up: an index beside the log, made from it, thrown away at any doubt.

The index holds, for every war, campaign and the whole book, what the incidents under it add up to (``RollUp.counted``)
by the method ``strict``, at each moment at which that changed. What summary reports add depends on all incidents at once;
of a scope that holds any, the index gives the part that is counted one by one, as ``roll_up`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tollbook.book import realise
from tollbook.book.threads import Thread, threads
from tollbook.codes import Level, Outcome
from tollbook.figures import Figure
from tollbook.log import Index, Log, Made, Move
from tollbook.log.index import Ledger, remove
from tollbook.nouns import EPOCH, Entry, Forgotten
from tollbook.toll.builtin import METHODS
from tollbook.toll.shares import ANY, NONE, Share, shares, total
from tollbook.toll.stock import EVERYTHING, stock
from tollbook.values import Book

METHOD = "strict"
LAYOUT = 1  # of what is kept

Adds = Mapping[Ledger, Share]


@dataclass(frozen=True, slots=True)
class Running:
    """The roll-ups of one log, kept in an index.

    Attributes:
        log: the log.
        path: the file of the index; it may be deleted at any time.
        two_persons: whether an acceptance needs two persons, as the box says.
    """

    log: Log
    path: Path
    two_persons: bool = False

    @property
    def version(self) -> str:
        """What makes the index; one that something else made is made anew."""
        return f"{LAYOUT} {METHOD} {METHODS[METHOD].version} {'two' if self.two_persons else 'one'}"

    def refresh(self) -> int:
        """Brings the index up to the end of the log: extends it, or makes it anew. How many sums were written.

        Anew when it is not of this log, when another version made it, when something was forgotten since, or when
        something came in that is dated before its last moment.

        Raises:
            LogError: the log cannot be read, or the index cannot be written.
        """
        head = self.log.head()
        with Index.open(self.path) as index:
            made = index.made
            if made and made.version == self.version and self.log.hash_at(made.position) == made.hash:
                new = self.log.entries(upto=head[0], after=made.position)
                if not any(isinstance(e, Forgotten) or e.recorded_at < made.moment for e in new):
                    return self._extend(index, new, made, head) if new else 0
        remove(self.path)
        with Index.open(self.path) as index:
            return self._extend(index, None, None, head)

    def counted(
        self, scope: str, outcome: Outcome, moment: datetime, groups: Iterable[str] = ()
    ) -> dict[str, Figure]:
        """What the incidents under a scope add up to, by group, as known at a moment; all groups named, or those asked for.

        Args:
            scope: id of a war or campaign, or EVERYTHING.
            outcome: of what.
            moment: with its time zone.
            groups: canonical parties, ``civilians``, ``other or unknown`` or ALL.

        Raises:
            LogError: the index cannot be read.
        """
        wanted = tuple(groups)
        with Index.open(self.path) as index:
            return look_up(index, scope, outcome, moment, wanted)

    def _extend(
        self, index: Index, new: Sequence[Entry] | None, made: Made | None, head: tuple[int, str]
    ) -> int:
        entries = self.log.entries(upto=head[0])
        new = entries if new is None else new
        fresh = frozenset(entry.id for entry in new)
        moves = [
            move
            for thread in threads(entries)
            if not fresh.isdisjoint(entry.id for entry in thread.entries)
            for move in self._moves(thread, fresh, made.moment if made else None)
        ]
        moves.sort(key=lambda move: move.moment)
        last = max([e.recorded_at for e in new] + ([made.moment] if made else []), default=EPOCH)
        return index.extend(moves, Made(*head, last, self.version))

    def _moves(self, thread: Thread, fresh: frozenset[str], since: datetime | None) -> Iterator[Move]:
        """What the incidents of a thread moved at each moment; of one that was known, from its last moment on."""
        before: Adds = {}
        if since is not None:
            before = self._adds(thread, [e for e in thread.entries if e.id not in fresh], since)
        for moment in thread.moments:
            if since is None or moment >= since:
                after = self._adds(thread, thread.entries, moment)
                for ledger in before.keys() | after.keys():
                    by = after.get(ledger, NONE).minus(before.get(ledger, NONE))
                    if by != NONE:
                        yield Move(moment, ledger, by)
                before = after

    def _adds(self, thread: Thread, entries: Iterable[Entry], moment: datetime) -> Adds:
        """What the incidents of a thread add to each ledger, as known at a moment."""
        book = realise(entries, moment, two_persons=self.two_persons)
        found: dict[Ledger, Share] = {}
        for incident in sorted(thread.incidents & book.incidents.keys()):
            if book.incidents[incident].level is not Level.INCIDENT:
                continue
            (piece,) = stock(book, incident, METHOD).counted
            for (outcome, group), added in shares(piece).items():
                for scope in _scopes(book, incident):
                    ledger = (scope, outcome.value, group)
                    found[ledger] = found.get(ledger, NONE).plus(added)
        return found


def look_up(
    index: Index, scope: str, outcome: Outcome, moment: datetime, groups: Sequence[str] = ()
) -> dict[str, Figure]:
    """What ``Running.counted`` gives, out of an index that is open."""
    sums = index.at(scope, outcome.value, moment, (ANY, *groups) if groups else ())
    kept = {group: Share(*found) for group, found in sums.items()}
    return {group: total(kept, group) for group in groups or kept.keys() - {ANY}}


def _scopes(book: Book, incident: str) -> Iterator[str]:
    """Everything that an incident stands under, the whole book first."""
    yield EVERYTHING
    while incident in book.above:
        incident = book.above[incident]
        yield incident
