"""The yardstick script: halves that stay, breaches that are found, nothing shown of the held half."""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli import measures, yardstick
from tollbook.cli.command import main
from tollbook.cli.contract import document
from tollbook.codes import Outcome, Phase, Scope, Status, VictimsClass
from tollbook.figures import between, exactly
from tollbook.nouns import Claim, Course, Span
from tollbook.values import Reading, Topic

ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("yardstick_script", ROOT / "scripts" / "yardstick.py")
assert spec is not None
assert spec.loader is not None
script = importlib.util.module_from_spec(spec)
sys.modules["yardstick_script"] = script
spec.loader.exec_module(script)

BODY = "At least 20 people were killed in Zenda, two of them children. Fighting went on."


def claim(words: str, **fields: Any) -> Claim:  # noqa: ANN401  (the fields of a claim)
    start = BODY.index(words)
    return Claim(
        report="r", span=Span(start, start + len(words)), quote=words, outcome=Outcome.KILLED, **fields
    )


def record() -> dict[str, Any]:
    """A contract object of two claims and a course claim, all of one incident."""
    whole = claim("At least 20 people", figure=between(20, None, "At least 20"))
    part = claim("two of them", figure=exactly(2, "two"), part_of=whole.id)
    start = BODY.index("Fighting")
    course = Course(
        report="r", span=Span(start, len(BODY)), quote=BODY[start:], type="Armed clash", phase=Phase.CONTINUES
    )
    topics = (Topic(True, (whole.id, part.id), (course.id,)),)
    return document("zenda", Reading((whole, part), (course,), (), topics))


def test_a_contract_object_refers_by_index_and_keeps_the_contract() -> None:
    made = record()
    assert [c["part_of"] for c in made["claims"]] == [None, 0]
    assert made["claims"][0]["span"] == [0, 18]
    assert (made["claims"][0]["low"], made["claims"][0]["high"]) == (20, None)
    assert made["incidents"][0]["claims"] == [0, 1]
    assert made["incidents"][0]["events"] == [0]
    assert measures.breaches(made, BODY) == []
    assert json.loads(json.dumps(made)) == made


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "quote": lambda r: r["claims"][0].update(quote="at least 20 people"),
    "span": lambda r: r["claims"][1].update(span=[0, 10_000]),
    "empty span": lambda r: r["events"][0].update(span=[5, 5], quote=""),
    "outcome": lambda r: r["claims"][0].update(outcome="hurt"),
    "class": lambda r: r["claims"][0].update(victims_class="soldiers"),
    "scope": lambda r: r["claims"][0].update(scope=None),
    "status": lambda r: r["events"][0].update(status="said"),
    "phase": lambda r: r["events"][0].update(phase="over"),
    "part of itself": lambda r: r["claims"][1].update(part_of=1),
    "part of nothing": lambda r: r["claims"][1].update(part_of=2),
    "before the first": lambda r: r["claims"][1].update(supersedes=-1),
    "order": lambda r: r["claims"][0].update(low=5, high=3),
    "below zero": lambda r: r["claims"][0].update(low=-1),
    "claim of the incident": lambda r: r["incidents"][0]["claims"].append(7),
    "event of the incident": lambda r: r["incidents"][0]["events"].append(1),
    "toll": lambda r: r["incidents"][0]["toll"].update(dead={}),
    "no main": lambda r: r["incidents"][0].update(main=False),
    "two mains": lambda r: r["incidents"].append(copy.deepcopy(r["incidents"][0])),
}


@pytest.mark.parametrize("spoil", BREAKS.values(), ids=BREAKS)
def test_each_breach_of_the_contract_is_found(spoil: Callable[[dict[str, Any]], object]) -> None:
    made = record()
    spoil(made)
    assert len(measures.breaches(made, BODY)) == 1


@given(
    st.lists(st.sampled_from(list(Outcome)), max_size=4),
    st.sampled_from(list(VictimsClass)),
    st.sampled_from(list(Scope)),
    st.sampled_from(list(Status)),
)
def test_whatever_is_read_keeps_the_contract(
    outcomes: list[Outcome], who: VictimsClass, scope: Scope, status: Status
) -> None:
    claims = tuple(
        Claim(report="r", span=Span(n, n + 5), quote=BODY[n : n + 5], outcome=o, figure=exactly(n), victims_class=who, scope=scope, status=status)
        for n, o in enumerate(outcomes)
    )  # fmt: skip
    topics = (Topic(True, tuple(c.id for c in claims)),) if claims else ()
    assert measures.breaches(document("zenda", Reading(claims, topics=topics)), BODY) == []


