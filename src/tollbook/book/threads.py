"""Threads: for each incident the entries that its toll can depend on, and no others, out of a whole log.

An incident's toll needs only its entries: its claims, the reports they stand in, what links and moves them, the incidents
it may be merged with, what was judged of any of these, and the source cards. The book of these alone gives that incident
as the book of everything does, at any moment. So what a log holds need be reckoned anew only where it changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tollbook.book.reprints import Lots
from tollbook.codes import Verb
from tollbook.nouns import Entry, Incident, Judgement, Link, Report, Source, Statement


@dataclass(frozen=True, slots=True)
class Thread:
    """Incidents that merges tie together, and every entry that their tolls can depend on.

    Attributes:
        incidents: their ids.
        entries: the entries, in the order of recording.
    """

    incidents: frozenset[str]
    entries: tuple[Entry, ...]

    @property
    def moments(self) -> tuple[datetime, ...]:
        """The moments at which something of it was recorded, in order, each once."""
        return tuple(dict.fromkeys(entry.recorded_at for entry in self.entries))


def threads(entries: Iterable[Entry]) -> Iterator[Thread]:
    """The threads of a log: every incident that somebody founded stands in one."""
    return _Loom(tuple(entries)).threads()


class _Loom:
    """A log's entries by what they speak of."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._at = {entry.id: place for place, entry in enumerate(entries)}
        self._entries = entries
        self._cards = [e for e in entries if isinstance(e, Source)]
        self._founded = [e.id for e in entries if isinstance(e, Incident)]
        self._over: dict[str, set[str]] = defaultdict(set)  # incident to those it was ever put under
        self._tied: dict[str, str] = {}  # incident to another of the same thread
        self._of_claim: dict[str, list[Link]] = defaultdict(list)
        self._claims: dict[str, set[str]] = defaultdict(
            set
        )  # incident to claims that were ever linked or moved to it
        self._splits: dict[str, list[Judgement]] = defaultdict(list)  # by claim
        self._judged: dict[str, list[Judgement]] = defaultdict(list)  # by target
        self._said: dict[str, list[str]] = defaultdict(list)  # by report
        self._lots = Lots()
        for entry in entries:
            if isinstance(entry, Statement):
                self._said[entry.report].append(entry.id)
            elif isinstance(entry, Report):
                self._lots.add(entry)
            elif isinstance(entry, Link):
                self._of_claim[entry.claim].append(entry)
                self._claims[entry.incident].add(entry.claim)
            elif isinstance(entry, Judgement):
                self._judge(entry)

    def _judge(self, judgement: Judgement) -> None:
        self._judged[judgement.target].append(judgement)
        if judgement.other is None:
            return
        if judgement.verb is Verb.MERGE:
            one, other = self._root(judgement.target), self._root(judgement.other)
            if one != other:
                self._tied[one] = other
        elif judgement.verb is Verb.NEST:
            self._over[judgement.target].add(judgement.other)
        elif judgement.verb is Verb.SPLIT:
            leaving = judgement.claims or (judgement.target,)  # alone, the claim itself is the target
            self._claims[judgement.other].update(leaving)
            for claim in leaving:
                self._splits[claim].append(judgement)

    def _root(self, incident: str) -> str:
        while incident in self._tied:
            incident = self._tied[incident]
        return incident

    def threads(self) -> Iterator[Thread]:
        """The threads, in the order in which their first incidents were founded."""
        tied: dict[str, list[str]] = defaultdict(list)
        for incident in dict.fromkeys((*self._founded, *self._tied, *self._tied.values())):
            tied[self._root(incident)].append(incident)
        for incidents in tied.values():
            if any(i in self._at for i in incidents):
                yield self._thread(incidents, tied)

    def _thread(self, incidents: Sequence[str], tied: dict[str, list[str]]) -> Thread:
        above = self._above(incidents, tied)
        claims = {claim for incident in incidents for claim in self._claims[incident]}
        links = [link for claim in claims for link in self._of_claim[claim]]
        statements = [self._entries[self._at[claim]] for claim in claims if claim in self._at]
        reports = self._reprinted(s.report for s in statements if isinstance(s, Statement))
        splits = [split for claim in claims for split in self._splits[claim]]
        ids = {*above, *claims, *reports, *(link.id for link in links), *(split.id for split in splits)}
        ids |= {link.incident for link in links} | {split.other or "" for split in splits}
        waiting = list(ids)
        while waiting:  # what was judged of these, and of those judgements
            for judgement in self._judged[waiting.pop()]:
                if judgement.id not in ids:
                    ids.add(judgement.id)
                    waiting.append(judgement.id)
        known = [self._entries[self._at[i]] for i in ids if i in self._at]
        known += [card for card in self._cards if card.id not in ids]
        known += [j for card in self._cards for j in self._judged[card.id] if j.id not in ids]
        return Thread(frozenset(incidents), tuple(sorted(known, key=lambda e: (e.recorded_at, e.id))))

    def _above(self, incidents: Sequence[str], tied: dict[str, list[str]]) -> set[str]:
        """The incidents and everything that they were ever put under, with what those may be merged with."""
        found, waiting = set(incidents), list(incidents)
        while waiting:
            for over in self._over[waiting.pop()]:
                more = set(tied.get(self._root(over), (over,))) - found
                found |= more
                waiting += more
        return found

    def _reprinted(self, named: Iterable[str]) -> set[str]:
        """The reports, with those of nearly the same text and all that those say: it decides whose word each is."""
        found: set[str] = set()
        for report in named:
            lot = self._lots.of(report)
            found.update(lot)
            if len(lot) > 1:
                found.update(said for member in lot for said in self._said[member])
        return found
