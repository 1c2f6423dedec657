"""The speed of the desk beside its peer, Datasette, on the same rows in the same run.

The server has one core, the load comes from another. Every request of the desk is signed in and on record. What is measured:
the page of 50 claims and Datasette's table page of the same 50 rows, as fast as they go and at 200 a second; the JSON of a
toll; the first page after the log grew; what the first paint loads; how long the desk takes to start, and its memory.
Datasette is no part of the project: it is put into a temporary environment, or found with ``--datasette``; else left out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rates import entries, war

from tollbook import pipeline
from tollbook.desk.accounts import Accounts
from tollbook.desk.hashing import Hashing
from tollbook.people import Right, Role

HOST = "127.0.0.1"
ROWS = 50
RATE = 200  # requests a second at which latency is measured
TOGETHER = 8  # connections that ask as fast as they can
STATIC = Path(__file__).resolve().parent.parent / "src/tollbook/desk/static"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    options.add_argument("--claims", type=int, default=5_000, help="claims in the book")
    options.add_argument("--seconds", type=float, default=4.0, help="how long each load lasts")
    options.add_argument("--datasette", help="the program, where it is installed already")
    options.add_argument("--port", type=int, default=8751)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="desk-") as name:
        folder = Path(name)
        key = box(folder / "box", chosen.claims)
        with desk(folder / "box", chosen.port) as (process, ready):
            rows = asyncio.run(of_the_desk(chosen.port, key, chosen.seconds, process.pid))
            memory = resident(process.pid)
            claims = fetched(f"http://{HOST}:{chosen.port}/api/v1/claims?limit={ROWS}", key)
        rows["start-up"] = (
            f"{ready:.1f} s with {chosen.claims:,} claims, memory {memory:,.0f} MB after the load"
        )
        rows["script of the first paint"] = scripts()
        pages = float(rows.pop("pages"))
        for what, said in rows.items():
            print(f"{what:44}{said}", flush=True)
        beside(folder, chosen, json.loads(claims)["rows"], pages)
    return 0


def box(folder: Path, claims: int) -> str:
    """A box with so many claims and one analyst; the key of their program."""
    pipeline.init_box(folder)
    now = datetime.now(UTC)
    with pipeline.open_box(folder) as made:
        made.log.load(entries([*war(claims)]))
        people = Accounts(pipeline.side_log(made, "people"))
        hashing = Hashing()
        people.first("Flavia", hashing.made("the king of Strelsau, 1894").result(), now)
        people.invite("Rudolf", Role.ANALYST, now, "Flavia")
        key = people.give("load", "Rudolf", frozenset({Right.READ, Right.WORK}), None, now)
        hashing.close()
        people.close()
    return key


@contextmanager
def served(command: Sequence[str], address: str) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A server pinned to one core, and after how many seconds it answered."""
    pinned = shutil.which("taskset")
    first = [pinned, "-c", "0"] if pinned else []
    began = time.perf_counter()
    process = subprocess.Popen([*first, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  (ours)
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - began > 120:
                    sys.exit(f"{command[0]} did not answer at {address}")
                time.sleep(0.05)
        yield process, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(10)


def desk(folder: Path, port: int) -> AbstractContextManager[tuple[subprocess.Popen[bytes], float]]:
    """The desk, with accounts."""
    command = [sys.executable, "-m", "tollbook", "desk", str(folder), "--port", str(port), "--accounts"]
    return served(command, f"http://{HOST}:{port}/api/v1/health")


# --- the load


async def asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    """Bytes of the body of one answer.

    Raises:
        SystemExit: it was none.
    """
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head[:16]:
        sys.exit(f"refused: {head[:80]!r}")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if length:
        return len(await reader.readexactly(int(length[1])))
    size = 0
    while (part := int(await reader.readline(), 16)) > 0:
        size += len(await reader.readexactly(part + 2))
    await reader.readexactly(2)
    return size


def request_of(path: str, port: int, key: str = "") -> bytes:
    """A request as it goes over the wire."""
    shown = f"Authorization: Bearer {key}\r\n" if key else ""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{shown}\r\n".encode()


async def rate(path: str, port: int, key: str, seconds: float) -> float:
    """Answers a second, as fast as they come."""
    request, count = request_of(path, port, key), 0
    end = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal count
        reader, writer = await asyncio.open_connection(HOST, port, limit=2**22)
        while time.perf_counter() < end:
            await asked(reader, writer, request)
            count += 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(TOGETHER)))
    return count / (time.perf_counter() - began)


async def latencies(path: str, port: int, key: str, seconds: float) -> list[float]:
    """Milliseconds from when each request was due, at a steady rate, sorted."""
    request, times = request_of(path, port, key), list[float]()
    lines: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(32):
        lines.put_nowait(await asyncio.open_connection(HOST, port, limit=2**22))

    async def one(due: float) -> None:
        line = await lines.get()
        await asked(*line, request)
        times.append((time.perf_counter() - due) * 1000)
        lines.put_nowait(line)

    began, running = time.perf_counter(), []
    for n in range(int(seconds * RATE)):
        due = began + n / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.append(asyncio.create_task(one(due)))
    await asyncio.gather(*running)
    return sorted(times)


