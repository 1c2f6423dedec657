"""From a Book and its sums to the content of a bulletin; it orders, names and links, and counts nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tollbook import places
from tollbook.codes import Outcome, Phase
from tollbook.figures import Figure
from tollbook.nouns import Course, Incident
from tollbook.publish import words
from tollbook.publish.chart import toll_chart
from tollbook.publish.evidence import Evidence
from tollbook.publish.locator import Site, locator_map, place_words
from tollbook.publish.page import (
    Day,
    Dispute,
    Head,
    Line,
    Move,
    Note,
    Number,
    Page,
    Run,
    Step,
    Voice,
)
from tollbook.publish.series import charted
from tollbook.publish.sums import Sums
from tollbook.publish.veil import Veil
from tollbook.publish.workings import Workings
from tollbook.values import ALL, Book, Change, Finding, Toll

# Parties' colours are fixed for a whole book, so that two bulletins of it agree; after eight they begin again.
SWATCHES = 8


@dataclass(frozen=True)
class Desk:
    """What composing needs at every step."""

    book: Book
    computed: Sums
    evidence: Evidence
    workings: Workings
    swatches: dict[str, int]


def page(
    book: Book,
    computed: Sums,
    *,
    now: datetime,
    texts: Callable[[str], str] | None = None,
    workings: Workings | None = None,
) -> Page:
    """The content of an incident's bulletin.

    Args:
        book: the snapshot.
        computed: tolls, moves and findings of the incident.
        now: the moment it is made, shown in the head.
        texts: gives a report's text by the report's id, for the sentence round each quote.
        workings: where links lead, with their evidence; else to places of the same page.
    """
    workings = workings or Workings(Evidence(book, Veil(book), texts))
    evidence = workings.evidence
    desk = Desk(book, computed, evidence, workings, swatches(book))
    incident = book.incidents[computed.incident]
    title = evidence.veil(incident.name)
    where, svg, map_words = _where(incident, evidence)
    steps, contested = _steps(desk)
    heads, others = _heads(desk)
    # After the headline figures, whose workings then stand first.
    chart = charted(evidence, desk.workings, computed, title)
    return Page(
        title=title, where=where, when=words.window(*window(book, incident)),
        method=computed.method,
        method_words=computed.method_words,
        made=words.moment(now),
        known=words.moment(book.known_at) if book.known_at else "",
        heads=heads,
        others=others,
        voices=tuple(evidence.voice(v) for v in computed.voices),
        lines=tuple(_line(desk, t) for t in _ordered(_once(computed.tolls))),
        days=_days(desk),
        chart_of=words.outcome(computed.main),
        chart_all=len(chart.tracks) == len(computed.tracks),
        chart=tuple(toll_chart(chart, width=w, prefix=p) for w, p in ((1080, "wide"), (360, "narrow"), (680, "print"))),
        map=svg, map_words=map_words,
        disputes=_disputes(desk),
        moves=_moves(desk),
        steps=steps,
        contested=contested,
        notes=_notes(desk),
        workings=desk.workings.all,
        papers=evidence.papers(cited(desk)),
    )  # fmt: skip


def _heads(desk: Desk) -> tuple[tuple[Head, ...], tuple[Head, ...]]:
    """The headline figures: of the main outcome, and of the others."""
    main = [t for t in desk.computed.tolls if t.outcome is desk.computed.main]
    rest = [t for t in desk.computed.tolls if t.outcome is not desk.computed.main]
    return tuple(_head(desk, t) for t in _ordered(main)), tuple(_head(desk, t) for t in _ordered(_once(rest)))


def swatches(book: Book) -> dict[str, int]:
    """A colour for each party of the book, in the order of their names."""
    parties = sorted({c.party for c in book.claims.values() if c.party})
    return {party: n % SWATCHES + 1 for n, party in enumerate(parties)}


def _ordered(tolls: Iterable[Toll]) -> list[Toll]:
    """By outcome; everybody first, then parties from the highest toll down, civilians, the unknown."""
    last = {"civilians": 1, "other or unknown": 2}
    order = list(Outcome)

    def key(t: Toll) -> tuple[int, bool, int, int, str]:
        most = t.figure.high if t.figure.high is not None else t.figure.low or 0
        return (order.index(t.outcome), t.group != ALL, last.get(t.group, 0), -most, t.group)

    return sorted(tolls, key=key)


def _head(desk: Desk, toll: Toll) -> Head:
    cells = desk.computed.cells.get((toll.outcome, toll.group), {})
    return Head(
        words.outcome(toll.outcome),
        desk.evidence.veil(words.group(toll.group)),
        desk.swatches.get(toll.group, 0),
        desk.workings.number(toll, explain=True),
        tuple(
            (desk.evidence.voice(o), desk.workings.number(cells[o], o) if o in cells else None)
            for o in sorted(toll.origins, key=_rank(desk))
        ),
    )


def _rank(desk: Desk) -> Callable[[str], int]:
    order = {voice: n for n, voice in enumerate(desk.computed.voices)}
    return lambda origin: order.get(origin, len(order))


def _once(tolls: Iterable[Toll]) -> list[Toll]:
    """The tolls without those of everybody that only repeat the one group anybody names."""
    rows = list(tolls)
    kept = []
    for toll in rows:
        groups = [t for t in rows if t.outcome is toll.outcome and t.group != ALL]
        same = len(groups) == 1 and groups[0].figure == toll.figure
        if not (toll.group == ALL and same and set(toll.origins) == set(groups[0].origins)):
            kept.append(toll)
    return kept


def _line(desk: Desk, toll: Toll) -> Line:
    cells = desk.computed.cells.get((toll.outcome, toll.group), {})
    return Line(
        words.outcome(toll.outcome),
        desk.evidence.veil(words.group(toll.group)),
        desk.swatches.get(toll.group, 0),
        tuple(desk.workings.number(cells[v], v) if v in cells else None for v in desk.computed.voices),
    )


def _days(desk: Desk) -> tuple[Day, ...]:
    """The chart as a table: a row a day on which something moved."""
    band = dict(desk.computed.band)
    tracks = {v: dict(told) for v, told in desk.computed.tracks.items()}
    days = sorted({*band, *(d for told in tracks.values() for d in told)})
    rows = []
    for day in days:
        cells = tuple(
            desk.workings.number(tracks[v][day], v, day=day) if day in tracks.get(v, {}) else None
            for v in desk.computed.voices
        )
        rows.append(
            Day(words.day(day), desk.workings.number(band[day], day=day) if day in band else None, cells)
        )
    return tuple(rows)


def _disputes(desk: Desk) -> tuple[Dispute, ...]:
    found = []
    for n, dispute in enumerate(desk.computed.disputes, 1):
        outcome, group = dispute.outcome, dispute.group
        sides = tuple(
            (
                desk.evidence.voice(side.origin),
                desk.workings.counted(side.figure, side.claims, outcome, group, side.origin),
            )
            for side in dispute.sides
        )
        gap = words.delta(dispute.sides[0].figure, dispute.sides[-1].figure).lstrip("+−")
        anchor = f"d-{n}"
        what = (Run(gap, f"#{anchor}"), Run(" apart")) if gap else ()
        name = desk.evidence.veil(words.group(group))
        found.append(Dispute(anchor, words.outcome(outcome), name, sides, what))
    return tuple(found)


def _moves(desk: Desk) -> tuple[Move, ...]:
    """Every move of the main outcome, and of the others where they are more than a first figure."""
    plain = {"first figure", "new origin", "new deaths"}
    shown = [m for m in desk.computed.moves if m.group == ALL or m.kind not in plain]
    shown = [m for m in shown if m.before.known or m.outcome is desk.computed.main]
    return tuple(moved(desk, m, f"m-{n}") for n, m in enumerate(shown, 1))


def moved(desk: Desk, move: Change, anchor: str) -> Move:
    """A move of a figure with its cause; of the moves of its desk, earlier ones give what it moved from."""
    # What the figure was made of before it moved, is what it had moved to the last time.
    earlier = next(
        (
            m.claims
            for m in reversed(desk.computed.moves[: desk.computed.moves.index(move)])
            if (m.origin, m.outcome, m.group) == (move.origin, move.outcome, move.group)
            and m.after == move.before
        ),
        (),
    )

    def counted(figure: Figure, claims: tuple[str, ...]) -> Number:
        if not claims or not figure.known:
            return Number(words.pieces(figure), f"#{anchor}")
        return desk.workings.counted(figure, claims, move.outcome, move.group, move.origin, move.day)

    return Move(
        anchor,
        words.day(move.day),
        words.outcome(move.outcome),
        desk.evidence.veil(words.group(move.group)),
        counted(move.before, earlier),
        counted(move.after, move.claims),
        Run(words.delta(move.before, move.after), f"#{anchor}"),
        desk.evidence.veil(move.kind),
        desk.evidence.voice(move.origin),
        # "goes from 25 to 78." says no more than the figures beside it.
        desk.evidence.runs(move.why, [*move.claims, *earlier], f"#{anchor}")
        if re.search("[:;,(]", move.why)
        else (),
    )


def _steps(desk: Desk) -> tuple[tuple[Step, ...], str]:
    """The timeline of course claims, and a sentence where one voice says over and another still going on."""
    told = desk.book.course_of(desk.computed.incident)
    evidence = desk.evidence
    alike: dict[tuple[str, str, Voice], list[Course]] = {}
    for course in told:
        day = words.window(course.date_from, course.date_to)
        if not (course.date_from or course.date_to) and course.said_on:
            day = f"said {words.window(course.said_on, None)}"
        alike.setdefault(
            (day, words.PHASES[course.phase], evidence.voice(evidence.origin(course))), []
        ).append(course)
    steps = []
    for (day, phase, voice), courses in alike.items():
        # One sentence may tell of several kinds of event; it is quoted once.
        quotes = {evidence.veil(c.quote): evidence.target(c.id) for c in reversed(courses)}
        runs = tuple(Run(quote, target) for quote, target in reversed(quotes.items()))
        types = dict.fromkeys(evidence.veil(c.type) for c in courses)
        steps.append(Step(day, phase, ", ".join(types), voice, runs, courses[0].phase is Phase.ENDED))
    return tuple(steps), _contested(desk, told)


def _contested(desk: Desk, told: Iterable[Course]) -> str:
    """A sentence where one voice says over and another, of that day or later, still going on; else empty."""

    def last(course: Course) -> date:
        return course.date_to or course.date_from or course.said_on or date.min

    courses = list(told)
    over = [c for c in courses if c.phase is Phase.ENDED]
    if not over:
        return ""
    since = min(last(c) for c in over)
    on = [c for c in courses if c.phase is Phase.CONTINUES and last(c) >= since]
    say_over = sorted({desk.evidence.voice(desk.evidence.origin(c)).full for c in over})
    say_on = sorted({desk.evidence.voice(desk.evidence.origin(c)).full for c in on} - set(say_over))
    return f"{words.listed(say_over)}: over. {words.listed(say_on)}: still going on." if say_on else ""


def _notes(desk: Desk) -> tuple[Note, ...]:
    order = {"basic": 0, "strict": 1}
    found = sorted(
        desk.computed.findings, key=lambda f: (f.explained is not None, order.get(f.tier, 2), f.key)
    )
    return tuple(_note(desk, finding, f"f-{n}") for n, finding in enumerate(found, 1))


def _note(desk: Desk, finding: Finding, anchor: str) -> Note:
    evidence, fallback = desk.evidence, f"#{anchor}"
    claims = []
    for key in finding.claims:
        statement = evidence.statement(key)
        if statement is not None:
            figure = getattr(statement, "figure", None)
            label = evidence.veil(words.plain(figure)) if figure else words.PHASES[statement.phase]  # type: ignore[attr-defined]
            claims.append(
                Run(f"{label} ({evidence.voice(evidence.origin(statement)).short})", evidence.target(key))
            )

    def runs(text: str) -> tuple[Run, ...]:
        return evidence.runs(text, finding.claims, fallback)

    return Note(
        anchor,
        evidence.veil(finding.code),
        evidence.veil(finding.tier),
        runs(finding.what),
        runs(finding.why),
        tuple(claims),
        evidence.veil(finding.explained or ""),
    )


def cited(desk: Desk) -> list[str]:
    """Every statement that the bulletin can link to."""
    computed = desk.computed
    keys = [c.id for c in desk.book.of(computed.incident)]
    keys += [c.id for c in desk.book.course_of(computed.incident)]
    keys += [u.claim for t in computed.tolls for u in (*t.used, *t.aside)]
    keys += [
        u.claim for cells in computed.cells.values() for t in cells.values() for u in (*t.used, *t.aside)
    ]
    keys += [key for f in computed.findings for key in f.claims]
    keys += [key for m in computed.moves for key in m.claims]
    return keys


def window(book: Book, incident: Incident) -> tuple[date | None, date | None]:
    """First and last day that the incident and its course claims speak of."""
    told = book.course_of(incident.id)
    first = [d for d in (incident.date_from, *(c.date_from for c in told)) if d]
    last = [d for d in (incident.date_to, *(c.date_to for c in told)) if d]
    return min(first, default=None), max(last, default=None)


def _where(incident: Incident, evidence: Evidence) -> tuple[tuple[str, ...], str, str]:
    """The place from wide to fine, the map and what it shows; empty where the place is not known."""
    # The finest part; the wider ones stand before it in the trail.
    name = evidence.veil((incident.place or "").split(",")[0].strip())
    found = places.whereabouts(incident, places.resolver(evidence.book.sites.values()))
    if found is None:
        return ((name,) if name else ()), "", ""
    site = Site(name or evidence.veil(incident.name), found.latitude, found.longitude, found.geo_precision)
    trail = tuple(dict.fromkeys(part for part in (found.country, found.admin1, name) if part))
    return trail, locator_map(site), place_words(site)
