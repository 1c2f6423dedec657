"""Grades and credibility: what a book suggests, in the order of the definitions, and that only a person sets them."""

from __future__ import annotations

from hypothesis import given, settings

import made
from conftest import Ids, ledger
from tollbook import book as books
from tollbook.codes import Grade, Outcome
from tollbook.grading import credibility, grade
from tollbook.nouns import Entry
from tollbook.toll import compute
from tollbook.values import Book


def suggested(book: Book, ids: Ids, label: str = "i") -> str:
    found = grade(book, ids[label])
    assert found is not None
    assert set(found.claims) <= book.claims.keys()
    assert found.claims
    return found.value


@ledger
def test_confirmed_a_belligerent_accepts_that_it_did_it(book: Book, ids: Ids) -> None:
    """
    - source name="Ruritanian general staff" kind=party party="Ruritanian army"
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor" perpetrator="Hentzau militia"
    b = 2031-03-06 claim outcome=killed figure=9 victims_class=civilian speaker="Ruritanian general staff" perpetrator="Ruritanian army"
    """
    found = grade(book, ids["i"])
    assert found is not None
    assert (found.value, found.claims) == (Grade.CONFIRMED, (ids["b"],))
    assert "Ruritanian army says that it did it" in found.why
    assert book.grades == {}


@ledger
def test_fair_two_credible_origins_and_an_action_by_a_belligerent(book: Book, ids: Ids) -> None:
    """
    - source name="Zenda Monitor" kind=monitor reliability=B
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor" perpetrator="Ruritanian army"
    2031-03-05 claim outcome=killed figure=10 speaker="Strelsau Red Cross"
    """
    found = grade(book, ids["i"])
    assert found is not None
    assert found.value == Grade.FAIR
    assert "2 credible origins" in found.why
    assert "1 of unjudged reliability" in found.why


@ledger
def test_weak_one_origin_however_many_papers_or_no_action_or_no_credible_second(book: Book, ids: Ids) -> None:
    """
    - source name="Hentzau Whisper" reliability=E
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor" perpetrator="Ruritanian army" publisher=Post
    2031-03-06 claim outcome=killed figure=12 speaker="Zenda Monitor" perpetrator="Ruritanian army" publisher=Herald
    2031-03-06 claim outcome=killed figure=12 speaker="Hentzau Whisper"
    2031-03-06 claim outcome=killed figure=12 speaker="Strelsau Red Cross" status=denied
    j = 2031-03-14 incident name="Blast in Hofbau"
    2031-03-15 claim outcome=killed figure=2 speaker="Zenda Monitor"
    2031-03-15 claim outcome=killed figure=2 speaker="Strelsau Red Cross"
    2031-03-15 course type="Agreement" phase=announced
    k = 2031-03-24 incident name="Raid on Tarlenheim"
    x = 2031-03-25 claim outcome=killed figure=2 speaker="Zenda Monitor" perpetrator="Ruritanian army"
    y = 2031-03-25 claim outcome=killed figure=2 speaker="Strelsau Red Cross"
    2031-03-26 judgement verb=unverifiable target=y
    """
    assert suggested(book, ids) == suggested(book, ids, "j") == suggested(book, ids, "k") == Grade.WEAK
    found = grade(book, ids["j"])
    assert found is not None
    assert "no action by a belligerent" in found.why


