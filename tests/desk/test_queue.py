"""The queue: its order, its filters, and a way through all of it by one key a claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from tollbook.desk.opened import Desk
from tollbook.views import queueing

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_what_moves_most_comes_first_and_everything_that_waits_is_there(opened: Desk) -> None:
    book = opened.live.state.book
    rows = queueing.queue(book)
    assert {w.claim.id for w in rows} == {*book.claims, *book.waiting}
    order = [(w.published, w.effect) for w in rows]
    assert order == sorted(order, reverse=True)


def test_filters_leave_what_they_say(client: TestClient, opened: Desk) -> None:
    rows = queueing.queue(opened.live.state.book)
    for query, fits in (
        ({"outcome": "displaced"}, [w for w in rows if w.claim.outcome == "displaced"]),
        ({"effect": "1"}, [w for w in rows if w.effect]),
        ({"state": "proposed"}, [w for w in rows if w.state == "proposed"]),
        (
            {"assigned": "nobody", "incident": rows[0].incident},
            [w for w in rows if w.incident == rows[0].incident],
        ),
    ):
        page = client.get("/queue", params=query).text
        shown = re.search(r"<b>([\d,]+)</b> claims? wait", page)
        assert (int(shown[1]) if shown else 0) == len(fits)


def test_what_is_marked_for_somebody_is_in_their_queue(client: TestClient, opened: Desk) -> None:
    claim = queueing.queue(opened.live.state.book)[3].claim.id
    client.post("/acts", data={"verb": "assign", "target": claim, "set.to": "Flavia"})
    page = client.get("/queue", params={"assigned": "Flavia"}).text
    assert f'data-shown="{claim}"' in page
    assert "<b>1</b> claim waits" in page


def test_who_did_how_much_today_is_told(client: TestClient, opened: Desk) -> None:
    rows = queueing.queue(opened.live.state.book)
    for w in rows[:3]:
        client.post("/acts", data={"verb": "accept", "target": w.claim.id})
    page = client.get("/queue").text
    assert re.search(r"Settled today:.*Ada</bdi> 3", page)
    assert f"<b>{len(rows) - 3}</b> claims wait" in page


def test_the_remembered_effects_are_those_reckoned_anew(client: TestClient, opened: Desk) -> None:
    from tollbook import waiting  # noqa: PLC0415  (beside what it is compared with)

    client.get("/queue")
    for w in queueing.queue(opened.live.state.book)[:4]:
        client.post("/acts", data={"verb": "reject", "target": w.claim.id, "reason": "no"})
        client.get("/queue")
        book = opened.live.state.book
        fresh = {i.id: i.effect for i in waiting.waiting(book)}
        assert {w.claim.id: w.effect for w in queueing.queue(book)} == {
            w.claim.id: fresh[w.claim.id] for w in queueing.queue(book)
        }


def test_one_key_a_claim(tab: Page, opened: Desk) -> None:
    tab.goto("/queue")
    done: list[str] = []
    for _ in range(5):
        shown = tab.locator("#claim").get_attribute("data-shown") or ""
        done.append(shown)
        tab.keyboard.press("a")
        tab.locator(f"#claim:not([data-shown='{shown}'])").wait_for()
    assert len(set(done)) == 5
    reviews = opened.live.state.book.reviews
    assert all(reviews[i] == "accepted" for i in done)
