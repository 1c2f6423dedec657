"""What another process adds is on open pages; what one is typing, the focus and the scroll stay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook import pipeline

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = """\
Title: Shelling of the old bridge
Source: Zenda Post
Published: {day}

At least {n} people were killed in the shelling of the old bridge of Zenda on Friday, the Zenda Monitor said.
"""


def add(box: Path, tmp_path: Path, n: int) -> str:
    """The title of a report that another process adds."""
    file = tmp_path / f"post{n}.txt"
    file.write_text(TEXT.format(day=f"2022-02-{n:02}", n=n), encoding="utf-8")
    with pipeline.open_box(box) as other:
        made = pipeline.ingest(other, [str(file)], now=datetime.now(UTC))
    return made.added[0].title


def test_a_new_report_is_on_an_open_page_and_typing_stays(tab: Page, box: Path, tmp_path: Path) -> None:
    tab.set_viewport_size({"width": 1280, "height": 300})
    tab.goto("/reports")
    tab.get_by_text("live", exact=True).wait_for()
    before = tab.locator("body").get_attribute("data-position")
    field = tab.locator(".masthead input[name=q]")
    field.press_sequentially("the old br")
    tab.evaluate("() => window.scrollTo(0, 120)")
    at = tab.evaluate("() => window.scrollY")
    title = add(box, tmp_path, 7)
    tab.get_by_text(title).first.wait_for()
    assert tab.locator("body").get_attribute("data-position") != before
    assert field.input_value() == "the old br"
    assert field.evaluate("(e) => e === document.activeElement && e.selectionStart === 10")
    assert tab.evaluate("() => window.scrollY") == at


def test_a_form_that_is_being_filled_in_is_not_taken_away(tab: Page, box: Path, tmp_path: Path) -> None:
    """Within a region that would be drawn anew: it waits, and says so."""
    tab.goto("/reports")
    tab.get_by_text("live", exact=True).wait_for()
    tab.evaluate(
        """() => { const region = document.querySelector('[data-live]');
        region.insertAdjacentHTML('afterbegin', '<label>Why <input id="mine"></label>'); }"""
    )
    tab.locator("#mine").press_sequentially("two origins")
    add(box, tmp_path, 8)
    tab.get_by_text("There is something new on this page").wait_for()
    assert tab.locator("#mine").input_value() == "two origins"
    assert tab.locator("#mine").evaluate("(e) => e === document.activeElement")
