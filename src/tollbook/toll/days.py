"""Days: how a toll stood at the end of each day, told once and not anew for every day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tollbook.codes import Outcome
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.counts import Count, counts
from tollbook.toll.hearing import hear
from tollbook.toll.lots import Lot, lots
from tollbook.toll.policy import Policy
from tollbook.toll.sifting import OTHER, day_of, group_of
from tollbook.toll.tolls import Account, Methods, chosen, incident_of, one
from tollbook.toll.voices import Voice, by_origin
from tollbook.values import ALL, Book, Toll


def history(
    book: Book,
    incident_id: str,
    outcome: Outcome,
    group: str = ALL,
    method: str = "strict",
    *,
    methods: Methods = METHODS,
) -> tuple[tuple[date, Toll], ...]:
    """The toll as it stood at the end of each day on which something was said of this outcome.

    Raises:
        TollError: as ``compute``.
    """
    incident = incident_of(book, incident_id)
    spoken = [c for c in book.of(incident) if c.outcome is outcome]
    days = sorted({d for c in spoken if (d := day_of(book, c)) is not None})
    if not days:
        return ()
    rule, name = chosen(book, method, methods)
    told = _Told(book, spoken, outcome, rule.policy)
    return tuple((d, one(book, incident, told.upto(d), group, rule, name)) for d in days)


class _Told:
    """An account that grows by the days: each adds to the voices that speak on it."""

    def __init__(self, book: Book, spoken: Sequence[Claim], outcome: Outcome, policy: Policy) -> None:
        self.book, self.outcome = book, outcome
        kept, aside = hear(book, spoken, date.max, policy)
        day = {c.id: day_of(book, c) or date.min for c in spoken}
        self._kept = [(day[c.id], c) for c in kept]
        self._aside = [(day[u.claim], u) for u in aside]
        self._seen: set[str] = set()
        self._begin()

    def _begin(self) -> None:
        self._reports: set[str] = set()
        self._replaced: set[str | None] = set()
        self._named: frozenset[str] = frozenset()
        self._counts: list[Count] = []
        self._of: dict[str, Count] = {}
        self._voices: dict[str, Voice] = {}
        self._lots: dict[str, dict[str, Lot]] = {}

    def upto(self, day: date) -> Account:
        """The account at the end of a day; the days are asked for in order."""
        kept = [c for d, c in self._kept if d <= day]
        fresh = [c for c in kept if c.id not in self._seen]
        if self._reaches_back(fresh):
            self._begin()
            self._add(kept)
        else:
            self._add(fresh)
        self._seen.update(c.id for c in fresh)
        origins = sorted(self._voices)
        for origin in origins:
            if origin not in self._lots:
                self._lots[origin] = lots(self._voices[origin], self._named)
        return Account(
            outcome=self.outcome,
            claims=tuple(kept),
            aside=tuple(u for d, u in self._aside if d <= day),
            counts=tuple(self._counts),
            voices=tuple(self._voices[o] for o in origins),
            lots=tuple(self._lots[o] for o in origins),
            of=self._of,
        )

    def _reaches_back(self, fresh: Sequence[Claim]) -> bool:
        """Whether claims of a day change how those of earlier days are told, so that all is told anew."""
        return any(
            c.report in self._reports or c.supersedes in self._seen or c.id in self._replaced for c in fresh
        )

    def _add(self, fresh: Sequence[Claim]) -> None:
        found = counts(self.book, fresh)
        for origin, told in by_origin(found).items():
            voice = self._voices.setdefault(origin, Voice(origin))
            for count in told:
                voice.tell(count)
            self._lots.pop(origin, None)
        named = self._named | {group_of(c) for c in fresh} - {ALL, OTHER}
        if named != self._named:
            # A voice that is silent on a group which another one names gives, by its parts, no more than a least.
            self._named = named
            self._lots.clear()
        self._reports.update(c.report for c in fresh)
        self._replaced.update(c.supersedes for c in fresh if c.supersedes)
        self._counts += found
        self._of.update((claim.id, count) for count in found for claim in (*count.claims, *count.shares))
