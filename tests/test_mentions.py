"""Bare mentions: the days that an expression names, the place that a name means, and the verbs that print them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli.command import main
from tollbook.nouns import Site
from tollbook.places import locate, resolver
from tollbook.places.areas import areas
from tollbook.reading import days

TODAY = date(2022, 2, 3)  # a Thursday

EXPRESSIONS = """
today => 2022-02-03 2022-02-03
yesterday evening => 2022-02-02 2022-02-02
tomorrow => 2022-02-04 2022-02-04
the day before yesterday => 2022-02-01 2022-02-01
Thursday => 2022-02-03 2022-02-03
Tuesday => 2022-02-01 2022-02-01
last Thursday => 2022-01-27 2022-01-27
next Monday => 2022-02-07 2022-02-07
on Wednesday night => 2022-02-02 2022-02-02
this year => 2022-01-01 2022-12-31
last month => 2022-01-01 2022-01-31
next year => 2023-01-01 2023-12-31
two years ago => 2020-01-01 2020-12-31
three days earlier => 2022-01-31 2022-01-31
a month ago => 2022-01-01 2022-01-31
2014 => 2014-01-01 2014-12-31
'98 => 1998-01-01 1998-12-31
the 1990s => 1990-01-01 1999-12-31
January => 2022-01-01 2022-01-31
December => 2021-12-01 2021-12-31
early March 2011 => 2011-03-01 2011-03-31
last October => 2021-10-01 2021-10-31
March of last year => 2021-03-01 2021-03-31
Feb. 18 => 2022-02-18 2022-02-18
18 November => 2021-11-18 2021-11-18
Oct. 7, 2023 => 2023-10-07 2023-10-07
Friday, 4 February 2022 => 2022-02-04 2022-02-04
the 2nd of May 2019 => 2019-05-02 2019-05-02
2022-01-20 => 2022-01-20 2022-01-20
20220120 => 2022-01-20 2022-01-20
31/01/2022 => 2022-01-31 2022-01-31
01/31/22 => 2022-01-31 2022-01-31
Christmas => 2021-12-25 2021-12-25
2022/01/20 => 2022-01-20 2022-01-20
1992-95 => 1992-01-01 1995-12-31
2003-2005 => 2003-01-01 2005-12-31
2003-05 => - -
May-July 2009 => 2009-05-01 2009-07-31
between May and July 2009 => 2009-05-01 2009-07-31
12-14 June => 2021-06-12 2021-06-14
in the first half of 2015 => 2015-01-01 2015-06-30
third quarter 2019 => 2019-07-01 2019-09-30
3 May and 5 June 2014 => - -
30 February 2022 => - -
07/10/2023 => - -
10 Muharram => - -
the dawn => - -
recently => - -
the following month => - -
some weeks => - -
"""


@pytest.mark.parametrize("row", [r for r in EXPRESSIONS.splitlines() if r])
def test_expressions(row: str) -> None:
    """Each expression names the days written beside it, counted from Thursday, 3 February 2022."""
    mention, _, wanted = row.partition(" => ")
    assert " ".join(d.isoformat() if d else "-" for d in days(mention, TODAY)) == wanted


def test_nothing_relative_without_a_day_of_publication() -> None:
    """Without a day of publication only full dates are days."""
    assert [days(m) for m in ("yesterday", "Monday", "March", "May 3", "last year")] == [(None, None)] * 5
    assert days("3 May 2003") == (date(2003, 5, 3), date(2003, 5, 3))


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789 -/.abcdefghijklmnopqrstuvwxyz'", max_size=30)
    | st.sampled_from(["99999999 years ago", "0 may 0000", "31/31/31", "2000 years ago", "1500 1500"]),
    st.dates(),
)
def test_any_expression(mention: str, published: date) -> None:
    """Any text at all gives days in order, or none."""
    first, last = days(mention, published)
    assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    ("mention", "text", "code", "precision"),
    [
        ("Syrian", "A Syrian convoy was hit.", "SY", 6),
        ("Ghwayran", "Fighting went on in Ghwayran, in the Syrian city of Hasakeh.", "SY", 1),
        (
            "Tripoli",
            "In Lebanon, shops in Tripoli and Sidon stayed closed; Lebanese troops patrolled.",
            "LB",
            1,
        ),
        ("Tripoli", "Libyan officials said Tripoli and Misrata, in Libya, were calm.", "LY", 1),
        ("Georgia", "Georgia's army left Gori, near Tbilisi, and the Georgian president spoke.", "GE", 6),
        ("Cordoba", "A bomb went off in Cordoba, Colombia.", "CO", 4),
        ("Europe", "Refugees on their way to Europe.", "", 7),
        ("Calif.", "A man from Fresno, Calif., was hurt.", "US", 4),
        ("Xanadupolis", "Nobody has heard of Xanadupolis.", None, None),
    ],
)
def test_places(mention: str, text: str, code: str | None, precision: int | None) -> None:
    """What the text names tells which place of a name is meant."""
    found = locate(mention, text, text.index(mention))
    assert (found.code if found else None) == code
    if code is not None and found is not None and mention != "Cordoba":
        assert found.geo_precision == precision


def test_areas_are_on_the_globe() -> None:
    """Every wide place has a point on the globe and a known precision."""
    for area in areas().values():
        assert -90 <= area.latitude <= 90
        assert -180 <= area.longitude <= 180
        assert area.geo_precision in {4, 6, 7}


@given(st.text(max_size=40), st.text(max_size=200), st.integers(0, 300))
@settings(deadline=None)
def test_any_mention(mention: str, text: str, start: int) -> None:
    """Any mention in any text gives a point on the globe or none."""
    found = locate(mention, text, start)
    assert found is None or (-90 <= found.latitude <= 90 and -180 <= found.longitude <= 200)


def _run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str, given_: str
) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given_.encode())))
    code = main([verb, "-"])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_the_verb_dates(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line for one line, other keys kept, in order."""
    given_ = '{"id": 7, "mention": "yesterday", "published": "2022-01-31"}\n\n{"mention": "soon"}\n'
    code, rows, err = _run(monkeypatch, capsys, "dates", given_)
    assert (code, err) == (0, "")
    assert rows == [
        {
            "id": 7,
            "mention": "yesterday",
            "published": "2022-01-31",
            "date_from": "2022-01-30",
            "date_to": "2022-01-30",
        },
        {"mention": "soon", "date_from": None, "date_to": None},
    ]


