"""What the API gives, as types: one model a row, with the fields of the verbs' ``--json``."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from tollbook.codes import (
    Addition,
    Grade,
    Level,
    Mode,
    Outcome,
    Phase,
    Review,
    Scope,
    SourceKind,
    Status,
    Verb,
    VictimsClass,
)

Id = Annotated[str, Field(pattern="^[0-9a-f]{16}$", examples=["00112233aabbccdd"])]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", examples=["2022-01-30"])]
Moment = Annotated[str, Field(examples=["2022-01-30T18:00:00+00:00"])]
R = TypeVar("R")


class Row(BaseModel):
    """A row: every field is always there, null where nothing is known, never zero."""

    model_config = ConfigDict(extra="forbid")


class Page(Row, Generic[R]):
    """A part of a long list."""

    rows: list[R]
    next: str | None = Field(description="Address of the next part; null when this is the last.")
    position: int = Field(description="Position of the log that this is of.")


class Range(Row):
    """A figure: the lowest, the best and the highest; null where there is none."""

    low: int | None
    best: int | None
    high: int | None


class Suggestion(Row):
    """What the book suggests, and why."""

    value: str
    why: str
    claims: list[Id]


class Comment(Row):
    """What somebody said about a thing."""

    id: Id
    by: str
    at: Moment
    text: str


class Checking(Row):
    """Where checking stands."""

    review: Review
    accepted_by: list[str]
    assigned: str | None
    comments: list[Comment]


class CheckingOfIncident(Checking):
    """Where the checking of an incident stands."""

    grade: Grade | None
    suggested_grade: Suggestion | None


class CheckingOfClaim(Checking):
    """Where the checking of a claim stands."""

    credibility: int | None
    suggested_credibility: Suggestion | None


class IncidentRow(Row):
    """An incident, as ``tollbook incidents --json`` lists it."""

    id: Id
    name: str
    place: str | None
    date_from: Day | None
    date_to: Day | None
    checked: CheckingOfIncident
    documents: list[str]
    main_of: list[str]
    level: Level
    above: Id | None
    depth: int
    method: str
    toll: dict[Outcome, Range]


class UseRow(Row):
    """A claim's part in a toll."""

    claim: Id
    rule: str
    why: str
    origin: str


class TollRow(Row):
    """A toll with its working, as ``tollbook toll --json`` prints it; an empty group is everybody."""

    incident: str
    outcome: Outcome
    group: str
    method: str
    low: int | None
    best: int | None
    high: int | None
    may_rise: bool
    rule: str
    why: str
    digest: str
    used: list[UseRow]
    aside: list[UseRow]
    origins: list[str]


class Tolls(Row):
    """The tolls of an incident."""

    incident: Id
    method: str
    as_of: Day | None
    known_at: Moment | None
    position: int
    tolls: list[TollRow]


class DayRow(TollRow):
    """A toll as it stood at the end of a day."""

    day: Day


class History(Row):
    """A toll over time: how it stood at the end of each day on which something was said."""

    incident: Id
    method: str
    known_at: Moment | None
    position: int
    days: list[DayRow]


class PieceRow(Row):
    """A part of a move that has one cause."""

    kind: str
    number: int
    since: Day | None
    until: Day | None
    claims: list[Id]


class ChangeRow(Row):
    """One move of a voice's figure, typed."""

    incident: Id
    outcome: Outcome
    group: str
    before: Range
    after: Range
    kind: str
    day: Day | None
    origin: str
    claims: list[Id]
    why: str
    pieces: list[PieceRow]


class Changes(Row):
    """The moves of an incident's figures."""

    incident: Id
    changes: list[ChangeRow]


class RollUps(Row):
    """What stands under a campaign or a war, or all of the book, added up: each incident once."""

    scope: str
    method: str
    as_of: Day | None
    known_at: Moment | None
    position: int
    tolls: list[dict[str, Any]]


class Where(Row):
    """The report that a claim stands in."""

    id: Id
    publisher: str | None
    published: Day | None
    title: str
    address: str


