"""The log in SQLite: append, read, verify, forget; with ``tables`` the one place with SQL.

Two tables. ``chain`` is never changed: triggers refuse it. ``content`` holds salt, id and line of each
entry; a row may be deleted, when the chain records that it was forgotten.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from tollbook import notation
from tollbook.log import chain, tables
from tollbook.log.chain import GENESIS, SALT, Content, Link
from tollbook.log.faults import (
    DamagedError,
    LockedError,
    LogError,
    MissingError,
    MovedError,
    ReadOnlyError,
)
from tollbook.log.opened import Opened
from tollbook.log.tables import CONTENTS, LINKS
from tollbook.nouns import Entry, Forgotten

WAIT = 3.0  # seconds for another writer to finish: longer than any one report, shorter than patience
_HIGHEST = 2**63 - 1  # the last position that SQLite can number
_PART = 20_000  # entries in one transaction of a load: some 20 MB of memory; larger ones are no faster
_ID = re.compile("[0-9a-f]{16}")
_MANY = 500  # ids in one question; SQLite takes at least 999


class Log(Opened):
    """An open log. Use ``Log.open``, as a context manager or with ``close``.

    Attributes:
        where: what it is called in messages.
        read_only: whether nothing can be appended, because its folder may not be written.
    """

    @classmethod
    def open(cls, where: str | Path, *, create: bool = False, wait: float = WAIT) -> Self:
        """The log in that file, or at that ``sqlite:///`` address; made if ``create`` says so.

        Raises:
            LogError: it is missing, damaged, no log at all, or made by a newer tollbook.
        """
        path = _path(where)
        named = f"the log {path}"
        if not path.exists() and not create:
            raise MissingError(f"there is no log at {path}; make a box with: tollbook init {path.parent}")
        if not create and path.is_file() and not path.stat().st_size:
            raise DamagedError(f"{named} is an empty file; put the last backup in its place")
        try:
            log = cls(tables.engine(path, wait, create=create), named)
            log._ready(create=create)
        except LogError as error:
            if create or not isinstance(error, ReadOnlyError | MissingError):
                raise
            # A folder without the right to write has no room for SQLite's shared memory file. If no
            # write-ahead log is waiting there, the file alone is the whole truth and can be read.
            waiting = path.with_name(f"{path.name}-wal")
            if waiting.exists() and waiting.stat().st_size:
                raise
            log = cls(tables.engine(path, wait, frozen=True), named, read_only=True)
            log._ready(create=False)
        return log

    def _ready(self, *, create: bool) -> None:
        with self._transaction(write=create) as db:
            mark = db.execute(sa.text("PRAGMA application_id")).scalar_one()
            layout = db.execute(sa.text("PRAGMA user_version")).scalar_one()
            empty = not db.execute(sa.text("SELECT count(*) FROM sqlite_master")).scalar_one()
            if empty and create:
                tables.lay_out(db)
                mark, layout = tables.MARK, tables.LAYOUT
        if mark != tables.MARK:
            raise DamagedError(
                f"{self.where} is no tollbook log; put the last backup in its place, or make a box elsewhere with: "
                f"tollbook init FOLDER"
            )
        if layout % tables.UNCLEAN > tables.LAYOUT:
            raise LogError(f"{self.where} was made by a newer tollbook; use that one, or one newer still")
        if self.read_only:
            return
        with self._outside() as db:
            db.exec_driver_sql("PRAGMA journal_mode=WAL")
        if layout >= tables.UNCLEAN:
            with suppress(LockedError, ReadOnlyError):
                self._clean()

    def append(self, entries: Iterable[Entry], *, after: int | None = None) -> int:
        """How many of the entries were new; they are on the disk, all or none, when this returns.

        Args:
            entries: in the order in which they shall stand; those that are there already change nothing.
            after: the last position that the caller knew when it decided on them.

        Raises:
            MovedError: the log has grown past ``after``; nothing was written.
            LogError: another tollbook is writing, the disk is full, or the log may not be written.
        """
        wanted: dict[str, Entry] = {}
        for entry in entries:
            wanted.setdefault(entry.id, entry)
        if not wanted:
            return 0
        with self._transaction(write=True) as db:
            if after is not None and _last(db)[0] != after:
                raise MovedError(f"{self.where} was written by another tollbook meanwhile; try again")
            there = _holds(db, list(wanted))
            new = [entry for i, entry in wanted.items() if i not in there]
            self._add(db, new)
        return len(new)

    def load(self, entries: Iterable[Entry]) -> int:
        """How many of a stream of entries were new: for whole archives, of which only a part is in memory at a time.

        One transaction a part. Interrupted, what is written stands, and loading the same again goes on from there.

        Raises:
            LogError: as ``append``; the parts before are on the disk.
        """
        stream, count = iter(entries), 0
        while some := list(islice(stream, _PART)):
            count += self.append(some)
        return count

    def _add(self, db: sa.Connection, new: Sequence[Entry], forgets: Sequence[int] = ()) -> None:
        if not new:
            return
        position, previous = _last(db)
        for start in range(0, len(new), tables.TOGETHER):
            some = new[start : start + tables.TOGETHER]
            said = [(bytes.fromhex(entry.id), notation.show(entry).encode()) for entry in some]
            salts = secrets.token_bytes(SALT * len(some))  # one question to the system, not one an entry
            links, contents = chain.rows(said, salts, position, previous, forgets[start : start + len(some)])
            position, previous = position + len(some), links[-1][-1]
            tables.add(db, LINKS, links)
            tables.add(db, CONTENTS, contents)

    def entries(self, upto: int | None = None, after: int = 0) -> list[Entry]:
        """The entries in the order of the log, behind one position and up to another; forgotten ones are not there.

        Raises:
            DamagedError: what stands at a position is no entry.
        """
        asked = sa.select(CONTENTS).order_by(CONTENTS.c.position).where(CONTENTS.c.position > after)
        if upto is not None:
            asked = asked.where(CONTENTS.c.position <= min(upto, _HIGHEST))
        found = []
        with self._transaction() as db:
            for row in db.execute(asked):
                try:
                    found.append(chain.read(Content(*row)))
                except notation.BadLineError as error:
                    # Not the words of the error: they hold the line, which may name a confidential source.
                    raise DamagedError(
                        f"{self.where} is damaged at position {row.position}: what stands there is no entry; keep a "
                        f"copy of it as it is, then put the last backup in its place (tollbook verify lists what is "
                        f"wrong)"
                    ) from error
        return found

    def head(self) -> tuple[int, str]:
        """The last position and its hash; zero and zeros while the log is empty."""
        with self._transaction() as db:
            position, last = _last(db)
        return position, last.hex()

    def hash_at(self, position: int) -> str | None:
        """The hash at a position; None where there is none."""
        with self._transaction() as db:
            found = db.execute(sa.select(LINKS.c.hash).where(LINKS.c.position == position)).scalar()
        return GENESIS.hex() if position == 0 else found.hex() if found else None

    def sealed(self, text: str) -> str:
        """A digest of a text that nobody can make, or try a guess against, without this log's secret salts.

        It changes when the first entry is forgotten; of a log without any it is empty.
        """
        asked = sa.select(CONTENTS.c.salt).order_by(CONTENTS.c.position).limit(1)
        with self._transaction() as db:
            salt = db.execute(asked).scalar()
        return hmac.digest(salt, text.encode("utf-8", "replace"), "sha256").hex() if salt else ""

    def verify(self, heads: Iterable[tuple[int, str]] = ()) -> list[str]:
        """What is wrong with the log, each with its position; empty when every link closes.

        Args:
            heads: (position, hash) pairs noted earlier. Only against one of these does it show that the log
                was cut short, or replaced by another one that is whole in itself.

        Raises:
            DamagedError: the file cannot be read at all.
        """
        both = LINKS.outerjoin(CONTENTS, LINKS.c.position == CONTENTS.c.position)
        asked = sa.select(*LINKS.c, *CONTENTS.c).select_from(both).order_by(LINKS.c.position)
        width = len(LINKS.c)
        with self._transaction() as db:
            found = [f"the file: {line}" for line in db.execute(sa.text("PRAGMA integrity_check")).scalars()]
            found = [] if found == ["the file: ok"] else found
            forgotten = frozenset(
                db.execute(sa.select(LINKS.c.forgets).where(LINKS.c.forgets != 0)).scalars()
            )
            rows = (
                (Link(*row[:width]), None if row[width] is None else Content(*row[width:]))
                for row in db.execute(asked)
            )
            found += chain.faults(rows, forgotten, heads)
            placed = sa.select(LINKS.c.position)
            stray = db.execute(
                sa.select(CONTENTS.c.position).where(CONTENTS.c.position.not_in(placed))
            ).scalars()
            found += [f"position {at}: a content without a place in the chain" for at in stray]
        return found

    def forget(
        self, entry_ids: str | Sequence[str], reason: str, now: datetime, *, instead: Sequence[Entry] = ()
    ) -> int:
        """Removes the content of entries for good and records that; how many were forgotten.

        The chain keeps their places and still verifies. The record names positions and the reason, so the
        reason must not say what is to be forgotten.

        Args:
            entry_ids: what goes.
            reason: why.
            now: the moment of the forgetting.
            instead: entries that stand for what goes, appended in the same transaction.

        Raises:
            MissingError: no entry has that id.
            LogError: it is itself the record of a forgetting, or the log cannot be written. When the message begins
                with "the forgetting is on record", only the cleaning of the file is left, and the next opening
                does that.
        """
        ids = dict.fromkeys([entry_ids] if isinstance(entry_ids, str) else entry_ids)
        with self._transaction(write=True) as db:
            there = _holds(db, [i for i in ids if _ID.fullmatch(i)])
            unknown = [i for i in ids if i not in there]
            if unknown:
                raise MissingError(f"{self.where} holds no entry {', '.join(unknown)}")
            places = sorted(there.values())
            records = db.execute(sa.select(LINKS.c.position).where(LINKS.c.forgets != 0)).scalars().all()
            if set(places) & set(records):
                raise LogError("the record of a forgetting cannot itself be forgotten")
            new = {entry.id: entry for entry in instead}
            known = _holds(db, list(new))
            self._add(db, [entry for i, entry in new.items() if i not in known])
            notes = [
                Forgotten(position=at, reason=reason, said_on=now.date(), recorded_at=now) for at in places
            ]
            self._add(db, notes, places)
            for start in range(0, len(places), _MANY):
                some = places[start : start + _MANY]
                db.execute(sa.delete(CONTENTS).where(CONTENTS.c.position.in_(some)))
            db.execute(sa.text(f"PRAGMA user_version={tables.LAYOUT + tables.UNCLEAN}"))
        self._clean()
        return len(places)

    def _clean(self) -> None:
        """Writes the file anew, so that no page, free space or write-ahead frame holds what was deleted.

        Deleting overwrites a row with zeros, but not what the balancing of pages once left of it elsewhere.
        """
        try:
            with self._outside() as db:
                db.exec_driver_sql("VACUUM")
                if db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]:
                    raise LockedError("another tollbook still reads the old pages")
                db.exec_driver_sql(f"PRAGMA user_version={tables.LAYOUT}")
        except LogError as error:
            raise type(error)(
                f"the forgetting is on record in {self.where}, but traces may be on the disk until the log is next "
                f"opened: {error}"
            ) from error


def _path(where: str | Path) -> Path:
    text = str(where)
    if "://" not in text:
        return Path(text)
    url = sa.make_url(text)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise LogError(
            f"{url.get_backend_name()} is no place for a log so far; give a file, or sqlite:///FILE"
        )
    return Path(url.database)


def _holds(db: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Which of the ids are there, and where."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), _MANY):
        some = tuple(map(bytes.fromhex, ids[start : start + _MANY]))
        found |= {entry.hex(): at for entry, at in tables.ask(db, tables.places_of(len(some)), some)}
    return found


def _last(db: sa.Connection) -> tuple[int, bytes]:
    position, last = next(tables.ask(db, tables.LAST), (0, GENESIS))
    return position, last
