"""The entrance: signing in and out, the first start, what is refused and how cheaply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pyotp
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from staff import PASSWORD, Staff, quick, staffed
from tollbook import pipeline
from tollbook.cli import main
from tollbook.desk.accounts import VALID, Accounts, named, tidy
from tollbook.desk.app import application, desk
from tollbook.desk.doors import LARGEST
from tollbook.desk.faults import RefusalError
from tollbook.desk.gate import SMALL
from tollbook.desk.hashing import THREADS, WAITING
from tollbook.desk.limits import Buckets, neighbourhood
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.desk.pages.entrance import WRONG, weak
from tollbook.people import Role

HERE = "http://127.0.0.1"


@pytest.fixture
def bare(box: Path) -> Iterator[Desk]:
    with pipeline.open_box(box) as there:
        made = desk(there, Options(accounts=True))
        made.members.hashing = quick()
        yield made
        made.close()


@pytest.fixture
def stranger(bare: Desk) -> Iterator[TestClient]:
    with TestClient(application(bare), base_url=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def staff(bare: Desk, stranger: TestClient) -> Staff:
    return staffed(bare, stranger)


def form(client: TestClient, page: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'name="(csrf|next)" value="([^"]*)"', client.get(page).text)
    return dict(found)


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> Response:
    return client.post(
        "/sign-in", data=form(client, "/sign-in") | {"name": name, "password": password} | more
    )


def test_the_first_start_makes_a_keeper_once(bare: Desk, stranger: TestClient) -> None:
    code = bare.members.first_code()
    data = form(stranger, "/start") | {"name": "Flavia", "password": PASSWORD}
    assert stranger.post("/start", data=data | {"code": "aaaaa-aaaaa-aaaaa-aaaaa"}).status_code == 400
    assert bare.members.hashing.done == 0, "a wrong code costs no hash"
    short = stranger.post("/start", data=data | {"code": code, "password": "short"})
    assert "at least 12 characters" in short.text
    # Typed as people type: in capitals, with blanks.
    got = stranger.post("/start", data=data | {"code": code.upper().replace("-", " ")})
    assert (got.status_code, got.headers["location"]) == (303, "/me/codes")
    assert stranger.get("/admin").status_code == 200
    assert [(m.name, m.role) for m in bare.members.accounts.members] == [("Flavia", Role.KEEPER)]
    assert bare.members.first_code() == ""
    stranger.cookies.clear()
    again = form(stranger, "/start") | {"name": "Rupert", "password": PASSWORD, "code": code}
    assert stranger.post("/start", data=again).status_code == 400


def test_an_invitation_works_once_for_its_name_for_a_week(staff: Staff) -> None:
    seat, accounts = staff.as_("keeper"), staff.desk.members.accounts
    page = staff.client.post("/admin/people", headers=seat, data={"target": "Sapt", "role": "analyst"}).text
    code = re.search(r"<code>([a-z0-9]{5}(?:-[a-z0-9]{5}){3})</code>", page)
    assert code
    assert code[1] not in staff.client.get("/admin", headers=seat).text
    staff.client.cookies.clear()
    data = form(staff.client, "/start") | {"password": PASSWORD, "code": code[1]}
    assert staff.client.post("/start", data=data | {"name": "Rupert"}).status_code == 400
    assert accounts.invited(code[1], datetime.now(UTC) + VALID + timedelta(minutes=1)) is None
    assert staff.client.post("/start", data=data | {"name": "sapt"}).status_code == 303
    staff.client.cookies.clear()
    data = form(staff.client, "/start") | {"password": PASSWORD, "code": code[1], "name": "Sapt"}
    assert staff.client.post("/start", data=data).status_code == 400


def test_signing_in_gives_a_new_key_and_ends_the_old_session(staff: Staff) -> None:
    planted = staff.as_("reader")["cookie"].partition("=")[2]
    staff.client.cookies.set("tollbook", planted)
    assert staff.client.get("/").status_code == 200
    staff.client.cookies.clear()
    # A key that another put there is not taken over: neither one that never was nor one of a live session.
    for key in ("chosen-by-another", planted):
        data = form(staff.client, "/sign-in")
        door = staff.client.cookies["tollbook-door"]
        got = staff.client.post(
            "/sign-in", data=data | {"name": "analyst", "password": PASSWORD},
            headers={"cookie": f"tollbook-door={door}; tollbook={key}"},
        )  # fmt: skip
        if key == planted:
            assert got.status_code == 403, "who is signed in sends that person's secret, or nothing"
            continue
        assert got.status_code == 303
        assert key not in got.headers["set-cookie"]
        staff.client.cookies.clear()


def test_cookies_are_for_this_desk_alone(box: Path) -> None:
    with pipeline.open_box(box) as there:
        opened = desk(there, Options(accounts=True, secure=True))
        with TestClient(application(opened), base_url="https://127.0.0.1", follow_redirects=False) as client:
            staffed(opened, client)
            got = sign_in(client, "reader")
        opened.close()
    cookies = [c for c in got.headers.get_list("set-cookie") if "tollbook=" in c]
    assert len(cookies) == 1
    assert cookies[0].startswith("__Host-tollbook=")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} <= set(cookies[0].split("; "))
    assert "Domain" not in cookies[0]
    assert "strict-transport-security" in got.headers


@pytest.mark.parametrize(
    ("name", "password"),
    [("reader", "not the password"), ("nobody of that name", PASSWORD), ("dismissed", PASSWORD), ("invited", PASSWORD)],
)  # fmt: skip
def test_every_failure_costs_one_hash_and_says_the_same(staff: Staff, name: str, password: str) -> None:
    staff.desk.members.accounts.invite("invited", Role.READER, datetime.now(UTC), "test")
    before = staff.desk.members.hashing.done
    got = sign_in(staff.client, name, password)
    assert staff.desk.members.hashing.done == before + 1
    assert got.status_code == 403
    assert WRONG in got.text
    reference = sign_in(staff.client, "another nobody", PASSWORD)
    assert got.text.replace(name, "NAME") == reference.text.replace("another nobody", "NAME")


def test_a_one_time_code_is_needed_and_works_once(staff: Staff) -> None:
    accounts, secret = staff.desk.members.accounts, pyotp.random_base32()
    accounts.change("reader", datetime.now(UTC), "test", secret=secret)
    assert sign_in(staff.client, "reader").status_code == 403
    code = pyotp.TOTP(secret).now()
    assert sign_in(staff.client, "reader", code=code).status_code == 303
    staff.client.cookies.clear()
    assert sign_in(staff.client, "reader", code=code).status_code == 403
    # Nor after a restart, which knows only what the audit says.
    staff.desk.members._used.clear()
    staff.desk.members.came(staff.desk.audit.last(100)[0])
    assert sign_in(staff.client, "reader", code=code).status_code == 403


def test_a_flood_takes_no_hash_and_pages_answer(staff: Staff) -> None:
    seat, hashing = staff.as_("reader"), staff.desk.members.hashing
    data = form(staff.client, "/sign-in")
    door = {"cookie": f"tollbook-door={staff.client.cookies['tollbook-door']}"}
    staff.client.cookies.clear()
    before, refused = hashing.done, 0
    for at in range(200):
        guess = data | {"name": f"guess {at}", "password": "a wrong password"}
        refused += staff.client.post("/sign-in", data=guess, headers=door).status_code == 429
        assert at % 20 or staff.client.get("/me", headers=seat).status_code == 200
    assert hashing.done - before <= 30, "twenty tries, and one every three seconds that the test ran"
    assert refused == 200 - (hashing.done - before)
    records = [a for a in staff.desk.audit.last(1_000)[0] if a.way == "sign_in"]
    assert len(records) == hashing.done - before, "what was refused unheard fills no disk"


def test_the_pool_is_bounded(staff: Staff) -> None:
    hashing, go = staff.desk.members.hashing, Event()
    waiting = [hashing._ask(go.wait) for _ in range(THREADS + WAITING)]
    with pytest.raises(RefusalError, match="Too many people"):
        hashing.right("", "one too many")
    go.set()
    assert all(future.result() for future in waiting)
    assert not hashing.right("", "there is room again").result()


def test_who_gave_the_right_password_is_not_counted_against_their_neighbours(staff: Staff) -> None:
    for _ in range(30):
        assert sign_in(staff.client, "reader").status_code == 303
        staff.client.cookies.clear()


def test_buckets_refill_and_forget_the_oldest() -> None:
    buckets = Buckets(2, 10, keys=3)
    assert [buckets.take("a", 0), buckets.take("a", 0), buckets.take("a", 0)] == [0, 0, 10]
    assert buckets.take("a", 4) == 6
    assert buckets.take("a", 10) == 0
    for key in "bcdefgh":
        buckets.take(key, 10)
    assert len(buckets) == 3
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2:ffff::1")
    assert neighbourhood("::ffff:192.0.2.1") == "192.0.2.1"


def test_out_is_out_and_the_browser_forgets(staff: Staff) -> None:
    seat, other = staff.as_("analyst"), staff.as_("analyst")
    got = staff.client.post("/sign-out", headers=seat)
    assert '"cookies"' in got.headers["clear-site-data"]
    assert staff.client.get("/me", headers=seat).status_code == 303
    assert staff.client.get("/me", headers=other).status_code == 200
    assert staff.client.post("/me/sessions/end", headers=other).status_code == 303
    assert staff.client.get("/me", headers=other).status_code == 303


def test_another_password_ends_the_other_sessions_and_leaves_no_old_hash(staff: Staff, box: Path) -> None:
    seat, other = staff.as_("analyst"), staff.as_("analyst")
    new = "oyster windmill cello nineteen"
    wrong = staff.client.post("/me/password", headers=seat, data={"password": "no", "new": new})
    assert wrong.status_code == 403
    was = staff.desk.members.accounts.member("analyst")
    assert was
    done = staff.client.post("/me/password", headers=seat, data={"password": PASSWORD, "new": new})
    assert done.status_code == 200
    assert staff.client.get("/me", headers=seat).status_code == 200
    assert staff.client.get("/me", headers=other).status_code == 303
    assert was.nonce.encode() not in b"".join(p.read_bytes() for p in (box / "desk").iterdir())


def test_what_weighs_more_needs_the_password_again(staff: Staff) -> None:
    seat = staff.as_("keeper")
    session = staff.desk.members.sessions.live(datetime.now(UTC))[0]
    session.confirmed -= timedelta(minutes=6)
    asked = {"target": "Sapt", "role": "reader"}
    assert staff.client.post("/admin/people", headers=seat, data=asked).status_code == 403
    assert (
        staff.client.post("/admin/people", headers=seat, data=asked | {"password": "no"}).status_code == 403
    )
    assert staff.desk.members.accounts.member("Sapt") is None
    assert (
        staff.client.post("/admin/people", headers=seat, data=asked | {"password": PASSWORD}).status_code
        == 200
    )
    assert (
        staff.client.post("/admin/people", headers=seat, data=asked | {"target": "Fritz"}).status_code == 200
    )


def test_a_keeper_always_remains(staff: Staff) -> None:
    seat = staff.as_("keeper")
    for path, more in (("role", {"role": "reader"}), ("active", {"active": "no"}), ("reset", {})):
        got = staff.client.post(f"/admin/people/{path}", headers=seat, data={"target": "keeper"} | more)
        assert got.status_code == 409
        assert "only keeper" in got.text
    accounts, now = staff.desk.members.accounts, datetime.now(UTC)
    accounts.change("reviewer", now, "test", role=Role.KEEPER)
    data = {"target": "keeper", "role": "reader"}
    assert staff.client.post("/admin/people/role", headers=seat, data=data).status_code == 303
    assert accounts.keepers() == 1


def test_a_keeper_who_is_locked_out_invites_themselves(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", str(box), "--invite", "Flavia"]) == 0
    code = re.search(r"[a-z0-9]{5}(-[a-z0-9]{5}){3}", capsys.readouterr().out)
    assert code
    with pipeline.open_box(box) as there:
        accounts = Accounts(pipeline.side_log(there, "people"))
        member = accounts.invited(code[0], datetime.now(UTC))
        assert member
        assert (member.name, member.role) == ("Flavia", Role.KEEPER)
        accounts.close()
    assert main(["desk", str(box), "--invite", "source card"]) == 2


def test_a_key_is_shown_once_and_carries_at_most_what_its_owner_may(staff: Staff) -> None:
    seat = staff.as_("analyst")
    refused = staff.client.post("/me/keys", headers=seat, data={"name": "x", "scope": ["read", "review"]})
    assert refused.status_code == 400
    made = staff.client.post("/me/keys", headers=seat, data={"name": "export", "scope": ["read"]})
    key = re.search(r"toll_[\w-]{43}", made.text)
    assert key
    assert key[0] not in staff.client.get("/me", headers=seat).text
    bearer = {"authorization": f"Bearer {key[0]}"}
    assert staff.client.get("/", headers=bearer).status_code == 200
    staff.desk.members.accounts.change("analyst", datetime.now(UTC), "test", active=False)
    assert staff.client.get("/", headers=bearer).status_code == 303


@pytest.mark.parametrize(
    "onward", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "x"]
)
def test_signing_in_leads_nowhere_else(staff: Staff, onward: str) -> None:
    got = sign_in(staff.client, "reader", next=onward)
    assert (got.status_code, got.headers["location"]) == (303, "/")


def test_what_is_sent_before_one_is_known_is_small(staff: Staff) -> None:
    data = form(staff.client, "/sign-in")
    much = data | {"name": "reader", "password": "x" * SMALL}
    assert staff.client.post("/sign-in", data=much).status_code == 413
    seat = staff.as_("analyst")
    assert staff.client.post("/acts", headers=seat | {"content-length": str(LARGEST + 1)}).status_code == 413


@pytest.mark.parametrize("name", ["", "x" * 61, "a/b", "<b>", "a\u202eb", "source card", "Desk"])
def test_no_name_for_a_person(name: str) -> None:
    with pytest.raises(RefusalError):
        named(name)


def test_long_is_what_counts() -> None:
    assert weak("eleven char", "Ada")
    assert weak("aaaaaaaaaaaaaaaa", "Ada")
    assert weak("Flavia of Strelsau", "Flavia of Strelsau")
    assert weak(PASSWORD, "Ada") == ""
    assert tidy(" ABCDE fghij-klmno  pqrst") == "abcde-fghij-klmno-pqrst"
