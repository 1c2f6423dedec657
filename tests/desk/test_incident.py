"""The page of an incident: every number leads to its claims, and says what the toll says."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from stories import ZENDA, booked, stories
from tollbook import pipeline, toll
from tollbook.codes import Outcome, Verb, VictimsClass
from tollbook.desk.app import application, desk
from tollbook.desk.members import Person
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.figures import Figure
from tollbook.nouns import Claim, Entry, Incident, Link, Publication, Report, Source, Span
from tollbook.people import RIGHTS, Role
from tollbook.publish import words
from tollbook.values import ALL, Book

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "http://127.0.0.1"
# Where every number stands in a figure: of a claim, or of what was reckoned.
REGIONS = frozenset({"toll", "matrix", "parts", "methods"})


class Reader(HTMLParser):
    """The numbers of some regions of a page, each with the link that it stands in, and all links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[tuple[str, str, str]] = []  # region, text, link
        self.links: list[str] = []
        self.names: list[str] = []
        self._open: list[tuple[str, str, str, bool]] = []  # tag, id, href, whether its text counts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"br", "input", "meta", "link", "img", "path", "circle", "rect"}:
            return
        kind = given.get("class") or ""
        counts = not (
            tag in {"time", "script", "style", "option", "summary", "q", "h2"} or "sub" in kind.split()
        )
        self._open.append((tag, given.get("id") or "", given.get("href") or "", counts))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if any(tag == "bdi" for tag, *_ in self._open):
            self.names.append(data)
            return
        region = next((i for _, i, _, _ in self._open if i in REGIONS), "")
        if region and any(ch.isdigit() for ch in data) and all(counts for *_, counts in self._open):
            self.numbers.append((region, data, next((h for _, _, h, _ in reversed(self._open) if h), "")))


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    return reader


def largest(opened: Desk) -> str:
    book = opened.live.state.book
    return max(book.incidents, key=lambda i: len(book.of(i)))


def figures(text: str) -> dict[str, str]:
    """The headline figures of a page, by what they are of."""
    found: dict[str, str] = {}
    for part in text.split('data-figure="')[1:]:
        reader = read("<p>" + part.partition(">")[2].partition("</p>")[0] + "</p>")
        reader.feed("")
        shown = part.partition(">")[2].partition("</a>")[0]
        found[part.partition('"')[0]] = "".join(Words.of(shown)).replace("*", "").split(" “")[0].strip()
    return found


