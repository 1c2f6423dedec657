"""The log: durable, append-only, chained; it can forget, and what was altered shows."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import made
from conftest import written
from tollbook import notation
from tollbook.codes import SourceKind
from tollbook.log import (
    DamagedError,
    DiskFullError,
    Kept,
    LockedError,
    Log,
    LogError,
    MissingError,
    ReadOnlyError,
    chain,
)
from tollbook.log.chain import Content, Link
from tollbook.nouns import Entry, Forgotten, Source

PRAGMAS = ("journal_mode", "synchronous", "secure_delete", "trusted_schema", "temp_store")
NOW = datetime(2022, 2, 1, 8, tzinfo=UTC)
fresh = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def sources(count: int, name: str = "Source") -> list[Source]:
    return [Source(name=f"{name} {n}", recorded_at=NOW) for n in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    with Log.open(path, create=True, wait=0.1) as found:
        yield found


# --- appending and reading


@fresh
@given(st.lists(made.entries, max_size=6))
def test_what_was_appended_is_read_in_order_and_once(tmp_path: Path, entries: list[Entry]) -> None:
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    wanted = [e for n, e in enumerate(entries) if e.id not in {other.id for other in entries[:n]}]
    with Log.open(folder / "log.db", create=True) as log:
        assert log.append(entries) == len(wanted)
        assert log.append(entries) == 0
    with Log.open(folder / "log.db") as log:
        assert [(e, e.id) for e in log.entries()] == [(e, e.id) for e in wanted]
        assert log.verify() == []
        assert log.head()[0] == len(wanted)


def test_entries_up_to_a_position(log: Log) -> None:
    first, second = sources(2)
    log.append([first])
    early = log.head()
    log.append([second])
    assert log.entries(upto=1) == [first]
    assert log.hash_at(1) == early[1] != log.head()[1]
    assert log.hash_at(0) == "00" * 32
    assert log.hash_at(3) is None
    assert log.verify([(0, "00" * 32), early, log.head()]) == []


def test_an_empty_append_changes_nothing(log: Log) -> None:
    assert log.append([]) == 0
    assert log.head() == (0, "00" * 32)


def test_many_entries_in_one_transaction(log: Log) -> None:
    many = sources(1203)
    assert log.append(many) == 1203
    assert log.append([*many, *sources(2, "More")]) == 2
    assert log.verify() == []


def test_a_stream_is_loaded_part_by_part_and_goes_on_where_it_was_interrupted(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load that dies in its third part leaves two whole ones; the same again adds the rest, once."""
    monkeypatch.setattr("tollbook.log.store._PART", 400)
    many = sources(1003)

    def dying() -> Iterator[Entry]:
        yield from many[:900]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        log.load(dying())
    assert log.head()[0] == 800
    assert log.load(iter(many)) == 203
    assert log.load(iter(many)) == 0
    assert log.entries() == many
    assert log.verify() == []


def test_every_connection_is_durable_and_wary(log: Log) -> None:
    with log._transaction() as db:
        asked = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
    }


def test_a_sqlite_address_is_a_file_and_another_database_is_refused(path: Path) -> None:
    with Log.open(f"sqlite:///{path}", create=True) as log:
        log.append(sources(1))
    assert path.exists()
    with pytest.raises(LogError, match="mysql is no place"):
        Log.open("mysql://somewhere/box")


def test_a_path_with_odd_signs(tmp_path: Path) -> None:
    odd = tmp_path / "a b%20?c#d" / "l?o#g é.db"
    odd.parent.mkdir()
    with Log.open(odd, create=True) as log:
        log.append(sources(1))
    assert odd.exists()
    with Log.open(odd) as log:
        assert len(log.entries()) == 1


# --- the chain


def raw(path: Path, *statements: str) -> None:
    """Changes the file behind the log's back, triggers removed."""
    db = sqlite3.connect(path, isolation_level=None)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE chain SET hash = x'00' WHERE position = 2",
        "DELETE FROM chain WHERE position = 4",
        "INSERT INTO chain SELECT 9, forgets, name, commitment, previous, hash FROM chain WHERE position = 4",
        "INSERT OR REPLACE INTO chain SELECT * FROM chain WHERE position = 4",
        "UPDATE content SET line = x'00' WHERE position = 2",
        "DELETE FROM content WHERE position = 2",
        "INSERT OR REPLACE INTO content SELECT position, salt, entry, x'00' FROM content WHERE position = 2",
    ],
)
def test_the_database_itself_refuses_to_change_the_past(log: Log, path: Path, statement: str) -> None:
    log.append(sources(4))
    db = sqlite3.connect(path)
    with pytest.raises(
        sqlite3.IntegrityError, match=r"append-only|at its end only|never changed|on record|once"
    ):
        db.execute(statement)
    db.close()
    assert log.verify() == []


