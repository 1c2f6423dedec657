"""Entries of a log as lines: in notation, covered, each with its place; and which entries speak of which."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from tollbook import notation
from tollbook.nouns import (
    Assertion,
    Claim,
    Doubt,
    Entry,
    Forgotten,
    Judgement,
    Link,
    Publication,
    Report,
    Statement,
)
from tollbook.publish.veil import Veil, shown
from tollbook.views.plain import plain


@dataclass(frozen=True, slots=True)
class Line:
    """One entry at its place.

    Attributes:
        position: its place in the log.
        entry: as it is; not covered.
    """

    position: int
    entry: Entry


@dataclass(frozen=True)
class Wanted:
    """Which lines are looked for; what is empty leaves nothing out.

    Attributes:
        text: what must stand in the covered line, whatever the case.
    """

    kind: str = ""
    by: str = ""
    day: date | None = None
    id: str = ""
    text: str = ""


def known(entries: Iterable[Entry], moment: datetime | None, kinds: Iterable[str]) -> list[Entry]:
    """The entries recorded up to a moment, of some kinds or of all, oldest first."""
    some = frozenset(kinds)
    return [
        e for e in entries if (moment is None or e.recorded_at <= moment) and (not some or e.KIND in some)
    ]


def data(entry: Entry, key: str) -> dict[str, object]:
    """An entry as JSON has it, under the id of what stands in the log."""
    return {"id": key, "kind": entry.KIND, **{f.name: plain(getattr(entry, f.name)) for f in fields(entry)}}


def placed(entries: Sequence[Entry], position: int) -> list[Line]:
    """The entries of a log up to a position, each with its place: what was forgotten left a gap there."""
    gone = {e.position for e in entries if isinstance(e, Forgotten)}
    places = (at for at in range(1, position + 1) if at not in gone)
    return [Line(at, entry) for at, entry in zip(places, entries, strict=False)]


def told(veil: Veil, entry: Entry) -> str:
    """An entry in notation as it may be shown."""
    return shown(notation.show(veil.entry(entry)))


def looked(
    lines: Sequence[Line], wanted: Wanted, veil: Veil, before: int = 0, page: int = 50, most: int = 20_000
) -> tuple[list[Line], int]:
    """The lines that are wanted, newest first, and before which place to go on; 0 at the end.

    Args:
        lines: in the order of the log.
        wanted: which.
        veil: covers what ``text`` is looked for in.
        before: only earlier ones; 0 for all.
        page: so many.
        most: so many lines are looked at, however few are found: a long log is looked through part by part.
    """
    fits = _fitting(wanted, veil)
    start = bisect_left(lines, before, key=lambda line: line.position) if before else len(lines)
    found: list[Line] = []
    for at in range(start - 1, max(-1, start - 1 - most), -1):
        if fits(lines[at]):
            found.append(lines[at])
            if len(found) == page:
                return found, lines[at].position if at else 0
    last = start - most
    return found, lines[last].position if last > 0 else 0


def _fitting(wanted: Wanted, veil: Veil) -> Callable[[Line], bool]:
    text = wanted.text.casefold()

    def fits(line: Line) -> bool:
        entry = line.entry
        return (
            (not wanted.kind or wanted.kind == entry.KIND)
            and (not wanted.by or veil(entry.made_by).casefold() == wanted.by.casefold())
            and (wanted.day is None or entry.recorded_at.date() == wanted.day)
            and (not wanted.id or entry.id.startswith(wanted.id))
            and (not text or text in told(veil, entry).casefold())
        )

    return fits


def speaks_of(entry: Entry) -> Iterator[str]:
    """The ids of entries that an entry speaks of."""
    if isinstance(entry, Statement | Doubt):
        yield entry.report
    if isinstance(entry, Claim):
        yield from filter(None, (entry.part_of, entry.supersedes))
    elif isinstance(entry, Link):
        yield from (entry.claim, entry.incident)
    elif isinstance(entry, Judgement):
        yield from (entry.target.rpartition(":")[2], *filter(None, (entry.other,)), *entry.claims)
    elif isinstance(entry, Report):
        yield from filter(None, (entry.reprints,))
    elif isinstance(entry, Assertion | Publication):
        yield from filter(None, (entry.incident,))


def referring(lines: Sequence[Line]) -> Mapping[str, list[Line]]:
    """Id of an entry to the lines that speak of it, in the order of the log."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        for key in dict.fromkeys(speaks_of(line.entry)):
            found.setdefault(key, []).append(line)
    return found


def rows(veil: Veil, entry: Entry) -> list[tuple[str, str]]:
    """What an entry says field by field, covered; what stands at its default is left out."""
    covered = veil.entry(entry)
    found: list[tuple[str, str]] = []
    for field in fields(covered):
        value = getattr(covered, field.name)
        if value != field.default and field.name not in {"said_on", "recorded_at", "made_by"}:
            found.append((field.name.replace("_", " "), shown(_words(value))))
    return found


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(f"{v[0]} = {v[1]}" if isinstance(v, tuple) else str(v) for v in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    said = plain(value)
    if isinstance(said, dict):
        return ", ".join(f"{k} {v}" for k, v in said.items() if v is not None)
    return " to ".join(map(str, said)) if isinstance(said, list) else str(said)
