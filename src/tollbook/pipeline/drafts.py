"""The life of a publication in a box: composed as a draft, confirmed, held back, withdrawn; its bytes are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tollbook import plugins
from tollbook.checks.scope import upto
from tollbook.codes import Verb
from tollbook.log import LogError
from tollbook.nouns import Entry, Judgement, Publication
from tollbook.people import Right
from tollbook.pipeline.box import Box, BoxError, known
from tollbook.pipeline.methods import methods
from tollbook.pipeline.release import digest
from tollbook.publish import feed
from tollbook.publish.edition import SECTIONS, Before, Told
from tollbook.releases import VERBS, Act, Release, against, alone, releases
from tollbook.toll.corrections import corrections
from tollbook.values import Book

CHANGES = "changes.json"


class ReleaseError(Exception):
    """An act on a publication that may not be: what stands against it, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a desk wants to publish.

    Attributes:
        incident: on which incident.
        formats: what is made.
        headline: in place of the incident's name.
        intro: some words before the figures.
        sections: which parts of the bulletin stand.
        notice: a language in which it is told how to read it, or empty.
        method: of the tolls.
        as_of: only what was said up to this day.
        known_at: only what was recorded up to this moment.
        embargo: before which nobody outside may know of it.
        replaces: id of the publication that it corrects.
    """

    incident: str
    formats: tuple[str, ...] = ("bulletin", "csv", "json")
    headline: str = ""
    intro: str = ""
    sections: frozenset[str] = field(default_factory=lambda: frozenset(SECTIONS))
    notice: str = ""
    method: str = "strict"
    as_of: date | None = None
    known_at: datetime | None = None
    embargo: datetime | None = None
    replaces: str | None = None


def made(
    box: Box, entries: Sequence[Entry], head: tuple[int, str], plan: Plan, now: datetime
) -> dict[str, bytes]:
    """The files of a plan by name, nothing written.

    Args:
        box: the box.
        entries: those of its log up to the head.
        head: the position and hash that they are cut at.
        plan: what is wanted.
        now: the moment.

    Raises:
        BoxError: there is no such format or incident.
        ProseError: a number in the headline or the introduction is none of the book's, or lacks its hedge or speaker.
        FormatError: a format cannot be made here.
        TollError: there is no such method.
    """
    offered = plugins.formats()
    strange = [f for f in plan.formats if f not in offered]
    if strange or not plan.formats:
        raise BoxError(
            f"there is no format {', '.join(strange) or '(none)'}; there are {', '.join(sorted(offered))}"
        )
    book = upto(known(box, entries, plan.known_at), plan.as_of)
    if plan.incident not in book.incidents:
        raise BoxError(
            f"there is no incident {plan.incident!r} in the book of that day and moment; choose another"
        )
    told = _told(box, known(box, entries), head, plan, now)

    def texts(report: str) -> str:
        return box.text(book.reports[report])

    rules = methods(box.folder)
    files: dict[str, bytes] = {}
    for name in plan.formats:
        more = {"told": told} if name in {"bulletin", "pdf"} else {}
        files |= offered[name](
            book, plan.incident, method=plan.method, now=now, texts=texts, methods=rules, **more
        )
    if (before := told.before) is not None:
        moved = list(corrections(before.publication, before.book, book, rules))
        files[CHANGES] = feed.json_feed(book, moved, now=now, incident=plan.incident)
    return files


def _told(box: Box, newest: Book, head: tuple[int, str], plan: Plan, now: datetime) -> Told:
    """What the desk adds to the bulletin."""
    last = _last(newest, plan, now)
    before = (
        Before(publication=last, book=_then(box, last), corrects=last.id == plan.replaces) if last else None
    )
    return Told(
        headline=plan.headline.strip(), intro=plan.intro.strip(), sections=plan.sections, notice=plan.notice,
        before=before, log=head,
    )  # fmt: skip


def _last(book: Book, plan: Plan, now: datetime) -> Publication | None:
    """What the new one corrects, else the last public bulletin of the incident."""
    found = releases(book, now)
    if plan.replaces:
        old = found.get(plan.replaces)
        if old is None or not old.seen:
            raise BoxError("what is to be corrected is not public; only what is public can be corrected")
        return old.publication
    there = [
        r.publication
        for r in found.values()
        if r.seen and book.merged.get(r.publication.incident, r.publication.incident) == plan.incident
    ]
    return there[-1] if there else None


def _then(box: Box, publication: Publication) -> Book:
    """The book that a publication was made of."""
    entries = box.log.entries(upto=publication.upto)
    return upto(known(box, entries, publication.known_at), publication.as_of)


def draft(box: Box, plan: Plan, *, now: datetime, by: str, rights: frozenset[Right]) -> Publication:
    """The draft of a plan: its files are kept, and it waits for a second person.

    Raises:
        ReleaseError: who asks may not, or the embargo has passed.
        BoxError, ProseError, FormatError, TollError: as of ``made``.
        LogError: the box cannot be written.
    """
    if not by.strip() or Right.WORK not in rights:
        raise ReleaseError("To compose a draft needs the right to work at the desk; ask its keeper.")
    if plan.embargo is not None and plan.embargo <= now:
        raise ReleaseError("That embargo has passed already; leave it out, or name a moment to come.")
    head = box.log.head()
    entries = box.log.entries(upto=head[0])
    files = made(box, entries, head, plan, now)
    kept = tuple((name, box.kept.keep(data)) for name, data in sorted(files.items()))
    book = known(box, entries)
    title = plan.headline.strip() or book.incidents[plan.incident].name
    record = Publication(
        said_on=now.date(), recorded_at=now, made_by=by, format=" ".join(plan.formats), incident=plan.incident, upto=head[0],
        head=head[1], digest=digest(files), method=plan.method, as_of=plan.as_of, known_at=plan.known_at,
        proposed=True, title=title, embargo=plan.embargo, replaces=plan.replaces, files=kept,
    )  # fmt: skip
    box.log.append([record])
    return record


def act(
    box: Box, act: Act, publication: str, reason: str, *, now: datetime, by: str, rights: frozenset[Right]
) -> Judgement:
    """A person's act on a publication, recorded; checked and written against one position of the log.

    Raises:
        ReleaseError: something stands against it.
        MovedError: the log has grown meanwhile; nothing was written.
        LogError: the box cannot be written.
    """
    position = box.log.head()[0]
    book = known(box, box.log.entries(upto=position))
    release = releases(book, now).get(publication)
    if release is None:
        raise ReleaseError("There is no such publication.")
    said = against(act, release, by, rights, alone(book, release.publication.incident, by))
    if said:
        raise ReleaseError(said)
    if not reason.strip():
        raise ReleaseError("Say why; the reason stays on record.")
    if act is Act.CONFIRM:
        _whole(box, release)
    verb = Verb.UNDO if act is Act.KEEP else VERBS[act]
    target = release.asked.id if act is Act.KEEP and release.asked else publication
    word = Judgement(
        said_on=now.date(), recorded_at=now, made_by=by, verb=verb, target=target, reason=reason.strip(),
        nonce=now.isoformat(),
    )  # fmt: skip
    box.log.append([word], after=position)
    return word


def _whole(box: Box, release: Release) -> None:
    """Raises unless the kept bytes are those of the record: what is confirmed is the bytes."""
    try:
        files = content(box, release.publication)
    except LogError as error:
        raise ReleaseError(f"Its files are not whole: {error}. Hold it back and make it anew.") from error
    if digest(files) != release.publication.digest:
        raise ReleaseError("Its files are not those of its record. Hold it back and make it anew.")


def content(box: Box, publication: Publication) -> dict[str, bytes]:
    """The files of a publication by name, as they were made.

    Raises:
        LogError: one was forgotten, or is damaged.
    """
    return {name: box.kept.fetch(kept) for name, kept in publication.files}


def changes(box: Box, publication: Publication) -> list[dict[str, object]]:
    """What moved between what a publication corrects and itself, as it was confirmed: the items of its own feed."""
    kept = dict(publication.files).get(CHANGES)
    items: list[dict[str, object]] = json.loads(box.kept.fetch(kept))["items"] if kept else []
    return items


__all__ = ["CHANGES", "Plan", "ReleaseError", "act", "changes", "content", "draft", "made"]
