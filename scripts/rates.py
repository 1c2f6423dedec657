"""Rates of the log, of the index beside it and of a full reckoning, in one run: what is compared was measured together.

The claims are made here: incidents of some five claims each, one party and two voices whose totals only grow, all said on
one day. For these the method ``strict`` comes to the range over the latest totals, which SQL can say too, so that the
index, the book and DuckDB (where it is installed) must give the same figures, and the run fails when they do not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tollbook.book import realise
from tollbook.codes import Outcome
from tollbook.figures import Figure, between, exactly
from tollbook.log import Index, Log, Made, Move
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Span
from tollbook.pipeline.running import look_up
from tollbook.toll.rollups import roll_up
from tollbook.toll.shares import NONE, Share, shares
from tollbook.toll.stock import EVERYTHING, Piece
from tollbook.values import ALL, Toll

T = TypeVar("T")
DAY, SEED = date(2031, 3, 5), 20310305
MORNING = datetime(2031, 3, 5, tzinfo=UTC)
PARTIES = tuple(f"Party {letter}" for letter in "ABCDEFGHIJKL")
TOGETHER = 10  # claims in a report
OPEN = 500  # incidents that are spoken of at one time
RUNS = 5
LOOKS = 2000  # look-ups that the percentiles are of


class Told(NamedTuple):
    """A claim of the war: its number, its incident, whose word it is, and how many."""

    at: int
    incident: int
    origin: int
    people: int

    @property
    def moment(self) -> datetime:
        """When its report was recorded."""
        return moment(self.at)


def moment(at: int) -> datetime:
    """When the report of a claim was recorded."""
    return MORNING + timedelta(seconds=at // TOGETHER)


def war(claims: int) -> Iterator[Told]:
    """So many claims; the same every time."""
    chance = random.Random(SEED)  # noqa: S311  (claims are made of it, no secrets)
    highest = array("h", bytes(2 * (claims // 5 + OPEN + 1)))
    for at in range(claims):
        incident = at // 5 + int(chance.random() * OPEN)
        highest[incident] += 1 + (chance.random() < 0.3)
        yield Told(at, incident, int(chance.random() < 0.5), highest[incident])


# --- the log


def entries(told: Sequence[Told]) -> Iterator[Entry]:
    """The claims as a desk's log has them: reports, claims, incidents when first spoken of, links."""
    founded: dict[int, str] = {}
    for one in told:
        when = one.moment
        if one.incident not in founded:
            event = Incident(said_on=DAY, name=f"Attack {one.incident}", place="Zenda", recorded_at=when)
            founded[one.incident] = event.id
            yield event
        report = Report(
            said_on=DAY,
            publisher=("Zenda Post", "Strelsau Courier")[one.origin],
            original=f"{one.at // TOGETHER:064x}",
            text=f"{one.at // TOGETHER:063x}{one.origin}",
            recorded_at=when,
        )
        yield report
        quote = f"{one.people} people were killed"
        claim = Claim(
            report=report.id,
            span=Span(one.at % TOGETHER * 50, one.at % TOGETHER * 50 + len(quote)),
            quote=quote,
            outcome=Outcome.KILLED,
            figure=exactly(one.people),
            party=PARTIES[one.incident % len(PARTIES)],
            said_on=DAY,
            recorded_at=when,
        )
        yield claim
        yield Link(claim=claim.id, incident=founded[one.incident], reason="place and day", recorded_at=when)


def fsyncs(folder: Path, seconds: float = 0.5) -> float:
    """How often a second this disk makes four kilobytes at the end of a file durable."""
    block, count = bytes(4096), 0
    with (folder / "disk").open("wb", buffering=0) as file:
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            file.write(block)
            os.fsync(file.fileno())
            count += 1
        return count / (time.perf_counter() - began)


def durable(folder: Path, runs: int) -> tuple[float, float]:
    """Durable claims a second, one a transaction, and fsyncs of the same disk, in turns; the medians."""
    claims = [e for e in entries([*war(400 * runs)]) if isinstance(e, Claim)]
    rates, disk = [], []
    with Log.open(folder / "single.db", create=True) as log:
        for run in range(runs):
            disk.append(fsyncs(folder))
            some = claims[400 * run : 400 * (run + 1)]
            began = time.perf_counter()
            for claim in some:
                log.append([claim])
            rates.append(len(some) / (time.perf_counter() - began))
    return statistics.median(rates), statistics.median(disk)


