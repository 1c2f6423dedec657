"""The ledger script: a book fed day by day gives back what two offices reported, and finds what they left out."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tollbook import toll
from tollbook.checks import check
from tollbook.codes import Outcome
from tollbook.values import ALL

ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("ledger", ROOT / "scripts" / "ledger.py")
assert spec is not None
assert spec.loader is not None
ledger = importlib.util.module_from_spec(spec)
sys.modules["ledger"] = ledger
spec.loader.exec_module(ledger)

FIRST = date(2031, 3, 1)


def made(days: int = 20) -> list[dict[str, Any]]:
    """Rows in the form of the data set: twelve die and thirty are wounded each day; nothing of it is real."""
    return [
        {
            "report_date": (FIRST + timedelta(days=n)).isoformat(), "report_source": "mohtel", "report_period": 24,
            "killed": 12, "killed_cum": 2000 + 12 * n, "injured": 30, "injured_cum": 9000 + 30 * n,
            "killed_children_cum": 500 + n,
        }
        for n in range(days)
    ]  # fmt: skip


def found(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    fed = ledger.feed(ledger.GAZA, ledger.gaza(rows))
    assert fed.unlike == []
    return [(f.code, f.what) for f in check(fed.book, ("strict",))]


def test_a_series_without_a_fault_has_no_finding_and_is_given_back() -> None:
    fed = ledger.feed(ledger.GAZA, ledger.gaza(made()))
    assert fed.equal == {(ledger.MINISTRY, Outcome.KILLED): 20, (ledger.MINISTRY, Outcome.WOUNDED): 20}
    assert check(fed.book, ("basic", "strict")) == ()


@pytest.mark.parametrize("at", [6, 9, 14])
@pytest.mark.parametrize("field", ["killed_cum", "killed"])
def test_two_digits_exchanged_are_found_in_a_total_and_in_a_daily_count(at: int, field: str) -> None:
    rows = made()
    for n, row in enumerate(rows):
        row["killed"], row["killed_cum"] = 120 + n, 3000 + 120 * n + n * (n + 1) // 2
    right = str(rows[at][field])
    slip = right[0] + right[2] + right[1] + right[3:]
    assert slip != right
    rows[at][field] = int(slip)
    slips = [what for code, what in found(rows) if code == "digit-slip"]
    assert len(slips) == 1
    assert f"{int(right):,} would fit, with two digits exchanged" in slips[0]


def test_days_without_a_report_and_a_share_that_falls_are_found() -> None:
    rows = made()
    rows[9] |= {"report_source": "missing"}
    rows[14]["killed_children_cum"] = 507
    assert [code for code, _ in found(rows)] == ["share-fell", "gap-in-series"]


@cache
def real(name: str) -> Any:  # noqa: ANN401  (rows of the data set)
    """A file of the data set, fed day by day."""
    path = ledger.folder() / name
    if not path.is_file():
        pytest.skip(f"no daily reports in {ledger.folder()}")
    rows = json.loads(path.read_text(encoding="utf-8"))
    gaza = name.startswith("casualties")
    fed = ledger.feed(ledger.GAZA if gaza else ledger.BANK, (ledger.gaza if gaza else ledger.west_bank)(rows))
    return rows, fed, check(fed.book, ("basic", "strict"))


@pytest.mark.slow
def test_every_reported_total_of_both_offices_is_given_back_on_its_day() -> None:
    rows, fed, _ = real("casualties_daily.json")
    told = Counter(
        (ledger.OFFICES[r["report_source"]], outcome)
        for r in rows
        for outcome, name in ((Outcome.KILLED, "killed_cum"), (Outcome.WOUNDED, "injured_cum"))
        if r["report_source"] in ledger.OFFICES and name in r
    )
    assert fed.equal == told
    assert fed.unlike == []
    assert fed.outside == []
    for voice in ledger.OFFICES.values():
        said = [
            r["killed_cum"]
            for r in rows
            if ledger.OFFICES.get(r["report_source"]) == voice and "killed_cum" in r
        ]
        seen = [
            t.figure.best
            for _, t in toll.history(fed.book, fed.incident, Outcome.KILLED, ALL, f"source:{voice}")
        ]
        assert sorted(set(said)) == sorted({n for n in seen if n})


@pytest.mark.slow
def test_what_a_committee_accepted_is_late_and_nothing_of_it_new() -> None:
    rows, fed, _ = real("casualties_daily.json")
    moves = [
        p for c in toll.changes(fed.book, fed.incident, Outcome.KILLED) if c.group == ALL for p in c.pieces
    ]
    for name, kind in (
        ("killed_committee", "late report"),
        ("killed_recovered", "bodies recovered"),
        ("killed_succumbed", "died of wounds"),
    ):
        told = Counter(r[name] for r in rows if r.get(name) and r["report_source"] in ledger.OFFICES)
        typed = Counter(p.number for p in moves if p.kind == kind)
        assert told - typed == Counter(), name


@pytest.mark.slow
def test_every_gap_fall_and_slip_is_found_and_nothing_else_is_called_one() -> None:
    rows, _, findings = real("casualties_daily.json")
    missing = {r["report_date"] for r in rows if r["report_source"] == "missing"}
    silent = {d for f in findings if f.subject.endswith(":nobody") for d in days(f.what)}
    # On two days more the ministry reported and gave no total.
    assert silent == missing | {"2023-12-20", "2023-12-21"}
    whats = {
        code: [f.what for f in findings if f.code == code]
        for code in ("digit-slip", "share-fell", "total-fell")
    }
    assert [re.findall(r": ([\d,]+) would fit", w)[0] for w in whats["digit-slip"]] == ["185", "348"]
    assert ["967" in w for w in whats["share-fell"]] == [True]
    assert ["101" in w for w in whats["total-fell"]] == [True]


def days(text: str) -> set[str]:
    """The days of a finding, spans written out."""
    said = text.partition(" nobody")[0]
    found = set(re.findall(r"\d{4}-\d\d-\d\d", said))
    for first, last in re.findall(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", said):
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            found.add(day.isoformat())
            day += timedelta(days=1)
    return found


@pytest.mark.slow
def test_the_west_bank_falls_once_and_both_voices_are_given_back() -> None:
    _, fed, findings = real("west_bank_daily.json")
    assert fed.unlike == []
    assert fed.outside == []
    assert [("1,903" in f.what, "1,902" in f.what) for f in findings if f.code.endswith("-fell")] == [
        (True, True)
    ]
    assert not any(f.code == "digit-slip" for f in findings)
