"""Matching: which incident of the book a report's topics are about, with a score and the reason in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tollbook.codes import Outcome, Phase, Scope
from tollbook.incidents.profiles import Profile, of_topic
from tollbook.incidents.shelf import Shelf, shelf
from tollbook.incidents.spots import REFUGES, Places, near, shared, spot
from tollbook.incidents.topics import background, topics
from tollbook.nouns import Claim, Course, Incident, Link, Report, Statement
from tollbook.places import resolve
from tollbook.toll.wording import on
from tollbook.values import Book, Reading, Topic

MADE_BY = "incidents 1"

# How much each agreement weighs; what is not known counts half.
PLACE, TIME, PARTIES, FIGURES = 0.40, 0.25, 0.15, 0.20
# The same kind of site on both sides helps; another kind of site is another event, whatever else agrees.
SAME_SITE, OTHER_SITE = 0.10, -0.40
# A whole far below the running toll that stood already is of something smaller nearby.
TOO_SMALL = -0.30
FAR_BELOW = 5
# From this score on a topic is about an incident; below it, it is not.
ENOUGH = 0.60
# Two incidents within this of each other fit equally well: then none is chosen, and a person decides.
TIE = 0.05
# A blow is told within a week; of an event that runs, totals are told for two weeks after its last known day.
BLOW_DAYS, RUNNING_GAP = 7, 14


@dataclass(frozen=True, slots=True)
class Score:
    """How well a topic fits an incident, 0 to 1, and why."""

    value: float
    reason: str


def match(
    report: Report, reading: Reading, book: Book, now: datetime, places: Places | None = resolve
) -> tuple[Incident | Link, ...]:
    """The new entries that put a report's topics under incidents: links, and incidents that nobody told of before.

    A topic that fits two incidents equally well, or that names no place or no day, is left without either: its
    claims stay without an incident, which the check ``unanchored`` shows to a person. What counts a whole war is
    never linked. What is linked already stays where it is, so that matching a report again adds nothing.

    Args:
        report: the report that was read.
        reading: what was read from it.
        book: the book before this report, or with it.
        now: the moment of recording, for the new entries.
        places: the gazetteer; None to do without one.
    """
    told: dict[str, Statement] = {s.id: s for s in (*reading.claims, *reading.courses)}
    known = shelf(book, places)
    founded: dict[str, Profile] = {}
    found: list[Incident | Link] = []
    main: str | None = None
    for topic in reading.topics or topics(reading, report.title, places):
        statements = [told[i] for i in (*topic.claims, *topic.courses)]
        open_ = [s for s in statements if s.id not in known.linked and s.id not in book.incident_of]
        if not open_ or _war(statements):
            continue
        profile = of_topic(report, statements, places, main=topic.main)
        beside = _near(profile, known, founded, places)
        common = _common(known, founded, (profile, *beside.values()))
        scores = {i: score(profile, p, common, places) for i, p in beside.items()}
        chosen = _best(scores, main) or _of_twins(scores, beside, places)
        if chosen is None and not _tied(scores) and _worth(report, topic, statements, profile):
            incident = _founded(report, statements, profile, now)
            found.append(incident)
            founded[incident.id] = profile
            chosen, scores[incident.id] = incident.id, Score(1.0, "it was founded from this report")
        if chosen is None:
            continue
        main = chosen if topic.main else main
        found += [_link(report, s, chosen, scores[chosen], now) for s in open_]
    return tuple(found)


def _war(statements: Sequence[Statement]) -> bool:
    claims = [s for s in statements if isinstance(s, Claim)]
    return bool(claims) and all(c.scope is Scope.WAR for c in claims)


def _near(
    topic: Profile, known: Shelf, founded: dict[str, Profile], places: Places | None
) -> dict[str, Profile]:
    """The incidents worth a look: days that can meet, and a name, a site or a word of the headline in common."""
    blocked = known.beside(topic, max(BLOW_DAYS, RUNNING_GAP))
    return {
        i: p
        for i, p in {**{i: known.profiles[i] for i in sorted(blocked)}, **founded}.items()
        if _gap(topic, p) is not None
        and (
            shared(topic.where.names | topic.where.wide | topic.title, p.where.names | p.where.wide)
            or (set(topic.sites) & set(p.sites))
            or not p.where.names
            or _beside(topic, p, places)
        )
    }


def _gap(topic: Profile, incident: Profile) -> int | None:
    """The days between topic and incident, zero when they overlap; None when too many, or unknown."""
    mine, theirs = topic.window, incident.window
    if mine is None or theirs is None:
        return None
    gap = max((mine[0] - theirs[1]).days, (theirs[0] - mine[1]).days, 0)
    most = RUNNING_GAP if topic.running or incident.running else BLOW_DAYS
    return gap if gap <= most else None


def _common(known: Shelf, founded: dict[str, Profile], compared: Sequence[Profile]) -> Counter[str]:
    """How many incidents have each name of those compared: a name that many have says little."""
    names = {name for p in compared for name in p.where.names}
    return Counter(
        {n: known.common[n] + sum(n in p.where.names for p in founded.values()) for n in sorted(names)}
    )


def _beside(topic: Profile, incident: Profile, places: Places | None) -> tuple[str, str] | None:
    """Two names, one of each side, that lie close to each other."""
    pairs = ((a, b) for a in sorted(topic.where.names) for b in sorted(incident.where.names))
    return next(((a, b) for a, b in pairs if near(a, b, places)), None)


def score(topic: Profile, incident: Profile, common: Counter[str], places: Places | None = None) -> Score:
    """How well a topic fits an incident."""
    reasons: list[str] = []
    gap = _gap(topic, incident) or 0
    value = PLACE * _place(topic, incident, common, reasons, places)
    value += TIME * _time(topic, incident, gap, reasons)
    value += PARTIES * _parties(topic, incident, reasons)
    value += FIGURES * _figures(topic, incident, reasons)
    value += _sites(topic, incident, reasons)
    if _too_small(topic, incident):
        value += TOO_SMALL
        reasons.append("its figure is far below the toll that was known by then")
    return Score(round(min(1.0, max(0.0, value)), 2), "; ".join(reasons))


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
    beside = _beside(topic, incident, places)
    if beside:
        reasons.append(f"{beside[0]} lies beside {beside[1]}")
        return 0.8
    if mine and theirs:
        reasons.append(f"{', '.join(sorted(mine))} is not {', '.join(sorted(theirs))}")
        return 0.0
    wide = shared(topic.where.wide, incident.where.wide)
    if wide:
        reasons.append(f"both lie in {', '.join(sorted(wide))}")
    return 0.6 if wide else 0.4


def _time(topic: Profile, incident: Profile, gap: int, reasons: list[str]) -> float:
    if gap == 0:
        reasons.append("the days meet")
        return 1.0
    reasons.append(f"{gap} day{'s' if gap > 1 else ''} apart")
    if topic.running or incident.running:
        return 1 - gap / (RUNNING_GAP + 1)
    return {1: 0.7, 2: 0.3}.get(gap, 0.0)


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


def _ranked(scores: dict[str, Score]) -> list[str]:
    return sorted((i for i in scores if scores[i].value >= ENOUGH), key=lambda i: (-scores[i].value, i))


def _tied(scores: dict[str, Score]) -> bool:
    """Whether two incidents fit equally well, so that only a person can tell."""
    ranked = _ranked(scores)
    return len(ranked) > 1 and scores[ranked[0]].value - scores[ranked[1]].value < TIE


def _best(scores: dict[str, Score], main: str | None) -> str | None:
    """The incident that fits best, if one does; a side topic that fits the report's main incident goes there."""
    ranked = _ranked(scores)
    if main in ranked and main is not None and scores[ranked[0]].value - scores[main].value < TIE:
        return main
    return ranked[0] if ranked and not _tied(scores) else None