class ClaimRow(Row):
    """A claim, as ``tollbook export --format json`` writes it."""

    id: Id
    incident: str
    outcome: Outcome
    group: str
    low: int | None
    best: int | None
    high: int | None
    as_written: str
    victims: str | None
    victims_class: VictimsClass
    party: str | None
    perpetrator: str | None
    place: str | None
    date_from: Day | None
    date_to: Day | None
    scope: Scope
    mode: Mode
    addition: Addition
    since: str | None
    part_of: Id | None
    dim: str | None
    supersedes: Id | None
    may_rise: bool
    status: Status
    proposed: bool
    speaker: str | None
    relayed_by: list[str]
    origin: str | None
    said_on: Day | None
    quote: str
    veiled: bool
    span: list[int]
    rule: str
    reviewed: bool
    review: Review
    credibility: int | None
    report: Where


class ClaimDetail(ClaimRow):
    """One claim with its checking; ``seen`` goes back with a judgement on it."""

    standing: str = Field(description="standing, waiting or fallen")
    why_fallen: str | None
    checked: CheckingOfClaim
    seen: str


class CourseRow(Row):
    """A course claim: somebody says that something began, goes on, ended, changed hands or was announced."""

    id: Id
    incident: str
    type: str
    phase: Phase
    actors: list[str]
    place: str | None
    date_from: Day | None
    date_to: Day | None
    status: Status
    speaker: str | None
    relayed_by: list[str]
    origin: str | None
    said_on: Day | None
    quote: str
    span: list[int]
    rule: str
    report: Id


class ReportRow(Row):
    """A report; of a confidential publisher neither headline, address nor file."""

    id: Id
    published: Day | None
    publisher: str
    title: str
    address: str
    lang: str
    document: str
    recorded_at: Moment
    reprints: Id | None
    claims: int


class ReportText(Row):
    """The text of a report as it may be shown, and where its claims stand in it.

    Spans count characters of this text; where names were covered it differs from the text as read.
    """

    id: Id
    text: str
    veiled: bool
    claims: list[ClaimRow]


class VoiceRow(Row):
    """A voice, as ``tollbook sources --json`` lists it; a confidential one by its handle."""

    id: str
    name: str
    kind: str
    party: str | None
    reliability: str
    confidential: bool
    reports: int
    claims: int


class Card(Row):
    """A source card as it may be shown."""

    id: Id
    name: str
    aliases: list[str]
    kind: SourceKind
    party: str | None
    reliability: str
    confidential: bool
    coverage: list[str]
    yields_min: int | None
    yields_max: int | None
    silent_days: int | None
    notes: str


class Voice(Row):
    """One voice with its card and its scorecard, as ``tollbook sources NAME --json`` prints it."""

    source: Card | None
    score: dict[str, Any]


class FindingRow(Row):
    """Something an editor should look at; ``explained`` is null while it is open."""

    key: str
    code: str
    tier: str
    subject: str
    what: str
    why: str
    remedy: str
    claims: list[str]
    explained: str | None


class WaitingRow(Row):
    """What waits for a person, and how many people's count hangs on it."""

    id: Id
    kind: str
    review: Review
    incident: Id | None
    assigned: str | None
    effect: int
    accepted_by: list[str]
    comments: int
    says: str


class SiteRow(Row):
    """A place that the desk knows better than the list."""

    name: str
    latitude: float
    longitude: float
    precision: int
    country: str
    aliases: list[str]
    note: str
    id: Id


class MethodRow(Row):
    """A method of counting."""

    name: str
    version: int
    description: str
    digest: str


class EntryRow(Row):
    """One entry of the log in notation; names of confidential sources stand as handles."""

    id: Id
    kind: str
    line: str


class PublicationRow(Row):
    """What was published: from which part of the log, and the digest of what was made."""

    id: Id
    format: str
    incident: str
    published_at: Moment
    upto: int
    head: str
    digest: str
    method: str
    as_of: Day | None
    known_at: Moment | None


class Done(Row):
    """A judgement that was recorded; ``seen`` goes back with the next one on the same thing."""

    id: Id
    seen: str
    position: int
    verb: Verb
    other: str | None


class Added(Row):
    """What became of what was sent."""

    added: list[dict[str, str]]
    known: int
    claims: int
    courses: int
    founded: list[dict[str, str]]
    unread: list[dict[str, Any]]
    notes: list[dict[str, str]]


class Health(Row):
    """That the desk answers."""

    status: str


class Refused(Row):
    """A request that was refused: what is the matter, and what one can do."""

    error: str
    remedy: str
    newest: str | None = Field(default=None, description="Of a conflict: the newest judgement on it.")
    seen: str | None = Field(
        default=None, description="Of a conflict: what to send as seen to decide all the same."
    )
