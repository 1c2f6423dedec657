"""The day of an analyst, in a browser: a report comes in, its claims are checked, the toll moves, two people publish, one corrects."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import staff
from tollbook import pipeline
from tollbook.desk.app import desk
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.people import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPORT = """\
The Syrian Observatory for Human Rights said on Tuesday that 380 people had been killed since the attack on \
Ghwayran prison in Hasakeh began on January 20.
"""
NAMES = {"Ada": Role.ANALYST, "Rupert": Role.PUBLISHER, "Flavia": Role.PUBLISHER}


@pytest.fixture
def office(box: Path) -> Iterator[Desk]:
    """A desk with an analyst and a publisher, whose passwords cost nothing to check."""
    now = datetime.now(UTC)
    with pipeline.open_box(box) as there:
        opened = desk(there, Options(accounts=True))
        opened.members.hashing = staff.quick()
        hashed = opened.members.hashing.made(staff.PASSWORD).result()
        for name, role in {"Kay": Role.KEEPER, **NAMES}.items():
            opened.members.accounts.invite(name, role, now, "test")
            opened.members.accounts.change(name, now, "test", password=hashed, invited="")
        yield opened
        opened.close()


def come_in(chromium: Browser, address: str, name: str) -> Page:
    """A browser of that person's own, signed in by the form."""
    page = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/publish")
    page.locator("#name").fill(name)
    page.locator("#password").fill(staff.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/publish")
    return page


def add(page: Page) -> str:
    """The address of the report that was pasted in."""
    page.goto("/add")
    page.locator("textarea[name=text]").fill(REPORT)
    page.locator("input[name=publisher]").fill("Zenda Post")
    page.locator("input[name=published]").fill("2022-02-01")
    page.get_by_role("button", name="Read and add").click()
    page.get_by_role("heading", name="Added", exact=True).wait_for()
    found = page.locator("main a[href^='/reports/']").first.get_attribute("href")
    assert found
    return found


def draft(page: Page, incident: str, replaces: str = "") -> str:
    """The id of the draft of a bulletin, composed by the form."""
    page.goto(f"/publish/new?incident={incident}{f'&replaces={replaces}' if replaces else ''}")
    for box in page.locator("input[name=formats]").all():
        box.set_checked(box.get_attribute("value") == "bulletin")
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_url(re.compile(r"/publish/[0-9a-f]{16}$"))
    return page.url.rpartition("/")[2]


def confirmed(page: Page, key: str) -> None:
    """Confirms another person's draft, with the password once more where it is asked for."""
    page.goto(f"/publish/{key}")
    form = page.locator(f"form[action$='/publish/{key}/confirm']")
    form.locator("input[name=reason]").fill("read every line against its sentence")
    if form.locator("input[name=password]").count():
        form.locator("input[name=password]").fill(staff.PASSWORD)
    form.locator("button").click()
    page.wait_for_load_state()


def test_the_day_of_an_analyst(chromium: Browser, office: Desk, serving: Callable[[Desk], str]) -> None:
    address = serving(office)
    book = office.live.state.book
    incident = max(book.incidents, key=lambda i: len(book.of(i)))
    ada, rupert, flavia = (come_in(chromium, address, name) for name in NAMES)

    # The page of the incident is open in another window; the report comes in, and the toll there moves by itself.
    window = ada.context.new_page()
    window.goto(f"/incidents/{incident}")
    window.get_by_text("live", exact=True).wait_for()
    assert not window.locator(".heads").first.get_by_text("380").count()
    report = add(ada)
    window.locator(".heads").first.get_by_text("380").first.wait_for()

    # Its claims are accepted by keyboard alone.
    ada.goto(report)
    mine = [c.id for c in office.live.state.book.claims.values() if c.report == report.rpartition("/")[2]]
    assert mine
    for _ in mine:
        with ada.expect_response("**/acts"):
            ada.keyboard.press("a")
        ada.locator("[data-say]").filter(has_text=re.compile(".")).wait_for()
    assert all(office.live.state.book.accepted_by.get(c) == ("Ada",) for c in mine)

    # A finding is explained.
    ada.goto("/findings")
    form = ada.locator("form.acknowledge").first
    form.wait_for(state="attached")
    if not form.is_visible():
        form.locator("xpath=ancestor::details[1]").locator("summary").click()
    key = form.locator("input[name=target]").input_value()
    form.locator("input[name=reason]").fill("both papers say so; the sum is the agency's")
    form.locator("button").last.click()
    ada.wait_for_load_state()
    assert key in office.live.state.book.acknowledged

    # Who composed it cannot confirm it; another person can, and the world has it.
    first = draft(ada, incident)
    assert not ada.locator(f"form[action$='/publish/{first}/confirm']").count()
    world = chromium.new_context(base_url=address).new_page()
    assert world.request.get(f"/public/{first}/").status == 404
    confirmed(rupert, first)
    world.goto(f"/public/{first}/bulletin.html")
    assert world.get_by_text("380").count()

    # The claim turns out to be misread: it is corrected, a correction goes out, and the feed tells.
    office.live.refresh()
    ada.goto(report)
    ada.keyboard.press("e")
    ada.locator("input[name='set.figure']").fill("376")
    with ada.expect_response("**/acts"):
        ada.get_by_role("button", name="correct", exact=True).click()
    second = draft(rupert, incident, replaces=first)
    ada.goto(f"/publish/{second}")
    assert not ada.locator(f"form[action$='/publish/{second}/confirm']").count()  # no right of an analyst
    assert second not in world.request.get("/public/corrections.json").text()
    confirmed(flavia, second)
    assert second in world.request.get("/public/corrections.json").text()
    world.goto(f"/public/{second}/bulletin.html")
    assert world.get_by_text("376").count()
    for page in (ada, rupert, flavia, world):
        page.context.close()
