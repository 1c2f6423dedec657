"""Values that are computed from the log and never stored as truth: Book, Reading, Toll, Change, Finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar, cast

from tollbook.codes import Grade, Outcome, Review
from tollbook.figures import NOTHING, Figure
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Doubt,
    Entry,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Site,
    Source,
    Unread,
)

T = TypeVar("T")


def fold(name: str) -> str:
    """The name of a voice as it is compared: without case, doubled blanks and a leading "the"."""
    return " ".join(name.casefold().split()).removeprefix("the ")


ALL = ""  # the group of everybody: a toll over all parties and classes


@dataclass(frozen=True, slots=True)
class Topic:
    """The statements of one report that speak of one event, by id; ``main`` is what the report is about."""

    main: bool
    claims: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report says: claims and course claims in text order, what was doubtful, grouped by event."""

    claims: tuple[Claim, ...] = ()
    courses: tuple[Course, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """One claim's part in a toll: the rule that took it or set it aside, and why, in a sentence."""

    claim: str
    rule: str
    why: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Toll:
    """A computed figure with its working.

    Attributes:
        incident: id of the incident, or the name of a scope for a roll-up.
        outcome: of what.
        group: canonical party, "civilians", or ALL.
        method: name and version of the method ("strict 1").
        figure: low, best, high; best is None where origins disagree.
        used: the claims it rests on.
        aside: the claims that were set aside.
        may_rise: whether a used claim, or a later telling of its figure by the same voice, says that it could still grow.
        rule: the rule of the method that made the figure ("agreed", "range", "lowest" ...).
        why: that rule in a sentence.
        digest: SHA-256 of the method's file, in hexadecimal; empty for the method of a plugin.
    """

    incident: str
    outcome: Outcome
    group: str = ALL
    method: str = ""
    figure: Figure = NOTHING
    used: tuple[Use, ...] = ()
    aside: tuple[Use, ...] = ()
    may_rise: bool = False
    rule: str = ""
    why: str = ""
    digest: str = ""

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of the claims used, each once, in order."""
        return tuple(dict.fromkeys(u.origin for u in self.used))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a move that has one cause.

    Attributes:
        kind: as of a ``Change``.
        number: by how much the figure moved for it; below 0 where it fell.
        since: the first day on which these people died, as far as anybody says; None where nobody does.
        until: the last.
        claims: ids of the claims that tell of it.
    """

    kind: str
    number: int
    since: date | None
    until: date | None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One move of a toll, typed.

    Attributes:
        kind: new deaths, bodies recovered, died of wounds, late report, reclassified, duplicate removed,
            source corrected itself, our error, first figure, new origin.
        day: the day the new figure was said.
        claims: ids of the claims that moved it.
        why: in a sentence, with the words of the source where it gives a cause.
        pieces: what it is made of, each with its cause; their numbers add up to the move. ``kind`` is that of the largest.
    """

    incident: str
    outcome: Outcome
    group: str
    before: Figure
    after: Figure
    kind: str
    day: date | None
    origin: str
    claims: tuple[str, ...]
    why: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should look at.

    Attributes:
        code: the check ("parts-do-not-sum").
        tier: basic (always, exit code 1), strict, or other.
        subject: id of what it is about (claim, incident, report, source).
        what: what is the matter, with the figures.
        why: why it matters.
        remedy: what one can do.
        claims: ids of the statements involved, in order.
        explained: the reason of the judgement that acknowledged it; None while it is open.
    """

    code: str
    tier: str
    subject: str
    what: str
    why: str
    remedy: str
    claims: tuple[str, ...] = ()
    explained: str | None = None

    @property
    def key(self) -> str:
        """Stable name of this finding, by which a judgement acknowledges it."""
        return f"{self.code}:{self.subject}"


def place(claim: Claim) -> tuple[date, str, int, str]:
    """Where a claim stands among those of an incident: by day said, then by its place in its report."""
    return claim.said_on or date.min, claim.report, claim.span.start, claim.id


@dataclass(frozen=True, slots=True)
class Book:
    """A frozen snapshot: the entries known at a moment, with every judgement applied.

    Attributes:
        known_at: the moment of the cut; None is everything.
        claims: standing claims by id, corrected as judged; the id stays that of the claim as read.
        fallen: claims that were rejected or withdrawn: id to (claim, reason).
        waiting: proposed claims that nobody accepted yet.
        doubts: what had two readings and is no claim, until a person rejects it.
        incident_of: statement id to incident id, merges and splits applied.
        origin_of: statement id to the origin that is counted (speaker, else publisher), canonical.
        reviewed: ids of the claims that a person accepted or corrected.
        acknowledged: finding key to the judgement's reason.
        merged: id of an incident that was merged away to the id of the one that stands for it.
        above: id of an incident to the id of the campaign or war it stands under.
        apart: pairs of ids that a person said are not the same: two incidents, or a statement and an incident.
        grades: id of an incident to the grade that a person gave it.
        credibility: id of a claim to the Admiralty credibility (1 confirmed to 6 cannot be judged) a person gave it.
        reviews: where checking stands, of every claim and incident that somebody judged; the rest is unreviewed.
        accepted_by: id of a claim or an incident to who accepted it as it stands, in that order.
        assigned: id to the person whose work it is.
        comments: id of an entry to what was said about it, in order.
        two_persons: whether an acceptance needs two persons.
        hidden: cards of confidential voices that the box knows beside ``sources``: older ones, later ones, withdrawn ones.
    """

    known_at: datetime | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    unread: Mapping[str, Unread] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    publications: Mapping[str, Publication] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    fallen: Mapping[str, tuple[Claim, str]] = field(default_factory=dict)
    waiting: Mapping[str, Claim] = field(default_factory=dict)
    incident_of: Mapping[str, str] = field(default_factory=dict)
    origin_of: Mapping[str, str] = field(default_factory=dict)
    reviewed: frozenset[str] = frozenset()
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    credibility: Mapping[str, int] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    accepted_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    assigned: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)
    two_persons: bool = False
    hidden: tuple[Source, ...] = ()
    # What was worked out of this book, by name. It follows from the rest, so it is no part of what the book says.
    _kept: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def kept(
        self, name: str, make: Callable[[], T], more: Callable[[T, Sequence[Entry]], None] | None = None
    ) -> T:
        """What is worked out of this book under a name, once.

        Args:
            name: what it is called; one maker a name.
            make: works it out.
            more: adds the entries by which the book grew to what the book before had kept, which is taken from it.
        """
        if name in self._kept:
            return cast("T", self._kept[name])
        before, new = self._kept.get("", ({}, ()))
        found = before.pop(name, None) if more else None
        if more is None or found is None:
            found = make()
        else:
            more(found, new)
        self._kept[name] = found
        return cast("T", found)

    def grew(self, before: Book, new: Sequence[Entry]) -> None:
        """Lets what the book before had worked out go on in this one; ``new`` is all that it has more."""
        before._kept.pop("", None)  # else every book of a long run would be held by the next
        self._kept[""] = (before._kept, new)

    def of(self, incident: str) -> tuple[Claim, ...]:
        """The standing claims of an incident, by day said and place in their report."""
        return self.kept("claims", self._claims_by_incident, self._more_claims).get(incident, ())

    def _claims_by_incident(self) -> dict[str, tuple[Claim, ...]]:
        found: dict[str, tuple[Claim, ...]] = {}
        self._more_claims(found, tuple(self.claims.values()))
        return found

    def _more_claims(self, found: dict[str, tuple[Claim, ...]], new: Sequence[Entry]) -> None:
        under: dict[str, list[Claim]] = defaultdict(list)
        for entry in new:
            if entry.id in self.claims and entry.id in self.incident_of:
                under[self.incident_of[entry.id]].append(self.claims[entry.id])
        for incident, more in under.items():
            more.sort(key=place)
            before = found.get(incident, ())
            later = not before or place(before[-1]) <= place(more[0])
            found[incident] = (*before, *more) if later else tuple(sorted((*before, *more), key=place))

    def course_of(self, incident: str) -> tuple[Course, ...]:
        """The course claims of an incident, by the day they speak of."""
        return self.kept("courses", self._courses_by_incident).get(incident, ())

    def _courses_by_incident(self) -> dict[str, tuple[Course, ...]]:
        def day(c: Course) -> tuple[date, date, str]:
            said = c.said_on or date.min
            return c.date_from or c.date_to or said, said, c.id

        under: dict[str, list[Course]] = defaultdict(list)
        for i, course in self.courses.items():
            if i in self.incident_of:
                under[self.incident_of[i]].append(course)
        return {i: tuple(sorted(found, key=day)) for i, found in under.items()}

    def source(self, name: str) -> Source | None:
        """The source of that name or alias, with or without "the", if a card says so."""
        return self.kept("sources", self._sources_by_name).get(fold(name))

    def _sources_by_name(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for card in self.sources.values():
            for name in (card.name, *card.aliases):
                found.setdefault(fold(name), card)
        return found
