"""Forgetting: words, names and kept files go for good; the figures stay, so that no toll moves for it.

An entry of the log cannot be changed. Each one that holds what is to be forgotten is removed, and another stands for
it that says the same without it; what spoke of the old one speaks of the new one. All of it is one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tollbook.codes import Verb
from tollbook.log import LogError, emptied
from tollbook.nouns import Claim, Course, Doubt, Entry, Judgement, Link, Report, Source
from tollbook.pipeline.box import INDEX, Box, BoxError, known
from tollbook.publish.veil import Veil
from tollbook.values import fold

WITHHELD = "text withheld"


@dataclass(frozen=True)
class Plan:
    """What a forgetting would do.

    Attributes:
        instead: id of an entry that goes to the one that stands for it.
        gone: ids of entries that nothing stands for.
        kept: digests of kept files that go.
        reports: how many reports lose their text.
        words: how many statements lose their words.
        warning: what stays, in a sentence; empty where nothing does.
        added: entries that come with it, dated when it is carried out.
    """

    instead: Mapping[str, Entry]
    gone: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    reports: int = 0
    words: int = 0
    warning: str = ""
    added: tuple[Entry, ...] = ()


def plan(box: Box, target: str) -> Plan:
    """What it means to forget a report, a statement's words or a source; nothing is done yet.

    Raises:
        BoxError: there is no such entry, or it is of a kind that is not forgotten so.
        LogError: the log cannot be read.
    """
    entries = box.log.entries()
    entry = next((e for e in entries if e.id == target), None)
    if isinstance(entry, Report):
        return _of_reports(entries, {entry.id}, None)
    if isinstance(entry, Claim | Course):
        return Plan(_linked(entries, {entry.id: _mute(entry, entry.report, 1)}), words=1, warning=_STAYS)
    if isinstance(entry, Source):
        return _of_source(box, entries, entry)
    what = f"{target} is a {entry.KIND}" if entry else f"there is no entry {target!r} in this box"
    raise BoxError(f"{what}; forget a report, a claim or a source: tollbook print --ids lists them")


_STAYS = "The report that it stands in keeps its text; forget the report to remove that, too."


def carry_out(box: Box, wanted: Plan, reason: str, now: datetime) -> int:
    """Does what was planned; how many entries went. It cannot be undone.

    The reason stays on record and must not say what was forgotten.

    Raises:
        LogError: the box cannot be written.
    """
    old = [*wanted.instead, *wanted.gone]
    added = (replace(entry, said_on=now.date(), recorded_at=now) for entry in wanted.added)
    count = box.log.forget(old, reason, now, instead=(*wanted.instead.values(), *added))
    for digest in wanted.kept:
        box.kept.forget(digest)
    emptied(box.folder / INDEX)
    return count


def _of_reports(
    entries: Sequence[Entry], ids: set[str], veil: Veil | None, origins: Mapping[str, str] | None = None
) -> Plan:
    """Reports without headline, address, file name, text and words; with a veil without names elsewhere, too."""
    reports = [e for e in entries if isinstance(e, Report) and e.id in ids]
    bare = {r.id: _bare(r, veil) for r in reports}
    instead: dict[str, Entry] = dict(bare)
    groups: dict[str, int] = {}
    words = 0
    for e in entries:
        if isinstance(e, Claim | Course) and e.report in bare:
            number = groups.setdefault(str(getattr(e, "victims", "")), len(groups) + 1)
            instead[e.id] = _named(_mute(e, bare[e.report].id, number), veil, (origins or {}).get(e.id))
            words += 1
        elif veil is not None and e.id not in instead and not isinstance(e, Source):
            covered = _covered(veil, e)
            if isinstance(e, Claim | Course) and isinstance(covered, Claim | Course):
                covered = _named(covered, veil, (origins or {}).get(e.id))
            if covered != e:
                instead[e.id] = covered
    doubts = tuple(e.id for e in entries if isinstance(e, Doubt) and e.report in bare)
    others = [e for e in entries if isinstance(e, Report) and e.id not in bare]
    needed = {digest for e in others for digest in (e.original, e.text)}
    # A feed's bytes are the original of each of its items: they go with the last of them.
    kept = {digest for r in reports for digest in (r.original, r.text) if digest} - needed
    instead = _linked(entries, instead)
    rebound = tuple(_rebound(entries, instead))
    return Plan(instead, doubts, tuple(sorted(kept)), len(reports), words, added=rebound)


def _rebound(entries: Iterable[Entry], instead: Mapping[str, Entry]) -> Iterator[Judgement]:
    """What keeps the reprints of a forgotten text one lot with it, so that no toll moves.

    Which text a report repeats is no part of its identity, so an entry that says so anew would be nothing new.
    """
    for e in entries:
        if isinstance(e, Report) and e.reprints and e.id not in instead and e.reprints in instead:
            yield Judgement(
                verb=Verb.CORRECT, target=e.id, reason="the text that it repeats was forgotten", made_by="forget",
                changes=(("reprints", instead[e.reprints].id),),
            )  # fmt: skip


def _of_source(box: Box, entries: Sequence[Entry], source: Source) -> Plan:
    """A source without its name: its handle stands wherever it was named, and what names it loses its text."""
    book = known(box, entries)
    cards = [e for e in entries if isinstance(e, Source) and _same(e, source)]
    last = max(cards, key=lambda s: (s.recorded_at, s.id))
    hidden = replace(last, confidential=True, pseudonym=last.pseudonym or secrets.token_hex(4))
    names = tuple(replace(c, confidential=True, pseudonym=hidden.pseudonym) for c in cards)
    veil = Veil(replace(book, sources={hidden.id: hidden}, hidden=names))
    ids = {e.id for e in entries if isinstance(e, Report) and _names(box, veil, e)}
    own = {i: hidden.handle for i, origin in book.origin_of.items() if origin == last.handle}
    found = _of_reports(entries, ids, veil, own)
    # A card that names nobody keeps what is counted as the voice's own together.
    stub = replace(
        hidden,
        name=hidden.handle,
        aliases=(),
        party=None,
        coverage=(),
        notes="",
        confidential=False,
        pseudonym="",
    )
    gone = (*found.gone, *(c.id for c in cards if c.id != last.id))
    there = [
        p.name for p in (box.folder / box.config.sources).glob("*.toml") if _names_file(veil, p.read_bytes())
    ]
    warning = f"Delete its card first, or the next add records it again: {', '.join(there)}." if there else ""
    return replace(found, instead={**found.instead, last.id: stub}, gone=gone, warning=warning)


def _same(card: Source, other: Source) -> bool:
    same = bool(card.pseudonym) and card.pseudonym == other.pseudonym
    return same or fold(card.name) == fold(other.name)


def _names_file(veil: Veil, data: bytes) -> bool:
    text = data.decode(errors="replace")
    return veil.covered(text) != text


def _names(box: Box, veil: Veil, report: Report) -> bool:
    """Whether a report was published by a source or names it; one whose text cannot be looked at is taken to."""
    if _covered(veil, report) != report:
        return True
    if not report.text:
        return False
    try:
        return _names_file(veil, box.kept.fetch(report.text))
    except LogError:
        return True


def _covered(veil: Veil, entry: Entry) -> Entry:
    """The entry with the names covered; the marks of a report stay as its text does."""
    found = veil.entry(entry)
    if isinstance(found, Report) and isinstance(entry, Report):
        return replace(found, marks=entry.marks)
    return found


def _bare(report: Report, veil: Veil | None) -> Report:
    """The report without its words; the mark tells two of one publisher and day apart."""
    bare = replace(
        report,
        title=f"{WITHHELD} ({secrets.token_hex(3)})",
        address="",
        document="",
        original="",
        text="",
        marks=(),
    )
    return bare if veil is None else veil.entry(replace(bare, publisher=veil.covered(report.publisher)))


def _mute(statement: Claim | Course, report: str, number: int) -> Claim | Course:
    """The statement without its words; groups of one wording stay one group."""
    if isinstance(statement, Course):
        return replace(statement, report=report, quote=WITHHELD, place=None)
    return replace(
        statement,
        report=report,
        quote=WITHHELD,
        victims=f"group {number}" if statement.victims else None,
        perpetrator=None,
        figure=replace(statement.figure, as_written=""),
    )


def _named(statement: Claim | Course, veil: Veil | None, origin: str | None) -> Claim | Course:
    """The statement with its voice under the handle."""
    if veil is None:
        return statement
    covered = veil.entry(statement)
    return replace(covered, speaker=origin) if origin and covered.speaker else covered


def _linked(entries: Iterable[Entry], instead: Mapping[str, Entry]) -> dict[str, Entry]:
    """The replacements, and those of everything that speaks of what is replaced, by the new ids."""
    found = dict(instead)
    entries = list(entries)
    ids = {old: new.id for old, new in found.items()}
    for e in entries:
        now = found.get(e.id, e)
        if isinstance(now, Claim) and {now.part_of, now.supersedes} & ids.keys():
            now = replace(now, part_of=_to(ids, now.part_of), supersedes=_to(ids, now.supersedes))
            # What it is a share of is no part of its identity, so an entry of its own id would be nothing new.
            found[e.id] = now if e.id in found else replace(now, rule=f"{now.rule} ")
            ids[e.id] = found[e.id].id
    for e in entries:
        now = found.get(e.id, e)
        if isinstance(now, Report) and e.id in found and now.reprints in ids:
            found[e.id] = replace(now, reprints=_to(ids, now.reprints))
        elif isinstance(now, Link) and {now.claim, now.incident} & ids.keys():
            now = replace(
                now, claim=ids.get(now.claim, now.claim), incident=ids.get(now.incident, now.incident)
            )
        elif isinstance(now, Judgement):
            code, colon, subject = now.target.rpartition(":")
            now = replace(
                now,
                target=code + colon + ids.get(subject, subject),
                other=_to(ids, now.other),
                claims=tuple(ids.get(c, c) for c in now.claims),
                changes=tuple((name, ids.get(value, value)) for name, value in now.changes),
            )
        if now.id != e.id and now is not found.get(e.id):
            found[e.id] = now
        if now.id != e.id:
            ids[e.id] = now.id
    return found


def _to(ids: Mapping[str, str], reference: str | None) -> str | None:
    return None if reference is None else ids.get(reference, reference)
