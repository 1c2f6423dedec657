"""Scoring: how well a topic of a report fits an incident, by place, days, parties, figures, site and text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import log1p, sqrt

from tollbook.codes import Outcome
from tollbook.incidents.marks import likeness, rarity
from tollbook.incidents.profiles import Profile
from tollbook.incidents.spots import REFUGES, Places, near, shared

# How much each agreement weighs; what is not known counts half.
PLACE, TIME, PARTIES, FIGURES = 0.40, 0.25, 0.15, 0.20
# The same kind of site on both sides helps; another kind of site is another event, whatever else agrees.
SAME_SITE, OTHER_SITE = 0.10, -0.40
# A whole far below the running toll that stood already is of something smaller nearby.
TOO_SMALL = -0.30
FAR_BELOW = 5
# Where both sides have a text, it says more than all else. Two texts that share nothing are of two events (STRANGE), and
# long ones share much by chance (LENGTH, for each unit of the logarithm of the shorter). What they share brings them
# together: each name and number by its rarity (SHARED, of the root of the sum), how much of the text it is (MARKS), the
# words of the headlines (HEADLINES, of the root), and how few days lie between the tellings (TOLD: up to so many days).
# From a logistic fit on 987 articles on 600 events, first on one half and watched on the other, at last on both: 0.18
# for each unit of log odds.
STRANGE, LENGTH, MARKS, SHARED, HEADLINES = -0.80, -0.45, 0.30, 0.46, 0.16
TOLD = ((1, 0.75), (4, 0.50), (60, 0.30))
# Days that both name and that are far apart, beside days that meet.
FAR = -0.80
# A blow is told within a week; of an event that runs, totals are told for two weeks after its last known day.
BLOW_DAYS, RUNNING_GAP = 7, 14


@dataclass(frozen=True, slots=True)
class Score:
    """How well a topic fits an incident, 0 to 1, and why."""

    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Common:
    """How many incidents have what: what many have says little.

    Attributes:
        incidents: how many there are.
        names: of each name of a place.
        heard: of each mark, and each word of a headline.
    """

    incidents: int = 0
    names: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)

    def weight(self, mark: str) -> float:
        """How much a mark, or a word of a headline, says."""
        return rarity(self.incidents, self.heard[mark])


def gap(topic: Profile, incident: Profile) -> int | None:
    """The days between topic and incident, zero when they overlap; None when too many, or unknown."""
    mine, theirs = topic.window, incident.window
    if mine is None or theirs is None:
        return None
    between = max((mine[0] - theirs[1]).days, (theirs[0] - mine[1]).days, 0)
    most = RUNNING_GAP if topic.running or incident.running else BLOW_DAYS
    return between if between <= most else None


def beside(topic: Profile, incident: Profile, places: Places | None) -> tuple[str, str] | None:
    """Two names, one of each side, that lie close to each other."""
    pairs = ((a, b) for a in sorted(topic.where.names) for b in sorted(incident.where.names))
    return next(((a, b) for a, b in pairs if near(a, b, places)), None)


def score(topic: Profile, incident: Profile, common: Common, places: Places | None = None) -> Score:
    """How well a topic fits an incident."""
    reasons: list[str] = []
    value = PLACE * _place(topic, incident, common.names, reasons, places)
    value += TIME * _time(topic, incident, reasons)
    value += PARTIES * _parties(topic, incident, reasons)
    value += FIGURES * _figures(topic, incident, reasons)
    value += _sites(topic, incident, reasons)
    value += _texts(topic, incident, common, reasons)
    if _too_small(topic, incident):
        value += TOO_SMALL
        reasons.append("its figure is far below the toll that was known by then")
    return Score(round(value, 2), "; ".join(reasons))


def _texts(topic: Profile, incident: Profile, common: Common, reasons: list[str]) -> float:
    """Help for texts and headlines that share rare words; harm for texts that share none."""
    mine, theirs = topic.heard, incident.heard
    if not (mine.reports and theirs.reports):
        return 0.0
    texts = likeness(mine.marks, mine.reports, theirs.marks, theirs.reports, common.weight)
    headlines = likeness(mine.words, mine.headlines, theirs.words, theirs.headlines, common.weight)
    said = min((abs((a - b).days) for a in topic.said for b in incident.said), default=None)
    told = next((more for days, more in TOLD if said is not None and said <= days), 0.0)
    reasons.append(f"their texts share {_number(texts.count, 'name or number', 'names and numbers')}")
    if headlines.count:
        reasons.append(f"their headlines share {_number(headlines.count, 'word', 'words')}")
    alike = MARKS * texts.share + SHARED * sqrt(texts.weight) + HEADLINES * sqrt(headlines.weight)
    return STRANGE + LENGTH * log1p(min(mine.length, theirs.length)) + alike + told


def _number(count: int, one: str, more: str) -> str:
    return f"{count or 'no'} {one if count == 1 else more}"


def _place(
    topic: Profile, incident: Profile, common: Counter[str], reasons: list[str], places: Places | None
) -> float:
    """1 for the names of the smaller side all shared, each weighed by how few incidents have it."""
    mine, theirs = topic.where.names, incident.where.names
    both = shared(mine, theirs) | {n for n in theirs if n in topic.title}
    if both:
        reasons.append(f"both name {', '.join(sorted(both))}")
        weights = {n: 1 / max(1, common[n]) for n in mine | theirs}
        least = min(sum(weights[n] for n in mine or both), sum(weights[n] for n in theirs or both))
        return min(1.0, sum(weights.get(n, 1.0) for n in both) / max(least, 0.5))
    close = beside(topic, incident, places)
    if close:
        reasons.append(f"{close[0]} lies beside {close[1]}")
        return 0.8
    if mine and theirs:
        reasons.append(f"{', '.join(sorted(mine))} is not {', '.join(sorted(theirs))}")
        return 0.0
    wide = shared(topic.where.wide, incident.where.wide)
    if wide:
        reasons.append(f"both lie in {', '.join(sorted(wide))}")
    return 0.6 if wide else 0.4


def _time(topic: Profile, incident: Profile, reasons: list[str]) -> float:
    """1 where the days meet, less with each day between; FAR where the reports name days that are far apart."""
    between = gap(topic, incident)
    if between is None:
        if topic.start and incident.start:
            reasons.append("they speak of days far apart")
            return FAR
        reasons.append("told at other times")
        return 0.0
    if between == 0:
        reasons.append("the days meet")
        return 1.0
    reasons.append(f"{between} day{'s' if between > 1 else ''} apart")
    if topic.running or incident.running:
        return 1 - between / (RUNNING_GAP + 1)
    return {1: 0.7, 2: 0.3}.get(between, 0.0)


def _parties(topic: Profile, incident: Profile, reasons: list[str]) -> float:
    if not topic.parties or not incident.parties:
        return 0.5
    both = topic.parties & incident.parties
    if both:
        reasons.append("the same parties")
    return 1.0 if both else 0.0


def _figures(topic: Profile, incident: Profile, reasons: list[str]) -> float:
    """1 for a number of ten or more that both give, less for a small one or for one that goes on with a running toll."""
    best = -1.0
    for key, mine in topic.figures.items():
        theirs = [n for n, _ in incident.figures.get(key, ())]
        for number, _ in mine if theirs else ():
            if number in theirs:
                found = 1.0 if number >= 10 else 0.7
            elif incident.running and max(theirs) * 0.5 <= number <= max(theirs) * 2.5:
                found = 0.7
            else:
                found = 0.2
            if found > best:
                best = found
                if found >= 0.7:
                    word = "is given by both" if number in theirs else "goes on with its running toll"
                    reasons[:] = [r for r in reasons if not r.startswith("figure ")]
                    reasons.append(f"figure {number} {key[0].replace('_', ' ')} {word}")
    return best if best >= 0 else 0.5


def _sites(topic: Profile, incident: Profile, reasons: list[str]) -> float:
    """Help for the same kind of site, harm for another one; where people flee or are brought to says nothing."""
    mine = {s for s in topic.sites if s not in REFUGES}
    theirs = {s for s in incident.sites if s not in REFUGES}
    if not mine or not theirs:
        return 0.0
    both = mine & theirs
    if both:
        reasons.append(f"both speak of a {', '.join(sorted(both))}")
        return SAME_SITE
    reasons.append(f"one speaks of a {', '.join(sorted(mine))}, the other of a {', '.join(sorted(theirs))}")
    return OTHER_SITE


def _too_small(topic: Profile, incident: Profile) -> bool:
    """Whether a topic's dead are far fewer than the incident was known to have before the topic's days."""
    window = topic.window
    if window is None or not incident.running or topic.running:
        return False
    mine = [n for (outcome, _), said in topic.figures.items() if outcome is Outcome.KILLED for n, _ in said]
    before = [
        n
        for (outcome, _), said in incident.figures.items()
        if outcome is Outcome.KILLED
        for n, day in said
        if day is not None and day <= window[0]
    ]
    if not mine:
        return False
    return bool(before) and max(mine) * FAR_BELOW < max(before)
