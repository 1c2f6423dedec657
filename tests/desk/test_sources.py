"""The pages of the sources: cards, scorecards, silence; a confidential voice is its handle."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from tollbook.cli import main
from tollbook.desk.opened import Desk
from tollbook.views.weeks import weeks


def test_every_card_is_listed_and_has_its_page(opened: Desk, client: TestClient) -> None:
    listed = client.get("/sources").text
    cards = opened.live.state.book.sources
    assert cards
    for key in cards:
        assert f'href="/sources/{key}"' in listed
        page = client.get(f"/sources/{key}")
        assert page.status_code == 200
        assert "How it has fared" in page.text
    assert client.get("/sources/nobody").status_code == 404


def test_the_weeks_hold_every_claim_and_the_chart_has_its_table(opened: Desk, client: TestClient) -> None:
    book = opened.live.state.book
    card = max(book.sources.values(), key=lambda s: sum(o == s.handle for o in book.origin_of.values()))
    found = weeks(book, card.handle)
    assert sum(n for _, n in found.rows) == sum(
        book.origin_of.get(i) == card.handle and c.said_on is not None for i, c in book.claims.items()
    )
    page = client.get(f"/sources/{card.id}").text
    assert found.path in page
    assert "As a table" in page


def test_its_reliability_is_set_and_taken_back(opened: Desk, client: TestClient) -> None:
    card = next(iter(opened.live.state.book.sources.values()))
    other = "C" if card.reliability != "C" else "D"
    form = {"verb": "correct", "target": card.id, "seen": "-", "back": f"/sources/{card.id}", "reason": "two years of it",
            "was.reliability": card.reliability, "set.reliability": other}  # fmt: skip
    assert client.post("/acts", data={**form, "reason": ""}).status_code == 400
    assert client.post("/acts", data=form).status_code == 303
    assert opened.live.state.book.sources[card.id].reliability == other
    page = client.get(f"/sources/{card.id}").text
    assert "two years of it" in page
    judgement = list(opened.live.state.book.judgements)[-1]
    client.post("/acts", data={"verb": "undo", "target": judgement, "back": "/sources"})
    assert opened.live.state.book.sources[card.id].reliability == card.reliability


def test_a_confidential_source_is_its_handle(
    box: Path, opened: Desk, client: TestClient, tmp_path: Path
) -> None:
    (box / "sources" / "x.toml").write_text(
        'name = "Flavia Tarlenheim"\naliases = ["the ferryman"]\nconfidential = true\nnotes = "lives in Hentzau"\nparty = "Ruritania"\n',
        encoding="utf-8",
    )
    path = tmp_path / "c.txt"
    path.write_text(
        "title: Told by Flavia\npublished: 2022-02-02\npublisher: Flavia Tarlenheim\n\nNine people were killed in Zenda.\n"
    )
    assert main(["add", str(path), "--box", str(box)]) == 0
    opened.live.refresh()
    card = next(s for s in opened.live.state.book.sources.values() if s.confidential)
    pages = [client.get("/sources").text, client.get(f"/sources/{card.id}").text]
    assert f"/sources/{card.id}/identity" in pages[1]
    for page in pages:
        assert card.handle in page
        for word in ("Tarlenheim", "Flavia", "ferryman", "Hentzau", "Ruritania"):
            assert word not in page
