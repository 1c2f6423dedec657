"""Prints the findings of a book to be judged by hand, and how many of them were judged right.

Three sets can be judged by anybody: the reports of the demo, and the daily reports of Gaza and of the West Bank, which are
in the public domain and are looked for where ``scripts/ledger.py`` looks. Any box can be printed with --box. The verdicts on
the three stand in ``scripts/verdicts.tsv``; of other sets, whose texts are not part of the project, ``scripts/judged.tsv``
has the counts.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import ledger

from tollbook import pipeline
from tollbook.book import realise
from tollbook.checks import TIERS, check
from tollbook.nouns import Entry
from tollbook.values import Book, Finding

HERE = Path(__file__).resolve().parent
VERDICTS, JUDGED = HERE / "verdicts.tsv", HERE / "judged.tsv"
SETS = ("ghwayran", "gaza", "west bank")


def book(name: str) -> Book | None:
    """The book of one of the open sets; None where its figures are not there."""
    if name == "ghwayran":
        with (
            tempfile.TemporaryDirectory() as folder,
            resources.as_file(resources.files("tollbook.demo")) as shipped,
        ):
            return _fed(Path(folder) / "box", shipped)
    file, incident, days = {
        "gaza": ("casualties_daily.json", ledger.GAZA, ledger.gaza),
        "west bank": ("west_bank_daily.json", ledger.BANK, ledger.west_bank),
    }[name]
    if not (ledger.folder() / file).exists():
        return None
    rows = json.loads((ledger.folder() / file).read_text(encoding="utf-8"))
    entries: list[Entry] = list(ledger.begun(incident))
    for _, told in days(rows):
        entries += told
    return realise(entries)


def _fed(folder: Path, shipped: Path) -> Book:
    """The book of the demo's reports and cards, in a new box."""
    pipeline.init_box(folder)
    for card in (shipped / "sources").glob("*.toml"):
        (folder / "sources" / card.name).write_bytes(card.read_bytes())
    with pipeline.open_box(folder) as box:
        pipeline.ingest(box, [str(shipped / "reports")], now=datetime.now(UTC))
        return pipeline.book(box)


def verdicts() -> dict[tuple[str, str], bool]:
    """Whether a finding of a set was judged right, by set and key."""
    return {(r["set"], r["key"]): r["verdict"] == "right" for r in _rows(VERDICTS)}


def counted() -> dict[str, dict[str, tuple[int, int]]]:
    """Found and right of every check that was judged, by check and set."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (name, key), right in verdicts().items():
        code = key.partition(":")[0]
        hits, good = found[code].get(name, (0, 0))
        found[code][name] = hits + 1, good + right
    for row in _rows(JUDGED):
        found[row["check"]][row["set"]] = int(row["found"]), int(row["right"])
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _shown(known: Book, finding: Finding) -> Iterator[str]:
    yield f"{finding.key}\n  {finding.what}"
    for i in finding.claims:
        said = known.claims.get(i) or known.courses.get(i)
        if said is not None:
            yield f"    “{' '.join(said.quote.split())}” {said.said_on or 'no day'}, {said.place or 'no place'}"


def main() -> int:
    """Prints what is to be judged; exit code 1 when a finding of an open set was judged wrong, or by nobody."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--box", type=Path, help="judge a box of your own instead of the three sets")
    given = parser.parse_args()
    if given.box:
        with pipeline.open_box(given.box) as box:
            known = pipeline.book(box)
        for finding in check(known, TIERS):
            print(*_shown(known, finding), sep="\n")
        return 0
    judged, bad = verdicts(), 0
    for name in SETS:
        known_set = book(name)
        if known_set is None:
            print(f"{name}: its figures are not there")
            continue
        for finding in check(known_set, TIERS):
            right = judged.get((name, finding.key))
            bad += not right
            print(f"{name}: {'judged by nobody' if right is None else 'right' if right else 'WRONG'}")
            print(*_shown(known_set, finding), sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
