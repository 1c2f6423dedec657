"""The search page: what is found, narrowed down, shown with its words marked; odd input is no error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from tollbook.cli import main
from tollbook.desk import seeking
from tollbook.desk.opened import Desk
from tollbook.views.facets import FACETS, Chosen

if TYPE_CHECKING:
    from playwright.sync_api import Page


def total(page: str) -> int:
    return int(re.search(r"<b>([\d,]+)</b>", page)[1].replace(",", ""))  # type: ignore[index]


def asked(client: TestClient, **query: str) -> str:
    answer = client.get("/search", params=query)
    assert answer.status_code == 200
    return answer.text


def test_words_are_found_marked_and_lead_to_the_report(client: TestClient) -> None:
    page = asked(client, q="prison", kind="report")
    assert total(page) > 3
    assert re.search(r"<mark>prison</mark>", page, re.IGNORECASE)
    link = re.search(r'href="(/reports/[0-9a-f]{16})#:~:text=([^"]+)"', page)
    assert link
    assert "prison" in link[2].lower()
    claims = asked(client, q="prison", kind="claim")
    assert re.search(r'href="/reports/[0-9a-f]{16}#c-[0-9a-f]{16}"', claims)


def test_facets_narrow_and_count_what_they_give(client: TestClient) -> None:
    page = asked(client, q="prison")
    links = re.findall(
        r'<li><a href="(/search\?q=prison&amp;[^"]+)"><bdi[^>]*>[^<]*</bdi></a> <span class="n">([\d,]+)',
        page,
    )
    assert len(links) > 10
    for href, count in links:
        answer = client.get(href.replace("&amp;", "&"))
        assert total(answer.text) == int(count.replace(",", ""))


def test_pages_follow_one_another_without_gap_or_repetition(opened: Desk, client: TestClient) -> None:
    del client
    live, state = opened.live, opened.live.state
    assert live.searching.ready(state.stand, 60)
    whole = seeking.seek(live, state, "prison", Chosen(), page=10_000)
    ids, after = [], ""
    while True:
        some = seeking.seek(live, state, "prison", Chosen(), after, page=7)
        ids += [row.id for row in some.rows]
        after = some.after
        if not after:
            break
    assert ids == [row.id for row in whole.rows]
    assert len(ids) == whole.total > 21


def test_words_that_are_not_there_are_taken_as_beginnings(client: TestClient) -> None:
    page = asked(client, q="Ghway")
    assert total(page) > 3
    assert "holds words that begin so" in page


ODD = [
    '"',
    "-",
    "*",
    "NEAR(a",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202etxt",
    "ا" * 500,
    "{",
    "a" * 5000,
]


@pytest.mark.parametrize("typed", ODD)
def test_odd_input_is_an_answer(client: TestClient, typed: str) -> None:
    page = asked(client, q=typed)
    assert "<script>alert" not in page
    for name in FACETS:
        asked(client, q="prison", **{name: typed})
    for name in ("from", "to", "after"):
        asked(client, q="prison", **{name: typed})


def test_a_day_that_is_none_bounds_nothing_and_it_is_said(client: TestClient) -> None:
    page = asked(client, q="prison", **{"from": "yesterday"})
    assert "is no day and bounds nothing" in page
    assert total(page) == total(asked(client, q="prison"))
    assert total(asked(client, q="prison", **{"from": "2022-01-25", "to": "2022-01-26"})) < total(page)


ARABIC = "قُتِلَ ما لا يقل عن 12 جندياً في سجن غويران يوم الثلاثاء، قال مَرصَد زندا."


def test_arabic_is_found_without_its_signs_and_marked_whole(
    box: Path, tmp_path: Path, opened: Desk, client: TestClient
) -> None:
    path = tmp_path / "ar.txt"
    path.write_text(
        f"title: سجن غويران\npublished: 2022-02-02\npublisher: زندا\nlang: ar\n\n{ARABIC}\n", encoding="utf-8"
    )
    assert main(["add", str(path), "--box", str(box)]) == 0
    opened.live.refresh()
    for typed in ("قتل", "السجن غويران", "المرصد", '"قال مرصد"'):
        page = asked(client, q=typed, kind="report")
        assert total(page) == 1, typed
    assert "<mark>قُتِلَ</mark>" in asked(client, q="قتل")


def test_a_reader_sees_the_handle_of_a_confidential_source_only(
    box: Path, tmp_path: Path, opened: Desk, client: TestClient
) -> None:
    (box / "sources" / "x.toml").write_text(
        'name = "Flavia Tarlenheim"\nconfidential = true\nnotes = "lives in Hentzau"\n', encoding="utf-8"
    )
    path = tmp_path / "c.txt"
    path.write_text(
        "title: Told by Flavia\npublished: 2022-02-02\npublisher: Flavia Tarlenheim\n\nNine ferrymen were killed in Zenda, Flavia Tarlenheim said.\n"
    )
    assert main(["add", str(path), "--box", str(box)]) == 0
    opened.live.refresh()
    page = asked(client, q="ferrymen")
    assert total(page) >= 1
    assert "source-" in page
    for typed in ("ferrymen", "Flavia", "Tarlenheim", "Hentzau"):
        shown = asked(client, q=typed).replace(f'value="{typed}"', "").replace(f"q={typed}", "")
        shown = shown.replace(f"<title>{typed}", "")
        assert "Flavia" not in shown
        assert "Tarlenheim" not in shown
        assert "lives in" not in shown


WORDS = '"sdf publishes its account of"'


def test_what_is_forgotten_is_found_no_more_and_not_in_the_index(
    box: Path, opened: Desk, client: TestClient
) -> None:
    book = opened.live.state.book
    report = next(r for r in book.reports.values() if "publishes its account of" in r.title)
    assert total(asked(client, q=WORDS, kind="report")) == 1
    assert WORDS.strip(chr(34)).encode() in _on_disk(box)
    assert main(["forget", report.id, "--reason", "asked", "--yes", "--box", str(box)]) == 0
    opened.live.refresh()
    assert total(asked(client, q=WORDS, kind="report")) == 0
    assert WORDS.strip(chr(34)).encode() not in _on_disk(box)
    assert total(asked(client, q="prison", kind="report")) > 3
    assert "publishes its account of" not in client.get("/findings?show=all").text


def _on_disk(box: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(box.glob("search.db*")))


@pytest.mark.slow
def test_one_searches_from_any_page_by_keyboard(tab: Page) -> None:
    tab.goto("/methods")
    tab.keyboard.press("/")
    tab.keyboard.type("Ghwayran")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".rows mark")
    assert "Ghwayran" in tab.input_value('.looking input[name="q"]')
    tab.click('.facets a:has-text("report")')
    tab.wait_for_selector(".facets .chosen")
    assert "kind=report" in tab.url
