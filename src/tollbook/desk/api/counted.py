"""What the API gives of incidents and their tolls, as types, and what all its rows share."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from tollbook.codes import Grade, Level, Outcome, Review

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