class Words(HTMLParser):
    """The text of a piece of a page, without words quoted from a source."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.quoted = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.quoted |= tag == "q"

    def handle_data(self, data: str) -> None:
        if not self.quoted:
            self.found.append(data)

    @classmethod
    def of(cls, text: str) -> list[str]:
        reader = cls()
        reader.feed(text)
        reader.close()
        return reader.found


def told(book: Book, incident: str, method: str, opened: Desk) -> dict[str, str]:
    """The same by ``toll``, for groups that the page shows under the main outcome."""
    tolls = toll.table(book, incident, method, methods=opened.live.state.methods)
    return {
        f"{words.outcome(t.outcome)} {words.group(t.group)}": "".join(p for p, _ in words.pieces(t.figure))
        for t in tolls
        if t.used and t.outcome is Outcome.KILLED
    }


def plain(shown: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in shown.items() if k.startswith("killed ")}


def test_every_number_leads_to_its_claims(client: TestClient, opened: Desk) -> None:
    incident = largest(opened)
    page = read(client.get(f"/incidents/{incident}").text)
    assert len(page.numbers) > 60
    for region, text, link in page.numbers:
        path = urlsplit(link).path
        assert path.startswith(("/reports/", f"/incidents/{incident}/figure")) or link.startswith("#d-"), (
            region,
            text,
            link,
        )
    for link in {link for _, _, link in page.numbers if "/figure" in link}:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert "/reports/" in answer.text, link
    known = {
        s.id: s.report
        for s in (*opened.live.state.book.claims.values(), *opened.live.state.book.courses.values())
    }
    for link in {link for link in page.links if "#c-" in link}:
        report, _, claim = link.removeprefix("/reports/").partition("#c-")
        assert known[claim] == report


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=stories(4))
def test_every_number_of_any_story_leads_to_its_claims(reports: list[list[Entry]]) -> None:
    folder = Path(mkdtemp())
    try:
        pipeline.init_box(folder / "box")
        with pipeline.open_box(folder / "box") as box:
            box.log.append(booked(reports))
            opened = desk(box, Options(by="Ada"))
            with TestClient(application(opened), base_url=NAME) as client:
                text = client.get(f"/incidents/{ZENDA.id}").text
                page = read(text)
                for region, number, link in page.numbers:
                    fits = urlsplit(link).path.startswith(("/reports/", f"/incidents/{ZENDA.id}/figure"))
                    assert fits or link.startswith("#d-"), (region, number, link)
                for link in {link for _, _, link in page.numbers if "/figure" in link}:
                    assert client.get(link).status_code == 200, link
                assert plain(figures(text)) == told(opened.live.state.book, ZENDA.id, "strict", opened)
            opened.close()
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("method", ["strict", "ged", "minmax", "conservative"])
@pytest.mark.parametrize("as_of", ["", "2022-01-23", "2022-01-29"])
def test_a_view_gives_what_the_toll_gives(client: TestClient, opened: Desk, method: str, as_of: str) -> None:
    incident = largest(opened)
    query = urlencode({k: v for k, v in {"method": method, "as_of": as_of}.items() if v})
    text = client.get(f"/incidents/{incident}?{query}").text

    tolls = toll.table(
        opened.live.state.book, incident, method, date.fromisoformat(as_of) if as_of else None,
        methods=opened.live.state.methods,
    )  # fmt: skip
    whole = next(t for t in tolls if t.outcome is Outcome.KILLED and t.group == ALL)
    said = "".join(p for p, _ in words.pieces(whole.figure))
    # "More than 370" is counted as 371 at least, and shown as it was said.
    more = f">{(whole.figure.low or 1) - 1}" if whole.figure.high is None else said
    assert figures(text)["killed everyone"] in {said, more}
    assert ("You look at the past" in text) == bool(as_of)


def test_before_anything_was_known_there_is_nothing(client: TestClient, opened: Desk) -> None:
    absent = client.get(f"/incidents/{largest(opened)}?known_at=2020-01-01")
    assert absent.status_code == 404
    assert client.get("/incidents/0123456789abcdef").status_code == 404


def test_known_at_shows_the_book_of_that_moment(client: TestClient, opened: Desk) -> None:
    incident = largest(opened)
    before = figures(client.get(f"/incidents/{incident}").text)["killed everyone"]
    moment = datetime.now(UTC)
    book = opened.live.state.book
    highest = next(c for c in book.of(incident) if c.outcome is Outcome.KILLED and c.figure.low == 373)
    pipeline.decide(opened.live.box, Verb.REJECT, highest.id, "misread", now=datetime.now(UTC), by="Ada")
    opened.live.refresh()
    text = client.get(f"/incidents/{incident}?{urlencode({'known_at': moment.isoformat()})}").text
    assert figures(text)["killed everyone"] == before


def test_a_merged_incident_leads_to_the_one_that_stands(client: TestClient, opened: Desk) -> None:
    into = largest(opened)
    gone = next(i for i in opened.live.state.book.incidents if i != into)
    form = {
        "verb": "merge",
        "target": gone,
        "other": into,
        "reason": "one event",
        "back": f"/incidents/{gone}",
    }
    assert client.post("/acts", data=form).status_code == 303
    there = client.get(f"/incidents/{gone}/figure?outcome=killed&as_of=2022-01-29")
    assert there.status_code == 303
    assert there.headers["location"] == f"/incidents/{into}/figure?outcome=killed&as_of=2022-01-29"
    page = client.get(f"/incidents/{into}").text
    assert "merged" in page
    assert "one event" in page


def test_a_grade_is_given_seen_and_taken_back(client: TestClient, opened: Desk) -> None:
    incident = largest(opened)
    assert "grade: none yet" in client.get(f"/incidents/{incident}").text
    form = {"verb": "grade", "target": incident, "set.grade": "fair", "reason": "two origins", "seen": "-"}
    assert client.post("/acts", data=form).status_code == 303
    assert "grade: <b>fair</b>" in client.get(f"/incidents/{incident}").text
    # A form that was filled in before is told so.
    assert client.post("/acts", data=form | {"set.grade": "weak"}).status_code == 409
    (judgement,) = opened.live.state.book.judgements
    undo = {"verb": "undo", "target": judgement, "reason": "too early", "seen": "-"}
    assert client.post("/acts", data=undo).status_code == 303
    assert "grade: none yet" in client.get(f"/incidents/{incident}").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?method=astrology", 400), ("?method=source:Nobody", 400), ("?as_of=someday", 400), ("/figure?outcome=joy", 400),
        ("/figure?group=Martians", 404), ("/figure?voice=Nobody", 404), ("/with?verb=marry", 400), ("/log?before=x", 400),
    ],
)  # fmt: skip
def test_refusals(client: TestClient, opened: Desk, path: str, status: int) -> None:
    answer = client.get(f"/incidents/{largest(opened)}{path}")
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_a_draft_and_what_is_under_an_embargo_stand_in_no_log_of_a_reader(
    client: TestClient, opened: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = largest(opened)
    path = f"/incidents/{incident}/log"
    said = datetime.now(UTC)
    made = Publication(
        recorded_at=said, format="bulletin", incident=incident, upto=3, head="0" * 64, digest="1" * 64
    )
    draft = replace(made, proposed=True, digest="3" * 64)
    later = replace(draft, embargo=said + timedelta(days=1), digest="2" * 64)
    opened.live.append([draft, later])
    for_work = client.get(path).text
    assert f'id="e-{draft.id}"' in for_work
    reader = Person("Ann", Role.READER, RIGHTS[Role.READER])
    monkeypatch.setattr(opened.members, "person", lambda *_: reader)
    page = client.get(path).text
    assert draft.id not in page
    assert later.id not in page
    opened.live.append([made])
    assert f'id="e-{made.id}"' in client.get(path).text


def test_the_table_twin_as_csv(client: TestClient, opened: Desk) -> None:
    answer = client.get(f"/incidents/{largest(opened)}/over-time.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    assert lines[0].startswith('"day","low","best","high","Syrian Observatory for Human Rights"')
    assert '"2022-01-30","373","373","373","373",""' in answer.text
    assert len(lines) > 5


def arabic(confidential: bool) -> list[Entry]:
    name = "مرصد زندا"
    card = Source(name=name, confidential=confidential, pseudonym="voice seven")
    report = Report(
        said_on=datetime(2022, 3, 1, tzinfo=UTC).date(),
        publisher="Gazette",
        title="زندا",
        original="0" * 64,
        text="0" * 64,
    )
    claim = Claim(
        said_on=report.said_on, report=report.id, span=Span(0, 4), quote="قتل 12", speaker=name,
        outcome=Outcome.KILLED, figure=Figure(12, 12, 12), party="جيش زندا",
    )  # fmt: skip
    event = Incident(name="قصف زندا", place="زندا", said_on=report.said_on)
    return [card, report, claim, event, Link(claim=claim.id, incident=event.id)]


@pytest.mark.parametrize("confidential", [False, True])
def test_arabic_names_are_kept_together_and_hidden_ones_hidden(tmp_path: Path, confidential: bool) -> None:
    pipeline.init_box(tmp_path / "box")
    entries = arabic(confidential)
    event = next(e for e in entries if isinstance(e, Incident))
    with pipeline.open_box(tmp_path / "box") as box:
        box.log.append(entries)
        opened = desk(box, Options(by="Ada"))
        with TestClient(application(opened), base_url=NAME) as client:
            page = client.get(f"/incidents/{event.id}").text
            reader = read(page)
            assert "قصف زندا" in reader.names
            assert "جيش زندا" in reader.names
            pages = [
                page,
                *(
                    client.get(link).text
                    for link in reader.links
                    if link.startswith(f"/incidents/{event.id}")
                ),
            ]
        opened.close()
    assert any("مرصد زندا" in text for text in pages) is not confidential
    assert any("voice seven" in text for text in pages) is confidential


def test_a_figure_that_moves_says_what_it_was(tab: Page, opened: Desk) -> None:
    incident = largest(opened)
    tab.goto(f"/incidents/{incident}")
    tab.get_by_text("live", exact=True).wait_for()
    book = opened.live.state.book
    wrong = [
        c.id
        for c in book.of(incident)
        if c.outcome is Outcome.KILLED and c.victims_class is VictimsClass.CIVILIAN and c.figure.low == 4
    ]
    for claim in wrong:
        pipeline.decide(opened.live.box, Verb.REJECT, claim, "misread", now=datetime.now(UTC), by="Flavia")
    told_so = tab.locator('[data-figure="killed civilians"] .moved-by')
    told_so.wait_for()
    assert "was 4 – 7" in told_so.inner_text()


def test_how_do_you_know_in_a_browser(tab: Page, opened: Desk) -> None:
    tab.goto(f"/incidents/{largest(opened)}")
    tab.locator('[data-figure="killed Islamic State"] a').first.click()
    tab.get_by_role("heading", name="The rule").wait_for()
    assert tab.locator("#used mark").count() >= 2
    assert tab.locator("#used a[href*='#c-']").count() >= 2
