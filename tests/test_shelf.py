"""The shelf: a book that grew places reports as one reckoned anew does, and no incident worth a look is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.book import grown, realise
from tollbook.codes import Outcome, Scope
from tollbook.figures import exactly
from tollbook.incidents import match
from tollbook.incidents.shelf import Shelf
from tollbook.nouns import Claim, Entry, Report, Span
from tollbook.places import Place
from tollbook.values import Book, Reading

NOW = datetime(2022, 4, 1, tzinfo=UTC)
# Zenda and Hofbau lie beside each other, and so do the two in the far north; the last two have no point.
POINTS = {"Zenda": (50.0, 14.0), "Hofbau": (50.1, 14.2), "Strelsau": (48.0, 11.0), "Nord": (84.0, 20.0), "Polna": (84.1, 21.0)}  # fmt: skip
TOWNS = (*POINTS, "Ebersau", "Hentzau")
SITES = ("", "market of ", "bridge of ", "prison of ")


def places(name: str) -> Place | None:
    at = POINTS.get(name.capitalize())
    return Place(name, *at, "Ruritania", "", 1) if at else None


told = st.tuples(
    st.sampled_from(TOWNS),
    st.sampled_from(SITES),
    st.integers(0, 40),  # day of the event
    st.integers(0, 5),  # days until it is told
    st.integers(1, 90),
    st.sampled_from([Scope.INCIDENT, Scope.CUMULATIVE]),
)


def report(n: int, told: tuple[str, str, int, int, int, Scope]) -> tuple[Report, Reading]:
    """A report with one claim, its headline naming the place or nothing."""
    town, site, day, later, count, scope = told
    happened = date(2022, 1, 1) + timedelta(days=day)
    said = happened + timedelta(days=later)
    made = Report(
        said_on=said,
        title=f"Attack on {town}" if n % 3 else "News",
        original=f"{n}",
        text="0",
        recorded_at=NOW,
    )
    claim = Claim(
        report=made.id, said_on=said, span=Span(0, 1), quote="x", outcome=Outcome.KILLED, figure=exactly(count),
        place=f"{site}{town}", date_from=happened, date_to=happened, scope=scope, recorded_at=NOW,
    )  # fmt: skip
    return made, Reading((claim,))


def told_one_after_another(
    stories: Sequence[tuple[str, str, int, int, int, Scope]],
) -> list[tuple[Book, list[Entry]]]:
    """The book before each report, grown, with what placing the report brought."""
    book, entries, found = realise([]), list[Entry](), list[tuple[Book, list[Entry]]]()
    for n, story in enumerate(stories):
        made, reading = report(n, story)
        placed = match(made, reading, book, NOW, places)
        found.append((book, list(placed)))
        new = [made, *reading.claims, *placed]
        book = grown(book, entries, new)
        entries += new
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(told, max_size=14))
def test_a_grown_book_places_a_report_as_one_reckoned_anew(
    stories: list[tuple[str, str, int, int, int, Scope]],
) -> None:
    entries: list[Entry] = []
    for n, (_, placed) in enumerate(told_one_after_another(stories)):
        made, reading = report(n, stories[n])
        assert list(match(made, reading, realise(entries), NOW, places)) == placed
        entries += [made, *reading.claims, *placed]


@settings(max_examples=60, deadline=None)
@given(st.lists(told, max_size=14))
def test_what_the_shelf_leaves_out_fits_nothing(stories: list[tuple[str, str, int, int, int, Scope]]) -> None:
    quick = [placed for _, placed in told_one_after_another(stories)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shelf, "beside", lambda self, *_: set(self.profiles))
        assert [placed for _, placed in told_one_after_another(stories)] == quick


def test_a_book_asked_again_after_it_grew_answers_the_same() -> None:
    """The book that grew takes the shelf over; the one before makes a new one."""
    stories = [("Zenda", "", 1, 0, 12, Scope.INCIDENT), ("Hofbau", "", 2, 0, 12, Scope.INCIDENT)]
    for n, (book, placed) in enumerate(told_one_after_another(stories)):
        made, reading = report(n, stories[n])
        assert list(match(made, reading, book, NOW, places)) == placed
