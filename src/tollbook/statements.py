"""The statements read from a report: figure claims, course claims, and doubts that are neither yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from tollbook.codes import Addition, Mode, Outcome, Phase, Scope, Status, Unit, VictimsClass
from tollbook.entries import Entry, Span
from tollbook.figures import NOTHING, Figure


@dataclass(frozen=True, kw_only=True)
class Statement(Entry):
    """What figures and course claims share: who says it, in which words, of where and when.

    Attributes:
        report: id of the report it was read from.
        span: the characters of the report's text.
        quote: exactly what stands there.
        speaker: who says it, by the fullest name in the text; None is the article's own voice.
        relayed_by: through whom it came, nearest the speaker first ("AFP").
        place: the most specific place in words of the text.
        date_from: first day it speaks of.
        date_to: last day it speaks of.
        status: how far the speaker stands behind it.
        rule: the construction that fired.
    """

    report: str
    span: Span
    quote: str
    speaker: str | None = None
    relayed_by: tuple[str, ...] = ()
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    status: Status = Status.ASSERTED
    rule: str = ""


@dataclass(frozen=True, kw_only=True)
class Claim(Statement):
    """One speaker gives one figure of one outcome for one group; ``said_on`` is the day it was said.

    Attributes:
        outcome: what befell them.
        figure: how many, with the number as written.
        victims: the group as written.
        victims_class: what kind of people.
        inferred: whether that kind is told by the text around, not by the words for the group or by a person.
        party: canonical name of the party the victims belong to.
        perpetrator: whom the text blames.
        scope: what it counts over.
        mode: a total, or on top of one.
        addition: of an increment or a share of one, why these people enter the count now.
        since: the onset a running total counts from, in words of the text.
        part_of: id of the claim whose figure this is a share of.
        dim: names a second way of cutting the same total, so that overlapping shares are not summed.
        supersedes: id of the older claim that the text itself says this one replaces.
        may_rise: whether the speaker says that it could still grow.
        proposed: machine-written by a model; enters no toll until a person accepts it.
        unit: what the figure counts, persons or households; the two are never added.
        household_size: persons a household, where the text or a person declares it; it is never assumed.
        formerly: what the same people were counted as before: the wounded who died of it, the held who were killed.
    """

    KIND: ClassVar[str] = "claim"
    APART: ClassVar[frozenset[str]] = frozenset(
        {"recorded_at", "made_by", "part_of", "supersedes", "inferred"}
    )

    outcome: Outcome
    figure: Figure = NOTHING
    victims: str | None = None
    victims_class: VictimsClass = VictimsClass.UNKNOWN
    inferred: bool = False
    party: str | None = None
    perpetrator: str | None = None
    scope: Scope = Scope.INCIDENT
    mode: Mode = Mode.TOTAL
    addition: Addition = Addition.UNSTATED
    since: str | None = None
    part_of: str | None = None
    dim: str | None = None
    supersedes: str | None = None
    may_rise: bool = False
    proposed: bool = False
    unit: Unit = Unit.PERSON
    household_size: float | None = None
    formerly: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Course(Statement):
    """A course claim: somebody says that something began, goes on, ended, changed hands or was announced.

    Attributes:
        type: ACLED sub-event type ("Armed clash", "Government regains territory" ...).
        phase: what it says of the course.
        actors: parties that act, canonical where known.
    """

    KIND: ClassVar[str] = "course"

    type: str
    phase: Phase
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Doubt(Entry):
    """A place in a report's text that had two readings, so no claim was made of it; it waits for a person.

    Attributes:
        report: id of the report.
        span: the characters of the report's text.
        quote: exactly what stands there.
        why: what the two readings are, in words.
    """

    KIND: ClassVar[str] = "doubt"

    report: str
    span: Span
    quote: str
    why: str