@pytest.mark.parametrize(
    ("statements", "position"),
    [
        (["UPDATE content SET line = cast('2022-01-01 source name=Other' AS BLOB) WHERE position = 3"], 3),
        (["DELETE FROM content WHERE position = 3"], 3),
        (["DELETE FROM chain WHERE position = 3"], 3),
        (["DELETE FROM content WHERE position = 3", "DELETE FROM chain WHERE position = 3"], 3),
        (["DELETE FROM content WHERE position > 3", "DELETE FROM chain WHERE position > 3"], 5),
        (["UPDATE content SET position = -position", "UPDATE content SET position = 6 + position"], 1),
        (["UPDATE chain SET forgets = 2 WHERE position = 3", "DELETE FROM content WHERE position = 2"], 3),
        (["UPDATE content SET entry = x'0123456789abcdef' WHERE position = 4"], 4),
        (
            [
                "INSERT INTO chain SELECT 6, forgets, name, commitment, previous, hash FROM chain WHERE position = 5"
            ],
            6,
        ),
        (["INSERT INTO content SELECT 9, salt, x'00', line FROM content WHERE position = 5"], 9),
        (["UPDATE chain SET previous = zeroblob(32) WHERE position = 2"], 2),
        (["UPDATE content SET salt = zeroblob(32) WHERE position = 1"], 1),
    ],
)
def test_what_was_done_behind_its_back_shows_with_the_position(
    log: Log, path: Path, statements: list[str], position: int
) -> None:
    log.append(sources(5))
    head = log.head()
    log.close()
    raw(path, *statements)
    with Log.open(path) as again:
        assert any(f"position {position}:" in line for line in again.verify([head]))


def test_two_rows_that_changed_places_show(log: Log, path: Path) -> None:
    log.append(sources(5))
    log.close()
    for table in ("chain", "content"):
        raw(
            path,
            f"UPDATE {table} SET position = -2 WHERE position = 2",
            f"UPDATE {table} SET position = 2 WHERE position = 4",
            f"UPDATE {table} SET position = 4 WHERE position = -2",
        )
    with Log.open(path) as again:
        found = again.verify()
    assert any("position 2:" in line for line in found)
    assert any("position 4:" in line for line in found)


def rows(log: Log) -> list[tuple[Link, Content | None]]:
    """What lies in the two tables, by position."""
    with log._transaction() as db:
        links = [Link(*row) for row in db.exec_driver_sql("SELECT * FROM chain ORDER BY position")]
        contents = {row[0]: Content(*row) for row in db.exec_driver_sql("SELECT * FROM content")}
    return [(link, contents.get(link.position)) for link in links]


def flips(value: int | bytes) -> Iterator[int | bytes]:
    """The value with each of its bits turned, one at a time."""
    if isinstance(value, int):
        # The last bit of 64 is the sign.
        yield from (value ^ (1 << bit) for bit in range(63))
        yield -value - 1
        return
    for at in range(len(value)):
        for bit in range(8):
            yield value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :]


def turned(
    whole: list[tuple[Link, Content | None]],
) -> Iterator[tuple[int, list[tuple[Link, Content | None]]]]:
    """The rows with each bit of each row turned, and the position where."""
    for number, (link, content) in enumerate(whole):
        for name, value in link._asdict().items():
            for other in flips(value):
                changed = (Link(**{**link._asdict(), name: other}), content)
                yield link.position, [*whole[:number], changed, *whole[number + 1 :]]
        for name, value in content._asdict().items() if content else ():
            # The position of a content is only the place it is found at; the next test but one moves it.
            for other in flips(value) if name != "position" else ():
                moved = Content(**{**(content._asdict() if content else {}), name: other})
                yield link.position, [*whole[:number], (link, moved), *whole[number + 1 :]]


