"""Hostile texts in every stored field, through every page and every file: none runs, none asks anybody, none is live in a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

import hostile
import seen
from tollbook import pipeline
from tollbook.desk.app import desk, ways
from tollbook.desk.options import Options
from tollbook.desk.ways import Way

from .conftest import Still, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SIZE = 50  # payloads in one field

# What of an attack is on a page as more than words: an element, the name of an attribute, an address that would be asked.
ALIVE = """() => {
  const found = [];
  if (window.ran) found.push(`a script ran ${window.ran} times`);
  for (const e of document.querySelectorAll('*')) {
    if (/canary/i.test(e.localName)) found.push(`element ${e.localName}`);
    if (e.closest('.maplibregl-map')) continue;  // the library's own
    for (const a of e.attributes) {
      if (/^on|^(data-)?hx-|^srcdoc$|^style$/i.test(a.name) || /canary/i.test(a.name)) found.push(`${e.localName} ${a.name}=${a.value.slice(0, 60)}`);
      if (/^(id|class|name|is)$/.test(a.name) && /canary/.test(a.value) && !/^(input|option|button)$/.test(e.localName)) found.push(`${e.localName} ${a.name}=${a.value.slice(0, 60)}`);
      if (/^(href|src|action|formaction|data|poster|srcset|xlink:href|ping)$/.test(a.name)) {
        const to = new URL(a.value.split(' ')[0], location.href);
        if (!/^https?:$/.test(to.protocol) && !/^data:image\\/svg/.test(a.value)) found.push(`${e.localName} ${a.name}=${a.value.slice(0, 60)}`);
        if (to.origin !== location.origin && e.localName !== 'a' && !/^data:/.test(a.value)) found.push(`${e.localName} ${a.name}=${a.value.slice(0, 60)}`);
      }
    }
  }
  if (document.querySelectorAll('main').length !== 1 || document.querySelectorAll('footer').length !== 1) found.push('the page is not whole');
  return [...new Set(found)].slice(0, 10);
}"""
LISTEN = "window.ran = 0; window.canary = () => { window.ran += 1; };"


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    """A desk of nothing but attacks, served once for the tests of this module."""
    folder = tmp_path_factory.mktemp("hostile") / "box"
    hostile.fill(folder, SIZE)
    with pipeline.open_box(folder) as there:
        made = desk(there, Options(by="Ada <b id=canary>"))
        with served(made) as address:
            yield Still(made, address)
        made.close()


@pytest.fixture(scope="module")
def watched(chromium: Browser, still: Still) -> Iterator[tuple[Page, seen.Watch]]:
    """A tab without the policy's help: only escaping stands between a text and the page."""
    context = chromium.new_context(base_url=still.address, bypass_csp=True)
    context.add_init_script(LISTEN)
    page = context.new_page()
    yield page, seen.Watch(page, still.address)
    context.close()


def reads() -> list[Way]:
    return [way for way in ways() if way.method == "GET" and way.path not in {"/live", *seen.SIGNED}]


