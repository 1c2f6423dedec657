"""The verbs of the hierarchy, from the command line: found, nest, apart, and the tolls of what holds others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Ids, written
from tollbook import pipeline
from tollbook.cli.command import main

Out = pytest.CaptureFixture[str]

BOOK = """
camp = 2031-02-20 incident name="Zenda offensive" level=campaign date_from=2031-02-20 date_to=2031-04-20
p = 2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 speaker=Monitor quote="61 killed in the week"
a = 2031-03-02 incident name="Shelling of Zenda" date_from=2031-03-02
2031-03-03 claim outcome=killed figure=30 speaker=Monitor date_from=2031-03-02 date_to=2031-03-02
b = 2031-03-25 incident name="Siege of Hofbau" date_from=2031-03-25
2031-03-31 claim outcome=killed figure=20 scope=cumulative speaker=Monitor date_from=2031-03-25 date_to=2031-03-31
c = 2031-04-10 claim outcome=killed figure=50 scope=cumulative speaker=Monitor date_from=2031-03-25 date_to=2031-04-10
loose = 2031-04-10 claim incident=- outcome=killed figure=9000 scope=war place=Syria quote="9,000 have died" date_from=2030-06-01 speaker=Council
"""


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ids:
    """The labels of the book in a box that the verbs work on."""
    found: Ids = {}
    entries = written(BOOK, found)
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as opened:
        opened.log.append(entries)
    monkeypatch.setenv("TOLLBOOK_BOX", str(tmp_path / "box"))
    return found


def run(out: Out, *words: str) -> str:
    out.readouterr()
    assert main(words) == 0, out.readouterr().err
    return out.readouterr().out


def data(out: Out, *words: str) -> Any:  # noqa: ANN401  (whatever the JSON is)
    return json.loads(run(out, *words, "--json"))


def refused(out: Out, *words: str) -> str:
    out.readouterr()
    assert main(words) == 2
    said = out.readouterr().err
    assert said.count("\n") == 1
    return said


def war(out: Out, *more: str) -> str:
    words = (
        "--level",
        "war",
        "--name",
        "Ruritanian war",
        "--place",
        "Syria",
        "--from",
        "2030-06-01",
        "--reason",
        "known",
    )
    return run(out, "found", *words, *more).split()[0]


def test_a_war_is_founded_nested_shown_and_undone(ids: Ids, capsys: Out) -> None:
    id_ = war(capsys)
    nest = run(capsys, "nest", "offensive", "Ruritanian war", "--reason", "part of it").split()[0]
    for label in "ab":
        run(capsys, "nest", ids[label], ids["camp"], "--reason", "part of it")
    rows = data(capsys, "incidents")
    assert [(r["name"], r["level"], r["depth"]) for r in rows] == [
        ("Ruritanian war", "war", 0),
        ("Zenda offensive", "campaign", 1),
        ("Shelling of Zenda", "incident", 2),
        ("Siege of Hofbau", "incident", 2),
    ]
    assert [r["above"] for r in rows] == [None, id_, ids["camp"], ids["camp"]]
    assert "· · Siege of Hofbau" in run(capsys, "incidents")
    run(capsys, "undo", nest, "--reason", "no")
    assert {r["id"]: r["above"] for r in data(capsys, "incidents")}[ids["camp"]] is None


def test_the_toll_of_a_campaign_and_of_a_war(ids: Ids, capsys: Out) -> None:
    id_ = war(capsys)
    run(capsys, "nest", ids["camp"], id_, "--reason", "part of it")
    for label in "ab":
        run(capsys, "nest", ids[label], ids["camp"], "--reason", "part of it")
    (killed,) = data(capsys, "toll", id_)
    # 61 in the week, of whom 30 are counted one by one, and the siege of two weeks later
    assert (killed["low"], killed["best"], killed["high"]) == (111, 111, 111)
    assert killed["counted"] == {"low": 80, "best": 80, "high": 80}
    assert killed["summaries"][0]["claims"] == [ids["p"]]
    assert killed["summaries"][0]["adds"] == {"least": 31, "most": 31}
    assert killed["said"] == {
        "origins": ["Council"],
        "low": 9000,
        "best": 9000,
        "high": 9000,
        "claims": [ids["loose"]],
    }
    said = run(capsys, "toll", id_)
    for words in (
        "61 killed in the week",
        "adds 31",
        "9,000 have died",
        "beside and is never added",
        "2 incidents",
    ):
        assert words in said
    (early,) = data(capsys, "toll", id_, "--as-of", "2031-03-31")
    assert (early["low"], early["said"]) == (81, None)


def test_by_month_place_and_what_stands_under_it(ids: Ids, capsys: Out) -> None:
    for label in "ab":
        run(capsys, "nest", ids[label], ids["camp"], "--reason", "part of it")
    months = data(capsys, "toll", ids["camp"], "--by", "month")
    assert {r["month"]: r["tolls"][0]["low"] for r in months} == {"2031-03": 81, "2031-04": 30}
    under = data(capsys, "toll", ids["camp"], "--by", "incident")
    assert [(r["id"], r["tolls"][0]["best"]) for r in under] == [(ids["a"], 30), (ids["b"], 50)]
    whole = data(capsys, "toll", "--all", "--by", "place")
    assert [(r["place"], r["tolls"][0]["low"]) for r in whole] == [("place not known", 111)]
    assert "in all" in run(capsys, "toll", "--all", "--by", "country")
    assert [t["group"] for t in data(capsys, "toll", "--all", "--by", "party")] == [""]


def test_what_cannot_be_is_refused_in_one_line(ids: Ids, capsys: Out) -> None:
    id_ = war(capsys)
    why = ("--reason", "known")
    assert "cannot hold one of the level war" in refused(capsys, "nest", id_, ids["camp"], *why)
    assert "cannot hold" in refused(capsys, "nest", ids["a"], ids["b"], *why)
    assert "cannot hold" in refused(capsys, "nest", ids["a"], ids["b"], *why, "--dry-run")
    assert "they are not one" in refused(capsys, "merge", ids["a"], id_, *why)
    found = ("found", "--level", "war", "--name")
    assert "is a war called" in refused(capsys, *found, "ruritanian WAR", *why)
    assert "has no name" in refused(capsys, *found, " ", *why)
    assert "before it began" in refused(
        capsys, *found, "X", "--from", "2031-01-02", "--to", "2031-01-01", *why
    )
    assert "needs a reason" in refused(capsys, *found, "X", "--reason", " ")
    assert "not both" in refused(capsys, "toll", "Zenda offensive", "--all")
    assert "one method" in refused(capsys, "toll", "--all", "--method", "all")
    run(capsys, "withdraw", id_, *why)
    assert "was founded before and withdrawn" in refused(
        capsys,
        "found",
        "--level",
        "war",
        "--name",
        "Ruritanian war",
        "--place",
        "Syria",
        "--from",
        "2030-06-01",
        *why,
    )


def test_a_dry_run_writes_nothing(ids: Ids, capsys: Out) -> None:
    before = run(capsys, "print")
    war(capsys, "--dry-run")
    for words in (("nest", ids["a"], ids["camp"]), ("apart", ids["a"], ids["b"])):
        run(capsys, *words, "--reason", "known", "--dry-run")
    assert run(capsys, "print") == before


def test_taken_out_again_and_told_apart(ids: Ids, capsys: Out, tmp_path: Path) -> None:
    run(capsys, "nest", ids["a"], ids["camp"], "--reason", "part of it")
    run(capsys, "nest", ids["a"], "--reason", "it is not")
    run(capsys, "apart", "Shelling", "Siege", "--reason", "another town")
    run(capsys, "apart", ids["c"], ids["b"], "--reason", "of the whole front")
    with pipeline.open_box(tmp_path / "box") as opened:
        book = pipeline.book(opened)
    assert not book.above
    assert book.apart == {frozenset({ids["a"], ids["b"]}), frozenset({ids["c"], ids["b"]})}
    assert ids["c"] not in book.incident_of
