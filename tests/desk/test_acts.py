"""Acts: every verb and its undo, two people at once, and the choice between their decisions."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from tollbook.codes import Level, Verb
from tollbook.desk.opened import Desk
from tollbook.nouns import Incident
from tollbook.values import Book

JSON = {"accept": "application/json"}


def said(book: Book) -> Book:
    """What a book says, without who decided what on the way: two equal ones show the same."""
    return replace(book, judgements={}, known_at=None)


def of(opened: Desk) -> tuple[Book, str, str]:
    """The book, its incident with most claims, and a claim of that which nobody judged."""
    book = opened.live.state.book
    incident = max(book.incidents, key=lambda i: len(book.of(i)))
    return book, incident, next(c.id for c in book.of(incident) if c.id not in book.reviews)


def other_incident(opened: Desk, level: Level = Level.INCIDENT) -> str:
    """One more incident, so that there is another to speak of."""
    made = Incident(name="Zenda crossing", level=level, recorded_at=opened.live.state.entries[-1].recorded_at)
    opened.live.append([made])
    return made.id


def forms(opened: Desk) -> dict[str, dict[str, Any]]:
    """A form for every verb that changes what the book says."""
    book, incident, claim = of(opened)
    other, war = other_incident(opened), other_incident(opened, Level.WAR)
    figure = book.claims[claim].figure
    return {
        "accept": {"target": claim},
        "reject": {"target": claim, "reason": "counted twice"},
        "withdraw": {"target": claim, "reason": "not in the text"},
        "correct": {
            "target": claim,
            "reason": "misread",
            "set.figure": "4711",
            "was.figure": str(figure.low),
        },
        "review": {"target": claim},
        "unverifiable": {"target": claim, "reason": "no second voice"},
        "rate": {"target": claim, "reason": "seen by two", "set.credibility": "2"},
        "assign": {"target": claim, "set.to": "Flavia"},
        "comment": {"target": claim, "reason": "ask the correspondent"},
        "apart": {"target": incident, "reason": "two crossings", "other": other},
        "merge": {"target": other, "reason": "one crossing", "other": incident},
        "split": {"target": incident, "reason": "another day", "other": other, "claims": claim},
        "split alone": {"target": claim, "reason": "another crossing", "other": other},
        "split to a new one": {"target": claim, "reason": "another crossing", "name": "Strelsau bridge"},
        "nest": {"target": incident, "reason": "part of it", "other": war},
        "grade": {"target": incident, "reason": "three origins", "set.grade": "fair"},
        "acknowledge": {"target": f"parts-do-not-sum:{claim}", "reason": "the rest is unknown"},
    }


VERBS = (
    "accept reject withdraw correct review unverifiable rate assign comment apart merge split nest grade acknowledge"
).split()


@pytest.mark.parametrize("act", [*VERBS, "split alone", "split to a new one"])
def test_every_act_changes_the_book_and_its_undo_restores_it(
    client: TestClient, opened: Desk, act: str
) -> None:
    form = forms(opened)[act]
    before = said(opened.live.state.book)
    made = client.post("/acts", data={"verb": act.partition(" ")[0], **form}, headers=JSON)
    assert made.status_code == 200, made.text
    assert said(opened.live.state.book) != before
    undone = client.post("/acts", data={"verb": "undo", "target": made.json()["id"]}, headers=JSON)
    assert undone.status_code == 200, undone.text
    assert said(opened.live.state.book) == before
    redone = client.post("/acts", data={"verb": "undo", "target": undone.json()["id"]}, headers=JSON)
    assert redone.status_code == 200, redone.text
    assert said(opened.live.state.book) != before


def test_every_verb_is_tried() -> None:
    assert {*VERBS, "undo"} == set(Verb)


def test_a_loose_claim_finds_an_incident(client: TestClient, opened: Desk) -> None:
    _, incident, claim = of(opened)
    link = next(k.id for k in opened.live.state.book.links.values() if k.claim == claim)
    loosen = {"verb": "withdraw", "target": link, "reason": "linked by a slip"}
    client.post("/acts", data=loosen)
    assert claim not in opened.live.state.book.incident_of
    form = {"verb": "split", "target": claim, "reason": "it is about this one", "other": incident}
    assert client.post("/acts", data=form, headers=JSON).status_code == 200
    assert opened.live.state.book.incident_of[claim] == incident
    again = client.post("/acts", data=form | {"reason": "once more"}, headers=JSON)
    assert again.status_code == 400
    assert "stands under" in again.json()["error"]


def test_the_order_of_quick_acts_is_the_order_in_which_they_came(client: TestClient, opened: Desk) -> None:
    _, _, claim = of(opened)
    for n in range(6):
        client.post("/acts", data={"verb": "reject", "target": claim, "reason": f"no {n}"})
        client.post("/acts", data={"verb": "accept", "target": claim, "reason": f"yes {n}"})
        assert claim in opened.live.state.book.claims


def test_a_newer_decision_gives_a_choice_and_writes_nothing(client: TestClient, opened: Desk) -> None:
    book, _, claim = of(opened)
    mine = {
        "verb": "correct", "target": claim, "seen": "-", "reason": "it says 12", "was.figure": "1", "set.figure": "12",
        "back": "/reports",
    }  # fmt: skip
    theirs = {"verb": "correct", "target": claim, "seen": "-", "reason": "<b>it says 13", "set.figure": "13"}
    assert client.post("/acts", data=theirs).status_code == 303
    position = opened.live.state.position
    page = client.post("/acts", data=mine)
    assert page.status_code == 409
    assert "it says 13" in page.text
    assert "<b>it says" not in page.text
    assert "Nothing of yours was written" in page.text
    told = client.post("/acts", data=mine, headers=JSON).json()
    assert "12" in told["choice"]
    assert "13" in told["choice"]
    assert opened.live.state.position == position
    # Having seen it, one may decide all the same.
    assert client.post("/acts", data=mine | {"seen": told["seen"]}).status_code == 303
    assert opened.live.state.book.claims[claim].figure.low == 12
    assert book.claims[claim].figure.as_written == opened.live.state.book.claims[claim].figure.as_written


def test_what_overwrites_nothing_is_no_conflict(client: TestClient, opened: Desk) -> None:
    _, _, claim = of(opened)
    accept = {"verb": "accept", "target": claim, "seen": "-"}
    assert client.post("/acts", data={"verb": "assign", "target": claim, "set.to": "Ada"}).status_code == 303
    assert client.post("/acts", data=accept).status_code == 303
    assert client.post("/acts", data=accept).status_code == 303  # they agree
    assert client.post(
        "/acts", data={"verb": "comment", "target": claim, "seen": "-", "reason": "x"}
    ).is_redirect
    reject = {"verb": "reject", "target": claim, "seen": "-", "reason": "no"}
    assert client.post("/acts", data=reject).status_code == 409


def test_what_was_taken_back_meanwhile_is_told(client: TestClient, opened: Desk) -> None:
    _, _, claim = of(opened)
    first = client.post("/acts", data={"verb": "accept", "target": claim}, headers=JSON).json()["id"]
    client.post("/acts", data={"verb": "undo", "target": first})
    late = client.post("/acts", data={"verb": "reject", "target": claim, "seen": first, "reason": "no"})
    assert late.status_code == 409
    assert "took back" in late.text


def test_anothers_act_is_not_taken_back_by_a_slip(client: TestClient, opened: Desk) -> None:
    _, _, claim = of(opened)
    made = client.post("/acts", data={"verb": "accept", "target": claim}, headers=JSON).json()["id"]
    opened.members.alone = replace(opened.members.alone, name="Flavia")  # somebody else sits down
    undo = {"verb": "undo", "target": made}
    asked = client.post("/acts", data=undo)
    assert asked.status_code == 409
    assert "Ada" in asked.text
    assert made in {j.id for j in opened.live.state.book.judgements.values()}
    assert claim in opened.live.state.book.accepted_by
    assert client.post("/acts", data=undo | {"whose": "Ada"}).status_code == 303
    assert claim not in opened.live.state.book.accepted_by


def test_of_two_at_one_moment_one_is_asked(client: TestClient, opened: Desk) -> None:
    _, _, claim = of(opened)
    position = opened.live.state.position
    answers: list[int] = []
    start = threading.Barrier(4)

    def post(reason: str) -> None:
        start.wait()
        form = {"verb": "reject", "target": claim, "seen": "-", "reason": reason}
        form |= {"verb": "correct", "set.figure": reason}
        answers.append(client.post("/acts", data=form, headers=JSON).status_code)

    threads = [threading.Thread(target=post, args=(str(n),)) for n in range(101, 105)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]
    assert opened.live.state.position == position + 1


def test_a_refusal_for_a_script_is_json(client: TestClient) -> None:
    answer = client.post("/acts", data={"verb": "accept", "target": "0" * 16}, headers=JSON)
    assert answer.status_code == 400
    assert "no entry" in answer.json()["error"]
