"""The search of a box: an index of words kept up with the log, and what is looked for found in it.

The index is of covered texts, so no name of a confidential source is in it. When the names that are covered change (a card, a
voice that is half of a name), or something is forgotten, the index is emptied and made anew.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Verb
from tollbook.log import Doc, Hit, LogError, Upto, Words
from tollbook.nouns import (
    Claim,
    Course,
    Doubt,
    Entry,
    Forgotten,
    Incident,
    Judgement,
    Report,
    Site,
    Source,
    Span,
)
from tollbook.pipeline.box import INDEX, Box
from tollbook.pipeline.terms import Query, words
from tollbook.publish.veil import Veil
from tollbook.values import Book

VERSION = "1"  # of how words are folded and what of an entry is looked for
KINDS: tuple[type[Entry], ...] = (Incident, Report, Claim, Course, Doubt, Source, Site)
_CHANGING = frozenset({Verb.CORRECT, Verb.REJECT, Verb.WITHDRAW})
# So many characters around a quote are looked at when names are covered in it: one may begin outside.
_AROUND = 200


@dataclass(frozen=True)
class Stand:
    """What the box holds at a moment, for the index to be brought up to.

    Attributes:
        entries: every entry, in the order of the log.
        book: their book.
        veil: its veil.
        position: the last position.
        head: its hash.
    """

    entries: Sequence[Entry]
    book: Book
    veil: Veil
    position: int
    head: str


class Searching:
    """The search of an open box; threads may share it.

    Attributes:
        making: how many things of how many the making of the index has done; None while nothing is being made.
        fault: why it could not be made, in a sentence; empty while all is well.
    """

    def __init__(self, box: Box) -> None:
        self._box = box
        self._path = box.folder / INDEX
        self._words: Words | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.making: tuple[int, int] | None = None
        self.fault = ""

    def ready(self, stand: Stand, wait: float = 1.5) -> bool:
        """Whether the index goes up to that moment; if it does not, it is being brought there when this returns.

        Args:
            stand: the moment.
            wait: for so many seconds.
        """
        with self._lock:
            if self._upto(stand):
                return True
            if self._thread is None or not self._thread.is_alive():
                self.fault = ""
                self._thread = threading.Thread(target=self._bring, args=(stand,), daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(wait)
        return not thread.is_alive() and not self.fault and self._upto(stand)

    def find(self, query: Query) -> list[Hit]:
        """Everything that the index holds of what is looked for.

        Raises:
            LogError: the index cannot be read.
        """
        return self._opened().find(query.wanted, query.unwanted)

    def text(self, report: Report) -> str:
        """The text of a report as it is kept; empty where it was forgotten or is not there."""
        try:
            return self._box.text(report) if report.text else ""
        except LogError:
            return ""

    def close(self) -> None:
        """Stops what is being made and closes the index."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        if self._words is not None:
            self._words.close()

    def _opened(self) -> Words:
        if self._words is not None and not self._path.exists():
            self._words.close()  # somebody deleted it: it is made anew
            self._words = None
        if self._words is None:
            self._words = Words.open(self._path)
        return self._words

    def _upto(self, stand: Stand) -> bool:
        try:
            made = self._opened().made
        except LogError as error:
            self.fault = str(error)
            return False
        return made == self._made(stand)

    def _made(self, stand: Stand) -> Upto:
        # The names go through the log's secret: a digest that anybody can make would confirm a guess of one.
        names = "\n".join("\t".join(pair) for pair in stand.veil.covers)
        return Upto(stand.position, stand.head, f"{VERSION} {self._box.log.sealed(names)}")

    def _bring(self, stand: Stand) -> None:
        """Brings the index up to that moment: by what is new, or anew."""
        try:
            index, wanted = self._opened(), self._made(stand)
            made = index.made
            new = self._since(stand, made, wanted)
            if new is None:
                self.making = (0, len(stand.entries))
                index.clear()
                docs = docs_of(self._box, stand, stand.entries)
                for count in index.fill(docs, wanted):
                    self.making = (count, len(stand.entries))
                    if self._stop.is_set():
                        return
            else:
                self._extend(index, stand, new, wanted)
        except LogError as error:
            self.fault = str(error)
        finally:
            self.making = None

    def _since(self, stand: Stand, made: Upto | None, wanted: Upto) -> list[Entry] | None:
        """What the log holds more than the index; None where the index must be made anew."""
        if made is None or made.version != wanted.version or made.position > wanted.position:
            return None
        if self._box.log.hash_at(made.position) != made.hash:
            return None
        new = self._box.log.entries(upto=wanted.position, after=made.position)
        if any(isinstance(e, Forgotten | Source) for e in new):
            return None  # a card says anew whose word every claim is
        cards = {e.id for e in stand.entries if isinstance(e, Source)}
        return None if any(i in cards for i in _judged(stand.book, new)) else new

    def _extend(self, index: Words, stand: Stand, new: Sequence[Entry], wanted: Upto) -> None:
        """Adds what is new, and what people changed, as it reads now."""
        spoken = set(_judged(stand.book, new))
        changed = [e for e in stand.entries if e.id in spoken] if spoken else []
        fresh = {e.id: e for e in (*new, *changed)}
        index.put(docs_of(self._box, stand, fresh.values()), wanted)


