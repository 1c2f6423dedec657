"""``kill -9`` at random points of adding, and every write failing once: nothing lost, nothing doubled, nothing half."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tollbook import pipeline
from tollbook.log import DiskFullError, tables
from tollbook.nouns import Entry, Statement

NOW = datetime(2022, 2, 1, 8, tzinfo=UTC)
KILLS = 200
TOWNS = ("Zenda", "Strelsau", "Hentzau", "Tarlenheim", "Hofbau")

# One warm process that forks a writer on each line it is given: no import and no table is waited for 200 times.
WARM = """
import os, sys
from datetime import datetime, UTC
from tollbook import pipeline
box, folder = sys.argv[1:]
pipeline.init_box(box)
with pipeline.open_box(box) as opened:
    pipeline.ingest(opened, [folder], now=datetime(2022, 2, 1, 8, tzinfo=UTC))
print(flush=True)
for line in sys.stdin:
    box, folder, told = line.rstrip("\\n").split("\\t")
    pid = os.fork()
    if not pid:
        code = 1
        try:
            ack = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            with pipeline.open_box(box) as opened:
                pipeline.ingest(opened, [folder], now=datetime(2022, 2, 1, 8, tzinfo=UTC),
                                progress=lambda done, total, name: os.write(ack, f"{name}\\n".encode()))
            code = 0
        finally:
            os._exit(code)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


def write_reports(folder: Path, count: int) -> None:
    """Small reports in their own words, some of them on one event, one that cannot be read."""
    folder.mkdir()
    for n in range(count):
        town, day = TOWNS[n % len(TOWNS)], 1 + n % 9
        text = (
            f"title: Attack in {town}, part {n}\npublished: 2022-01-{day + 10}\npublisher: Gazette {n % 4}\n\n"
            f"At least {n + 3} people were killed and {n + 5} others wounded in an attack on the market of {town} on "
            f"January {day}, the Zenda Monitor said. The toll rose to {n + 3} from {n + 1}.\n"
        )
        (folder / f"report-{n:03}.txt").write_text(text)
    (folder / "report-999.txt").write_bytes(b"")


def entries(box: Path) -> list[Entry]:
    with pipeline.open_box(box) as opened:
        return opened.log.entries()


def whole_reports(found: list[Entry]) -> dict[str, frozenset[str]]:
    """Report id to the ids of what was read in it."""
    said: dict[str, set[str]] = {e.id: set() for e in found if e.KIND == "report"}
    for entry in found:
        if isinstance(entry, Statement):
            said[entry.report].add(entry.id)
    return {i: frozenset(ids) for i, ids in said.items()}


def kept_are_whole(box: Path) -> None:
    for path in (box / "kept").glob("*/*"):
        if path.suffix != ".tmp":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.parent.name + path.name


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in") / "reports"
    write_reports(folder, 20)
    return folder


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> list[Entry]:
    """The entries of a run that nobody disturbed."""
    box = tmp_path_factory.mktemp("undisturbed") / "box"
    pipeline.init_box(box)
    with pipeline.open_box(box) as opened:
        done = pipeline.ingest(opened, [str(reports)], now=NOW)
    assert (len(done.added), len(done.unread)) == (20, 1)
    assert done.claims > 40
    return entries(box)


