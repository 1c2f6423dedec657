"""Told: what the reports of an incident tell, each read as a whole, beside what the methods count."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Ids, ledger
from tollbook import toll as reckoning
from tollbook.book import realise
from tollbook.cli import main
from tollbook.codes import Outcome
from tollbook.figures import Figure, between, exactly
from tollbook.nouns import Entry
from tollbook.toll.told import told, with_best


def best(entries: tuple[Entry, ...], ids: Ids, as_of: date | None = None) -> dict[Outcome, int]:
    return told(realise(entries), ids["i"], as_of)


@ledger
def test_one_report_is_read_as_a_whole(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2024-03-05 incident name=Raid
    2024-03-06 report publisher=Post
    2024-03-06 claim outcome=killed figure=4 speaker=Police span=0:30
    2024-03-06 claim outcome=killed figure=1 speaker="Karim Orsova" span=400:430
    """
    assert best(entries, ids) == {Outcome.KILLED: 4}
    found = reckoning.compute(realise(entries), ids["i"], Outcome.KILLED)
    assert found.figure.best is None  # two voices disagree, and a method does not choose between them


@ledger
def test_a_report_whose_voices_differ_gives_no_best(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2024-03-05 incident name=Raid
    2024-03-06 report publisher=Post
    2024-03-06 claim outcome=killed figure=12
    2024-03-07 report publisher=Herald
    2024-03-07 claim outcome=killed figure=17 speaker=Monitor span=0:30
    2024-03-07 claim outcome=killed figure=21 speaker="Red Cross" span=400:430
    """
    assert best(entries, ids) == {}
    assert best(entries, ids, date(2024, 3, 6)) == {Outcome.KILLED: 12}


@ledger
def test_what_most_of_the_reports_give_is_told(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2024-03-05 incident name=Raid
    2024-03-06 report publisher=Post
    2024-03-06 claim outcome=killed figure=4
    2024-03-06 report publisher=Herald
    2024-03-06 claim outcome=killed figure=4
    2024-03-06 report publisher=Courier
    2024-03-06 claim outcome=killed figure=5
    """
    assert best(entries, ids) == {Outcome.KILLED: 4}


@ledger
def test_a_toll_that_has_grown_for_more_than_a_day_is_the_later_one(
    entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    i = 2024-03-05 incident name=Raid
    2024-03-06 report publisher=Post
    2024-03-06 claim outcome=killed figure=4
    2024-03-06 report publisher=Herald
    2024-03-06 claim outcome=killed figure=4
    2024-03-08 report publisher=Courier
    2024-03-08 claim outcome=killed figure=5
    """
    assert best(entries, ids) == {Outcome.KILLED: 5}
    assert best(entries, ids, date(2024, 3, 7)) == {Outcome.KILLED: 4}
    assert best(entries, ids, date(2024, 3, 5)) == {}


@ledger
def test_a_reprint_is_not_another_report(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2024-03-05 incident name=Raid
    a = 2024-03-06 report publisher=Post
    2024-03-06 claim outcome=killed figure=4
    2024-03-06 report publisher=Herald reprints=a
    2024-03-06 claim outcome=killed figure=4
    2024-03-07 report publisher=Courier
    2024-03-07 claim outcome=killed figure=5
    """
    assert best(entries, ids) == {Outcome.KILLED: 5}


@ledger
def test_what_is_told_in_passing_counts_where_nothing_else_is(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    j = 2024-03-01 incident name=Flood
    i = 2024-03-05 incident name=Raid
    r = 2024-03-06 report publisher=Post
    a = 2024-03-06 claim outcome=killed figure=4 span=0:30
    b = 2024-03-06 claim outcome=killed figure=90 span=300:330
    c = 2024-03-06 claim outcome=wounded figure=9 span=400:430
    2024-03-06 link claim=b incident=j
    2024-03-06 link claim=c incident=j
    """
    assert best(entries, ids) == {Outcome.KILLED: 4}


@pytest.mark.parametrize(
    ("figure", "number", "expected"),
    [
        (exactly(6), 5, Figure(5, 5, 6)),
        (between(1, 4), 4, Figure(1, 4, 4)),
        (Figure(10, None, None), 7, Figure(7, 7, None)),
        (Figure(None, None, 9), 7, Figure(None, 7, 9)),
        (Figure(), 3, exactly(3)),
        (exactly(1), None, Figure(1, None, 1)),
    ],
)
def test_a_range_holds_its_best(figure: Figure, number: int | None, expected: Figure) -> None:
    assert with_best(figure, number) == expected


def test_the_list_of_incidents_says_by_what_it_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = ["--box", str(tmp_path / "box")]
    assert main(["init", str(tmp_path / "box")]) == 0
    for n, (paper, count) in enumerate((("Post", "Four"), ("Herald", "Five"), ("Courier", "Five"))):
        text = f"title: Raid on Zenda\npublished: 2024-03-06\npublisher: {paper}\n\n{count} people were killed in a raid on Zenda on Tuesday.\n"
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
        assert main(["add", str(tmp_path / f"{n}.txt"), *box]) == 0
    capsys.readouterr()
    assert main(["incidents", "--json", *box]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["method"] == "told 1"
    assert row["toll"]["killed"] == {"low": 4, "best": 5, "high": 5} | {
        k: v for k, v in row["toll"]["killed"].items() if k not in {"low", "best", "high"}
    }
    assert main(["incidents", "--json", "--method", "strict", *box]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["method"] == "strict"
    assert row["toll"]["killed"]["best"] is None


def test_a_report_that_states_nothing_is_listed_with_the_incident_it_is_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = ["--box", str(tmp_path / "box")]
    assert main(["init", str(tmp_path / "box")]) == 0
    texts = {
        "one": "Four people were killed in a raid on the mill of Anton Hersch in Zenda on Tuesday, Captain Irma Vogt said.",
        "two": "Flowers lay before the mill of Anton Hersch in Zenda. Many had come, said Captain Irma Vogt, to sing for him.",
    }
    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(
            f"title: Raid on the mill\npublished: 2024-03-06\npublisher: {name}\n\n{text}\n", encoding="utf-8"
        )
        assert main(["add", str(path), *box]) == 0
    capsys.readouterr()
    assert main(["incidents", "--json", *box]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["documents"] == row["main_of"] == ["one", "two"]
    assert row["toll"]["killed"]["best"] == 4
