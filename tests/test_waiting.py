"""Verification at the desk: the verbs, the queue, two persons; and that undo gives back what was before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook import pipeline
from tollbook.book import realise
from tollbook.cli import main
from tollbook.codes import Outcome, Review, Verb
from tollbook.figures import exactly
from tollbook.nouns import EPOCH, Claim, Entry, Incident, Judgement, Link, Span
from tollbook.values import Book
from tollbook.waiting import OPEN, waiting

# --- what waits, and what hangs on it


@ledger
def test_what_most_people_hang_on_comes_first(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor"
    b = 2031-03-05 claim outcome=killed figure=40 speaker="Strelsau Red Cross"
    c = 2031-03-05 claim outcome=wounded figure=3 speaker="Strelsau Red Cross"
    d = 2031-03-05 claim outcome=killed figure=90 speaker="a model" proposed=yes
    e = 2031-03-05 claim outcome=killed figure=500 scope=war speaker="Zenda Monitor"
    f = 2031-03-05 claim outcome=killed figure=7 speaker="Hentzau Whisper"
    2031-03-06 judgement verb=accept target=f
    k = 2031-03-14 incident name="Blast in Hofbau"
    """
    found = {item.id: item for item in waiting(book)}
    order = [item.id for item in waiting(book)]
    assert found[ids["b"]].effect == 28
    assert found[ids["a"]].effect == 0
    assert found[ids["d"]].effect == 50
    assert found[ids["c"]].effect == 3
    assert found[ids["e"]].effect == 0
    assert found[ids["i"]].effect == 40
    assert ids["f"] not in found
    assert order[:3] == [ids["d"], ids["i"], ids["b"]]
    assert {item.id for item in waiting(book, incident=ids["k"])} == {ids["k"]}
    assert {item.state for item in found.values()} <= OPEN
    assert [item.id for item in waiting(book, frozenset({Review.ACCEPTED}))] == [ids["f"]]


# --- two persons

SPAN = Span(0, 1)
PEOPLE = ("rudolf", "flavia", "sapt")
SAID = (Verb.ACCEPT, Verb.CORRECT, Verb.REVIEW)


def book_of(said: Sequence[tuple[str, Verb]], *, two: bool) -> tuple[Book, str]:
    """A proposed claim and what people said of it, a minute apart."""
    claim = Claim(
        report="r",
        span=SPAN,
        quote="q",
        outcome=Outcome.KILLED,
        figure=exactly(12),
        proposed=True,
        recorded_at=EPOCH,
    )
    judged = [
        Judgement(
            verb=verb, target=claim.id, reason="read", made_by=who, nonce=str(n), recorded_at=EPOCH + timedelta(minutes=n),
            changes=(("place", f"Zenda {n}"),) if verb is Verb.CORRECT else (),
        )
        for n, (who, verb) in enumerate(said, 1)
    ]  # fmt: skip
    return realise([claim, *judged], two_persons=two), claim.id


def expected(said: Sequence[tuple[str, Verb]], needed: int) -> bool:
    """Whether so many different people accepted it since it was last touched."""
    people: set[str] = set()
    for who, verb in said:
        people = people | {who} if verb is Verb.ACCEPT else set()
    return len(people) >= needed


def test_over_all_orders_of_three_peoples_words_two_accept_or_nobody_does() -> None:
    words = list(product(PEOPLE, SAID))
    tried = 0
    for length in (1, 2, 3):
        for said in product(words, repeat=length):
            for needed in (1, 2):
                book, claim = book_of(said, two=needed == 2)
                accepted = book.reviews.get(claim) is Review.ACCEPTED
                assert accepted is expected(said, needed), (said, needed)
                if accepted:
                    assert claim in book.claims
                elif not any(expected(said[:n], needed) for n in range(1, length + 1)):
                    assert claim in book.waiting
            tried += 1
    assert tried == 9 + 81 + 729


def test_one_person_is_not_two_by_a_capital_or_a_blank() -> None:
    book, claim = book_of([("flavia", Verb.ACCEPT), ("Flavia ", Verb.ACCEPT)], two=True)
    assert book.reviews[claim] is Review.IN_REVIEW
    assert book.accepted_by[claim] == ("flavia",)


# --- undo gives back what was before, whatever was said

INCIDENTS = [Incident(name=f"Event {n}") for n in range(2)]


