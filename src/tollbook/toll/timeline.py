"""The timeline: what happened in an incident and who says so, with the moves of its toll; of a war that of all under it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome, Phase
from tollbook.figures import NOTHING, Figure
from tollbook.nouns import Course
from tollbook.toll.moves import changes
from tollbook.toll.stock import standing_under
from tollbook.toll.tolls import incident_of
from tollbook.values import ALL, Book

# What a phase is on a line; a figure's move has its own name ("new deaths").
PHASES = {
    Phase.BEGAN: "began",
    Phase.CONTINUES: "goes on",
    Phase.ENDED: "is over",
    Phase.CONTROL_CHANGED: "changed hands",
    Phase.ANNOUNCED: "announced",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: on a day something happened, or a figure moved, by the word of one voice.

    Attributes:
        day: the day it speaks of; the day it was said where it speaks of none.
        incident: id of the incident.
        what: began, goes on, is over, changed hands, announced; of a figure the kind of its move.
        voice: whose word it is.
        statements: ids of the statements that say so, the first one first; their reports carry it.
        type: of what happened, ACLED's sub-event type; of a figure the outcome.
        place: where, in words.
        actors: who acts.
        before: of a figure, what it was.
        after: of a figure, what it is now.
    """

    day: date | None
    incident: str
    what: str
    voice: str
    statements: tuple[str, ...]
    type: str
    place: str | None = None
    actors: tuple[str, ...] = ()
    before: Figure = NOTHING
    after: Figure = NOTHING


def timeline(book: Book, scope: str, as_of: date | None = None) -> tuple[Moment, ...]:
    """The moments of an incident in the order of their days; of a campaign or a war those of what stands under it, woven.

    The same word of one voice on one day is one moment, however many reports carry it.

    Args:
        book: the snapshot.
        scope: id of an incident, a campaign or a war.
        as_of: only what was said up to this day.

    Raises:
        TollError: there is no such incident.
    """
    found: list[Moment] = []
    for incident in standing_under(book, incident_of(book, scope)):
        found += _course(book, incident, as_of)
        found += _figures(book, incident, as_of)
    return tuple(sorted(found, key=_order))


def _order(moment: Moment) -> tuple[date, int, str]:
    """By day; what happened before what it cost, in the order of phases; a voice's moves stay in their order."""
    phases = list(PHASES.values())
    rank = phases.index(moment.what) if moment.what in phases else len(phases)
    return moment.day or date.min, rank, moment.voice


def _course(book: Book, incident: str, as_of: date | None) -> list[Moment]:
    told: dict[tuple[date | None, Phase, str], list[Course]] = defaultdict(list)
    for course in book.course_of(incident):
        if as_of is not None and (course.said_on is None or course.said_on > as_of):
            continue
        ends = course.date_to if course.phase in {Phase.CONTINUES, Phase.ENDED} else course.date_from
        day = ends or course.date_from or course.said_on
        told[day, course.phase, book.origin_of.get(course.id, "")].append(course)
    return [
        Moment(
            day=day,
            incident=incident,
            what=PHASES[phase],
            voice=voice,
            statements=tuple(c.id for c in said),
            type=said[0].type,
            place=next((c.place for c in said if c.place), None),
            actors=tuple(dict.fromkeys(a for c in said for a in c.actors)),
        )
        for (day, phase, voice), said in told.items()
    ]


def _figures(book: Book, incident: str, as_of: date | None) -> list[Moment]:
    """The moves of the dead of everybody, each voice's own."""
    return [
        Moment(c.day, incident, c.kind, c.origin, c.claims, str(c.outcome), before=c.before, after=c.after)
        for c in changes(book, incident, Outcome.KILLED)
        if c.group == ALL and c.claims and (as_of is None or (c.day is not None and c.day <= as_of))
    ]
