"""The API: what it says it takes and gives, it does; parts of lists, tags, moments, files and refusals."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.asgi import ASGI_TRANSPORT
from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.cli import main
from tollbook.desk.api.answers import parsed
from tollbook.desk.api.description import described, specs
from tollbook.desk.api.takes import Judged
from tollbook.desk.app import application, desk, ways
from tollbook.desk.faults import RefusalError
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.people import Right
from tollbook.publish.sheets import LIVE, restored
from tollbook.views.order import Order

ROOT = "/api/v1"
Asked = dict[str, Any]


@pytest.fixture(scope="module")
def kept(demo_box: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose box no test of this file writes a judgement to."""
    with pipeline.open_box(demo_box) as box:
        made = desk(box, Options(by="Ada"))
        yield made
        made.close()


@pytest.fixture(scope="module")
def reader(kept: Desk) -> Iterator[TestClient]:
    with TestClient(application(kept), base_url="http://127.0.0.1", follow_redirects=False) as asking:
        asking.headers["x-csrf"] = kept.members.alone.csrf
        yield asking


def first(reader: TestClient, path: str, **asked: str) -> Asked:
    found: Asked = reader.get(f"{ROOT}{path}", params=asked).json()["rows"][0]
    return found


def through(reader: TestClient, path: str, **asked: str | int) -> list[Asked]:
    """Every row of a list, part by part."""
    found: list[Asked] = []
    at: str | None = f"{ROOT}{path}?" + "&".join(f"{k}={v}" for k, v in asked.items())
    while at:
        said = reader.get(at)
        assert said.status_code == 200, said.text
        part = said.json()
        assert len(part["rows"]) <= max(int(asked.get("limit", 50)), 100)
        found += part["rows"]
        at = part["next"]
    return found


# --- the description


def test_every_route_of_the_table_is_described() -> None:
    paths = described()["paths"]
    told = {(path, method.upper()) for path, said in paths.items() for method in said}
    there = {(w.path, w.method) for w in ways() if w.api}
    assert there == told
    assert len({s.way.name for s in specs()}) == len(specs())


def open_to_all() -> dict[str, Any]:
    """The description without keys, so that none is made up: the one person of the desk asks."""
    found = json.loads(json.dumps(described()))
    for said in found["paths"].values():
        for operation in said.values():
            operation.pop("security", None)
    return found  # type: ignore[no-any-return]  # it was an object


schema = schemathesis.openapi.from_dict(open_to_all())


@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_keeps_to_its_description(case: schemathesis.Case[Any], client: TestClient) -> None:
    said = ASGI_TRANSPORT.send(
        case, app=client.app, base_url="http://127.0.0.1", headers={"x-csrf": client.headers["x-csrf"]}
    )
    case.validate_response(
        said,
        checks=[
            not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
        ],
    )  # fmt: skip


# --- parts of lists


@pytest.mark.parametrize(
    ("path", "file"),
    [("/claims", "claims"), ("/reports", "reports"), ("/incidents", "incidents"), ("/tolls", "tolls")],
)
@pytest.mark.parametrize("limit", [1, 7, 500])
def test_parts_give_each_row_once_and_a_file_gives_the_same(
    reader: TestClient, path: str, file: str, limit: int
) -> None:
    rows = through(reader, path, limit=limit)
    lines = reader.get(f"{ROOT}/{file}.jsonl").text.splitlines()
    # The list of incidents tells the best as reports do; its file does the same.
    assert rows == [json.loads(line) for line in lines]
    assert len({json.dumps(r, sort_keys=True) for r in rows}) == len(rows) > 0


@pytest.mark.parametrize("path", ["/courses", "/sources", "/log", "/queue"])
def test_parts_give_each_row_once(reader: TestClient, path: str) -> None:
    rows = through(reader, path, limit=9)
    assert rows == through(reader, path, limit=500)
    assert len({json.dumps(r, sort_keys=True) for r in rows}) == len(rows) > 9


