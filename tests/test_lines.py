"""The verbs that take JSON lines and a desk's places, given what nobody should give them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tollbook.cli.command import main
from tollbook.nouns import Report
from tollbook.reading import days, read

EDGES = (date(1, 1, 1), date(1, 1, 5), date(9999, 12, 27), date(9999, 12, 31))
MENTIONS = (
    "yesterday", "tomorrow", "last week", "next week", "last year", "next year", "last month", "the past three days",
    "January", "December", "last January", "mid-May", "'22", "next Monday", "99999999999999999999 days ago",
)  # fmt: skip


@pytest.mark.parametrize("published", EDGES)
def test_the_calendar_has_two_ends(published: date) -> None:
    """What would lie before its first day or behind its last is no day, and no text fails by it."""
    report = Report(said_on=published, title="", original="0", text="0")
    for mention in MENTIONS:
        first, last = days(mention, published)
        assert (first is None) == (last is None)
        text = (
            f"Five people were killed {mention} in Zenda; two had died the previous day, three the next day."
        )
        assert read(report, text).claims


def _asked(
    verb: str, lines: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[object]]:
    file = folder / "asked.jsonl"
    file.write_bytes(lines)
    code = main([verb, str(file)])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("verb", ["dates", "places"])
def test_half_a_character_comes_back_as_it_came(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON can carry half a surrogate pair, UTF-8 cannot; the lines behind it are answered."""
    code, rows = _asked(verb, b'{"mention": "Zenda \\ud800"}\r\n{"mention": "Hasakeh"}', tmp_path, capsys)
    assert code == 0
    assert [row["mention"] for row in rows if isinstance(row, dict)] == ["Zenda \ud800", "Hasakeh"]


@pytest.mark.parametrize("published", ["[]", "{}", "5", "true", '"soon"'])
def test_a_day_that_is_none_is_said_and_the_rest_answered(
    published: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One bad line is an error in its place, and exit code 2."""
    asked = f'{{"mention": "yesterday", "published": {published}}}\n{{"mention": "2022-01-31"}}'
    code, (bad, good) = _asked("dates", asked.encode(), tmp_path, capsys)
    assert code == 2
    assert isinstance(bad, dict)
    assert "published" in bad["error"]
    assert isinstance(good, dict)
    assert good["date_from"] == "2022-01-31"


@pytest.mark.parametrize("name", ["", "  ", "Zw\x1b[31mo", "A" * 201])
def test_a_name_that_cannot_be_read_is_not_recorded(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blank, endless or with signs that steer a terminal: one line, exit code 2, nothing written."""
    box = str(tmp_path / "box")
    main(["init", box])
    capsys.readouterr()
    assert main(["places", "add", name, "--at", "1,2", "--box", box]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    main(["places", "list", "--json", "--box", box])
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("words", [["import"], ["import", "nothere.csv"], ["x.jsonl", "--at", "1,2"]])
def test_half_a_wish_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What lacks, and what can be said instead."""
    assert main(["places", *words]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "Error" not in err
