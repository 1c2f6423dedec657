"""Checks and methods of a plugin, asked for by the verbs and by what is published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tollbook import plugins
from tollbook.checks import Check
from tollbook.cli import main
from tollbook.figures import exactly
from tollbook.toll import Method
from tollbook.toll.methods import Ask, Verdict
from tollbook.values import Book, Finding

TEXT = """\
title: Shells strike bridge in Zenda
published: 2024-03-06
publisher: Strelsau Post

At least 12 soldiers were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, the Zenda Monitor said.

The Strelsau Red Cross said that 20 soldiers were killed in the attack on the bridge in Zenda on Tuesday.
"""


def bridges(book: Book) -> Iterator[Finding]:
    """A finding for every incident at a bridge."""
    for i, incident in book.incidents.items():
        if "bridge" in incident.name:
            yield Finding("bridge", "basic", i, f"{incident.name} is at a bridge.", "It is narrow.", "Look.")


def lowest(ask: Ask) -> Verdict:
    """The lowest figure alone."""
    least = min(ask.lots, key=lambda lot: lot.figure.floor)
    return Verdict(exactly(least.figure.floor), least.uses)


class Ours:
    """A desk's own check and method."""

    @plugins.hookimpl
    def checks(self) -> Mapping[str, Check]:
        return {"bridge": Check("bridge", "basic", "an incident is at a bridge", bridges)}

    @plugins.hookimpl
    def methods(self) -> Mapping[str, Method]:
        return {"lowest": Method("lowest", 3, "The lowest figure alone.", lowest)}


@pytest.fixture
def ours() -> Iterator[None]:
    plugin = Ours()
    plugins.manager().register(plugin)
    yield
    plugins.manager().unregister(plugin)


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("TOLLBOOK_BOX", str(tmp_path / "box"))
    assert main(["init", str(tmp_path / "box")]) == 0
    assert main(["add", str(tmp_path / "one.txt")]) == 0
    capsys.readouterr()
    return tmp_path / "box"


@pytest.mark.usefixtures("box", "ours")
def test_a_plugins_check_is_asked_by_check_and_decides_its_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", "--json"]) == 1
    assert [f["code"] for f in json.loads(capsys.readouterr().out)] == ["bridge"]
    assert main(["check", "--list"]) == 0
    assert "an incident is at a bridge" in capsys.readouterr().out


@pytest.mark.usefixtures("box", "ours")
def test_a_plugins_method_is_asked_by_every_verb_that_takes_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toll", "--method", "lowest", "--json"]) == 0
    (toll,) = [t for t in json.loads(capsys.readouterr().out) if t["outcome"] == "killed" and not t["group"]]
    assert (toll["method"], toll["low"], toll["high"]) == ("lowest 3", 12, 12)
    assert main(["explain", "--method", "lowest"]) == 0
    assert "Method lowest 3. The lowest figure alone." in capsys.readouterr().out
    assert main(["incidents", "--method", "lowest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["toll"]["killed"]["high"] == 12
    assert main(["export", "--of", "tolls", "--method", "lowest"]) == 0
    assert "lowest 3" in capsys.readouterr().out
    assert main(["diff", "--known", "2020-01-01", "2100-01-01", "--method", "lowest", "--json"]) == 0
    assert {c["after"]["high"] for c in json.loads(capsys.readouterr().out)} == {12}


@pytest.mark.usefixtures("ours")
def test_a_bulletin_shows_a_plugins_finding_and_its_method(
    box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--method", "lowest"]) == 0
    capsys.readouterr()
    (page,) = (box / "published").rglob("bulletin.md")
    text = page.read_text(encoding="utf-8")
    assert "is at a bridge" in text
    assert "Method lowest 3. The lowest figure alone." in text


@pytest.mark.usefixtures("box")
def test_without_the_plugin_its_method_is_named_as_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["toll", "--method", "lowest"]) == 2
    assert "there is no method 'lowest'" in capsys.readouterr().err
