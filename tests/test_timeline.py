"""The timeline: each moment with its sentence; a war's is woven of what stands under it; contradictions side by side."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Ids, ledger, written
from tollbook import pipeline, toll
from tollbook.cli.command import main
from tollbook.figures import show
from tollbook.values import Book

STORY = """
camp = 2031-03-01 incident name="Zenda offensive" level=campaign
a = 2031-03-01 incident name="Assault on Zenda"
r = 2031-03-02 report publisher=Gazette
b1 = 2031-03-02 course phase=began speaker=Monitor date_from=2031-03-01 quote="the assault began" place=Zenda
k1 = 2031-03-02 claim outcome=killed figure=12 speaker=Monitor quote="12 were killed"
r2 = 2031-03-05 report publisher=Courier
b2 = 2031-03-05 course phase=began speaker=Monitor date_from=2031-03-01 quote="it had begun on the first"
e1 = 2031-03-05 course phase=ended speaker=Army date_to=2031-03-04 quote="all were defeated"
g1 = 2031-03-05 course phase=continues speaker=Monitor date_to=2031-03-05 quote="still hunting fugitives"
k2 = 2031-03-05 claim outcome=killed figure=30 speaker=Monitor quote="the toll rose to 30"
b = 2031-03-03 incident name="Raid on Hofbau"
c1 = 2031-03-05 course phase="control changed" speaker=Gazette date_from=2031-03-03 quote="they took the bridge" actors=[Rebels] place=Hofbau
2031-03-06 judgement verb=nest target=a other=camp
2031-03-06 judgement verb=nest target=b other=camp
"""


def test_a_campaign_weaves_what_stands_under_it_with_the_moves_of_its_dead() -> None:
    ids: Ids = {}
    from tollbook.book import realise  # noqa: PLC0415

    book = realise(written(STORY, ids))
    found = [
        (str(m.day)[-2:], m.what, m.voice, show(m.after) if m.after.known else "", len(m.statements))
        for m in toll.timeline(book, ids["camp"])
    ]
    assert found == [
        ("01", "began", "Monitor", "", 2),
        ("02", "first figure", "Monitor", "12", 1),
        ("03", "changed hands", "Gazette", "", 1),
        ("04", "is over", "Army", "", 1),
        ("05", "goes on", "Monitor", "", 1),
        ("05", "new deaths", "Monitor", "30", 1),
    ]
    alone = toll.timeline(book, ids["b"])
    assert [(m.actors, m.place, m.statements) for m in alone] == [(("Rebels",), "Hofbau", (ids["c1"],))]
    early = toll.timeline(book, ids["camp"], date(2031, 3, 2))
    assert [m.what for m in early] == ["began", "first figure"]


@ledger
def test_every_moment_leads_to_statements_of_the_book(book: Book, ids: Ids) -> None:
    """
    a = 2031-03-01 incident name="Assault on Zenda"
    2031-03-02 course phase=began speaker=Monitor
    2031-03-02 claim outcome=killed figure=12 speaker=Monitor
    - claim outcome=killed figure=13 speaker=Gazette
    """
    found = toll.timeline(book, ids["a"])
    assert {i for m in found for i in m.statements} <= book.claims.keys() | book.courses.keys()
    assert all(m.statements and m.voice for m in found)


def test_what_contradicts_stands_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ids: Ids = {}
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as opened:
        opened.log.append(written(STORY, ids))
    monkeypatch.setenv("TOLLBOOK_BOX", str(tmp_path / "box"))
    assert main(["timeline", ids["camp"], "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    against = {r["what"]: [a["quote"] for a in r["against"]] for r in rows if r["against"]}
    assert against == {"is over": ["still hunting fugitives"], "goes on": ["all were defeated"]}
    assert [r["after"]["best"] for r in rows if r["after"]] == [12, 30]
    assert main(["timeline", ids["camp"]]) == 0
    said = capsys.readouterr().out
    for words in ("Zenda offensive", "≠ but", "killed 12", "more)", "Hofbau"):
        assert words in said
    assert main(["timeline", ids["b"], "--as-of", "2031-03-01"]) == 0
    assert "Nothing under it" in capsys.readouterr().out
