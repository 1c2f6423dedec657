"""Today: what moved and why, what is new, what waits."""

from __future__ import annotations

from starlette.responses import Response

from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.morning import KNOWN, SAID, morning
from tollbook.desk.ways import Ways

ways = Ways()


@ways.page("/", slow=True)
def today(ask: Ask) -> Response:
    """The first page; of an empty book the first step."""
    if not ask.book.reports:
        return render.page(ask, "empty.html", today=ask.now.date())
    return render.page(
        ask, "today.html", m=morning(ask), today=ask.now.date(), clocks=((KNOWN, "what we learned"), (SAID, "what was said")),
    )  # fmt: skip
