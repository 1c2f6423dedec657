"""Scores the reading against annotated texts: one table, beside a naive floor, a laboratory, the best peer and the bar.

The texts are not part of the project. They are looked for in ``../shared/yardstick`` beside the project, or
where the environment variable TOLLBOOK_YARDSTICK says; without them this prints one line and is done.

Two halves are told apart. ``open`` is the half whose errors may be read: the working ids of the hand-made set, and
half of each outside set. ``held`` is known by its score alone: the watched ids, and the other half. A gap
between the two means that rules were learned by heart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tollbook import pipeline
from tollbook.cli.contract import document
from tollbook.codes import Outcome, Phase, Scope, Status, VictimsClass
from tollbook.connectors import Refused

PROJECT = Path(__file__).resolve().parent.parent
TOLLS = ("wad", "airwars", "gva", "displacement")
SETS = ("dev", "muc4", *TOLLS)
HALVES = ("all", "open", "held")


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: where its score stands in a scorer's report, and what it is held against."""

    of: str
    name: str
    path: tuple[str, ...]
    floor: float | None = None
    laboratory: float | None = None
    peer: float | None = None
    bar: float | None = None
    stretch: float | None = None


def _of_dev() -> Iterator[Measure]:
    yield Measure("dev", "figure F1", ("figure", "f1"), 0.60, 0.85, 0.95, 0.86, 0.92)
    yield Measure("dev", "claim F1", ("claim", "f1"), 0.04, 0.39, 0.81, 0.65, 0.80)
    held = {
        "speaker": (0.79, 0.96, 0.88),
        "victims_class": (0.70, 0.90, 0.84),
        "scope": (0.83, 0.98, 0.88),
        "status": (0.95, 0.99, 0.96),
    }
    for name, (laboratory, peer, bar) in held.items():
        yield Measure("dev", name, ("attributes", name, "accuracy"), None, laboratory, peer, bar)
    for name in ("party", "perpetrator", "place", "date_from", "date_to", "part_of", "supersedes"):
        yield Measure("dev", name, ("attributes", name, "accuracy"))
    yield Measure("dev", "texts without a claim", ("clean",), None, 0.64, 1.0, 0.95, 1.0)


MEASURES = (
    *_of_dev(),
    Measure("muc4", "F1, relevant texts", ("relevant", "f1"), 0.28, 0.66, 0.674, 0.69, 0.75),
    Measure("muc4", "F1, all texts", ("all", "f1"), 0.26, 0.52, 0.617, 0.52, 0.62),
    Measure("muc4", "F1, numbers above one", ("numbers", "f1"), None, None, 0.586),
    Measure("muc4", "F1, distinct", ("distinct", "f1"), None, None, 0.679),
    Measure("wad", "killed, best", ("killed", "best"), 0.68, 0.78, 0.813, 0.82, 0.86),
    Measure("wad", "wounded, best", ("wounded", "best"), 0.58, 0.77, None, 0.78, 0.84),
    Measure("wad", "killed, ratio", ("killed", "ratio")),
    Measure("airwars", "killed, inside", ("killed", "inside"), 0.67, 0.86, None, 0.87, 0.92),
    Measure("airwars", "killed, low", ("killed", "low"), 0.61, None, None, 0.80),
    Measure("airwars", "killed, high", ("killed", "high"), 0.52, 0.66, None, 0.72),
    Measure("airwars", "wounded, inside", ("wounded", "inside"), 0.40, 0.70, None, 0.74, 0.82),
    Measure("airwars", "killed, ratio", ("killed", "ratio")),
    Measure("gva", "killed, exact", ("killed", "exact"), 0.72, 0.85, None, 0.87, 0.92),
    Measure("gva", "wounded, exact", ("wounded", "exact"), 0.49, 0.71, None, 0.75, 0.82),
    Measure("gva", "killed of two or more, best", ("killed 2+", "best"), 0.53, None, None, 0.70),
    Measure("gva", "wounded of two or more, best", ("wounded 2+", "best"), 0.49, None, None, 0.70),
    Measure("gva", "killed, ratio", ("killed", "ratio")),
    Measure("displacement", "displaced, best", ("displaced", "best"), 0.46, 0.87, 0.90, 0.91, 0.95),
    Measure("displacement", "displaced, ratio", ("displaced", "ratio")),
)


@dataclass(slots=True)
class Run:
    """What reading one set gave.

    Attributes:
        records: the contract's objects, one a document.
        breaches: what breaks the contract, a sentence each.
        reports: the scorers' reports by half ("all", "open", "held", for dev also "seed").
        words: blank-separated words read.
        seconds: CPU seconds they took.
    """

    name: str
    records: list[dict[str, Any]] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    reports: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: int = 0
    seconds: float = 0.0


