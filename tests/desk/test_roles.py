"""Who may what: every route of the table, asked by everybody there is, about things in every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from staff import HANDLE, KEYS, NOBODIES, ROLES, SECRET_NAME, SECRET_NOTE, Staff, staffed
from tollbook import pipeline
from tollbook.desk import app
from tollbook.desk.app import application, desk
from tollbook.desk.options import Options
from tollbook.desk.ways import Way
from tollbook.people import Right, Role

ASKERS = (*NOBODIES, *ROLES, *KEYS, "key of a keeper")
# Routes for everybody: how one comes in. Another needs its reason here.
OPEN = {"sign_in_page", "sign_in", "start_page", "start"}
# And what is published, and of the API that it runs and how it is asked: nothing of the book.
OPEN |= {"public_list", "public", "public_file", "api health", "api openapi"}
# It answers without an end to whoever may read; the browser tests ask it.
ENDLESS = {"live"}
# What needs more than the right: the kind of judgement, the password once more.
MORE = {"act", "identity"}
SECRETS = (SECRET_NAME, "Zavirukha", SECRET_NOTE, "Завірюха")


@pytest.fixture
def staff(box: Path) -> Iterator[Staff]:
    with pipeline.open_box(box) as there:
        opened = desk(there, Options(accounts=True))
        with TestClient(application(opened), base_url="http://127.0.0.1", follow_redirects=False) as client:
            yield staffed(opened, client)
        opened.close()


def states(staff: Staff) -> list[str]:
    """Names of things: an incident, a report, claims as they stand, a confidential voice, and what is not there."""
    book = staff.desk.live.state.book
    some = [
        next(iter(kind), "")
        for kind in (book.incidents, book.reports, book.claims, book.waiting, book.fallen)
    ]
    return [*filter(None, some), HANDLE, "0" * 16, "..x", "%00"]


def addresses(way: Way, things: list[str]) -> list[str]:
    hole = re.compile(r"\{[^}]+\}")
    return [hole.sub(thing, way.path) for thing in (things if "{" in way.path else things[:1])]


def refusal(staff: Staff, way: Way, who: str) -> tuple[int, str] | None:
    """What that asker must get of that route; None where it must not be refused."""
    rights = staff.rights(who)
    if who == "key of a keeper":
        rights = frozenset({Right.READ})
    if way.right is None:
        return None
    if not rights:
        return (401, "") if way.method != "GET" or way.api else (303, "/sign-in?next=")
    if way.personal and who.startswith("key"):
        return 403, ""
    return None if way.right in rights else (403, "")


def test_every_pair_of_route_and_asker_has_the_outcome_of_the_table(staff: Staff) -> None:
    things, pairs, asked = states(staff), set(), 0
    for way in app.ways():
        for who in ASKERS:
            wanted = refusal(staff, way, who)
            if wanted is None and way.name in ENDLESS:
                pairs.add((way.name, who))
                continue
            for address in addresses(way, things):
                before = staff.desk.live.box.log.head()
                got = staff.client.request(way.method, address, headers=staff.as_(who))
                staff.client.cookies.clear()
                where = f"{way.method} {address} by {who}: {got.status_code}"
                asked += 1
                if wanted is None:
                    assert (
                        got.status_code not in ({401} if way.name in MORE else {401, 403})
                        or way.right is None
                    ), where
                    assert got.status_code < 500, where
                    assert way.right is None or not got.headers.get("location", "").startswith("/sign-in?"), (
                        where
                    )
                else:
                    assert got.status_code == wanted[0], where
                    assert got.headers.get("location", "").startswith(wanted[1]), where
                    assert staff.desk.live.box.log.head() == before, where
                for secret in SECRETS:
                    assert secret.encode() not in got.content, where
            pairs.add((way.name, who))
    assert len(pairs) == len(app.ways()) * len(ASKERS), "two routes of one name, or a pair that was not asked"
    assert asked >= len(pairs) - len(ENDLESS) * len(ASKERS)


def test_no_route_stands_beside_the_table(staff: Staff) -> None:
    table = {(w.path, w.method) for w in app.ways()}
    assert len(table) == len(app.ways())
    for route in application(staff.desk).routes:
        if isinstance(route, Mount):
            assert route.path == "/static"
            continue
        assert isinstance(route, Route)
        assert route.endpoint.__qualname__ == "endpoint.<locals>.behind", "it does not go through the gate"
        assert {(route.path, method) for method in route.methods or () if method != "HEAD"} <= table
    assert {w.name for w in app.ways() if w.right is None} <= OPEN


def test_a_form_without_its_secret_writes_nothing_anywhere(staff: Staff) -> None:
    acts = [w for w in app.ways() if w.method != "GET"]
    assert acts
    for way in acts:
        right = way.right or Right.READ
        who = next(role for role in ROLES if right in staff.rights(role))
        address = addresses(way, [HANDLE])[0]
        ours = staff.as_(who)
        for wrong in (
            {"x-csrf": ""}, {"x-csrf": "guessed"}, {"x-csrf": staff.as_(who)["x-csrf"]},
            {"origin": "https://elsewhere.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ):  # fmt: skip
            before, people = staff.desk.live.box.log.head(), staff.desk.members.accounts.members
            got = staff.client.request(way.method, address, headers=ours | wrong)
            assert got.status_code == 403, f"{way.path} with {wrong}"
            assert staff.desk.live.box.log.head() == before
            assert staff.desk.members.accounts.members == people


def test_a_role_holds_from_the_next_request(staff: Staff) -> None:
    members, seat = staff.desk.members, staff.as_("analyst")
    assert staff.client.post("/acts", headers=seat).status_code == 400
    now = datetime.now(UTC)
    members.accounts.change("analyst", now, "test", role=Role.READER)
    assert staff.client.post("/acts", headers=seat).status_code == 403
    members.accounts.change("analyst", now, "test", active=False)
    assert staff.client.get("/", headers=seat).status_code == 303


def test_a_key_and_a_session_are_never_mixed_up(staff: Staff) -> None:
    both = staff.as_("keeper") | staff.as_("key of read")
    assert staff.client.get("/", headers=both).status_code == 400
    assert staff.client.get("/admin", headers=both).status_code == 400


def test_who_a_source_is_is_shown_to_the_keeper_with_a_reason(staff: Staff) -> None:
    address = f"/sources/{HANDLE}/identity"
    seat = staff.as_("keeper")
    assert SECRET_NAME not in staff.client.get(address, headers=seat).text
    short = staff.client.post(address, headers=seat, data={"reason": "so"})
    assert short.status_code == 400
    assert SECRET_NAME not in short.text
    shown = staff.client.post(
        address, headers=seat, data={"reason": f"asked by the court about {SECRET_NAME}"}
    )
    assert shown.status_code == 200
    assert SECRET_NAME in shown.text
    assert SECRET_NOTE in shown.text
    last = staff.desk.audit.last(1)[0][0]
    assert (last.member, last.act, last.fields, last.target) == ("keeper", "read", ("identity",), HANDLE)
    assert last.reason == f"asked by the court about {HANDLE}"
    assert staff.client.post("/sources/source-00000000/identity", headers=seat).status_code == 404
