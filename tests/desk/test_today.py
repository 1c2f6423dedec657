"""Today: what moved and why; the list of incidents; the methods."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.codes import Outcome, Verb
from tollbook.desk.app import application, desk
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.figures import Figure
from tollbook.nouns import Claim, Incident, Link, Report, Span

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "http://127.0.0.1"


def test_a_book_that_came_in_at_once_shows_its_last_day(client: TestClient) -> None:
    page = client.get("/").text
    assert "Nothing moved since yesterday." in page
    assert "Mon 31 Jan 2022" in page
    assert "new origin" in page


def test_the_moves_of_a_day_with_their_cause(client: TestClient) -> None:
    page = client.get("/?since=2022-01-29&by=said").text
    assert "via" in page
    assert "tolls moved" in page
    assert 'class="what"' in page


def test_what_the_desk_learned_is_typed(tmp_path: Path) -> None:
    """A claim of two days ago is rejected today: the toll is down, and it was our error."""
    pipeline.init_box(tmp_path / "box")
    old = datetime(2022, 1, 5, 8, tzinfo=UTC)
    report = Report(
        said_on=old.date(), recorded_at=old, publisher="Gazette", original="0" * 64, text="0" * 64
    )
    claims = [
        Claim(
            said_on=old.date(), recorded_at=old, report=report.id, span=Span(n, n + 1), quote=str(n), outcome=Outcome.KILLED,
            figure=Figure(n, n, n), speaker=who,
        )
        for n, who in ((5, "Zenda Monitor"), (9, "Army"))
    ]  # fmt: skip
    event = Incident(name="Siege of Zenda", said_on=old.date(), recorded_at=old)
    with pipeline.open_box(tmp_path / "box") as box:
        box.log.append(
            [report, *claims, event, *(Link(recorded_at=old, claim=c.id, incident=event.id) for c in claims)]
        )
        opened = desk(box, Options(by="Ada"))
        with TestClient(application(opened), base_url=NAME) as client:
            quiet = client.get("/").text
            assert "Nothing moved since yesterday." in quiet
            pipeline.decide(box, Verb.REJECT, claims[1].id, "misread", now=datetime.now(UTC), by="Ada")
            opened.live.refresh()
            page = client.get("/").text
        opened.close()
    assert "Nothing moved since yesterday." not in page
    assert "1 toll moved: 0 up" in page
    assert "our error" in page


def test_an_empty_box_says_what_to_do_first(tmp_path: Path) -> None:
    pipeline.init_box(tmp_path / "box")
    with pipeline.open_box(tmp_path / "box") as box:
        opened = desk(box, Options(by="Ada"))
        with TestClient(application(opened), base_url=NAME) as client:
            for path in ("/", "/incidents", "/methods", "/whole"):
                assert client.get(path).status_code == 200
            assert "This book is empty." in client.get("/").text
        opened.close()


@pytest.mark.parametrize(
    "path", ["/?since=someday", "/?by=feeling", "/incidents?sort=beauty", "/incidents?from=soon"]
)
def test_refusals(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", 2), ("q=vegetable", 1), ("q=hasakeh+market", 1), ("q=atlantis", 0), ("from=2022-01-26", 1), ("to=2022-01-21", 1),
        ("grade=none", 2), ("grade=fair", 0), ("status=unreviewed", 2), ("level=war", 0), ("findings=open", 1), ("sort=killed", 2),
    ],
)  # fmt: skip
def test_the_list_is_filtered(client: TestClient, query: str, names: int) -> None:
    page = client.get(f"/incidents?{query}").text
    assert page.count('<th scope="row"') == names


def test_a_long_list_is_told_page_by_page(tmp_path: Path) -> None:
    pipeline.init_box(tmp_path / "box")
    day = datetime(2022, 1, 5, tzinfo=UTC).date()
    events = [Incident(name=f"Raid {n:03}", said_on=day, date_from=day) for n in range(230)]
    seen: list[str] = []
    with pipeline.open_box(tmp_path / "box") as box:
        box.log.append(events)
        opened = desk(box, Options(by="Ada"))
        with TestClient(application(opened), base_url=NAME) as client:
            path = "/incidents?sort=name"
            while path:
                page = client.get(path).text
                seen += [part[:8] for part in page.split('<bdi class="name">')[1:] if part.startswith("Raid")]
                link = page.partition('class="further"><a href="')[2].partition('"')[0].replace("&amp;", "&")
                path = f"/incidents{link}" if link else ""
        opened.close()
    assert seen == [e.name for e in events]


def test_methods_are_told_with_their_file(client: TestClient) -> None:
    page = client.get("/methods").text
    assert "All of them on one incident" in page
    one = client.get("/methods/ged").text
    assert "name = &#34;ged&#34;" in one
    assert client.get("/methods/astrology").status_code == 404


def test_today_in_a_browser(tab: Page, opened: Desk) -> None:
    tab.goto("/")
    assert tab.get_by_role("heading", name="What moved, and why").is_visible()
    tab.locator("#moves a.fig").first.click()
    tab.get_by_role("heading", name="The rule").wait_for()
    assert opened.live.state.book.incidents