def test_every_turned_bit_shows_with_its_position(log: Log) -> None:
    log.append(sources(3))
    log.forget(sources(3)[1].id, "asked to", NOW)
    log.append(sources(1, "Last"))
    whole = rows(log)
    forgotten = frozenset(link.forgets for link, _ in whole if link.forgets)
    head = [log.head()]
    assert not list(chain.faults(whole, forgotten, head))
    count = 0
    for position, changed in turned(whole):
        named = "".join(chain.faults(changed, forgotten, head))
        assert f"position {position}:" in named, (position, named)
        count += 1
    assert count > 5000


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_rows_left_out_doubled_or_moved_show(data: st.DataObject) -> None:
    said = [(bytes.fromhex(e.id), notation.show(e).encode()) for e in sources(6)]
    links, contents = chain.rows(said, os.urandom(6 * 32), 0, chain.GENESIS)
    whole: list[tuple[Link, Content | None]] = [
        (Link(*link), Content(*content)) for link, content in zip(links, contents, strict=True)
    ]
    assert not list(chain.faults(whole, frozenset()))
    head = [(6, whole[-1][0].hash.hex())]
    picked = data.draw(st.lists(st.integers(0, 5), max_size=7))
    changed = [whole[n] for n in picked]
    assert bool(list(chain.faults(changed, frozenset(), head))) == (picked != list(range(6)))


def test_an_older_copy_shows_against_a_later_head_and_only_then(log: Log, path: Path, tmp_path: Path) -> None:
    log.append(sources(2))
    log.close()
    shutil.copy(path, tmp_path / "old.db")
    with Log.open(path) as later:
        later.append(sources(1, "Third"))
        head = later.head()
    with Log.open(tmp_path / "old.db") as old:
        assert old.verify() == []
        assert old.verify([head]) == ["position 3: missing; the log ends at 2, the head given stands at 3"]
        old.append(sources(1, "Another third"))
        assert old.verify() == []
        assert "position 3:" in old.verify([head])[0]


def test_the_chain_holds_no_digest_that_a_guess_could_meet(log: Log, path: Path) -> None:
    source = Source(name="Rudolf Rassendyll", confidential=True)
    log.append([source])
    log.forget(source.id, "asked to", NOW)
    log.close()
    line = notation.show(source).encode()
    guesses = [line, source.id.encode(), bytes.fromhex(source.id), source.name.encode()]
    guesses += [hashlib.sha256(g).digest() for g in guesses]
    held = path.read_bytes()
    assert not [g for g in guesses if g in held or g.hex().encode() in held]


# --- forgetting


def traces(folder: Path, needle: str) -> list[str]:
    forms = [needle.encode(), needle.encode().hex().encode(), needle.encode("utf-16-le")]
    return [p.name for p in folder.rglob("*") if p.is_file() and any(f in p.read_bytes() for f in forms)]


def test_a_forgotten_entry_is_nowhere_and_the_log_still_verifies(log: Log, tmp_path: Path) -> None:
    planted = [Source(name=f"Canary-{n:04}-Rassendyll", recorded_at=NOW) for n in range(400)]
    for n in range(0, 400, 20):
        log.append([*planted[n : n + 20], *sources(5, f"Filler {n}")])
    early = log.head()
    assert traces(tmp_path, "Rassendyll")
    assert log.forget([p.id for p in planted], "asked to", NOW) == 400
    assert not traces(tmp_path, "Rassendyll")
    assert log.verify([early]) == []
    left = log.entries()
    assert len([e for e in left if isinstance(e, Forgotten)]) == 400
    assert [e for e in left if isinstance(e, Source)] == [
        s for n in range(0, 400, 20) for s in sources(5, f"Filler {n}")
    ]
    log.close()
    assert not traces(tmp_path, "Rassendyll")


def test_a_forgetting_is_on_record_with_its_reason(log: Log) -> None:
    first, second = sources(2)
    log.append([first, second])
    log.forget(first.id, "asked to", NOW)
    assert log.entries() == [
        second,
        Forgotten(position=1, reason="asked to", said_on=NOW.date(), recorded_at=NOW),
    ]
    assert log.head()[0] == 3


def test_what_is_not_there_cannot_be_forgotten_and_a_record_stays(log: Log) -> None:
    (source,) = sources(1)
    log.append([source])
    for unknown in ("0123456789abcdef", "no id at all"):
        with pytest.raises(MissingError, match="holds no entry"):
            log.forget([source.id, unknown], "x", NOW)
    assert log.entries() == [source]
    log.forget(source.id, "asked to", NOW)
    (record,) = log.entries()
    with pytest.raises(LogError, match="cannot itself be forgotten"):
        log.forget(record.id, "x", NOW)
    assert log.entries() == [record]


