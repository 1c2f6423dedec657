"""How the log lies in SQLite: two tables, what guards them, and how a connection behaves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.request import pathname2url

import sqlalchemy as sa

MARK = 0x746F6C6C  # "toll": tells a log from any other SQLite file
LAYOUT = 1  # of the two tables below
UNCLEAN = 256  # added to the layout from a forgetting until the file was written anew

SCHEMA = sa.MetaData()
LINKS = sa.Table(
    "chain",
    SCHEMA,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("forgets", sa.Integer, nullable=False),
    sa.Column("name", sa.LargeBinary, nullable=False),
    sa.Column("commitment", sa.LargeBinary, nullable=False),
    sa.Column("previous", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)
CONTENTS = sa.Table(
    "content",
    SCHEMA,
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("entry", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("line", sa.LargeBinary, nullable=False),
    sqlite_strict=True,
)
# What every writer asks and writes goes to the driver itself: by way of SQLAlchemy each statement takes longer than
# SQLite needs for it, and a single durable entry would wait for that and not for the disk.
LAST = "SELECT position, hash FROM chain ORDER BY position DESC LIMIT 1"
# Rows that go to the database in one statement. As many statements as rows would take a third longer.
TOGETHER = 250


def ask(db: sa.Connection, question: str, given: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows that the driver gives, in the transaction that is open."""
    return iter(_driver(db).execute(question, given))


def add(db: sa.Connection, table: sa.Table, rows: list[tuple[Any, ...]]) -> None:
    """Writes at most ``TOGETHER`` rows, each with every column in its order."""
    if len(rows) < TOGETHER:
        _driver(db).executemany(_adding(table.name, len(table.columns), 1), rows)
    else:
        added = _adding(table.name, len(table.columns), len(rows))
        _driver(db).execute(added, tuple(chain.from_iterable(rows)))


def _driver(db: sa.Connection) -> Any:  # noqa: ANN401  (the driver's own connection)
    return db.connection.driver_connection


@cache
def _adding(table: str, columns: int, rows: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"INSERT INTO {table} VALUES {', '.join([row] * rows)}"  # noqa: S608  (question marks alone)


@cache
def places_of(count: int) -> str:
    """The question where entries of so many ids stand."""
    return f"SELECT entry, position FROM content WHERE entry IN ({', '.join('?' * count)})"  # noqa: S608  (as above)


# Name, moment, condition, and what it says to whoever tries. REPLACE fires no DELETE trigger, hence ``content_grows``.
_REFUSED = (
    (
        "chain_grows", "INSERT ON chain", "NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM chain)",
        "the chain grows at its end only",
    ),
    ("chain_stays", "UPDATE ON chain", "1", "the chain is append-only"),
    ("chain_keeps", "DELETE ON chain", "1", "the chain is append-only"),
    (
        "content_grows", "INSERT ON content",
        "EXISTS (SELECT 1 FROM content WHERE position = NEW.position OR entry = NEW.entry)",
        "an entry is written once",
    ),
    ("content_stays", "UPDATE ON content", "1", "an entry is never changed"),
    (
        "content_keeps", "DELETE ON content", "NOT EXISTS (SELECT 1 FROM chain WHERE forgets = OLD.position)",
        "an entry leaves only when its forgetting is on record",
    ),
)  # fmt: skip
# Each on every connection: the first makes an acknowledged entry survive a power cut (with the write-ahead log,
# which is a property of the file), the second keeps forgotten words off the free pages, the next two keep a
# hostile file and temporary files in check; the last gives the index of ids 32 MB, without which a bulk write slows
# by a quarter at half a million entries.
_PRAGMAS = (
    *("synchronous=FULL", "secure_delete=ON", "trusted_schema=OFF", "temp_store=MEMORY"),
    "cache_size=-32768",
)
_READING = ("query_only=ON", "trusted_schema=OFF", "temp_store=MEMORY")


def engine(path: Path, wait: float, *, create: bool = False, frozen: bool = False) -> sa.Engine:
    """Connections to the file; in the frozen mode it is read as it lies, with no lock and no write-ahead log."""
    name = f"file:{pathname2url(str(path.absolute()))}"
    how = {"mode": "ro", "immutable": "1"} if frozen else {"mode": "rwc" if create else "rw"}
    url = sa.URL.create("sqlite", database=name, query={**how, "uri": "true"})
    # Every transaction is ended where it is begun, so a connection that comes back has nothing to be undone.
    made = sa.create_engine(url, connect_args={"timeout": wait}, pool_reset_on_return=None)

    @sa.event.listens_for(made, "connect")
    def _connect(raw: Any, _: object) -> None:  # noqa: ANN401  (the driver's own connection)
        raw.isolation_level = None  # transactions are begun below, not by the driver
        for pragma in _READING if frozen else _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(made, "begin")
    def _begin(db: sa.Connection) -> None:
        begin = db.get_execution_options().get("begin", "BEGIN")
        if begin:
            db.exec_driver_sql(begin)

    return made


def lay_out(db: sa.Connection) -> None:
    """Makes the tables and what guards them, in the transaction that is open."""
    SCHEMA.create_all(db)
    for name, event, when, says in _REFUSED:
        db.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {when} BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )
    db.exec_driver_sql(f"PRAGMA application_id={MARK}")
    db.exec_driver_sql(f"PRAGMA user_version={LAYOUT}")
