"""What the API takes: parameters of its addresses, and what is sent."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tollbook.codes import Outcome, Review, Verb
from tollbook.views.claims import Standing
from tollbook.views.tolls import By

LONGEST = 2_000  # characters of a reason or a note
Words = Annotated[str, StringConstraints(max_length=LONGEST)]
_MOMENT = "Only what had been recorded up to this moment: a day, or a moment (UTC)."


class Taken(BaseModel):
    """What is taken; nothing beside it."""

    model_config = ConfigDict(extra="forbid")


class Cut(Taken):
    """A part of a long list: the rows behind one key."""

    after: Annotated[str, Field(description="As the link to the next part has it.", max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 50


class Known(Taken):
    """Which book is looked at."""

    known_at: Annotated[str, Field(description=_MOMENT)] = ""


class Past(Known):
    """Which book is looked at: of which moment, and of what was said up to which day."""

    as_of: Annotated[date | None, Field(description="Only what was said up to this day.")] = None


class Counted(Past):
    """And how it is counted."""

    method: Annotated[str, Field(description="How standing claims become a figure; see /methods.")] = "strict"


class ListOfIncidents(Cut, Past):
    """Parameters of the list of incidents."""

    method: Annotated[
        str, Field(description="Count by this method; without it, the range of strict, the best as told.")
    ] = ""


class ListOfTolls(Cut, Counted):
    """Parameters of the list of tolls."""


class OfIncident(Counted):
    """Parameters of the tolls of an incident."""

    method: Annotated[str, Field(description="One method, or all: every one, side by side.")] = "strict"
    by: By = By.OUTCOME
    outcome: Outcome | None = None
    group: Annotated[str | None, Field(description="A party, civilians, or empty for everybody.")] = None


class OverTime(Known):
    """Parameters of a history."""

    method: str = "strict"
    outcome: Outcome = Outcome.KILLED
    group: str = ""


class WholeBook(Counted):
    """Parameters of the toll of a war, a campaign or the whole book."""

    scope: Annotated[str, Field(description="Id of a war or campaign; empty for the whole book.")] = ""


class WhichClaims(Past):
    """Which claims are meant."""

    of: Standing = Standing.STANDING
    incident: str | None = None
    outcome: Outcome | None = None
    party: Annotated[str | None, Field(description="A party, or civilians; empty for a whole.")] = None
    voice: Annotated[str | None, Field(description="Whose word: the origin that is counted.")] = None
    report: str | None = None
    review: Review | None = None
    since: Annotated[date | None, Field(description="Said on this day or later.")] = None
    until: Annotated[date | None, Field(description="Said on this day or earlier.")] = None


class ListOfClaims(Cut, WhichClaims):
    """Parameters of the list of claims."""


class ListOfCourses(Cut, Past):
    """Parameters of the list of course claims."""

    incident: str | None = None


class ListOfReports(Cut, Past):
    """Parameters of the list of reports."""

    lang: str | None = None


class WhichFindings(Past):
    """Which findings are meant."""

    tier: Annotated[str, Field(pattern="^(basic|strict|other)$")] = "other"
    incident: str | None = None
    explained: Annotated[bool, Field(description="Those that were acknowledged, too.")] = False


class ListOfFindings(Cut, WhichFindings):
    """Parameters of the list of findings."""


class ListOfWaiting(Cut):
    """Parameters of the queue."""

    review: Review | None = None
    incident: str | None = None
    assigned: str | None = None


class ListOfEntries(Cut):
    """Parameters of the log."""

    kind: str | None = None


class Judged(Taken):
    """A judgement; what the page does with a form."""

    verb: Verb
    target: Annotated[str, Field(description="Id of an entry, or key of a finding.", max_length=200)]
    reason: Words = ""
    other: Annotated[
        str | None, Field(description="For merge, nest, apart and split: the other incident.")
    ] = None
    claims: Annotated[
        list[str], Field(description="For split: the claims that leave.", max_length=2_000)
    ] = []
    changes: Annotated[
        dict[str, str],
        Field(description="For correct: field to value. grade, credibility and to for grade, rate, assign."),
    ] = {}
    seen: Annotated[
        str,
        Field(
            description="What it was decided against, as the answer had it; - for no judgement yet; empty: do not ask."
        ),
    ] = ""
    name: Annotated[str, Field(description="Of the incident that a split founds.", max_length=200)] = ""
    whose: Annotated[str, Field(description="To take back another person's: who it is.", max_length=200)] = ""


class Undone(Taken):
    """A judgement that is taken back."""

    judgement: Annotated[str, Field(max_length=200)]
    reason: Words = ""
    whose: Annotated[str, Field(description="Of another person's judgement: who it is.", max_length=200)] = ""


class Sent(Taken):
    """A report as text."""

    text: Annotated[str, Field(min_length=1, max_length=2_000_000)]
    published: date | None = None
    publisher: Annotated[str, Field(max_length=500)] = ""
    title: Annotated[str, Field(max_length=1_000)] = ""
    address: Annotated[str, Field(max_length=2_000)] = ""
    lang: Annotated[str, Field(max_length=35)] = ""
    document: Annotated[str, Field(description="A short name for it.", max_length=200)] = ""


class Placed(Taken):
    """Where a place lies that no list has."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    precision: Annotated[int, Field(ge=1, le=7)] = 1
    country: Annotated[str, Field(pattern="^([A-Za-z]{2})?$")] = ""
    aliases: list[Annotated[str, Field(min_length=1, max_length=200)]] = []
    note: Words = ""
