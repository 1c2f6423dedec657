"""The report page: marks on their words, a claim that was missed, custody, the original; and adding reports."""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.desk.opened import Desk
from tollbook.entries import Span
from tollbook.nouns import Source
from tollbook.publish.veil import Veil, shown
from tollbook.values import Book
from tollbook.views import marks, readings

if TYPE_CHECKING:
    from playwright.sync_api import Page

JSON = {"accept": "application/json"}
HIDDEN = "Fritz von Tarlenheim"
NAMELESS = Veil(Book())
VEILED = Veil(
    Book(sources={"s": Source(name=HIDDEN, confidential=True, pseudonym="0a1b2c3d", aliases=("Tarlenheim",))})
)
WORDS = [
    "Zenda", "30", "\n\n", " ", "killed", "<b>", "قتل", "٣٠", "שלום", "é", "\u202e", "😀", "\r\n", ", ", HIDDEN, "Tarlenheim", ".",
]  # fmt: skip


def drawn(seed: int) -> tuple[str, list[tuple[str, Span]]]:
    """A text of any script with marks that nest, overlap and touch."""
    dice = random.Random(seed)
    body = " ".join(dice.choice(WORDS) for _ in range(dice.randrange(1, 40)))
    ends = [sorted(dice.sample(range(len(body) + 1), 2)) for _ in range(dice.randrange(8)) if len(body) > 1]
    return body, [(f"m{n}", Span(a, b)) for n, (a, b) in enumerate(ends)]


@pytest.mark.parametrize("seed", range(200))
def test_segments_join_to_the_text_and_marks_cover_their_words(seed: int) -> None:
    body, spans = drawn(seed)
    found = marks.segments(body, spans, NAMELESS)
    # A line end of two signs that a mark parts is one all the same.
    assert "".join(s.text for s in found).replace("\r\n", "\n") == shown(body)
    for i, span in spans:
        under = [s for s in found if i in s.under]
        assert under[0].start == span.start
        assert [s for s in found if i in s.begins] == under[:1]
        if "\r" not in body:
            assert "".join(s.text for s in under) == shown(body[span.start : span.end])


@pytest.mark.parametrize("seed", range(200, 400))
def test_no_part_of_a_hidden_name_is_left_wherever_marks_cut_it(seed: int) -> None:
    body, spans = drawn(seed)
    found = marks.segments(body, spans, VEILED)
    whole = "".join(s.text for s in found)
    assert "Tarlen" not in whole
    assert "enheim" not in whole
    assert whole.replace("\r\n", "\n") == VEILED(body)
    assert [s.start for s in found if s.begins] == sorted({s.start for _, s in spans})


