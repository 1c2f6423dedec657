"""The demo's facts as a ledger: the toll follows the Observatory and the SDF report by report."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tollbook import toll
from tollbook.book import realise
from tollbook.checks import check
from tollbook.codes import Mode, Outcome, Scope, Status, VictimsClass
from tollbook.figures import Figure, show
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Source, Span
from tollbook.values import ALL, Book

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "src" / "tollbook" / "demo"
GOLD = ROOT / "tests" / "demo_gold"
PRISON = Incident(name="Attack on Ghwayran prison", said_on=date(2022, 1, 20), date_from=date(2022, 1, 20))
APART = "0125-examplewire"

KILLED = Outcome.KILLED
SOHR, SDF = "Syrian Observatory for Human Rights", "Syrian Democratic Forces"
IS, ARMY = "Islamic State", "Syrian Democratic Forces"


def cards() -> Iterator[Source]:
    for path in sorted((DEMO / "sources").glob("*.toml")):
        card: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        yield Source(name=card["name"], aliases=tuple(card.get("aliases", ())), party=card.get("party"))


def told(name: str) -> Iterator[Entry]:
    """A report with the claims that its gold gives."""
    head, _, body = (DEMO / "reports" / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    day = date.fromisoformat(fields["published"])
    report = Report(
        said_on=day, original="0" * 64, text="1" * 64, publisher=fields["publisher"], title=fields["title"]
    )
    yield report
    gold: list[dict[str, Any]] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    claims = [claim(report, body, g) for g in gold]
    for c, g in zip(claims, gold, strict=True):
        whole, old = g["part_of"], g["supersedes"]
        c = replace(  # noqa: PLW2901  (the same claim with its references)
            c,
            part_of=None if whole is None else claims[whole].id,
            supersedes=None if old is None else claims[old].id,
        )
        yield c
        yield Link(claim=c.id, incident=PRISON.id)


def claim(report: Report, body: str, gold: dict[str, Any]) -> Claim:
    start, low, high = body.index(gold["quote"]), gold["low"], gold["high"]
    first, last = (gold[k] and date.fromisoformat(gold[k]) for k in ("date_from", "date_to"))
    return Claim(
        said_on=report.said_on, report=report.id, quote=gold["quote"], span=Span(start, start + len(gold["quote"])),
        speaker=gold["speaker"], outcome=Outcome(gold["outcome"]), party=gold.get("party"),
        figure=Figure(low, low if low == high else None, high, gold["as_written"]),
        victims_class=VictimsClass(gold["victims_class"]), scope=Scope(gold["scope"]),
        mode=Mode(gold.get("mode", "total")), status=Status(gold["status"]), date_from=first,
        date_to=last,
    )  # fmt: skip


def names() -> list[str]:
    return sorted(p.stem for p in GOLD.glob("*.json") if p.stem != APART)


@cache
def book(upto: str = "9999") -> Book:
    return realise([PRISON, *cards(), *(e for n in names() if n <= upto for e in told(n))])


def figure(group: str = ALL, method: str = "strict", day: str | None = None) -> str:
    as_of = date(2022, 1, int(day)) if day else None
    return show(toll.compute(book(), PRISON.id, KILLED, group, method, as_of).figure)


# The Observatory's total after each day, and its parts where it gave them: Islamic State, SDF, civilians.
BY_DAY = [
    ("21", "25", "6", "..18", "1"),
    ("22", "89", "56", "28", "5"),
    ("23", "136", "84", "45", "7"),
    ("26", "181", "124", "50", "7"),
    ("29", "332", "246", "79", "7"),
    ("30", "373", "268", "98", "7"),
    ("31", "373", "268", "98", "7"),
]


@pytest.mark.parametrize(("day", "whole", "rebels", "army", "civilians"), BY_DAY)
def test_the_observatory_day_by_day(day: str, whole: str, rebels: str, army: str, civilians: str) -> None:
    mine = [figure(g, f"source:{SOHR}", day) for g in (ALL, IS, ARMY, toll.CIVILIANS)]
    assert mine == [whole, rebels, army, civilians]


def test_every_figure_of_the_observatory_was_once_its_toll() -> None:
    moves = [c for c in toll.changes(book(), PRISON.id, KILLED) if c.group == ALL and c.origin == SOHR]
    exact = [c.after.low for c in moves if c.after.exact or c.after.high is None]
    assert exact == [9, 25, 78, 89, 123, 136, 181, 332, 373]


def test_the_move_of_the_thirtieth_is_bodies_recovered() -> None:
    moves = {
        c.after.low: c for c in toll.changes(book(), PRISON.id, KILLED) if c.group == ALL and c.origin == SOHR
    }
    assert moves[373].kind == "bodies recovered"
    assert moves[332].kind == "new deaths"


def test_the_sdf_counts_121_on_its_side_and_374_on_the_other() -> None:
    mine = [figure(g, f"source:{SDF}") for g in (ALL, IS, ARMY, toll.CIVILIANS)]
    assert mine == ["495", "374", "121", "4"]


def test_the_strict_toll_holds_both_and_has_no_best() -> None:
    assert [figure(g) for g in (ALL, IS, ARMY, toll.CIVILIANS)] == ["373..495", "268..374", "98..121", "4..7"]
    for day, whole, *_ in BY_DAY:
        found = toll.compute(book(), PRISON.id, KILLED, as_of=date(2022, 1, int(day))).figure
        assert found.floor <= int(whole)
        assert found.high is None or int(whole) <= found.high


def test_the_war_is_set_aside() -> None:
    aside = {u.rule: u.claim for u in toll.compute(book(), PRISON.id, KILLED).aside}
    assert book().claims[aside["war-total"]].figure.low == 500_000


def test_what_befell_people_beside_death() -> None:
    found = {t.outcome: show(t.figure) for t in toll.table(book(), PRISON.id) if t.group == ALL}
    assert found[Outcome.SURRENDERED] == "1001.."
    assert found[Outcome.ESCAPED] == "24..99"
    assert found[Outcome.DISPLACED] == "45000"
    assert found[Outcome.DETAINED] == "136.."


def test_the_findings_are_those_of_the_reports_and_no_other() -> None:
    """The 123 that is printed after the 136 had been said before it: late, and no fall. The 322 is a misprint of 332."""
    figures = [(f.code, [show(book().claims[i].figure) for i in f.claims]) for f in check(book(), ("basic",))]
    assert sorted(figures) == [
        ("parts-do-not-sum", ["123", "85", "45", "7"]),
        ("parts-do-not-sum", ["322", "246", "79", "7"]),
    ]
    (dispute,) = (f for f in check(book(), ("strict",)) if f.code == "sources-disagree")
    for words in (
        "373 against Syrian Democratic Forces 495",
        "268 against Syrian Democratic Forces 374",
        "98 against",
        "4 against",
    ):
        assert words in dispute.what


def test_a_report_adds_to_the_book_and_takes_nothing_back() -> None:
    before: dict[str, str] = {}
    for name in names():
        held = {u.claim for t in toll.table(book(name), PRISON.id) for u in (*t.used, *t.aside)}
        assert before.keys() <= held
        before = dict.fromkeys(held, name)
