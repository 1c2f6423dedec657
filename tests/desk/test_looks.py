"""Every page in a browser at three widths: nothing is cut, nothing overlaps, nothing runs off, nothing is asked elsewhere.

With TOLLBOOK_SHOTS=FOLDER (``make shots``) the pictures are kept there, in light and in dark; one looks at them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import seen
from tollbook.desk.ways import Way

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from desk.conftest import Still

SHOTS = os.environ.get("TOLLBOOK_SHOTS")
SCRIPT = 200_000  # bytes, where no map is shown

# What a reader would see as broken: sideways scrolling of the page, words cut at an edge, headline figures that touch.
BROKEN = """() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}: ` +
      [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
        .slice(-3).map((e) => e.outerHTML.slice(0, 80)).join(' | '));
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const box = (e) => {
    const all = [], walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), r = document.createRange();
    for (let n = walk.nextNode(); n; n = walk.nextNode())
      if (n.data.trim() && !n.parentElement.closest('.unseen')) { r.selectNodeContents(n); all.push(...r.getClientRects()); }
    return {left: Math.min(...all.map((b) => b.left)), right: Math.max(...all.map((b) => b.right)),
      top: Math.min(...all.map((b) => b.top)), bottom: Math.max(...all.map((b) => b.bottom))};
  };
  for (const e of document.body.querySelectorAll('*')) {
    const s = getComputedStyle(e), r = e.getBoundingClientRect();
    if (s.visibility === 'hidden' || r.width < 2 || r.height < 2 || e.closest('.maplibregl-map, [hidden], .unseen')) continue;
    if (/hidden|clip/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && own(e))
      found.push(`words are cut: ${e.outerHTML.slice(0, 120)}`);
    if (/hidden|clip/.test(s.overflowY) && e.scrollHeight > e.clientHeight + 1 && own(e))
      found.push(`lines are cut: ${e.outerHTML.slice(0, 120)}`);
  }
  const heads = [...document.querySelectorAll('.head .big')];
  heads.forEach((e, n) => {
    const a = box(e), frame = e.closest('.head').getBoundingClientRect();
    if (a.right > frame.right + 1 || a.left < frame.left - 1) found.push(`a figure leaves its place: ${e.textContent.trim()}`);
    for (const other of heads.slice(n + 1)) {
      const b = box(other);
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        found.push(`two figures overlap: ${e.textContent.trim()} and ${other.textContent.trim()}`);
    }
  });
  return found;
}"""


@pytest.fixture(scope="module")
def tabs(chromium: Browser, still: Still) -> Iterator[tuple[Page, seen.Watch]]:
    context = chromium.new_context(base_url=still.address)
    page = context.new_page()
    yield page, seen.Watch(page, still.address)
    context.close()


def keep(page: Page, name: str, width: int, folder: Path) -> None:
    for scheme in ("light", "dark") if SHOTS else ("light",):
        page.emulate_media(color_scheme=scheme)
        where = Path(SHOTS) if SHOTS else folder
        where.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=where / f"{name}-{width}-{scheme}.png", full_page=bool(SHOTS))
    page.emulate_media(color_scheme="light")


def weight(page: Page) -> int:
    """Bytes of script that the page loaded."""
    return int(
        page.evaluate(
            "() => performance.getEntriesByType('resource').filter((e) => /\\\\.js(\\\\?|$)/.test(e.name))"
            ".reduce((sum, e) => sum + e.decodedBodySize, 0)"
        )
    )


@pytest.mark.parametrize("way", seen.pages(), ids=lambda way: f"{way.name} {way.path}")
def test_a_page(way: Way, tabs: tuple[Page, seen.Watch], still: Still, tmp_path: Path) -> None:
    page, watch = tabs
    found: list[str] = []
    for number, address in enumerate(seen.addresses(way, still.opened.live.state)):
        answer = page.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status} {answer.text()[:300]}"
        if "text/html" not in answer.headers["content-type"]:
            continue
        for width in seen.WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            broken: list[Any] = page.evaluate(BROKEN)
            found += [f"{address} at {width}: {what}" for what in broken]
            keep(page, f"{way.name}-{number}", width, tmp_path)
        mapped = page.locator("[data-map], .maplibregl-map").count()
        assert mapped or weight(page) < SCRIPT, f"{address}: {weight(page)} bytes of script"
    assert not found, "\n".join(found)
    watch.clean()


def test_what_is_broken_is_seen(tabs: tuple[Page, seen.Watch]) -> None:
    page, _ = tabs
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/")
    page.evaluate(
        """() => { document.querySelector('main').innerHTML = `
        <p id="a">A word that is cut in the middle of it</p>
        <div class="heads"><div class="head"><p class="big">123,456 – 789,012 – 999,999</p></div>
        <div class="head"><p class="big">12</p></div></div><pre>${'x'.repeat(500)}</pre>`;
        Object.assign(document.querySelector('#a').style, {width: '50px', overflow: 'hidden', whiteSpace: 'nowrap'}); }"""
    )
    found = " ".join(page.evaluate(BROKEN))
    for what in ("the page is", "words are cut", "a figure leaves its place"):
        assert what in found
