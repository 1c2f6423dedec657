"""Values that are computed from the log and never stored as truth: Book, Reading, Toll, Change, Finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tollbook.codes import Outcome
from tollbook.figures import NOTHING, Figure
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Source,
    Unread,
)

ALL = ""  # the group of everybody: a toll over all parties and classes


@dataclass(frozen=True, slots=True)
class Topic:
    """The statements of one report that speak of one event, by id; ``main`` is what the report is about."""

    main: bool
    claims: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in a text that had two readings, so no claim was made of it."""

    start: int
    end: int
    quote: str
    why: str


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
    """

    incident: str
    outcome: Outcome
    group: str = ALL
    method: str = ""
    figure: Figure = NOTHING
    used: tuple[Use, ...] = ()
    aside: tuple[Use, ...] = ()
    may_rise: bool = False

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of the claims used, each once, in order."""
        return tuple(dict.fromkeys(u.origin for u in self.used))


@dataclass(frozen=True, slots=True)
class Change:
    """One move of a toll, typed.

    Attributes:
        kind: new deaths, bodies recovered, died of wounds, late report, reclassified, duplicate removed,
            source corrected itself, our error, first figure, new origin.
        day: the day the new figure was said.
        claims: ids of the claims that moved it.
        why: in a sentence, with the words of the source where it gives a cause.
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


@dataclass(frozen=True, slots=True)
class Book:
    """A frozen snapshot: the entries known at a moment, with every judgement applied.

    Attributes:
        known_at: the moment of the cut; None is everything.
        claims: standing claims by id, corrected as judged; the id stays that of the claim as read.
        fallen: claims that were rejected or withdrawn: id to (claim, reason).
        waiting: proposed claims that nobody accepted yet.
        incident_of: statement id to incident id, merges and splits applied.
        origin_of: statement id to the origin that is counted (speaker, else publisher), canonical.
        reviewed: ids of the claims that a person accepted or corrected.
        acknowledged: finding key to the judgement's reason.
        merged: id of an incident that was merged away to the id of the one that stands for it.
    """

    known_at: datetime | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    unread: Mapping[str, Unread] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    courses: Mapping[str, Course] = field(default_factory=dict)
    incidents: Mapping[str, Incident] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    publications: Mapping[str, Publication] = field(default_factory=dict)
    fallen: Mapping[str, tuple[Claim, str]] = field(default_factory=dict)
    waiting: Mapping[str, Claim] = field(default_factory=dict)
    incident_of: Mapping[str, str] = field(default_factory=dict)
    origin_of: Mapping[str, str] = field(default_factory=dict)
    reviewed: frozenset[str] = frozenset()
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)

    def of(self, incident: str) -> tuple[Claim, ...]:
        """The standing claims of an incident, by day said and place in their report."""
        found = [c for i, c in self.claims.items() if self.incident_of.get(i) == incident]
        return tuple(sorted(found, key=lambda c: (c.said_on or date.min, c.report, c.span.start, c.id)))

    def course_of(self, incident: str) -> tuple[Course, ...]:
        """The course claims of an incident, by the day they speak of."""
        found = [c for i, c in self.courses.items() if self.incident_of.get(i) == incident]
        return tuple(
            sorted(
                found,
                key=lambda c: (
                    c.date_from or c.date_to or c.said_on or date.min,
                    c.said_on or date.min,
                    c.id,
                ),
            )
        )

    def source(self, name: str) -> Source | None:
        """The source of that name or alias, if a card says so."""
        folded = name.casefold()
        return next(
            (
                s
                for s in self.sources.values()
                if folded in {s.name.casefold(), *(a.casefold() for a in s.aliases)}
            ),
            None,
        )