def test_the_halves_are_halves_and_stay() -> None:
    """A half that moved would show errors of items that were held back before."""
    items = [f"zenda-{n:04}" for n in range(1000)]
    share = sum(map(yardstick.held, items)) / 1000
    assert 0.45 < share < 0.55
    assert [n for n in range(16) if yardstick.held(f"zenda-{n:04}")] == HELD


HELD = [0, 2, 3, 4, 6, 8, 13, 14, 15]


def test_without_texts_it_says_so_and_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOLLBOOK_YARDSTICK", str(tmp_path))
    assert script.main([]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_a_value_is_found_or_is_none() -> None:
    report = {"figure": {"f1": 0.5}, "clean": "3/4", "none": "0/0", "wad": {"best": None}}
    assert yardstick.value(report, ("figure", "f1")) == 0.5
    assert yardstick.value(report, ("clean",)) == 0.75
    assert [
        yardstick.value(report, p)
        for p in (("none",), ("wad", "best"), ("absent", "f1"), ("figure", "f1", "x"))
    ] == [None] * 4


SCORER = """import json, sys, pathlib
asked = sys.argv[sys.argv.index("--set") + 1] if "--set" in sys.argv else "all"
rows = [json.loads(x) for x in (pathlib.Path(asked) / "gold.jsonl").read_text().splitlines()]
if "--json" in sys.argv:
    print(json.dumps({pathlib.Path(asked).name: {"killed": {"best": len(rows)}}}))
else:
    print("ERRORS OF", *[r["item"] for r in rows])
"""
UNPACK = """import json, sys, pathlib
target = pathlib.Path(sys.argv[2]); target.mkdir(parents=True)
for line in (pathlib.Path(sys.argv[1]) / "docs.jsonl").read_text().splitlines():
    row = json.loads(line); (target / (row["id"] + ".txt")).write_text("title: x\\n\\n" + row["text"])
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A yardstick of the same shape with sixteen texts of our own."""
    (tmp_path / "wad").mkdir()
    (tmp_path / "score.py").write_text("")
    (tmp_path / "tolls.py").write_text(SCORER)
    (tmp_path / "unpack.py").write_text(UNPACK)
    ids = [f"zenda-{n:04}" for n in range(16)]
    texts = (json.dumps({"id": i, "text": "Three people were killed in Zenda on Monday."}) for i in ids)
    (tmp_path / "wad" / "docs.jsonl").write_text("\n".join(texts))
    (tmp_path / "wad" / "gold.jsonl").write_text("\n".join(json.dumps({"item": i}) for i in ids))
    monkeypatch.setenv("TOLLBOOK_YARDSTICK", str(tmp_path))
    return tmp_path


def test_errors_are_shown_of_the_open_half_alone(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = small / "kept"
    assert script.main(["--only", "wad", "--show", "9", "--keep", str(kept)]) == 0
    out = capsys.readouterr().out
    shown = next(line for line in out.splitlines() if line.startswith("ERRORS OF")).split()[2:]
    assert shown == [f"zenda-{n:04}" for n in range(16) if n not in HELD]
    assert len((kept / "wad.jsonl").read_text().splitlines()) == 16


def test_the_numbers_come_for_programs_too(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert small.is_dir()
    assert script.main(["--only", "wad", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["wad"]
    assert {half: report["killed"]["best"] for half, report in found["reports"].items()} == {
        "all": 16,
        "open": 16 - len(HELD),
        "held": len(HELD),
    }
    assert (found["documents"], found["breaches"]) == (16, 0)
    assert found["words"] == 16 * 8


def test_a_scorer_that_breaks_is_said(small: Path) -> None:
    (small / "tolls.py").write_text("raise SystemExit('no gold here')")
    with pytest.raises(SystemExit, match="no gold here"):
        script.main(["--only", "wad"])


@pytest.mark.yardstick
def test_no_text_of_the_hand_made_set_breaks_the_contract() -> None:
    texts = script.PROJECT.parent / "shared" / "yardstick" / "dev" / "docs"
    if not texts.is_dir():
        pytest.skip("the annotated texts are not here")
    run = yardstick.read("dev", texts)
    assert run.breaches == []
    assert len(run.records) > 200


def test_what_the_script_reads_is_what_the_pipeline_reads(tmp_path: Path) -> None:
    (tmp_path / "zenda.txt").write_text(BODY)
    run = yardstick.read("dev", tmp_path)
    (item,) = pipeline.documents([str(tmp_path)])
    assert isinstance(item, pipeline.Item)
    assert run.records == [document("zenda", item.reading)]


def test_a_claim_is_read_whole_in_its_figure_or_not_at_all() -> None:
    """Gains and losses are told by this; the words may be longer or shorter than the annotated ones."""
    core = {
        "speaker": "the mayor of Zenda",
        "victims_class": "civilian",
        "scope": "incident",
        "status": "asserted",
    }
    gold = {"outcome": "killed", "low": 3, "high": 3, "quote": "Three people were killed", **core}
    read = dict(gold, quote="Three people", speaker="Mayor of Zenda")
    assert script.found(gold, [read]) == "whole"
    assert script.found(gold, [dict(read, scope="war"), dict(read, low=2)]) == "figure"
    assert script.found(gold, [dict(read, outcome="wounded"), dict(read, quote="elsewhere")]) == ""


def test_changes_name_the_working_claims_and_only_count_the_watched_ones(tmp_path: Path) -> None:
    """One claim of a working text is read better, one of a watched text worse: the watched one keeps its words."""
    core = {"speaker": None, "victims_class": "unknown", "scope": "incident", "status": "asserted"}
    gold = {"outcome": "killed", "low": 3, "high": 3, "quote": "Three died in Zenda", **core}
    (tmp_path / "dev" / "gold").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "dev" / "gold" / f"{name}.json").write_text(json.dumps({"claims": [gold]}))
    (tmp_path / "dev" / "work.ids").write_text("a\n")
    none, all_ = ([json.dumps({"document": d, "claims": c}) for d in "ab"] for c in ([], [gold]))
    (tmp_path / "before.jsonl").write_text(f"{none[0]}\n{all_[1]}\n")
    (tmp_path / "after.jsonl").write_text(f"{all_[0]}\n{none[1]}\n")
    told = list(script.changes(tmp_path, tmp_path / "before.jsonl", tmp_path / "after.jsonl"))
    assert told[0].startswith("+ a: killed 3-3 missed -> whole: Three died")
    assert told[1:] == ["work: 1 claims read better, 0 worse", "watch: 0 claims read better, 1 worse"]


def test_the_verb_scores_the_same(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``tollbook bench read`` gives what the script gives."""
    (small / "muc4").mkdir()
    (small / "muc4" / "score.py").write_text("")
    assert main(["bench", "read", "--yardstick", str(small), "--set", "wad", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["wad"]
    assert found["reports"]["held"]["killed"]["best"] == len(HELD)


def test_the_verb_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a folder it says which sets there are; with a wrong one what is missing there."""
    monkeypatch.delenv("TOLLBOOK_YARDSTICK", raising=False)
    assert main(["bench", "read"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in measures.SETS)
    assert "--yardstick FOLDER" in out
    assert main(["bench", "read", "--yardstick", str(tmp_path)]) == 2
    assert "score.py" in capsys.readouterr().err


def test_a_confusion_is_counted_over_found_figures_alone(tmp_path: Path) -> None:
    """Two claims read, one of them in another class; the third was not read and counts nowhere."""
    core = {"speaker": None, "victims_class": "civilian", "scope": "incident", "status": "asserted"}
    three = [{"outcome": "killed", "low": n, "high": n, "quote": f"{n} died", **core} for n in (3, 4, 5)]
    (tmp_path / "dev" / "gold").mkdir(parents=True)
    (tmp_path / "dev" / "gold" / "a.json").write_text(json.dumps({"claims": three}))
    read = [three[0], dict(three[1], victims_class="unknown")]
    (tmp_path / "read.jsonl").write_text(json.dumps({"document": "a", "claims": read}))
    told = script.confusion(tmp_path, tmp_path / "read.jsonl", "victims_class").splitlines()
    assert [line.split() for line in told[1:]] == [["civilian", "1", "1"], ["unknown", "0", "0"]]
