"""Identities: an entry is named by what it says, and a default says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tollbook.codes import Outcome
from tollbook.figures import exactly
from tollbook.nouns import Claim, Source, Span


def claim(**more: object) -> Claim:
    said = {
        "report": "r",
        "span": Span(0, 9),
        "quote": "12 killed",
        "outcome": Outcome.KILLED,
        "figure": exactly(12, "12"),
    }
    return Claim(**(said | more))  # type: ignore[arg-type]


def test_a_default_that_is_written_out_changes_nothing() -> None:
    assert claim(speaker=None, dim=None, relayed_by=()).id == claim().id


def test_what_is_said_changes_the_identity() -> None:
    assert claim(speaker="The guild").id != claim().id
    assert claim(said_on=date(2022, 1, 30)).id != claim().id


def test_when_and_by_whom_is_no_part_of_it() -> None:
    later = claim(recorded_at=datetime(2022, 2, 1, tzinfo=UTC), made_by="rules-en 1")
    assert later.id == claim().id


def test_identities_that_boxes_hold_stay_what_they_are() -> None:
    assert claim().id == "1a66d22534c168fd"
    assert Source(name="The guild").id == "849ce079f2a26318"