def texts(page: str) -> dict[str, str]:
    """Id of each mark on a page to the words under it."""
    found: dict[str, str] = {}
    for under, inner in re.findall(r'<a [^>]*data-under="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL):
        words = unescape(re.sub(r"<span class=\"no\".*?</span>", "", inner))
        for i in under.split():
            found[i] = found.get(i, "") + words
    return found


def test_every_statement_of_every_report_stands_at_its_words(client: TestClient, opened: Desk) -> None:
    state = opened.live.state
    for report, said in readings.of_report(state.book, state.entries).items():
        page = client.get(f"/reports/{report}")
        assert page.status_code == 200
        found = texts(page.text)
        for statement in said:
            assert found[statement.id] == statement.quote
            assert page.text.count(f'id="c-{statement.id}"') == 1


def one(opened: Desk) -> tuple[str, str]:
    """A report and a claim of it that nobody judged."""
    book = opened.live.state.book
    claim = next(c for c in book.claims.values() if "373" in c.quote)
    return claim.report, claim.id


def test_a_claim_that_fell_keeps_its_place_and_says_why(client: TestClient, opened: Desk) -> None:
    report, claim = one(opened)
    client.post("/acts", data={"verb": "reject", "target": claim, "reason": "<script>alert(1)</script>"})
    page = client.get(f"/reports/{report}?claim={claim}").text
    assert f'id="c-{claim}"' in page
    assert "is-rejected" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_missed_claim_is_entered_at_its_words_and_waits_for_another(
    client: TestClient, opened: Desk
) -> None:
    book = opened.live.state.book
    report, body = next(
        (r, t)
        for r in book.reports.values()
        if "nine weeks" not in (t := opened.live.box.text(r)) and "370" in t
    )
    at = body.index("370")
    words = body[at - 10 : at + 10].strip()
    form = client.get(f"/reports/{report.id}", params={"words": words})
    assert form.status_code == 200
    given = {"words": words, "set.outcome": "wounded", "set.figure": "370", "set.victims": "people"}
    made = client.post(f"/reports/{report.id}/claims", data=given, headers=JSON)
    assert made.status_code == 200, made.text
    claim = opened.live.state.book.claims[made.json()["id"]]
    assert claim.quote == body[claim.span.start : claim.span.end]
    assert claim.quote == words
    assert claim.made_by == "Ada"
    assert claim.figure.as_written in claim.quote
    assert claim.id not in opened.live.state.book.reviews
    twice = client.post(f"/reports/{report.id}/claims", data=given, headers=JSON)
    assert twice.status_code == 400
    assert "there already" in twice.json()["error"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"words": "five hundred dragons"}, "does not stand"),
        ({"set.figure": "4711"}, "does not say that number"),
        ({"set.outcome": "enchanted"}, "cannot be entered so"),
        ({"set.date_from": "yesterday"}, "cannot be entered so"),
        ({"incident": "nowhere"}, "no incident"),
    ],
)
def test_a_missed_claim_that_cannot_be_is_told_and_nothing_lost(
    client: TestClient, opened: Desk, change: dict[str, str], told: str
) -> None:
    report, claim = one(opened)
    given = {
        "words": opened.live.state.book.claims[claim].quote,
        "set.outcome": "wounded",
        "set.figure": "373",
    }
    position = opened.live.state.position
    answer = client.post(f"/reports/{report}/claims", data=given | change)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="373"' in answer.text or "4711" in answer.text
    assert opened.live.state.position == position


def test_a_hidden_source_is_hidden_on_every_page_of_its_report(client: TestClient, opened: Desk) -> None:
    now = datetime.now(UTC)
    text = f"title: The bridge of Strelsau\npublished: 2022-01-29\npublisher: {HIDDEN}\naddress: https://tarlenheim.example/1\n\n{HIDDEN} said 12 people were killed in Zenda on Friday. Tarlenheim counted 30 wounded."
    done = pipeline.hand_in(opened.live.box, [("tarlenheim.txt", text.encode())], now=now)
    opened.live.append(
        [
            Source(
                name=HIDDEN, confidential=True, pseudonym="0a1b2c3d", aliases=("Tarlenheim",), recorded_at=now
            )
        ]
    )
    report = done.added[0].id
    paths = ["", "/custody", "/original"]
    pages = [client.get(f"/reports/{report}{path}").text for path in paths]
    pages += [client.get("/reports").text, client.get("/queue").text]
    for page in pages:
        assert "arlenheim" not in page
        assert "bridge of Strelsau" not in page
    assert "source-0a1b2c3d" in pages[0]
    found = texts(pages[0])
    assert any("12 people were killed" in words for words in found.values())


