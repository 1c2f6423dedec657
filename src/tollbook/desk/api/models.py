"""What the API gives of statements, reports, voices and the log, as types, with the fields of the verbs' ``--json``."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from tollbook.codes import (
    Addition,
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
from tollbook.desk.api.counted import CheckingOfClaim, Day, Id, Moment, Row


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
