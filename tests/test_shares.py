"""Shares: which figures the text says are part of another, and which add up to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.nouns import Report
from tollbook.reading import read
from tollbook.rules import Example, corpus

REPORT = Report(original="0", text="0", title="", publisher="")


def told(text: str) -> str:
    """The figures of a text in order, a share with the figure it is part of: "7 2<7"."""
    claims = read(REPORT, text).claims
    best = {c.id: c.figure.low for c in claims}
    return " ".join(f"{c.figure.low}" + (f"<{best[c.part_of]}" if c.part_of else "") for c in claims)


@pytest.mark.parametrize("example", corpus("en", "shares"), ids=lambda e: f"line {e.line}")
def test_corpus(example: Example) -> None:
    assert told(example.text) == example.expected, example.text


@given(st.integers(5, 40), st.integers(2, 40))
def test_two_places_are_shares_of_a_total_only_where_they_add_up(here: int, there: int) -> None:
    text = (
        f"At least {here + there} people were killed on Monday. In Zenda {here} people were killed. "
        f"In Hofbau {there} people were killed."
    )
    whole = here + there
    assert told(text) == f"{whole} {here}<{whole} {there}<{whole}"
    assert told(text.replace(f"least {whole}", f"least {whole + 1}")) == f"{whole + 1} {here} {there}"


@given(st.text(max_size=200))
def test_no_share_is_larger_than_its_whole(text: str) -> None:
    claims = {c.id: c for c in read(REPORT, f"Nine people were killed, including two women. {text}").claims}
    for c in claims.values():
        if c.part_of and c.figure.low is not None:
            high = claims[c.part_of].figure.high
            assert high is None or c.figure.low <= high
