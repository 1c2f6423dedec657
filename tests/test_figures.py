"""Figures: the arithmetic of bounds never says more than its parts do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made
from tollbook import figures
from tollbook.figures import NOTHING, Figure, add, between, exactly, overlap, widen


def allows(figure: Figure, number: int) -> bool:
    """Whether the number lies within the bounds."""
    return figure.floor <= number and (figure.high is None or number <= figure.high)


def within(data: st.DataObject, figure: Figure) -> int:
    """A number that the bounds allow."""
    most = figure.high if figure.high is not None else figure.floor + 1000
    return data.draw(st.integers(figure.floor, most))


plain = made.figures().map(lambda f: Figure(f.low, f.best, f.high))


@given(plain)
def test_a_figure_survives_its_notation(figure: Figure) -> None:
    assert figures.parse(figures.show(figure)) == figure


@given(st.lists(plain, min_size=1, max_size=5), st.data())
def test_the_sum_allows_every_sum_of_what_its_parts_allow(parts: list[Figure], data: st.DataObject) -> None:
    numbers = [within(data, part) for part in parts]
    assert allows(add(parts), sum(numbers))


@given(st.lists(plain, min_size=1, max_size=5), st.data())
def test_the_widest_range_allows_what_any_of_them_allows(parts: list[Figure], data: st.DataObject) -> None:
    known = [part for part in parts if part.known]
    for part in known:
        assert allows(widen(parts), within(data, part))
    assert widen(parts).known or not known


@given(st.lists(plain, max_size=5), st.randoms(use_true_random=False))
def test_order_matters_neither_in_a_sum_nor_in_a_range(parts: list[Figure], chance: random.Random) -> None:
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert add(parts) == add(shuffled)
    assert widen(parts) == widen(shuffled)


@given(plain, plain, plain)
def test_a_sum_of_sums_is_the_sum(a: Figure, b: Figure, c: Figure) -> None:
    assert add([add([a, b]), c]) == add([a, b, c])


@given(plain, plain)
def test_two_figures_overlap_when_one_number_fits_both(a: Figure, b: Figure) -> None:
    ends = {a.floor, b.floor}
    assert overlap(a, b) == any(allows(a, n) and allows(b, n) for n in ends)
    assert overlap(a, b) == overlap(b, a)


@given(plain, plain)
def test_a_best_is_never_made_up(a: Figure, b: Figure) -> None:
    if a.best is None or b.best is None:
        assert add([a, b]).best is None
    if a.known and b.known and a.best != b.best:
        assert widen([a, b]).best is None


def test_the_sum_of_none_is_not_zero() -> None:
    assert add([]) == NOTHING
    assert widen([NOTHING]) == NOTHING


def test_an_open_end_stays_open() -> None:
    assert add([between(20, None), exactly(3)]) == Figure(23, None, None)
    assert add([between(None, 5), exactly(3)]) == Figure(3, None, 8)


def test_a_figure_in_wrong_order_is_refused() -> None:
    with pytest.raises(ValueError, match="not in order"):
        Figure(9, 8, 10)
    with pytest.raises(ValueError, match="negative"):
        Figure(-1)


def test_a_range_of_one_number_is_that_number() -> None:
    assert between(4, 4) == exactly(4)
    assert exactly(4).exact
    assert not between(4, 5).exact


@pytest.mark.parametrize("text", ["", "12..x", "..(3)", "-4", "1..2..3", "twelve"])
def test_what_is_no_figure_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 373, 20\.\."):
        figures.parse(text)