def folder() -> Path:
    """Where the annotated texts are looked for."""
    given = os.environ.get("TOLLBOOK_YARDSTICK")
    return Path(given) if given else PROJECT.parent / "shared" / "yardstick"


def held(item: str) -> bool:
    """Whether an item belongs to the half whose errors nobody reads; by its name, so for ever."""
    return hashlib.sha256(item.encode()).digest()[0] % 2 == 1


def breaches(record: Mapping[str, Any], body: str) -> list[str]:
    """What in a contract object breaks the contract: words not at their span, unknown codes, indexes out of range."""
    found: list[str] = []
    claims, events, incidents = record["claims"], record["events"], record["incidents"]
    for kind, statements in (("claim", claims), ("event", events)):
        for number, s in enumerate(statements):
            start, end = s["span"]
            if not (0 <= start < end <= len(body) and body[start:end] == s["quote"]):
                found.append(f"{kind} {number}: the quote does not stand at its span")
            if s["status"] not in set(Status):
                found.append(f"{kind} {number}: unknown status {s['status']!r}")
    codes: dict[str, set[str]] = {
        "outcome": set(Outcome),
        "victims_class": set(VictimsClass),
        "scope": set(Scope),
    }
    for number, claim in enumerate(claims):
        found += [
            f"claim {number}: unknown {k} {claim[k]!r}" for k, known in codes.items() if claim[k] not in known
        ]
        for key in ("part_of", "supersedes"):
            if claim[key] is not None and not (0 <= claim[key] < len(claims) and claim[key] != number):
                found.append(f"claim {number}: {key} is out of range")
        ends = [claim[k] for k in ("low", "high") if claim[k] is not None]
        if ends != sorted(ends) or any(n < 0 for n in ends):
            found.append(f"claim {number}: low and high are not in order")
    found += [
        f"event {n}: unknown phase {e['phase']!r}"
        for n, e in enumerate(events)
        if e["phase"] not in set(Phase)
    ]
    for number, incident in enumerate(incidents):
        for key, of in (("claims", claims), ("events", events)):
            if not all(0 <= i < len(of) for i in incident[key]):
                found.append(f"incident {number}: {key} are out of range")
        if not set(incident["toll"]) <= set(Outcome):
            found.append(f"incident {number}: unknown outcome in its toll")
    if incidents and sum(i["main"] for i in incidents) != 1:
        found.append("not exactly one incident is the main one")
    return found


def read(name: str, texts: Path) -> Run:
    """Every text of a set, read as ``tollbook read --format jsonl`` does, on one core."""
    run = Run(name)
    for _ in pipeline.documents(["-"], stdin=b"Three people were killed in Zenda on Monday, the mayor said."):
        pass  # rules and place list are loaded before the clock starts
    began = time.process_time()
    for item in pipeline.documents([str(texts)]):
        if isinstance(item, Refused):
            run.breaches.append(f"{item.document}: {item.reason}")
            continue
        record = document(item.report.document, item.reading)
        run.seconds += time.process_time() - began
        run.records.append(record)
        run.words += len(item.body.split())
        run.breaches += [f"{item.report.document}: {b}" for b in breaches(record, item.body)]
        began = time.process_time()
    return run