@ledger
def test_shells_are_an_action_of_a_belligerent_whoever_fired_them(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor"
    2031-03-05 claim outcome=killed figure=10 speaker="Strelsau Red Cross"
    2031-03-05 course type="Shelling/artillery/missile attack" phase=began
    """
    assert suggested(book, ids) == Grade.FAIR


@ledger
def test_contested_the_deed_is_laid_to_two(book: Book, ids: Ids) -> None:
    """
    - source name="Ruritanian general staff" kind=party party="Ruritanian army"
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor" perpetrator="Ruritanian army"
    2031-03-05 claim outcome=killed figure=12 speaker="Ruritanian general staff" perpetrator="Hentzau militia"
    """
    assert suggested(book, ids) == Grade.CONTESTED


@ledger
def test_discounted_those_harmed_were_combatants_by_every_word(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Raid on Zenda"
    2031-03-05 claim outcome=killed figure=12 victims_class=combatant speaker="Zenda Monitor"
    2031-03-05 claim outcome=killed figure=12 speaker="Strelsau Red Cross"
    j = 2031-03-14 incident name="Raid on Hofbau"
    2031-03-15 claim outcome=killed figure=12 victims_class=combatant speaker="Zenda Monitor"
    2031-03-15 claim outcome=killed figure=1 victims_class=civilian speaker="Strelsau Red Cross"
    """
    assert suggested(book, ids) == Grade.DISCOUNTED
    assert suggested(book, ids, "j") == Grade.WEAK


@ledger
def test_where_nobody_speaks_of_harm_no_grade_is_suggested(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Siege of Zenda"
    2031-03-05 claim outcome=displaced figure=1200 speaker="Zenda Monitor"
    2031-03-05 claim outcome=killed figure=0 speaker="Zenda Monitor"
    """
    assert grade(book, ids["i"]) is None


@ledger
def test_credibility_is_suggested_by_who_agrees_and_who_contradicts(book: Book, ids: Ids) -> None:
    """
    - source name="Zenda Monitor" kind=monitor reliability=B
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor"
    b = 2031-03-05 claim outcome=killed figure=10.. speaker="Strelsau Red Cross"
    c = 2031-03-05 claim outcome=killed figure=40 speaker="Hentzau Whisper"
    d = 2031-03-05 claim outcome=wounded figure=3 speaker="Zenda Monitor"
    e = 2031-03-05 claim outcome=missing figure=3 speaker="Strelsau Red Cross"
    f = 2031-03-05 claim outcome=missing figure=9 speaker="Hentzau Whisper" status=possible
    g = 2031-03-05 claim outcome=displaced figure=300 speaker="Zenda Monitor"
    h = 2031-03-05 claim outcome=displaced figure=900 speaker="Hentzau Whisper"
    k = 2031-03-05 claim outcome=displaced figure=300 speaker="Strelsau Red Cross"
    """
    found = {label: credibility(book, ids[label]).value for label in "abdefghk"}
    assert found == {"a": "1", "b": "1", "d": "2", "e": "3", "f": "6", "g": "1", "h": "5", "k": "1"}
    assert set(credibility(book, ids["h"]).claims) == {ids["g"], ids["k"]}
    assert credibility(book, "nothing").value == "6"
    assert book.credibility == {}


@ledger
def test_a_total_that_was_outgrown_is_not_contradicted(book: Book, ids: Ids) -> None:
    """
    2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor"
    b = 2031-03-09 claim outcome=killed figure=30 speaker="Strelsau Red Cross"
    """
    assert credibility(book, ids["a"]).value == "3"
    assert credibility(book, ids["b"]).value == "4"


@ledger
def test_what_is_unverifiable_is_heard_by_strict_and_not_by_graded(
    entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    - source name="Zenda Monitor" kind=monitor reliability=B
    - source name="Strelsau Red Cross" kind=organisation reliability=B
    i = 2031-03-04 incident name="Shelling of Zenda"
    a = 2031-03-05 claim outcome=killed figure=12 speaker="Zenda Monitor"
    b = 2031-03-05 claim outcome=killed figure=20 speaker="Strelsau Red Cross"
    2031-03-06 judgement verb=grade target=i changes=[(grade, fair)]
    u = 2031-03-06 judgement verb=unverifiable target=b
    v = 2031-03-07 judgement verb=unverifiable target=i
    """

    def toll(method: str, *without: str) -> tuple[int | None, int | None]:
        book = books.realise(e for e in entries if e.id not in {ids[w] for w in without})
        figure = compute(book, ids["i"], Outcome.KILLED, method=method).figure
        return figure.low, figure.high

    assert toll("strict") == toll("strict", "u", "v") == (12, 20)
    assert toll("graded", "u", "v") == (12, 20)
    assert toll("graded", "v") == (12, 12)
    assert toll("graded") == (None, None)
    book = books.realise(e for e in entries if e.id != ids["v"])
    (aside,) = [
        u for u in compute(book, ids["i"], Outcome.KILLED, method="graded").aside if u.claim == ids["b"]
    ]
    assert aside.rule == "unverifiable"


@given(made.histories())
@settings(max_examples=300, deadline=None)
def test_a_suggestion_rests_on_claims_of_the_book_and_sets_nothing(history: list[Entry]) -> None:
    book = books.realise(history)
    before = (dict(book.grades), dict(book.credibility))
    for i in book.incidents:
        found = grade(book, i)
        if found is not None:
            assert found.value in set(Grade)
            assert found.why
            assert set(found.claims) <= book.claims.keys()
    for claim in book.claims:
        rated = credibility(book, claim)
        assert rated.value in set("123456")
        assert set(rated.claims) <= book.claims.keys() - {claim}
    assert (book.grades, book.credibility) == before
