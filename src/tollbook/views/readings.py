"""What was read from some words of a report, as rows for people: the reading, where it stands, what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tollbook.book import standing
from tollbook.codes import Addition, Mode, Review, Scope, Status, Unit, VictimsClass
from tollbook.nouns import Claim, Course, Doubt, Entry, Judgement
from tollbook.publish import words
from tollbook.publish.veil import Veil
from tollbook.values import Book

Said = Claim | Course | Doubt

SCOPES = {
    Scope.INCIDENT: "this incident",
    Scope.CUMULATIVE: "cumulative",
    Scope.PERIOD: "over a period",
    Scope.WAR: "over the whole war",
}
ADDITIONS = {
    Addition.NEW: "new deaths",
    Addition.RECOVERED: "bodies recovered",
    Addition.SUCCUMBED: "died of wounds",
    Addition.LATE: "late reports",
    Addition.ACCEPTED: "accepted after a review",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was read: what it is, what it says, where it leads, and a word more."""

    label: str
    value: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision on a statement: who, when, what, why, and whether it was taken back."""

    id: str
    by: str
    when: datetime
    verb: str
    reason: str
    changes: tuple[tuple[str, str], ...] = ()
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as people read it.

    Attributes:
        id: of the statement.
        kind: claim, course or doubt.
        report: id of its report.
        outcome: of a claim, the outcome's code; else empty.
        head: what it says, in a line.
        quote: its words.
        state: unreviewed, in review, accepted, rejected, unverifiable, changed, proposed, open, settled.
        why: why it fell.
        incident: id of the incident it stands under, or empty.
        rows: the reading.
    """

    id: str
    kind: str
    report: str
    outcome: str
    head: str
    quote: str
    state: str
    why: str = ""
    incident: str = ""
    rows: tuple[Row, ...] = field(default=())


def of_report(book: Book, entries: Sequence[Entry]) -> dict[str, list[Said]]:
    """Report id to everything that was read in it, in text order; corrected, and what fell as well."""
    known: dict[str, Said] = {}
    for entry in entries:
        if isinstance(entry, Claim | Course | Doubt):
            known.setdefault(entry.id, entry)
    known |= {**book.courses, **book.waiting, **{i: c for i, (c, _) in book.fallen.items()}, **book.claims}
    found: dict[str, list[Said]] = {}
    for said in known.values():
        found.setdefault(said.report, []).append(said)
    for group in found.values():
        group.sort(key=lambda s: (s.span.start, -s.span.end, s.id))
    return found


def state(book: Book, said: Said) -> str:
    """Where a statement stands, in a word."""
    if isinstance(said, Doubt):
        return "open" if said.id in book.doubts else "settled"
    if said.id in book.fallen or (isinstance(said, Course) and said.id not in book.courses):
        return "rejected"
    if said.id in book.waiting:
        return "proposed"
    return str(book.reviews.get(said.id, Review.UNREVIEWED))


def waits(book: Book, said: Said) -> bool:
    """Whether it still needs a person."""
    return state(book, said) in {"unreviewed", "in review", "changed", "proposed", "open"}


def told(book: Book, veil: Veil, said: Said, number: Mapping[str, int]) -> Told:
    """A statement as people read it; every word may be shown.

    Args:
        book: the snapshot.
        veil: what may be shown.
        said: the statement, as corrected.
        number: id to its number among those of its report, for links between them.
    """
    kind = said.KIND
    incident = book.incident_of.get(said.id, "")
    why = book.fallen[said.id][1] if said.id in book.fallen else ""
    return Told(
        id=said.id,
        kind=kind,
        report=said.report,
        outcome=str(said.outcome) if isinstance(said, Claim) else "",
        head=veil(head(said)),
        quote=veil(said.quote),
        state=state(book, said),
        why=veil(why),
        incident=incident if incident in book.incidents else "",
        rows=tuple(row for row in _rows(book, veil, said, number) if row.value),
    )


def head(said: Said) -> str:
    """What it says, in a line: ``killed · 373 · people (mixed)``."""
    if isinstance(said, Doubt):
        return "two readings"
    if isinstance(said, Course):
        return f"{said.type} · {words.PHASES[said.phase]}"
    group = said.victims or said.party or ""
    if said.victims_class is not VictimsClass.UNKNOWN:
        group = f"{group} ({said.victims_class})" if group else str(said.victims_class)
    unit = "households" if said.unit is Unit.HOUSEHOLD else ""
    return " · ".join(p for p in (words.outcome(said.outcome), words.plain(said.figure), unit, group) if p)