def log_rates(folder: Path, bulk: int, runs: int) -> Iterator[tuple[str, str]]:
    """How fast the log takes entries, gives them back and is verified, and a book is made of them."""
    single, disk = durable(folder, runs)
    share = f"{single / disk:.0%} of the disk's {disk:,.0f} fsyncs/s"
    yield "one durable claim a transaction", f"{single:,.0f} claims/s, {share}"
    reports = [list(entries([*war(TOGETHER * (r + 1))][-TOGETHER:])) for r in range(200)]
    with Log.open(folder / "reports.db", create=True) as log:
        seconds, _, _ = clocked(lambda: [log.append(batch) for batch in reports])
        yield "one durable report of ten claims a transaction", f"{len(reports) / seconds:,.0f} reports/s"
    made = list(entries([*war(bulk)]))
    with Log.open(folder / "bulk.db", create=True) as log:
        seconds, cpu, _ = clocked(lambda: log.load(made))
        count = log.head()[0]
        yield "bulk, chained entries", f"{count / seconds:,.0f} entries/s, {count / cpu:,.0f} a CPU second"
        for name, act in (
            ("read back", log.entries),
            ("verify the chain", log.verify),
            ("read back and realise the book", lambda: realise(log.entries())),
        ):
            seconds, cpu, _ = clocked(act)
            yield name, f"{count / seconds:,.0f} entries/s, {count / cpu:,.0f} a CPU second"


def clocked(act: Callable[[], T]) -> tuple[float, float, T]:
    """Seconds by the wall and of the processor that something takes, and what it gives."""
    began, spent = time.perf_counter(), time.process_time()
    found = act()
    return time.perf_counter() - began, time.process_time() - spent, found


def memory() -> str:
    """The most memory that this process has had so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most so far"


# --- the index


@cache
def adds(low: int, high: int) -> dict[str, Share]:
    """What an incident of one party adds, by group; the party is called so."""
    figure = between(low, high)
    tolls = {group: Toll("", Outcome.KILLED, group, figure=figure) for group in (ALL, "party")}
    return {
        group: share
        for (_, group), share in shares(Piece("", None, (), 0, 0, {Outcome.KILLED: tolls})).items()
    }


@cache
def differences(before: tuple[int, int] | None, after: tuple[int, int]) -> tuple[tuple[str, Share], ...]:
    """By how much what an incident adds changes when its range does."""
    old, new = adds(*before) if before else {}, adds(*after)
    changes = {g: new.get(g, NONE).minus(old.get(g, NONE)) for g in old.keys() | new.keys()}
    return tuple((g, by) for g, by in changes.items() if by != NONE)


def moves(told: Iterator[Told], claims: int) -> Iterator[Move]:
    """What the claims move in the ledgers of the whole book."""
    latest = [array("h", bytes(2 * (claims // 5 + OPEN + 1))) for _ in range(2)]
    ledgers = {
        (p, g): (EVERYTHING, "killed", PARTIES[p] if g == "party" else g)
        for p in range(12)
        for g in adds(1, 2)
    }
    for one in told:
        mine, other = latest[one.origin], latest[1 - one.origin]
        before = spread(mine[one.incident], other[one.incident])
        mine[one.incident] = one.people
        after = spread(one.people, other[one.incident])
        when, party = one.moment, one.incident % len(PARTIES)
        if after is not None:
            for group, by in differences(before, after):
                yield Move(when, ledgers[party, group], by)


def spread(one: int, other: int) -> tuple[int, int] | None:
    """The range over two voices' totals; nought is a voice that has not spoken."""
    said = [n for n in (one, other) if n]
    return (min(said), max(said)) if said else None


def written(told: Iterator[Told], path: Path) -> Iterator[Told]:
    """The claims, each written to a file of columns on the way."""
    with path.open("w", encoding="ascii") as file:
        file.write("place,incident,origin,count\n")
        for one in told:
            file.write(f"{one.at},{one.incident},{one.origin},{one.people}\n")
            yield one


def looked_up(index: Index, claims: int) -> tuple[list[float], list[float]]:
    """Seconds of each look-up of twelve parties at a random past moment, by the wall and of the processor, sorted."""
    chance = random.Random(SEED)  # noqa: S311  (moments, no secrets)
    times = [
        clocked(lambda: look_up(index, EVERYTHING, Outcome.KILLED, moment(chance.randrange(claims)), PARTIES))
        for _ in range(LOOKS)
    ]
    return sorted(wall for wall, _, _ in times), sorted(cpu for _, cpu, _ in times)


# --- reckoning in full

QUERY = """
WITH latest AS (SELECT incident, origin, arg_max(count, place) AS n FROM claims WHERE place < {end} GROUP BY incident, origin),
     pieces AS (SELECT incident, min(n) AS low, max(n) AS high FROM latest GROUP BY incident)
SELECT incident % 12, sum(low), sum(high), sum(CASE WHEN low = high THEN low ELSE 0 END),
       count(*) FILTER (WHERE low <> high), sum(high - low)
FROM pieces GROUP BY 1 ORDER BY 1
"""


def by_columns(columns: Any, end: int) -> dict[str, Figure]:  # noqa: ANN401  (a connection of a package that may be missing)
    """The toll of each party, reckoned from the columns of the claims before one."""
    rows = columns.execute(QUERY.format(end=end)).fetchall()
    loose, vague = sum(row[5] for row in rows), sum(row[4] for row in rows)
    found = {}
    for party, low, high, best, own_vague, own_loose in rows:
        # An incident of another party holds none of this one at least, and at most whom it gives to nobody.
        most = int(high + loose - own_loose)
        found[PARTIES[party]] = Figure(int(low), None if own_vague or vague - own_vague else int(best), most)
    return found


