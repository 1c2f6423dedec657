"""Scores the reading against annotated texts, and shows claim by claim what a change gained and lost.

The texts are not part of the project. They are looked for in ``../shared/yardstick`` beside the project, or
where the environment variable TOLLBOOK_YARDSTICK says; without them this prints one line and is done.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tollbook.cli.measures import SETS
from tollbook.cli.yardstick import ScorerError, measure, plain, table

PROJECT = Path(__file__).resolve().parent.parent
CORE = ("speaker", "victims_class", "scope", "status")
Claim = Mapping[str, Any]


def folder() -> Path:
    """Where the annotated texts are looked for."""
    given = os.environ.get("TOLLBOOK_YARDSTICK")
    return Path(given) if given else PROJECT.parent / "shared" / "yardstick"


def earlier(commit: str, yardstick: Path, work: Path) -> Path | None:
    """What the code of a commit reads in the hand-made set; None where there is no such code."""
    packed = work / "src.tar"
    with packed.open("wb") as file:
        done = subprocess.run(
            ["git", "-C", str(PROJECT), "archive", commit, "src", "scripts"],
            stdout=file, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    if done.returncode:
        return None
    with tarfile.open(packed) as archive:
        archive.extractall(work / "then", filter="data")
    environment = {
        **os.environ,
        "PYTHONPATH": str(work / "then" / "src"),
        "TOLLBOOK_YARDSTICK": str(yardstick),
    }
    script = work / "then" / "scripts" / "yardstick.py"
    command = [sys.executable, str(script), "--set", "dev", "--keep", str(work / "kept"), "--json"]
    if "--against" in script.read_text(encoding="utf-8"):
        command += ["--against", ""]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    return None if done.returncode else work / "kept" / "dev.jsonl"


def found(gold: Claim, claims: Sequence[Claim]) -> str:
    """How a gold claim was read: "whole", "figure" alone, or "" for not at all."""
    best = ""
    for c in claims:
        if c["outcome"] != gold["outcome"] or (c["low"], c["high"]) != (gold["low"], gold["high"]):
            continue
        quotes = [" ".join(str(q).split()) for q in (gold["quote"], *gold.get("also", ()), c["quote"])]
        if not any(q in quotes[-1] or quotes[-1] in q for q in quotes[:-1]):
            continue
        if all(_same(gold.get(k), c.get(k)) for k in CORE):
            return "whole"
        best = "figure"
    return best


def matching(gold: Claim, claims: Sequence[Claim]) -> Claim | None:
    """The claim that has the figure of the annotated one, the most like it."""
    fits = [c for c in claims if found({**gold, **{k: c.get(k) for k in CORE}}, [c]) == "whole"]
    return max(fits, key=lambda c: sum(_same(gold.get(k), c.get(k)) for k in CORE), default=None)


def confusion(yardstick: Path, read: Path, key: str) -> str:
    """How often each annotated value of an attribute was read as which, over all texts of the hand-made set."""
    claims = _by_document(read)
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted((yardstick / "dev" / "gold").glob("*.json")):
        for gold in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            made = matching(gold, claims.get(path.stem, ()))
            if made is not None and gold.get(key):
                counts[str(gold[key]), str(made[key])] += 1
    names = sorted({n for pair in counts for n in pair})
    lines = [f"{key + ', annotated':26}" + "".join(f"{n:>12}" for n in names)]
    lines += [f"{g:26}" + "".join(f"{counts[g, p]:>12}" for p in names) for g in names]
    return "\n".join(lines)


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() in other.casefold() or other.casefold() in one.casefold()
    return one == other


def changes(yardstick: Path, before: Path, after: Path) -> Iterator[str]:
    """A line for each claim of the working texts that is read better or worse, and the counts of the watched ones."""
    read = [_by_document(p) for p in (before, after)]
    work = set((yardstick / "dev" / "work.ids").read_text(encoding="utf-8").split())
    counts = {True: [0, 0], False: [0, 0]}
    for path in sorted((yardstick / "dev" / "gold").glob("*.json")):
        for gold in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            then, now = (found(gold, r.get(path.stem, ())) for r in read)
            if then == now:
                continue
            better = ["", "figure", "whole"].index(now) > ["", "figure", "whole"].index(then)
            counts[path.stem in work][not better] += 1
            if path.stem in work:
                quote = " ".join(str(gold["quote"]).split())[:90]
                yield f"{'+' if better else '-'} {path.stem}: {gold['outcome']} {gold['low']}-{gold['high']} {then or 'missed'} -> {now or 'missed'}: {quote}"
    for name, key in (("work", True), ("watch", False)):
        yield f"{name}: {counts[key][0]} claims read better, {counts[key][1]} worse"


def _by_document(path: Path) -> dict[str, list[Claim]]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["document"]: row["claims"] for row in rows}


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
    options.add_argument(
        "--confusion", action="store_true", help="print which class and scope was read as which"
    )
    options.add_argument(
        "--against", default="", metavar="COMMIT", help="what is read better and worse than by this commit"
    )
    chosen = options.parse_args(arguments)
    yardstick = folder()
    if not (yardstick / "score.py").is_file():
        print(
            "No annotated texts here: set TOLLBOOK_YARDSTICK to the folder that holds score.py to measure the reading."
        )
        return 0
    with tempfile.TemporaryDirectory(prefix="yardstick-") as temporary:
        work = Path(temporary)
        keep = chosen.keep or work / "now"
        try:
            runs = measure(yardstick, chosen.sets or SETS, show=chosen.show, keep=keep)
        except ScorerError as error:
            sys.exit(str(error))
        if chosen.json:
            print(json.dumps({run.name: plain(run) for run in runs}, indent=1))
            return 0
        print(table(runs))
        for run in runs:
            for breach in run.breaches[:5]:
                print(f"breach in {run.name}: {breach}")
        if chosen.confusion and (keep / "dev.jsonl").is_file():
            for key in ("victims_class", "scope"):
                print(f"\n{confusion(yardstick, keep / 'dev.jsonl', key)}")
        before = earlier(chosen.against, yardstick, work) if chosen.against else None
        if before and (keep / "dev.jsonl").is_file():
            print(f"\nagainst {chosen.against}:")
            print("\n".join(changes(yardstick, before, keep / "dev.jsonl")))
        elif chosen.against:
            print(
                f"{chosen.against} could not be read: is it a commit of this repository, with the set dev among those measured?"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
