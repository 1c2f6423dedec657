"""What comes in: gathered, kept, read, grouped, matched, recorded; one report is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import TypeVar

from tollbook import incidents, places, plugins
from tollbook.book import grown, realise
from tollbook.config import ConfigError
from tollbook.connectors import Incoming, InputError, Refused
from tollbook.log import LogError, MovedError
from tollbook.nouns import Doubt, Entry, Incident, Link, Report, Source, Statement, Unread
from tollbook.pipeline.box import Box, BoxError, changed_cards
from tollbook.pipeline.gathering import count, gathered
from tollbook.pipeline.reprints import Reprints
from tollbook.readers import ReaderError
from tollbook.values import Book, Reading

S = TypeVar("S", bound=Statement | Doubt)

# (done, of how many, name); the second is 0 while nobody knows.
Progress = Callable[[int, int, str], None]

# Two writers that meet at every report would need luck of one in thousands to meet so often at one.
TRIES = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One text with what was read in it.

    Attributes:
        notes: what was doubtful on the way in or in the reading, a sentence each.
    """

    report: Report
    body: str
    reading: Reading
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Ingested:
    """What became of what was given.

    Attributes:
        added: the reports that are new in the box.
        known: how many were there already.
        unread: what could not be read, kept with its reason.
        claims: how many claims the new reports make.
        courses: how many course claims.
        founded: the incidents that are new.
        cards: the source cards that were new or had changed.
        notes: (document, sentence) pairs of what was doubtful.
    """

    added: list[Report] = field(default_factory=list)
    known: int = 0
    unread: list[Unread] = field(default_factory=list)
    claims: int = 0
    courses: int = 0
    founded: list[Incident] = field(default_factory=list)
    cards: list[Source] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def ingest(
    box: Box,
    targets: Sequence[str],
    *,
    now: datetime,
    progress: Progress = lambda *_: None,
    published: date | None = None,
    stdin: bytes | None = None,
    dry_run: bool = False,
) -> Ingested:
    """Adds what stands behind the targets to the box; the same report twice changes nothing.

    A fault in one document does not stop the others: it is kept and recorded as unread, with the reason. A
    target that is not there at all is told after the others are done.

    Args:
        box: where to.
        targets: paths, addresses, or ``-`` for the pipe.
        now: the moment of recording.
        progress: told after every document.
        published: the day of texts that give none.
        stdin: what came through the pipe.
        dry_run: whether nothing is to be written.

    Raises:
        InputError: a target is missing or may not be read.
        ConfigError: a source card cannot be used; nothing was added.
        LogError: the box cannot be written; what was recorded before stays recorded.
    """
    run = Intake(box, now, dry_run=dry_run)
    run.cards()
    missing: list[str] = []
    done, total = 0, count(targets)
    for target in targets:
        try:
            for item in gathered(target, published, stdin, allow_private=box.config.allow_private):
                with _after(done):
                    run.take(item)
                done += 1
                progress(done, max(done, total), item.document)
        except InputError as error:
            missing.append(str(error))
    if missing:
        rest = f"; all else ({done}) was done" if done else ""
        raise InputError("; ".join(missing) + rest)
    return run.done


def documents(
    targets: Sequence[str],
    *,
    published: date | None = None,
    stdin: bytes | None = None,
    reader: str = "rules",
    allow_private: bool = False,
) -> Iterator[Item | Refused]:
    """Each text behind the targets, read, without a box; what cannot be read comes as a refusal.

    Raises:
        InputError: a target is missing or may not be read.
        BoxError: there is no reader of that name.
    """
    how = _reader(reader)
    for target in targets:
        for item in gathered(target, published, stdin, allow_private=allow_private):
            if isinstance(item, Refused):
                yield item
                continue
            try:
                yield _read(item, how)
            except ConfigError:
                raise
            except ReaderError as error:
                yield Refused(item.original, item.document, item.origin, str(error))
            except Exception as error:  # noqa: BLE001  (whatever breaks in one text must not stop the others)
                yield Refused(item.original, item.document, item.origin, _fault(error))


