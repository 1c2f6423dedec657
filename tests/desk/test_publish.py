"""Publishing at the desk: two persons, kept bytes, embargoes that nothing tells of, public pages that can be checked."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.codes import Verb
from tollbook.desk.app import application, desk
from tollbook.desk.members import NOBODY, Person
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.nouns import Claim, Report
from tollbook.people import RIGHTS, Role
from tollbook.pipeline import drafts, site

NAME = "http://127.0.0.1"
PEOPLE = {
    name: Person(name, role, RIGHTS[role], csrf="c", fresh=True)
    for name, role in (("Ada", Role.ANALYST), ("Rupert", Role.PUBLISHER), ("Flavia", Role.PUBLISHER), ("Ann", Role.READER))
}  # fmt: skip


@pytest.fixture
def staffed(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with people, who are known by a header."""
    with pipeline.open_box(box) as there:
        made = desk(there, Options(accounts=True))

        def person(request: Request, *_: object) -> Person:
            return PEOPLE.get(request.headers.get("x-who", ""), NOBODY)

        monkeypatch.setattr(made.members, "person", person)
        yield made
        made.close()


@pytest.fixture
def asking(staffed: Desk) -> Iterator[TestClient]:
    with TestClient(application(staffed), base_url=NAME, follow_redirects=False) as client:
        client.headers["x-csrf"] = "c"
        yield client


def largest(opened: Desk) -> str:
    book = opened.live.state.book
    return max(book.incidents, key=lambda i: len(book.of(i)))


def compose(client: TestClient, opened: Desk, who: str = "Ada", **more: object) -> str:
    """The id of a new draft."""
    form = {
        "incident": largest(opened),
        "sections": ["chart", "map"],
        "formats": ["bulletin", "csv"],
        "do": "draft",
        **more,
    }
    made = client.post("/publish/new", data=form, headers={"x-who": who})
    assert made.status_code == 303, made.text
    return made.headers["location"].rpartition("/")[2]


def confirm(client: TestClient, opened: Desk, key: str, who: str = "Rupert") -> int:
    digest = opened.live.state.book.publications[key].digest
    form = {"digest": digest, "reason": "read every line"}
    return client.post(f"/publish/{key}/confirm", data=form, headers={"x-who": who}).status_code


