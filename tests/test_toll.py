"""The toll: ledgers of one rule each, then properties over books made at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from stories import START, ZENDA, booked, counted, stories
from tollbook import toll
from tollbook.book import realise
from tollbook.codes import Outcome
from tollbook.figures import Figure, exactly, show
from tollbook.nouns import Claim, Entry, Incident, Link, Report
from tollbook.toll import CIVILIANS, METHODS, OTHER, TollError
from tollbook.values import ALL, Book, Toll

KILLED = Outcome.KILLED


def incident_of(book: Book) -> str:
    return next(iter(book.incidents))


def killed(book: Book, group: str = ALL, method: str = "strict", as_of: str | None = None) -> str:
    day = date.fromisoformat(as_of) if as_of else None
    return show(toll.compute(book, incident_of(book), KILLED, group, method, day).figure)


def rules(found: Toll, ids: Ids) -> dict[str, str]:
    """Label to the rule that set it aside or used it."""
    by_id = {u.claim: u.rule for u in (*found.used, *found.aside)}
    return {label: by_id[i] for label, i in ids.items() if i in by_id}


# --- groups, and what may still rise -------------------------------------------------------------------------


@ledger
def test_plain_people_whose_class_is_only_inferred_are_a_whole_for_everybody(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=12.. victims=people victims_class=mixed speaker=Monitor
    s = 2022-03-02 claim outcome=killed figure=7 victims=soldiers party=Army part_of=w speaker=Monitor
    p = 2022-03-03 claim outcome=killed figure=17 victims=people victims_class=civilian inferred=yes speaker=Monitor
    q = 2022-03-04 claim outcome=killed figure=21 victims=people victims_class=civilian inferred=yes speaker=Monitor
    """
    assert [killed(book, as_of=f"2022-03-0{day}") for day in (2, 3, 4)] == ["12..", "17", "21"]
    assert {t.group for t in toll.table(book, ids["i"])} == {ALL, "Army"}