class Intake:
    """One run of ``ingest``: the book as it grows, and what became of each thing."""

    def __init__(self, box: Box, now: datetime, *, dry_run: bool) -> None:
        self.box, self.now, self.dry_run = box, now, dry_run
        self.reader = _reader(box.config.reader)
        self.done = Ingested()
        self.reprints = Reprints(box)
        self._kept: tuple[bytes | None, str] = (None, "")
        if not dry_run:
            box.kept.sweep()
        self.position = box.log.head()[0]
        self.entries = box.log.entries(upto=self.position)
        self.ids = {entry.id for entry in self.entries}
        self.book: Book = realise(self.entries, two_persons=box.config.two_persons)

    def cards(self) -> None:
        """Records the source cards that are new or changed."""

        def changed() -> Sequence[Source]:
            known = (e for e in self.entries if isinstance(e, Source))
            self.done.cards = list(changed_cards(self.box, known, self.now))
            return self.done.cards

        self._record(changed)

    def take(self, item: Incoming | Refused) -> None:
        """Keeps one thing, reads it and records what was found, or why nothing was."""
        if isinstance(item, Refused):
            self._set_aside(item)
            return
        if out := _out_of_time(item, self.now):
            self._set_aside(Refused(item.original, item.document, item.origin, out))
            return
        report = _report(item)
        if report.id in self.ids:
            self.done.known += 1
            return
        try:
            found = _read(item, self.reader)
        except ConfigError:
            raise
        except ReaderError as error:
            self._set_aside(Refused(item.original, item.document, item.origin, str(error)))
            return
        except Exception as error:  # noqa: BLE001  (whatever breaks in one text must not stop the others)
            self._set_aside(Refused(item.original, item.document, item.origin, _fault(error)))
            return
        self._keep(item.original)
        if not self.dry_run:
            self.box.kept.keep(item.body.encode())
        try:
            entries = self._record(lambda: self._entries(found))
        except _MatchingError as error:
            self._set_aside(
                Refused(item.original, item.document, item.origin, _fault(error.__cause__ or error))
            )
            return
        self.done.added.append(found.report)
        self.done.claims += len(found.reading.claims)
        self.done.courses += len(found.reading.courses)
        self.done.founded += [e for e in entries if isinstance(e, Incident)]
        repeated = [e.reprints for e in entries if isinstance(e, Report) and e.reprints]
        notes = (*found.notes, *(f"its text repeats report {i}; the two are one origin" for i in repeated))
        self.done.notes += [(item.document, note) for note in notes]

    def _entries(self, found: Item) -> list[Entry]:
        """A report with all that was found in it, placed in the book as it is now."""
        read = found.reading
        stamped = [replace(e, recorded_at=self.now) for e in (*read.claims, *read.courses, *read.doubts)]
        repeats = self.reprints.of(found.report, found.body, self.book)
        known_by = incidents.marks(found.body)
        report = replace(found.report, recorded_at=self.now, reprints=repeats, marks=known_by)
        try:
            placed: Sequence[Incident | Link] = incidents.match(
                report, found.reading, self.book, self.now, places.resolver(self.book.sites.values())
            )
        except Exception as error:
            raise _MatchingError from error
        return [report, *stamped, *(replace(e, recorded_at=self.now) for e in placed)]

    def _set_aside(self, item: Refused) -> None:
        unread = Unread(
            original=self._keep(item.original) if item.original else "",
            document=item.document,
            origin=item.origin,
            reason=item.reason,
            recorded_at=self.now,
            made_by=_maker(),
        )
        self._record(lambda: [unread])
        self.done.unread.append(unread)

    def _keep(self, original: bytes) -> str:
        """The digest of an original, which is kept. A feed is the original of many items, so the last is remembered."""
        if original is not self._kept[0]:
            digest = hashlib.sha256(original).hexdigest() if self.dry_run else self.box.kept.keep(original)
            self._kept = (original, digest)
        return self._kept[1]

    def _record(self, decide: Callable[[], Sequence[Entry]]) -> list[Entry]:
        """Appends what ``decide`` comes to; when somebody else wrote meanwhile, it decides again on the newer book."""
        for _ in range(TRIES):
            new = [entry for entry in decide() if entry.id not in self.ids]
            if not self.dry_run and new:
                try:
                    self.box.log.append(new, after=self.position)
                except MovedError as error:
                    moved = error
                    self._catch_up()
                    continue
                self.position += len(new)
            self._learn(new)
            return new
        raise moved

    def _catch_up(self) -> None:
        head = self.box.log.head()[0]
        others = self.box.log.entries(after=self.position, upto=head)
        self.position = head
        self._learn(others)

    def _learn(self, new: Sequence[Entry]) -> None:
        self.book = grown(self.book, self.entries, new)
        self.entries += new
        self.ids |= {entry.id for entry in new}


