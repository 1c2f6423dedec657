"""Which book a request to the API looks at, as a verb with the same options would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tollbook.desk.api.takes import Counted, Known
from tollbook.desk.ask import Ask, guarded, moment, nobody
from tollbook.desk.faults import RefusalError, absent
from tollbook.toll import TollError
from tollbook.values import Book
from tollbook.views.plain import plain
from tollbook.views.tolls import EVERY


def book_of(ask: Ask, asked: Known) -> Book:
    """The book as known at the moment asked for; what was said up to a day is for the toll to cut."""
    return ask.live.view(ask.state, moment(asked.known_at.strip()), None)


def said(ask: Ask, asked: Counted) -> dict[str, Any]:
    """Which book it was and how it was counted, to stand in the answer."""
    when = moment(asked.known_at.strip())
    return {
        "method": asked.method,
        "as_of": plain(asked.as_of),
        "known_at": plain(when),
        "position": ask.state.position,
    }


def known_method(ask: Ask, method: str, *, every: bool = False) -> str:
    """The method, if there is one of that name.

    Raises:
        RefusalError: there is none.
    """
    if not (every and method == EVERY) and method.partition(":")[0] not in ask.state.methods:
        names = ", ".join(ask.state.methods)
        raise RefusalError(
            400, f"There is no method “{ask.state.veil(method)[:80]}”.", f"There are: {names}."
        )
    guarded(ask.state, method)
    return method


def incident_of(book: Book, part: str) -> str:
    """The incident of that id; one that was merged away is the one that stands for it.

    Raises:
        RefusalError: there is none.
    """
    found = book.merged.get(part, part)
    if found not in book.incidents:
        raise absent()
    return found


@contextmanager
def counting() -> Iterator[None]:
    """Around what counts: a voice that there is not is the caller's mistake."""
    try:
        yield
    except TollError as error:
        # Its words name the voice that was asked for.
        raise nobody() from error
