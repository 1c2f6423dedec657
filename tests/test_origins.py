"""Origins and reprints: whose word a statement is when several papers print one text."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook import book as books
from tollbook.checks import check
from tollbook.codes import Outcome
from tollbook.figures import exactly
from tollbook.nouns import EPOCH, Claim, Entry, Report, Source, Span
from tollbook.toll import compute
from tollbook.values import Book


def voice(book: Book, ids: Ids, label: str) -> str:
    return book.origin_of[ids[label]]


@ledger
def test_two_papers_that_print_one_text_are_one_origin_the_earliest(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    c = 2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed when shells fell on the market"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed when shells fell on the market"
    """
    assert voice(book, ids, "c") == voice(book, ids, "d") == "Strelsau Post"
    toll = compute(book, ids["i"], Outcome.KILLED)
    assert toll.origins == ("Strelsau Post",)
    assert any(f.code == "one-origin" for f in check(book, ("other",)))


@ledger
def test_of_one_text_the_agency_is_the_origin_whenever_it_came_in(book: Book, ids: Ids) -> None:
    """
    2031-03-01 source name="Strelsau News Agency" aliases=[SNA] kind=agency
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    c = 2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed in Zenda"
    e = 2031-03-04 course quote="The shelling began at dawn" phase=began
    b = 2031-03-05 report publisher="Hofbau Herald (SNA)" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed in Zenda"
    f = 2031-03-05 course quote="The shelling began at dawn" phase=began
    """
    assert {voice(book, ids, label) for label in "cdef"} == {"Strelsau News Agency"}


@ledger
def test_an_updated_wire_is_one_origin_with_a_later_figure(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    c = 2031-03-04 claim outcome=killed figure=12 quote="At least 12 people were killed in the shelling of Zenda"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=15 quote="At least 15 people were killed in the shelling of Zenda"
    """
    assert voice(book, ids, "d") == "Strelsau Post"
    toll = compute(book, ids["i"], Outcome.KILLED)
    assert (toll.figure.low, toll.figure.high) == (15, 15)


@ledger
def test_what_a_paper_adds_to_a_wire_is_its_own_word(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    c = 2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed when shells fell on the market"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed when shells fell on the market"
    e = 2031-03-05 claim outcome=killed figure=14 quote="Fourteen people were killed"
    f = 2031-03-05 claim outcome=wounded figure=3 quote="Twelve people were killed when shells fell on the market"
    """
    assert voice(book, ids, "d") == "Strelsau Post"
    assert voice(book, ids, "e") == voice(book, ids, "f") == "Hofbau Herald"


@ledger
def test_who_is_named_in_a_reprint_stays_the_origin_and_nameless_people_are_the_first_papers(
    book: Book, ids: Ids
) -> None:
    """
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    c = 2031-03-04 claim outcome=killed figure=12 speaker=residents quote="Residents said twelve people were killed"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 speaker=residents quote="Residents said twelve people were killed"
    e = 2031-03-05 claim outcome=killed figure=30 speaker="Zenda Monitor" quote="The Zenda Monitor spoke of 30"
    """
    assert voice(book, ids, "c") == voice(book, ids, "d") == "residents (Strelsau Post)"
    assert voice(book, ids, "e") == "Zenda Monitor"


@ledger
def test_a_person_takes_a_reprint_apart_and_undoes_it(
    entries: tuple[Entry, ...], book: Book, ids: Ids
) -> None:
    """
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post"
    2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed"
    j = 2031-03-06 judgement verb=correct target=b changes=[(reprints, -)]
    u = 2031-03-06 judgement verb=undo target=j
    """
    assert voice(book, ids, "d") == "Strelsau Post"
    without = books.realise(e for e in entries if e.id != ids["u"])
    assert voice(without, ids, "d") == "Hofbau Herald"


@ledger
def test_a_text_that_others_printed_never_bears_a_handle(book: Book, ids: Ids) -> None:
    """
    2031-03-01 source name="Rassendyll" confidential=yes pseudonym=1f9a3c07
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Rassendyll"
    c = 2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=a
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed"
    """
    assert voice(book, ids, "c") == voice(book, ids, "d") == "Hofbau Herald"


@ledger
def test_a_lot_in_a_circle_or_with_a_report_that_is_gone_is_a_lot_all_the_same(book: Book, ids: Ids) -> None:
    """
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-04 report publisher="Strelsau Post" reprints=0123456789abcdef
    c = 2031-03-04 claim outcome=killed figure=12 quote="Twelve people were killed"
    b = 2031-03-05 report publisher="Hofbau Herald" reprints=0123456789abcdef
    d = 2031-03-05 claim outcome=killed figure=12 quote="Twelve people were killed"
    """
    assert voice(book, ids, "c") == voice(book, ids, "d") == "Strelsau Post"


WORDS = ["Twelve people were killed", "The army lost ten men", "Shells fell and four died", "12", ""]


@st.composite
def wires(draw: st.DrawFn) -> list[Entry]:
    """Up to six papers that print each other or not, some of them agencies or confidential, with up to eight claims."""
    names = ["Post", "Herald (SNA)", "Courier", "Rassendyll", "Reuters", "post"]
    found: list[Entry] = [
        Source(name="Strelsau News Agency", aliases=("SNA",), recorded_at=EPOCH),
        Source(name="Rassendyll", confidential=True, pseudonym="1f9a3c07", recorded_at=EPOCH),
    ]
    reports: list[Report] = []
    for n in range(draw(st.integers(2, 6))):
        reports.append(
            Report(
                publisher=names[n], original="0" * 64, text="1" * 64, recorded_at=EPOCH + timedelta(hours=n),
                said_on=date(2031, 3, draw(st.integers(1, 4))),
                reprints=draw(st.sampled_from([None, *(r.id for r in reports)])),
            )
        )  # fmt: skip
    for n in range(draw(st.integers(1, 8))):
        report = draw(st.sampled_from(reports))
        found.append(
            Claim(
                report=report.id, span=Span(n, n + 9), quote=draw(st.sampled_from(WORDS)), outcome=Outcome.KILLED,
                figure=exactly(n), speaker=draw(st.sampled_from([None, None, "residents", "Zenda Monitor"])),
                recorded_at=report.recorded_at,
            )
        )  # fmt: skip
    return [*found, *reports]


@given(wires(), st.randoms(use_true_random=False))
@settings(max_examples=1000, deadline=None)
def test_origins_do_not_hang_on_the_order_and_grow_as_the_book_does(
    history: list[Entry], chance: random.Random
) -> None:
    whole = books.realise(history)
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert books.realise(shuffled).origin_of == whole.origin_of
    grown: list[Entry] = [e for e in history if isinstance(e, Source)]
    book = books.realise(grown)
    for report in (e for e in history if isinstance(e, Report)):
        new = [report, *(e for e in history if isinstance(e, Claim) and e.report == report.id)]
        book = books.grown(book, grown, new)
        grown = [*grown, *new]
    assert book == whole


@given(wires())
@settings(max_examples=1000, deadline=None)
def test_a_reprint_makes_no_origin_more_and_taking_all_apart_makes_each_paper_its_own(
    history: list[Entry],
) -> None:
    whole = books.realise(history)
    apart = books.realise(replace(e, reprints=None) if isinstance(e, Report) else e for e in history)
    assert len(set(whole.origin_of.values())) <= len(set(apart.origin_of.values()))
    named = {i for i, c in whole.claims.items() if c.speaker == "Zenda Monitor"}
    assert {whole.origin_of[i] for i in named} <= {"Zenda Monitor"}