def test_the_original_is_a_file_that_nothing_opens(client: TestClient, opened: Desk) -> None:
    report, _ = one(opened)
    answer = client.get(f"/reports/{report}/original/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]
    kept = opened.live.state.book.reports[report]
    assert answer.content == opened.live.box.kept.fetch(kept.original)
    looked = [a for a in opened.audit.last(50)[0] if a.fields == ("original",)]
    assert looked[0].target == report


def test_adding_a_text_tells_what_was_read(client: TestClient, opened: Desk) -> None:
    form = {
        "text": "At least 14 people were killed in Zenda on Friday, the police said.",
        "publisher": "Zenda Courier",
        "published": "2022-01-29",
        "title": "<img src=x onerror=alert(1)>",
    }
    away = client.post("/add", data=form)
    assert away.status_code == 303
    page = client.get(away.headers["location"]).text
    assert "1 new report" in page
    assert "<img" not in page
    report = next(r for r in opened.live.state.book.reports.values() if r.publisher == "Zenda Courier")
    assert opened.live.box.text(report) == form["text"]
    missing = client.post("/add", data=form | {"publisher": ""})
    assert missing.status_code == 400
    assert "At least 14 people" in missing.text


def test_what_could_not_be_read_waits_with_its_reason_and_is_read_with_a_day(
    client: TestClient, opened: Desk
) -> None:
    files = {"file": ("note.txt", b"Twelve people were killed in Zenda.", "text/plain")}
    page = client.get(client.post("/add", files=files).headers["location"]).text
    assert "Could not be read" in page
    waits = next(iter(opened.live.state.book.unread))
    assert "names no day" in client.get("/quarantine").text
    read = client.post(f"/quarantine/{waits}", data={"published": "2022-01-30"})
    assert "1 new report" in read.text
    assert not opened.live.state.book.unread


def test_the_list_goes_on_by_keyset(
    client: TestClient, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tollbook.desk.pages.reports.PAGE", 5)
    seen: list[str] = []
    link = "/reports"
    while link:
        page = client.get(link).text
        seen += dict.fromkeys(re.findall(r'href="/reports/([0-9a-f]{16})"', page))
        more = re.search(r'href="(/reports\?[^"]*)" rel="next"', page)
        link = unescape(more[1]) if more else ""
    assert sorted(seen) == sorted(opened.live.state.book.reports)
    assert len(seen) == len(set(seen))


def test_by_keyboard_a_claim_is_accepted_the_next_one_shown_and_it_is_taken_back(
    tab: Page, opened: Desk
) -> None:
    report, _ = one(opened)
    tab.goto(f"/reports/{report}")
    first = tab.locator("#claim").get_attribute("data-shown")
    assert first
    tab.keyboard.press("a")
    tab.locator(f"#claim:not([data-shown='{first}'])").wait_for()
    assert opened.live.state.book.reviews[first] == "accepted"
    second = tab.locator("#claim").get_attribute("data-shown") or ""
    tab.keyboard.press("r")
    tab.keyboard.press("2")
    tab.locator(f"#claim:not([data-shown='{second}'])").wait_for()
    assert second not in opened.live.state.book.claims
    tab.keyboard.press("u")
    tab.locator(f"#claim[data-shown='{second}']").wait_for()
    assert second in opened.live.state.book.claims or second in opened.live.state.book.courses
    tab.locator("[data-say]", has_text="Taken back").wait_for()


def test_selected_words_become_a_form(tab: Page, opened: Desk, box: Path) -> None:
    report, claim = one(opened)
    del box
    tab.goto(f"/reports/{report}")
    tab.evaluate(
        """id => { const mark = document.getElementById('c-' + id); const range = document.createRange();
        range.selectNodeContents(mark); const s = getSelection(); s.removeAllRanges(); s.addRange(range); }""",
        claim,
    )
    quote = opened.live.state.book.claims[claim].quote
    tab.wait_for_function(
        "words => document.querySelector('[data-missed] [name=words]').value === words", arg=quote
    )
    tab.keyboard.press("+")
    tab.keyboard.press("Enter")
    tab.locator("#claim[data-shown='new']").wait_for()
    assert tab.locator("#claim [name='set.figure']").input_value() == "373"
    assert tab.locator("#claim [name='near']").input_value() == str(
        opened.live.state.book.claims[claim].span.start
    )
