"""Evidence: what the words around plain people say of their class, weighed by a counted table.

"Twelve people were killed" tells no class by itself, but a market, a funeral or a patrol beside it does, and so
do the other groups of the text. The table (``rules/<lang>/evidence.toml``) was counted over read texts; each
sign adds its weight to each class, and the heaviest class wins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from tollbook.codes import VictimsClass
from tollbook.reading.drafts import Draft
from tollbook.rules import table
from tollbook.text import Document

# How many sentences away a group of a known class still colours plain people.
NEAR = 2

# How many sentences away other plain people belong to the same event, and how much of the weight is theirs.
TOPIC = 3
SHARED = 0.6

# A count from here on is rarely that of one group alone.
LARGE = 30


@cache
def _scanner() -> tuple[AhoCorasick, list[tuple[str, bool]]]:
    """Every cue word, with its group and whether it may have another ending."""
    rules = table("en", "evidence")
    pairs = [(word, group) for group, words in rules["cues"].items() for word in words.split()]
    pairs += [(word, f"inside {group}") for group, words in rules["inside"].items() for word in words.split()]
    automaton = AhoCorasick([word.rstrip("*") for word, _ in pairs])
    return automaton, [(group, word.endswith("*")) for word, group in pairs]


@lru_cache(maxsize=4)
def _found(document: Document) -> dict[str, list[int]]:
    """For each group of cues the offsets at which one of its words stands."""
    automaton, groups = _scanner()
    shadow = document.shadow
    found: dict[str, list[int]] = {}
    for word, start, end in automaton.find_matches_as_indexes(shadow, overlapping=True):
        group, open_end = groups[word]
        if (start and shadow[start - 1].isalpha()) or (not open_end and shadow[end : end + 1].isalpha()):
            continue
        found.setdefault(group, []).append(start)
    return found


class Company:
    """The groups of known classes in a text, and where they stand."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        known = [d for d in drafts if d.head and d.kind is not VictimsClass.UNKNOWN]
        self.kinds = {d.kind for d in known}
        told = sorted(
            (d.sentence.index, d.group[0], d.kind)
            for d in drafts
            if not d.inferred and d.kind is not VictimsClass.UNKNOWN
        )
        self.told = told
        self.at: dict[VictimsClass, list[int]] = {
            kind: sorted(d.sentence.index for d in known if d.kind is kind) for kind in self.kinds
        }

    def around(self, d: Draft) -> Iterator[str]:
        """The classes of the groups told of last before a draft and next behind it."""
        at, here = bisect_left(self.told, (d.sentence.index, d.group[0])), d.sentence.index
        if at and here - self.told[at - 1][0] <= TOPIC:
            yield f"{'before' if self.told[at - 1][0] < here else 'same'} {self.told[at - 1][2]}"
        if at < len(self.told) and self.told[at][0] - here <= 1:
            yield f"next {self.told[at][2]}"

    def beside(self, index: int) -> Iterator[VictimsClass]:
        """The classes that stand near a sentence."""
        return (k for k, at in self.at.items() if _stands(at, index - NEAR, index + NEAR + 1))


def signs(document: Document, d: Draft, company: Company) -> Iterator[str]:
    """The signs around a draft, by the names the table weighs them under."""
    sentences = document.sentences
    at = d.sentence.index
    first, last = sentences[max(0, at - 1)].start, sentences[min(at + 1, len(sentences) - 1)].end
    for group, offsets in _found(document).items():
        if group.startswith("inside"):
            if _stands(offsets, d.sentence.start, d.sentence.end):
                yield group
        elif _stands(offsets, first, last):
            yield f"near {group}"
            if _stands(offsets, d.sentence.start, d.sentence.end):
                yield f"sentence {group}"
    yield f"outcome {d.outcome}"
    yield "share" if d.part_of is not None else "whole"
    yield "large" if (d.low or d.high or 0) >= LARGE else "small"
    yield f"form {d.letter}"
    yield "people" if d.head in _PEOPLE else "others" if d.head else "bare"
    yield from company.around(d)
    for kind in company.kinds:
        yield f"text has {kind}"
    for kind in company.beside(at):
        yield f"beside {kind}"


_PEOPLE = frozenset({"people", "persons", "person"})


def _stands(offsets: list[int], start: int, end: int) -> bool:
    at = bisect_left(offsets, start)
    return at < len(offsets) and offsets[at] < end


def weigh(document: Document, plain: Sequence[Draft], drafts: Sequence[Draft]) -> list[VictimsClass]:
    """The class of each plain draft: by its own signs, and by those of the plain people told of around it."""
    weights: dict[str, dict[str, float]] = table("en", "evidence")["weights"]
    company = Company(drafts)
    own: list[dict[str, float]] = []
    for d in plain:
        sums = dict(weights["any"])
        for sign in signs(document, d, company):
            for kind, weight in weights.get(sign, {}).items():
                sums[kind] += weight
        own.append(sums)
    found, places = [], [d.sentence.index for d in plain]
    shared: dict[int, dict[str, float]] = {}
    for index, sums in zip(places, own, strict=True):
        # one event has one kind of victims: what is weighed for its other plain people counts here too
        if index not in shared:
            told = own[bisect_left(places, index - TOPIC) : bisect_left(places, index + TOPIC + 1)]
            shared[index] = {k: SHARED * sum(s[k] for s in told) / len(told) for k in sums}
        total = {k: sums[k] * (1 - SHARED) + shared[index][k] for k in sums}
        found.append(VictimsClass(max(total, key=lambda kind: total[kind])))
    return found
