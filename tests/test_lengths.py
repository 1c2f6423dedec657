"""Texts that no person writes: without a stop, with endless numbers, or dated by a program that had no date."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.connectors.days import day
from tollbook.nouns import Claim, Report
from tollbook.reading import read
from tollbook.text import LONGEST, shade, split

MANY = "and nine people were killed in Zenda, "


def claims(body: str) -> tuple[Claim, ...]:
    report = Report(
        said_on=date(2024, 3, 5), title="", publisher="Zenda Post", address="", lang="en",
        original="0" * 64, text="1" * 64, document="x",
    )  # fmt: skip
    return tuple(read(report, body).claims)


@given(st.text(alphabet="ab,; \n.", max_size=60).map(lambda t: t * 150))
def test_no_sentence_is_longer_than_the_longest_and_no_word_is_lost(body: str) -> None:
    found = split(body, shade(body))
    assert all(0 < s.end - s.start <= LONGEST for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert [s.index for s in found] == list(range(len(found)))
    assert "".join("".join(body[s.start : s.end].split()) for s in found) == "".join(body.split())


def test_a_text_without_a_stop_is_cut_between_its_phrases() -> None:
    found = claims(MANY * 200)
    assert len(found) == 200
    assert {c.figure.low for c in found} == {9}


@pytest.mark.parametrize("number", ["9" * 400, "9" * 16, "9," + "999," * 200 + "999"])
def test_a_number_beyond_all_people_is_no_figure(number: str) -> None:
    assert not claims(f"In Zenda {number} people were killed on Monday, the mayor said.")


@pytest.mark.parametrize("text", ["0001-01-01", "Mon, 01 Jan 0001 00:00:00 +0000", "1 January 1601"])
def test_what_a_program_writes_for_no_date_is_none(text: str) -> None:
    assert day(text) is None
