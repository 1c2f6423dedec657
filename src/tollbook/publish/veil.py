"""What may leave the box: names of confidential sources become handles, signs that run or mislead become visible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from tollbook.figures import Figure
from tollbook.nouns import Entry, Report, Source, Statement
from tollbook.publish.names import Names, halved
from tollbook.values import Book

E = TypeVar("E", bound=Entry)

# Controls that turn the direction of what follows, and those that a terminal or a browser may obey.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """The text with hidden signs written out: a right-to-left override reads ⟨U+202E⟩ and turns nothing."""
    text = _LONE.sub("\ufffd", text.replace("\r\n", "\n"))
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)


class Veil:
    """Puts handles for the names of a book's confidential sources, wherever they stand in a text.

    Everything that is published, exported or printed goes through one. Names are found without regard to case,
    script variants, articles, punctuation, initials and endings; see ``names``.

    Attributes:
        covers: the names that it covers, each with what stands for it. They must not be shown, written or digested.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        pairs: dict[str, str] = {}
        for source in (*book.hidden, *(s for s in book.sources.values() if s.confidential)):
            pairs |= dict.fromkeys((*source.aliases, source.name), source.handle)
        if pairs:
            # A reader may take half of a name for the voice; then that half tells as much.
            voices = {v for s in _statements(book) for v in (s.speaker, *s.relayed_by) if v}
            pairs = {v: handle for v in voices if (handle := halved(v, pairs))} | pairs
        self._names = Names(pairs.items())
        self.covers = tuple(sorted(pairs.items()))

    def __call__(self, text: str) -> str:
        """The text as it may be shown: names covered, hidden signs written out."""
        return shown(self.covered(text))

    def __bool__(self) -> bool:
        return bool(self._names)

    def covered(self, text: str) -> str:
        """The text with names covered and everything else as it stands."""
        return self._names.replaced(text)[0]

    def sentence(self, *pieces: str) -> tuple[str, ...]:
        """The pieces of one sentence as they may be shown; a name may run over from one to the next."""
        return tuple(shown(piece) for piece in self._names.replaced(*pieces))

    def name(self, who: str | None) -> str:
        """The name of a voice as it may be shown: its card's handle, else the name itself."""
        if not who:
            return ""
        card = self._book.source(who)
        return self(card.handle) if card else self(who)

    def hides(self, report: Report) -> bool:
        """Whether the report's publisher is confidential, so that its address, headline and file would tell who it is."""
        card = self._book.source(report.publisher)
        return (card is not None and card.confidential) or self._names.within(report.publisher)

    def address(self, report: Report) -> str:
        """The report's address where it may be shown and is one of the web's; else empty."""
        return "" if self.hides(report) else self.covered(web(report.address))

    def document(self, report: Report) -> str:
        """The short name of a report as it may be shown: as a person gave it, else its id."""
        return report.id if self.hides(report) or not report.document else self(report.document)

    def entry(self, entry: E) -> E:
        """The entry as it may be shown, every field covered; its id is no longer that of what it says."""
        if not self:
            return entry
        if isinstance(entry, Source) and (entry.confidential or self._names.within(entry.name)):
            handle = entry.handle if entry.confidential else self.covered(entry.name)
            return replace(entry, name=handle, aliases=(), party=None, coverage=(), notes="")
        changes: dict[str, object] = {}
        if isinstance(entry, Report):
            # One word of a name does not show whose it is, several do.
            changes = {"marks": ()}
            first = self._book.reports.get(entry.reprints or "")
            if self.hides(entry):
                changes |= {"title": "", "address": "", "document": "", "reprints": None}
            elif first is not None and self.hides(first):
                # Which text of the others a confidential voice wrote would tell who it is.
                changes["reprints"] = None
        for field in fields(entry):
            value = changes.get(field.name, getattr(entry, field.name))
            covered = self.all(value)
            if covered != getattr(entry, field.name):
                changes[field.name] = covered
        return replace(entry, **changes) if changes else entry  # type: ignore[arg-type]  # each of its own kind

    def all(self, value: object) -> object:
        """The value with every text in it covered: of tuples, lists, mappings and figures, too."""
        if isinstance(value, Figure):
            return replace(value, as_written=self.covered(value.as_written))
        if isinstance(value, StrEnum):
            return value
        if isinstance(value, str):
            return self.covered(value)
        if isinstance(value, Mapping):
            return {self.all(key): self.all(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.all(inner) for inner in value]
        return tuple(self.all(inner) for inner in value) if isinstance(value, tuple) else value


def _statements(book: Book) -> Iterator[Statement]:
    yield from book.claims.values()
    yield from book.courses.values()
    yield from book.waiting.values()
    yield from (claim for claim, _ in book.fallen.values())


def web(address: str) -> str:
    """The address when it is plain http or https without user and blanks; else empty."""
    address = address.strip()
    if (
        not address
        or any(ch.isspace() or ord(ch) < 33 or ch in "<>\"'`\\" for ch in address)
        or _HIDDEN.search(address)
    ):
        return ""
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and host and user is None else ""
