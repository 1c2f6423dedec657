"""The index of words beside the log: which entries hold which words; it may be deleted at any time and is made anew.

It knows keys, days and words that somebody folded and covered before, and nothing of what they mean. It says up to which
place of the log it goes, the hash there and who made it, so that an index of another log is told by that and thrown away.
To forget is to empty it whole: what is made anew from a log holds nothing that the log has forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

import sqlalchemy as sa

from tollbook.log import tables
from tollbook.log.faults import DamagedError, LockedError, LogError
from tollbook.log.index import remove
from tollbook.log.opened import Opened

MARK = 0x746F6C77  # "tolw": tells this index from any other SQLite file
LAYOUT = 1  # of the tables below
_UNCLEAN = 256  # added to the layout from an emptying until the file was written anew
_PART = 500  # docs in one transaction of a making: readers and other writers come in between

# The words come folded, with blanks between them, so that the plainest of tokenizers parts them as they came.
_SCHEMA = (
    "CREATE TABLE made (position INTEGER NOT NULL, hash TEXT NOT NULL, version TEXT NOT NULL)",
    "CREATE TABLE doc (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, day INTEGER NOT NULL)",
    "CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'ascii', columnsize = 0)",
)
_TABLES = ("made", "doc", "words")
_ADD = "INSERT INTO doc VALUES (?, ?, ?, ?)"
_SAY = "INSERT INTO words (rowid, body) VALUES (?, ?)"
_MUTE = "DELETE FROM words WHERE rowid IN (SELECT id FROM doc WHERE key = ?)"
_DROP = "DELETE FROM doc WHERE key = ?"
_ALL = "SELECT key, kind, day FROM doc"
_WITH = " WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?)"
_WITHOUT = "id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"


class Doc(NamedTuple):
    """One thing that can be found: the id of its entry, its kind, its day as a number, its words with blanks between."""

    key: str
    kind: str
    day: int
    words: str


class Hit(NamedTuple):
    """One thing that was found."""

    key: str
    kind: str
    day: int


class Upto(NamedTuple):
    """Up to where an index of words goes: place and hash of the log, and the version of what made it."""

    position: int
    hash: str
    version: str


class Term(NamedTuple):
    """Words that must stand in a row; of the last only the beginning, where ``open``."""

    words: tuple[str, ...]
    open: bool = False


class Words(Opened):
    """An open index of words. Use ``Words.open``, as a context manager or with ``close``."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index in that file; an empty one where there is none, or what is there is no sound index.

        Raises:
            LogError: the file cannot be made or written.
        """
        named = f"the index of words {path}"
        made = cls(tables.engine(path, 3.0, create=True), named)
        try:
            made._ready()
        except DamagedError:
            made.close()
            remove(path)
            made = cls(tables.engine(path, 3.0, create=True), named)
            made._ready()
        return made

    def _ready(self) -> None:
        with self._outside() as db:
            db.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self._transaction(write=True) as db:
            mark = db.exec_driver_sql("PRAGMA application_id").scalar_one()
            layout = db.exec_driver_sql("PRAGMA user_version").scalar_one()
            if not db.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
                _lay_out(db)
                layout = LAYOUT
            elif mark != MARK or layout % _UNCLEAN != LAYOUT:
                raise DamagedError(f"{self.where} is no index of words")
        if layout >= _UNCLEAN:
            self._clean()

    @property
    def made(self) -> Upto | None:
        """Up to where it goes; None while it is empty or only begun."""
        with self._transaction() as db:
            row = db.exec_driver_sql("SELECT position, hash, version FROM made").first()
        return Upto(*row) if row else None

    def put(self, docs: Iterable[Doc], made: Upto, *, gone: Iterable[str] = ()) -> None:
        """Adds docs, each in place of what stood under its key, takes others out, and says up to where it goes now.

        Raises:
            LogError: the file cannot be written; nothing was changed.
        """
        with self._transaction(write=True) as db:
            new = list(docs)
            for key in (*gone, *(doc.key for doc in new)):
                db.exec_driver_sql(_MUTE, (key,))
                db.exec_driver_sql(_DROP, (key,))
            _put(db, new)
            db.exec_driver_sql("DELETE FROM made")
            db.exec_driver_sql("INSERT INTO made VALUES (?, ?, ?)", tuple(made))

    def fill(self, docs: Iterable[Doc], made: Upto) -> Iterator[int]:
        """Fills an empty index part by part, and gives how many docs there are after each; finished, it says so itself.

        Raises:
            LogError: the file cannot be written; what was begun is no index, and is begun anew.
        """
        stream, count = iter(docs), 0
        while part := list(islice(stream, _PART)):
            with self._transaction(write=True) as db:
                _put(db, part)
            count += len(part)
            yield count
        self.put((), made)

    def find(self, wanted: Sequence[Term], unwanted: Sequence[Term] = ()) -> list[Hit]:
        """Everything that holds all the wanted terms and none of the others; without any, everything.

        Raises:
            LogError: the file cannot be read.
        """
        asked, given = _ALL, list[str]()
        if wanted:
            asked += _WITH
            given.append(" AND ".join(map(_expression, wanted)))
        for term in unwanted:
            asked += f"{' AND ' if given else ' WHERE '}{_WITHOUT}"
            given.append(_expression(term))
        with self._transaction() as db:
            return [Hit(*row) for row in tables.ask(db, asked, tuple(given))]

    def clear(self) -> None:
        """Empties it so that nothing of it is in the file any more.

        Raises:
            LogError: it is empty, but traces may be on the disk until it is next opened.
        """
        with self._transaction(write=True) as db:
            for table in _TABLES:
                db.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
            _lay_out(db)
            db.exec_driver_sql(f"PRAGMA user_version={LAYOUT + _UNCLEAN}")
        self._clean()

    def _clean(self) -> None:
        """Writes the file anew, so that no page, free space or write-ahead frame holds what was taken out."""
        with self._outside() as db:
            db.exec_driver_sql("VACUUM")
            if db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
                raise LockedError(
                    f"{self.where} is emptied, but another tollbook still reads old pages of it: traces may be on the "
                    f"disk until it is next opened; close the other, or delete the file"
                )
            db.exec_driver_sql(f"PRAGMA user_version={LAYOUT}")
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def emptied(path: Path) -> None:
    """Empties the index in that file, if there is one, or deletes it where it cannot be emptied.

    Raises:
        LogError: another program reads it; what to do.
    """
    if not path.exists():
        return
    try:
        with Words.open(path) as words:
            words.clear()
    except LockedError:
        raise
    except LogError:
        remove(path)


def _lay_out(db: sa.Connection) -> None:
    for statement in _SCHEMA:
        db.exec_driver_sql(statement)
    db.exec_driver_sql(f"PRAGMA application_id={MARK}")
    db.exec_driver_sql(f"PRAGMA user_version={LAYOUT}")


def _put(db: sa.Connection, docs: Sequence[Doc]) -> None:
    """Adds docs whose keys are not there."""
    last = db.exec_driver_sql("SELECT coalesce(max(id), 0) FROM doc").scalar_one()
    if docs:
        db.exec_driver_sql(_ADD, [(n, *doc[:3]) for n, doc in enumerate(docs, last + 1)])
        db.exec_driver_sql(_SAY, [(n, doc.words) for n, doc in enumerate(docs, last + 1)])


def _expression(term: Term) -> str:
    """A term as FTS5 asks for it. Its words are letters and digits alone, so none of them is syntax."""
    inside = " ".join(w.replace('"', "") for w in term.words)
    return f'"{inside}"{" *" if term.open else ""}'
