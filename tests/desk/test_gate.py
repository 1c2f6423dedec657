"""The gate: names it answers to, forms from elsewhere, the one answer for what is not there."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tollbook.desk.acts import here


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
