"""Doubts: the smallest sentence of each, the nearest one that gives none, and what becomes of them in a box."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Ids, ledger, written
from tollbook import pipeline
from tollbook.book import realise
from tollbook.checks import check
from tollbook.cli import main
from tollbook.codes import Verb
from tollbook.nouns import Doubt, Entry, Report
from tollbook.pipeline import Box
from tollbook.reading import read
from tollbook.reading.doubts import MOST
from tollbook.values import Book

REPORT = Report(original="0", text="0", title="", publisher="", said_on=date(2022, 3, 2))
NOW = datetime(2022, 3, 2, 8, tzinfo=UTC)
WAR = " Rebels shelled the town."


def quotes(text: str) -> list[str]:
    return [d.quote for d in read(REPORT, text).doubts]


@pytest.mark.parametrize(
    ("sentence", "quote", "why"),
    [
        ("The army eliminated 300 jobs.", "eliminated 300", "“300 jobs” may be either"),
        ("The militia captured 40 gavelers.", "captured 40 gavelers", "“captured” is said of things"),
        ("Some 40 gavelers were captured.", "Some 40 gavelers were captured", "“Some 40 gavelers”"),
        ("The killings of 12-14 March shocked Zenda.", "killings of 12-14", "or days of March"),
        ("The army killed 11-12 November.", "killed 11-12", "or days of November"),
        (
            "Brezin was killed by the rebels.",
            "Brezin was killed",
            "“Brezin” may be a person or something else",
        ),
    ],
)
def test_two_readings_give_a_doubt_and_no_claim(sentence: str, quote: str, why: str) -> None:
    reading = read(REPORT, sentence + WAR)
    assert reading.claims == ()
    (doubt,) = reading.doubts
    assert doubt.quote == quote
    assert why in doubt.why
    assert doubt.report == REPORT.id


@pytest.mark.parametrize(
    "sentence",
    [
        "The militia captured 40 soldiers.",  # a claim
        "The army killed 12 gavelers.",  # a claim: killed says that they lived
        "The army could eliminate 300 jobs.",  # a plan
        "If the militia had captured 40 gavelers, the town would have fallen.",  # supposed
        "The militia fired 300 shells.",  # nothing befell anybody
        "The army released 300 tons of wheat.",  # a measure
        "Anton Brezin was killed by the rebels.",  # a claim
        "Brezin was killed by the rebels, and Anton Brezin was buried.",  # one who has his full name elsewhere
        "Seven were killed on 11-12 November.",  # days, and nobody would read them as people
    ],
)
def test_one_reading_gives_none(sentence: str) -> None:
    assert quotes(sentence + WAR) == []


@pytest.mark.parametrize(
    "text",
    [
        "The company eliminated 300 jobs. Its shares fell.",
        "The team captured 40 trophies in a season.",
        "A flood killed the crop; the mill released 12 workers and eliminated 40 posts.",
    ],
)
def test_a_text_that_speaks_of_no_conflict_gives_none(text: str) -> None:
    assert quotes(text) == []


def test_a_long_text_gives_a_few_at_most() -> None:
    text = " ".join(f"The militia captured {n} gavelers." for n in range(20, 40)) + WAR
    assert quotes(text) == [f"captured {n} gavelers" for n in range(20, 20 + MOST)]


SENTENCES = [
    "The army eliminated 300 jobs.",
    "Twelve people were killed.",
    "The killings of 12-14 March shocked Zenda.",
    "Rebels shelled the town.",
    "Brezin was killed.",
    "Snow fell.",
]


@given(st.lists(st.sampled_from(SENTENCES), max_size=8))
def test_a_doubt_stands_in_the_text_and_no_claim_overlaps_it(sentences: list[str]) -> None:
    body = "\n".join(sentences)
    reading = read(REPORT, body)
    assert len(reading.doubts) <= MOST
    for doubt in reading.doubts:
        assert body[doubt.span.start : doubt.span.end] == doubt.quote != ""
        assert not any(c.span.overlaps(doubt.span) for c in reading.claims)


# --- in the book


@ledger
def test_a_doubt_is_one_finding_of_the_lowest_tier_a_report(book: Book, ids: Ids) -> None:
    """
    r = 2022-03-02 report publisher=Gazette
    a = 2022-03-02 doubt quote="eliminated 300" why="“300 jobs” may be either"
    b = 2022-03-02 doubt quote="captured 40" why="“40 gavelers” may be either"
    """
    (finding,) = check(book, ("other",))
    assert (finding.code, finding.subject) == ("doubtful-reading", ids["r"])
    assert (
        f"“eliminated 300” [{ids['a']}]: “300 jobs” may be either; no claim was made of “captured 40”"
        in finding.what
    )
    assert check(book, ("basic", "strict")) == ()


@ledger
def test_a_doubt_that_was_rejected_or_whose_report_fell_is_none(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-02 report publisher=Gazette
    a = 2022-03-02 doubt quote="eliminated 300" why="may be either"
    """
    for label in ("a", "r"):
        ruled = written(f"2022-03-03 judgement verb=reject target={ids[label]}")
        assert realise([*entries, *ruled]).doubts == {}
    assert set(realise(entries).doubts) == {ids["a"]}


# --- in the box

TEXT = "title: News\npublished: 2022-03-02\npublisher: Gazette\n\nThe army eliminated 300 jobs in Zenda. Rebels shelled the town.\n"


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as opened:
        yield opened


def test_a_doubt_is_appended_with_its_report_and_goes_with_it(box: Box, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    done = pipeline.ingest(box, [str(tmp_path / "news.txt")], now=NOW)
    (report,) = done.added
    (doubt,) = (e for e in box.log.entries() if isinstance(e, Doubt))
    assert (doubt.report, doubt.quote, doubt.recorded_at) == (report.id, "eliminated 300", NOW)
    assert any("“eliminated 300” is no claim" in note for _, note in done.notes)
    again = pipeline.ingest(box, [str(tmp_path / "news.txt")], now=NOW + timedelta(days=1))
    assert (again.added, again.known) == ([], 1)
    assert pipeline.forget(box, report.id, "asked to", NOW) >= 2
    assert pipeline.book(box).doubts == {}
    assert not [p for p in box.folder.rglob("*") if p.is_file() and b"eliminated" in p.read_bytes()]


def test_a_person_settles_a_doubt(box: Box, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    pipeline.ingest(box, [str(tmp_path / "news.txt")], now=NOW)
    (doubt,) = pipeline.book(box).doubts
    pipeline.decide(box, Verb.REJECT, doubt, "jobs are no people", now=NOW, by="anna")
    assert pipeline.book(box).doubts == {}


def test_a_doubt_whose_words_do_not_stand_in_the_text_is_dropped() -> None:
    reading = read(REPORT, "The army eliminated 300 jobs." + WAR)
    notes: list[str] = []
    off = replace(reading.doubts[0], quote="eliminated 301")
    assert pipeline.intake._sound([off], REPORT, "The army eliminated 300 jobs.", notes) == ()
    assert "do not stand in the text" in notes[0]


@pytest.mark.parametrize(("kind", "marked"), [("table", False), ("annotated", True), ("jsonl", False)])
def test_read_shows_a_doubt_as_a_note(kind: str, marked: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    assert main(["read", "--format", kind, str(tmp_path / "news.txt")]) == 0
    out, err = capfd.readouterr()
    assert ("⟦?: eliminated 300⟧" in out) is marked
    if kind == "jsonl":
        assert json.loads(out).keys() == {"document", "claims", "events", "incidents"}
        assert err == ""
    else:
        assert "“eliminated 300” is no claim" in " ".join(err.split())