@contextmanager
def _after(done: int) -> Iterator[None]:
    """Says of a log that fails in the middle what it holds by then."""
    try:
        yield
    except LogError as error:
        if not done:
            raise
        raise type(error)(
            f"{error}; the {done} before it were done: the same command goes on from there"
        ) from error


# A report of the evening in one time zone is of the next day in another.
_ZONES = timedelta(days=1)


def _out_of_time(item: Incoming, now: datetime) -> str | None:
    """Why a report of that day cannot be counted; None when it can."""
    published = item.published
    if published is None:
        notes = [note for note in item.notes if "date" in note]
        return "; ".join(
            (*notes, "it names no day on which it was published; add it again with --published DAY")
        )
    if published > now.date() + _ZONES:
        return (
            f"it bears the day {published}, which is still to come; correct that in the text and add it again"
        )
    return None


class _MatchingError(Exception):
    """Placing the claims of a report failed; the cause says how."""


def _read(item: Incoming, reader: plugins.Reader) -> Item:
    """The text with its reading; a claim whose words do not stand in the text is left out, with a note."""
    report = _report(item)
    reading = reader.read(report, item.body)
    notes = list(item.notes)
    claims = _sound(reading.claims, report, item.body, notes)
    if reader.machine:
        claims = tuple(replace(claim, proposed=True) for claim in claims)
    courses = _sound(reading.courses, report, item.body, notes)
    doubts = _sound(reading.doubts, report, item.body, notes)
    notes += [f"“{' '.join(doubt.quote.split())}” is no claim: {doubt.why}" for doubt in doubts]
    whole = replace(reading, claims=claims, courses=courses, doubts=doubts)
    return Item(report, item.body, replace(whole, topics=incidents.topics(whole, item.title)), tuple(notes))


def _sound(found: Sequence[S], report: Report, body: str, notes: list[str]) -> tuple[S, ...]:
    """The statements whose words stand in the text where they say, each once."""
    kept: dict[str, S] = {}
    for statement in found:
        stands = body[statement.span.start : statement.span.end] == statement.quote and statement.quote
        if stands and statement.report == report.id:
            kept.setdefault(statement.id, statement)
        else:
            notes.append(
                f"the reader gave words that do not stand in the text, so no claim: “{statement.quote[:80]}”"
            )
    return tuple(kept.values())


def _report(item: Incoming) -> Report:
    return Report(
        said_on=item.published,
        title=item.title,
        publisher=item.publisher,
        address=item.address,
        lang=item.lang or "en",
        original=hashlib.sha256(item.original).hexdigest(),
        text=hashlib.sha256(item.body.encode()).hexdigest(),
        document=item.document,
        origin=item.origin,
        made_by=_maker(),
    )


def _maker() -> str:
    return f"tollbook {version('tollbook')}"


def _fault(error: BaseException) -> str:
    # The words of the error may hold words of the text, which do not belong in a message.
    return (
        f"reading it failed, and the fault is tollbook's ({type(error).__name__}); the original is kept: tell the "
        f"maintainers, and add it again with a newer version"
    )


def _reader(name: str) -> plugins.Reader:
    offered = plugins.readers()
    if name not in offered:
        raise BoxError(
            f"there is no reader {name!r}; one of {', '.join(offered)}, or install the package it is in"
        )
    return offered[name]
