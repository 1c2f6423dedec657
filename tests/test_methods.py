"""Methods: the worked rules of the published systems, the file format, and what holds for every method."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger, written
from stories import ZENDA, booked, stories
from tollbook import toll
from tollbook.book import realise
from tollbook.cli import main
from tollbook.codes import Outcome, SourceKind, Verb
from tollbook.figures import Figure, show
from tollbook.nouns import Claim, Entry, Judgement, Link, Source
from tollbook.toll import CIVILIANS, METHODS, OTHER, Method, MethodError
from tollbook.values import ALL, Book, Toll

KILLED = Outcome.KILLED
HEAD = 'name = "ours"\nversion = 1\ndescription = "As this desk counts."\n'


def ours(rest: str) -> Method:
    """A desk's own method."""
    return toll.written(HEAD + rest, "methods/ours.toml")


def killed(
    book: Book, method: str | Method, group: str = ALL, outcome: Outcome = KILLED, as_of: date | None = None
) -> Toll:
    incident = next(iter(book.incidents))
    if isinstance(method, str):
        return toll.compute(book, incident, outcome, group, method, as_of)
    return toll.compute(book, incident, outcome, group, method.name, as_of, methods={method.name: method})


def shown(book: Book, method: str | Method, group: str = ALL, outcome: Outcome = KILLED) -> str:
    return show(killed(book, method, group, outcome).figure)


def rules(found: Toll, ids: Ids) -> dict[str, str]:
    """Label to the rule that set it aside or used it."""
    by_id = {u.claim: u.rule for u in (*found.used, *found.aside)}
    return {label: by_id[i] for label, i in ids.items() if i in by_id}


# --- UCDP GED ----------------------------------------------------------------------------------------------