def test_a_forgetting_that_another_reader_hinders_is_finished_at_the_next_opening(
    log: Log, path: Path, tmp_path: Path
) -> None:
    log.append([Source(name="Rassendyll")])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM content").fetchall()
    with pytest.raises(LockedError, match="the forgetting is on record"):
        log.forget(Source(name="Rassendyll").id, "asked to", NOW)
    assert [e.KIND for e in log.entries()] == ["forgotten"]
    assert traces(tmp_path, "Rassendyll")
    reader.close()
    with Log.open(path) as again:
        assert not traces(tmp_path, "Rassendyll")
        assert again.verify() == []


# --- faults of the world


def test_a_missing_log_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(MissingError, match="tollbook init"):
        Log.open(path)
    assert not path.exists()
    with pytest.raises(MissingError, match="cannot be opened"):
        Log.open(path / "no" / "folder.db", create=True)


@pytest.mark.parametrize("junk", [b"", b"no database, but a letter to the editor " * 100])
def test_what_is_no_log_is_called_damaged(path: Path, junk: bytes) -> None:
    path.write_bytes(junk)
    with pytest.raises(DamagedError, match="backup"):
        Log.open(path)
    assert path.read_bytes() == junk


def test_another_sqlite_file_is_no_log_and_is_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE letters (a)")
    db.close()
    for create in (False, True):
        with pytest.raises(DamagedError, match="no tollbook log"):
            Log.open(path, create=create)
    db = sqlite3.connect(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("letters",)]
    db.close()


def test_a_log_of_a_newer_tollbook_is_not_touched(log: Log, path: Path) -> None:
    log.close()
    raw(path, "PRAGMA user_version=7")
    with pytest.raises(LogError, match="newer tollbook"):
        Log.open(path)


def look(log: Log) -> None:
    """Reads all there is."""
    log.verify()
    log.entries()


def test_a_torn_file_is_called_damaged(log: Log, path: Path) -> None:
    log.append(sources(200))
    log.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(4096) + whole[8192:-4096])
    with pytest.raises(DamagedError, match="is damaged"), Log.open(path) as torn:
        look(torn)


def test_a_damaged_line_is_not_shown_since_it_may_name_somebody(log: Log, path: Path) -> None:
    """``2031-03-04 source name="Anna Smith" confidential=yes``, and one sign of it flips."""
    log.append([Source(name="Anna Smith", kind=SourceKind.WITNESS, confidential=True)])
    log.close()
    raw(
        path,
        "UPDATE content SET line = cast(replace(cast(line as text), 'confidential=', 'confidential}') as blob)",
    )
    with Log.open(path) as again, pytest.raises(DamagedError, match=r"position 1: .*backup") as said:
        again.entries()
    assert "Anna" not in str(said.value)


def test_a_position_beyond_what_can_be_numbered_is_the_end(log: Log) -> None:
    log.append(sources(3))
    assert len(log.entries(upto=10**30)) == 3


def test_a_line_that_is_no_entry_names_its_position(log: Log, path: Path) -> None:
    log.append(sources(3))
    log.close()
    raw(path, "UPDATE content SET line = x'ff' WHERE position = 2")
    with Log.open(path) as again, pytest.raises(DamagedError, match="position 2"):
        again.entries()


