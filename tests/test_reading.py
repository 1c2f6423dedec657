"""Sentences that must and must not match: the twin corpus of the constructions, and the contract of ``read``."""

from __future__ import annotations

import pytest

from tollbook import figures
from tollbook.nouns import Report
from tollbook.reading import read
from tollbook.rules import Example, corpus

REPORT = Report(original="0", text="0", title="", publisher="")


def told(sentence: str) -> str:
    """What is read from a sentence, in the corpus's own form."""
    found = read(REPORT, sentence).claims
    return "; ".join(f"{c.outcome} {figures.show(c.figure)}" for c in found) or "-"


@pytest.mark.parametrize("example", corpus("en", "claims"), ids=lambda e: f"line {e.line}")
def test_sentence_gives_its_figures_and_nothing_else(example: Example) -> None:
    assert told(example.text) == example.expected, example.text


def test_corpus_is_large_and_has_both_twins() -> None:
    examples = corpus("en", "claims")
    assert len(examples) >= 150
    assert sum(e.expected == "-" for e in examples) >= 30


def test_those_who_die_of_their_wounds_come_on_top() -> None:
    text = "Twenty people were killed in Zenda. Two of the wounded died overnight. A baker died of her wounds on Friday."
    found = read(REPORT, text).claims
    assert [(c.figure.low, str(c.mode)) for c in found] == [(20, "total"), (2, "increment"), (1, "increment")]
