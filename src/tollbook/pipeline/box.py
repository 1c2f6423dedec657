"""A box: a folder with its settings, source cards, the log and the kept originals."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from tollbook import config
from tollbook.book import grown, realise
from tollbook.config import Config, ConfigError
from tollbook.log import Kept, Log, LogError, emptied
from tollbook.nouns import EPOCH, Claim, Course, Doubt, Entry, Link, Report, Source
from tollbook.pipeline.cards import card as card_of
from tollbook.pipeline.hiding import hidden
from tollbook.values import Book, fold

SETTINGS = "tollbook.toml"
INDEX = "search.db"  # of words; it may be deleted at any time


class BoxError(Exception):
    """A folder that is no box, or cannot be made one: where, and what to do."""


@dataclass(frozen=True)
class Box:
    """An open box; a context manager, or to be closed.

    Attributes:
        folder: where it is.
        config: its settings.
        log: its memory.
        kept: originals and extracted texts.
    """

    folder: Path
    config: Config
    log: Log
    kept: Kept

    def text(self, report: Report) -> str:
        """The text of a report, whose characters spans count.

        Raises:
            LogError: it was forgotten, or the kept file is damaged.
        """
        return self.kept.fetch(report.text).decode()

    def close(self) -> None:
        """Closes the log."""
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def init_box(folder: Path | str) -> None:
    """Makes a box of a folder, or finishes one whose making was interrupted; nothing that is there is changed.

    Raises:
        BoxError: the folder cannot be made or written.
        LogError: the log cannot be made there.
    """
    folder, usual = Path(folder), Config()
    try:
        # Only its owner may look into a box.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (usual.sources, usual.methods, usual.kept):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        Log.open(folder / usual.log, create=True).close()
        # The settings come last: they are what makes a folder a box.
        if not (folder / SETTINGS).exists():
            aside = folder / f"{SETTINGS}.{os.getpid()}.tmp"
            aside.write_text(config.TEMPLATE, encoding="utf-8")
            aside.replace(folder / SETTINGS)
    except OSError as error:
        raise BoxError(
            f"{folder} cannot be made a box: {(error.strerror or str(error)).lower()}; choose a folder that you may "
            f"write"
        ) from error


def open_box(folder: Path | str) -> Box:
    """The box in that folder, open.

    Raises:
        BoxError: it is no box.
        ConfigError: its settings cannot be used.
        LogError: its log is missing, damaged or cannot be opened.
    """
    folder = Path(folder)
    said = settings(folder)
    log = said.log if "://" in said.log else folder / said.log
    return Box(folder, said, Log.open(log), Kept(folder / said.kept))


def settings(folder: Path) -> Config:
    """The settings of the box in that folder.

    Raises:
        BoxError: it is no box.
        ConfigError: its settings cannot be used.
    """
    path = folder / SETTINGS
    if not path.is_file():
        raise BoxError(
            f"{folder} is not a box (it holds no {SETTINGS}); make one with: tollbook init {folder}"
        )
    return config.parse(words(path), str(path))


def side_log(box: Box, name: str) -> Log:
    """The log of that name in the box's folder of the desk, made if need be: its people, or its audit.

    Raises:
        BoxError: the folder cannot be made.
        LogError: it cannot be opened.
    """
    folder = box.folder / "desk"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BoxError(f"{folder} cannot be made: {(error.strerror or str(error)).lower()}") from error
    return Log.open(folder / f"{name}.db", create=True)


def book(box: Box, known_at: datetime | None = None) -> Book:
    """The book of the box, as it was known at a moment; without one, as it is known."""
    return known(box, box.log.entries(), known_at)


def known(box: Box, entries: Sequence[Entry], known_at: datetime | None = None) -> Book:
    """The book of these entries at a moment, with everybody whom the box hides by now."""
    two = box.config.two_persons
    whole = realise(entries, two_persons=two)
    wanted = whole if known_at is None else realise(entries, known_at, two_persons=two)
    return replace(
        wanted, hidden=hidden(whole, (e for e in entries if isinstance(e, Source)), _in_folder(box))
    )


def more(
    box: Box, before: Book, entries: Sequence[Entry], new: Sequence[Entry]
) -> tuple[Book, tuple[Entry, ...]]:
    """The book of ``entries`` and ``new`` given that of ``entries``, with whom the box hides by now, and all entries."""
    every = (*entries, *new)
    after = grown(before, entries, new)
    hide = hidden(after, (e for e in every if isinstance(e, Source)), _in_folder(box))
    return (after if hide == after.hidden else replace(after, hidden=hide)), every


def _in_folder(box: Box) -> tuple[Source, ...]:
    """The cards in the folder; none where one of them cannot be used, of which ``add`` complains."""
    try:
        return cards(box)
    except ConfigError:
        return ()


def cards(box: Box) -> tuple[Source, ...]:
    """The source cards in the box's folder.

    Raises:
        ConfigError: a card cannot be used, two are of one name, or two share another name.
    """
    found: dict[str, Path] = {}
    aliases: dict[str, Path] = {}
    read: list[Source] = []
    for path in sorted((box.folder / box.config.sources).glob("*.toml")):
        card = card_of(words(path), str(path))
        twin = found.setdefault(card.name.casefold(), path)
        if twin != path:
            raise ConfigError(f"{path} and {twin} are cards of one name; put them together")
        for alias in card.aliases:
            twin = aliases.setdefault(fold(alias), path)
            if twin != path:
                # Which name it is may not be said: one of the two may be confidential.
                raise ConfigError(
                    f"{path} and {twin} list the same alias, so nobody can tell whose word it is; leave it on one"
                )
        read.append(card)
    return tuple(read)


def changed_cards(box: Box, sources: Iterable[Source], now: datetime) -> tuple[Source, ...]:
    """The cards that are new or say something else than the last of that name in the log, dated.

    A confidential card has the pseudonym that it or an older card of the same voice was given, else a new one.
    """
    known = sorted(sources, key=lambda s: (s.recorded_at, s.id))
    last = {s.name.casefold(): _bare(s) for s in known}
    now_there = cards(box)
    kept = {card.name.casefold() for card in now_there}
    return tuple(
        replace(card, said_on=now.date(), recorded_at=now, made_by="source card")
        for card in _named(now_there, known, kept)
        if last.get(card.name.casefold()) != card
    )


# Bytes of a pseudonym: enough that two of a box are never the same by chance, few enough to be read out.
PSEUDONYM = 4


def _named(found: Iterable[Source], known: Sequence[Source], kept: set[str]) -> Iterator[Source]:
    """The cards with their pseudonyms; a renamed one goes on under that of the old name, if it is an alias now."""
    given = {s.name.casefold(): s.pseudonym for s in known if s.pseudonym}
    for card in found:
        names = [card.name.casefold(), *(a.casefold() for a in card.aliases)]
        own = next((given[n] for n in names if n in given and (n == names[0] or n not in kept)), "")
        if not own and card.confidential:
            own = secrets.token_hex(PSEUDONYM)
        yield replace(card, pseudonym=own)


def _bare(card: Source) -> Source:
    """The source as its card says it, without when and by whom."""
    return replace(card, said_on=None, recorded_at=EPOCH, made_by="")


def verify(
    box: Box, heads: Iterable[tuple[int, str]] = (), *, tell: Callable[[int, int], None] = lambda *_: None
) -> list[str]:
    """What is wrong with the box: its chain, against the heads noted in its publications too, and the kept files.

    Args:
        box: open.
        heads: (position, hash) pairs noted earlier elsewhere.
        tell: told how many reports of how many have been looked at; nothing before the chain has been.

    Raises:
        LogError: the log cannot be read at all.
    """
    found = box.log.verify(heads)
    if found:
        return found
    whole = book(box)
    found = box.log.verify((p.upto, p.head) for p in whole.publications.values())
    for done, report in enumerate(whole.reports.values(), 1):
        tell(done, len(whole.reports))
        # Of a report whose text is withheld nothing is kept.
        for digest in filter(None, (report.original, report.text)):
            try:
                box.kept.fetch(digest)
            except LogError as error:
                found.append(f"report {report.id}: {error}")
    return found


def forget(box: Box, entry: str, reason: str, now: datetime) -> int:
    """Removes an entry for good; with a report its kept files, its claims and their links. How many entries went.

    The reason stays on record and must not say what was forgotten.

    Raises:
        LogError: there is no such entry, or the box cannot be written.
    """
    entries = box.log.entries()
    report = next((e for e in entries if isinstance(e, Report) and e.id == entry), None)
    said = {e.id for e in entries if isinstance(e, Claim | Course | Doubt) and e.report == entry}
    links = [e.id for e in entries if isinstance(e, Link) and e.claim in said]
    count = box.log.forget([entry, *said, *links] if report else entry, reason, now)
    if report is not None:
        # A feed's bytes are the original of each of its items: they go with the last of them.
        others = [e for e in entries if isinstance(e, Report) and e.id != entry]
        needed = {digest for e in others for digest in (e.original, e.text)}
        for digest in {report.original, report.text} - needed:
            box.kept.forget(digest)
    emptied(box.folder / INDEX)
    return count


def words(path: Path) -> str:
    """The text of a file that a person wrote.

    Raises:
        ConfigError: it cannot be read, or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
