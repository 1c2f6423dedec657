"""The specification of claims: its examples are read, its lists are those of the code."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tollbook import notation, rules
from tollbook.codes import Outcome, Scope, Status, VictimsClass
from tollbook.nouns import Claim, Report
from tollbook.reading import read

PAGE = (Path(__file__).parent.parent / "docs" / "spec-claims.md").read_text(encoding="utf-8")
# Wednesday, as the page says.
DAY = date(2031, 3, 5)

EXAMPLES = [
    block.splitlines() for block in re.findall(r"^```claims\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]


def wanted(line: str) -> tuple[str, dict[str, Any]]:
    """The kind and the fields of one line of an example; a place in the list of claims stays a number."""
    said = line.removeprefix("=> ")
    kind = "course" if said.startswith("course ") else "claim"
    said = said.removeprefix("course ")
    given = re.findall(r'(\w+)=("[^"]*"|\S+)', said)
    return kind, {
        name: int(text) if name in {"part_of", "supersedes"} else _value(kind, name, text)
        for name, text in given
    }


def _value(kind: str, name: str, text: str) -> object:
    return notation.field_value(kind, name, text.strip('"'))


def is_as_told(found: object, name: str, value: object, claims: list[Claim]) -> bool:
    said = getattr(found, name)
    if name in {"part_of", "supersedes"}:
        return isinstance(value, int) and said == claims[value].id
    if name == "figure":
        return bool((said.low, said.high) == (value.low, value.high))  # type: ignore[attr-defined]  # a Figure
    return bool(said == value)


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block[0][:40])
def test_the_examples_of_the_page_are_read_as_it_says(block: list[str]) -> None:
    sentence, *told = block
    reading = read(Report(original="0", text="0", said_on=DAY, publisher="Strelsau Post"), sentence)
    claims = list(reading.claims)
    expected = [wanted(line) for line in told]
    assert expected
    figures = [given for kind, given in expected if kind == "claim"]
    courses = [given for kind, given in expected if kind == "course"]
    assert len(figures) == len(claims)
    for given, claim in zip(figures, claims, strict=True):
        assert {n: v for n, v in given.items() if not is_as_told(claim, n, v, claims)} == {}
    for given, course in zip(courses, reading.courses, strict=False):
        assert {n: v for n, v in given.items() if not is_as_told(course, n, v, claims)} == {}
    assert len(courses) <= len(reading.courses)


def test_every_field_and_every_word_of_a_list_is_told() -> None:
    told = set(re.findall(r"`([\w]+)`", PAGE))
    assert {f.name for f in fields(Claim)} - told == set()
    lists = {str(word) for kind in (Scope, Status) for word in kind}
    assert lists - told == set()
    plain = PAGE.casefold()
    assert all(str(word) in plain for word in (*VictimsClass, *Outcome))


def test_the_numbers_of_the_page_are_those_of_the_table() -> None:
    table = rules.table("en", "numbers")["vague"]
    rows = re.findall(r"^\| ([a-z, ]+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    vague = {word.strip(): [int(low), int(high)] for words, low, high in rows for word in words.split(",")}
    named = {word: bounds for word, bounds in vague.items() if word in table}
    assert len(named) >= 4
    assert named == {word: list(table[word]) for word in named}
