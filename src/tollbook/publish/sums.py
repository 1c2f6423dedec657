"""Everything computed that a publication shows, asked of ``toll`` and ``checks`` in one place; nothing is counted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tollbook import checks, toll
from tollbook.codes import Outcome
from tollbook.toll import Disagreement
from tollbook.values import ALL, Book, Change, Finding, Toll

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


def sums(book: Book, incident: str, method: str = "strict") -> Sums:
    """The computed side of an incident.

    Raises:
        TollError: no such incident or method.
    """
    tolls = tuple(t for t in toll.table(book, incident, method) if t.used)
    incident = book.merged.get(incident, incident)
    voices = voices_of(book, incident)
    cells: dict[tuple[Outcome, str], dict[str, Toll]] = {}
    for voice in voices:
        for own in toll.table(book, incident, f"source:{voice}"):
            if own.used:
                cells.setdefault((own.outcome, own.group), {})[voice] = own
    rule = toll.METHODS[method.partition(":")[0]]
    outcomes = dict.fromkeys(t.outcome for t in tolls)
    main = next((o for o in (Outcome.KILLED, *outcomes) if o in outcomes), Outcome.KILLED)
    return Sums(
        incident=incident,
        method=f"{method} {rule.version}",
        method_words=rule.description,
        tolls=tolls,
        voices=voices,
        cells=cells,
        main=main,
        band=_moved(toll.history(book, incident, main, ALL, method)),
        tracks=tracks(book, incident, main, ALL),
        moves=tuple(toll.changes(book, incident)),
        disputes=tuple(toll.disagreements(book, incident)),
        findings=tuple(f for f in checks.check(book) if concerns(book, incident, f)),
    )


def voices_of(book: Book, incident: str) -> tuple[str, ...]:
    """The origins of an incident's figures, those with most of them first."""
    said: dict[str, int] = {}
    for claim in book.of(incident):
        if claim.figure.known and claim.id in book.origin_of:
            origin = book.origin_of[claim.id]
            said[origin] = said.get(origin, 0) + 1
    return tuple(sorted(said, key=lambda o: (-said[o], o)))


def tracks(book: Book, incident: str, outcome: Outcome, group: str) -> dict[str, History]:
    """Each origin's own figures of an outcome and group over time, only the days on which they moved."""
    found: dict[str, History] = {}
    for voice in voices_of(book, incident):
        told = _moved(toll.history(book, incident, outcome, group, f"source:{voice}"))
        if told:
            found[voice] = told
    return found


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
