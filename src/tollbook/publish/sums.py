"""Everything computed that a publication shows, asked of ``toll`` and ``checks`` in one place; nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tollbook import toll
from tollbook.checks import CHECKS, Check, check
from tollbook.codes import Outcome
from tollbook.toll import Disagreement, Method
from tollbook.values import ALL, Book, Change, Finding, Toll, Use

History = tuple[tuple[date, Toll], ...]


@dataclass(frozen=True)
class Sums:
    """The computed side of one incident.

    Attributes:
        incident: id, merges followed.
        method: name and version ("strict 1").
        tolls: every toll with a figure, by outcome, everybody before the groups.
        voices: origins, those who say most first.
        cells: what each origin alone says: (outcome, group) to origin to its toll.
        main: the outcome of the chart.
        band: the toll of everybody over time.
        tracks: each origin's own figures over time, where they moved.
        moves: every typed change.
        disputes: figures that cannot both be true.
        findings: what an editor should know, of this incident alone.
    """

    incident: str
    method: str
    method_words: str
    tolls: tuple[Toll, ...]
    voices: tuple[str, ...]
    cells: Mapping[tuple[Outcome, str], Mapping[str, Toll]]
    main: Outcome
    band: History = ()
    tracks: Mapping[str, History] = field(default_factory=dict)
    moves: tuple[Change, ...] = ()
    disputes: tuple[Disagreement, ...] = ()
    findings: tuple[Finding, ...] = ()


def sums(
    book: Book,
    incident: str,
    method: str = "strict",
    *,
    methods: Mapping[str, Method] = toll.METHODS,
    looks: Sequence[Check] = CHECKS,
) -> Sums:
    """The computed side of an incident.

    Args:
        book: the snapshot.
        incident: the incident.
        method: of the toll.
        methods: the methods to choose from; those of plugins may stand among them.
        looks: the checks whose findings are shown.

    Raises:
        TollError: no such incident or method.
    """
    tolls = tuple(t for t in toll.table(book, incident, method, methods=methods) if t.used)
    incident = book.merged.get(incident, incident)
    voices = voices_of(book, incident)
    moves = tuple(toll.changes(book, incident))
    rule = methods[method.partition(":")[0]]
    outcomes = dict.fromkeys(t.outcome for t in tolls)
    main = next((o for o in (Outcome.KILLED, *outcomes) if o in outcomes), Outcome.KILLED)
    return Sums(
        incident=incident,
        method=f"{method} {rule.version}",
        method_words=rule.description,
        tolls=tolls,
        voices=voices,
        cells=cells(book, incident, moves),
        main=main,
        band=_moved(toll.history(book, incident, main, ALL, method, methods=methods)),
        tracks=tracks(book, incident, moves, main, ALL),
        moves=moves,
        disputes=tuple(toll.disagreements(book, incident)),
        findings=tuple(f for f in check(book, checks=looks) if concerns(book, incident, f)),
    )


def since(
    before: Book, book: Book, incident: str, method: str, *, methods: Mapping[str, Method] = toll.METHODS
) -> tuple[Change, ...]:
    """What moved in the tolls of an incident since an earlier book, of those that it gave; typed."""
    moved = toll.diff(before, book, incident, method, methods=methods)
    return tuple(change for change in moved if change.before.known)


def voices_of(book: Book, incident: str) -> tuple[str, ...]:
    """The origins of an incident's figures, those with most of them first."""
    said: dict[str, int] = {}
    for claim in book.of(incident):
        if claim.figure.known and claim.id in book.origin_of:
            origin = book.origin_of[claim.id]
            said[origin] = said.get(origin, 0) + 1
    return tuple(sorted(said, key=lambda o: (-said[o], o)))


def cells(book: Book, incident: str, moves: Sequence[Change]) -> dict[tuple[Outcome, str], dict[str, Toll]]:
    """What each origin alone says: the figure that its last move came to.

    The method ``source:NAME`` gives the same, but goes through the whole incident for every voice; it is asked
    only where a figure is made of several claims, for the rules that took them.
    """
    last = {(m.outcome, m.group, m.origin): m for m in moves}
    found: dict[tuple[Outcome, str], dict[str, Toll]] = {}
    for (outcome, group, origin), move in last.items():
        own = _said(book, move)
        if len(move.claims) > 1:
            own = toll.compute(book, incident, outcome, group, f"source:{origin}")
        found.setdefault((outcome, group), {})[origin] = own
    return found


def tracks(
    book: Book, incident: str, moves: Sequence[Change], outcome: Outcome, group: str
) -> dict[str, History]:
    """Each origin's own figures of an outcome and group over time, the last of a day."""
    found: dict[str, dict[date, Toll]] = {voice: {} for voice in voices_of(book, incident)}
    for move in moves:
        if (move.outcome, move.group) == (outcome, group) and move.day is not None and move.after.known:
            found.setdefault(move.origin, {})[move.day] = _said(book, move)
    return {voice: tuple(sorted(told.items(), key=lambda p: p[0])) for voice, told in found.items() if told}


def _said(book: Book, move: Change) -> Toll:
    """The figure that a move came to, with its claims."""
    rise = any(book.claims[c].may_rise for c in move.claims if c in book.claims)
    uses = tuple(Use(c, "", "", move.origin) for c in move.claims)
    return Toll(move.incident, move.outcome, move.group, figure=move.after, used=uses, may_rise=rise)


def _moved(told: History) -> History:
    """The days on which a figure is another than the day before."""
    kept: list[tuple[date, Toll]] = []
    for day, value in told:
        if value.figure.known and (not kept or kept[-1][1].figure != value.figure):
            kept.append((day, value))
    return tuple(kept)


def concerns(book: Book, incident: str, finding: Finding) -> bool:
    """Whether a finding speaks of the incident, of its statements or of a report that they stand in."""
    if finding.subject == incident or any(book.incident_of.get(c) == incident for c in finding.claims):
        return True
    if book.incident_of.get(finding.subject) == incident:
        return True
    statements = (*book.of(incident), *book.course_of(incident))
    return finding.subject in {s.report for s in statements}