@pytest.mark.parametrize(
    ("asked", "field", "value"),
    [
        ({"outcome": "wounded"}, "outcome", "wounded"),
        ({"voice": "Syrian Democratic Forces"}, "origin", "Syrian Democratic Forces"),
        ({"party": "civilians"}, "group", "civilians"),
        ({"review": "unreviewed"}, "review", "unreviewed"),
    ],
)
def test_filters_leave_what_fits_and_nothing_else(
    reader: TestClient, asked: dict[str, str], field: str, value: str
) -> None:
    every = through(reader, "/claims", limit=500)
    assert through(reader, "/claims", limit=3, **asked) == [r for r in every if r[field] == value] != []


def test_days_cut_the_list(reader: TestClient) -> None:
    every = through(reader, "/claims", limit=500)
    some = through(reader, "/claims", since="2022-01-24", until="2022-01-26", limit=4)
    assert some == [r for r in every if "2022-01-24" <= (r["said_on"] or "") <= "2022-01-26"] != []


keys = st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=40)


@given(keys, st.lists(st.integers(1, 40), max_size=5), st.integers(1, 9), st.sampled_from(["", "x", "y"]))
def test_an_order_that_grew_is_the_order_of_everything(
    names: list[str], cuts: list[int], limit: int, want: str
) -> None:
    told = [(f"{name}.{n:016}", {"end": "x" if name.endswith("a") else "y"}) for n, name in enumerate(names)]
    grown = Order()
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True):
        grown.add(told[start:end])
    wanted = {"end": want} if want else {}
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        some, after = grown.page(wanted, after=after, limit=limit)
        found += some
    assert found == [key[-16:] for key, has in sorted(told) if not want or has["end"] == want]


# --- moments


@pytest.mark.parametrize(
    "options", [{}, {"as_of": "2022-01-25"}, {"method": "minmax"}, {"method": "all"}, {"by": "origin"}]
)
def test_a_toll_is_that_of_the_verb(
    reader: TestClient, demo_box: Path, capsys: pytest.CaptureFixture[str], options: dict[str, str]
) -> None:
    incident = first(reader, "/incidents")["id"]
    said = reader.get(f"{ROOT}/incidents/{incident}/tolls", params=options).json()["tolls"]
    capsys.readouterr()
    asked = [part for k, v in options.items() for part in (f"--{k.replace('_', '-')}", v)]
    assert main(["toll", incident, "--box", str(demo_box), "--json", *asked]) == 0
    assert said == json.loads(capsys.readouterr().out)


