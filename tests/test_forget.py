"""Forgetting: what goes is nowhere, what stays moves no toll, and it says so before it does it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tollbook import pipeline
from tollbook import toll as reckoning
from tollbook.cli import main
from tollbook.figures import Figure
from tollbook.nouns import Forgotten
from tollbook.values import Book

REPORTS = {
    "one": ("Strelsau Post", "At least 12 soldiers, including seven sappers of Krasnova, were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, Karim Orsova said."),
    "two": ("Hofbau Herald", "The Zenda Monitor said on Thursday that 17 soldiers were killed in the attack on a bridge in Zenda, and five wounded."),
    "three": ("Karim Orsova", "Nineteen soldiers were killed in the attack on the bridge in Zenda on Tuesday."),
}  # fmt: skip
CARD = 'name = "Karim Orsova"\naliases = ["the bridge keeper"]\nconfidential = true\n'
Sum = tuple[str, str, Figure, tuple[str, ...]]


class Desk:
    """A box with three reports, one of them of a confidential source."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder / "box", capsys
        assert main(["init", str(self.folder)]) == 0
        (self.folder / "sources" / "keeper.toml").write_text(CARD, encoding="utf-8")
        for n, (name, (publisher, body)) in enumerate(REPORTS.items()):
            path = folder / f"{name}.txt"
            path.write_text(
                f"title: Bridge {name}\npublished: 2024-03-0{6 + n}\npublisher: {publisher}\n\n{body}\n"
            )
            self("add", str(path))

    def __call__(self, *words: str, code: int = 0) -> str:
        assert main([*words, "--box", str(self.folder)]) == code
        out = self.capsys.readouterr()
        self.err = out.err
        return out.out

    def book(self) -> Book:
        with pipeline.open_box(self.folder) as box:
            assert pipeline.verify(box) == []
            return pipeline.book(box)

    def tolls(self) -> set[Sum]:
        book = self.book()
        return {
            (str(t.outcome), t.group, t.figure, t.origins)
            for i in book.incidents
            for m in ("strict", "minmax")
            for t in reckoning.table(book, i, m)
            if t.used
        }

    def report(self, document: str) -> str:
        return next(i for i, r in self.book().reports.items() if r.document == document)

    def holds(self, text: str) -> list[str]:
        """The files of the box that hold a text."""
        return [p.name for p in self.folder.rglob("*") if p.is_file() and text.encode() in p.read_bytes()]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def plain(tolls: set[Sum]) -> set[tuple[str, str, int | None, int | None, int | None, tuple[str, ...]]]:
    return {(o, g, f.low, f.best, f.high, v) for o, g, f, v in tolls}


def test_a_forgotten_report_leaves_its_figures_and_no_word(desk: Desk) -> None:
    before = desk.tolls()
    claim = next(i for i, c in desk.book().claims.items() if "12 soldiers" in c.quote)
    desk("correct", claim, "figure=13", "--reason", "asked")
    corrected = desk.tolls()
    assert plain(corrected) != plain(before)
    desk("forget", desk.report("one"), "--reason", "asked to", "--yes")
    assert "cannot be undone" in desk.err
    assert plain(desk.tolls()) == plain(corrected)
    for word in ("sappers", "Krasnova", "Bridge one"):
        assert desk.holds(word) == []
    assert "text withheld" in desk("explain", "--method", "minmax")
    assert any(c.figure.low == 13 for c in desk.book().claims.values())
    assert "source-withheld" in desk("check", "--tier", "other")
    (page,) = [Path(line) for line in desk("publish").split() if line.endswith(".md")]
    assert "text withheld" in page.read_text(encoding="utf-8")
    with pipeline.open_box(desk.folder) as box:
        assert {e.reason for e in box.log.entries() if isinstance(e, Forgotten)} == {"asked to"}


def test_the_sentence_round_a_quote_is_shown_and_a_forgotten_text_does_not_break_the_page(desk: Desk) -> None:
    def page() -> str:
        (path,) = [Path(line) for line in desk("publish").split() if line.endswith(".html")]
        return path.read_text(encoding="utf-8")

    assert "The Zenda Monitor said on Thursday that" in page()
    with pipeline.open_box(desk.folder) as box:
        book = pipeline.book(box)
        box.kept.forget(book.reports[desk.report("two")].text)
    text = page()
    assert "17 soldiers were killed" in text
    assert "said on Thursday that" not in text


def test_a_claims_words_go_and_its_figure_stays(desk: Desk) -> None:
    before = desk.tolls()
    claim = next(i for i, c in desk.book().claims.items() if "17 soldiers" in c.quote)
    desk("forget", claim, "--reason", "asked to", "--yes")
    assert "keeps its text" in desk.err
    assert plain(desk.tolls()) == plain(before)
    assert not any("17 soldiers" in c.quote for c in desk.book().claims.values())


def test_a_forgotten_source_is_named_nowhere_and_stays_one_voice(desk: Desk) -> None:
    before = desk.tolls()
    (handle,) = [s.handle for s in desk.book().sources.values()]
    assert any(handle in voices for *_, voices in before)
    desk("forget", "Karim Orsova", "--reason", "asked to", "--dry-run")
    assert "keeper.toml" in desk.err
    (desk.folder / "sources" / "keeper.toml").unlink()
    desk("forget", handle, "--reason", "asked to", "--yes")
    assert "2 reports lose their text" in desk.err
    assert desk.holds("Orsova") == []
    assert desk.holds("bridge keeper") == []
    assert plain(desk.tolls()) == plain(before)
    assert [s.name for s in desk.book().sources.values()] == [handle]


def test_nothing_is_forgotten_without_a_yes(desk: Desk) -> None:
    with pipeline.open_box(desk.folder) as box:
        before = box.log.head()
    desk("forget", desk.report("one"), "--reason", "asked to", "--dry-run")
    assert "cannot be undone" in desk.err
    desk("forget", desk.report("one"), "--reason", "asked to", code=2)
    assert "--yes" in desk.err
    desk("forget", desk.report("one"), "--reason", " ", "--yes", code=2)
    desk("forget", "nothing", "--reason", "x", "--yes", code=2)
    incident = json.loads(desk("incidents", "--json"))[0]["id"]
    desk("forget", incident, "--reason", "x", "--yes", code=2)
    assert "forget a report, a claim or a source" in desk.err
    with pipeline.open_box(desk.folder) as box:
        assert box.log.head() == before
    assert desk.holds("sappers")
