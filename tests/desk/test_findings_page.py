"""The page of findings: filtered, resolved in place, explained and opened again; carried over where nothing can change."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event
from unittest import mock

import pytest
from starlette.testclient import TestClient

from tollbook import checks
from tollbook.cli import main
from tollbook.codes import Verb
from tollbook.desk.looked import Looking
from tollbook.desk.opened import Desk
from tollbook.nouns import Judgement
from tollbook.values import Book, Finding
from tollbook.views import findings as rows


def keys(page: str) -> list[str]:
    return re.findall(r'<article class="finding" id="f-([^"]+)"', page)


def test_every_open_finding_is_listed_with_its_claims_and_what_one_can_do(
    opened: Desk, client: TestClient
) -> None:
    wanted = [f for f in rows.findings(opened.live.state.book) if f.explained is None]
    assert wanted
    page = client.get("/findings").text
    assert len(keys(page)) == len(wanted)
    for f in wanted:
        assert f'href="/findings/{f.code}"' in page
        assert all(f"#c-{i}" in page for i in f.claims[:6])
    assert "Why it matters." in page


def test_filters_narrow(opened: Desk, client: TestClient) -> None:
    found = rows.findings(opened.live.state.book)
    for tier in checks.TIERS:
        assert len(keys(client.get(f"/findings?tier={tier}").text)) == sum(f.tier == tier for f in found)
    for code in {f.code for f in found}:
        assert len(keys(client.get(f"/findings?code={code}").text)) == sum(f.code == code for f in found)
        assert len(keys(client.get(f"/findings/{code}").text)) == sum(f.code == code for f in found)
    incident = next(iter(rows.touched(opened.live.state.book, found[0])))
    assert keys(client.get(f"/findings?incident={incident}").text)
    assert not keys(client.get("/findings?incident=nothing").text)


def test_one_is_explained_and_opened_again(opened: Desk, client: TestClient) -> None:
    finding = rows.findings(opened.live.state.book)[0]
    before = len(keys(client.get("/findings").text))
    page = client.get("/findings").text
    seen = re.search(
        rf'name="target" value="{re.escape(finding.key)}"><input type="hidden" name="seen" value="([^"]+)"',
        page,
    )
    assert seen
    form = {"verb": "acknowledge", "target": finding.key, "seen": seen[1], "back": "/findings"}
    assert client.post("/acts", data=form).status_code == 400  # without a reason
    answer = client.post("/acts", data={**form, "reason": "the <b>monitor</b> told us"})
    assert answer.status_code == 303
    assert len(keys(client.get("/findings").text)) == before - 1
    shown = client.get("/findings?show=explained").text
    assert len(keys(shown)) == 1
    assert "the &lt;b&gt;monitor&lt;/b&gt; told us" in shown
    undo = re.search(
        r'name="verb" value="undo">\s*<input type="hidden" name="target" value="([0-9a-f]+)"', shown
    )
    assert undo
    client.post("/acts", data={"verb": "undo", "target": undo[1], "back": "/findings"})
    assert len(keys(client.get("/findings").text)) == before


def test_a_finding_is_resolved_by_correcting_its_claim(opened: Desk, client: TestClient) -> None:
    finding = next(f for f in rows.findings(opened.live.state.book) if f.code == "parts-do-not-sum")
    whole = opened.live.state.book.claims[finding.claims[0]]
    high = int(re.search(r"come to (\d+)", finding.what)[1])  # type: ignore[index]
    form = {
        "verb": "correct", "target": whole.id, "seen": "-", "back": "/findings", "reason": "misprint",
        "was.figure": str(whole.figure.low), "set.figure": str(high),
    }  # fmt: skip
    assert client.post("/acts", data=form).status_code == 303
    assert finding.key not in {f.key for f in rows.findings(opened.live.state.book)}
    assert f'value="{finding.key}"' not in client.get("/findings").text


def test_each_check_has_a_page_with_its_smallest_example(client: TestClient) -> None:
    for page in checks.catalogue(checks.CHECKS):
        answer = client.get(f"/findings/{page.code}")
        assert answer.status_code == 200
        if page.fires:
            assert page.fires[0].ledger.split()[0] in answer.text
    assert client.get("/findings/no-such-check").status_code == 404


@pytest.mark.parametrize("after", ["", "x", "0.9999999.é", "1..", "-", "\u202e", "0.0."])
def test_an_odd_place_to_go_on_from_is_no_error(client: TestClient, after: str) -> None:
    assert client.get("/findings", params={"after": after, "tier": "odd", "show": "<x>"}).status_code == 200


def test_what_no_check_looks_at_is_carried_over_and_all_else_is_reckoned(opened: Desk) -> None:
    live, looking = opened.live, Looking()
    assert looking.looked(live.state, 60)
    with mock.patch.object(rows, "findings", side_effect=AssertionError("reckoned again")):
        live.append([_judged(Verb.COMMENT, next(iter(live.state.book.claims)))])
        found = looking.looked(live.state, 60)
        assert found
        assert found.fresh
    claim = found.findings[0].claims[0]
    live.append([_judged(Verb.REJECT, claim)])
    after = looking.looked(live.state, 60)
    assert after
    assert after.fresh
    assert after.findings == rows.findings(live.state.book)


def test_while_it_is_reckoned_the_last_is_shown_and_said_to_be_old(opened: Desk) -> None:
    live, looking = opened.live, Looking()
    first = looking.looked(live.state, 60)
    assert first
    live.append([_judged(Verb.REJECT, first.findings[0].claims[0])])
    let, real = Event(), rows.findings

    def slow(book: Book) -> tuple[Finding, ...]:
        let.wait(60)
        return real(book)

    with mock.patch.object(rows, "findings", side_effect=slow):
        found = looking.looked(live.state, 0)
        assert found
        assert not found.fresh
        assert found.position == first.position < live.state.position
        let.set()
        newer = looking.looked(live.state, 60)
    assert newer
    assert newer.fresh


def _judged(verb: Verb, target: str) -> Judgement:
    return Judgement(verb=verb, target=target, reason="because", made_by="Ada")


def test_names_of_confidential_sources_are_covered(
    box: Path, opened: Desk, client: TestClient, tmp_path: Path
) -> None:
    (box / "sources" / "x.toml").write_text(
        'name = "Flavia Tarlenheim"\nconfidential = true\nsilent_days = 1\n', encoding="utf-8"
    )
    for n, (day, count) in enumerate((("2022-01-20", "Nine"), ("2022-01-21", "Four"))):
        path = tmp_path / f"c{n}.txt"
        path.write_text(
            f"title: T{n}\npublished: {day}\npublisher: Strelsau Post\n\n{count} ferrymen have been killed in Zenda, bringing the toll to {count.lower()}, Flavia Tarlenheim said.\n"
        )
        assert main(["add", str(path), "--box", str(box)]) == 0
    opened.live.refresh()
    page = client.get("/findings?show=all").text
    assert "source-" in page
    assert "Tarlenheim" not in page