def test_the_verb_places(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A place with its point and precision, nulls for none."""
    text = "Shells fell on Idlib."
    given_ = (
        json.dumps({"mention": "Idlib", "text": text, "start": 15}) + '\n{"mention": "Nowhereville-on-Sea"}\n'
    )
    code, rows, err = _run(monkeypatch, capsys, "places", given_)
    assert (code, err) == (0, "")
    assert rows[0]["country"] == "Syria"
    assert rows[0]["precision"] in {1, 2}
    assert [rows[1][k] for k in ("lat", "lon", "precision", "name")] == [None] * 4


@pytest.mark.parametrize("verb", ["dates", "places"])
def test_a_bad_line_is_named_and_the_others_are_answered(
    verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Line 2 is no JSON, line 3 has no mention: both are named, lines 1 and 4 are answered, exit code 2."""
    good = '{"mention": "2014"}' if verb == "dates" else '{"mention": "Aleppo"}'
    code, rows, err = _run(monkeypatch, capsys, verb, f"{good}\nrubbish\n[]\n{good}\n")
    assert code == 2
    assert "line 2: it is no JSON" in err
    assert "line 3: it is no object" in err
    assert rows[0] == rows[3]
    assert [set(r) for r in rows[1:3]] == [{"error"}] * 2


@pytest.mark.parametrize(
    "line",
    ['{"mention": 3}', '{"mention": " "}', '{"text": "x"}'],
)
def test_a_mention_is_a_text(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row without a mention is refused with a sentence."""
    for verb in ("dates", "places"):
        code, rows, err = _run(monkeypatch, capsys, verb, line)
        assert (code, len(rows)) == (2, 1)
        assert '"mention" must be a text' in err


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there: one sentence, exit code 2."""
    assert main(["dates", "no-such-file.jsonl"]) == 2
    assert "no-such-file.jsonl" in capsys.readouterr().err


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty box, which is the current one."""
    pipeline.init_box(tmp_path / "box")
    monkeypatch.chdir(tmp_path / "box")
    return tmp_path / "box"


def _sites(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["places", "list", "--json"]) == 0
    return list(json.loads(capsys.readouterr().out))


def test_a_place_is_added_used_and_taken_back(
    box: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """add, the same again, use under another name, withdraw, undo: the log keeps it all."""
    add = ["places", "add", "Tarlenheim camp", "--at", "36.5,40.7", "--country", "sy", "--alias", "Camp T"]
    assert main([*add, "--dry-run"]) == 0
    assert _sites(capsys) == []
    assert main(add) == 0
    assert main(add) == 0
    assert "nothing changed" in capsys.readouterr().err
    (site,) = _sites(capsys)
    assert (site["name"], site["latitude"], site["country"]) == ("Tarlenheim camp", 36.5, "SY")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"mention": "a tent in Camp T"}\n')))
    assert main(["places", "-", "--box", str(box)]) == 0
    assert json.loads(capsys.readouterr().out)["lat"] == 36.5
    assert main(["withdraw", str(site["id"]), "--reason", "it lies elsewhere"]) == 0
    judgement = capsys.readouterr().out.split()[0]
    assert _sites(capsys) == []
    assert main(["undo", judgement, "--reason", "it does not"]) == 0
    assert [s["id"] for s in _sites(capsys)] == [site["id"]]


def test_places_are_imported_all_or_none(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with a bad row records nothing and names the row; mended it records every row once."""
    head = "name,latitude,longitude,precision,country,aliases,note\n"
    file = box / "mine.csv"
    file.write_text(head + "Mill,50.1,14.2,1,CZ,Old Mill;The Mill,a mill\nWell,500,14,,,,\n")
    assert main(["places", "import", str(file)]) == 2
    assert "line 3: 500,14 lies off the globe" in capsys.readouterr().err
    assert _sites(capsys) == []
    file.write_text(head + "Mill,50.1,14.2,1,CZ,Old Mill;The Mill,a mill\nWell,50,14,,,,\n")
    assert main(["places", "import", str(file)]) == 0
    assert main(["places", "import", str(file)]) == 0
    assert [(s["name"], s["precision"], s["aliases"]) for s in _sites(capsys)] == [
        ("Mill", 1, ["Old Mill", "The Mill"]),
        ("Well", 1, []),
    ]


WRONG = {
    "no point": (["places", "add", "Mill"], "is no point"),
    "half a point": (["places", "add", "Mill", "--at", "12"], "is no point"),
    "off the globe": (["places", "add", "Mill", "--at", "91,0"], "lies off the globe"),
    "a country by name": (["places", "add", "Mill", "--at", "1,2", "--country", "Syria"], "two letters"),
    "a file that is not there": (["places", "import", "nothing.csv"], "nothing.csv: No such file"),
    "words of no meaning": (["places", "show", "me"], "say: tollbook places FILE"),
}


@pytest.mark.parametrize(("argv", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_no_place_gets_one_sentence(
    argv: list[str], sentence: str, box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong input: what, where, what to do; nothing is recorded."""
    assert main(argv) == 2
    assert sentence in capsys.readouterr().err
    assert box.is_dir()
    assert _sites(capsys) == []


def test_the_desks_place_comes_before_the_list() -> None:
    """A place that the desk told counts before one of the list, by any of its names, in any phrase."""
    site = Site(name="Idlib", latitude=1.0, longitude=2.0, aliases=("the Mill",))
    resolved = resolver([site])
    assert [p and (p.latitude, p.longitude) for p in map(resolved, ("near Idlib", "The Mill, Syria"))] == [
        (1.0, 2.0)
    ] * 2
    aleppo = resolved("Aleppo")
    assert aleppo is not None
    assert aleppo.code == "SY"