def _of_twins(scores: dict[str, Score], profiles: dict[str, Profile], places: Places | None) -> str | None:
    """Of two incidents that fit equally well because they are one event, founded twice, the one with more told of it."""
    ranked = _ranked(scores)
    if not _tied(scores):
        return None
    level = [i for i in ranked if scores[ranked[0]].value - scores[i].value < TIE]
    nothing = Counter[str]()
    first = profiles[level[0]]
    if any(score(profiles[i], first, nothing, places).value < ENOUGH for i in level[1:]):
        return None
    return max(level, key=lambda i: (len(profiles[i].said), i))


def _worth(report: Report, topic: Topic, statements: Sequence[Statement], profile: Profile) -> bool:
    """Whether a topic founds an incident: a place and a day, and more than an aside of its report."""
    placed = bool(profile.where.names or (topic.main and (profile.where.wide or profile.sites)))
    if not placed or profile.window is None:
        return False
    numbered = [
        s for s in statements if isinstance(s, Claim) and s.figure.known and s.scope is not Scope.PERIOD
    ]
    if topic.main:
        return bool(numbered) or any(isinstance(s, Course) and s.phase is Phase.BEGAN for s in statements)
    if profile.start is None or background(profile.start, profile.end, report.said_on):
        return False
    return any(c.outcome in {Outcome.KILLED, Outcome.WOUNDED} for c in numbered)


def _founded(report: Report, statements: Sequence[Statement], profile: Profile, now: datetime) -> Incident:
    """The incident that a topic founds; its name says what, where and when."""
    window = profile.window
    first, last = window or (report.said_on, report.said_on)
    place = _said_place(statements)
    what = next((s.type for s in statements if isinstance(s, Course) and s.phase is Phase.BEGAN), None)
    outcome = next((s.outcome for s in statements if isinstance(s, Claim)), None)
    what = what or (f"People {outcome.replace('_', ' ')}" if outcome else "Event")
    where = f" at {place}" if place else ""
    return Incident(
        said_on=first,
        recorded_at=now,
        made_by=MADE_BY,
        name=f"{what}{where}{on(first).replace(' on ', ', ')}",
        place=place,
        date_from=first,
        date_to=last,
    )


def _said_place(statements: Sequence[Statement]) -> str | None:
    """The fullest place in words that the statements give: most names and sites, then the most often said."""
    said = Counter(s.place for s in statements if s.place)
    if not said:
        return None

    def fullness(place: str) -> tuple[int, int, int, str]:
        here = spot(place)
        return len(here.names), len(here.sites), said[place], place

    return max(said, key=fullness)


def _link(report: Report, statement: Statement, incident: str, why: Score, now: datetime) -> Link:
    day: date | None = statement.said_on or report.said_on
    return Link(
        said_on=day,
        recorded_at=now,
        made_by=MADE_BY,
        claim=statement.id,
        incident=incident,
        score=why.value,
        reason=why.reason,
    )
