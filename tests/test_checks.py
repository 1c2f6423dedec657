"""The checks: the smallest ledger that each one finds, and the nearest one that it must not."""

from __future__ import annotations

import re

import pytest

from conftest import Ids, ledger, written
from tollbook.book import realise
from tollbook.checks import CHECKS, TIERS, Twin, catalogue, check
from tollbook.nouns import Entry, Report
from tollbook.values import Book, Finding


def found(book: Book, code: str) -> list[Finding]:
    return [f for f in check(book, TIERS) if f.code == code]


def one(book: Book, code: str) -> Finding:
    findings = found(book, code)
    assert len(findings) == 1, [f.what for f in findings]
    return findings[0]


def test_every_check_has_its_code_tier_and_meaning_once() -> None:
    assert len({c.code for c in CHECKS}) == len(CHECKS)
    for c in CHECKS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", c.code)
        assert c.tier in TIERS
        assert 20 < len(c.meaning) < 90


PAGES = catalogue(CHECKS)
FIRES = [pytest.param(p.code, p.tier, t, id=f"{p.code} {n}") for p in PAGES for n, t in enumerate(p.fires)]
SILENT = [pytest.param(p.code, t, id=f"{p.code} {n}") for p in PAGES for n, t in enumerate(p.silent)]


@pytest.mark.parametrize(("code", "tier", "twin"), FIRES)
def test_what_must_be_found_is_found_and_nothing_else_of_its_tier(code: str, tier: str, twin: Twin) -> None:
    findings = check(realise(written(twin.ledger)), (tier,), today=twin.today)
    assert {f.code for f in findings} == {code, *twin.also}
    assert sum(f.code == code for f in findings) == 1


@pytest.mark.parametrize(("code", "twin"), SILENT)
def test_what_only_looks_like_it_is_not_found(code: str, twin: Twin) -> None:
    findings = check(realise(written(twin.ledger)), TIERS, today=twin.today)
    assert [f.what for f in findings if f.code == code] == []


def test_every_check_has_examples_and_every_example_says_what_it_shows() -> None:
    for page in PAGES:
        assert page.fires
        assert page.about.endswith(".")
        assert page.remedy.endswith(".")
        assert all(t.says.endswith(".") for t in (*page.fires, *page.silent))


def test_an_unknown_tier_is_refused() -> None:
    with pytest.raises(ValueError, match="basic, strict, other"):
        check(Book(), ("pedantic",))


