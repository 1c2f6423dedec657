"""Every page for everybody: axe-core finds nothing, and what it cannot see is looked for here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import seen
from tollbook.desk.ways import Way

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from desk.conftest import Still

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """async (tags) => {
  const {violations} = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 140)} ${n.any.map((a) => a.message).join('; ').slice(0, 160)}`));
}"""

# Contrast of each figure against what is behind it, as WCAG reckons it: those below 7 to 1 (AAA), or 4.5 for large type.
PALE = """() => {
  const light = (c) => {
    const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const read = (css) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; } return [255, 255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('.fig, .fig b')) {
    if (!e.getClientRects().length) continue;
    const s = getComputedStyle(e), large = parseFloat(s.fontSize) >= 24;
    const [a, b] = [light(read(s.color).slice(0, 3)), light(behind(e).slice(0, 3))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 4.5 : 7)) found.push(`${e.textContent.trim()} has ${ratio.toFixed(1)}: 1`);
  }
  return found;
}"""

# What a page must have, whatever is on it.
WHOLE = """() => {
  const found = [];
  if (!document.documentElement.lang) found.push('the page has no language');
  if (document.querySelectorAll('main').length !== 1) found.push('not one main');
  if (document.querySelectorAll('h1').length !== 1) found.push(`${document.querySelectorAll('h1').length} h1`);
  const skip = document.querySelector('a.skip');
  if (document.querySelector('.masthead nav') && (!skip || !document.querySelector(skip.getAttribute('href')))) found.push('no way past the masthead');
  for (const chart of document.querySelectorAll('svg.chart, figure.chart, [data-chart]')) {
    const around = chart.closest('section, figure, main');
    if (!around.querySelector('table') && !around.querySelector('a[href*="table"], a[href*="csv"]')) found.push(`a chart without its table: ${chart.outerHTML.slice(0, 100)}`);
  }
  const rtl = /[\\u0591-\\u07FF\\uFB1D-\\uFDFD\\uFE70-\\uFEFC]/, ltr = /[A-Za-z]/;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    if (!rtl.test(n.data) || n.parentElement.closest('title, option, script, svg, textarea')) continue;
    if (!n.parentElement.closest('bdi, [dir]:not(html)')) found.push(`words of another direction are not kept apart: ${n.data.trim().slice(0, 60)}`);
  }
  return found;
}"""

# What can be used with a mouse and cannot be reached with Tab.
UNREACHED = """() => [...document.querySelectorAll('[onclick], [data-key]:not(a, button, input, select, textarea, summary)')]
  .filter((e) => e.tabIndex < 0).map((e) => e.outerHTML.slice(0, 100))"""

FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  if (e === document.body) return null;
  return {at: e.outerHTML.slice(0, 100), seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none', shown: e.getClientRects().length > 0};
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser, still: Still) -> Iterator[Page]:
    context = chromium.new_context(base_url=still.address, viewport={"width": 1280, "height": 900})
    made = context.new_page()
    yield made
    context.close()


def htmls(way: Way, page: Page, still: Still) -> Iterator[str]:
    for address in seen.addresses(way, still.opened.live.state):
        if "text/html" in page.request.get(address).headers["content-type"]:
            yield address


@pytest.mark.parametrize("way", seen.pages(), ids=lambda way: f"{way.name} {way.path}")
def test_a_page_is_for_everybody(way: Way, page: Page, still: Still) -> None:
    found: list[str] = []
    for address in htmls(way, page, still):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
        found += [f"{address}: {what}" for what in page.evaluate(WHOLE) + page.evaluate(UNREACHED)]
        for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            wrong: list[Any] = page.evaluate(RUN, RULES) + page.evaluate(PALE)
            found += [f"{address} at {width}, {scheme}: {what}" for what in wrong]
    assert not found, "\n".join(found)


def test_tab_goes_everywhere_and_is_seen(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/")
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    assert 'class="skip"' in first["at"]
    assert page.locator("a.skip").bounding_box()["y"] >= 0  # type: ignore[index]
    links = page.locator(
        "a[href]:visible, button:visible, input:visible, select:visible, textarea:visible"
    ).count()
    reached = 1
    for _ in range(links + 20):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        assert at["seen"], f"where the focus is cannot be seen: {at['at']}"
        assert at["shown"], f"the focus is on what is not shown: {at['at']}"
        reached += 1
    # Buttons of one choice (radios) take one stop together, so a few fewer than all is right.
    assert reached >= 0.8 * links


def test_who_wants_no_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    moving = page.evaluate(
        """() => { const e = document.createElement('p'); e.className = 'moved'; e.textContent = '+41';
        document.querySelector('main').append(e); return document.getAnimations().length; }"""
    )
    assert moving == 0
    page.emulate_media(reduced_motion="no-preference")
    moving = page.evaluate(
        "() => { void document.querySelector('p.moved').offsetWidth; return document.getAnimations().length; }"
    )
    assert moving == 1  # so the check can fail


def test_what_axe_is_to_find_it_finds(page: Page) -> None:
    page.goto("/")
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    page.evaluate(
        "() => { document.querySelector('main').innerHTML = '<h1>x</h1><input><span class=fig id=pale>12</span> زندا'; document.querySelector('#pale').style.color = '#999'; }"
    )
    assert any(what.startswith("label:") for what in page.evaluate(RUN, RULES))
    assert page.evaluate(PALE)
    assert page.evaluate(WHOLE) == ["words of another direction are not kept apart: زندا"]


@pytest.mark.parametrize("way", [w for w in seen.pages() if "{" not in w.path], ids=lambda way: way.name)
def test_a_page_can_be_read_without_script(way: Way, chromium: Browser, still: Still) -> None:
    context = chromium.new_context(base_url=still.address, java_script_enabled=False)
    plain = context.new_page()
    if "text/html" in plain.request.get(way.path).headers["content-type"]:
        plain.goto(way.path)
        assert plain.locator("h1").first.is_visible()
        assert "The styles of this desk" not in plain.locator("main").inner_text()
    context.close()