def test_two_persons_publish_and_the_world_gets_the_bytes_they_saw(
    asking: TestClient, staffed: Desk, tmp_path: Path
) -> None:
    key = compose(asking, staffed)
    nothing = asking.get("/public/0123456789abcdef/")
    assert asking.get(f"/public/{key}/").content == nothing.content
    seen = asking.get(f"/publish/{key}/files/bulletin.html", headers={"x-who": "Rupert"})
    assert confirm(asking, staffed, key, "Ada") == 403
    assert confirm(asking, staffed, key, "Rupert") == 303
    public = asking.get(f"/public/{key}/bulletin.html")
    assert public.content == seen.content
    assert public.headers["cache-control"].startswith("public")
    again = asking.get(f"/public/{key}/bulletin.html", headers={"if-none-match": public.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert key in asking.get("/public/").text
    for name, _ in staffed.live.state.book.publications[key].files:
        (tmp_path / name).write_bytes(asking.get(f"/public/{key}/{name}").content)
    (tmp_path / "digest").write_bytes(asking.get(f"/public/{key}/digest").content)
    tool = shutil.which("sha256sum")
    assert tool is not None
    checked = subprocess.run(
        [tool, "--check", "digest"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    listed = "".join(x for x in (tmp_path / "digest").read_text().splitlines(keepends=True) if x[0] != "#")
    whole = subprocess.run([tool], input=listed, capture_output=True, text=True, check=True).stdout
    assert whole.split()[0] == staffed.live.state.book.publications[key].digest
    (tmp_path / "bulletin.html").write_bytes(public.content + b" ")
    bad = subprocess.run([tool, "--check", "digest"], cwd=tmp_path, capture_output=True, check=False)
    assert bad.returncode != 0


def test_what_is_not_public_is_answered_as_what_is_not_there(asking: TestClient, staffed: Desk) -> None:
    before = {p: asking.get(f"/public/{p}") for p in ("", "corrections.atom", "corrections.json")}
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    waits, held, embargoed = (
        compose(asking, staffed),
        compose(asking, staffed),
        compose(asking, staffed, embargo=soon),
    )
    assert confirm(asking, staffed, embargoed) == 303
    asking.post(f"/publish/{held}/hold", data={"reason": "wrong day"}, headers={"x-who": "Ada"})
    for who in ({}, {"x-who": "Ann"}):
        for tail in ("/", "/bulletin.html", "/digest", "/then/bulletin.html"):
            other = asking.get(f"/public/0123456789abcdef{tail}", headers=who)
            for key in (waits, held, embargoed):
                one = asking.get(f"/public/{key}{tail}", headers=who)
                assert (one.status_code, one.content, one.headers.items()) == (
                    404,
                    other.content,
                    other.headers.items(),
                )
    for tail in ("", "/files/bulletin.html", "/draft/bulletin.html"):
        other = asking.get(f"/publish/0123456789abcdef{tail}", headers={"x-who": "Ann"})
        for key in (waits, held, embargoed):
            one = asking.get(f"/publish/{key}{tail}", headers={"x-who": "Ann"})
            assert (one.status_code, one.content, one.headers.items()) == (
                404,
                other.content,
                other.headers.items(),
            )
    for path, was in before.items():
        now = asking.get(f"/public/{path}")
        assert (now.content, now.headers.items()) == (was.content, was.headers.items())
    for path in ("/publish", "/log", "/api/publications"):
        listed = asking.get(path, headers={"x-who": "Ann"}).text
        assert not any(key in listed for key in (waits, held, embargoed)), path
    assert asking.get(f"/log/{waits}", headers={"x-who": "Ann"}).status_code == 404
    assert waits in asking.get("/log", headers={"x-who": "Ada"}).text
    # When the hour has come it is there, and nobody did anything for it.
    state = staffed.live.state
    later = datetime.now(UTC) + timedelta(hours=2)
    assert (
        site.answer(staffed.live.box, state.book, state.veil, later, f"{embargoed}/bulletin.html").status
        == 200
    )


def test_a_correction_and_a_withdrawal_take_two_and_the_page_says_so(
    asking: TestClient, staffed: Desk
) -> None:
    old = compose(asking, staffed)
    assert confirm(asking, staffed, old) == 303
    with pipeline.open_box(staffed.live.box.folder) as other:
        book = pipeline.book(other)
        claim = max(
            (c for c in book.of(largest(staffed)) if c.figure.low == 373 and not c.party),
            key=lambda c: str(c.said_on),
        )
        pipeline.decide(
            other, Verb.REJECT, claim.id, "misread", now=datetime.now(UTC), by="Fritz"
        )  # fmt: skip
    staffed.live.refresh()
    new = compose(asking, staffed, replaces=old)
    assert asking.get(f"/public/{old}/bulletin.html").status_code == 200
    assert confirm(asking, staffed, new) == 303
    gone = asking.get(f"/public/{old}/bulletin.html")
    assert (gone.status_code, gone.headers["location"]) == (302, f"/public/{old}/")
    assert f"../{new}/" in asking.get(f"/public/{old}/").text
    assert asking.get(f"/public/{old}/then/bulletin.html").status_code == 200
    assert "What changed since the last bulletin" in asking.get(f"/public/{new}/bulletin.html").text
    assert "Corrected:" in asking.get("/public/corrections.atom").text

    def withdraw(who: str) -> int:
        return asking.post(
            f"/publish/{new}/withdraw", data={"reason": "not true"}, headers={"x-who": who}
        ).status_code

    assert withdraw("Ada") == 303
    assert asking.get(f"/public/{new}/bulletin.html").status_code == 200
    assert withdraw("Ada") == 403
    assert withdraw("Flavia") == 303
    page = asking.get(f"/public/{new}/bulletin.html")
    assert page.status_code == 410
    assert "not true" in page.text
    assert "Withdrawn:" in asking.get("/public/corrections.json").text


def test_no_other_way_leads_to_the_public(
    asking: TestClient, staffed: Desk, client_alone: TestClient
) -> None:
    key = compose(asking, staffed)
    for verb in ("accept", "withdraw", "reject", "correct"):
        form = {"verb": verb, "target": key, "reason": "x"}
        assert asking.post("/acts", data=form, headers={"x-who": "Rupert"}).status_code == 400
    assert confirm(asking, staffed, key) == 303
    word = next(j.id for j in staffed.live.state.book.judgements.values() if j.target == key)
    form = {"verb": "undo", "target": word, "reason": "x"}
    assert asking.post("/acts", data=form, headers={"x-who": "Rupert"}).status_code == 400
    # Where nobody signs in there is no second person.
    made = client_alone.post(
        "/publish/new", data={"incident": largest(staffed), "formats": "csv", "do": "draft"}
    )
    own = made.headers["location"]
    assert client_alone.post(f"{own}/confirm", data={"reason": "x"}).status_code == 403
    marked = client_alone.get(f"{own}/draft/tolls.csv").headers["content-disposition"]
    assert "not-confirmed-tolls.csv" in marked


@pytest.fixture
def client_alone(demo_box: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A desk without accounts on another copy of the box."""
    folder = shutil.copytree(demo_box, tmp_path / "alone")
    with pipeline.open_box(folder) as there:
        made = desk(there, Options(by="Ada"))
        with TestClient(application(made), base_url=NAME, follow_redirects=False) as client:
            client.headers["x-csrf"] = made.members.alone.csrf
            yield client
        made.close()


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The Observatory said 380 people were killed.", "gives “380”"),
        ("AFP said 370 people were killed.", "bound"),
        ("373 people were killed.", "whose number"),
        ("The SDF said 268 jihadists were killed.", "whose number"),
        ("The Observatory said 268 people were wounded.", "reads as wounded"),
        ("$380 was said.", "no count"),
        ("قتل ٣٨٠ شخصا", "gives “٣٨٠”"),
    ],
)
def test_a_number_of_an_editor_needs_its_claim(
    asking: TestClient, staffed: Desk, text: str, want: str
) -> None:
    form = {"incident": largest(staffed), "formats": "bulletin", "intro": text, "do": "draft"}
    answer = asking.post("/publish/new", data=form, headers={"x-who": "Ada"})
    assert answer.status_code == 422
    assert want in answer.text
    assert not any(p.proposed for p in staffed.live.state.book.publications.values())


def test_a_number_with_its_claim_is_linked_to_its_sentence(asking: TestClient, staffed: Desk) -> None:
    intro = "On 30 January the Observatory said 373 people were killed. Between 373 and 495 people were killed, by the sources."
    key = compose(asking, staffed, headline="Observatory: 373 people were killed", intro=intro)
    page = asking.get(f"/publish/{key}/files/bulletin.html", headers={"x-who": "Ada"}).text
    found = re.search(r'<p class="intro">(.*?)</p>', page)
    assert found is not None
    links = re.findall(r'<a class="fig" href="#([^"]+)">([^<]+)</a>', found[1])
    assert [text for _, text in links] == ["373", "Between 373 and 495"]
    assert all(f'id="{target}"' in page for target, _ in links)


class _Page(HTMLParser):
    """Scripts, and the quotes by their anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.quotes: dict[str, str] = {}
        self._at, self._in = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.tags.update(f"@{name}" for name, _ in attrs if name.startswith("on") or name == "style")
        given = dict(attrs)
        if (given.get("id") or "").startswith("c-"):
            self._at = (given["id"] or "")[2:]
        self._in = tag == "mark"

    def handle_data(self, data: str) -> None:
        if self._in:
            self.quotes[self._at] = self.quotes.get(self._at, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "mark"


def test_a_published_page_has_no_script_and_each_sentence_is_that_of_its_document(
    asking: TestClient, staffed: Desk
) -> None:
    key = compose(asking, staffed)
    assert confirm(asking, staffed, key) == 303
    answer = asking.get(f"/public/{key}/bulletin.html")
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    page = _Page()
    page.feed(answer.text)
    assert not page.tags & {"script", "iframe", "object", "img", "link", "@style"}
    assert not [t for t in page.tags if t.startswith("@on")]
    book, box = staffed.live.state.book, staffed.live.box
    assert len(page.quotes) > 50
    for claim, quote in page.quotes.items():
        said = book.claims.get(claim) or book.courses[claim]
        report = book.reports[said.report]
        assert isinstance(report, Report)
        assert box.text(report)[said.span.start : said.span.end] == said.quote
        assert quote == said.quote
    targets = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert targets <= set(re.findall(r'id="([^"]+)"', answer.text))
    assert isinstance(next(iter(book.claims.values())), Claim)


def test_a_pdf_is_tagged_for_keeping_and_nothing_in_it_runs(asking: TestClient, staffed: Desk) -> None:
    headline = "#panic() *x* $y$ @z <a> `code` in غويران"
    key = compose(asking, staffed, formats=["pdf"], headline=headline, notice="ar")
    data = asking.get(f"/publish/{key}/files/bulletin.pdf", headers={"x-who": "Ada"}).content
    for mark in (b"pdfaid:part", b"pdfuaid:part", b"/StructTreeRoot", b"/MarkInfo"):
        assert mark in data
    paper = pypdfium2.PdfDocument(data)
    text = paper[0].get_textpage().get_text_range()
    assert "#panic()" in text
    assert "*x*" in text
    assert "غويران" in text
    assert "معلومات جديدة" in text
    whole = "".join(p.get_textpage().get_text_range() for p in paper)
    assert "373" in whole


def test_the_public_pages_as_a_folder(asking: TestClient, staffed: Desk, tmp_path: Path) -> None:
    key = compose(asking, staffed)
    waits = compose(asking, staffed, formats=["json"])
    assert confirm(asking, staffed, key) == 303
    state = staffed.live.state
    site.export(staffed.live.box, state.book, datetime.now(UTC), tmp_path / "out")
    there = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert {"index.html", "corrections.atom", f"{key}/bulletin.html", f"{key}/digest"} <= there
    assert not [p for p in there if waits in p]
    assert (
        drafts.content(staffed.live.box, state.book.publications[key])["bulletin.html"]
        == (tmp_path / "out" / key / "bulletin.html").read_bytes()
    )
