"""Households are no persons: a figure of their own, and persons only by a declared size. Stocks: the latest count stands."""

from __future__ import annotations

from datetime import date

from conftest import Ids, ledger
from tollbook import toll
from tollbook.codes import Outcome
from tollbook.figures import Figure, show
from tollbook.toll import HOUSEHOLDS
from tollbook.toll.units import times
from tollbook.values import ALL, Book


def _told(book: Book, outcome: Outcome, group: str = ALL, day: str | None = None) -> str:
    as_of = date.fromisoformat(day) if day else None
    return show(toll.compute(book, next(iter(book.incidents)), outcome, group, as_of=as_of).figure)


@ledger
def test_households_without_a_declared_size_are_no_persons(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    p = 2031-03-05 claim outcome=displaced figure=400 speaker="Red Cross"
    h = 2031-03-05 claim outcome=displaced figure=120 unit=household victims=families speaker=Mayor
    """
    assert (_told(book, Outcome.DISPLACED), _told(book, Outcome.DISPLACED, HOUSEHOLDS)) == ("400", "120")
    found = toll.compute(book, ids["i"], Outcome.DISPLACED)
    assert [(u.claim, u.rule) for u in found.aside] == [(ids["h"], "households")]
    assert {t.group: show(t.figure) for t in toll.table(book, ids["i"])} == {ALL: "400", HOUSEHOLDS: "120"}


@ledger
def test_without_any_person_counted_the_figure_in_persons_stays_empty(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=displaced figure=120 unit=household speaker=Mayor
    """
    assert not toll.compute(book, next(iter(book.incidents)), Outcome.DISPLACED).figure.known
    assert _told(book, Outcome.DISPLACED, HOUSEHOLDS) == "120"


@ledger
def test_a_declared_size_makes_households_persons(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    h = 2031-03-05 claim outcome=displaced figure=120.. unit=household household_size=5.2 speaker=Mayor
    """
    assert (_told(book, Outcome.DISPLACED), _told(book, Outcome.DISPLACED, HOUSEHOLDS)) == ("624..", "120..")
    assert toll.compute(book, ids["i"], Outcome.DISPLACED).used[0].claim == ids["h"]


@ledger
def test_the_desk_declares_a_size_by_a_correction_that_can_be_undone(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    h = 2031-03-05 claim outcome=displaced figure=120 unit=household speaker=Mayor
    j = 2031-03-06 judgement verb=correct target=h changes=[(household_size, 5)] reason="census of 2029"
    """
    assert _told(book, Outcome.DISPLACED) == "600"


@ledger
def test_households_have_a_history_of_their_own(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=displaced figure=120 unit=household speaker=Mayor
    2031-03-06 claim outcome=displaced figure=900 speaker=Mayor
    2031-03-07 claim outcome=displaced figure=150 unit=household speaker=Mayor
    """
    homes = toll.history(book, ids["i"], Outcome.DISPLACED, HOUSEHOLDS)
    people = toll.history(book, ids["i"], Outcome.DISPLACED)
    assert [(d.day, show(t.figure)) for d, t in homes] == [(5, "120"), (7, "150")]
    assert [(d.day, show(t.figure)) for d, t in people] == [(5, ".."), (6, "900"), (7, "900")]


def test_a_size_keeps_open_ends_open() -> None:
    assert times(Figure(2, None, None, "at least two"), 4.6) == Figure(9, None, None, "at least two × 4.6")


@ledger
def test_a_stock_is_counted_on_a_day_and_may_fall(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Rising in the fort"
    2031-03-05 claim outcome=held figure=300 speaker=Warden
    2031-03-07 claim outcome=held figure=180 speaker=Warden
    2031-03-10 claim outcome=held figure=150 speaker="Red Cross"
    """
    days = ("2031-03-06", "2031-03-08", "2031-03-11")
    assert [_told(book, Outcome.HELD, day=d) for d in days] == ["300", "180", "150"]
