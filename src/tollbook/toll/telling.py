"""Telling: everything said of one outcome in one incident, voice by voice; it grows by what is said later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

from tollbook.codes import Outcome, Unit
from tollbook.nouns import Claim, Entry
from tollbook.toll.counts import Count, counts
from tollbook.toll.hearing import hear
from tollbook.toll.lots import Lot, lots
from tollbook.toll.policy import Policy
from tollbook.toll.sifting import OTHER, group_of
from tollbook.toll.transfers import leavers, less
from tollbook.toll.voices import LEAVES, Voice, ordered
from tollbook.values import ALL, Book, Use, place


@dataclass(frozen=True, slots=True)
class Account:
    """Everything said of one outcome in one incident up to a day, told voice by voice.

    Attributes:
        of: a claim's count.
        spoken: the groups that claims with a figure speak of.
        left: for every claim that entered why a toll holds it where no rule of a voice or method says so, and its group.
    """

    outcome: Outcome
    claims: tuple[Claim, ...]
    aside: tuple[Use, ...]
    counts: tuple[Count, ...]
    voices: tuple[Voice, ...]
    lots: tuple[dict[str, Lot], ...]
    of: dict[str, Count]
    spoken: frozenset[str]
    left: tuple[tuple[Use, str], ...]

    @property
    def groups(self) -> list[str]:
        """Every group somebody speaks of: everybody first, then by name, the unknown last."""
        found = {g for lot in self.lots for g in lot} | self.spoken
        return sorted(found, key=lambda g: (g != ALL, g == OTHER, g))


Place = tuple[date, str, int, str]


class Telling:
    """An account in the making: what is added later is told to the voices that say it, and not all anew.

    It equals the account of all claims at once. Where new claims change how older ones are told (they stand in the
    same report, or one replaces the other) all is told anew; where they are only of a day that a voice has spoken on
    or after already, that voice alone.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self._kept: list[tuple[Place, Claim]] = []
        self._aside: list[tuple[Place, Use]] = []
        self._made: Account | None = None
        self._begin()

    def _begin(self) -> None:
        self._seen: set[str] = set()
        self._reports: set[str] = set()
        self._replaced: set[str | None] = set()
        self._named: frozenset[str] = frozenset()
        self._spoken: set[str] = set()
        self._counts: list[Count] = []
        self._of: dict[str, Count] = {}
        self._left: dict[str, tuple[Use, str]] = {}
        self._told: dict[str, list[Count]] = defaultdict(list)
        self._voices: dict[str, Voice] = {}
        self._lots: dict[str, dict[str, Lot]] = {}

    def add(self, book: Book, kept: Sequence[Claim], aside: Iterable[Use] = ()) -> None:
        """Takes in claims that passed the sieve, and those that did not."""
        self._made = None
        for use in aside:
            self._aside.append((place(book.claims[use.claim]), use))
        # Both lists are nearly in order, which a sort sees at a glance.
        self._aside.sort(key=itemgetter(0))
        if not kept:
            return
        self._kept += ((place(claim), claim) for claim in kept)
        self._kept.sort(key=itemgetter(0))
        if self._reaches_back(kept):
            self._begin()
            self._tell(book, [c for _, c in self._kept])
        else:
            self._tell(book, kept)

    def _reaches_back(self, fresh: Sequence[Claim]) -> bool:
        """Whether claims change how those told before are told, so that all is told anew."""
        return any(
            c.report in self._reports
            or (c.supersedes is not None and c.supersedes in self._seen)
            or c.id in self._replaced
            for c in fresh
        )

    def _tell(self, book: Book, fresh: Sequence[Claim]) -> None:
        found = counts(book, fresh)
        by_origin: dict[str, list[Count]] = defaultdict(list)
        for count in found:
            by_origin[count.origin].append(count)
        for origin, new in by_origin.items():
            self._told[origin] += new
            voice = self._voices.get(origin)
            later = voice is not None and all((c.day or date.min) > voice.last for c in new)
            if voice is None or not later:
                self._voices[origin] = voice = Voice(origin)
            for count in ordered(new if later else self._told[origin]):
                voice.tell(count)
            self._lots.pop(origin, None)
        groups = {group_of(c) for c in fresh}
        named = self._named | groups - {ALL, OTHER}
        if named != self._named:
            # A voice that is silent on a group which another one names gives, by its parts, no more than a least.
            self._named = named
            self._lots.clear()
        self._spoken |= {group_of(c) for c in fresh if c.figure.known}
        self._seen.update(c.id for c in fresh)
        self._reports.update(c.report for c in fresh)
        self._replaced.update(c.supersedes for c in fresh if c.supersedes)
        self._counts += found
        for count in found:
            for claim in (*count.claims, *count.shares):
                self._of[claim.id] = count
                self._left[claim.id] = _left_over(count, claim), group_of(claim)

    def account(self) -> Account:
        """The account of what was added so far; it holds until more is added."""
        if self._made is None:
            self._made = self._account()
        return self._made

    def _account(self) -> Account:
        origins = sorted(self._voices)
        for origin in origins:
            if origin not in self._lots:
                self._lots[origin] = lots(self._voices[origin], self._named)
        return Account(
            outcome=self.outcome,
            claims=tuple(c for _, c in self._kept),
            aside=tuple(u for _, u in self._aside),
            counts=tuple(self._counts),
            voices=tuple(self._voices[o] for o in origins),
            lots=tuple(self._lots[o] for o in origins),
            of=self._of,
            spoken=frozenset(self._spoken),
            left=tuple(self._left[where[3]] for where, _ in self._kept),
        )


