"""The demo: its reports say what the sources said, and the book that is built of them tells the story."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tollbook import checks, figures, pipeline, toll
from tollbook.cli import given, main, screen
from tollbook.cli.demo import _activation as activation
from tollbook.codes import Outcome, Phase, Scope
from tollbook.log import Log
from tollbook.nouns import Publication, Source
from tollbook.values import Book

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "src" / "tollbook" / "demo" / "reports"
GOLD = ROOT / "tests" / "demo_gold"
NAMES = sorted(p.stem for p in REPORTS.glob("*.txt"))


def header(name: str) -> dict[str, str]:
    head = (REPORTS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")[0]
    return {key: value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}


def body(name: str) -> str:
    return (REPORTS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")[2]


def gold(name: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["claims"]
    return claims


# --- the reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_where_its_facts_stand_and_that_its_words_are_ours(name: str) -> None:
    head = header(name)
    assert head.keys() >= {"id", "title", "published", "publisher", "lang", "note"}
    assert head["id"] == name
    assert head["published"][5:].replace("-", "") == name[:4]
    assert "our own words" in head["note"] or "invented" in head["note"]
    assert ("address" in head) == ("at this address" in head["note"])


def test_only_the_event_that_stays_apart_is_invented() -> None:
    assert [n for n in NAMES if "invented" in header(n)["note"]] == ["0125-examplewire"]


@pytest.mark.parametrize("name", NAMES)
def test_gold_stands_in_its_report(name: str) -> None:
    text = body(name)
    for claim in gold(name):
        assert text.count(claim["quote"]) == 1, claim["quote"]
        assert claim["as_written"] in claim["quote"]
        assert claim["part_of"] is None or gold(name)[claim["part_of"]]["outcome"] == claim["outcome"]


def test_a_report_of_the_demo_is_of_a_news_item_s_length() -> None:
    lengths = {n: len(body(n).split()) for n in NAMES}
    assert all(80 <= words <= 220 for name, words in lengths.items() if name != "0131-urdupoint"), lengths


# --- the book --------------------------------------------------------------------------------------------

OBSERVATORY, SDF, IS = "Syrian Observatory for Human Rights", "Syrian Democratic Forces", "Islamic State"


@dataclass(frozen=True)
class Demo:
    """What the demo made: its folder, its book, the main incident, and what it printed."""

    folder: Path
    book: Book
    main: str
    printed: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "demo-book"
    done = subprocess.run(
        [sys.executable, "-m", "tollbook", "demo", "--box", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    with pipeline.open_box(folder) as box:
        book = pipeline.book(box)
    return Demo(folder, book, given.largest(book, None), done.stdout)


def figure(
    demo: Demo, group: str, day: str | None = None, outcome: Outcome = Outcome.KILLED, method: str = "strict"
) -> str:
    as_of = date.fromisoformat(f"2022-01-{day}") if day else None
    return figures.show(toll.compute(demo.book, demo.main, outcome, group, method, as_of).figure)


def test_all_reports_are_in_and_the_invented_event_stays_apart(demo: Demo) -> None:
    assert sorted(r.document for r in demo.book.reports.values()) == NAMES
    assert not demo.book.unread
    told = {
        demo.book.reports[s.report].document
        for s in (*demo.book.of(demo.main), *demo.book.course_of(demo.main))
    }
    assert told == set(NAMES) - {"0125-examplewire"}
    (apart,) = [i for i in demo.book.incidents if i != demo.main]
    assert {demo.book.reports[c.report].document for c in demo.book.of(apart)} == {"0125-examplewire"}
    assert toll.compute(demo.book, apart, Outcome.KILLED, "civilians").figure == figures.exactly(4)


def test_every_claim_of_the_book_stands_in_a_kept_text(demo: Demo) -> None:
    with pipeline.open_box(demo.folder) as box:
        for claim in (*demo.book.claims.values(), *demo.book.courses.values()):
            text = box.text(demo.book.reports[claim.report])
            assert text[claim.span.start : claim.span.end] == claim.quote


@pytest.mark.parametrize(
    ("day", "everybody", "jihadists", "fighters", "civilians"),
    [
        ("21", "25", "6", "..18", "1"),
        ("22", "89", "56", "28", "5"),
        ("23", "136", "84", "45", "7"),
        ("26", "181", "124", "50", "7"),
        ("29", "332", "246", "79", "7"),
        ("30", "373", "268", "98", "7"),
        ("31", "373", "268", "98", "7"),
    ],
)
def test_the_observatory_s_count_day_by_day(
    demo: Demo, day: str, everybody: str, jihadists: str, fighters: str, civilians: str
) -> None:
    said = [figure(demo, group, day, method=f"source:{OBSERVATORY}") for group in ("", IS, SDF, "civilians")]
    assert said == [everybody, jihadists, fighters, civilians]


def test_the_toll_is_a_range_where_the_sides_disagree(demo: Demo) -> None:
    assert figure(demo, "") == "373..495"
    assert figure(demo, IS) == "268..374"
    assert figure(demo, SDF) == "98..121"
    assert figure(demo, "civilians") == "4..7"
    found = {
        (d.outcome, d.group): {s.origin: s.figure.best for s in d.sides}
        for d in toll.disagreements(demo.book, demo.main)
    }
    assert found == {
        (Outcome.KILLED, ""): {OBSERVATORY: 373, SDF: 495},
        (Outcome.KILLED, IS): {OBSERVATORY: 268, SDF: 374},
        (Outcome.KILLED, SDF): {OBSERVATORY: 98, SDF: 121},
        (Outcome.KILLED, "civilians"): {OBSERVATORY: 7, SDF: 4},
    }


def test_the_findings_name_the_two_sums_that_do_not_come_out(demo: Demo) -> None:
    found = checks.check(demo.book, checks.TIERS)
    sums = {
        (
            figures.show(demo.book.claims[f.claims[0]].figure),
            sum(demo.book.claims[i].figure.best or 0 for i in f.claims[1:]),
        )
        for f in found
        if f.code == "parts-do-not-sum"
    }
    assert sums == {("123", 137), ("322", 332)}
    assert {f.code for f in found if f.tier == "basic"} == {"parts-do-not-sum"}
    assert {f.code for f in found if f.tier == "strict"} == {"sources-disagree", "course-disputed"}


def test_the_moves_have_their_causes(demo: Demo) -> None:
    moves = {
        (figures.show(c.before), figures.show(c.after)): c
        for c in toll.changes(demo.book, demo.main, Outcome.KILLED)
        if c.group == "" and c.origin == OBSERVATORY
    }
    last = moves["332", "373"]
    assert last.kind == "bodies recovered"
    assert "bodies" in last.why
    assert last.day == date(2022, 1, 30)
    assert [after for _, after in moves] == [
        "9",
        "..25",
        "25",
        "78..",
        "89",
        "123",
        "136",
        "181",
        "332",
        "373",
    ]


def test_what_befell_the_living(demo: Demo) -> None:
    assert figure(demo, IS, outcome=Outcome.SURRENDERED) == "1001.."
    assert figure(demo, IS, outcome=Outcome.ESCAPED) == "24..99"
    # "Some 45,000" and "more than 45,000", both by the United Nations on one day: either may be its last word.
    assert figure(demo, "", outcome=Outcome.DISPLACED) in {"45000", "45001.."}
    assert figure(demo, IS, outcome=Outcome.BODIES_FOUND) == "22"
    caught = {Outcome.DETAINED, Outcome.CAPTURED, Outcome.RECAPTURED}
    assert {(c.outcome, c.figure.best) for c in demo.book.of(demo.main) if c.outcome in caught} == {
        (Outcome.RECAPTURED, 136),
        (Outcome.DETAINED, 26),
    }
    surrendered = {
        (demo.book.origin_of[c.id], c.figure.low)
        for c in demo.book.of(demo.main)
        if c.outcome is Outcome.SURRENDERED
    }
    assert surrendered == {(OBSERVATORY, 20), (SDF, 300), (SDF, 1001)}


def test_the_war_s_dead_are_not_the_incident_s(demo: Demo) -> None:
    war = [c for c in demo.book.claims.values() if c.figure.best == 500_000]
    assert [c.scope for c in war] == [Scope.WAR]
    assert (toll.compute(demo.book, demo.main, Outcome.KILLED, method="minmax").figure.high or 0) < 2000


def test_the_timeline_has_its_voices(demo: Demo) -> None:
    said = {
        (c.phase, demo.book.origin_of[c.id], c.date_to or c.date_from) for c in demo.book.course_of(demo.main)
    }
    assert (Phase.ENDED, SDF, date(2022, 1, 30)) in said
    assert (Phase.CONTINUES, OBSERVATORY, date(2022, 1, 30)) in said
    assert (Phase.CONTROL_CHANGED, SDF, date(2022, 1, 26)) in said
    assert any(phase is Phase.BEGAN and day == date(2022, 1, 20) for phase, _, day in said)


def test_the_bulletin_links_its_numbers(demo: Demo) -> None:
    page = next(demo.folder.rglob("bulletin.html")).read_text(encoding="utf-8")
    text = next(demo.folder.rglob("bulletin.md")).read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links
    assert links <= anchors
    assert page.count("<svg") >= 2
    assert all(number in page and number in text for number in ("373", "268", "374", "121"))


def test_what_is_printed_is_what_the_book_says(demo: Demo) -> None:
    lines = [" ".join(line.split()) for line in demo.printed.splitlines()]
    for group in ("", IS, SDF, "civilians"):
        at = toll.compute(demo.book, demo.main, Outcome.KILLED, group).figure
        assert any(f"{group or 'all'} {at.low} – {at.high}" in line for line in lines), group
    assert any("332 → 373 SOHR bodies recovered" in line for line in lines)
    assert "come to 137" in demo.printed
    assert "come to 332" in demo.printed
    assert "77 prison guards + 40 SDF troops + 4 civilians" in demo.printed
    assert (
        max(len(line) for line in demo.printed.splitlines() if str(demo.folder) not in line) <= screen.PIPED
    )
    assert "tollbook init" in demo.printed


# --- the folder ------------------------------------------------------------------------------------------


def test_the_demo_leaves_other_folders_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert main(["demo", "--box", str(tmp_path)]) == 2
    assert "is no demo book" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_the_demo_made_again_is_the_same_and_keeps_a_person_s_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "again")

    def ids() -> set[str]:
        with Log.open(Path(folder) / "log.db") as log:
            return {e.id for e in log.entries() if not isinstance(e, Publication | Source)}

    assert main(["demo", "--box", folder]) == 0
    first = ids()
    assert main(["demo", "--box", folder]) == 0
    assert ids() == first
    claim = next(i for i in first if i in pipeline_book(folder).claims)
    assert main(["reject", claim, "--reason", "a try", "--box", folder]) == 0
    assert main(["demo", "--box", folder]) == 0
    assert "work of your own" in capsys.readouterr().out
    assert claim in pipeline_book(folder).fallen


def pipeline_book(folder: str) -> Book:
    with pipeline.open_box(folder) as box:
        return pipeline.book(box)


def test_the_way_on_begins_with_what_makes_the_command_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / ".venv" / "bin" / "activate"
    script.parent.mkdir(parents=True)
    script.touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    monkeypatch.setenv("PATH", "")
    assert activation() == [". .venv/bin/activate"]
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert activation() == []


def test_who_got_away_and_who_was_caught_again(demo: Demo) -> None:
    held = {a.origin: a for a in toll.balance(demo.book, demo.main).lines}
    batches = {t.kind.name: [figures.show(p.figure) for p in t.postings] for t in held[SDF].terms}
    # The 300 of the last day stand beside the thousand of four days before: none or all of them are others.
    assert batches["surrendered"] == ["1001..", "0..300"]
    (watch,) = toll.balance(demo.book, demo.main, "at large").lines
    # 136 were caught before anybody had told of any who got away, so those are in the opening.
    assert (watch.origin, watch.untold, figures.show(watch.closing), watch.broken) == (
        OBSERVATORY,
        136,
        "24..",
        (),
    )