@ledger
def test_civilians_are_a_group_where_the_words_or_a_person_name_them(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=17 victims=people victims_class=civilian inferred=yes speaker=Monitor
    s = 2022-03-02 claim outcome=killed figure=4 victims=children victims_class=civilian part_of=w speaker=Monitor
    p = 2022-03-02 claim outcome=killed figure=6 victims=people victims_class=unknown inferred=yes speaker=Council
    2022-03-03 judgement verb=correct target=p changes=[(victims_class, civilian)]
    """
    assert killed(book, CIVILIANS, "source:Monitor") == "4"
    assert killed(book, CIVILIANS, "source:Council") == "6"
    assert killed(book, method="source:Monitor") == "17"


@ledger
def test_who_fled_is_one_group_whatever_the_people_are_called(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=displaced figure=4500 victims=residents victims_class=civilian speaker=Council publisher=Gazette
    2022-03-02 claim outcome=displaced figure=4501.. victims=people victims_class=civilian inferred=yes speaker=Council publisher=Courier
    """
    found = {t.group: show(t.figure) for t in toll.table(book, ids["i"])}
    assert found == {ALL: "4500", CIVILIANS: "4500"}


@ledger
def test_a_share_whose_class_is_only_inferred_is_nobody_s_group(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=12 victims=people speaker=Monitor
    s = 2022-03-02 claim outcome=killed figure=5 victims=people victims_class=civilian inferred=yes part_of=w speaker=Monitor
    """
    assert {t.group for t in toll.table(book, ids["i"])} == {ALL, OTHER}


@ledger
def test_a_later_telling_of_the_same_figure_says_that_it_may_rise(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-30 claim outcome=killed figure=373 speaker=Monitor publisher=Gazette
    2022-03-31 claim outcome=killed figure=373 speaker=Monitor publisher=Courier may_rise=yes
    """
    assert not toll.compute(book, ids["i"], KILLED, as_of=date(2022, 3, 30)).may_rise
    assert toll.compute(book, ids["i"], KILLED).may_rise


@ledger
def test_what_an_older_figure_or_another_voice_says_of_rising_does_not_count(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-29 claim outcome=killed figure=332 speaker=Monitor publisher=Gazette may_rise=yes
    2022-03-30 claim outcome=killed figure=373 speaker=Monitor publisher=Gazette
    2022-03-31 claim outcome=killed figure=332 speaker=Monitor publisher=Courier may_rise=yes
    2022-03-31 claim outcome=killed figure=373 speaker=Army publisher=Courier may_rise=yes
    """
    assert not toll.compute(book, ids["i"], KILLED, method="source:Monitor").may_rise
    assert toll.compute(book, ids["i"], KILLED, method="source:Army").may_rise


# --- the standing figure of one voice ----------------------------------------------------------------------


@ledger
def test_the_latest_total_stands_with_its_later_increments(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    old = 2022-03-01 claim outcome=killed figure=10 speaker=Monitor scope=cumulative
    inside = 2022-03-02 claim outcome=killed figure=3 speaker=Monitor mode=increment
    new = 2022-03-02 claim outcome=killed figure=14 speaker=Monitor scope=cumulative
    later = 2022-03-03 claim outcome=killed figure=2 speaker=Monitor mode=increment
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(16)
    assert rules(found, ids) == {
        "old": "replaced",
        "inside": "in-total",
        "new": "latest-total",
        "later": "increment",
    }
    assert killed(book, as_of="2022-03-02") == "14"
    assert killed(book, as_of="2022-03-01") == "10"


@ledger
def test_an_increment_told_with_a_later_total_is_in_it(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-05 report title="All of it"
    first = 2022-03-04 claim outcome=killed figure=73 speaker=Monitor scope=cumulative
    again = 2022-03-05 claim report=a outcome=killed figure=73 speaker=Monitor scope=cumulative
    held = 2022-03-05 claim report=a outcome=killed figure=5 speaker=Monitor mode=increment date_from=2022-03-03 date_to=2022-03-03
    top = 2022-03-05 claim report=a outcome=killed figure=2 speaker=Monitor mode=increment date_from=2022-03-05 date_to=2022-03-05
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(75)
    assert rules(found, ids)["held"] == "in-total"
    assert rules(found, ids)["top"] == "increment"


@ledger
def test_more_than_a_number_is_no_later_figure_on_its_day(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-05 claim outcome=killed figure=450 speaker=Monitor scope=cumulative
    more = 2022-03-05 claim outcome=killed figure=451.. speaker=Monitor scope=cumulative
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(450)
    assert rules(found, ids)["more"] == "vaguer"


@ledger
def test_increments_without_a_total_are_a_least(book: Book) -> None:
    """
    2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=3 speaker=Monitor mode=increment date_from=2022-03-02 date_to=2022-03-02
    2022-03-03 claim outcome=killed figure=4 speaker=Monitor mode=increment date_from=2022-03-03 date_to=2022-03-03
    """
    assert killed(book) == "7.."


@ledger
def test_one_voice_in_three_papers_is_one_origin(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=10 speaker=Monitor publisher=Gazette
    b = 2022-03-01 claim outcome=killed figure=10 speaker=Monitor publisher=Courier
    c = 2022-03-02 claim outcome=killed figure=10 speaker=Monitor publisher=Herald
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(10)
    assert found.origins == ("Monitor",)
    assert len(found.used) == 1
    assert sorted(u.rule for u in found.aside) == ["reprint", "reprint"]


@ledger
def test_an_older_total_printed_late_does_not_lower_the_toll(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=10 speaker=Monitor scope=cumulative
    b = 2022-03-02 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    late = 2022-03-03 claim outcome=killed figure=28 speaker=Monitor scope=cumulative publisher=Herald
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(30)
    assert rules(found, ids)["late"] == "fell"


@ledger
def test_a_voice_that_publishes_a_lower_figure_itself_is_believed(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=28 speaker=Monitor scope=cumulative publisher=Monitor
    """
    assert killed(book) == "28"


@ledger
def test_a_figure_that_the_text_replaces_falls_and_stays_fallen(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=40 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=31 speaker=Monitor supersedes=a
    late = 2022-03-04 claim outcome=killed figure=40 speaker=Monitor publisher=Herald
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(31)
    assert rules(found, ids) == {"a": "replaced", "b": "latest-total", "late": "old-wire"}


@ledger
def test_an_older_figure_in_the_same_report_comes_before_the_one_that_replaces_it(
    book: Book, ids: Ids
) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    old = 2022-03-02 claim outcome=killed figure=40 speaker=Monitor
    new = 2022-03-02 claim outcome=killed figure=31 speaker=Monitor supersedes=old
    """
    assert killed(book) == "31"


@ledger
def test_a_vaguer_word_of_the_same_voice_changes_nothing(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=373 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=200..999 speaker=Monitor
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(373)
    assert rules(found, ids)["b"] == "vaguer"


@ledger
def test_an_episode_lies_within_the_running_total(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-05 claim outcome=killed figure=90 speaker=Monitor scope=cumulative party=Rebels
    b = 2022-03-06 claim outcome=killed figure=50 speaker=Monitor party=Rebels date_from=2022-03-04 date_to=2022-03-04
    """
    found = toll.compute(book, ids["i"], KILLED, "Rebels")
    assert found.figure == exactly(90)
    assert rules(found, ids)["b"] == "episode"


# --- what never counts -------------------------------------------------------------------------------------


@ledger
def test_what_is_denied_possible_of_a_period_or_of_the_war_is_set_aside_by_name(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    good = 2022-03-01 claim outcome=killed figure=12 speaker=Monitor
    denied = 2022-03-01 claim outcome=killed figure=90 speaker=Army status=denied
    possible = 2022-03-01 claim outcome=killed figure=80 speaker=Monitor status=possible
    month = 2022-03-01 claim outcome=killed figure=70 speaker=Monitor scope=period
    war = 2022-03-01 claim outcome=killed figure=500000 speaker=Monitor scope=war
    nothing = 2022-03-01 claim outcome=killed speaker=Monitor
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(12)
    assert rules(found, ids) == {
        "good": "latest-total",
        "denied": "denied",
        "possible": "possible",
        "month": "period",
        "war": "war-total",
        "nothing": "no-figure",
    }
    assert all(u.why.endswith(".") for u in (*found.used, *found.aside))


@ledger
def test_a_claim_without_any_day_is_in_no_toll_of_a_day(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = - report publisher=Gazette
    c = - claim outcome=killed figure=12 speaker=Monitor
    """
    assert killed(book) == "12"
    found = toll.compute(book, ids["i"], KILLED, as_of=date(2022, 3, 9))
    assert not found.figure.known
    assert rules(found, ids) == {"c": "undated"}


# --- parts and wholes --------------------------------------------------------------------------------------


@ledger
def test_shares_give_the_groups_and_are_never_added_to_the_whole(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=373 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=268 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=98 speaker=Monitor party=Army part_of=w
    c = 2022-03-02 claim outcome=killed figure=7 speaker=Monitor victims_class=civilian part_of=w
    """
    assert [killed(book, g) for g in (ALL, "Rebels", "Army", CIVILIANS)] == ["373", "268", "98", "7"]
    assert {t.group for t in toll.table(book, ids["i"])} == {ALL, "Rebels", "Army", CIVILIANS}
    assert rules(toll.compute(book, ids["i"], KILLED), ids) == {
        "w": "latest-total",
        "a": "share",
        "b": "share",
        "c": "share",
    }


@ledger
def test_what_a_whole_holds_beside_its_parts_is_other_or_unknown(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=50 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=30 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=12..15 speaker=Monitor party=Army part_of=w
    """
    assert killed(book, OTHER) == "5..8"


@ledger
def test_two_parts_of_one_party_are_added_for_the_party(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=121 speaker=Army
    a = 2022-03-02 claim outcome=killed figure=77 speaker=Army party=Army victims=guards part_of=w
    b = 2022-03-02 claim outcome=killed figure=40 speaker=Army party=Army victims=troops part_of=w
    c = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims_class=civilian part_of=w
    """
    assert [killed(book, g) for g in (ALL, "Army", CIVILIANS)] == ["121", "117", "4"]


@ledger
def test_another_way_of_cutting_is_not_added(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=50 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=30 speaker=Monitor party=Army part_of=w
    b = 2022-03-02 claim outcome=killed figure=20 speaker=Monitor victims_class=civilian part_of=w
    c = 2022-03-02 claim outcome=killed figure=9 speaker=Monitor victims_class=civilian victims=children part_of=w dim=age
    """
    assert [killed(book, g) for g in (ALL, "Army", CIVILIANS)] == ["50", "30", "20"]


@ledger
def test_a_whole_of_one_party_holds_its_civilians_once(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    own = 2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army
    civil = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims_class=civilian part_of=own
    other = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    """
    assert [killed(book, g) for g in (ALL, "Army", CIVILIANS, "Rebels")] == ["495", "121", "4", "374"]


@ledger
def test_a_share_said_apart_by_one_paper_stays_a_share_by_the_word_of_another(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    own = 2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army
    civil = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims_class=civilian part_of=own
    s = 2022-03-02 report publisher=Courier
    again = 2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army
    apart = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims_class=civilian
    other = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    """
    assert killed(book) == "495"


@ledger
def test_a_whole_smaller_than_a_group_beside_it_is_of_the_others(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=121 speaker=Army
    x = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    """
    found = toll.compute(book, ids["i"], KILLED)
    assert found.figure == exactly(495)
    assert {u.rule for u in found.used} == {"beyond"}


@ledger
def test_parts_only_make_a_whole_that_is_open_while_a_known_group_is_missing(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    b = 2022-03-02 claim outcome=killed figure=121 speaker=Army party=Army
    c = 2022-03-02 claim outcome=killed figure=7 speaker=Monitor victims_class=civilian
    """
    assert killed(book, method="source:Army") == "495.."
    assert killed(book, method="source:Monitor") == "7.."


@ledger
def test_groups_of_one_trigger_are_one_whole(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    a = 2022-03-02 claim outcome=killed figure=77 speaker=Army victims=guards party=Army span=10:70
    b = 2022-03-02 claim outcome=killed figure=40 speaker=Army victims=troops party=Army span=30:70
    c = 2022-03-02 claim outcome=killed figure=4 speaker=Army victims=civilians victims_class=civilian span=50:70
    """
    assert [killed(book, g) for g in (ALL, "Army", CIVILIANS)] == ["121", "117", "4"]


@ledger
def test_parts_that_exceed_their_whole_widen_it(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=123 speaker=Monitor
    a = 2022-03-02 claim outcome=killed figure=85 speaker=Monitor party=Rebels part_of=w
    b = 2022-03-02 claim outcome=killed figure=52 speaker=Monitor party=Army part_of=w
    """
    assert killed(book) == "123..137"


@ledger
def test_a_breakdown_that_leads_back_to_itself_is_no_breakdown(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-02 report publisher=Gazette
    a = 2022-03-02 claim outcome=killed figure=5 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=3 speaker=Monitor party=Army
    """
    looped = [_looped(e, ids) for e in entries]
    assert killed(realise(looped)) == "5"


def _looped(entry: Entry, ids: Ids) -> Entry:
    if isinstance(entry, Claim):
        return replace(entry, part_of=ids["b"] if entry.id == ids["a"] else ids["a"])
    return entry


# --- several voices ----------------------------------------------------------------------------------------


@ledger
def test_voices_that_disagree_give_a_range_without_a_best(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=268 speaker=Monitor party=Rebels
    b = 2022-03-02 claim outcome=killed figure=374 speaker=Army party=Rebels
    """
    assert killed(book, "Rebels") == "268..374"


@ledger
def test_voices_agree_where_one_number_satisfies_all(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=373 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=371.. speaker=Agency
    c = 2022-03-02 claim outcome=killed figure=..400 speaker=Army
    """
    assert killed(book) == "373"


@ledger
def test_a_less_exact_figure_does_not_widen_a_dispute(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=373 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=371.. speaker=Agency
    c = 2022-03-02 claim outcome=killed figure=495 speaker=Army
    """
    assert killed(book) == "373..495"


@ledger
def test_an_older_lower_total_expires_after_a_day(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=12 speaker=Agency scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    """
    assert killed(book) == "30"
    assert rules(toll.compute(book, ids["i"], KILLED), ids) == {"a": "expired", "b": "latest-total"}


@ledger
def test_a_total_of_the_day_before_still_stands_and_an_older_higher_one_always(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    high = 2022-03-01 claim outcome=killed figure=99 speaker=Army scope=cumulative
    a = 2022-03-02 claim outcome=killed figure=12 speaker=Agency scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    """
    assert killed(book) == "12..99"


@ledger
def test_a_reprint_does_not_keep_an_expired_total_alive(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=12 speaker=Agency scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=30 speaker=Monitor scope=cumulative
    c = 2022-03-03 claim outcome=killed figure=12 speaker=Agency scope=cumulative publisher=Herald
    """
    assert killed(book) == "30"


@ledger
def test_batches_are_of_different_people(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=surrendered figure=1001.. speaker=Army
    b = 2022-03-04 claim outcome=surrendered figure=20 speaker=Monitor
    """
    found = toll.compute(book, ids["i"], Outcome.SURRENDERED)
    assert show(found.figure) == "1001.."
    assert rules(found, ids) == {"a": "latest-total", "b": "batch"}


# --- methods -----------------------------------------------------------------------------------------------


@ledger
def test_minmax_takes_everything_that_was_ever_said(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=9 speaker=Monitor scope=cumulative
    b = 2022-03-05 claim outcome=killed figure=373 speaker=Monitor scope=cumulative
    c = 2022-03-06 claim outcome=killed figure=495 speaker=Army scope=cumulative
    d = 2022-03-06 claim outcome=killed figure=900 speaker=Army status=denied
    """
    assert killed(book, method="minmax") == "9..495"
    assert killed(book) == "373..495"


@ledger
def test_one_source_alone_by_name_or_alias(book: Book, ids: Ids) -> None:
    """
    2022-01-01 source name="Zenda Monitor" aliases=[ZM]
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-05 claim outcome=killed figure=373 speaker="Zenda Monitor"
    b = 2022-03-05 claim outcome=killed figure=495 speaker=Army
    """
    assert killed(book, method="source:ZM") == "373"
    found = toll.compute(book, ids["i"], KILLED, method="source:zenda monitor")
    assert found.method == "source:Zenda Monitor 1"
    assert rules(found, ids)["b"] == "other-voice"


@ledger
def test_a_toll_that_cannot_be_computed_says_what_one_can_ask_for(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-05 claim outcome=killed figure=373 speaker=Monitor
    """
    for method, words in (
        ("best", "strict, .*minmax, .*source:NAME"),
        ("source:Nobody", "tollbook sources"),
        ("source", "source:NAME"),
    ):
        with pytest.raises(TollError, match=words):
            toll.compute(book, ids["i"], KILLED, method=method)
    with pytest.raises(TollError, match="tollbook incidents"):
        toll.table(book, "0" * 16)


def test_every_method_says_what_it_does() -> None:
    assert set(METHODS) == {"strict", "ged", "conservative", "minmax", "graded", "source"}
    assert all(m.version >= 1 and len(m.description) > 60 for m in METHODS.values())


@ledger
def test_incidents_are_added_up_once_each(book: Book, ids: Ids) -> None:
    """
    a = 2022-03-01 incident name="Siege of Zenda"
    2022-03-02 claim outcome=killed figure=10 speaker=Monitor
    b = 2022-03-01 incident name="Raid on Hentzau"
    2022-03-02 claim outcome=killed figure=5..8 speaker=Monitor
    """
    tolls = [toll.compute(book, ids[i], KILLED) for i in "ab"]
    assert show(toll.add_up(tolls, "Ruritania").figure) == "15..18"
    with pytest.raises(TollError, match="twice"):
        toll.add_up([tolls[0], tolls[0]], "Ruritania")
    with pytest.raises(TollError, match="never added"):
        toll.add_up([tolls[0], toll.compute(book, ids["b"], Outcome.WOUNDED)], "Ruritania")
    with pytest.raises(TollError, match="no toll"):
        toll.add_up([], "Ruritania")


# --- moves -------------------------------------------------------------------------------------------------


def moves(book: Book, group: str = ALL, outcome: Outcome = KILLED) -> list[tuple[str, str, str]]:
    return [
        (show(c.before), show(c.after), c.kind)
        for c in toll.changes(book, incident_of(book), outcome)
        if c.group == group
    ]


@ledger
def test_bodies_found_on_the_day_explain_a_rise(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=332 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=373 speaker=Monitor
    c = 2022-03-02 claim outcome=bodies_found figure=51.. speaker=Monitor
    """
    assert moves(book) == [("..", "332", "first figure"), ("332", "373", "bodies recovered")]


@ledger
def test_fewer_bodies_than_the_rise_do_not_explain_it(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=181 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=332 speaker=Monitor
    c = 2022-03-02 claim outcome=bodies_found figure=22 speaker=Monitor
    """
    assert moves(book)[-1] == ("181", "332", "new deaths")


@ledger
def test_the_wounded_who_die_move_from_one_outcome_to_the_other(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-01 claim outcome=killed figure=10 speaker=Hospital
    2022-03-01 claim outcome=wounded figure=30 speaker=Hospital
    r = 2022-03-02 report publisher=Gazette
    2022-03-02 claim outcome=killed figure=12 speaker=Hospital
    2022-03-02 claim outcome=wounded figure=28 speaker=Hospital
    """
    assert moves(book)[-1] == ("10", "12", "died of wounds")


@ledger
def test_bodies_of_the_report_itself_come_before_bodies_that_others_tell(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-03 claim outcome=killed figure=10 speaker=Monitor
    r = 2022-03-05 report title="Sixty"
    2022-03-05 claim report=r outcome=killed figure=60 speaker=Monitor
    2022-03-05 claim report=r outcome=bodies_found figure=3 speaker=Monitor date_from=2022-03-05 date_to=2022-03-05
    q = 2022-03-06 report title="Forty"
    2022-03-06 claim report=q outcome=bodies_found figure=40.. speaker=Monitor date_from=2022-03-05 date_to=2022-03-05
    """
    assert moves(book)[-1] == ("10", "60", "new deaths")


@ledger
def test_a_figure_of_earlier_days_is_a_late_report(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-03 claim outcome=killed figure=10 speaker=Monitor date_from=2022-03-01 date_to=2022-03-03
    2022-03-05 claim outcome=killed figure=4 speaker=Monitor mode=increment date_from=2022-03-02 date_to=2022-03-02
    """
    assert moves(book)[-1] == ("10", "14", "late report")


@ledger
def test_people_move_between_groups_while_the_whole_stands(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    r = 2022-03-01 report publisher=Gazette
    v = 2022-03-01 claim outcome=killed figure=20 speaker=Monitor
    2022-03-01 claim outcome=killed figure=12 speaker=Monitor party=Rebels part_of=v
    2022-03-01 claim outcome=killed figure=8 speaker=Monitor victims_class=civilian part_of=v
    s = 2022-03-02 report publisher=Gazette
    w = 2022-03-02 claim outcome=killed figure=21 speaker=Monitor
    2022-03-02 claim outcome=killed figure=16 speaker=Monitor party=Rebels part_of=w
    2022-03-02 claim outcome=killed figure=5 speaker=Monitor victims_class=civilian part_of=w
    """
    assert moves(book, CIVILIANS)[-1] == ("8", "5", "reclassified")


@ledger
def test_a_voice_corrects_itself_and_another_begins(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-01 claim outcome=killed figure=40 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=31 speaker=Monitor supersedes=a
    c = 2022-03-03 claim outcome=killed figure=35 speaker=Army
    d = 2022-03-03 claim outcome=displaced figure=200 speaker=Army
    e = 2022-03-04 claim outcome=displaced figure=300 speaker=Army
    """
    assert moves(book) == [
        ("..", "40", "first figure"),
        ("40", "31", "source corrected itself"),
        ("..", "35", "new origin"),
    ]
    assert moves(book, outcome=Outcome.DISPLACED)[-1] == ("200", "300", "more reported")
    assert {c.kind for c in toll.changes(book, incident_of(book))} <= toll.KINDS.keys()


@ledger
def test_between_two_books_a_judgement_is_our_error_and_old_words_are_a_late_report(
    entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=40 speaker=Monitor
    misread = 2022-03-02 claim outcome=killed figure=90 speaker=Army
    2022-03-03 judgement verb=reject target=misread
    late = 2022-03-01 claim outcome=killed figure=70 speaker=Agency
    new = 2022-03-04 claim outcome=killed figure=80 speaker=Monitor
    """
    marks = [e.recorded_at for e in entries]
    books = [realise(entries, moment) for moment in sorted(set(marks))]
    kinds = [
        [(show(c.before), show(c.after), c.kind) for c in toll.diff(x, y, ids["i"])]
        for x, y in pairwise(books)
        if toll.diff(x, y, ids["i"])
    ]
    assert kinds == [
        [("..", "40", "first figure")],
        [("40", "40..90", "new origin")],
        [("40..90", "40", "our error")],
        [("40", "40..70", "late report")],
        [("40..70", "80", "new deaths")],
    ]


# --- disagreements -----------------------------------------------------------------------------------------


@ledger
def test_both_sides_of_a_disagreement_come_with_their_claims(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=268 speaker=Monitor party=Rebels scope=cumulative
    b = 2022-03-03 claim outcome=killed figure=374 speaker=Army party=Rebels scope=cumulative
    vague = 2022-03-03 claim outcome=killed figure=200..999 speaker=Agency party=Rebels scope=cumulative
    """
    found = [d for d in toll.disagreements(book, ids["i"]) if d.group == "Rebels"]
    assert [[(s.origin, show(s.figure), s.claims) for s in d.sides] for d in found] == [
        [("Monitor", "268", (ids["a"],)), ("Army", "374", (ids["b"],))]
    ]


@ledger
def test_a_toll_that_grew_is_no_disagreement_nor_is_an_episode(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    a = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor scope=cumulative
    b = 2022-03-05 claim outcome=killed figure=30 speaker=Army scope=cumulative date_from=2022-03-01 date_to=2022-03-05
    c = 2022-03-05 claim outcome=killed figure=5 speaker=Agency date_from=2022-03-04 date_to=2022-03-04
    """
    assert toll.disagreements(book, ids["i"]) == ()


# --- properties --------------------------------------------------------------------------------------------


def figures_of(book: Book, method: str = "strict") -> dict[str, Figure]:
    return {t.group: t.figure for t in toll.table(book, ZENDA.id, method)}


def methods_of(book: Book) -> list[str]:
    named = [name for name, method in METHODS.items() if not method.policy.takes]
    return [*named, *(f"source:{o}" for o in sorted(set(book.origin_of.values())))]


@settings(max_examples=300, deadline=None)
@given(stories())
def test_every_claim_is_used_or_set_aside_and_every_number_has_its_words(reports: list[list[Entry]]) -> None:
    book = realise(booked(reports))
    for method in methods_of(book):
        for found in toll.table(book, ZENDA.id, method):
            used, aside = {u.claim for u in found.used}, {u.claim for u in found.aside}
            assert used | aside <= book.claims.keys()
            assert not used & aside
            assert len(aside) == len(found.aside)
            assert all(u.rule and u.why and u.origin for u in (*found.used, *found.aside))
            assert found.figure.known <= bool(used)
            if found.group == ALL and not method.startswith("source"):
                assert used | aside == set(book.claims)


@settings(max_examples=300, deadline=None)
@given(stories())
def test_no_group_is_larger_than_everybody(reports: list[list[Entry]]) -> None:
    book = realise(booked(reports))
    for method in methods_of(book):
        found = figures_of(book, method)
        most = found[ALL].high if ALL in found and found[ALL].known else None
        if most is not None:
            assert all(f.high is not None and f.high <= most for g, f in found.items() if f.known), method


@settings(max_examples=200, deadline=None)
@given(stories(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(
    reports: list[list[Entry]], random: Callable[..., None]
) -> None:
    entries = booked(reports)
    before = toll.table(realise(entries), ZENDA.id)
    moves_before = toll.changes(realise(entries), ZENDA.id)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert toll.table(realise(entries), ZENDA.id) == before
    assert toll.changes(realise(entries), ZENDA.id) == moves_before


@settings(max_examples=300, deadline=None)
@given(stories(), st.data())
def test_a_reprint_changes_no_figure(reports: list[list[Entry]], data: st.DataObject) -> None:
    book = realise(booked(reports))
    copied = data.draw(st.sampled_from(reports))
    later = data.draw(st.integers(0, 5))
    again = realise(booked([*reports, reprint(copied, later)]))
    assert figures_of(again) == figures_of(book)
    assert figures_of(again, "minmax") == figures_of(book, "minmax")


def reprint(report: list[Entry], days: int) -> list[Entry]:
    """The same claims in another paper, so many days later."""
    old = report[0]
    assert isinstance(old, Report)
    assert old.said_on
    new = replace(old, publisher="Herald", said_on=old.said_on + timedelta(days=days), text="f" * 64)
    ids: dict[str, str] = {}
    found: list[Entry] = [new]
    for claim in (e for e in report if isinstance(e, Claim)):
        assert claim.said_on
        copy = replace(
            claim,
            report=new.id,
            said_on=claim.said_on + timedelta(days=days),
            part_of=ids.get(claim.part_of or ""),
            supersedes=ids.get(claim.supersedes or ""),
        )
        ids[claim.id] = copy.id
        found.append(copy)
    return found


@settings(max_examples=100, deadline=None)
@given(stories())
def test_history_is_the_toll_as_of_each_day(reports: list[list[Entry]]) -> None:
    book = realise(booked(reports))
    told_days = toll.history(book, ZENDA.id, KILLED)
    assert [d for d, _ in told_days] == sorted({c.said_on for c in book.claims.values() if c.said_on})
    for day, found in told_days:
        assert found == toll.compute(book, ZENDA.id, KILLED, as_of=day)
    assert told_days[-1][1].figure == toll.compute(book, ZENDA.id, KILLED).figure


@settings(max_examples=100, deadline=None)
@given(stories(), stories())
def test_a_toll_changes_only_by_entries_of_its_incident(
    mine: list[list[Entry]], theirs: list[list[Entry]]
) -> None:
    entries = booked(mine)
    other = Incident(name="Raid on Hentzau", said_on=START)
    added: list[Entry] = [other]
    for n, report in enumerate(theirs):
        copy = reprint(report, 0)
        added += [replace(e, text=f"{n:x}" * 64) if isinstance(e, Report) else e for e in copy[:1]]
        added += [replace(e, report=added[-1].id) for e in copy[1:2] if isinstance(e, Claim)]
    links = [Link(claim=e.id, incident=other.id) for e in added if isinstance(e, Claim)]
    assert toll.table(realise([*entries, *added, *links]), ZENDA.id) == toll.table(realise(entries), ZENDA.id)


@settings(max_examples=100, deadline=None)
@given(st.lists(counted(), min_size=1, max_size=5))
def test_a_scope_is_at_least_each_of_its_incidents(found: list[Figure]) -> None:
    tolls = [Toll(str(n), KILLED, figure=f) for n, f in enumerate(found)]
    whole = toll.add_up(tolls, "Ruritania").figure
    for f in found:
        assert whole.floor >= f.floor
        assert whole.high is None or (f.high is not None and whole.high >= f.high)