@st.composite
def checks(draw: st.DrawFn) -> list[Entry]:
    """Two incidents with three claims, and up to eight words of two people on them."""
    claims = [
        Claim(
            report="r",
            span=SPAN,
            quote=f"q{n}",
            outcome=Outcome.KILLED,
            figure=exactly(n + 1),
            proposed=n == 0,
        )
        for n in range(3)
    ]
    links = [Link(claim=c.id, incident=INCIDENTS[n % 2].id) for n, c in enumerate(claims)]
    found: list[Entry] = [*INCIDENTS, *claims, *links]
    verbs = [Verb.ACCEPT, Verb.REJECT, Verb.REVIEW, Verb.UNVERIFIABLE, Verb.RATE, Verb.GRADE, Verb.ASSIGN, Verb.COMMENT, Verb.CORRECT, Verb.UNDO]  # fmt: skip
    for n in range(draw(st.integers(1, 8))):
        verb = draw(st.sampled_from(verbs))
        earlier = [e.id for e in found if isinstance(e, Judgement)]
        if verb is Verb.UNDO and not earlier:
            continue
        target = draw(
            st.sampled_from(earlier if verb is Verb.UNDO else [e.id for e in (*INCIDENTS, *claims)])
        )
        changes = {
            Verb.RATE: (("credibility", draw(st.sampled_from("1236"))),),
            Verb.GRADE: (("grade", draw(st.sampled_from(["fair", "weak"]))),),
            Verb.ASSIGN: (("to", draw(st.sampled_from(["", "sapt"]))),),
            Verb.CORRECT: (("figure", str(n + 20)),),
        }.get(verb, ())
        found.append(
            Judgement(
                verb=verb, target=target, reason=f"because {n}", changes=changes, nonce=str(n),
                made_by=draw(st.sampled_from(PEOPLE[:2])), recorded_at=EPOCH + timedelta(minutes=n + 1),
            )
        )  # fmt: skip
    return found


@given(checks(), st.booleans(), st.data())
@settings(max_examples=1000, deadline=None)
def test_undo_restores_every_part_of_the_checking(
    entries: list[Entry], two: bool, data: st.DataObject
) -> None:
    judged = [e for e in entries if isinstance(e, Judgement) and e.verb is not Verb.UNDO]
    if not judged:
        return
    gone = data.draw(st.sampled_from(judged))
    undone_before = {e.target for e in entries if isinstance(e, Judgement) and e.verb is Verb.UNDO}
    if gone.id in undone_before:
        return
    undo = Judgement(verb=Verb.UNDO, target=gone.id, reason="no", recorded_at=EPOCH + timedelta(hours=1))
    without = realise([e for e in entries if e is not gone], two_persons=two)
    undone = realise([*entries, undo], two_persons=two)
    for name in ("reviews", "accepted_by", "grades", "credibility", "assigned", "comments", "claims", "waiting", "fallen"):  # fmt: skip
        assert getattr(undone, name) == getattr(without, name), name
    assert waiting(undone) == waiting(without)
    again = replace(undo, target=undo.id, recorded_at=EPOCH + timedelta(hours=2))
    redone = realise([*entries, undo, again], two_persons=two)
    assert redone.reviews == realise(entries, two_persons=two).reviews


# --- the verbs

TEXT = "title: Shells\npublished: 2024-03-06\npublisher: Strelsau Post\n\nAt least 12 people were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, the Zenda Monitor said. Five people were wounded, it said.\n"