def _rows(book: Book, veil: Veil, said: Said, number: Mapping[str, int]) -> list[Row]:
    if isinstance(said, Doubt):
        return [Row("why", veil(said.why)), Row("read by", veil(said.made_by))]
    report = book.reports.get(said.report)
    publisher = veil.name(report.publisher) if report else ""
    relays = " → ".join(dict.fromkeys(filter(None, (*map(veil.name, said.relayed_by), publisher))))
    rows = [Row("speaker", veil.name(said.speaker) or "the article’s own voice", note=f"through {relays}")]
    origin = veil.name(book.origin_of.get(said.id))
    rows.append(Row("counted as", origin if origin != rows[0].value else ""))
    if isinstance(said, Claim):
        rows += _counted(veil, said)
    else:
        rows.append(Row("actors", veil(words.listed(said.actors))))
    stance = f"{said.status}"
    rise = "may rise ↑" if isinstance(said, Claim) and said.may_rise else ""
    rows += [
        Row("stance", stance, note=rise),
        Row("place", veil(said.place or "")),
        Row("days", words.window(said.date_from, said.date_to) if said.date_from or said.date_to else ""),
    ]
    if isinstance(said, Claim):
        rows += [
            _other(book, "part of", said.part_of, number),
            _other(book, "replaces", said.supersedes, number),
        ]
    rows += [*_stands(book, veil, said), Row("rule", said.rule or "–", note=f"read by {veil(said.made_by)}")]
    return rows


def _counted(veil: Veil, said: Claim) -> list[Row]:
    since = f" since {veil(said.since)}" if said.since else ""
    added = ADDITIONS.get(said.addition, "")
    mode = "total" if said.mode is Mode.TOTAL else "on top of an earlier total"
    size = f"{said.household_size:g} persons each" if said.household_size else ""
    return [
        Row("as written", veil(said.figure.as_written)),
        Row(
            "victims", veil(said.victims or ""), note="class told by the text around" if said.inferred else ""
        ),
        Row("party", veil(said.party or "")),
        Row("perpetrator", veil(said.perpetrator or "")),
        Row("scope", SCOPES[said.scope] + since, note=mode + (f": {added}" if added else "")),
        Row("counted in", "households" if said.unit is Unit.HOUSEHOLD else "", note=size),
        Row("formerly", words.outcome(said.formerly) if said.formerly else ""),
    ]


def _other(book: Book, label: str, other: str | None, number: Mapping[str, int]) -> Row:
    """Another claim that this one speaks of: its figure and where it stands."""
    if not other:
        return Row(label, "")
    claim = book.claims.get(other) or book.waiting.get(other)
    if claim is None:
        return Row(
            label, "a claim that does not count any more", f"?claim={other}" if other in number else ""
        )
    here = f"claim {number[other]}" if other in number else "in another report"
    link = f"/reports/{claim.report}?claim={other}#c-{other}"
    return Row(label, words.plain(claim.figure), link, here)


def _stands(book: Book, veil: Veil, said: Claim | Course) -> list[Row]:
    """The incident, and how it was found."""
    incident = book.incidents.get(book.incident_of.get(said.id, ""))
    if incident is None:
        return [Row("incident", "stands under none")]
    rows = [Row("incident", veil(incident.name), f"/incidents/{incident.id}")]
    links: Mapping[str, list[str]] = book.kept("links by claim", lambda: _links(book))
    mine = [book.links[i] for i in links.get(said.id, ())]
    link = next((k for k in mine if book.merged.get(k.incident, k.incident) == incident.id), None)
    if link is None:
        return [*rows, Row("put there", "by a person")]
    rows.append(Row("because", veil(link.reason), note=f"score {link.score:.2f}"))
    found, _, after = link.runner_up.partition(" ")
    other = book.incidents.get(book.merged.get(found, found))
    if other is not None:
        rows.append(Row("next came", veil(other.name), f"/incidents/{other.id}", veil(after)))
    return rows


def _links(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for i, link in book.links.items():
        found.setdefault(link.claim, []).append(i)
    return found


def life(book: Book, veil: Veil, thing: str) -> tuple[Event, ...]:
    """What people decided about a thing and said of it, the newest first."""
    by_thing: Mapping[str, list[Judgement]] = book.kept("judgements by thing", lambda: _judged(book))
    stands: frozenset[str] = book.kept(
        "standing", lambda: frozenset(j.id for j in standing(book.judgements.values()))
    )
    return tuple(
        Event(
            j.id,
            veil(j.made_by),
            j.recorded_at,
            j.verb,
            veil(j.reason),
            tuple((name, veil(value)) for name, value in j.changes),
            j.id not in stands,
        )
        for j in reversed(by_thing.get(thing, []))
    )


def _judged(book: Book) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for j in sorted(book.judgements.values(), key=lambda j: (j.recorded_at, j.id)):
        for thing in dict.fromkeys((j.target, *j.claims)):
            found.setdefault(thing, []).append(j)
    return found


def stance(said: Claim | Course) -> str:
    """How far the speaker stands behind it, where that is not the rule."""
    return "" if said.status is Status.ASSERTED else str(said.status)