def test_a_second_writer_waits_and_then_is_told(log: Log, path: Path) -> None:
    log.append(sources(1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match="in use by another tollbook; wait"):
        log.append(sources(1, "Second"))
    assert len(log.entries()) == 1  # reading goes on
    other.execute("COMMIT")
    other.close()
    assert log.append(sources(1, "Second")) == 1


def test_writers_at_once_lose_and_fork_nothing(path: Path) -> None:
    Log.open(path, create=True).close()
    faults: list[Exception] = []

    def write(who: str) -> None:
        try:
            with Log.open(path, wait=30) as mine:
                for source in sources(25, who):
                    mine.append([source, Source(name="shared")])
        except Exception as error:  # noqa: BLE001  (told to the test)
            faults.append(error)

    threads = [threading.Thread(target=write, args=(who,)) for who in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    with Log.open(path) as log:
        assert log.verify() == []
        assert len(log.entries()) == log.head()[0] == 101


def fill(log: Log, name: str) -> None:
    """Appends until the log refuses."""
    for n in range(10_000):
        log.append(sources(20, f"{name} {n} {'x' * 200}"))
    raise AssertionError("the disk never became full")


def test_a_full_disk_writes_nothing_and_says_so(log: Log) -> None:
    log.append(sources(3))

    with log._transaction() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar()
        db.exec_driver_sql(f"PRAGMA max_page_count={int(pages or 0) + 4}")
    with pytest.raises(DiskFullError, match="is full; nothing was written: make room"):
        fill(log, "Full")
    assert log.verify() == []
    before = log.entries()
    with pytest.raises(DiskFullError):
        log.append(sources(400, "More"))
    assert log.entries() == before


def cram(kept: Kept) -> None:
    """Keeps until the disk refuses."""
    for _ in range(100):
        kept.keep(os.urandom(50_000))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of half a megabyte, where the machine lets the test make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], check=False).returncode
    ):
        pytest.skip("this machine gives no small disk to a test")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_real_full_disk_writes_nothing_and_says_so(small_disk: Path) -> None:
    log, kept = Log.open(small_disk / "log.db", create=True), Kept(small_disk / "kept")
    kept.keep(b"a")
    with pytest.raises(DiskFullError, match=r"is full|did not read or write"):
        fill(log, "Full")
    assert log.verify() == []
    before = log.entries()
    with pytest.raises(DiskFullError, match="is full"):
        cram(kept)
    assert all(kept.fetch(digest) for digest in kept.digests())
    assert not list(small_disk.rglob("*.tmp"))
    log.close()
    with Log.open(small_disk / "log.db") as again:
        assert again.entries() == before
        assert again.verify() == []


def test_a_folder_without_the_right_to_write_can_be_read() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "log.db"
    user = os.geteuid()
    try:
        with Log.open(path, create=True) as log:
            log.append(sources(2))
        path.chmod(0o444)
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(65534)  # the rights of a file do not bind root
        with Log.open(path) as log:
            assert len(log.entries()) == 2
            assert log.verify() == []
            with pytest.raises(ReadOnlyError, match="may be read but not written; copy the box"):
                log.append(sources(1, "Third"))
        with pytest.raises(ReadOnlyError, match="may be read but not written"):
            Kept(folder / "kept").keep(b"a")
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


# --- kept originals


@fresh
@given(st.binary(max_size=300))
def test_what_was_kept_is_fetched(tmp_path: Path, data: bytes) -> None:
    kept = Kept(tmp_path / "kept")
    digest = kept.keep(data)
    assert digest == hashlib.sha256(data).hexdigest() == kept.keep(data)
    assert kept.fetch(digest) == data
    assert digest in kept.digests()


def test_a_damaged_original_is_not_given_out_and_keeping_it_again_mends_it(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    digest = kept.keep(b"the words")
    kept.path(digest).write_bytes(b"other words")
    with pytest.raises(DamagedError, match="does not hold what was kept"):
        kept.fetch(digest)
    kept.keep(b"the words")
    assert kept.fetch(digest) == b"the words"


def test_a_forgotten_original_is_gone_and_says_so(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    digest = kept.keep(b"the words")
    assert kept.forget(digest)
    assert not kept.forget(digest)
    with pytest.raises(MissingError, match="it was forgotten, or"):
        kept.fetch(digest)
    assert not traces(tmp_path, "the words")
    assert kept.digests() == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "AB" * 32, "ab" * 31])
def test_only_a_digest_names_a_kept_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(MissingError, match="names no kept original"):
        Kept(tmp_path).fetch(name)


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "mkdir"])
def test_a_disk_that_fails_while_keeping_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    kept = Kept(tmp_path / "kept")
    before = kept.keep(b"before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os if call == "fsync" else Path, call, fail)
    with pytest.raises(DiskFullError, match="is full; nothing was written"):
        kept.keep(b"after")
    monkeypatch.undo()
    assert kept.digests() == [before]
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_an_interrupt_left_is_swept_away(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "kept")
    digest = kept.keep(b"whole")
    half = kept.path(digest).with_name("half-1.tmp")
    half.write_bytes(b"ha")
    assert kept.sweep() == 1
    assert not half.exists()
    assert kept.fetch(digest) == b"whole"


def test_entries_of_a_ledger_pass_through_the_log(log: Log) -> None:
    entries = written(
        """
        i = 2022-01-20 incident name="Attack on Zenda"
        c = 2022-01-30 claim outcome=killed figure=12
        2022-01-31 judgement verb=correct target=c changes=[(figure, 20..)]
        """
    )
    log.append(entries)
    assert tuple(log.entries()) == entries
    assert replace(entries[0]).id == log.entries()[0].id
