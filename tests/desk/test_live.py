"""Pages are live: what another process writes is there within a second."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.codes import Verb
from tollbook.desk.opened import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_the_book_grows_with_the_log(client: TestClient, opened: Desk, box: Path) -> None:
    incident = next(iter(opened.live.state.book.incidents))
    with pipeline.open_box(box) as other:
        pipeline.decide(other, Verb.COMMENT, incident, "seen on the road", now=datetime.now(UTC), by="Flavia")
    until = time.monotonic() + 2
    while not opened.live.state.book.comments.get(incident) and time.monotonic() < until:
        time.sleep(0.05)
    assert opened.live.state.book.comments[incident][0].reason == "seen on the road"


def test_a_page_in_the_browser(tab: Page) -> None:
    tab.goto("/")
    tab.get_by_text("live", exact=True).wait_for()
    assert tab.title() == "Today · tollbook"