def spread(times: list[float]) -> str:
    """Percentiles in words."""
    return ", ".join(f"p{p} {times[min(len(times) - 1, len(times) * p // 100)]:.1f} ms" for p in (50, 95, 99))


async def of_the_desk(port: int, key: str, seconds: float, pid: int) -> dict[str, str]:
    """What the desk does."""
    rows: dict[str, str] = {}
    idle = resident(pid)
    began = time.perf_counter()
    fetched(f"http://{HOST}:{port}/claims", key)
    rows["first page of 50 claims, nothing kept"] = (
        f"{(time.perf_counter() - began) * 1000:.0f} ms; memory before {idle:,.0f} MB"
    )
    spent, began = cpu(pid), time.perf_counter()
    pages = await rate("/claims", port, key, seconds)
    busy = (cpu(pid) - spent) / (time.perf_counter() - began)
    rows["page of 50 claims, signed in, on record"] = (
        f"{pages:,.0f} a second, {pages / busy:,.0f} a second of its core (bar 500)"
    )
    rows["pages"] = f"{pages}"
    rows[f"the same at {RATE} a second"] = (
        f"{spread(await latencies('/claims', port, key, seconds))} (bar: p95 25 ms)"
    )
    incident = json.loads(fetched(f"http://{HOST}:{port}/api/v1/claims?limit=1", key))["rows"][0]["incident"]
    path = f"/api/v1/incidents/{incident}/tolls"
    spent, began = cpu(pid), time.perf_counter()
    tolls = await rate(path, port, key, seconds)
    busy = (cpu(pid) - spent) / (time.perf_counter() - began)
    rows["JSON of a toll"] = f"{tolls:,.0f} a second, {tolls / busy:,.0f} a second of its core (bar 3,000)"
    return rows


def fetched(address: str, key: str = "") -> bytes:
    """What stands at an address of a server that this script started."""
    request = urllib.request.Request(  # noqa: S310  (ours)
        address, headers={"Authorization": f"Bearer {key}"} if key else {}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  (ours)
        found: bytes = answer.read()
    return found


def cpu(pid: int) -> float:
    """Seconds of the processor that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    said = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", said)
    return int(found[1]) / 1024 if found else 0.0


def scripts() -> str:
    """How much script a page without a map loads first."""
    manifest = STATIC / "manifest.json"
    if not manifest.is_file():
        return "the pages were not built (make desk)"
    made = json.loads(manifest.read_text(encoding="utf-8"))
    wanted, files = ["src/main.ts"], set[str]()
    while wanted:
        part = made[wanted.pop()]
        files.add(part["file"])
        wanted += part.get("imports", [])
    size = sum((STATIC / name).stat().st_size for name in files) / 1000
    return f"{size:,.0f} kB (bar 200)"


# --- the peer


def beside(folder: Path, chosen: argparse.Namespace, rows: list[dict[str, object]], ours: float) -> None:
    """Datasette's table page of the same claims, in this run."""
    program = chosen.datasette or installed(folder)
    if program is None:
        print("Datasette cannot be installed here; name it with --datasette to have it in this table")
        return
    names = [n for n, v in rows[0].items() if not isinstance(v, list | dict)]
    with sqlite3.connect(folder / "claims.db") as db:
        db.execute("CREATE TABLE claims (" + ", ".join(f'"{name}"' for name in names) + ")")
        marks = ", ".join("?" * len(names))
        db.executemany(f"INSERT INTO claims VALUES ({marks})", [[r[n] for n in names] for r in rows])  # noqa: S608
    port = chosen.port + 1
    path = f"/claims/claims?_size={ROWS}"
    with served(
        [program, "serve", "-i", str(folder / "claims.db"), "-h", HOST, "-p", str(port)],
        f"http://{HOST}:{port}/-/versions.json",
    ) as (process, ready):
        page = fetched(f"http://{HOST}:{port}{path}").decode()
        held = sum(str(r["id"]) in page for r in rows)
        pages = asyncio.run(rate(path, port, "", chosen.seconds))
        print(
            f"{'Datasette, table page of the same rows':44}{pages:,.0f} a second, nobody signed in, nothing on record; {held} of {len(rows)} claims on it"
        )
        print(
            f"{'the same at 200 a second, if it keeps up':44}{spread(asyncio.run(latencies(path, port, '', chosen.seconds)))}"
        )
        print(f"{'ours beside it':44}{ours / pages:.1f} times (bar 8)")
        print(f"{'its start-up':44}{ready:.1f} s, {resident(process.pid):,.0f} MB")


def installed(folder: Path) -> str | None:
    """Datasette in an environment of its own."""
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder / "peer")], check=True, capture_output=True)
        subprocess.run(
            [str(folder / "peer/bin/pip"), "install", "--quiet", "datasette"], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return str(folder / "peer/bin/datasette")


if __name__ == "__main__":
    sys.exit(main())