class Desk:
    """A box with one report."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], settings: str = "") -> None:
        self.folder, self.capsys = folder / "box", capsys
        assert main(["init", str(self.folder)]) == 0
        (self.folder / "tollbook.toml").write_text(settings, encoding="utf-8")
        (folder / "one.txt").write_text(TEXT, encoding="utf-8")
        self("add", str(folder / "one.txt"))
        self.book = self._book()
        self.claim = next(i for i, c in self.book.claims.items() if c.outcome is Outcome.KILLED)
        self.incident = next(iter(self.book.incidents))

    def __call__(self, *words: str, code: int = 0) -> str:
        assert main([*words, "--box", str(self.folder)]) == code, self.capsys.readouterr().err
        out = self.capsys.readouterr()
        self.err = out.err
        return out.out

    def data(self, *words: str) -> Any:  # noqa: ANN401  (JSON)
        return json.loads(self(*words, "--json"))

    def _book(self) -> Book:
        with pipeline.open_box(self.folder) as box:
            return pipeline.book(box)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


WORDS = [
    (("review", "CLAIM", "-r", "begun"), "review", "in review"),
    (("unverifiable", "CLAIM", "-r", "no line to Zenda"), "review", "unverifiable"),
    (("accept", "CLAIM", "-r", "read"), "review", "accepted"),
    (("rate", "CLAIM", "2", "-r", "two calls"), "credibility", 2),
    (("assign", "CLAIM", "flavia"), "assigned", "flavia"),
    (("review", "bridge", "-r", "begun"), "review", "in review"),
    (("accept", "INCIDENT", "-r", "all read"), "review", "accepted"),
    (("grade", "bridge", "fair", "-r", "two calls"), "grade", "fair"),
    (("assign", "INCIDENT", "sapt"), "assigned", "sapt"),
]


@pytest.mark.parametrize(("words", "field", "value"), WORDS, ids=[" ".join(w[0][:2]) for w in WORDS])
def test_a_verb_says_it_a_dry_run_does_not_and_undo_takes_it_back(
    desk: Desk, words: tuple[str, ...], field: str, value: object
) -> None:
    said = [{"CLAIM": desk.claim[:8], "INCIDENT": desk.incident}.get(w, w) for w in words]
    thing = desk.claim if words[1] == "CLAIM" else desk.incident

    def now() -> object:
        return desk.data("explain", thing)["checked"][field]

    before = now()
    assert " judgement verb=" in desk(*said, "--dry-run")
    assert now() == before
    judged = desk(*said, "--by", "rudolf").split()[0]
    assert now() == value
    desk("undo", judged, "-r", "a slip")
    assert now() == before


def test_a_comment_is_shown_and_changes_nothing(desk: Desk) -> None:
    before = desk.data("toll")
    desk("comment", desk.claim, "the second sentence says when", "--by", "sapt")
    assert "the second sentence says when" in desk("explain", desk.claim)
    assert desk.data("explain", desk.claim)["checked"]["comments"][0]["by"] == "sapt"
    desk("comment", desk.incident, "look for the hospital", "--by", "sapt")
    assert "look for the hospital" in desk("explain")
    assert desk.data("toll") == before


def test_the_queue_is_filtered_and_empties_as_things_are_settled(desk: Desk) -> None:
    rows = desk.data("queue")
    assert {r["kind"] for r in rows} == {"claim", "incident"}
    assert rows[0]["effect"] == 12
    desk("assign", desk.claim, "flavia")
    assert [r["id"] for r in desk.data("queue", "--assigned", "flavia")] == [desk.claim]
    assert desk.claim not in {r["id"] for r in desk.data("queue", "--assigned", "")}
    desk("unverifiable", desk.claim, "-r", "no line to Zenda")
    assert desk.claim not in {r["id"] for r in desk.data("queue")}
    assert [r["id"] for r in desk.data("queue", "--status", "unverifiable")] == [desk.claim]
    assert "1 more" not in desk("queue", "bridge")
    assert "more; --limit" in desk("queue", "--limit", "1")
    for row in desk.data("queue"):
        desk("accept", row["id"], "-r", "read")
    assert desk("queue") == "Nothing waits.\n"
    desk("grade", desk.incident, "splendid", "-r", "x", code=2)
    assert "splendid" in desk.err


def test_grade_and_checking_stand_in_the_table_of_incidents_and_in_exports(desk: Desk) -> None:
    assert "grade" not in desk("incidents")
    desk("grade", "bridge", "weak", "-r", "one voice")
    desk("rate", desk.claim, "3", "-r", "one voice")
    desk("unverifiable", desk.claim, "-r", "no line to Zenda")
    assert "weak" in desk("incidents")
    assert desk.data("incidents")[0]["checked"]["suggested_grade"]["value"] == "weak"
    claims = [json.loads(row) for row in desk("export", "--format", "json").splitlines()]
    claim = next(c for c in claims if c["id"] == desk.claim)
    assert (claim["review"], claim["credibility"]) == ("unverifiable", 3)
    tolls = [json.loads(row) for row in desk("export", "--format", "json", "--of", "tolls").splitlines()]
    assert {(t["grade"], t["review"]) for t in tolls} == {("weak", "unreviewed")}
    assert '"unverifiable","3"' in desk("export")
    assert '"weak","unreviewed"' in desk("export", "--of", "tolls")


def test_a_box_of_two_persons_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Desk(tmp_path, capsys, "two_persons = true\n")
    desk("accept", desk.claim, "-r", "read", "--by", "rudolf")
    assert "asks for two" in desk.err
    assert desk.data("explain", desk.claim)["checked"]["review"] == "in review"
    desk("accept", desk.claim, "-r", "read", "--by", "rudolf")
    assert desk.data("explain", desk.claim)["checked"]["accepted_by"] == ["rudolf"]
    desk("accept", desk.claim, "-r", "read", "--by", "flavia")
    assert "asks for two" not in desk.err
    assert set(desk.data("explain", desk.claim)["checked"]["accepted_by"]) == {"rudolf", "flavia"}
    assert "accepted, accepted by" in desk("explain", desk.claim)
