"""The page of the log: veiled lines in notation, each entry's page, undoing, verifying, a head compared."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tollbook import notation
from tollbook.cli import main
from tollbook.codes import Verb
from tollbook.desk.opened import Desk
from tollbook.nouns import Claim, Judgement
from tollbook.views import entries as rows
from tollbook.views.entries import Wanted


def places(page: str) -> list[int]:
    listed = page[page.index('id="entries"') :]
    return [int(n.replace(",", "")) for n in re.findall(r'class="at" href="[^"]+">([\d,]+)<', listed)]


def test_every_entry_is_listed_once_newest_first(opened: Desk, client: TestClient) -> None:
    found: list[int] = []
    href = "/log"
    while href:
        page = client.get(href).text
        found += places(page)
        on = re.search(r'<p class="further"><a href="([^"]+)"', page)
        href = on[1].replace("&amp;", "&") if on else ""
    assert found == list(range(opened.live.state.position, 0, -1))


def test_filters(opened: Desk, client: TestClient) -> None:
    state = opened.live.state
    claims = [e for e in state.entries if isinstance(e, Claim)]
    seen: list[int] = []
    href = "/log?kind=claim"
    while href:
        page = client.get(href).text
        seen += places(page)
        on = re.search(r'<p class="further"><a href="([^"]+)"', page)
        href = on[1].replace("&amp;", "&") if on else ""
    assert len(seen) == len(claims)
    assert len(places(client.get("/log", params={"id": claims[0].id[:8]}).text)) == 1
    assert places(client.get("/log", params={"text": claims[0].quote[:30].upper(), "kind": "claim"}).text)
    assert not places(client.get("/log?by=nobody").text)
    assert not places(client.get("/log?day=1999-01-01").text)
    assert client.get("/log?day=yesterday").status_code == 400


@pytest.mark.parametrize("odd", ["", "-1", "9" * 40, "x", "\u0663", "<script>", "0"])
def test_odd_places_are_no_error(client: TestClient, odd: str) -> None:
    assert client.get("/log", params={"before": odd, "kind": odd, "id": odd, "head": odd}).status_code == 200
    assert client.get("/log/nothing").status_code == 404


def test_an_entry_in_notation_in_words_with_what_speaks_of_it(opened: Desk, client: TestClient) -> None:
    state = opened.live.state
    link = next(iter(state.book.links.values()))
    assert link.claim
    page = client.get(f"/log/{link.claim}").text
    assert f"/log/{link.id}" in page
    claim = state.book.claims.get(link.claim) or state.book.courses[link.claim]
    assert f"/reports/{claim.report}#c-{claim.id}" in page
    line = next(e for e in rows.placed(state.entries, state.position) if e.entry.id == claim.id)
    assert str(opened.live.box.log.hash_at(line.position)) in page
    assert notation.show(claim)[:20] in page


def test_a_decision_is_undone_here_and_that_too(opened: Desk, client: TestClient) -> None:
    claim = next(iter(opened.live.state.book.claims))
    client.post(
        "/acts", data={"verb": "reject", "target": claim, "reason": "another <i>day</i>", "back": "/log"}
    )
    first = list(opened.live.state.book.judgements)[-1]
    assert claim in opened.live.state.book.fallen
    page = client.get(f"/log/{first}").text
    assert "another &lt;i&gt;day&lt;/i&gt;" in page
    assert "Undo it" in page
    assert f"/log/{first}" in client.get(f"/log/{claim}").text
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    answer = client.post(
        "/acts", data={"verb": "undo", "target": first, "seen": seen[1], "back": f"/log/{first}"}
    )
    assert answer.headers["location"] == f"/log/{first}"
    assert claim in opened.live.state.book.claims
    page = client.get(f"/log/{first}").text
    assert "taken back" in page
    assert "Undo it" not in page
    undo = next(j.id for j in opened.live.state.book.judgements.values() if j.verb is Verb.UNDO)
    client.post("/acts", data={"verb": "undo", "target": undo, "back": "/log"})
    assert claim in opened.live.state.book.fallen


def test_the_chain_is_verified_when_asked_and_an_altered_log_is_told(box: Path, client: TestClient) -> None:
    assert "Not since this desk was opened" in client.get("/log").text
    assert client.post("/log/verify").headers["location"] == "/log#chain"
    page = _verified(client)
    assert "As it was written" in page
    with sqlite3.connect(box / "log.db") as db:
        db.execute("DROP TRIGGER content_stays")
        db.execute("UPDATE content SET line = CAST(CAST(line AS TEXT) || ' ' AS BLOB) WHERE position = 60")
    client.post("/log/verify")
    page = _verified(client)
    assert "The log is not as it was written" in page
    assert "position 60" in page


def _verified(client: TestClient) -> str:
    for _ in range(200):
        page = client.get("/log").text
        if "data-again" not in page:
            return page
    raise AssertionError


def test_a_form_of_another_page_verifies_nothing(client: TestClient) -> None:
    assert client.post("/log/verify", headers={"x-csrf": "wrong"}).status_code == 403
    assert "Not since" in client.get("/log").text


def test_a_head_noted_elsewhere_is_compared(opened: Desk, client: TestClient) -> None:
    state = opened.live.state
    assert f'value="{state.position} {state.head}"' in client.get("/log").text

    def said(head: str) -> str:
        return re.search(r'role="status"><b>(.*?)</b>', client.get("/log", params={"head": head}).text)[1]  # type: ignore[index]

    assert said(f"{state.position} {state.head}") == "Right."
    assert said(f" 7:{opened.live.box.log.hash_at(7)}\n") == "Right."
    assert said(f"{state.position} {'0' * 64}") == "Not right."
    assert said(f"{state.position + 9} {state.head}") == "Not right."
    assert said(f"999999999999999999 {state.head}") == "Not right."
    assert said("a head") == "Not right."


def test_places_are_right_after_a_forgetting(box: Path, opened: Desk, client: TestClient) -> None:
    report = next(iter(opened.live.state.book.reports))
    assert main(["forget", report, "--reason", "asked", "--yes", "--box", str(box)]) == 0
    opened.live.refresh()
    state = opened.live.state
    # The open desk holds nothing of it either.
    assert report not in state.book.reports
    assert report not in {e.id for e in state.entries}
    lines = rows.placed(state.entries, state.position)
    assert len(lines) == len(state.entries)
    with sqlite3.connect(box / "log.db") as db:
        there = {bytes(e).hex(): at for at, e in db.execute("SELECT position, entry FROM content")}
    assert {line.entry.id: line.position for line in lines} == there
    assert client.get(f"/log/{report}").status_code == 404


def test_lines_are_veiled_as_print_veils_them(
    box: Path, opened: Desk, client: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (box / "sources" / "x.toml").write_text(
        'name = "Flavia Tarlenheim"\naliases = ["the ferryman"]\nconfidential = true\nnotes = "lives in Hentzau"\n',
        encoding="utf-8",
    )
    path = tmp_path / "c.txt"
    path.write_text(
        "title: Told by Flavia\npublished: 2022-02-02\npublisher: Flavia Tarlenheim\n\nNine people were killed in Zenda, Flavia Tarlenheim said.\n"
    )
    assert main(["add", str(path), "--box", str(box)]) == 0
    opened.live.refresh()
    state = opened.live.state
    capsys.readouterr()
    assert main(["print", "--box", str(box)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [rows.told(state.veil, e) for e in state.entries] == printed
    card = next(iter(s for s in state.book.sources.values() if s.confidential))
    for href in ("/log", "/log?kind=source", "/log?kind=report", f"/log/{card.id}", "/log?text=Zenda"):
        page = client.get(href).text
        assert "Tarlenheim" not in page
        assert "ferryman" not in page
        assert "lives in" not in page
    assert not places(client.get("/log?text=tarlenheim").text.replace("tarlenheim", ""))


def test_a_long_log_is_looked_through_part_by_part(opened: Desk) -> None:
    state = opened.live.state
    lines = rows.placed(state.entries, state.position)
    found, before, steps = [], 0, 0
    while True:
        some, before = rows.looked(lines, Wanted(kind="report"), state.veil, before, page=3, most=20)
        found += [line.entry.id for line in some]
        steps += 1
        if not before:
            break
    assert found == [e.id for e in reversed(state.entries) if e.KIND == "report"]
    assert steps > len(lines) // 20


def test_what_a_judgement_speaks_of() -> None:
    made = Judgement(
        verb=Verb.SPLIT, target="a", other="b", claims=("c",), reason="x", said_on=date(2031, 3, 5)
    )
    assert list(rows.speaks_of(made)) == ["a", "b", "c"]
    finding = Judgement(verb=Verb.ACKNOWLEDGE, target="total-fell:a", reason="x")
    assert list(rows.speaks_of(finding)) == ["a"]