def test_known_at_is_the_book_of_then(
    client: TestClient, opened: Desk, box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incident = first(client, "/incidents")["id"]
    last = max(e.recorded_at for e in opened.live.state.entries).isoformat()
    before = client.get(f"{ROOT}/incidents/{incident}/tolls").json()["tolls"]
    used = next(t for t in before if t["outcome"] == "killed" and t["group"] == "")["used"][0]["claim"]
    said = client.post(f"{ROOT}/judgements", json={"verb": "reject", "target": used, "reason": "a slip"})
    assert said.status_code == 200
    assert client.get(f"{ROOT}/incidents/{incident}/tolls").json()["tolls"] != before
    then = client.get(f"{ROOT}/incidents/{incident}/tolls", params={"known_at": last}).json()["tolls"]
    capsys.readouterr()
    assert main(["toll", incident, "--box", str(box), "--json", "--known-at", last]) == 0
    assert then == json.loads(capsys.readouterr().out) == before


# --- tags


PATHS = (
    "/incidents",
    "/claims?limit=3",
    "/tolls",
    "/reports",
    "/findings",
    "/methods",
    "/log?limit=5",
    "/claims.csv",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_tag_spares_the_answer_until_the_log_grows(client: TestClient, path: str) -> None:
    said = client.get(ROOT + path)
    tag = said.headers["etag"]
    again = client.get(ROOT + path, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = client.head(ROOT + path)
    assert (head.status_code, head.headers["etag"]) == (200, tag)
    claim = first(client, "/claims")["id"]
    client.post(f"{ROOT}/judgements", json={"verb": "accept", "target": claim}).raise_for_status()
    after = client.get(ROOT + path, headers={"if-none-match": tag})
    if after.status_code == 304:
        assert client.get(ROOT + path).content == said.content
    else:
        assert after.headers["etag"] != tag


def test_a_tag_is_of_one_question(reader: TestClient) -> None:
    asked = ["/claims", "/claims?limit=3", "/claims?limit=3&outcome=killed", "/tolls", "/tolls?method=minmax"]
    tags = {reader.get(ROOT + path).headers["etag"] for path in asked}
    assert len(tags) == len(asked)


# --- files


def test_a_sheet_runs_nothing_and_loses_nothing(client: TestClient) -> None:
    text = "Fourteen people were killed in Zenda on Monday, the Zenda Monitor said."
    sent = {"text": text, "title": "=1+1", "publisher": "@Zenda Post", "published": "2022-03-01"}
    assert client.post(f"{ROOT}/reports", json=sent).json()["claims"] == 1
    names, *rows = csv.reader(io.StringIO(client.get(f"{ROOT}/claims.csv").text, newline=""))
    assert all(cell[:1] == "'" for row in rows for cell in row if cell[:1] in LIVE and cell)
    mine = next(
        dict(zip(names, row, strict=True)) for row in rows if row[names.index("title")].endswith("=1+1")
    )
    assert (restored(mine["title"]), restored(mine["publisher"]), mine["best"]) == (
        "=1+1",
        "@Zenda Post",
        "14",
    )


# --- what a program may do


def test_a_judgement_a_conflict_and_back(client: TestClient) -> None:
    claim = first(client, "/claims")["id"]
    seen = client.get(f"{ROOT}/claims/{claim}").json()["seen"]
    assert seen == "-"
    done = client.post(f"{ROOT}/judgements", json={"verb": "accept", "target": claim, "seen": seen}).json()
    assert client.get(f"{ROOT}/claims/{claim}").json()["seen"] == done["seen"]
    other = {"verb": "reject", "target": claim, "seen": seen, "reason": "counted twice"}
    clash = client.post(f"{ROOT}/judgements", json=other)
    assert clash.status_code == 409
    assert clash.json()["newest"] == done["id"]
    again = client.post(f"{ROOT}/judgements", json={**other, "seen": clash.json()["seen"]})
    assert again.status_code == 200
    assert client.get(f"{ROOT}/claims/{claim}").json()["standing"] == "fallen"
    client.post(f"{ROOT}/undo", json={"judgement": again.json()["id"]}).raise_for_status()
    assert client.get(f"{ROOT}/claims/{claim}").json()["standing"] == "standing"


def test_a_report_twice_is_one(client: TestClient) -> None:
    sent = {
        "text": "Nine people were killed in Strelsau on Friday.",
        "published": "2022-03-05",
        "publisher": "Zenda Post",
    }
    one, two = (client.post(f"{ROOT}/reports", json=sent).json() for _ in range(2))
    assert (len(one["added"]), one["claims"], two["known"], two["claims"]) == (1, 1, 1, 0)
    report = one["added"][0]["id"]
    told = client.get(f"{ROOT}/reports/{report}/text").json()
    assert told["text"] == sent["text"]
    start, end = told["claims"][0]["span"]
    assert told["text"][start:end] == told["claims"][0]["quote"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/claims/0000000000000000", 404),
        ("/nothing", 404),
        ("/incidents/x", 404),
        ("/claims?limit=0", 422),
        ("/claims?offset=50", 422),
        ("/tolls?method=nobody", 400),
        ("/claims?known_at=yesterday", 400),
        ("/claims?as_of=yesterday", 422),
    ],
)
def test_a_refusal_says_what_and_what_to_do(reader: TestClient, path: str, status: int) -> None:
    said = reader.get(ROOT + path)
    assert said.status_code == status
    assert said.headers["content-type"].startswith("application/json")
    assert said.json()["error"]
    assert said.json()["remedy"]


def test_what_is_no_json_is_refused(client: TestClient) -> None:
    assert client.post(f"{ROOT}/judgements", data={"verb": "accept"}).status_code == 415
    assert (
        client.post(
            f"{ROOT}/judgements", content=b"{", headers={"content-type": "application/json"}
        ).status_code
        == 400
    )
    assert client.post(f"{ROOT}/judgements", json=[1]).status_code == 422
    assert client.post(f"{ROOT}/judgements", json={"verb": "accept", "target": "none"}).status_code == 400
    with pytest.raises(RefusalError):
        parsed(Judged, {"verb": "accept", "target": "\ud800"})


def test_a_confidential_voice_is_known_by_its_handle_alone(box: Path) -> None:
    card = box / "sources" / "clerk.toml"
    card.write_text('name = "Rudolf Orsova"\nkind = "witness"\nconfidential = true\n', encoding="utf-8")
    text = box.parent / "r1.txt"
    text.write_text(
        "published: 2022-03-01\npublisher: Zenda Post\n\nTwelve people were killed in Zenda, Rudolf Orsova said.\n",
        encoding="utf-8",
    )
    assert main(["add", str(text), "--box", str(box)]) == 0
    with pipeline.open_box(box) as there:
        made = desk(there, Options(by="Ada"))
        with TestClient(application(made), base_url="http://127.0.0.1") as asking:
            handle = next(
                r["name"] for r in asking.get(f"{ROOT}/sources?limit=500").json()["rows"] if r["confidential"]
            )
            incident = first(asking, "/claims", voice=handle)["incident"]
            assert asking.get(f"{ROOT}/sources/{handle}").status_code == 200
            guessed = [
                f"{ROOT}/sources/Rudolf Orsova",
                f"{ROOT}/incidents/{incident}/tolls?method=source:Rudolf Orsova",
            ]
            nobody = [
                f"{ROOT}/sources/Rupert Hentzau",
                f"{ROOT}/incidents/{incident}/tolls?method=source:Rupert Hentzau",
            ]
            for one, other in zip(guessed, nobody, strict=True):
                assert (asking.get(one).status_code, asking.get(one).content) == (
                    asking.get(other).status_code,
                    asking.get(other).content,
                )
            for spec in specs():
                if spec.way.method == "GET" and "{" not in spec.way.path:
                    assert "orsova" not in asking.get(spec.way.path).text.casefold(), spec.way.path
        made.close()


# --- the page of claims


def test_the_page_of_claims_shows_the_claims_of_the_list(reader: TestClient) -> None:
    page = reader.get("/claims")
    assert page.status_code == 200
    rows = reader.get(f"{ROOT}/claims").json()["rows"]
    at = -1
    for row in rows:
        found = page.text.index(f"/reports/{row['report']['id']}#c-{row['id']}")
        assert found > at
        at = found
    assert 'rel="next"' in page.text
    assert reader.get("/claims?outcome=nothing").status_code == 400
    assert "No claim fits" in reader.get("/claims?party=nobody").text


# --- the client of the documents


def test_the_client_of_the_documents_runs(opened: Desk, address: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    (client,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    key = opened.members.accounts.give(
        "client", opened.members.alone.name, frozenset({Right.READ, Right.WORK}), None, datetime.now(UTC)
    )
    ran = subprocess.run(
        [sys.executable, "-c", client], capture_output=True, text=True, timeout=60, check=False,
        env={"TOLLBOOK_DESK": address, "TOLLBOOK_KEY": key, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "killed, as of 2022-01-25:" in ran.stdout
    assert "accepted" in ran.stdout
    assert "decided meanwhile, nothing written: Somebody decided on this" in ran.stdout
