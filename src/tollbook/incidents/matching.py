"""Matching: which incident of the book a report's topics are about, with a score and the reason in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tollbook.codes import Outcome, Phase, Scope
from tollbook.incidents.profiles import Profile, of_topic
from tollbook.incidents.scoring import BLOW_DAYS, RUNNING_GAP, Common, Score, beside, gap, score
from tollbook.incidents.shelf import Shelf, shelf
from tollbook.incidents.spots import Places, shared, spot
from tollbook.incidents.topics import background, topics
from tollbook.incidents.wars import of_wars
from tollbook.nouns import Claim, Course, Incident, Link, Report, Statement
from tollbook.places import resolve
from tollbook.toll.wording import on
from tollbook.values import Book, Reading, Topic

MADE_BY = "incidents 1"

# From this score on a topic is about an incident; below it, it is not.
ENOUGH = 0.60
# Two incidents within this of each other fit equally well: then none is chosen, and a person decides.
TIE = 0.05
# A text without a place founds an incident when it has so many names and numbers by which others know it again.
TELLING = 3


def match(
    report: Report, reading: Reading, book: Book, now: datetime, places: Places | None = resolve
) -> tuple[Incident | Link, ...]:
    """The new entries that put a report's topics under incidents: links, and incidents that nobody told of before.

    A topic that fits two incidents equally well, or that names no day, or neither a place nor marks enough, is left
    without either: its claims stay without an incident, which the check ``unanchored`` shows to a person. What counts
    a whole war or a spell of time goes to the war or campaign that it names, where the book has one. Nothing is linked
    to what a person judged it apart from. What is linked already stays where it is, so that matching a report again
    adds nothing.

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
    wide = of_wars(report, reading, book, now, places, lambda i: i in known.linked or i in book.incident_of)
    settled = {*known.linked, *(link.claim for link in wide)} if wide else known.linked
    found: list[Incident | Link] = [*wide]
    main: str | None = None
    for topic in reading.topics or topics(reading, report.title, places):
        statements = [told[i] for i in (*topic.claims, *topic.courses)]
        open_ = [s for s in statements if s.id not in settled and s.id not in book.incident_of]
        if not open_ or _war(statements):
            continue
        profile = of_topic(report, statements, places, main=topic.main)
        near = _near(profile, known, founded, places)
        about = {i: p for i, p in near.items() if not any({s.id, i} in book.apart for s in statements)}
        common = _common(known, founded, (profile, *about.values()))
        scores = {i: score(profile, p, common, places) for i, p in about.items()}
        chosen = _best(scores, main) or _of_twins(scores, about, book, places)
        if chosen is None and not _tied(scores) and _worth(report, topic, statements, profile):
            incident = _founded(report, statements, profile, now)
            while any(incident.id in known_ids for known_ids in (book.incidents, book.merged, founded)):
                # Another event of that place and day, which this one is not.
                incident = replace(incident, name=_counted(incident.name))
            found.append(incident)
            founded[incident.id] = profile
            chosen, scores[incident.id] = incident.id, Score(1.0, "it was founded from this report")
        if chosen is None:
            continue
        main = chosen if topic.main else main
        next_best = _runner_up(scores, chosen)
        found += [_link(report, s, chosen, scores[chosen], next_best, now) for s in open_]
    return tuple(found)


def about(report: Report, book: Book, places: Places | None = resolve) -> str | None:
    """The incident that a report is about which states nothing that could be linked; None where no one fits.

    Its names and its headline tell, so without enough of them nothing is told. It follows from the book and is
    recorded nowhere: nothing of the report enters a toll.
    """
    profile = of_topic(report, (), places, main=True)
    if len(profile.heard.marks) < TELLING:
        return None
    known = shelf(book, places)
    near = {i: p for i, p in _near(profile, known, {}, places).items() if {report.id, i} not in book.apart}
    common = _common(known, {}, (profile, *near.values()))
    scores = {i: score(profile, p, common, places) for i, p in near.items()}
    return _best(scores, None) or _of_twins(scores, near, book, places)


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
        if known.akin(topic, p, close=(close := gap(topic, p) is not None))
        or (close and _meet(topic, p, places))
    }


def _meet(topic: Profile, incident: Profile, places: Places | None) -> bool:
    """Whether they have a name, a kind of site or a word of the headline in common, or nothing is known of one."""
    named = topic.where.names | topic.where.wide | topic.title
    return bool(
        shared(named, incident.where.names | incident.where.wide)
        or (set(topic.sites) & set(incident.sites))
        or not (incident.where.names or incident.heard.reports)
        or beside(topic, incident, places)
    )


def _common(known: Shelf, founded: dict[str, Profile], compared: Sequence[Profile]) -> Common:
    """How many incidents have what those compared have: what many have says little."""
    names = {name for p in compared for name in p.where.names}
    return Common(
        len(known.profiles),
        Counter(
            {n: known.common[n] + sum(n in p.where.names for p in founded.values()) for n in sorted(names)}
        ),
        known.heard,
    )


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


def _of_twins(
    scores: dict[str, Score], profiles: dict[str, Profile], book: Book, places: Places | None
) -> str | None:
    """Of two incidents that fit equally well because they are one event, founded twice, the one with more told of it."""
    ranked = _ranked(scores)
    if not _tied(scores):
        return None
    level = [i for i in ranked if scores[ranked[0]].value - scores[i].value < TIE]
    if any({one, other} in book.apart for one in level for other in level):
        return None
    nothing = Common()
    first = profiles[level[0]]
    if any(score(profiles[i], first, nothing, places).value < ENOUGH for i in level[1:]):
        return None
    return max(level, key=lambda i: (profiles[i].said.total(), i))


def _worth(report: Report, topic: Topic, statements: Sequence[Statement], profile: Profile) -> bool:
    """Whether a topic founds an incident: a place and a day, and more than an aside of its report."""
    placed = bool(profile.where.names or (topic.main and (profile.where.wide or profile.sites)))
    placed |= len(profile.heard.marks) >= TELLING
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


def _counted(name: str) -> str:
    """The name with the next number behind it: "Raid at Zenda", "Raid at Zenda (2)", "Raid at Zenda (3)"."""
    plain, _, number = name.removesuffix(")").rpartition(" (")
    return (
        f"{plain} ({int(number) + 1})" if plain and number.isdigit() and name.endswith(")") else f"{name} (2)"
    )


def _runner_up(scores: dict[str, Score], chosen: str) -> str:
    """The incident that came next, with its score and the reason, in words; empty where none has anything for it."""
    others = [i for i in scores if i != chosen and scores[i].value > 0]
    if not others:
        return ""
    best = max(others, key=lambda i: (scores[i].value, i))
    return f"{best} {min(1.0, scores[best].value):.2f}: {scores[best].reason}"


def _link(
    report: Report, statement: Statement, incident: str, why: Score, runner_up: str, now: datetime
) -> Link:
    day: date | None = statement.said_on or report.said_on
    return Link(
        said_on=day,
        recorded_at=now,
        made_by=MADE_BY,
        claim=statement.id,
        incident=incident,
        score=min(1.0, max(0.0, why.value)),
        reason=why.reason,
        runner_up=runner_up,
    )