@ledger
def test_ged_best_is_the_sum_of_the_sides_and_of_the_unknown(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    w = 2022-03-02 claim outcome=killed figure=50 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=30 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=12..15 speaker=Monitor party=Army part_of=w
    c = 2022-03-02 claim outcome=killed figure=3 speaker=Monitor victims_class=civilian part_of=w
    """
    sides = {g: shown(book, "ged", g) for g in ("Rebels", "Army", CIVILIANS, OTHER)}
    assert sides == {"Rebels": "30", "Army": "12..(12)..15", CIVILIANS: "3", OTHER: "2..(5)..5"}
    assert shown(book, "ged") == "50"
    assert killed(book, "ged").rule == "sides"


@ledger
def test_ged_low_and_high_are_the_lowest_and_highest_that_a_reliable_voice_gives(
    book: Book, ids: Ids
) -> None:
    """
    2022-01-01 source name=Bulletin kind=outlet reliability=E
    2022-01-01 source name=Monitor kind=monitor reliability=B
    2022-01-01 source name=Agency kind=agency reliability=C
    i = 2022-03-01 incident name="Siege of Zenda"
    low = 2022-03-02 claim outcome=killed figure=12 speaker=Agency
    likely = 2022-03-02 claim outcome=killed figure=15 speaker=Monitor
    high = 2022-03-02 claim outcome=killed figure=20 speaker=Council
    wild = 2022-03-02 claim outcome=killed figure=900 speaker=Bulletin
    """
    found = killed(book, "ged")
    assert show(found.figure) == "12..(15)..20"
    assert found.rule == "reliable"
    assert rules(found, ids)["wild"] == "unreliable"


@ledger
def test_ged_follows_the_majority_and_else_the_lower_of_equal_voices(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=12 speaker=Agency
    2022-03-02 claim outcome=killed figure=15 speaker=Monitor
    2022-03-02 claim outcome=killed figure=15 speaker=Council
    2022-03-02 claim outcome=wounded figure=8 speaker=Monitor
    """
    found = killed(book, "ged")
    assert (show(found.figure), found.rule) == ("12..(15)..15", "majority")
    two = realise([e for e in _entries(book) if getattr(e, "speaker", "") != "Council"])
    assert (shown(two, "ged"), killed(two, "ged").rule) == ("12..(12)..15", "lowest")
    assert killed(book, "ged", outcome=Outcome.WOUNDED).rule == "other-outcome"


def _entries(book: Book) -> list[Entry]:
    return [*book.reports.values(), *book.claims.values(), *book.incidents.values(), *book.links.values()]


@ledger
def test_ged_needs_one_death_and_takes_a_bound_as_the_number_that_is_said(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    a = 2022-03-02 claim outcome=killed figure=0 speaker=Monitor
    j = 2022-03-01 incident name="Raid on Hentzau"
    b = 2022-03-02 claim outcome=killed figure=20.. speaker=Monitor
    k = 2022-03-01 incident name="Fire in Strelsau"
    c = 2022-03-02 claim outcome=killed figure=..30 speaker=Monitor
    """
    none, least, most = (toll.compute(book, ids[i], KILLED, method="ged") for i in "ijk")
    assert (show(none.figure), none.rule, rules(none, ids)) == ("..", "too-few", {"a": "too-few"})
    assert show(least.figure) == "20"
    assert (show(most.figure), most.rule) == ("0..(0)..30", "no-least")


@ledger
def test_ged_counts_nobody_in_two_sides(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    own = 2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army
    civil = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims_class=civilian part_of=own
    other = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    """
    assert [shown(book, "ged", g) for g in (ALL, "Army", CIVILIANS, "Rebels")] == ["495", "117", "4", "374"]


@ledger
def test_ged_takes_a_share_of_a_share_out_once(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    all = 2022-03-02 claim outcome=killed figure=100 speaker=Monitor party=Army
    some = 2022-03-02 claim outcome=killed figure=20 speaker=Monitor party=Militia part_of=all
    s = 2022-03-03 report publisher=Courier
    again = 2022-03-03 claim outcome=killed figure=20 speaker=Monitor party=Militia
    few = 2022-03-03 claim outcome=killed figure=5 speaker=Monitor victims_class=civilian part_of=again
    """
    assert [shown(book, "ged", g) for g in (ALL, "Army", "Militia", CIVILIANS)] == ["100", "80", "15", "5"]


@ledger
def test_one_death_is_an_event_to_ged_and_a_group_that_ever_stood_higher_raises_the_most(
    book: Book, ids: Ids
) -> None:
    """
    i = 2022-03-01 incident name="Raid on Hentzau"
    a = 2022-03-01 claim outcome=killed figure=1 speaker=Monitor
    j = 2022-03-01 incident name="Siege of Zenda"
    b = 2022-03-01 claim outcome=killed figure=15 speaker=Monitor party=Army
    r = 2022-03-02 report publisher=Gazette
    whole = 2022-03-02 claim outcome=killed figure=8 speaker=Monitor
    part = 2022-03-02 claim outcome=killed figure=5 speaker=Monitor party=Army part_of=whole
    """
    assert show(toll.compute(book, ids["i"], KILLED, method="ged").figure) == "1"
    wide = {t.group: show(t.figure) for t in toll.table(book, ids["j"], "minmax")}
    assert (wide[ALL], wide["Army"]) == ("8..15", "5..15")


# --- ACLED -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "figure", "number"),
    [
        ("tens", "20..99", "10"),
        ("dozens", "24..99", "12"),
        ("hundreds", "200..999", "100"),
        ("at least dozens", "24..", "12"),
        ("tens of thousands", "20000..99999", "10000"),
        ("several hundred", "300..999", "300"),
        ("at least 20", "20..", "20"),
        ("5 to 8", "5..8", "5"),
    ],
)
def test_conservative_takes_the_lowest_of_a_vague_word(words: str, figure: str, number: str) -> None:
    entries = written(
        f"""
        2022-03-01 incident name="Siege of Zenda"
        2022-03-02 claim outcome=killed figure={figure} as_written="{words}" speaker=Monitor
        """
    )
    assert shown(realise(entries), "conservative") == number


@ledger
def test_conservative_is_the_lowest_where_reports_differ_and_names_no_group(book: Book, ids: Ids) -> None:
    """
    2022-01-01 source name=Bulletin kind=outlet reliability=E
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=15 speaker=Monitor party=Rebels
    b = 2022-03-02 claim outcome=killed figure=12 speaker=Agency party=Rebels
    doubted = 2022-03-02 claim outcome=killed figure=3 speaker=Council party=Rebels
    wild = 2022-03-02 claim outcome=killed figure=1 speaker=Bulletin
    most = 2022-03-02 claim outcome=killed figure=..30 speaker=Mayor
    hurt = 2022-03-02 claim outcome=wounded figure=30 speaker=Mayor
    2022-03-03 judgement verb=rate target=doubted changes=[(credibility, 5)]
    """
    found = killed(book, "conservative")
    assert (show(found.figure), found.rule) == ("12", "lowest")
    assert {n: r for n, r in rules(found, ids).items() if n not in "ab"} == {
        "doubted": "not-credible",
        "wild": "unreliable",
        "most": "no-least",
    }
    assert killed(book, "conservative", "Rebels").rule == "no-groups"
    assert killed(book, "conservative", outcome=Outcome.WOUNDED).rule == "other-outcome"


# --- Airwars -----------------------------------------------------------------------------------------------


@ledger
def test_graded_has_a_figure_only_where_a_person_graded_the_incident_fair_or_confirmed(
    entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    i = 2022-03-01 incident name="Strike on Zenda"
    a = 2022-03-02 claim outcome=killed figure=7 speaker=Monitor victims_class=civilian
    b = 2022-03-02 claim outcome=killed figure=4..5 speaker=Council victims_class=civilian
    w = 2022-03-03 judgement verb=grade target=i changes=[(grade, weak)]
    f = 2022-03-04 judgement verb=grade target=i changes=[(grade, fair)]
    """
    by_grade = {}
    for graded in (None, "w", "f"):
        last = entries[-1].recorded_at if graded == "f" else entries[-2].recorded_at
        kept = [e for e in entries if graded or e.id not in {ids["w"], ids["f"]}]
        by_grade[graded] = killed(realise(kept, last), "graded", CIVILIANS)
    assert [show(t.figure) for t in by_grade.values()] == ["..", "..", "4..7"]
    assert [t.rule for t in by_grade.values()] == ["grade", "grade", "hull"]
    assert "no grade yet" in by_grade[None].why
    assert "graded weak" in by_grade["w"].why
    assert rules(by_grade[None], ids) == {"a": "grade", "b": "grade"}


@ledger
def test_graded_keeps_what_a_party_concedes_beside_the_range(book: Book, ids: Ids) -> None:
    """
    2022-01-01 source name="Army press office" kind=party party=Army
    i = 2022-03-01 incident name="Strike on Zenda"
    a = 2022-03-02 claim outcome=killed figure=7 speaker=Monitor victims_class=civilian perpetrator=Army
    b = 2022-03-02 claim outcome=killed figure=2 speaker="Army press office" victims_class=civilian perpetrator=Army
    2022-03-03 judgement verb=grade target=i changes=[(grade, confirmed)]
    """
    found = killed(book, "graded", CIVILIANS)
    assert show(found.figure) == "7"
    assert rules(found, ids)["b"] == "conceded"
    assert shown(book, "strict", CIVILIANS) == "2..7"


# --- a desk's own --------------------------------------------------------------------------------------------


@ledger
def test_each_rule_for_the_likely_number_leaves_its_own(book: Book) -> None:
    """
    2022-01-01 source name=Monitor kind=monitor reliability=B
    2022-01-01 source name=Council kind=official reliability=D
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=15 speaker=Monitor
    2022-03-02 claim outcome=killed figure=18 speaker=Council
    2022-03-02 claim outcome=killed figure=18 speaker=Mayor
    2022-03-03 claim outcome=killed figure=14 speaker=Agency
    2022-03-02 claim outcome=killed figure=20 speaker=Priest
    """
    rest = '[figure]\nrange = "hull"\nbest = ["{}"]\n'
    found = {
        rule: killed(book, ours(rest.format(rule))) for rule in ("reliable", "latest", "lowest", "highest")
    }
    assert {rule: t.figure.best for rule, t in found.items()} == {
        "reliable": 15, "latest": 14, "lowest": 14, "highest": 20,
    }  # fmt: skip
    assert all(t.rule == rule and (t.figure.low, t.figure.high) == (14, 20) for rule, t in found.items())
    none = killed(book, ours(rest.format("majority")))
    assert (none.figure.best, none.rule) == (None, "hull")
    ranked = killed(
        book, ours('[figure]\nrange = "point"\nbest = ["ranking"]\nranking = ["official", "Monitor"]\n')
    )
    assert (show(ranked.figure), ranked.rule) == ("18", "ranking")


@ledger
def test_each_rule_on_whose_word_counts_sets_the_others_aside_by_name(book: Book, ids: Ids) -> None:
    """
    2022-01-01 source name=Monitor kind=monitor reliability=B
    2022-01-01 source name=Office kind=party party=Army reliability=C
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=15 speaker=Monitor party=Rebels
    b = 2022-03-02 claim outcome=killed figure=90 speaker=Office party=Rebels
    c = 2022-03-02 claim outcome=killed figure=16 speaker=Council party=Rebels status=alleged
    d = 2022-03-02 claim outcome=killed figure=.. as_written=many speaker=Mayor party=Rebels
    2022-03-03 judgement verb=accept target=a
    """

    def by(rest: str) -> dict[str, str]:
        return rules(killed(book, ours(rest), "Rebels"), ids)

    assert by('[sources]\nkinds = ["monitor"]\n')["b"] == "other-kind"
    assert by("[sources]\nunjudged = false\n")["c"] == "unjudged"
    assert by('[sources]\nreliability = "B"\n')["b"] == "unreliable"
    assert by("[sources]\nalleged = false\n")["c"] == "alleged"
    assert by("[sources]\nreviewed = true\n") == {
        "a": "latest-total", "b": "unreviewed", "c": "unreviewed", "d": "no-figure",
    }  # fmt: skip
    assert by('[sources]\nparty_word = "own"\n')["b"] == "party-word"
    four = killed(book, ours("[sources]\nvoices = 4\n"), "Rebels")
    assert (show(four.figure), four.rule) == ("..", "too-few-voices")
    assert by("[words]\nunknown = 3\n")["d"] == "latest-total"
    assert shown(book, ours("[words]\nunknown = 3\n"), "Rebels") == "3..90"


@ledger
def test_expiry_and_episodes_can_be_switched(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=12 speaker=Agency scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    """
    assert shown(book, ours("")) == "30"
    assert shown(book, ours("[standing]\nexpire = false\n")) == "12..30"
    assert shown(book, ours("[standing]\nexpire_after_days = 2\n")) == "12..30"


@ledger
def test_a_word_keeps_its_bound_and_what_cannot_be_judged_counts(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=24.. as_written="at least dozens" speaker=Monitor
    j = 2022-03-01 incident name="Raid on Hentzau"
    b = 2022-03-02 claim outcome=killed figure=..99 as_written="up to dozens" speaker=Monitor
    k = 2022-03-01 incident name="Fire in Strelsau"
    c = 2022-03-02 claim outcome=killed figure=268..(332)..374 speaker=Monitor
    2022-03-03 judgement verb=rate target=c changes=[(credibility, 6)]
    """
    words = ours("[words]\nnumbers = { dozens = 12 }\n")
    found = [toll.compute(book, ids[i], KILLED, method="ours", methods={"ours": words}).figure for i in "ij"]
    assert [show(f) for f in found] == ["12..", "..12"]
    assert show(toll.compute(book, ids["k"], KILLED, method="conservative").figure) == "268"
    assert show(toll.compute(book, ids["k"], KILLED, method="ged").figure) == "268..(332)..374"


@ledger
def test_what_was_ever_said_leaves_out_whom_a_method_does_not_hear_and_opens_where_people_differ(
    book: Book, ids: Ids
) -> None:
    """
    2022-01-01 source name=Bulletin kind=outlet reliability=E
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=1 speaker=Bulletin scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=30 speaker=Bulletin scope=cumulative
    c = 2022-03-03 claim outcome=killed figure=12 speaker=Monitor scope=cumulative
    d = 2022-03-01 claim outcome=surrendered figure=300 speaker=Army
    e = 2022-03-04 claim outcome=surrendered figure=20 speaker=Monitor
    """
    heard = ours(
        '[sources]\nreliability = "D"\n[standing]\ntotals = "ever"\nexpire = false\n[figure]\nrange = "hull"\n'
    )
    assert shown(book, heard) == "12"
    assert rules(killed(book, heard), ids) == {"a": "replaced", "b": "unreliable", "c": "latest-total"}
    assert shown(book, "minmax") == "1..30"
    assert shown(book, "minmax", outcome=Outcome.SURRENDERED) == "20..300"


@ledger
def test_a_toll_names_its_method_with_version_and_digest(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=12 speaker=Agency
    """
    one, other = ours(""), ours("# the same in other words\n")
    found = killed(book, one)
    assert (found.method, found.digest) == ("ours 1", one.digest)
    assert killed(book, other).digest != one.digest
    assert {killed(book, m).digest for m in ("strict", "ged")} == {
        METHODS[m].digest for m in ("strict", "ged")
    }


def test_the_file_of_strict_says_only_the_defaults() -> None:
    assert METHODS["strict"].policy == ours("").policy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name = ", "is no TOML"),
        ("version = 1", "needs a name"),
        ('name = "ours"\nversion = 1', "needs a description"),
        ('name = "ours"\nversion = 0\ndescription = "x"', "version is 0; it may be a whole number from 1"),
        ('name = "yours"\nversion = 1\ndescription = "x"', "the file's own name"),
        (HEAD + "colour = 1", "unknown key colour; a method may hold name"),
        (HEAD + "figure = 1", r"write \[figure\]"),
        (HEAD + "[figures]\nrange = 1", r"unknown key figures; .*tables are \[incidents\], "),
        (HEAD + "[figure]\nrnage = 1", r"unknown key figure.rnage; \[figure\] may hold range, best"),
        (HEAD + '[figure]\nrange = "wide"', "figure.range is 'wide'; it may be one of agree, hull, point"),
        (HEAD + '[figure]\nbest = "lowest"', "figure.best is 'lowest'; it may be a list"),
        (HEAD + '[figure]\nbest = ["lowest", "lowest"]', "none twice"),
        (HEAD + '[figure]\nbest = ["ranking"]', "need each other"),
        (HEAD + '[figure]\nranking = ["Monitor"]', "need each other"),
        (HEAD + '[figure]\nwhole = "sides"', "needs counts.groups"),
        (HEAD + '[figure]\nrange = "point"\nbest = []', "which gives the point"),
        (HEAD + '[counts]\noutcomes = ["dead"]', "any of killed, wounded"),
        (HEAD + "[counts]\ngroups = 1", "true or false"),
        (HEAD + "[sources]\ncredibility = 6", "from 1 to 5"),
        (HEAD + '[sources]\nreliability = "F"', "one of A, B, C, D, E"),
        (HEAD + '[words]\nnumbers = { dozens = "many" }', "a table of words and whole numbers"),
        (HEAD + "[standing]\nexpire_after_days = true", "a whole number from 0"),
    ],
)
def test_what_a_file_says_wrongly_is_one_sentence_with_the_file_the_key_and_what_is_allowed(
    content: str, words: str
) -> None:
    with pytest.raises(MethodError, match=words) as caught:
        toll.written(content, "methods/ours.toml")
    assert str(caught.value).startswith("methods/ours.toml")


# --- by the verbs ----------------------------------------------------------------------------------------------

TEXT = """\
title: Shells strike bridge in Zenda
published: 2024-03-06
publisher: Strelsau Post

Dozens of soldiers were killed on Tuesday when shells struck a bridge in Zenda, Ruritania, the Zenda Monitor said.

The Strelsau Red Cross said that 20 soldiers were killed in the attack on the bridge in Zenda on Tuesday.
"""

Out = pytest.CaptureFixture[str]


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "box"
    monkeypatch.setenv("TOLLBOOK_BOX", str(folder))
    assert main(["init", str(folder)]) == 0
    assert main(["add", str(tmp_path / "one.txt")]) == 0
    capsys.readouterr()
    return folder


def own(box: Path, name: str, rest: str) -> Path:
    path = box / "methods" / f"{name}.toml"
    path.write_text(HEAD.replace("ours", name) + rest, encoding="utf-8")
    return path


def test_a_box_s_own_method_is_one_of_them_everywhere(box: Path, capsys: Out) -> None:
    own(box, "ours", '[words]\nnumbers = { dozens = 36 }\n[figure]\nrange = "hull"\n')
    assert main(["methods", "--json"]) == 0
    listed = {m["name"]: m for m in json.loads(capsys.readouterr().out)}
    assert list(listed)[-1] == "ours"
    assert main(["toll", "--method", "ours", "--json"]) == 0
    found = [t for t in json.loads(capsys.readouterr().out) if not t["group"]]
    assert [(t["low"], t["high"], t["method"], t["rule"]) for t in found] == [(20, 36, "ours 1", "hull")]
    assert {t["digest"] for t in found} == {listed["ours"]["digest"]}
    for words in (
        ["explain"],
        ["incidents"],
        ["export", "--of", "tolls"],
        ["publish"],
        ["publish", "-f", "csv"],
    ):
        assert main([*words, "--method", "ours"]) == 0
    assert "ours 1" in capsys.readouterr().out
    assert main(["diff", "--known", "2020-01-01", "2100-01-01", "--method", "ours"]) == 0


def test_every_method_can_be_published_and_explained(box: Path, capsys: Out) -> None:
    for name in ("strict", "ged", "conservative", "minmax", "graded", "source:Zenda Monitor"):
        for words in (["explain", "--json"], ["explain"], ["publish"], ["publish", "-f", "json"], ["export"]):
            assert main([*words, "--method", name]) == 0, (name, words)
    capsys.readouterr()


def test_all_methods_stand_side_by_side_with_their_rules(box: Path, capsys: Out) -> None:
    assert main(["toll", "--method", "all", "--json"]) == 0
    found = {t["method"]: t for t in json.loads(capsys.readouterr().out) if not t["group"]}
    assert {m: (t["low"], t["best"], t["high"], t["rule"]) for m, t in found.items()} == {
        "strict 1": (20, None, 99, "range"),
        "ged 1": (20, 20, 24, "sides"),
        "conservative 1": (12, 12, 12, "lowest"),
        "minmax 2": (20, None, 99, "hull"),
        "graded 1": (None, None, None, "grade"),
    }
    assert all(t["why"] and len(t["used"]) + len(t["aside"]) >= 2 for t in found.values())
    assert main(["toll", "--method", "all"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["conservative", "1", "12", "12", "12", "lowest", "1", "1"] in [line[-8:] for line in lines]
    assert main(["toll", "--method", "all", "--by", "origin"]) == 2
    assert main(["explain", "--method", "all"]) == 2


def test_a_method_is_printed_as_its_file_and_that_file_is_a_method(box: Path, capsys: Out) -> None:
    assert main(["methods", "ged"]) == 0
    printed = capsys.readouterr().out
    assert printed == METHODS["ged"].text
    (box / "methods" / "mine.toml").write_text(printed.replace('"ged"', '"mine"'), encoding="utf-8")
    assert main(["methods", "mine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"] == printed.replace('"ged"', '"mine"')
    assert main(["methods", "nobody"]) == 2
    assert "there are strict" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "rest", "words"),
    [("strict", "", "there is a method 'strict' already"), ("ours", "[figure]\nbets = 1\n", "figure.bets")],
)
def test_a_file_that_cannot_be_used_stops_the_verb_with_one_sentence(
    box: Path, capsys: Out, name: str, rest: str, words: str
) -> None:
    path = own(box, name, rest)
    for verb in ("toll", "methods", "publish"):
        assert main([verb]) == 2
        said = capsys.readouterr().err
        assert words in said
        assert str(path) in said
        assert len(said.splitlines()) == 1


def test_methods_are_listed_where_there_is_no_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["methods", "--json"]) == 0
    assert [m["name"] for m in json.loads(capsys.readouterr().out)] == list(METHODS)


# --- what holds for every method -----------------------------------------------------------------------------

NAMED = [name for name, method in METHODS.items() if not method.policy.takes]
UNLIKE = ours(
    '[words]\nunknown = 2\nnumbers = { dozens = 7 }\nbounds = "number"\n[sources]\nalleged = false\n'
    '[standing]\ntotals = "ever"\nexpire = false\n[figure]\nrange = "hull"\nbest = ["latest", "highest"]\n'
)
SIDES = ours(
    '[words]\nbounds = "number"\n[standing]\nepisodes = "together"\n'
    '[figure]\nrange = "agree"\nwhole = "sides"\nbest = ["highest"]\n'
)


@st.composite
def judged(draw: st.DrawFn) -> list[Entry]:
    """Cards of the voices and vague words at random, or neither."""
    if draw(st.booleans()):
        return []
    letters, parties = st.sampled_from("ABCDEF"), st.sampled_from([None, "Army", "Rebels"])
    kinds = st.sampled_from([SourceKind.MONITOR, SourceKind.PARTY, SourceKind.OFFICIAL])
    return [
        Source(name=name, kind=draw(kinds), reliability=draw(letters), party=draw(parties))
        for name in ("Monitor", "Army", "Agency")
    ]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Entry], bool]:
    """An incident graded fair, with what was said of it; whether the voices have cards and some numbers are words."""
    reports, cards = draw(stories(3)), draw(judged())
    entries = [e for e in booked(reports) if not isinstance(e, Link)]
    if cards:
        new = {e.id: _said_so(draw, e) for e in entries}
        ids: dict[str | None, str] = {old: e.id for old, e in new.items()}
        entries = [
            replace(e, part_of=ids.get(e.part_of), supersedes=ids.get(e.supersedes))
            if isinstance(e, Claim)
            else e
            for e in new.values()
        ]
    claims = [e for e in entries if isinstance(e, Claim)]
    rates = [
        Judgement(
            verb=Verb.RATE,
            target=draw(st.sampled_from(claims)).id,
            reason="r",
            changes=(("credibility", "4"),),
        )
        for _ in cards[: draw(st.integers(0, 1))]
    ]
    grade = Judgement(verb=Verb.GRADE, target=ZENDA.id, reason="g", changes=(("grade", "fair"),))
    links = [Link(claim=c.id, incident=ZENDA.id) for c in claims]
    return [*cards, *entries, *links, grade, *rates], bool(cards)


WORDS = (
    Figure(24, None, 99, "dozens"),
    Figure(20, None, 99, "tens"),
    Figure(24, None, None, "at least dozens"),
    Figure(None, None, None, "many"),
)


def _said_so(draw: st.DrawFn, entry: Entry) -> Entry:
    """The entry, a claim perhaps with a vague word, or with whom it blames."""
    if not isinstance(entry, Claim):
        return entry
    return replace(
        entry,
        figure=draw(st.sampled_from([entry.figure, *WORDS])),
        perpetrator=draw(st.sampled_from([None, "Army", "Rebels"])),
    )


def tables(book: Book) -> dict[str, dict[str, Toll]]:
    """Method to group to toll."""
    more = {"unlike": UNLIKE, "sides": SIDES}
    found = {m: toll.table(book, ZENDA.id, m) for m in NAMED}
    found |= {name: toll.table(book, ZENDA.id, "ours", methods={"ours": m}) for name, m in more.items()}
    return {name: {t.group: t for t in tolls} for name, tolls in found.items()}


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_what_holds_for_every_method(world: tuple[list[Entry], bool], random: Callable[..., None]) -> None:
    entries, worded = world
    book = realise(entries)
    found = tables(book)
    for name, by_group in found.items():
        in_order(name, by_group)
        accounted_for(name, by_group, book)
    for name in ("ged", "sides"):
        adds_up(found[name])
    if not worded:
        # Where a method leaves out voices or takes words as other numbers, it may well say more than another.
        compared(found)
        allowed(found["conservative"].get(ALL), book)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert tables(realise(entries)) == found


def in_order(name: str, found: dict[str, Toll]) -> None:
    """Low, best and high are in order, as a Figure holds by itself, and no group is above everybody."""
    whole = found[ALL].figure if ALL in found else Figure()
    for group, t in found.items():
        assert t.figure.best is None or t.figure.floor <= t.figure.best
        if group != ALL and t.figure.known and whole.high is not None:
            assert t.figure.high is not None, (name, group)
            assert t.figure.high <= whole.high, (name, group)


def accounted_for(name: str, found: dict[str, Toll], book: Book) -> None:
    """Every figure has its rule, every claim is used or set aside, by a rule, and no figure rests on nothing."""
    for group, t in found.items():
        used, aside = {u.claim for u in t.used}, {u.claim for u in t.aside}
        assert t.rule, (name, group)
        assert t.why, (name, group)
        assert t.figure.known <= bool(used), (name, group)
        assert not used & aside, name
        assert all(u.rule and u.why for u in (*t.used, *t.aside))
        if group == ALL:
            assert used | aside == set(book.claims), name


def adds_up(found: dict[str, Toll]) -> None:
    """Low, best and high of everybody are numbers in order, and best is the sum of the sides."""
    whole = found[ALL].figure if ALL in found else Figure()
    if not whole.known:
        return
    assert whole.low is not None
    assert whole.best is not None
    assert whole.high is not None
    sides = [t.figure.best for g, t in found.items() if g != ALL and t.figure.known]
    assert not sides or whole.best == sum(b for b in sides if b is not None)


def compared(found: dict[str, dict[str, Toll]]) -> None:
    """The least of strict is in the range of minmax; the number of conservative is not above it."""
    for group, t in found["strict"].items():
        strict, wide = t.figure, found["minmax"][group].figure
        if strict.known:
            assert strict.low is None or wide.floor <= strict.low
            assert strict.low is None or wide.high is None or strict.low <= wide.high
    if ALL in found["strict"]:
        one, low = found["conservative"][ALL].figure, found["strict"][ALL].figure.low
        assert one.exact or not one.known
        assert not one.known or low is None or one.floor <= low


def allowed(found: Toll | None, book: Book) -> None:
    """The number of conservative is one that a claim allows, or a sum of what claims allow."""
    if found is None or not found.figure.known:
        return
    number = found.figure.floor
    figures = [book.claims[u.claim].figure for u in found.used]
    single = any(f.floor <= number and (f.high is None or number <= f.high) for f in figures)
    assert single or sum(f.floor for f in figures) <= number


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_history_by_every_method_is_the_toll_as_of_each_day(world: tuple[list[Entry], bool]) -> None:
    book = realise(world[0])
    for method in NAMED:
        for day, found in toll.history(book, ZENDA.id, KILLED, method=method):
            assert found == toll.compute(book, ZENDA.id, KILLED, method=method, as_of=day), method
