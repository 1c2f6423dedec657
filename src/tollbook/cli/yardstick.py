"""Scores the reading against annotated texts with the yardstick's own scorers, half by half.

Two halves are told apart. ``open`` is the half whose errors may be read: the working ids of the hand-made set, and
half of each outside set. ``held`` is known by its score alone: the watched ids, and the other half. A gap
between the two means that rules were learned by heart.
"""

from __future__ import annotations

import hashlib
import json
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
from tollbook.cli.measures import HALVES, MEASURES, breaches
from tollbook.connectors import Refused


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


def held(item: str) -> bool:
    """Whether an item belongs to the half whose errors nobody reads; by its name, so for ever."""
    return hashlib.sha256(item.encode()).digest()[0] % 2 == 1


def read(name: str, texts: Path, reader: str = "rules") -> Run:
    """Every text of a set, read as ``tollbook read --format jsonl`` does, on one core."""
    run = Run(name)
    for _ in pipeline.documents(["-"], stdin=b"Three people were killed in Zenda on Monday, the mayor said."):
        pass  # rules and place list are loaded before the clock starts
    began = time.process_time()
    for item in pipeline.documents([str(texts)], reader=reader):
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
        done = subprocess.run(  # noqa: S603  (the scorers of the folder that the caller named)
            command, check=False, capture_output=True, text=True
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["it said nothing"]
            raise ScorerError(f"{self.yardstick / script} failed: {said[-1][:200]}")
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


def plain(run: Run) -> dict[str, Any]:
    """The numbers of a run for programs."""
    return {
        "reports": run.reports,
        "documents": len(run.records),
        "words": run.words,
        "seconds": round(run.seconds, 2),
        "words_per_second": round(run.words / run.seconds) if run.seconds else None,
        "breaches": len(run.breaches),
    }


class ScorerError(Exception):
    """A scorer of the yardstick failed: which one and what it said."""


def measure(
    yardstick: Path, sets: Sequence[str], *, show: int = 0, keep: Path | None = None, reader: str = "rules"
) -> list[Run]:
    """Reads the texts of each set and scores what came out.

    Args:
        yardstick: the folder with the scorers and a folder for each set.
        sets: names of sets.
        show: how many errors of each kind are printed, of the open halves alone.
        keep: a folder for the predictions, or None.
        reader: name of the reader, as ``tollbook.toml`` names it.

    Raises:
        ScorerError: a scorer failed.
    """
    with tempfile.TemporaryDirectory(prefix="yardstick-") as temporary:
        scorers = Scorers(yardstick, Path(temporary))
        runs = []
        for name in sets:
            runs.append(read(name, scorers.texts(name), reader))
            scorers.score(runs[-1], show)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            for run in runs:
                kept = (Path(temporary) / f"{run.name}.jsonl").read_text(encoding="utf-8")
                (keep / f"{run.name}.jsonl").write_text(kept, encoding="utf-8")
    return runs
