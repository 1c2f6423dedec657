"""The command line: ids by a prefix, days and moments, what is printed, exit codes, one clear line for a mistake."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook import figures
from tollbook.cli import annotate, contract, explain, given, screen
from tollbook.cli.command import main
from tollbook.cli.correct import changed
from tollbook.cli.publish import slug
from tollbook.codes import Outcome, Phase
from tollbook.figures import NOTHING, Figure
from tollbook.nouns import Claim, Course, Span
from tollbook.values import Book, Reading, Topic

hexes = st.text("0123456789abcdef", min_size=1, max_size=6)


# --- what the caller gave ------------------------------------------------------------------------------


@drawn(st.sets(hexes, min_size=1, max_size=12), hexes)
def test_a_prefix_names_one_thing_or_complains(ids: set[str], prefix: str) -> None:
    meant = [i for i in ids if i.startswith(prefix)]
    if prefix in ids:
        assert given.one(ids, prefix, "claim") == prefix
    elif len(meant) == 1:
        assert given.one(ids, prefix, "claim") == meant[0]
    else:
        with pytest.raises(given.MistakeError, match=f"begin.* with '{prefix}'"):
            given.one(ids, prefix, "claim")


def test_an_empty_prefix_names_nothing() -> None:
    with pytest.raises(given.MistakeError):
        given.one({"ab": 1}, "", "claim")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2022-01-31", datetime(2022, 1, 31, 23, 59, 59, 999_999, UTC)),
        ("2022-01-31T18:00", datetime(2022, 1, 31, 18, 0, 0, 999_999, UTC)),
        ("2022-01-31T18:00+02:00", datetime(2022, 1, 31, 16, 0, 0, 999_999, UTC)),
    ],
)
def test_a_moment_holds_all_of_its_last_day_or_second(text: str, meant: datetime) -> None:
    found = given.moment(text)
    assert found is not None
    assert found.astimezone(UTC) == meant


@pytest.mark.parametrize("text", ["yesterday", "2022-13-01", "31.1.2022", ""])
def test_what_is_no_day_or_moment_gets_one_sentence(text: str) -> None:
    for read in (given.day, given.moment):
        with pytest.raises(given.MistakeError, match="write it as 2022-01-31"):
            read(text)


def test_a_day_and_an_outcome_are_read_as_people_write_them() -> None:
    assert given.day(" 2022-01-31 ") == date(2022, 1, 31)
    assert given.outcome("Bodies found") is Outcome.BODIES_FOUND
    with pytest.raises(given.MistakeError, match="one of killed"):
        given.outcome("dead")


@ledger
def test_an_incident_is_meant_by_id_or_by_words_of_its_name(book: Book, ids: Ids) -> None:
    """
    a = 2022-01-20 incident name="Attack on Zenda prison"
    b = 2022-01-25 incident name="Market bomb in Zenda"
    2022-01-25 claim outcome=killed figure=4 party="Red Brigade" incident=b
    2022-01-25 claim outcome=killed figure=3 victims_class=civilian incident=b
    """
    assert given.incident(book, ids["a"][:8]) == ids["a"]
    assert given.incident(book, "prison zenda") == ids["a"]
    assert given.largest(book, None) == ids["b"]
    with pytest.raises(given.MistakeError, match="2 incidents are called"):
        given.incident(book, "Zenda")
    with pytest.raises(given.MistakeError, match="no incident 'Strelsau'"):
        given.incident(book, "Strelsau")
    assert given.group(book, ids["b"], "RB") == given.group(book, ids["b"], "red") == "Red Brigade"
    assert given.group(book, ids["b"], "Civilians") == "civilians"
    with pytest.raises(given.MistakeError, match="no group 'Blue'"):
        given.group(book, ids["b"], "Blue")


def test_a_correction_is_field_and_value() -> None:
    assert changed(["figure=12", 'speaker="Zenda = Monitor"']) == (
        ("figure", "12"),
        ("speaker", '"Zenda = Monitor"'),
    )
    with pytest.raises(given.MistakeError, match="write field=value"):
        changed(["figure 12"])


# --- what is printed -----------------------------------------------------------------------------------


cells = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)


@drawn(st.lists(st.tuples(cells, cells, cells), max_size=6))
def test_a_piped_table_loses_no_word(rows: list[tuple[str, str, str]]) -> None:
    lines = list(
        screen._aligned(table := [["a", "b", "c"], *map(list, rows)], (1,), screen._widths(table, (1,), 40))
    )
    printed = re.sub(r"\s", "", "".join(lines))
    assert sorted(printed) == sorted(re.sub(r"\s", "", "abc" + "".join("".join(row) for row in rows)))


def test_json_has_figures_spans_and_days_in_plain_form() -> None:
    value = {"f": Figure(1, None, 3), "s": Span(2, 5), "d": date(2022, 1, 31), "t": (Outcome.KILLED,)}
    assert json.loads(json.dumps(screen.plain(value))) == {
        "f": {"low": 1, "best": None, "high": 3},
        "s": [2, 5],
        "d": "2022-01-31",
        "t": ["killed"],
    }


def _claim(start: int, end: int, *, figure: Figure = NOTHING, part_of: str | None = None) -> Claim:
    span = Span(start, end)
    return Claim(report="r", span=span, quote="q", outcome=Outcome.KILLED, figure=figure, part_of=part_of)


@drawn(st.text("abc ⟦", max_size=40), st.data())
def test_marks_leave_the_text_as_it_is(body: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))
            .map(sorted)
            .filter(lambda s: s[0] < s[1]),
            max_size=5,
            unique_by=tuple,
        )
    )
    marked = annotate.annotated(body, [_claim(start, end) for start, end in spans])
    opened = len(re.findall("⟦[0-9]+: ", marked))
    assert opened == marked.count("⟧") == len(spans)
    assert re.sub("⟦[0-9]+: |⟧", "", marked) == body


def test_a_breakdown_is_marked_inside_its_whole() -> None:
    body = "Nine died, of whom two were guards."
    claims = [_claim(0, 34), _claim(19, 34)]
    course = Course(report="r", span=Span(0, 9), quote="Nine died", type="Armed clash", phase=Phase.BEGAN)
    assert annotate.annotated(body, claims, [course]) == "⟦1: ⟦a: Nine died⟧, of whom ⟦2: two were guards⟧⟧."


def test_the_contract_names_wholes_by_their_place() -> None:
    whole = _claim(0, 4, figure=figures.exactly(9))
    part = _claim(10, 14, figure=figures.exactly(2), part_of=whole.id)
    reading = Reading(claims=(whole, part), topics=(Topic(main=True, claims=(whole.id, part.id)),))
    found = json.loads(json.dumps(contract.document("zenda", reading)))
    assert found["document"] == "zenda"
    assert [c["part_of"] for c in found["claims"]] == [None, 0]
    assert found["claims"][1]["span"] == [10, 14]
    assert found["incidents"][0]["claims"] == [0, 1]
    assert found["incidents"][0]["toll"]["killed"]["best"] == 9


def test_now_is_utc_to_the_second() -> None:
    moment = given.now()
    assert moment.utcoffset() == timedelta(0)
    assert moment.microsecond == 0


@ledger
def test_an_undone_correction_is_told_as_undone(book: Book, ids: Ids) -> None:
    """
    i = 2022-01-20 incident name="Attack on Zenda"
    c = 2022-01-25 claim outcome=killed figure=4
    wrong = 2022-01-26 judgement verb=correct target=c reason="misprint" changes=[(figure, 5)]
    2022-01-27 judgement verb=undo target=wrong reason="it was right"
    right = 2022-01-28 judgement verb=correct target=c reason="asked" changes=[(figure, 6)]
    """
    told = explain._life(book, book.claims[ids["c"]])
    (undone,) = [line for line in told if "misprint" in line]
    (stands,) = [line for line in told if "asked" in line]
    assert re.search(r"; undone by unknown, [\d-]+: it was right \[[0-9a-f]{16}\]$", undone)
    assert "undone" not in stands


@ledger
def test_a_folder_name_has_no_hyphen_at_its_ends(book: Book, ids: Ids) -> None:
    """
    a = 2022-01-20 incident name="!Attack on a market in the middle of the old town of Zenda, at 9 !"
    """
    for cut in range(40, 70):
        name = replace(book.incidents[ids["a"]], name=f"!{'x' * cut} and more!")
        found = slug(replace(book, incidents={ids["a"]: name}), ids["a"])
        assert re.fullmatch(r"[a-z0-9].*[a-z0-9]", found)


def test_a_reading_explains_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --explain each claim shows its rule, its words and what qualifies it."""
    text = tmp_path / "zenda.txt"
    text.write_text(
        "At least 20 people, including three children, may have been killed in Zenda, the mayor said."
    )
    assert main(["read", "--explain", "--published", "2022-01-31", str(text)]) == 0
    out = capsys.readouterr().out
    assert "rule         passive, rules-en 1" in out
    assert "stance       possible" in out
    assert "part of      1" in out
    assert main(["read", "--reader", "nobody", str(text)]) == 2
    assert "there is no reader 'nobody'" in capsys.readouterr().err
