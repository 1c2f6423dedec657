"""The gate: names it answers to, forms from elsewhere, the one answer for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import Response, StreamingResponse
from starlette.testclient import TestClient

from tollbook import pipeline
from tollbook.desk.acts import here
from tollbook.desk.app import application, desk
from tollbook.desk.ask import Ask
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.desk.ways import Way


def test_it_answers_to_its_own_name_only(client: TestClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "desk.example"}).status_code == 421


def test_a_form_from_elsewhere_writes_nothing(client: TestClient) -> None:
    target = {"verb": "comment", "target": "0" * 16, "reason": "x"}
    assert client.post("/acts", data=target, headers={"x-csrf": "guessed"}).status_code == 403
    assert client.post("/acts", data=target, headers={"origin": "http://desk.example"}).status_code == 403
    assert client.post("/acts", data=target, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/acts", data=target).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "//elsewhere.example",
        "https://elsewhere.example",
        "/\\elsewhere",
        "javascript:1",
        "elsewhere",
        "/a\nb",
    ],
)
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert here(address) == ""


def test_every_answer_has_the_policy(client: TestClient) -> None:
    for path in ("/", "/nothing-here", "/static/none"):
        said = client.get(path).headers
        assert "default-src 'none'" in said["content-security-policy"]
        assert said["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "host",
    [
        "user@127.0.0.1", "127.0.0.1:80:80", "127.0.0.1.", "127.0.0.1:x", "127.0.0.1/", "127.0.0.1#", "desk.example:127.0.0.1",
        "", " 127.0.0.1", "[::1", "localhost.desk.example", "127.1", "0x7f000001",
    ],
)  # fmt: skip
def test_a_host_is_a_name_and_a_port(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["LOCALHOST", "127.0.0.1:8600", "[::1]:8600"])
def test_its_own_names_in_any_form(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_no_page_of_another_site_shows_it(client: TestClient) -> None:
    parts = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/", headers=parts | {"sec-fetch-dest": "iframe"}).status_code == 403
    assert (
        client.get(
            "/static/none", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
        ).status_code
        == 403
    )
    assert client.get("/", headers=parts | {"sec-fetch-dest": "document"}).status_code == 200
    assert client.get("/").headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_methods_that_it_does_not_know(client: TestClient, method: str) -> None:
    got = client.request(method, "/")
    assert got.status_code == 405
    assert "default-src 'none'" in got.headers["content-security-policy"]


def test_head_is_asked_as_get_is(client: TestClient) -> None:
    got = client.head("/")
    assert (got.status_code, got.content) == (200, b"")


def test_what_is_not_there_and_what_may_not_be_known_answer_alike(client: TestClient) -> None:
    here, gone = (
        client.get("/sources/source-1f9a3c07/identity"),
        client.get("/sources/source-00000000/identity"),
    )
    none = client.get("/sources/source-00000000/identities")
    assert here.status_code == 404
    assert here.content == gone.content == none.content
    assert here.headers == gone.headers == none.headers


def test_a_fault_tells_nothing_of_the_book(
    opened: Desk, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_: Ask) -> Response:
        raise KeyError("Oksana of Zenda")

    def breaks(_: Ask) -> Response:
        def parts() -> Iterator[bytes]:
            yield b"a part"
            raise KeyError("Oksana of Zenda")

        return StreamingResponse(parts())

    table = [
        Way(name=name, method="GET", path=f"/{name}", right=None, handler=handler)
        for name, handler in (("fails", fails), ("breaks", breaks))
    ]
    with TestClient(application(opened, table), base_url="http://127.0.0.1") as asking:
        got = asking.get("/fails")
        asking.get("/breaks")
    assert got.status_code == 500
    assert "default-src 'none'" in got.headers["content-security-policy"]
    assert "Oksana" not in got.text
    said = caplog.text + capsys.readouterr().err
    assert "KeyError" in said
    assert "Oksana" not in said


def test_a_body_without_a_length_is_bounded_too(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(40):
            yield b"reason=" + b"x" * 1_000_000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/acts", content=parts(), headers=kind).status_code == 413
    assert (
        client.post(
            "/acts", content=b"\xff\xfe--", headers={"content-type": "multipart/form-data"}
        ).status_code
        == 400
    )


def test_a_link_from_elsewhere_arrives_signed_in(box: Path) -> None:
    with pipeline.open_box(box) as there:
        opened = desk(there, Options(accounts=True))
        with TestClient(application(opened), base_url="http://127.0.0.1", follow_redirects=False) as asking:
            # A browser keeps a strict cookie back on such a link; the page asks for itself again, and then it is sent.
            link = {
                "sec-fetch-site": "cross-site",
                "sec-fetch-mode": "navigate",
                "sec-fetch-dest": "document",
            }
            assert 'http-equiv="refresh"' in asking.get("/incidents?x=1", headers=link).text
            assert asking.get("/", headers={"sec-fetch-site": "same-origin"}).status_code == 303
        opened.close()
