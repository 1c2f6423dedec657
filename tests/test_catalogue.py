"""The catalogue of findings and the days of ``check``, as a person asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tollbook.checks import CHECKS
from tollbook.cli import main

FIRST = """\
title: Shells strike bridge in Zenda
published: 2024-03-06
publisher: Strelsau Post

Twelve people were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, the Zenda Monitor said.
"""
SECOND = """\
title: Toll of Zenda disputed
published: 2024-03-07
publisher: Hofbau Herald

The Strelsau Red Cross said that 40 people were killed when shells struck the bridge in Zenda on Tuesday.
"""


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "box"
    assert main(["init", str(folder)]) == 0
    monkeypatch.chdir(folder)
    for name, text in (("a", FIRST), ("b", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert main(["add", str(tmp_path / f"{name}.txt")]) == 0
    return folder


def test_a_day_before_the_second_voice_spoke_knows_no_dispute(
    box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["check", "--tier", "strict", "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    assert [f["code"] for f in now] == ["sources-disagree"]
    assert len(now[0]["claims"]) == 2
    assert now[0]["key"] == f"{now[0]['code']}:{now[0]['subject']}"
    assert main(["check", "--tier", "strict", "--as-of", "2024-03-06", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_day_that_is_none_is_one_clear_message(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--as-of", "Tuesday"]) == 2
    assert "'Tuesday' is no day" in capsys.readouterr().err


def test_the_catalogue_holds_every_check_with_its_twins(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "--json"]) == 0
    pages = json.loads(capsys.readouterr().out)
    assert [p["code"] for p in pages] == [c.code for c in CHECKS]
    assert all(p["fires"] and p["remedy"] and p["about"] for p in pages)
    assert main(["check", "--list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == pages


def test_one_check_is_shown_with_what_it_must_and_must_not_find(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "total-fell"]) == 0
    shown = capsys.readouterr().out
    for words in ("total-fell", "Found: ", "Not found: ", "What one can do: ", "figure=21"):
        assert words in shown


def test_a_check_that_is_not_there_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["findings", "fell"]) == 2
    assert "total-fell" in capsys.readouterr().err