def by_book(told: Sequence[Told]) -> tuple[dict[str, Figure], float, float]:
    """The toll of each party by the book's own rule, with the seconds it took from the entries on."""
    made = list(entries(told))
    wall, cpu, found = clocked(lambda: {r.group: r.counted for r in roll_up(realise(made), EVERYTHING)})
    return {party: found[party] for party in PARTIES}, wall, cpu


def reckonings(folder: Path, claims: int, in_book: int) -> Iterator[tuple[str, str]]:
    """The index of a war, its look-ups, and the same figures by the book and by DuckDB.

    Raises:
        SystemExit: the figures differ.
    """
    name = f"{claims:,} claims"
    with Index.open(folder / "index.db") as index:
        told = written(war(claims), folder / "claims.csv")
        made = Made(claims, "", moment(claims), "bench")
        wall, cpu, _ = clocked(lambda: index.extend(moves(told, claims), made))
        size = (folder / "index.db").stat().st_size / 2**20
        yield (
            f"index of {name}, written",
            f"{wall:,.1f} s, {cpu:,.1f} CPU s, {size:,.0f} MB on the disk; {memory()}",
        )
        walls, cpus = looked_up(index, claims)
        middle, late = walls[LOOKS // 2] * 1000, walls[LOOKS * 99 // 100] * 1000
        yield (
            f"toll of 12 parties at a random moment of {name}",
            f"median {middle:.2f} ms, p99 {late:.2f} ms (CPU p99 {cpus[LOOKS * 99 // 100] * 1000:.2f} ms)",
        )

        def kept(end: int) -> dict[str, Figure]:
            return look_up(index, EVERYTHING, Outcome.KILLED, moment(end - 1), PARTIES)

        few = min(in_book, claims)
        found, wall, cpu = by_book([*war(few)])
        same(f"the book and the index after {few:,} claims", found, kept(few))
        whole = cpu / few * 10_000_000
        yield (
            f"full reckoning in the book, {few:,} claims",
            f"{wall:,.1f} s, {few / cpu:,.0f} claims a CPU second ({whole:,.0f} CPU s for 10,000,000); equal; {memory()}",
        )
        yield from _columns(folder, claims, kept)


def _columns(
    folder: Path, claims: int, kept: Callable[[int], dict[str, Figure]]
) -> Iterator[tuple[str, str]]:
    try:
        duckdb: Any = importlib.import_module("duckdb")
    except ImportError:
        yield (
            "full reckoning over columns",
            "DuckDB is not installed here; pip install duckdb puts it into this table",
        )
        return
    columns: Any
    with duckdb.connect() as columns:
        columns.execute("SET threads = 2")
        source, parquet = folder / "claims.csv", folder / "claims.parquet"
        columns.execute(f"COPY (FROM read_csv('{source}')) TO '{parquet}'")
        columns.execute(f"CREATE VIEW claims AS FROM read_parquet('{parquet}')")
        for end in (claims, claims // 2 // TOGETHER * TOGETHER):
            wall, cpu, found = clocked(partial(by_columns, columns, end))
            same(f"DuckDB and the index after {end:,} claims", found, kept(end))
            yield (
                f"full reckoning over columns, DuckDB, {end:,} claims",
                f"{wall:.2f} s, {cpu:.2f} CPU s; equal; {memory()}",
            )


def same(what: str, one: dict[str, Figure], other: dict[str, Figure]) -> None:
    """Stops the run when two reckonings differ."""
    if one != other:
        wrong = {p: (one.get(p), other.get(p)) for p in PARTIES if one.get(p) != other.get(p)}
        sys.exit(f"{what} differ: {wrong}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    options.add_argument("--claims", type=int, default=300_000, help="claims that the index and DuckDB hold")
    options.add_argument(
        "--full", action="store_true", help="ten million claims: minutes, and two GB of disk"
    )
    options.add_argument("--book", type=int, default=20_000, help="claims that the book reckons in full")
    options.add_argument("--bulk", type=int, default=60_000, help="claims that are loaded into the log")
    options.add_argument("--runs", type=int, default=RUNS, help="how many runs the medians are of")
    options.add_argument(
        "--folder",
        type=Path,
        help="where to write, if not where temporary files go: the disk that is measured",
    )
    options.add_argument("--json", action="store_true", help="print the numbers for programs")
    chosen = options.parse_args(arguments)
    claims = 10_000_000 if chosen.full else chosen.claims
    rows: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="rates-", dir=chosen.folder) as folder:
        for rates in (
            log_rates(Path(folder), chosen.bulk, chosen.runs),
            reckonings(Path(folder), claims, chosen.book),
        ):
            for name, rate in rates:
                rows[name] = rate
                if not chosen.json:
                    print(f"{name:62}{rate}", flush=True)
    if chosen.json:
        print(json.dumps(rows, indent=1))
    else:
        print(
            f"{'memory':62}{memory()}; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
