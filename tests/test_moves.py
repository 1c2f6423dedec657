"""Moves: when a higher figure is told late, and when it tells of more dead."""

from __future__ import annotations

from conftest import ledger
from tollbook import toll
from tollbook.codes import Outcome
from tollbook.toll.wording import words
from tollbook.values import ALL, Book


def moves(book: Book) -> list[tuple[str, str, str]]:
    """From, to and kind of the moves of everybody killed."""
    (incident,) = book.incidents
    found = (c for c in toll.changes(book, incident, Outcome.KILLED) if c.group == ALL)
    return [(words(c.before), words(c.after), c.kind) for c in found]


@ledger
def test_a_later_total_of_the_same_day_is_new_deaths_and_no_late_report(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Blast at Zenda"
    2022-03-02 claim outcome=killed figure=10 speaker=Monitor date_from=2022-03-01 date_to=2022-03-01
    2022-03-05 claim outcome=killed figure=14 speaker=Monitor date_from=2022-03-01 date_to=2022-03-01
    """
    assert moves(book)[-1] == ("10", "14", "new deaths")


@ledger
def test_a_running_total_without_days_covers_them_up_to_the_day_it_was_said(book: Book) -> None:
    """
    i = 2022-03-01 incident name="Siege of Zenda"
    2022-03-03 claim outcome=killed figure=10 speaker=Monitor scope=cumulative
    2022-03-05 claim outcome=killed figure=14 speaker=Monitor scope=cumulative date_from=2022-03-01 date_to=2022-03-02
    """
    assert moves(book)[-1] == ("10", "14", "late report")
