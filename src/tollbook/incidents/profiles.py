"""Profiles: what is known of an incident from the entries that stand under it, in the form in which a report is compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tollbook.codes import Mode, Outcome, Phase, Scope
from tollbook.incidents.marks import Heard
from tollbook.incidents.spots import Places, Spot, spot, spot_of_title, words_in
from tollbook.nouns import Claim, Course, Incident, Report, Statement
from tollbook.toll.sifting import group_of
from tollbook.values import ALL

# A window of so many days is of an event that runs (a siege, a battle), not of a single blow.
RUNNING_DAYS = 3
# The dead of so large an event are counted for days, whatever the first reports say of its length.
COUNTED_FOR_DAYS = 50


@dataclass(slots=True)
class Profile:
    """An event as it can be compared: an incident of the book, or a topic of a report.

    Attributes:
        where: names and sites, all that its statements give.
        sites: how often each kind of site is named; the first is where it happened.
        title: folded words of the headline, for a topic that is what its report is about.
        start: first day.
        end: last day.
        said: the days on which it was told, with how often.
        parties: the parties that act in it or suffer.
        figures: what was said, (outcome, group) to the numbers with their days.
        running: whether a figure counts since an onset, or the days are many.
        heard: the marks and headlines of the reports that are mainly about it.
    """

    where: Spot = field(default_factory=Spot)
    sites: Counter[str] = field(default_factory=Counter)
    title: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None
    said: Counter[date] = field(default_factory=Counter)
    parties: set[str] = field(default_factory=set)
    figures: dict[tuple[Outcome, str], list[tuple[int, date | None]]] = field(default_factory=dict)
    running: bool = False
    heard: Heard = field(default_factory=Heard)

    def add(self, statements: Iterable[Statement], places: Places | None) -> None:
        """Lets statements count."""
        shares = {s.id: s for s in statements}
        for statement in shares.values():
            here = spot(statement.place, places)
            self.where = self.where | here
            if isinstance(statement, Course):
                self.parties.update(a.casefold() for a in statement.actors)
                if statement.phase is Phase.BEGAN:
                    self.sites.update(here.sites)
                self._days(statement.date_from, statement.date_to)
            elif isinstance(statement, Claim) and statement.scope is not Scope.WAR:
                self._claim(statement, here)
        if self.start and self.end and (self.end - self.start).days >= RUNNING_DAYS:
            self.running = True

    def _claim(self, claim: Claim, here: Spot) -> None:
        self.parties.update(p.casefold() for p in (claim.party, claim.perpetrator) if p)
        self.sites.update(here.sites)
        self.running |= claim.scope is Scope.CUMULATIVE
        self._days(claim.date_from, claim.date_to)
        if claim.said_on:
            self.said[claim.said_on] += 1
        if claim.figure.known and claim.mode is Mode.TOTAL:
            number = claim.figure.low if claim.figure.low is not None else claim.figure.high
            if number is not None and not (claim.part_of and group_of(claim) == ALL):
                self.running |= claim.outcome is Outcome.KILLED and number >= COUNTED_FOR_DAYS
                self.figures.setdefault((claim.outcome, group_of(claim)), []).append((number, claim.said_on))

    def headed(self, report: Report, places: Places | None) -> frozenset[str]:
        """Lets the headline and the marks of a report that is about it count; the keys that it did not have before."""
        here = spot_of_title(report.title, places)
        self.where = self.where | here
        self.sites.update(here.sites)
        return self.heard.add(report)

    def _days(self, *days: date | None) -> None:
        known = [d for d in (self.start, self.end, *days) if d is not None]
        if known:
            self.start, self.end = min(known), max(known)

    @property
    def window(self) -> tuple[date, date] | None:
        """First and last day; the days on which it was told where nothing else is known."""
        if self.start and self.end:
            return self.start, self.end
        return (min(self.said), max(self.said)) if self.said else None


def of_topic(
    report: Report, statements: Sequence[Statement], places: Places | None, *, main: bool
) -> Profile:
    """The profile of a topic; the headline speaks for the main one."""
    profile = Profile()
    profile.add(statements, places)
    if main:
        profile.title = words_in(report.title)
        profile.headed(report, places)
    if not profile.said and report.said_on:
        profile.said[report.said_on] += 1
    return profile


def of_incident(incident: Incident, statements: Sequence[Statement], places: Places | None) -> Profile:
    """The profile of an incident: what it was founded with, and all that was linked to it since."""
    profile = Profile(where=spot(incident.place, places), start=incident.date_from, end=incident.date_to)
    if profile.end is None:
        profile.end = profile.start
    if profile.start is None:
        profile.start = profile.end
    profile.sites.update(profile.where.sites)
    profile.add(statements, places)
    return profile
