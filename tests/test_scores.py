"""Scorecards: how early, how often revised, how far and in which direction, against whom; nothing where there is too little."""

from __future__ import annotations

from hypothesis import given, settings

import made
from conftest import Ids, ledger
from tollbook import book as books
from tollbook.nouns import Entry
from tollbook.scores import FEW, score
from tollbook.values import Book


@ledger
def test_a_scorecard_says_how_early_how_often_revised_how_far_and_against_whom(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Shelling of Zenda"
    a = 2031-03-01 claim outcome=killed figure=12 speaker="Zenda Monitor" publisher="Zenda Monitor"
    b = 2031-03-03 claim outcome=killed figure=10 speaker="Red Cross" publisher="Strelsau Post"
    c = 2031-03-03 claim outcome=killed figure=20 speaker="Zenda Monitor" publisher="Strelsau Post"
    j = 2031-03-11 incident name="Raid on Hofbau"
    d = 2031-03-11 claim outcome=killed figure=4 speaker="Red Cross" publisher="Strelsau Post"
    e = 2031-03-12 claim outcome=killed figure=4 speaker="Zenda Monitor" publisher="Strelsau Post"
    f = 2031-03-13 claim outcome=killed figure=4 speaker="Zenda Monitor" publisher="Zenda Monitor"
    k = 2031-03-21 incident name="Blast in Tarlenheim"
    g = 2031-03-21 claim outcome=killed figure=10 speaker="Red Cross" publisher="Strelsau Post"
    h = 2031-03-24 claim outcome=killed figure=15 speaker="Zenda Monitor" publisher="Strelsau Post"
    m = 2031-03-25 claim outcome=killed figure=15 speaker="Zenda Monitor" publisher="Hofbau Herald"
    x = 2031-03-25 judgement verb=accept target=h
    y = 2031-03-25 judgement verb=reject target=m
    z = 2031-03-25 judgement verb=undo target=y
    """
    found = score(book, "Zenda Monitor")
    assert (found.claims, found.reports) == (6, 2)
    assert (found.original.value, found.original.of) == (2 / 6, 6)
    assert set(found.original.claims) == {ids["a"], ids["f"]}
    assert (found.first.value, found.days.value, found.days.of) == (1 / 3, 1, 3)
    assert set(found.days.claims) == {ids["a"], ids["e"], ids["h"]}
    assert (found.revised.value, found.revised.of, found.raised, found.lowered) == (1 / 3, 3, 1, 0)
    assert (found.closing.below, found.closing.inside, found.closing.above) == (0, 1, 2)
    assert found.closing.distance.value == 0.5
    assert found.opening.distance.value == 0.2
    (pair,) = found.against
    assert (pair.other, pair.agree.value, pair.lower, pair.higher) == ("Red Cross", 1 / 3, 0, 2)
    assert (found.accepted, found.corrected, found.rejected) == (1, 0, 0)
    other = score(book, "Red Cross")
    assert (other.first.value, other.days.value) == (2 / 3, 0)
    assert other.closing.below == 2
    assert other.relays.few == "too few: 0 claims"


@ledger
def test_of_two_incidents_nothing_is_said(book: Book) -> None:
    """
    i = 2031-03-01 incident name="Shelling of Zenda"
    2031-03-01 claim outcome=killed figure=12 speaker="Zenda Monitor"
    2031-03-03 claim outcome=killed figure=10 speaker="Red Cross"
    j = 2031-03-11 incident name="Raid on Hofbau"
    2031-03-11 claim outcome=killed figure=4 speaker="Zenda Monitor"
    2031-03-12 claim outcome=killed figure=4 speaker="Red Cross"
    """
    found = score(book, "Zenda Monitor")
    assert found.days.value is None
    assert found.days.few == "too few: 2 incidents"
    assert found.against[0].agree.few == "too few: 2 incidents"
    assert found.revised.few == "too few: 0 repeated figures"
    assert score(book, "nobody").claims == 0


@ledger
def test_an_open_figure_that_allows_what_others_say_lies_inside(book: Book) -> None:
    """
    i = 2031-03-01 incident name="Shelling of Zenda"
    2031-03-01 claim outcome=killed figure=5.. speaker="Zenda Monitor"
    2031-03-01 claim outcome=killed figure=12 speaker="Red Cross"
    j = 2031-03-11 incident name="Raid on Hofbau"
    2031-03-11 claim outcome=killed figure=..9 speaker="Zenda Monitor"
    2031-03-11 claim outcome=killed figure=4 speaker="Red Cross"
    k = 2031-03-21 incident name="Blast in Tarlenheim"
    2031-03-21 claim outcome=killed figure=30.. speaker="Zenda Monitor"
    2031-03-21 claim outcome=killed figure=10 speaker="Red Cross"
    """
    found = score(book, "Zenda Monitor").closing
    assert (found.below, found.inside, found.above, found.distance.value) == (0, 2, 1, 0)


@given(made.histories())
@settings(max_examples=300, deadline=None)
def test_every_figure_rests_on_claims_of_the_book_and_none_on_too_few(history: list[Entry]) -> None:
    book = books.realise(history)
    for origin in set(book.origin_of.values()):
        found = score(book, origin)
        measures = [found.original, found.relays, found.first, found.days, found.revised]
        measures += [found.opening.distance, found.closing.distance, *(a.agree for a in found.against)]
        for measure in measures:
            assert set(measure.claims) <= book.claims.keys() | book.courses.keys()
            assert (measure.value is None) >= (measure.of < FEW)
            assert bool(measure.few) == (measure.value is None)
        for share in (found.original, found.relays, found.first, found.revised):
            assert share.value is None or 0 <= share.value <= 1
        for against in found.against:
            back = next(a for a in score(book, against.other).against if a.other == origin)
            assert (back.lower, back.higher) == (against.higher, against.lower)
