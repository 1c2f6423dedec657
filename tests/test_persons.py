"""People whom a report names one by one: two names are two people, where no total is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger, written
from tollbook import toll
from tollbook.book import realise
from tollbook.codes import Outcome
from tollbook.figures import show
from tollbook.values import Book


def killed(book: Book) -> str:
    return show(toll.compute(book, next(iter(book.incidents)), Outcome.KILLED).figure)


@ledger
def test_two_names_are_two_people(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shooting in Zenda"
    r = 2031-03-05 report publisher=Gazette
    a = 2031-03-05 claim report=r outcome=killed figure=1 victims="Anton Brezin"
    b = 2031-03-05 claim report=r outcome=killed figure=1 victims="Olga Fenn" victims_class=civilian
    """
    assert killed(book) == "2"
    used = toll.compute(book, ids["i"], Outcome.KILLED).used
    assert {(u.claim, u.rule) for u in used} == {(ids["a"], "sum"), (ids["b"], "sum")}


@ledger
def test_a_person_told_of_twice_is_one(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shooting in Zenda"
    r = 2031-03-05 report publisher=Gazette
    2031-03-05 claim report=r outcome=killed figure=1 victims="Anton Karl Brezin"
    2031-03-05 claim report=r outcome=killed figure=1 victims="Anton Brezin"
    """
    assert killed(book) == "1"


@pytest.mark.parametrize(
    "beside",
    [
        'figure=1 victims="a nurse"',  # may be one of the two
        'figure=1 victims="former Zenda High School student"',  # capitals are no name
        "figure=3 victims=people",  # the whole
        "figure=2.. victims=guards",  # others, or the two
        'figure=1 victims="Rudolf Marek" mode=increment',  # comes on top of what is said
        'figure=1 victims="Rudolf Marek" scope=cumulative',
    ],
)
def test_names_beside_anything_else_are_not_added(beside: str) -> None:
    told = written(
        f"""
        i = 2031-03-04 incident name="Shooting in Zenda"
        r = 2031-03-05 report publisher=Gazette
        2031-03-05 claim report=r outcome=killed figure=1 victims="Anton Brezin"
        2031-03-05 claim report=r outcome=killed figure=1 victims="Olga Fenn"
        2031-03-05 claim report=r outcome=killed {beside}
        """
    )
    uses = toll.compute(realise(told), told[0].id, Outcome.KILLED).used
    assert "sum" not in {u.rule for u in uses}


@ledger
def test_names_of_two_reports_may_be_two_ways_to_tell_of_one(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shooting in Zenda"
    2031-03-05 claim outcome=killed figure=1 victims="Anton Brezin" speaker=Mayor publisher=Gazette
    2031-03-05 claim outcome=killed figure=1 victims="Olga Fenn" speaker=Mayor publisher=Post
    """
    assert killed(book) == "1"


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Anton Brezin", "Olga Fenn", "Rudolf Marek", "Emil Holt"]), min_size=1, max_size=7
    )
)
def test_a_report_that_names_its_dead_has_as_many_as_names(names: list[str]) -> None:
    lines = [f'2031-03-05 claim report=r outcome=killed figure=1 victims="{n}"' for n in names]
    told = written(
        "\n".join(
            [
                'i = 2031-03-04 incident name="Shooting in Zenda"',
                "r = 2031-03-05 report publisher=Gazette",
                *lines,
            ]
        )
    )
    assert killed(realise(told)) == str(len(set(names)))
