"""Today: what moved and why, what is new, what waits."""

from __future__ import annotations

from starlette.responses import Response

from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.ways import Ways

ways = Ways()


@ways.page("/")
def today(ask: Ask) -> Response:
    """The first page."""
    return render.page(ask, "today.html")
