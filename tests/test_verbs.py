"""The verbs on a box, from init to export: what they print, what they write, their exit codes."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tollbook import notation, pipeline
from tollbook.cli import command, given, main, screen
from tollbook.log import Log

FIRST = """\
title: Shells strike bridge in Zenda
published: 2024-03-06
publisher: Strelsau Post

At least 12 Ruritanian soldiers, including seven officers, were killed on Tuesday when shells struck a bridge in \
Zenda, Ruritania, the Zenda Monitor said.
"""
SECOND = """\
title: More dead in Zenda
published: 2024-03-07
publisher: Hofbau Herald

The Zenda Monitor said on Thursday that 17 Ruritanian soldiers were killed in the attack on a bridge in Zenda.

The Strelsau Red Cross said that 21 Ruritanian soldiers were killed in the attack on the bridge in Zenda.
"""
BROKEN = """\
title: Zenda counts
published: 2024-03-08
publisher: Strelsau Post

The Zenda Monitor said that 19 people were killed in the attack on a bridge in Zenda, Ruritania on Tuesday, including \
nine soldiers and seven civilians and six rebels.
"""
MOMENTS = [datetime(2024, 3, 10, hour, tzinfo=UTC) for hour in range(24)]


class Desk:
    """A box with the command beside it; every command runs an hour after the one before."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.box, self.capsys = folder, folder / "box", capsys
        self.runs = 0
        patch.setattr(given, "now", lambda: MOMENTS[self.runs])
        patch.delenv("TOLLBOOK_BOX", raising=False)
        patch.chdir(folder)

    def __call__(self, line: str, *more: str, code: int = 0) -> str:
        """What the command prints; its exit code is as said, and an error is one line."""
        words = [*line.split(), *more]
        self.runs += 1
        found = main([*words, *([] if words[0] in {"init", "read", "demo"} else ["--box", str(self.box)])])
        out, self.err = self.capsys.readouterr()
        assert found == code, f"{words}: {out}{self.err}"
        return out

    def data(self, line: str, *more: str, code: int = 0) -> Any:  # noqa: ANN401  (JSON is anything)
        return json.loads(self(line, *more, "--json", code=code))

    def write(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def killed(self, *more: str) -> dict[str, int | None]:
        """The toll of everybody killed in the largest incident."""
        found = [t for t in self.data("toll", *more) if t["outcome"] == "killed" and t["group"] == ""]
        return {name: found[0][name] for name in ("low", "best", "high")} if found else {}

    def head(self) -> tuple[int, str]:
        with Log.open(self.box / "log.db") as log:
            return log.head()


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    found = Desk(tmp_path, capsys, monkeypatch)
    found("init", str(found.box))
    found("add", found.write("one.txt", FIRST), found.write("two.txt", SECOND))
    return found


def test_a_box_is_made_once(desk: Desk) -> None:
    before = desk.head()
    desk("init", str(desk.box), code=2)
    assert "is a box already" in desk.err
    assert desk.head() == before
    desk("init --dry-run", str(desk.folder / "other"))
    assert not (desk.folder / "other").exists()


def test_the_same_report_twice_changes_nothing(desk: Desk) -> None:
    before = desk.head()
    assert "0 new reports, 0 claims" in desk("add", str(desk.folder / "one.txt"))
    assert "1 report known already" in desk("add", str(desk.folder / "one.txt"))
    assert desk.head() == before


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = desk.head()
    three = desk.write("three.txt", BROKEN)
    assert desk("add --dry-run", three).startswith("Would add: 1 new report")
    claim = desk.data("print claim")[0]["id"]
    desk("reject --dry-run", claim, "--reason", "misread")
    desk("publish --dry-run")
    assert desk.head() == before
    assert not (desk.box / "published").exists()


def test_toll_in_every_order_says_the_same(desk: Desk) -> None:
    assert desk.killed() == {"low": 17, "best": None, "high": 21}
    for by in ("party", "outcome"):
        assert desk.killed("--by", by) == desk.killed()
    voices = desk.data("toll --by origin")
    own = {t["origins"][0]: t["best"] for t in voices if t["outcome"] == "killed" and t["group"] == ""}
    assert own == {"Zenda Monitor": 17, "Strelsau Red Cross": 21}
    table = desk("toll")
    assert re.search(r"killed +all +17 +– +21 +", table)
    assert "Strelsau Red Cross" in table


def test_toll_as_of_a_day_and_as_known_at_a_moment(desk: Desk) -> None:
    assert desk.killed("--as-of", "2024-03-06") == {"low": 12, "best": None, "high": None}
    learned = MOMENTS[2].isoformat()
    desk("add", desk.write("three.txt", BROKEN))
    assert desk.killed("--known-at", learned) == {"low": 17, "best": None, "high": 21}
    assert desk.killed() != desk.killed("--known-at", learned)


def test_explain_gives_a_sentence_for_every_claim(desk: Desk) -> None:
    found = desk.data("explain")
    texts = FIRST + SECOND
    assert found["used"]
    for use in (*found["used"], *found["aside"]):
        assert found["sentences"][use["claim"]]["quote"] in texts
        assert use["rule"]
        assert use["why"]
    printed = desk("explain")
    assert all(use["claim"] in printed for use in (*found["used"], *found["aside"]))


def test_a_correction_moves_the_toll_and_an_undo_moves_it_back(desk: Desk) -> None:
    before = desk.killed()
    claim = next(c["id"] for c in desk.data("print claim") if c["figure"]["best"] == 21)
    done = desk("correct", claim[:8], "figure=18", "--reason", "misprint", "--by", "anna")
    assert desk.killed() == {"low": 17, "best": None, "high": 18}
    assert "correct figure=18 by anna" in desk("explain", claim)
    again = desk("correct", claim, "figure=18", "--reason", "misprint", "--by", "anna")
    assert "nothing changed" in desk.err
    assert again.split()[0] == done.split()[0]
    desk("undo", done.split()[0][:10], "--reason", "it was right")
    assert desk.killed() == before


def test_what_is_rejected_falls_and_accepting_raises_it(desk: Desk) -> None:
    claim = next(c["id"] for c in desk.data("print claim") if c["figure"]["best"] == 21)
    desk("reject", claim, "--reason", "another bridge")
    assert desk.killed() == {"low": 17, "best": 17, "high": 17}
    assert "Does not count any more: another bridge" in desk("explain", claim)
    desk("accept", claim, "--reason", "the same bridge after all")
    assert desk.killed() == {"low": 17, "best": None, "high": 21}


def test_a_withdrawn_report_takes_its_claims_along(desk: Desk) -> None:
    report = next(r["id"] for r in desk.data("print report") if r["publisher"] == "Hofbau Herald")
    desk("withdraw", report, "--reason", "forged")
    assert desk.killed() == {"low": 12, "best": None, "high": None}


def test_claims_split_off_go_to_a_new_incident_and_merge_back(desk: Desk) -> None:
    before = desk.killed()
    (whole,) = desk.data("incidents")
    claim = next(c["id"] for c in desk.data("print claim") if c["figure"]["best"] == 21)
    desk("split", whole["id"], claim, "--reason", "another bridge")
    apart = [i for i in desk.data("incidents") if i["id"] != whole["id"]]
    assert [i["toll"]["killed"]["best"] for i in apart] == [21]
    assert desk.killed() == {"low": 17, "best": 17, "high": 17}
    desk("merge", apart[0]["id"], whole["id"], "--reason", "the same after all")
    assert [i["id"] for i in desk.data("incidents")] == [whole["id"]]
    assert desk.killed() == before


def test_check_tells_by_its_exit_code_and_acknowledging_closes_a_finding(desk: Desk) -> None:
    assert desk.data("check") == []
    assert "sources-disagree" in desk("check --tier strict")
    desk("add", desk.write("three.txt", BROKEN))
    found = desk.data("check", code=1)
    assert {f["tier"] for f in found} == {"basic"}
    assert "parts-do-not-sum" in desk("check", code=1) or "parts-exceed-whole" in desk("check", code=1)
    for f in found:
        code, _, subject = f["key"].partition(":")
        desk("acknowledge", f"{code}:{subject[:9]}", "--reason", "asked the paper")
    assert desk.data("check") == []
    assert {f["explained"] for f in desk.data("check --all")} == {"asked the paper"}
    assert f"{len(found)} explained" in desk("check")
    assert "parts-do-not-sum" in desk("check --kinds")


def test_diff_types_what_moved(desk: Desk) -> None:
    moved = desk.data("diff 2024-03-06 2024-03-07 --of voices")
    assert {(c["origin"], c["kind"]) for c in moved if c["group"] == ""} == {
        ("Zenda Monitor", "new deaths"),
        ("Strelsau Red Cross", "new origin"),
    }
    desk("diff 2024-03-07 2024-03-06", code=2)
    before = MOMENTS[desk.runs].isoformat()
    claim = next(c["id"] for c in desk.data("print claim") if c["figure"]["best"] == 21)
    desk("reject", claim, "--reason", "another bridge")
    after = MOMENTS[desk.runs].isoformat()
    known = desk.data("diff --known", before, after)
    assert {(c["group"], c["before"]["high"], c["after"]["high"]) for c in known} == {
        ("", 21, 17),
        ("Ruritanian army", 21, 17),
    }
    assert {c["kind"] for c in known} == {"our error"}
    assert "Nothing moved." in desk("diff --known", after, after)


def test_print_is_notation_that_parses_back(desk: Desk) -> None:
    with Log.open(desk.box / "log.db") as log:
        ids = [e.id for e in log.entries()]
    lines = desk("print").splitlines()
    assert [notation.parse(line).id for line in lines] == ids
    assert [line.split()[0] for line in desk("print --ids").splitlines()] == ids
    assert len(desk("print --upto 3").splitlines()) == 3
    assert all(" report " in line for line in desk("print report").splitlines())


def test_a_confidential_name_stays_in_the_box(desk: Desk) -> None:
    (desk.box / "sources" / "monitor.toml").write_text(
        'name = "Zenda Monitor"\naliases = ["ZM"]\nkind = "monitor"\nconfidential = true\n', encoding="utf-8"
    )
    desk("add", desk.write("three.txt", BROKEN))
    for line in ("toll", "toll --by origin", "toll --json", "explain --json", "sources", "sources --json", "print source",
                 "export --of tolls", "export --format json --of tolls", "diff 2024-03-01 2024-03-09"):  # fmt: skip
        assert "Zenda Monitor" not in desk(line), line
    assert not any('speaker="Zenda Monitor"' in line for line in desk("print claim").splitlines())
    assert "--reveal" in desk.err
    assert "Zenda Monitor" in desk("print --reveal source")
    (handle,) = [s["name"] for s in desk.data("sources") if s["confidential"]]
    assert handle in desk("toll")


def test_verify_tells_a_log_that_was_touched(desk: Desk) -> None:
    assert "as it was written" in desk("verify")
    assert desk.data("verify")["faults"] == []
    with sqlite3.connect(desk.box / "log.db") as db:
        # Somebody with a database tool: the triggers that refuse are dropped first.
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        db.execute("update content set line = cast(replace(cast(line as text), '21', '12') as blob)")
    db.close()
    desk("verify", code=1)
    assert "tollbook:" in desk.err


def test_publish_writes_a_bulletin_and_puts_it_on_record(desk: Desk) -> None:
    paths = [Path(line) for line in desk("publish").split()]
    assert sorted(p.name for p in paths if p.stat().st_size) == ["bulletin.html", "bulletin.md"]
    assert paths[0].is_relative_to(desk.box / "published")
    (record,) = desk.data("print publication")
    assert record["format"] == "bulletin"
    elsewhere = desk.folder / "out"
    assert desk("publish --format csv --format json --to", str(elsewhere))
    assert {p.suffix for p in elsewhere.iterdir()} == {".csv", ".jsonl"}


def test_export_has_every_claim(desk: Desk) -> None:
    desk(
        "add",
        desk.write(
            "other.txt",
            FIRST.replace("Zenda", "Hofbau").replace("12", "30").replace("2024-03-06", "2023-09-06"),
        ),
    )
    claims = {c["id"] for c in desk.data("print claim")}
    rows = list(csv.DictReader(desk("export").splitlines()))
    assert {row["id"] for row in rows} == claims
    lines = [json.loads(line) for line in desk("export --format json").splitlines()]
    assert {row["id"] for row in lines} == claims
    assert list(csv.DictReader(desk("export --of tolls").splitlines()))
    desk("export --of findings", code=2)
    assert "it has claims, tolls" in desk.err


def test_incidents_as_data_name_their_documents(desk: Desk) -> None:
    (found,) = desk.data("incidents")
    assert found["documents"] == found["main_of"] == ["one", "two"]
    assert found["toll"]["killed"] == {"low": 17, "best": None, "high": 21}
    assert found["id"] in desk("incidents")


def test_what_cannot_be_read_is_kept_and_named_and_the_rest_goes_in(desk: Desk) -> None:
    desk("add", desk.write("empty.txt", ""), desk.write("three.txt", BROKEN), code=2)
    assert re.search(r"^tollbook: empty: .*empty", desk.err, re.MULTILINE)
    assert len(desk.data("print report")) == 3
    (unread,) = desk.data("sources --quarantine")
    assert unread["document"] == "empty"
    assert unread["reason"] in " ".join(desk("sources --quarantine").split())
    desk("read", desk.write("noise.txt", bytes(range(256)) * 40), code=2)
    assert desk.err.count("\n") == 1


def test_read_prints_spans_that_stand_in_the_text(desk: Desk) -> None:
    (line,) = desk("read --format jsonl", str(desk.folder / "two.txt")).splitlines()
    found = json.loads(line)
    body = SECOND.partition("\n\n")[2]
    assert found["document"] == "two"
    assert [c["low"] for c in found["claims"]] == [17, 21]
    for claim in (*found["claims"], *found["events"]):
        start, end = claim["span"]
        assert body[start:end] == claim["quote"]
    marked = desk("read --format annotated", str(desk.folder / "two.txt"))
    assert "⟦1: " in marked
    assert "Strelsau Red Cross" in desk("read", str(desk.folder / "two.txt"))


@pytest.mark.parametrize(
    "line",
    [
        "frob", "toll --nope", "add", "toll nowhere", "toll --as-of soon", "toll --known-at soon", "toll --method dice",
        "toll --method source:Nobody", "explain --outcome dead", "explain --group martians", "check --tier all",
        "reject zzz --reason x", "correct zzz figure=3 --reason x", "acknowledge nothing --reason x", "undo zzz --reason x",
        "add /no/such/file", "print --upto -1", "print claims", "merge nowhere elsewhere --reason x", "publish --format papyrus", "read /no/such/file",
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_and_exit_two(desk: Desk, line: str) -> None:
    before = desk.head()
    assert desk(line, code=2) == ""
    assert re.fullmatch(r"tollbook: .+\n", desk.err)
    assert desk.head() == before


def test_no_box_is_one_line(desk: Desk) -> None:
    assert main(["toll"]) == 2
    assert "no box in" in desk.capsys.readouterr().err
    assert main(["toll", "--box", str(desk.folder)]) == 2
    assert "is not a box" in desk.capsys.readouterr().err


def test_a_box_is_found_from_inside_it_and_by_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.box / "sources")
    assert main(["incidents"]) == 0
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("TOLLBOOK_BOX", str(desk.box))
    assert main(["incidents"]) == 0


def test_an_interrupt_is_one_line_and_the_book_as_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.head()

    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "ingest", pressed)
    desk("add", desk.write("three.txt", BROKEN), code=2)
    assert re.fullmatch(r"tollbook: interrupted.*\n", desk.err)
    assert desk.head() == before


def test_a_fault_of_the_program_is_one_line_without_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object, **__: object) -> None:
        raise RuntimeError("Anna Smith said")

    monkeypatch.setattr(pipeline, "verify", break_)
    said = desk("verify", code=2) + desk.err
    assert "RuntimeError in test_verbs.py" in said
    assert "Anna" not in said
    assert "Traceback" not in said


def test_every_verb_has_help_and_a_file_of_its_own() -> None:
    for verbs in command.VERBS.values():
        for name, verb in verbs.items():
            assert verb.__doc__
            assert verb.__module__ == f"tollbook.cli.{name}"


def test_in_a_terminal_the_same_is_drawn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = desk("toll")
    monkeypatch.setattr(screen, "drawn", lambda: True)
    drawn_ = desk("toll")
    words = re.findall(r"[\w–]+", re.sub(r"\x1b\[[0-9;]*m", "", drawn_))
    assert sorted(words) == sorted(re.findall(r"[\w–]+", plain))


def test_signs_that_a_terminal_obeys_do_not_reach_it(desk: Desk) -> None:
    evil = FIRST.replace("Zenda, Ruritania", "Zenda \x1b[2J\u202e, Ruritania").replace(
        "title: Shells", "title: \x1b]0;x\x07Shells"
    )
    out = desk("read --format annotated", desk.write("evil.txt", evil))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", out)


def test_the_command_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tollbook", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"tollbook \d+\.\d+\.\d+\n", done.stdout)
