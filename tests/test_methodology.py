"""The page on methodology: every worked example gives what it shows, and every rule and key has its place there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from conftest import Ids, written
from tollbook import toll
from tollbook.book import realise
from tollbook.codes import Outcome
from tollbook.figures import show
from tollbook.nouns import Incident
from tollbook.toll import METHODS, Method, engine, policy, voices
from tollbook.values import ALL, Book, Toll

PAGE = (Path(__file__).parent.parent / "docs" / "methodology.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(ledger|toll|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# ged, killed under camp: 65
_UNDER = re.compile(r"(?P<method>[^,]+), (?P<outcome>\w+) under (?P<scope>\w+): (?P<figure>\S+)")
# strict, killed of Rebels in i on 2031-03-02: 12..(15)..20 by range; a expired, b reprint
_LINE = re.compile(
    r"(?P<method>[^,]+), (?P<outcome>\w+)(?: of (?P<group>.+?))?(?: in (?P<incident>\w))?(?: on (?P<day>[\d-]{10}))?"
    r": (?P<figure>\S+) by (?P<rule>[\w-]+)(?:; (?P<claims>.+))?"
)


@dataclass
class Example:
    """One line of a worked example, with the ledger above it and the methods written above it."""

    line: str
    ledger: str
    own: dict[str, Method] = field(default_factory=dict)


def examples() -> Iterator[Example]:
    ledger, own = "", dict[str, Method]()
    for kind, content in _BLOCK.findall(PAGE):
        if kind == "ledger":
            ledger = content
        elif kind == "toml":
            name = re.search(r'^name = "(.+)"$', content, re.MULTILINE)
            assert name
            own[name[1]] = toll.written(content, f"{name[1]}.toml")
        else:
            yield from (Example(line, ledger, dict(own)) for line in content.splitlines())


EVERY = list(examples())
EXAMPLES = [e for e in EVERY if not _UNDER.fullmatch(e.line)]
ADDED = [e for e in EVERY if _UNDER.fullmatch(e.line)]


def asked(example: Example) -> tuple[Toll, Book, Ids, re.Match[str]]:
    """The toll that a line speaks of."""
    ids: Ids = {}
    entries = written(example.ledger, ids)
    book, line = realise(entries), _LINE.fullmatch(example.line)
    assert line, example.line
    first = next(e.id for e in entries if isinstance(e, Incident))
    found = toll.compute(
        book,
        ids[line["incident"]] if line["incident"] else first,
        Outcome(line["outcome"]),
        line["group"] or ALL,
        line["method"],
        date.fromisoformat(line["day"]) if line["day"] else None,
        methods={**METHODS, **example.own},
    )
    return found, book, ids, line


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.line.partition(";")[0] for e in EXAMPLES])
def test_a_worked_example_gives_what_it_shows(example: Example) -> None:
    found, _, ids, line = asked(example)
    assert (show(found.figure), found.rule) == (line["figure"], line["rule"])
    rules = {u.claim: u.rule for u in (*found.used, *found.aside)}
    said = [pair.split() for pair in (line["claims"] or "").split(", ") if pair]
    assert {label: rules.get(ids[label]) for label, _ in said} == dict(said)


@pytest.mark.parametrize("example", ADDED, ids=[e.line for e in ADDED])
def test_what_is_added_up_gives_what_it_shows(example: Example) -> None:
    ids: Ids = {}
    book, line = realise(written(example.ledger, ids)), _UNDER.fullmatch(example.line)
    assert line
    found = toll.roll_up(book, ids[line["scope"]], line["method"])
    figures = [show(r.figure) for r in found if (r.outcome, r.group) == (line["outcome"], ALL)]
    assert figures == [line["figure"]]


def test_every_rule_that_makes_a_figure_or_meets_a_claim_fires_in_an_example() -> None:
    fired: set[str] = set()
    for example in EXAMPLES:
        found = asked(example)[0]
        fired |= {found.rule} | {u.rule for u in (*found.used, *found.aside)}
    assert {*voices.LEAVES, "replaced", "share"} - fired == {"older"}
    # That no voice gives a figure is no example; what a desk alone can ask for is in tests/test_methods.py.
    assert set(engine.WHY) - fired == {"ranking", "latest", "highest", "no-choice"}


def test_every_method_and_every_key_of_a_file_is_told() -> None:
    told = set(re.findall(r"`([\w.-]+)`", PAGE))
    assert set(METHODS) - {"source"} <= told
    keys = {f"{table}.{key}".lstrip(".") for table, inner in policy.TABLES.items() for key in inner}
    assert not keys - told
    assert set(policy.BESTS) <= told
    assert {e.line.partition(",")[0].partition(":")[0] for e in EXAMPLES} >= set(METHODS)
