"""Who a confidential source is: for the keeper alone, with a reason, on record before it is shown."""

from __future__ import annotations

from starlette.responses import Response

from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.ways import Ways
from tollbook.nouns import Source
from tollbook.people import Right

ways = Ways()

SHORTEST = 10


def _cards(ask: Ask) -> list[Source]:
    """Every card of the confidential voice of that handle, the newest last."""
    book, handle = ask.book, ask.part("handle")
    cards = (*book.hidden, *(s for s in book.sources.values() if s.confidential))
    found = [s for s in dict.fromkeys(cards) if s.handle == handle]
    if not found:
        raise absent()
    return sorted(found, key=lambda s: s.recorded_at)


@ways.page("/sources/{handle}/identity", Right.KEEP, personal=True)
def identity_page(ask: Ask) -> Response:
    """Asks why; nothing of the identity is on this page."""
    _cards(ask)
    return render.page(ask, "identity.html", handle=ask.part("handle"), cards=[], wrong="")


@ways.act("/sources/{handle}/identity", Right.KEEP, fields=("identity",), personal=True)
def identity(ask: Ask) -> Response:
    """The names and notes of the source's cards, given a reason."""
    cards = _cards(ask)
    if len(ask.field("reason")) < SHORTEST:
        wrong = "Enter why you need to know, in a sentence. It stays on record."
        return render.page(ask, "identity.html", status=400, handle=ask.part("handle"), cards=[], wrong=wrong)
    try:
        ask.confirm()
    except RefusalError as refusal:
        return render.page(
            ask,
            "identity.html",
            status=refusal.status,
            handle=ask.part("handle"),
            cards=[],
            wrong=refusal.what,
        )
    return render.page(ask, "identity.html", handle=ask.part("handle"), cards=cards, wrong="")