def _left_over(count: Count, claim: Claim) -> Use:
    """Why a claim of a voice that stands is in this toll neither used nor set aside by a rule so far."""
    if count.increment and claim.id in count.ids:
        return Use(claim.id, "in-total", LEAVES["in-total"], count.origin)
    return Use(claim.id, "held", "The whole that this voice gives holds it already.", count.origin)


# What is told without a method: everything that may enter a toll, in the words in which it was read.
PLAIN = Policy()


def account(
    book: Book,
    claims: Sequence[Claim],
    outcome: Outcome,
    as_of: date | None = None,
    policy: Policy = PLAIN,
    unit: Unit = Unit.PERSON,
) -> Account:
    """The claims of one outcome and unit that a policy hears, told voice by voice, up to a day."""
    telling = Telling(outcome)
    spoken = [c for c in claims if c.outcome is outcome and (unit is Unit.PERSON or c.unit is unit)]
    telling.add(book, *hear(book, spoken, as_of, policy, unit))
    return telling.account()


def told_of(
    book: Book,
    incident: str,
    outcome: Outcome,
    as_of: date | None = None,
    policy: Policy = PLAIN,
    unit: Unit = Unit.PERSON,
) -> Account:
    """The account of an incident's outcome and unit, without those who are told under another outcome since."""
    told = _told_of(book, incident, outcome, as_of, policy, unit)
    gone = leavers(book.of(incident), outcome)
    return replace(told, lots=less(book, told.lots, gone, as_of)) if gone else told


def _told_of(
    book: Book, incident: str, outcome: Outcome, as_of: date | None, policy: Policy, unit: Unit
) -> Account:
    """The account as told; where no day is given, a book that grew goes on with that of the book before."""
    hears = _hears(policy)
    if as_of is not None or hears is None or unit is not Unit.PERSON:
        return account(book, book.of(incident), outcome, as_of, policy, unit)

    def make() -> Telling:
        telling = Telling(outcome)
        more(telling, book.of(incident))
        return telling

    def more(telling: Telling, new: Sequence[Entry]) -> None:
        mine = [
            book.claims[c.id]
            for c in new
            if isinstance(c, Claim)
            and c.outcome is outcome
            and c.id in book.claims
            and book.incident_of.get(c.id) == incident
        ]
        telling.add(book, *hear(book, sorted(mine, key=place), None, policy))

    return book.kept(f"account {incident} {outcome} {hears}", make, more).account()


def _hears(policy: Policy) -> str | None:
    """How a policy hears one claim, in a word; None where that hangs on what else the book holds, and so may change."""
    beside = policy.concessions != "count" or policy.party_word != "any"
    if beside or policy.reviewed or policy.credibility < PLAIN.credibility:
        return None
    return repr((policy.alleged, policy.unknown, bool(policy.grades), sorted(policy.numbers.items())))