@pytest.fixture
def warm(tmp_path: Path, reports: Path) -> Iterator[Callable[[Path, Path, Path, float], bool]]:
    """A function that runs a writer, kills it after a while, and says whether it died of that."""
    process = subprocess.Popen(
        [sys.executable, "-c", WARM, str(tmp_path / "warm"), str(reports)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    into, out = process.stdin, process.stdout
    out.readline()

    def run(box: Path, folder: Path, told: Path, seconds: float) -> bool:
        into.write(f"{box}\t{folder}\t{told}\n")
        into.flush()
        pid = int(out.readline())
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        status = int(out.readline())
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the writer failed by itself"
        return os.WIFSIGNALED(status)

    yield run
    into.close()
    out.close()
    process.wait(timeout=30)


def patience(folder: Path, reports: Path) -> float:
    """Seconds in which this machine, as busy as it is, opens a box and adds a few reports."""
    box = folder / "pace"
    pipeline.init_box(box)
    began = time.perf_counter()
    one_run(box, reports)
    first = time.perf_counter()
    one_run(box, reports)
    again = time.perf_counter()
    return (again - first) + (first - began) / 10


@pytest.mark.slow
def test_two_hundred_kills_lose_and_double_nothing(
    tmp_path: Path, reports: Path, reference: list[Entry], warm: Callable[[Path, Path, Path, float], bool]
) -> None:
    chance = random.Random(20220120)
    longest = patience(tmp_path, reports)
    expected = whole_reports(reference)
    document = {e.document: e.id for e in reference if hasattr(e, "document")}
    kills = boxes = 0
    while kills < KILLS:
        boxes += 1
        box, told = tmp_path / f"box-{boxes}", tmp_path / f"told-{boxes}"
        pipeline.init_box(box)
        killed, pause, before = True, longest, 0
        while killed:
            killed = warm(box, reports, told, chance.uniform(0, pause))
            kills += killed
            with pipeline.open_box(box) as opened:
                found = opened.log.entries()
                assert pipeline.verify(opened) == []
            ids = [e.id for e in found]
            # where nothing new was written the writer gets longer, or a slow first report would never be
            pause, before = longest if len(ids) > before else pause * 1.2, len(ids)
            assert len(ids) == len(set(ids)), "doubled"
            assert {i: said for i, said in expected.items() if i in ids} == whole_reports(found), (
                "half a report"
            )
            acknowledged = told.read_text().split() if told.exists() else []
            assert {document[name] for name in acknowledged} <= set(ids), "lost"
            kept_are_whole(box)
        assert {e.id for e in entries(box)} == {e.id for e in reference}
        assert not list(box.rglob("*.tmp"))
    assert boxes < KILLS / 2, "most kills must fall into the work, not behind it"


def test_a_killed_making_of_a_box_can_be_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = tmp_path / "box"
    monkeypatch.setattr(Path, "replace", _die)
    with pytest.raises(KeyboardInterrupt):
        pipeline.init_box(box)
    monkeypatch.undo()
    with pytest.raises(pipeline.BoxError, match="is not a box"):
        pipeline.open_box(box)
    pipeline.init_box(box)
    assert entries(box) == []


def _die(*_: object) -> None:
    raise KeyboardInterrupt


class Nth:
    """Fails the n-th time it is asked, or from then on."""

    def __init__(self, n: int, *, sticky: bool) -> None:
        self.n, self.sticky, self.asked = n, sticky, 0

    def due(self) -> bool:
        self.asked += 1
        return self.asked == self.n or (self.sticky and self.asked > self.n)


def broken_disk(nth: Nth, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every durable write and every statement and commit of the database asks whether it is its turn to fail."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if nth.due():
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


def full(nth: Nth) -> Callable[..., None]:
    def asked(*_: object) -> None:
        if nth.due():
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    return asked


def directly(asked: Callable[..., None]) -> Callable[[sa.Connection], object]:
    """The driver's connection, for statements that go to it directly; each asks first."""
    real = tables._driver

    def driver(db: sa.Connection) -> object:
        asked()
        return real(db)

    return driver


@pytest.fixture
def three(tmp_path: Path) -> Path:
    folder = tmp_path / "three"
    write_reports(folder, 3)
    return folder


def one_run(box: Path, folder: Path) -> None:
    with pipeline.open_box(box) as opened:
        pipeline.ingest(opened, [str(folder)], now=NOW)


def told(run: Callable[[], None]) -> str:
    """What a run that fails says; nothing of one that does not."""
    try:
        run()
    except DiskFullError as error:
        return str(error)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("which", ["fsync", "before_cursor_execute", "commit"])
def test_whichever_write_fails_the_book_is_as_before_and_a_second_run_ends_it(
    tmp_path: Path, three: Path, monkeypatch: pytest.MonkeyPatch, which: str, sticky: bool
) -> None:
    pipeline.init_box(tmp_path / "reference")
    one_run(tmp_path / "reference", three)
    reference = entries(tmp_path / "reference")
    failed = 0
    for n in range(1, 400):
        box = tmp_path / f"box-{n}"
        pipeline.init_box(box)
        nth = Nth(n, sticky=sticky)
        asked = full(nth)
        with monkeypatch.context() as patch:
            if which == "fsync":
                broken_disk(nth, patch)
            else:
                sa.event.listen(sa.Engine, which, asked)
                if which == "before_cursor_execute":
                    patch.setattr(tables, "_driver", directly(asked))
            said = told(lambda: one_run(box, three))  # noqa: B023  (called at once)
            if which != "fsync":
                sa.event.remove(sa.Engine, which, asked)
        assert "full" in said or not said
        failed += bool(said)
        found = entries(box)
        assert found == reference[: len(found)]
        assert whole_reports(found).items() <= whole_reports(reference).items()
        kept_are_whole(box)
        assert not list(box.rglob("*.tmp"))
        one_run(box, three)
        assert [e.id for e in entries(box)] == [e.id for e in reference]
        if nth.asked < n:
            break
    else:
        pytest.fail("the run never ended without a fault")
    assert failed == n - 1, "a fault was swallowed"
    assert failed >= {"fsync": 15, "before_cursor_execute": 25, "commit": 4}[which]