def live_cells(text: str) -> list[str]:
    """The cells that a spreadsheet would take for a formula."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return [
        cell[:40] for row in rows for cell in row
        if cell.lstrip(" \u200b\ufeff")[:1] in {lead for lead in hostile.LEADS if lead} and not _number(cell)
    ]  # fmt: skip


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and cell == cell.strip()


def test_there_are_enough_of_them() -> None:
    every = hostile.payloads()
    assert len(set(every)) == len(every) >= 1_000
    assert all(hostile.MARK in payload.lower() for payload in every)


@pytest.mark.parametrize("way", reads(), ids=lambda way: f"{way.name} {way.path}")
def test_through_every_page_and_file(way: Way, watched: tuple[Page, seen.Watch], still: Still) -> None:
    page, watch = watched
    found: list[str] = []
    many = len(hostile.lots(SIZE))
    every = seen.addresses(way, still.opened.live.state, most=many)
    shown = every and page.request.get(every[0]).headers.get("content-type", "").startswith("text/html")
    for address in every:
        answer = page.goto(address) if shown else page.request.get(address)
        assert answer is not None
        if answer.status not in {200, 303, 400, 404}:
            found.append(f"{address}: {answer.status} {answer.text()[:200]}")
        elif shown:
            found += [f"{address}: {what}" for what in page.evaluate(ALIVE)]
        elif answer.headers.get("content-type", "").startswith("text/csv"):
            found += [f"{address}: a live cell: {cell!r}" for cell in live_cells(answer.text())]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert not found, "\n".join(found[:20])
    watch.clean()


@pytest.mark.parametrize("way", seen.pages(), ids=lambda way: f"{way.name} {way.path}")
def test_in_what_is_asked_for(way: Way, watched: tuple[Page, seen.Watch], still: Still) -> None:
    """The words of a query come back in fields and refusals."""
    page, watch = watched
    (address, *_) = seen.addresses(way, still.opened.live.state, most=1) or pytest.skip(
        "nothing of it is in this book"
    )
    lot = hostile.lots(20)[len(way.path) + len(hostile.LEADS)][:1_500]
    for names in (
        ("q", "outcome", "source", "sort", "after", "next"),
        ("as_of",),
        ("known_at",),
        ("method",),
    ):
        asked = f"{address}{'&' if '?' in address else '?'}{urlencode(dict.fromkeys(names, lot))}"
        if page.request.head(asked, max_redirects=0).headers.get("content-type", "").startswith("text/html"):
            answer = page.goto(asked)
            assert answer is not None
            assert answer.status < 500, asked
            assert page.evaluate(ALIVE) == [], asked
    watch.wrong[:] = [
        what for what in watch.wrong if "Failed to load resource" not in what
    ]  # a refusal, as it should be
    watch.clean()


def loose(page: Page) -> list[str]:
    """What is asked of elsewhere from now on; it is answered with nothing, so the page stays. Not where a page goes itself:
    no policy holds that, escaping must.
    """
    asked: list[str] = []

    def answer(route: Route) -> None:
        if not route.request.is_navigation_request():
            asked.append(route.request.url)
        route.fulfill(status=204)

    page.route("**://canary.invalid/**", answer)
    return asked


def put(page: Page, words: str) -> int:
    """How many scripts have run, some moments after the words were put into the page as they are."""
    return int(
        page.evaluate(
            """(text) => new Promise((done) => {
              document.querySelector('main').innerHTML = text;
              setTimeout(() => done(window.ran), 20);
            })""",
            words,
        )
    )


def test_the_policy_holds_what_escaping_let_through(chromium: Browser, still: Still) -> None:
    """The second door: words that did become elements run no script, and ask nobody."""
    context = chromium.new_context(base_url=still.address)
    context.add_init_script(LISTEN)
    page = context.new_page()
    asked = loose(page)
    page.goto("/")
    assert [ran for ran in (put(page, "<p>".join(lot)) for lot in unframed(5)[:60]) if ran] == []
    assert asked == []
    context.close()


def test_what_is_not_escaped_is_found(chromium: Browser, still: Still) -> None:
    """The test itself can fail: the same words unescaped, without the policy, run, and ask."""
    context = chromium.new_context(base_url=still.address, bypass_csp=True)
    context.add_init_script(LISTEN)
    page = context.new_page()
    asked = loose(page)
    page.goto("/")
    alive = 0
    # Of those that need no hand of a person: what fails to load.
    for payload in [p for (p,) in unframed(1) if "img" in p.lower() and "onerror" in p.lower()]:
        put(page, payload)
        alive += bool(page.evaluate(ALIVE))
    page.wait_for_function("window.ran > 20")
    assert alive > 30
    put(page, "<img src=//canary.invalid/i.png>")
    assert asked
    assert live_cells('x,=canary()\n"\t=1",＝1,-3\n') == ["=canary()", "\t=1", "＝1"]
    context.close()


def unframed(size: int) -> list[list[str]]:
    """Lots of payloads without those that would take the page elsewhere."""
    every = [p for p in hostile.payloads() if "refresh" not in p and "<base" not in p and "iframe" not in p]
    return [every[n : n + size] for n in range(0, len(every), size)]
