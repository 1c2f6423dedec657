"""The index: running sums beside the log, so that a sum as known at a past moment is one look-up.

It may be deleted at any time; whoever needs it has it made anew from the log. It knows ledgers (a scope, a word and
a group, which mean nothing to it), the moments at which one of them moved, and what it came to then, as whole numbers.
It says up to which place of the log it goes and the hash there: an index of another log, or of one that was cut short, is
told by that and thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import add
from pathlib import Path
from typing import Any, NamedTuple, Self

import sqlalchemy as sa

from tollbook.log import tables
from tollbook.log.faults import DamagedError
from tollbook.log.opened import Opened

MARK = 0x746F6C69  # "toli": tells an index from any other SQLite file
WIDTH = 6  # whole numbers in a sum
_PART = 20_000  # rows that go to the database together
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Ledger = tuple[str, str, str]  # scope, word, group
Sum = tuple[int, ...]  # ``WIDTH`` numbers
_NUMBERS = ", ".join(f"n{n}" for n in range(WIDTH))

_SCHEMA = (
    "CREATE TABLE made (position INTEGER NOT NULL, hash TEXT NOT NULL, moment INTEGER NOT NULL, version TEXT NOT NULL)",
    (
        "CREATE TABLE ledger (id INTEGER PRIMARY KEY, scope TEXT NOT NULL, word TEXT NOT NULL, part TEXT NOT NULL, "
        "UNIQUE (scope, word, part))"
    ),
    # A row is what a ledger comes to from a moment on: the running sum, so that no look-up adds anything up.
    (
        f"CREATE TABLE step (ledger INTEGER NOT NULL, moment INTEGER NOT NULL, {_NUMBERS}, "
        "PRIMARY KEY (ledger, moment)) WITHOUT ROWID"
    ),
)
_PUT = f"?, ?, {', '.join('?' * WIDTH)}"
_STEP = f"INSERT OR REPLACE INTO step VALUES ({_PUT})"  # noqa: S608  (question marks)
_LAST = f"SELECT {_NUMBERS} FROM step WHERE ledger = ? ORDER BY moment DESC LIMIT 1"  # noqa: S608  (names of columns)
_AT = (
    f"SELECT part, {_NUMBERS} FROM ledger JOIN step ON ledger = id AND moment = "  # noqa: S608  (names of columns)
    "(SELECT max(moment) FROM step WHERE ledger = id AND moment <= ?) WHERE scope = ? AND word = ?"
)


class Move(NamedTuple):
    """At a moment a ledger's sum goes up by so much; by less than nothing, it goes down."""

    moment: datetime
    ledger: Ledger
    by: Sum


class Made(NamedTuple):
    """Up to where an index goes: place and hash of the log, the last moment, and the version of what made it."""

    position: int
    hash: str
    moment: datetime
    version: str


class Index(Opened):
    """An open index. Use ``Index.open``, as a context manager or with ``close``."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index in that file; an empty one where there is none, or what is there is no sound index.

        Raises:
            LogError: the file cannot be made or written.
        """
        made = cls(tables.engine(path, 3.0, create=True), f"the index {path}")
        try:
            made._ready()
        except DamagedError:
            made.close()
            remove(path)
            made = cls(tables.engine(path, 3.0, create=True), f"the index {path}")
            made._ready()
        return made

    def _ready(self) -> None:
        with self._transaction(write=True) as db:
            mark = db.exec_driver_sql("PRAGMA application_id").scalar_one()
            if not db.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
                for statement in _SCHEMA:
                    db.exec_driver_sql(statement)
                db.exec_driver_sql(f"PRAGMA application_id={MARK}")
            elif mark != MARK:
                raise DamagedError(f"{self.where} is no index")

    @property
    def made(self) -> Made | None:
        """Up to where it goes; None for an empty one."""
        with self._transaction() as db:
            row = db.exec_driver_sql("SELECT position, hash, moment, version FROM made").first()
        return Made(row[0], row[1], _EPOCH + row[2] * _MICROSECOND, row[3]) if row else None

    def at(self, scope: str, word: str, moment: datetime, parts: Iterable[str] = ()) -> dict[str, Sum]:
        """The sums of a scope and word as they stood at a moment, by group; of some groups, or of all.

        Raises:
            LogError: the file cannot be read.
        """
        asked: list[Any] = [_microseconds(moment), scope, word]
        some = tuple(parts)
        which = f" AND part IN ({', '.join('?' * len(some))})" if some else ""
        with self._transaction() as db:
            rows = db.exec_driver_sql(_AT + which, (*asked, *some))
            return {row[0]: tuple(row[1:]) for row in rows}

    def extend(self, moves: Iterable[Move], made: Made) -> int:
        """How many running sums were written; all of them, or none. Memory is that of one sum a ledger.

        Args:
            moves: in the order of their moments, none before the last moment of the index.
            made: up to where the index goes with them.

        Raises:
            LogError: the file cannot be written.
        """
        with self._transaction(write=True) as db:
            count = _write(db, moves)
            db.exec_driver_sql("DELETE FROM made")
            row = (made.position, made.hash, _microseconds(made.moment), made.version)
            db.exec_driver_sql("INSERT INTO made VALUES (?, ?, ?, ?)", row)
        return count


def remove(path: Path) -> None:
    """Deletes an index, if there is one."""
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _write(db: sa.Connection, moves: Iterable[Move]) -> int:
    """Writes what each ledger comes to after the moves of each moment; how many rows that were."""
    sums: dict[Ledger, tuple[int, Sum]] = {}
    rows: list[tuple[int, ...]] = []
    count = 0
    for moment, together in groupby(moves, key=lambda move: move.moment):
        touched: set[Ledger] = set()
        for move in together:
            number, so_far = sums.get(move.ledger) or _last(db, move.ledger)
            sums[move.ledger] = (number, tuple(map(add, so_far, move.by)))
            touched.add(move.ledger)
        at = _microseconds(moment)
        rows += [(sums[ledger][0], at, *sums[ledger][1]) for ledger in touched]
        if len(rows) >= _PART:
            count += len(rows)
            db.exec_driver_sql(_STEP, rows)
            rows.clear()
    if rows:
        db.exec_driver_sql(_STEP, rows)
    return count + len(rows)


def _last(db: sa.Connection, ledger: Ledger) -> tuple[int, Sum]:
    """The number of a ledger, given one if it has none, and what it comes to so far."""
    db.exec_driver_sql("INSERT OR IGNORE INTO ledger (scope, word, part) VALUES (?, ?, ?)", ledger)
    asked = "SELECT id FROM ledger WHERE scope = ? AND word = ? AND part = ?"
    number = int(db.exec_driver_sql(asked, ledger).scalar_one())
    row = db.exec_driver_sql(_LAST, (number,)).first()
    return number, tuple(row) if row else (0,) * WIDTH


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
