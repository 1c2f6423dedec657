"""The demo: its reports say what the sources said, and the book that is built of them tells the story."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "src" / "tollbook" / "demo" / "reports"
GOLD = ROOT / "tests" / "demo_gold"
NAMES = sorted(p.stem for p in REPORTS.glob("*.txt"))


def header(name: str) -> dict[str, str]:
    head = (REPORTS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")[0]
    return {key: value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}


def body(name: str) -> str:
    return (REPORTS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")[2]


def gold(name: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    return claims


# --- the reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_where_its_facts_stand_and_that_its_words_are_ours(name: str) -> None:
    head = header(name)
    assert head.keys() >= {"id", "title", "published", "publisher", "lang", "note"}
    assert head["id"] == name
    assert head["published"][5:].replace("-", "") == name[:4]
    assert "our own words" in head["note"] or "invented" in head["note"]
    assert ("address" in head) == ("at this address" in head["note"])


def test_only_the_event_that_stays_apart_is_invented() -> None:
    assert [n for n in NAMES if "invented" in header(n)["note"]] == ["0125-examplewire"]


@pytest.mark.parametrize("name", NAMES)
def test_gold_stands_in_its_report(name: str) -> None:
    text = body(name)
    for claim in gold(name):
        assert text.count(claim["quote"]) == 1, claim["quote"]
        assert claim["as_written"] in claim["quote"]
        assert claim["part_of"] is None or gold(name)[claim["part_of"]]["outcome"] == claim["outcome"]


def test_a_report_of_the_demo_is_of_a_news_item_s_length() -> None:
    lengths = {n: len(body(n).split()) for n in NAMES}
    assert all(80 <= words <= 220 for name, words in lengths.items() if name != "0131-urdupoint"), lengths
