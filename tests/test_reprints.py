"""Nearly identical texts: papers that print one wire, changed, cut or with a line of their own, are one origin.

The texts are made by rules out of words of our own. Where ``rensa`` is not installed only the very same text is found.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tollbook import pipeline
from tollbook.codes import Verb
from tollbook.nouns import Report
from tollbook.pipeline import Box
from tollbook.pipeline.reprints import LEAST, SHARE, Reprints, Signatures, pairs, share

NOW = datetime(2031, 3, 9, 8, tzinfo=UTC)

# Four hundred words of a language that nobody speaks, always the same.
_CHANCE = random.Random(1894)
WORDS = [
    "".join(_CHANCE.choices(["ru", "ri", "ta", "zen", "da", "stre", "lau", "hof", "bel", "mi", "so"], k=3))
    for _ in range(400)
]
SPEAKERS = [
    "the governor",
    "a doctor of the town",
    "the mayor",
    "an officer of the guard",
    "a teacher",
    "the miller",
]


def wire(seed: int, sentences: int = 14, dead: int = 12) -> list[str]:
    """The sentences of a made-up wire; another seed tells of the same event in other words."""
    chance = random.Random(seed)
    told = [f"At least {dead} people were killed in the shelling of Zenda on Monday."]
    for _ in range(sentences):
        a, b, c, d, e = chance.choices(WORDS, k=5)
        told.append(f"The {a} of {b} was {c} before the {d} {e}, {chance.choice(SPEAKERS)} said.")
    return told


def text(sentences: list[str]) -> str:
    return " ".join(sentences)


def test_a_changed_figure_a_cut_and_a_line_more_leave_a_text_what_it_was() -> None:
    whole = wire(1)
    updated = [whole[0].replace("12", "15"), *whole[1:]]
    cut = whole[:7]
    with_more = [
        *whole,
        *(f"Our reporter saw {n} more things in Hofbau that nobody else had seen." for n in range(6)),
    ]
    for other in (updated, cut, with_more):
        assert share(pairs(text(whole)), pairs(text(other))) >= SHARE


def test_the_same_event_in_other_words_is_another_text() -> None:
    assert all(share(pairs(text(wire(1))), pairs(text(wire(seed)))) < SHARE for seed in range(2, 60))


def test_a_formula_is_no_text() -> None:
    said = "There were no casualties, the guard said. All is quiet in Zenda."
    assert len(pairs(said)) < LEAST
    assert share(pairs(said), pairs(said)) == 0


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as opened:
        yield opened


def add(box: Box, publisher: str, body: list[str], day: str = "2031-03-04", now: datetime = NOW) -> Report:
    name = f"{publisher}-{day}.txt"
    path = box.folder / name
    head = f"title: {publisher} of {day}\npublisher: {publisher}\npublished: {day}\n\n"
    path.write_text(head + text(body), encoding="utf-8")
    (report,) = pipeline.ingest(box, [str(path)], now=now).added
    return pipeline.book(box).reports[report.id]


def killed(box: Box) -> set[str]:
    book = pipeline.book(box)
    return {book.origin_of[i] for i, c in book.claims.items() if c.outcome == "killed" and c.speaker is None}


def test_the_very_same_text_in_two_papers_is_one_origin_and_a_person_can_undo_it(box: Box) -> None:
    first = add(box, "Strelsau Post", wire(1))
    second = add(box, "Hofbau Herald", wire(1), "2031-03-05")
    assert first.reprints is None
    assert second.reprints == first.id
    assert killed(box) == {"Strelsau Post"}
    judged = pipeline.decide(
        box, Verb.CORRECT, second.id, "they have a man there", now=NOW, by="flavia",
        changes=[("reprints", "-")],
    )  # fmt: skip
    assert killed(box) == {"Strelsau Post", "Hofbau Herald"}
    pipeline.decide(box, Verb.UNDO, judged.id, "a slip", now=NOW, by="flavia")
    assert killed(box) == {"Strelsau Post"}


def test_nothing_is_a_reprint_after_more_than_a_week(box: Box) -> None:
    add(box, "Strelsau Post", wire(1), "2031-02-20")
    assert add(box, "Hofbau Herald", wire(1), "2031-02-28").reprints is None


def test_what_another_run_added_is_known_and_what_was_forgotten_is_not(box: Box) -> None:
    first = add(box, "Strelsau Post", wire(1))
    pipeline.carry_out(box, pipeline.plan(box, first.id), "asked", NOW)
    assert add(box, "Hofbau Herald", wire(1), "2031-03-05").reprints is None


def test_a_text_that_is_forgotten_stays_the_origin_of_its_reprints(box: Box) -> None:
    first = add(box, "Strelsau Post", wire(1))
    add(box, "Hofbau Herald", wire(1), "2031-03-05")
    third = add(box, "Zenda Courier", wire(1), "2031-03-06")
    pipeline.carry_out(box, pipeline.plan(box, first.id), "asked", NOW)
    assert killed(box) == {"Strelsau Post"}
    pipeline.carry_out(box, pipeline.plan(box, third.id), "asked", NOW)
    assert killed(box) == {"Strelsau Post"}


def test_a_changed_figure_a_cut_and_a_line_more_are_found_on_the_way_in(box: Box) -> None:
    pytest.importorskip("rensa", reason="only the very same text is found without rensa")
    whole = wire(1)
    first = add(box, "Strelsau Post", whole)
    updated = [whole[0].replace("12", "15"), *whole[1:]]
    assert add(box, "Hofbau Herald", updated, "2031-03-05").reprints == first.id
    assert add(box, "Zenda Courier", whole[:7], "2031-03-06").reprints == first.id
    assert add(box, "Tarlenheim Times", wire(2), "2031-03-06").reprints is None
    own = [*whole, "Our own count is 31 people killed in the shelling, more than anybody has told so far."]
    assert add(box, "Elphberg Echo", own, "2031-03-06").reprints == first.id
    assert killed(box) == {"Strelsau Post", "Tarlenheim Times", "Elphberg Echo"}


def test_of_a_hundred_texts_and_their_changed_prints_every_print_finds_its_own() -> None:
    pytest.importorskip("rensa", reason="only the very same text is found without rensa")
    index = Signatures()
    for seed in range(100):
        index.take(Signatures.of(pairs(text(wire(seed)))))
    chance = random.Random(7)
    found = wrong = 0
    for seed in range(100):
        body = [s for s in wire(seed, dead=13 + seed) if chance.random() > 0.15]
        tokens = pairs(text(body))
        near = [n for n in index.near(Signatures.of(tokens)) if share(pairs(text(wire(n))), tokens) >= SHARE]
        found += seed in near
        wrong += len(set(near) - {seed})
    assert (found, wrong) == (100, 0)


def test_a_dry_run_finds_a_reprint_among_its_own(box: Box) -> None:
    for name in ("Strelsau Post", "Hofbau Herald"):
        head = f"publisher: {name}\npublished: 2031-03-04\n\n"
        (box.folder / f"{name}.txt").write_text(head + text(wire(1)), encoding="utf-8")
    done = pipeline.ingest(box, [str(p) for p in sorted(box.folder.glob("*.txt"))], now=NOW, dry_run=True)
    assert [note for _, note in done.notes if "repeats report" in note]
    assert box.log.head()[0] == 0


def test_reports_of_the_box_are_looked_up_by_their_day(box: Box) -> None:
    first = add(box, "Strelsau Post", wire(1))
    known = Reprints(box)
    book = pipeline.book(box)
    body = text(wire(1))
    later = Report(publisher="x", original="0", text="1", said_on=first.said_on)
    assert known.of(later, body, book) == first.id
    assert known.of(Report(publisher="x", original="0", text="1"), body, book) is None
    far = Report(
        publisher="x", original="0", text="1", said_on=(first.said_on or NOW.date()) + timedelta(days=8)
    )
    assert known.of(far, body, book) is None
