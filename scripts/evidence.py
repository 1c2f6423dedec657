"""Fits the weights by which plain people get a class, and prints them as the table of ``rules/<lang>/evidence.toml``.

    evidence.py [FOLDER ...] [--cross]

Each FOLDER holds texts (``docs/ID.txt``), their annotations (``gold/ID.json``) and perhaps ``work.ids``, the texts that may
be learnt from; without one the open half of the yardstick is used. A claim counts when its class is neither in its words
nor in its shares. The fit is a logistic regression over the signs that ``evidence.signs`` gives, held to small weights;
each text weighs as the root of its claims. ``--cross`` prints how often the class is right on texts left out of the fit.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tollbook import pipeline
from tollbook.codes import VictimsClass
from tollbook.connectors import Refused
from tollbook.reading import evidence
from tollbook.reading.drafts import Draft
from tollbook.text import Document

YARDSTICK = Path(
    os.environ.get("TOLLBOOK_YARDSTICK") or Path(__file__).resolve().parents[2] / "shared" / "yardstick"
)
KINDS = tuple(
    map(str, (VictimsClass.CIVILIAN, VictimsClass.UNKNOWN, VictimsClass.COMBATANT, VictimsClass.MIXED))
)
# Strength of the pull towards zero, steps of the descent, their length and what each keeps of the one before.
HELD, STEPS, LENGTH, KEPT = 0.01, 300, 0.5, 0.9
# A sign seen less often is left out; a weight smaller than this is not printed.
SEEN, SMALL = 4, 0.03
FOLDS = 10

Weights = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One plain claim with its right class: its text, its place there, its signs."""

    text: str
    place: int
    signs: frozenset[str]
    kind: int


def rows(folder: Path) -> Iterator[Row]:
    """The plain claims of a folder's texts that an annotation gives a class."""
    ids = folder / "work.ids"
    chosen = set(ids.read_text().split()) if ids.exists() else None
    seen: list[tuple[Draft, frozenset[str]]] = []

    def weigh(document: Document, plain: Sequence[Draft], drafts: Sequence[Draft]) -> list[VictimsClass]:
        company = evidence.Company(drafts)
        seen.extend((d, frozenset(evidence.signs(document, d, company))) for d in plain)
        return evidence.weigh(document, plain, drafts)

    with patch("tollbook.reading.kinds.weigh", weigh):
        for path in sorted((folder / "gold").glob("*.json")):
            if chosen is not None and path.stem not in chosen:
                continue
            seen.clear()
            gold = json.loads(path.read_text(encoding="utf-8"))["claims"]
            for item in pipeline.documents([str(folder / "docs" / f"{path.stem}.txt")]):
                if isinstance(item, Refused):
                    continue
                for d, signs in seen:
                    claim = matching(d, item.body, gold)
                    if claim:
                        yield Row(path.stem, d.sentence.index, signs, KINDS.index(claim["victims_class"]))


def matching(d: Draft, body: str, gold: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The annotated claim that a draft is: the same outcome and figure on the same words."""
    words = " ".join(body[d.start : d.end].split())
    for claim in gold:
        if (claim["outcome"], claim["low"], claim["high"]) != (d.outcome, d.low, d.high):
            continue
        if any(
            words in " ".join(q.split()) or " ".join(q.split()) in words
            for q in (claim["quote"], *claim.get("also", ()))
        ):
            return claim
    return None


def fit(learnt: Sequence[Row], signs: frozenset[str]) -> Weights:
    """The weight of each sign for each class, by descent with momentum."""
    texts = Counter(r.text for r in learnt)
    shares = [1 / math.sqrt(texts[r.text]) for r in learnt]
    total = sum(shares)
    found: Weights = {sign: [0.0] * len(KINDS) for sign in ["any", *sorted(signs)]}
    moved: Weights = {sign: [0.0] * len(KINDS) for sign in found}
    for _ in range(STEPS):
        slope: Weights = {
            sign: [0.0 if sign == "any" else HELD * w for w in weights] for sign, weights in found.items()
        }
        for row, share in zip(learnt, shares, strict=True):
            present = ["any", *(row.signs & signs)]
            chances = likely([sum(found[sign][k] for sign in present) for k in range(len(KINDS))])
            for k, chance in enumerate(chances):
                off = (chance - (k == row.kind)) * share / total
                for sign in present:
                    slope[sign][k] += off
        for sign, weights in found.items():
            for k in range(len(KINDS)):
                moved[sign][k] = KEPT * moved[sign][k] - LENGTH * slope[sign][k]
                weights[k] += moved[sign][k]
    return found


def likely(sums: Sequence[float]) -> list[float]:
    """Chances from weighed sums."""
    most = max(sums)
    powers = [math.exp(s - most) for s in sums]
    return [p / sum(powers) for p in powers]


def frequent(learnt: Sequence[Row]) -> frozenset[str]:
    """The signs seen often enough to be weighed."""
    counts = Counter(sign for row in learnt for sign in row.signs)
    return frozenset(sign for sign, n in counts.items() if n >= SEEN)


def crossed(learnt: Sequence[Row]) -> float:
    """How often the class is right on texts left out of the fit; plain people told of around it are not asked."""
    texts = sorted({r.text for r in learnt})
    right = 0
    for fold in range(FOLDS):
        left = set(texts[fold::FOLDS])
        known = [r for r in learnt if r.text not in left]
        weights = fit(known, frequent(known))
        for row in (r for r in learnt if r.text in left):
            present = ["any", *(row.signs & weights.keys())]
            sums = [sum(weights[sign][k] for sign in present) for k in range(len(KINDS))]
            right += max(range(len(KINDS)), key=sums.__getitem__) == row.kind
    return right / len(learnt)


def printed(weights: Weights) -> Iterator[str]:
    """The table's lines."""
    for sign, by_kind in weights.items():
        told = [
            f"{kind} = {w:.2f}"
            for kind, w in zip(KINDS, by_kind, strict=True)
            if abs(w) >= SMALL or sign == "any"
        ]
        if told:
            name = sign if sign == "any" else f'"{sign}"'
            yield f"{name} = {{ {', '.join(told)} }}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table, or how well it carries over to texts left out."""
    options = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    options.add_argument("folders", nargs="*", type=Path, help="folders of annotated texts")
    options.add_argument(
        "--cross", action="store_true", help="print the accuracy on texts left out of the fit"
    )
    chosen = options.parse_args(arguments)
    folders = chosen.folders or [YARDSTICK / "dev"]
    learnt = [row for folder in folders if (folder / "gold").is_dir() for row in rows(folder)]
    if not learnt:
        print("No annotated texts here: name their folders, or set TOLLBOOK_YARDSTICK.")
        return 0
    if chosen.cross:
        print(f"{crossed(learnt):.3f} of {len(learnt)} claims of {len({r.text for r in learnt})} texts")
        return 0
    print("\n".join(printed(fit(learnt, frequent(learnt)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
