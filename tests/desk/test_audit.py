"""The audit: all that was written and every restricted field that was read is in it, and no secret is."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from staff import HANDLE, PASSWORD, SECRET_NAME, SECRET_NOTE, Staff, staffed
from tollbook import pipeline
from tollbook.desk.app import application, desk
from tollbook.desk.audit import Audit
from tollbook.desk.options import Options
from tollbook.people import Access

OPERATIONS = 10_000


@pytest.fixture
def staff(box: Path) -> Iterator[Staff]:
    with pipeline.open_box(box) as there:
        opened = desk(there, Options(accounts=True))
        with TestClient(application(opened), base_url="http://127.0.0.1", follow_redirects=False) as client:
            yield staffed(opened, client)
        opened.close()


def every(audit: Audit) -> list[Access]:
    return [a for part in audit.parts() for a in part]


def test_each_write_and_each_restricted_read_has_its_entry(staff: Staff) -> None:
    chance = random.Random(5)
    book = staff.desk.live.state.book
    claims = list(book.claims)
    seats = {who: staff.as_(who) for who in ("analyst", "keeper")}
    start = staff.desk.audit.head()[0]
    for at in range(200):
        if chance.random() < 0.5:
            data = {"verb": "comment", "target": chance.choice(claims), "reason": f"seen {at}"}
            got = staff.client.post("/acts", headers=seats["analyst"], data=data)
            assert got.status_code == 303
        else:
            data = {"reason": f"asked for by the court, number {at}"}
            got = staff.client.post(f"/sources/{HANDLE}/identity", headers=seats["keeper"], data=data)
            assert got.status_code == 200
        position, _ = staff.desk.audit.head()
        assert position == start + at + 1, "an answer left before its entry was on the disk"
    assert staff.desk.audit.faults() == []


def test_ten_thousand_at_once_and_none_unlogged(staff: Staff) -> None:
    chance, now = random.Random(6), datetime.now(UTC)
    start = staff.desk.audit.head()[0]
    asked = [(f"act {chance.randrange(9)}", f"{chance.getrandbits(64):016x}") for _ in range(OPERATIONS)]
    written = [staff.desk.audit.note(act, now, member="Ada", target=target) for act, target in asked]
    for done in written:
        done.result(60)
    found = [(a.act, a.target) for a in every(staff.desk.audit)[start:]]
    assert found == asked
    assert staff.desk.audit.faults() == []


def test_an_audit_that_cannot_be_written_shows_nothing(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    seat = staff.as_("keeper")

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(staff.desk.audit._log, "append", full)
    shown = staff.client.post(
        f"/sources/{HANDLE}/identity", headers=seat, data={"reason": "asked by a court"}
    )
    assert shown.status_code == 500
    assert SECRET_NAME not in shown.text
    before = staff.desk.live.box.log.head()
    act = {"verb": "comment", "target": next(iter(staff.desk.live.state.book.claims)), "reason": "x"}
    assert staff.client.post("/acts", headers=staff.as_("analyst"), data=act).status_code == 500
    assert staff.desk.live.box.log.head() == before


def test_no_secret_is_on_the_disk(staff: Staff, box: Path) -> None:
    members, seat = staff.desk.members, staff.as_("keeper")
    secrets = [PASSWORD, SECRET_NOTE, seat["cookie"].partition("=")[2], seat["x-csrf"], *staff.keys.values()]
    made = staff.client.post("/admin/people", headers=seat, data={"target": "Sapt", "role": "reader"}).text
    secrets += re.findall(r"[a-z0-9]{5}(?:-[a-z0-9]{5}){3}", made)
    new = "oyster windmill cello nineteen"
    staff.client.post("/me/password", headers=seat, data={"password": PASSWORD, "new": new})
    staff.client.post("/me/password", headers=seat, data={"password": "wrong guess 4711", "new": new})
    # Names of confidential sources where people type them: as a target, in an address, as a reason, as their own name.
    staff.client.post("/acts", headers=seat, data={"verb": "comment", "target": SECRET_NAME})
    staff.client.post("/admin/people/role", headers=seat, data={"target": SECRET_NAME, "role": "reader"})
    staff.client.get(f"/sources/{SECRET_NAME}/identity", headers=seat)
    reason = {"reason": f"whether {SECRET_NAME} is safe"}
    staff.client.post(f"/sources/{HANDLE}/identity", headers=seat, data=reason)
    page = staff.client.get("/sign-in")
    csrf = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert csrf
    for name in (SECRET_NAME, "my password by mistake"):
        data = {"csrf": csrf[1], "name": name, "password": "wrong guess 4711"}
        staff.client.post("/sign-in", data=data)
    secrets += [new, "wrong guess 4711", "my password by mistake", SECRET_NAME, "Zavirukha"]
    assert len(secrets) > 12
    assert members.accounts.member("Sapt")
    members.accounts.refresh()
    raw = b"".join(path.read_bytes() for path in sorted((box / "desk").iterdir()))
    assert len(raw) > 10_000
    for secret in secrets:
        assert secret.encode() not in raw, secret


def test_the_keeper_reads_it_by_person_and_page(staff: Staff) -> None:
    seat = staff.as_("keeper")
    staff.client.get("/me", headers=staff.as_("analyst"))
    for _ in range(120):
        staff.desk.audit.note(
            "read", datetime.now(UTC), member="Rupert", way="incident", target="=1+1"
        ).result()
    page = staff.client.get("/admin/audit?member=analyst", headers=seat).text
    assert page.count("<td>me</td>") == 1
    first = staff.client.get("/admin/audit?member=Rupert", headers=seat).text
    assert first.count("<td>incident</td>") == 100
    further = re.search(r'href="(/admin/audit\?[^"]*before=[^"]*)"', first)
    assert further
    second = staff.client.get(further[1].replace("&amp;", "&"), headers=seat).text
    assert second.count("<td>incident</td>") == 20
    assert "Every link closes." in staff.client.get("/admin/audit?check=yes", headers=seat).text
    sheet = staff.client.get("/admin/audit.csv?member=Rupert", headers=seat)
    assert sheet.text.count("\r\n") == 121
    assert '"\'=1+1"' in sheet.text
    assert staff.client.get("/admin/audit.txt?member=Rupert", headers=seat).text.count("access") == 120


# Notes accesses and says each that is on the disk, until it is killed.
WRITER = """
import sys
from datetime import UTC, datetime
from tollbook import pipeline
from tollbook.desk.audit import Audit
with pipeline.open_box(sys.argv[1]) as box:
    audit = Audit(pipeline.side_log(box, "audit"))
    for at in range(1_000_000):
        audit.note("read", datetime.now(UTC), member="Ada", target=f"{sys.argv[2]}-{at}", fields=("identity",)).result()
        sys.stdout.write(f"{sys.argv[2]}-{at}\\n")
        sys.stdout.flush()
"""


@pytest.mark.parametrize(
    "kills", [3, pytest.param(40, marks=pytest.mark.slow)], ids=lambda kills: f"{kills} kills"
)
def test_what_was_shown_before_a_kill_is_on_record(box: Path, kills: int) -> None:
    chance = random.Random(kills)
    shown: list[str] = []
    for run in range(kills):
        command = [sys.executable, "-c", WRITER, str(box), str(run)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            # Killed at some moment of the work, told by the work itself: after so many were said to be on the disk.
            shown += [process.stdout.readline().strip() for _ in range(chance.randrange(1, 200))]
            process.send_signal(signal.SIGKILL)
            shown += process.stdout.read().split("\n")[:-1]
    with pipeline.open_box(box) as there:
        audit = Audit(pipeline.side_log(there, "audit"))
        found = [a.target for a in every(audit) if a.member == "Ada" and "-" in a.target]
        assert audit.faults() == []
        audit.close()
    assert set(shown) <= set(found)
    assert len(found) - len(shown) <= kills, "more than the one that a kill cut off"
    assert len(found) == len(set(found))