@ledger
def test_only_the_tiers_asked_for_are_run(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor publisher=Gazette
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor publisher=Courier
    """
    assert check(book) == ()
    assert [f.code for f in check(book, ("other",))] == ["one-origin"]


# --- parts and wholes --------------------------------------------------------------------------------------


@ledger
def test_parts_that_come_to_more_than_their_whole(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=123 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=85 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=45 speaker=Monitor party=Army part_of=w
    c = 2022-03-02 claim outcome=killed figure=7 speaker=Monitor victims=villagers part_of=w
    """
    f = one(book, "parts-do-not-sum")
    assert f.claims == (ids["w"], ids["a"], ids["b"], ids["c"])
    assert f.subject == ids["w"]
    for words in ("123", "137", "85 + 45 + 7", "Gazette on 2 March 2022", "Monitor"):
        assert words in f.what
    assert "by 14" in f.why
    assert found(book, "parts-exceed-whole") == []


@ledger
def test_parts_within_their_whole_or_cut_another_way_are_well(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=50 speaker=Monitor
    2022-03-02 claim outcome=killed figure=30 speaker=Monitor party=Rebels part_of=w
    2022-03-02 claim outcome=killed figure=..30 speaker=Monitor party=Army part_of=w
    2022-03-02 claim outcome=killed figure=40 speaker=Monitor victims=men part_of=w dim=sex
    v = 2022-03-02 claim outcome=wounded figure=10.. speaker=Monitor
    2022-03-02 claim outcome=wounded figure=9 speaker=Monitor party=Army part_of=v
    2022-03-02 claim outcome=wounded figure=9 speaker=Monitor party=Rebels part_of=v
    """
    assert check(book) == ()


@ledger
def test_one_part_larger_than_its_whole(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=15 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=2 speaker=Monitor party=Army part_of=w
    """
    f = one(book, "parts-exceed-whole")
    assert f.claims == (ids["w"], ids["a"])
    assert "15 Rebels as a part of 12 killed" in f.what
    assert found(book, "parts-do-not-sum") == []


# --- falls -------------------------------------------------------------------------------------------------


@ledger
def test_the_dead_of_a_voice_become_fewer(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=332 speaker=Monitor scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=322 speaker=Monitor scope=cumulative publisher=Courier
    """
    f = one(book, "total-fell")
    assert f.claims == (ids["b"], ids["a"])
    assert "Monitor had said 332 killed; Courier on 3 March 2022 gives 322" in f.what
    assert "The higher figure stays" in f.why


@ledger
def test_a_voice_that_prints_the_lower_figure_itself_is_found_and_believed(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=332 speaker=Monitor scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=322 scope=cumulative publisher=Monitor
    """
    assert "taken as a correction" in one(book, "total-fell").why


@ledger
def test_a_correction_an_older_figure_an_episode_and_other_voices_are_no_fall(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=40 speaker=Monitor
    b = 2022-03-03 claim outcome=killed figure=31 speaker=Monitor supersedes=a
    2022-03-04 claim outcome=killed figure=12 speaker=Army
    2022-03-04 claim outcome=killed figure=5 speaker=Monitor
    2022-03-04 claim outcome=killed figure=10..60 speaker=Monitor
    r = 2022-03-05 report publisher=Courier
    old = 2022-03-05 claim outcome=killed figure=30 speaker=Monitor
    2022-03-05 claim outcome=killed figure=31 speaker=Monitor supersedes=old
    2022-03-04 claim outcome=detained figure=90 speaker=Army
    2022-03-05 claim outcome=detained figure=50 speaker=Army
    """
    assert found(book, "total-fell") == []


# --- voices ------------------------------------------------------------------------------------------------


@ledger
def test_standing_figures_that_cannot_all_be_true(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=373 speaker=Monitor scope=cumulative
    2022-03-02 claim outcome=killed figure=268 speaker=Monitor party=Rebels scope=cumulative part_of=w
    2022-03-02 claim outcome=killed figure=105 speaker=Monitor party=Army scope=cumulative part_of=w
    s = 2022-03-02 report publisher=Courier
    2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels scope=cumulative
    2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army scope=cumulative
    """
    f = one(book, "sources-disagree")
    assert f.subject.startswith(f"{ids['i']}:killed:")
    assert f.tier == "strict"
    for words in (
        "everybody: Monitor 373 against Army 495 (computed)",
        "Rebels: Monitor 268 against Army 374",
    ):
        assert words in f.what
    assert "122 apart" in f.why


@ledger
def test_voices_that_agree_or_speak_of_other_days_do_not_disagree(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=12 speaker=Monitor scope=cumulative
    2022-03-02 claim outcome=killed figure=10.. speaker=Army scope=cumulative
    2022-03-05 claim outcome=killed figure=30 speaker=Agency scope=cumulative
    2022-03-02 claim outcome=displaced figure=100 speaker=Monitor
    2022-03-02 claim outcome=displaced figure=900 speaker=Army
    """
    assert [f.what for f in found(book, "sources-disagree")] == []


@ledger
def test_a_side_claims_more_than_the_other_admits(book: Book, ids: Ids) -> None:
    """
    2022-01-01 source name="Rebel Command" kind=party party=Rebels
    2022-01-01 source name="Royal Army" kind=party party=Army
    i = 2022-03-01 incident name="Siege of Zenda"
    claimed = 2022-03-02 claim outcome=killed figure=374 speaker="Royal Army" party=Rebels
    admitted = 2022-03-02 claim outcome=killed figure=40 speaker="Rebel Command" party=Rebels
    2022-03-02 claim outcome=killed figure=374 speaker="Zenda Monitor" party=Rebels
    """
    f = one(book, "claimed-not-admitted")
    assert f.claims == (ids["claimed"], ids["admitted"])
    assert f.what == "Royal Army claims 374 of Rebels killed; Rebel Command admits 40."


@ledger
def test_an_admission_as_high_as_the_claim_and_a_monitor_s_count_are_well(book: Book) -> None:
    """
    2022-01-01 source name="Rebel Command" kind=party party=Rebels
    2022-01-01 source name="Royal Army" kind=party party=Army
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=40 speaker="Royal Army" party=Rebels
    2022-03-02 claim outcome=killed figure=40.. speaker="Rebel Command" party=Rebels
    2022-03-02 claim outcome=killed figure=99 speaker="Zenda Monitor" party=Rebels
    """
    assert found(book, "claimed-not-admitted") == []


@ledger
def test_a_toll_on_one_voice_though_many_carry_it(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor publisher=Gazette
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor publisher=Courier
    """
    f = one(book, "one-origin")
    assert f.subject == ids["i"]
    assert "5 killed rests on Monitor alone, though 2 publish it (Courier and Gazette)" in f.what


@ledger
def test_two_voices_are_not_one(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor
    2022-03-02 claim outcome=killed figure=5 speaker=Army
    """
    assert found(book, "one-origin") == []


# --- course ------------------------------------------------------------------------------------------------


@ledger
def test_one_says_it_is_over_another_that_it_goes_on(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    end = 2022-03-08 course phase=ended speaker=Army date_to=2022-03-08
    on = 2022-03-09 course phase=continues speaker=Monitor
    """
    f = one(book, "course-disputed")
    assert f.claims == (ids["end"], ids["on"])
    assert "Army says on 8 March 2022 that it is over" in f.what
    assert "Monitor says on 9 March 2022 that it goes on" in f.what


@ledger
def test_what_went_on_before_the_end_or_by_the_same_voice_is_no_dispute(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-07 course phase=continues speaker=Army
    2022-03-09 course phase=continues speaker=Agency date_to=2022-03-07
    2022-03-08 course phase=ended speaker=Army date_to=2022-03-08
    2022-03-09 course phase=continues speaker=Monitor date_to=2022-03-09
    2022-03-10 course phase=ended speaker=Monitor date_to=2022-03-10
    2022-03-11 course phase=continues speaker=Scout status=denied
    """
    assert found(book, "course-disputed") == []


# --- days and places ---------------------------------------------------------------------------------------


@ledger
def test_days_in_the_wrong_order(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda" date_from=2022-03-05 date_to=2022-03-01
    c = 2022-03-06 claim outcome=killed figure=5 speaker=Monitor date_from=2022-03-06 date_to=2022-03-04
    """
    findings = found(book, "range-inverted")
    assert {f.subject for f in findings} == {ids["c"], *book.incidents}
    assert any("2022-03-04, lies before the first, 2022-03-06" in f.what for f in findings)


@ledger
def test_a_least_above_the_most_of_the_same_report(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda" date_from=2022-03-01
    r = 2022-03-06 report publisher=Gazette
    a = 2022-03-06 claim outcome=killed figure=40.. speaker=Monitor
    b = 2022-03-06 claim outcome=killed figure=..30 speaker=Monitor
    """
    f = one(book, "range-inverted")
    assert f.claims == (ids["a"], ids["b"])
    assert "at least 40" in f.what
    assert "up to 30" in f.what


@ledger
def test_bounds_that_meet_and_bounds_of_two_reports_are_well(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda" date_from=2022-03-01
    r = 2022-03-06 report publisher=Gazette
    2022-03-06 claim outcome=killed figure=20.. speaker=Monitor
    2022-03-06 claim outcome=killed figure=..30 speaker=Monitor
    s = 2022-03-07 report publisher=Gazette
    2022-03-07 claim outcome=killed figure=40.. speaker=Monitor
    """
    assert found(book, "range-inverted") == []


@ledger
def test_a_day_that_was_still_to_come(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda" date_from=2022-03-01
    c = 2022-03-06 claim outcome=killed figure=5 speaker=Monitor date_to=2022-03-09
    """
    f = one(book, "impossible-date")
    assert f.claims == (ids["c"],)
    assert "2022-03-09, which was still to come" in f.what


@ledger
def test_a_day_long_before_the_event(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda" date_from=2022-03-01
    c = 2022-03-06 claim outcome=killed figure=5 speaker=Monitor date_from=2019-03-06 date_to=2019-03-06
    """
    assert "long before Siege of Zenda began on 2022-03-01" in one(book, "impossible-date").what


@ledger
def test_days_within_two_weeks_before_a_late_founding_are_well(book: Book) -> None:
    """
    2022-03-10 incident name="Siege of Zenda" date_from=2022-03-10
    2022-03-11 course phase=began speaker=Army date_from=2022-03-01 date_to=2022-03-01
    2022-03-11 claim outcome=killed figure=5 speaker=Monitor date_from=2022-03-02 date_to=2022-03-12
    """
    assert found(book, "impossible-date") == []


@ledger
def test_a_report_from_the_future(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-10 report publisher=Gazette title="Fighting at Zenda" recorded_at=2022-03-05T10:00:00+00:00
    s = 2022-03-06 report publisher=Courier recorded_at=2022-03-05T23:00:00+00:00
    """
    book = Book(reports={e.id: e for e in entries if isinstance(e, Report)})
    f = one(book, "impossible-date")
    assert f.subject == ids["r"]
    assert "bears the day 2022-03-10, but came in on 2022-03-05" in f.what


@ledger
def test_figures_under_no_incident(book: Book, ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    a = 2022-03-06 claim outcome=killed figure=40 speaker=Monitor
    b = 2022-03-06 claim outcome=wounded figure=9.. speaker=Monitor
    """
    f = one(book, "unanchored")
    assert f.subject == ids["r"]
    assert f.claims == (ids["a"], ids["b"])
    assert "40 killed, at least 9 wounded stand under no incident" in f.what


@ledger
def test_the_war_a_month_and_background_need_no_incident(book: Book) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    2022-03-06 claim outcome=killed figure=500000 speaker=Monitor scope=war
    2022-03-06 claim outcome=killed figure=61 speaker=Monitor scope=period
    2022-03-06 claim outcome=killed figure=40 speaker=Monitor date_from=2021-03-06 date_to=2021-03-06
    2022-03-06 claim outcome=killed figure=4000 speaker=Monitor date_from=2011-03-06 date_to=2022-03-06
    2022-03-06 claim outcome=killed figure=4 speaker=Army status=denied
    2022-03-06 claim outcome=displaced figure=4 speaker=Army
    2022-03-06 claim outcome=killed speaker=Army
    """
    assert found(book, "unanchored") == []


@ledger
def test_a_report_without_a_day(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = - report publisher=Gazette title="Fighting at Zenda"
    c = - claim outcome=killed figure=40 speaker=Monitor
    """
    f = one(book, "undated")
    assert f.subject == ids["r"]
    assert f.claims == (ids["c"],)
    assert "“Fighting at Zenda” was published without a day; 1 figure" in f.what
    assert found(book, "unanchored") == []


@ledger
def test_an_acknowledged_finding_is_explained_not_gone(book: Book, ids: Ids) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=15 speaker=Monitor party=Rebels part_of=w
    2022-03-03 judgement verb=acknowledge target=parts-exceed-whole:a reason="a misprint; the paper was asked"
    """
    assert one(book, "parts-exceed-whole").explained == "a misprint; the paper was asked"


@ledger
def test_a_confidential_voice_is_named_by_its_handle_only(book: Book) -> None:
    """
    2022-01-01 source name="Fritz von Tarlenheim" confidential=yes
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher="Fritz von Tarlenheim"
    w = 2022-03-02 claim outcome=killed figure=12 speaker="Fritz von Tarlenheim" scope=cumulative
    2022-03-02 claim outcome=killed figure=15 speaker="Fritz von Tarlenheim" party=Rebels part_of=w
    2022-03-02 claim outcome=killed figure=99 speaker=Monitor scope=cumulative
    2022-03-03 claim outcome=killed figure=10 speaker="Fritz von Tarlenheim" scope=cumulative publisher=Courier
    2022-03-03 course phase=ended speaker="Fritz von Tarlenheim" date_to=2022-03-03
    2022-03-04 course phase=continues speaker=Monitor
    """
    findings = check(book, TIERS)
    assert {f.code for f in findings} >= {
        "parts-exceed-whole",
        "total-fell",
        "sources-disagree",
        "course-disputed",
    }
    assert not [f for f in findings if "Tarlenheim" in f.what + f.why + f.remedy]


@ledger
def test_findings_speak_in_sentences(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    2022-03-02 claim outcome=killed figure=15 speaker=Monitor party=Rebels part_of=w
    2022-03-02 claim outcome=killed figure=5 speaker=Army incident=-
    2022-03-02 claim outcome=killed figure=99 speaker=Army
    """
    findings = check(book, TIERS)
    assert len(findings) >= 3
    for f in findings:
        for text in (f.what, f.why, f.remedy):
            assert text.endswith((".", "”."))
            assert "None" not in text
            assert not re.search(r"[{}<>]|\\|\(\?", text)


def test_a_book_without_anything_has_no_findings() -> None:
    assert check(Book(), TIERS) == ()
