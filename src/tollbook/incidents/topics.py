"""Topics: the events inside one report; what a claim and what a course claim of it speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tollbook.codes import Outcome, Scope
from tollbook.incidents.spots import REFUGES, Places, shared, spot, spot_of_title
from tollbook.nouns import Claim, Course
from tollbook.places import resolve
from tollbook.values import Reading, Topic

# Figures of one report that lie further apart in time are of different events, unless one figure spans both.
GAP = timedelta(days=3)
# What ended this long before the report, while newer things are told in it, is background.
LONG_AGO = timedelta(days=45)
# A later event that is told of further down than this is an aside: it does not make what the text began with old.
BESIDE = 1000
# What counts over more than a year is no single event, whatever scope it was read with.
YEAR = timedelta(days=366)


def background(start: date | None, end: date | None, told: date | None) -> bool:
    """Whether days are of what lies behind the news that is told on a day: long ago, or over more than a year."""
    if start is not None and end is not None and end - start > YEAR:
        return True
    return told is not None and end is not None and told - end > LONG_AGO


@dataclass(frozen=True, slots=True)
class Where:
    """Places in words. The gazetteer is asked for their names only when the words leave something open.

    Attributes:
        said: the places as the statements give them.
    """

    said: frozenset[str] = frozenset()

    def __or__(self, other: Where) -> Where:
        return Where(self.said | other.said)

    @property
    def sites(self) -> frozenset[str]:
        """The kinds of site in them, which words alone tell."""
        return frozenset(site for text in self.said for site in spot(text).sites)

    def names(self, places: Places | None) -> frozenset[str]:
        """The folded names in them that say much."""
        return frozenset(name for text in self.said for name in spot(text, places).names)

    def elsewhere(self, other: Where, places: Places | None) -> bool:
        """Whether both have names and share none."""
        mine, theirs = self.names(None), other.names(None)
        # The gazetteer takes names away (a province, a country), it never adds one.
        if self.said <= other.said or not mine or not theirs or (mine == theirs and len(mine) == 1):
            return False
        mine, theirs = self.names(places), other.names(places)
        return bool(mine and theirs and not shared(mine, theirs))


def _where(*said: str | None) -> Where:
    return Where(frozenset(text for text in said if text))


@dataclass(slots=True)
class Strand:
    """A topic in the making: its statements, its days and its places."""

    claims: list[Claim] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    start: date | None = None
    end: date | None = None
    where: Where = field(default_factory=Where)
    war: bool = False

    def spread(self, start: date | None, end: date | None, where: Where) -> None:
        """Lets days and places of a statement count as those of the topic."""
        days = [d for d in (self.start, self.end, start, end) if d is not None]
        self.start, self.end = (min(days), max(days)) if days else (None, None)
        self.where = self.where | where


@dataclass(slots=True)
class Unit:
    """A whole with its shares, and an older figure with the one that replaces it: they never part."""

    claims: list[Claim]
    start: date | None
    end: date | None
    where: Where

    @property
    def war(self) -> bool:
        """Whether it counts a whole war."""
        return self.claims[0].scope is Scope.WAR

    @property
    def numbered(self) -> bool:
        """Whether one of its claims gives a number."""
        return any(c.figure.known for c in self.claims)


def topics(reading: Reading, title: str = "", places: Places | None = resolve) -> tuple[Topic, ...]:
    """The events inside one report, the main one first; exactly one is main when there is any statement.

    Args:
        reading: the claims and course claims of the report.
        title: its headline, which tells what it is about.
        places: the gazetteer; None to do without one; it tells countries from towns.
    """
    units = _units(reading.claims)
    if not units:
        courses = tuple(c.id for c in reading.courses)
        return (Topic(main=True, courses=courses),) if courses else ()
    strands: list[Strand] = []
    for unit in _in_order(units, title):
        strand = next((s for s in strands if _fits(unit, s, reading, places)), None)
        if strand is None:
            strands.append(strand := Strand(war=unit.war))
        strand.claims += unit.claims
        strand.spread(unit.start, unit.end, unit.where)
    for course in reading.courses:
        _place(course, strands, places)
    return tuple(
        Topic(
            main=n == 0,
            claims=tuple(c.id for c in sorted(s.claims, key=lambda c: (c.span.start, c.id))),
            courses=tuple(c.id for c in s.courses),
        )
        for n, s in enumerate(strands)
    )


def _units(claims: Sequence[Claim]) -> list[Unit]:
    """The claims by what holds them together, in text order."""
    head = {c.id: c.id for c in claims}

    def root(i: str) -> str:
        seen = {i}
        while head[i] != i and head[i] not in seen:
            i = head[i]
            seen.add(i)
        return i

    for claim in claims:
        for other in (claim.part_of, claim.supersedes):
            if other in head and root(other) != root(claim.id):
                head[root(claim.id)] = root(other)
    by_root: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_root[root(claim.id)].append(claim)
    found = []
    for members in by_root.values():
        whole = [c for c in members if c.part_of is None] or members
        whole.sort(key=lambda c: (c.span.start, c.id))
        starts = [c.date_from or c.date_to for c in whole if c.date_from or c.date_to]
        ends = [c.date_to or c.date_from for c in whole if c.date_from or c.date_to]
        rest = [c for c in members if c not in whole]
        found.append(
            Unit(
                [*whole, *rest],
                min((d for d in starts if d), default=None),
                max((d for d in ends if d), default=None),
                _where(*(c.place for c in whole)),
            )
        )
    return sorted(found, key=lambda u: (u.claims[0].span.start, u.claims[0].id))


def _at(unit: Unit) -> int:
    """Where in the text a unit begins."""
    return unit.claims[0].span.start


def _in_order(units: Sequence[Unit], title: str) -> list[Unit]:
    """The units, the one that the report is about first: in text order, background and numberless ones last."""
    sites = spot_of_title(title, None).sites

    def rank(unit: Unit) -> tuple[bool, bool, bool, bool]:
        newest = max((u.end for u in units if u.end and _at(u) < _at(unit) + BESIDE), default=None)
        old = unit.end is not None and newest is not None and newest - unit.end > LONG_AGO
        old |= unit.start is not None and unit.end is not None and unit.end - unit.start > YEAR
        elsewhere = bool(sites and unit.where.sites and not sites & unit.where.sites)
        period = unit.claims[0].scope is Scope.PERIOD
        return unit.war or old, not unit.numbered, period, elsewhere

    lead = min(units, key=rank)
    return [lead, *(u for u in units if u is not lead)]


def _neighbours(reading: Reading, places: Places | None) -> list[frozenset[str]]:
    """Names that one place of the report joins ("Ghwayran prison, Hasakeh"): they are not two places."""
    found = {spot(s.place, places).names for s in (*reading.claims, *reading.courses)}
    return [names for names in found if len(names) > 1]


def _fits(unit: Unit, strand: Strand, reading: Reading, places: Places | None) -> bool:
    """Whether a unit speaks of the event of a strand."""
    if unit.war or strand.war:
        return unit.war and strand.war
    if unit.start and unit.end and strand.start and strand.end:
        apart = unit.start - strand.end > GAP or strand.start - unit.end > GAP
        # A figure since an onset holds the days between; one of years ago is no part of this.
        if apart:
            return False
        if (strand.start - unit.start) > LONG_AGO or (unit.start - strand.start) > LONG_AGO:
            return False
    if not unit.numbered:
        return True
    mine, theirs = unit.where.sites - REFUGES, strand.where.sites - REFUGES
    if mine and theirs and not mine & theirs:
        return False
    if unit.claims[0].outcome is Outcome.DISPLACED:
        return True  # People flee from one place to another; both may be named.
    # The wounded of an event may be told of with the hospital's town, its dead with its own: only a second
    # figure of one outcome is of another event.
    second = any(c.outcome is unit.claims[0].outcome and c.figure.known for c in strand.claims)
    if mine & theirs or not second or not unit.where.elsewhere(strand.where, places):
        return True
    near, far = unit.where.names(places), strand.where.names(places)
    return any(shared(near, g) and shared(far, g) for g in _neighbours(reading, places))


def _place(course: Course, strands: Sequence[Strand], places: Places | None) -> None:
    """Puts a course claim under the event whose place and days it names; under the main one where it names none."""
    where = _where(course.place)
    day = course.date_from or course.date_to
    # Where there is one event only, nobody needs to know what lies where.
    names = where.names(places) if len(strands) > 1 else frozenset[str]()

    def agreement(strand: Strand) -> tuple[bool, bool, bool]:
        far = bool(
            day
            and strand.start
            and strand.end
            and (day - strand.end > LONG_AGO or strand.start - day > LONG_AGO)
        )
        return (
            not strand.war and not far,
            bool(names and shared(names, strand.where.names(places))),
            bool(where.sites & strand.where.sites),
        )

    best = max(strands, key=agreement)  # the first of the best, so the main one in a tie
    best.courses.append(course)
    if not best.war and day and best.start and best.end and best.start - GAP <= day <= best.end + GAP:
        best.spread(course.date_from, course.date_to, Where())