def _judged(book: Book, new: Iterable[Entry]) -> Iterator[str]:
    """The ids of what judgements among the new entries, or those that they undo, speak of; comments change no words."""
    for entry in new:
        at: Entry | None = entry
        while isinstance(at, Judgement) and at.verb is Verb.UNDO:
            at = book.judgements.get(at.target)
        if isinstance(at, Judgement) and at.verb in _CHANGING:
            yield at.target


def docs_of(box: Box, stand: Stand, entries: Iterable[Entry]) -> Iterator[Doc]:
    """What can be found of these entries, covered; statements as people corrected them."""
    texts = _Texts(box, stand)
    for entry in entries:
        if isinstance(entry, KINDS):
            day = entry.said_on or date.min
            yield Doc(entry.id, entry.KIND, day.toordinal(), " ".join(_words(stand, texts, entry)))


class _Texts:
    """The covered texts of reports; the last one is kept, since statements come behind their report."""

    def __init__(self, box: Box, stand: Stand) -> None:
        self._box, self._stand = box, stand
        self._last: tuple[str, str] = ("", "")

    def plain(self, report: Report | None) -> str:
        """The text as it is kept; empty where it was forgotten or is not there."""
        if report is None or not report.text:
            return ""
        if self._last[0] != report.text:
            try:
                self._last = (report.text, self._box.text(report))
            except LogError:
                return ""
        return self._last[1]

    def quote(self, report: Report | None, quote: str, span: Span) -> str:
        """A quote with the names in it covered, also one that begins before it or goes on behind it."""
        veil = self._stand.veil
        if not veil:
            return quote
        text = self.plain(report)
        if text[span.start : span.end] != quote:
            return veil(quote)
        before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
        return veil.sentence(before, quote, after)[1]


def _words(stand: Stand, texts: _Texts, entry: Entry) -> Iterator[str]:
    book, veil = stand.book, stand.veil
    if isinstance(entry, Report):
        covered = veil.entry(book.reports.get(entry.id, entry))
        yield words(covered.title, covered.publisher, veil(texts.plain(entry)))
        return
    if isinstance(entry, Claim | Course | Doubt):
        quote = texts.quote(book.reports.get(entry.report), entry.quote, entry.span)
        said = book.claims.get(entry.id) or book.courses.get(entry.id) or book.waiting.get(entry.id) or entry
        yield words(quote)
        if isinstance(said, Claim):
            more = (said.victims, said.perpetrator, said.party, str(said.outcome))
            yield words(*(veil(text) for text in more if text))
        if isinstance(said, Course):
            yield words(said.type, *(veil(actor) for actor in said.actors))
        if isinstance(said, Claim | Course):
            voices = (book.origin_of.get(entry.id), said.speaker, *said.relayed_by)
            yield words(*(veil.name(who) for who in dict.fromkeys(voices) if who), veil(said.place or ""))
        return
    if isinstance(entry, Incident):
        known = book.incidents.get(entry.id, entry)
        yield words(veil(known.name), veil(known.place or ""))
        return
    now = book.sources.get(entry.id) or book.sites.get(entry.id) or entry
    covered_now = veil.entry(now)
    if isinstance(covered_now, Source):
        yield words(
            covered_now.name,
            *covered_now.aliases,
            covered_now.party,
            *covered_now.coverage,
            covered_now.notes,
        )
    if isinstance(covered_now, Site):
        yield words(covered_now.name, *covered_now.aliases, covered_now.note)
