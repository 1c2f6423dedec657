"""Near-identical texts: documents a second on one core, and what is found, beside ``datasketch`` where it is installed.

The texts are made here from invented words and a fixed seed: every fourth is an earlier one with changed figures, cut or
with sentences of its own, so that the right pairs are known. Rates are of CPU time; both do the same work: signature of
a text's pairs of words, look-up, and taking it in.
"""

from __future__ import annotations

import importlib
import random
import sys
import time
from collections.abc import Callable

from tollbook.pipeline.reprints import BANDS, SHARE, SLOTS, Signatures, pairs, share

TEXTS = 2_000
SYLLABLES = ("ru", "ri", "ta", "zen", "da", "stre", "lau", "hof", "bel", "mi", "so", "ka")

Found = list[list[int]]


def texts(count: int) -> tuple[list[str], dict[int, int]]:
    """Made-up wires of about 270 words, and which of them is a changed print of which earlier one."""
    chance = random.Random(1894)  # noqa: S311  (the texts must be the same each time)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(4000)]
    made: list[list[str]] = []
    copies: dict[int, int] = {}
    for n in range(count):
        if n % 4 == 3:
            first = chance.randrange(n)
            copies[n] = first
            kept = [s for s in made[first] if chance.random() > 0.2]
            made.append([s.replace(s.split()[0], str(chance.randint(2, 90))) for s in kept])
        else:
            made.append(
                [f"{chance.randint(2, 90)} {' '.join(chance.choices(words, k=16))}." for _ in range(16)]
            )
    return [" ".join(told) for told in made], copies


def ours(said: list[str]) -> Found:
    """What the index of the intake finds."""
    index, found = Signatures(), Found()
    for text in said:
        signature = Signatures.of(pairs(text))
        found.append(index.near(signature))
        index.take(signature)
    return found


def peer() -> Callable[[list[str]], Found] | None:
    """The same by ``datasketch``, its quickest way; None where it is not installed."""
    try:
        other = importlib.import_module("datasketch")
    except ImportError:
        return None

    def find(said: list[str]) -> Found:
        index, found = other.MinHashLSH(num_perm=SLOTS, params=(BANDS, SLOTS // BANDS)), Found()
        for n, text in enumerate(said):
            signature = other.MinHash(num_perm=SLOTS)
            signature.update_batch([token.encode() for token in pairs(text)])
            found.append(index.query(signature))
            index.insert(n, signature)
        return found

    return find


def main() -> int:
    """Prints one line a library: rate, recall, and false pairs after the comparison."""
    said, copies = texts(TEXTS)
    ways = {"tollbook (rensa)": ours, "datasketch": peer()}
    for name, way in ways.items():
        if way is None:
            print(f"{name:18} not installed")
            continue
        began = time.process_time()
        found = way(said)
        rate = len(said) / (time.process_time() - began)
        tokens = [pairs(text) for text in said]
        same = {(n, m) for n, near in enumerate(found) for m in near if share(tokens[n], tokens[m]) >= SHARE}
        met = sum((n, first) in same for n, first in copies.items())
        # A copy of a copy is near the first, too.
        roots = {n: n for n in range(len(said))} | copies
        for _ in range(20):
            roots = {n: roots[r] for n, r in roots.items()}
        false = sum(roots[n] != roots[m] for n, m in same)
        print(f"{name:18} {rate:9,.0f} texts/s   found {met} of {len(copies)}   false pairs {false}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