class Scorers:
    """The yardstick's own scorers, run as they are, each in a process of its own."""

    def __init__(self, yardstick: Path, work: Path) -> None:
        self.yardstick, self.work = yardstick, work

    def texts(self, name: str) -> Path:
        """The texts of a set as files."""
        if name == "dev":
            return self.yardstick / "dev" / "docs"
        target = self.work / "texts" / name
        self._run("unpack.py", self.yardstick / name, target)
        return target

    def score(self, run: Run, show: int) -> None:
        """Puts the reports of every half into the run; prints errors of the open half if any are asked for."""
        predictions = self.work / f"{run.name}.jsonl"
        lines = (json.dumps(r, ensure_ascii=False) for r in run.records)
        predictions.write_text("".join(f"{x}\n" for x in lines), encoding="utf-8")
        for half, part in self._halves(run.name):
            script = self._scorer(run.name)
            report = json.loads(self._run(script, predictions, *part, "--json"))
            run.reports[half] = report.get(run.name, report)
            if show and half == "open":
                print(f"--- {run.name}: errors of the open half")
                print(self._run(script, predictions, *part, "--show", str(show)))

    def _scorer(self, name: str) -> str:
        return {"dev": "score.py", "muc4": "muc4/score.py"}.get(name, "tolls.py")

    def _halves(self, name: str) -> Iterator[tuple[str, tuple[str | Path, ...]]]:
        """Each half with the option that scores it alone."""
        if name == "dev":
            seed = self.work / "seed.ids"
            seed.write_text("seed\n")
            yield "all", ()
            yield "open", ("--ids", self.yardstick / "dev" / "work.ids")
            yield "held", ("--ids", self.yardstick / "dev" / "watch.ids")
            yield "seed", ("--ids", seed)
            return
        rows = (self.yardstick / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        for half in HALVES:
            chosen = [r for r in rows if r.strip() and (half == "all" or _held_row(r) == (half == "held"))]
            part = self.work / half / name
            part.mkdir(parents=True, exist_ok=True)
            (part / "gold.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")
            yield half, ("--set", part)

    def _run(self, script: str, *options: str | Path) -> str:
        command = [sys.executable, str(self.yardstick / script), *map(str, options)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{script} failed: {done.stderr.strip().splitlines()[-1:]}")
        return done.stdout


def _held_row(row: str) -> bool:
    item = json.loads(row)
    return held(item.get("item") or item["document"])


def value(report: Mapping[str, Any], path: Sequence[str]) -> float | None:
    """The number at a path of a report; "3/4" is .75; None where there is none."""
    at: Any = report
    for key in path:
        at = at.get(key) if isinstance(at, Mapping) else None
    if isinstance(at, str):
        part, _, whole = at.partition("/")
        return int(part) / int(whole) if int(whole) else None
    return float(at) if at is not None else None


def rows(runs: Iterable[Run]) -> Iterator[dict[str, Any]]:
    """The lines of the table: each measure with its scores and what it is held against."""
    for run in runs:
        for m in MEASURES:
            if m.of != run.name:
                continue
            scores = {half: value(run.reports[half], m.path) for half in run.reports}
            against = {k: getattr(m, k) for k in ("floor", "laboratory", "peer", "bar", "stretch")}
            yield {"set": m.of, "measure": m.name, **scores, **against}


def table(runs: Sequence[Run]) -> str:
    """All scores as text."""
    columns = ("all", "open", "held", "seed", "floor", "laboratory", "peer", "bar", "stretch")
    widths = (8, 8, 8, 8, 8, 12, 8, 8, 9)
    head = f"{'':44}" + "".join(f"{c:>{w}}" for c, w in zip(columns, widths, strict=True))
    lines = [head]
    for row in rows(runs):
        cells = (row.get(c) for c in columns)
        numbers = "".join(
            f"{'' if n is None else f'{n:.3f}':>{w}}" for n, w in zip(cells, widths, strict=True)
        )
        missed = row["bar"] is not None and row["held"] is not None and row["held"] < row["bar"]
        lines.append(f"{row['set']:14}{row['measure']:30}{numbers}{'  <' if missed else ''}")
    lines.append(
        "\n< the held half is below the bar; ratio is predicted over coded, the bar is 0.8 to 1.25\n"
    )
    lines.append(f"{'':14}{'documents':>10}{'words':>10}{'CPU s':>8}{'words/s':>10}{'breaches':>10}")
    for run in runs:
        speed = run.words / run.seconds if run.seconds else 0
        lines.append(
            f"{run.name:14}{len(run.records):>10,}{run.words:>10,}{run.seconds:>8.1f}{speed:>10,.0f}{len(run.breaches):>10}"
        )
    return "\n".join(line.rstrip() for line in lines)


def _plain(run: Run) -> dict[str, Any]:
    return {
        "reports": run.reports,
        "documents": len(run.records),
        "words": run.words,
        "seconds": round(run.seconds, 2),
        "words_per_second": round(run.words / run.seconds) if run.seconds else None,
        "breaches": len(run.breaches),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads, scores and prints; 0 also where there are no texts."""
    options = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    options.add_argument(
        "--set", "--only", action="append", choices=SETS, dest="sets", help="this set alone; may be repeated"
    )
    options.add_argument("--json", action="store_true", help="print the numbers for programs")
    options.add_argument("--keep", type=Path, help="keep the predictions in this folder")
    options.add_argument(
        "--show", type=int, default=0, help="print so many errors of each kind, of the open halves"
    )
    chosen = options.parse_args(arguments)
    yardstick = folder()
    if not (yardstick / "score.py").is_file():
        print(
            "No annotated texts here: set TOLLBOOK_YARDSTICK to the folder that holds score.py to measure the reading."
        )
        return 0
    with tempfile.TemporaryDirectory(prefix="yardstick-") as temporary:
        scorers = Scorers(yardstick, Path(temporary))
        runs = []
        for name in chosen.sets or SETS:
            runs.append(read(name, scorers.texts(name)))
            scorers.score(runs[-1], chosen.show)
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            for run in runs:
                kept = (Path(temporary) / f"{run.name}.jsonl").read_text(encoding="utf-8")
                (chosen.keep / f"{run.name}.jsonl").write_text(kept, encoding="utf-8")
    if chosen.json:
        print(json.dumps({run.name: _plain(run) for run in runs}, indent=1))
        return 0
    print(table(runs))
    for run in runs:
        for breach in run.breaches[:5]:
            print(f"breach in {run.name}: {breach}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
