"""The list of claims: who said how many, in which words, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from tollbook.codes import Outcome, Review
from tollbook.desk import render
from tollbook.desk.ask import Ask, day
from tollbook.desk.faults import RefusalError
from tollbook.desk.ways import Ways
from tollbook.nouns import Claim
from tollbook.values import Book
from tollbook.views import claims as listing
from tollbook.views.claims import Standing

ways = Ways()

C = TypeVar("C", bound=StrEnum)

ROWS = 50
# Rows that are kept as they were rendered; who goes through a whole book must not fill the memory with it.
KEPT = 5_000
# The filters of the order by the names of the address.
FILTERS = {
    "incident": "incident", "outcome": "outcome", "party": "group", "voice": "voice", "status": "review",
}  # fmt: skip


@ways.page("/claims")
def claims(ask: Ask) -> Response:
    """Every claim, filtered by incident, outcome, party, voice, status and day."""
    book = ask.view.book
    which = _one_of(Standing, ask.query("of") or Standing.STANDING, "kind of claim")
    since, until = day(ask.query("since")), day(ask.query("until"))
    if ask.query("outcome"):
        _one_of(Outcome, ask.query("outcome"), "outcome")
    if ask.query("status"):
        _one_of(Review, ask.query("status"), "status")
    wanted = {name: ask.query(asked) for asked, name in FILTERS.items() if ask.query(asked)}
    order = listing.order(book, which)
    first, last = listing.span_of(since, until)
    found, after = order.page(wanted, after=ask.query("after"), first=first, before=last, limit=ROWS)
    incident = book.incidents.get(wanted.get("incident", ""))
    return render.page(
        ask, "claims.html", view=ask.view, which=which, rows=_rows(ask, book, found), after=after,
        total=order.count(wanted) if len(wanted) < 2 and not (since or until) else None,
        link=_further(ask, after), asked=_asked(ask), filtered=bool(wanted or since or until or which is not Standing.STANDING),
        incident=ask.state.veil(incident.name) if incident else "",
        kinds=list(Standing), states=list(Review), choices=_choices(ask, order.by, wanted),
        files={kind: _file(ask, kind, which, wanted, since, until) for kind in ("csv", "jsonl")},
    )  # fmt: skip


def _one_of(kind: type[C], said: str, what: str) -> C:
    try:
        return kind(said)
    except ValueError:
        raise RefusalError(400, f"There is no such {what}.", f"There are: {', '.join(kind)}.") from None


def _asked(ask: Ask) -> dict[str, str]:
    names = ("of", *FILTERS, "since", "until")
    return {name: ask.state.veil(ask.query(name)) for name in names}


def _further(ask: Ask, after: str | None) -> str:
    if after is None:
        return ""
    asked = {k: v for k, v in ask.request.query_params.items() if k != "after" and v}
    return f"/claims?{urlencode({**asked, 'after': after})}"


def _file(
    ask: Ask, kind: str, which: Standing, wanted: Mapping[str, str], since: date | None, until: date | None
) -> str:
    """The same claims as a file."""
    names = {"group": "party"}
    asked: dict[str, object] = {names.get(name, name): value for name, value in wanted.items()}
    asked |= {"of": which if which is not Standing.STANDING else None, "since": since, "until": until}
    asked |= {name: ask.view.query.get(name) for name in ("as_of", "known_at")}
    query = urlencode({k: v for k, v in asked.items() if v})
    return f"/api/v1/claims.{kind}{'?' if query else ''}{query}"


def _choices(
    ask: Ask, by: Mapping[str, Mapping[str, object]], wanted: Mapping[str, str]
) -> dict[str, list[str]]:
    """What can be chosen of each filter: what there is, and what was chosen."""

    def make(name: str) -> list[str]:
        return sorted({*by.get(name, {}), wanted.get(name, "")} - {""}, key=str.casefold)

    outcomes = set(make("outcome"))
    return {
        "outcome": [o for o in Outcome if o in outcomes],
        "party": [ask.state.veil(name) for name in make("group")],
        "voice": [ask.state.veil(name) for name in make("voice")],
    }


def _rows(ask: Ask, book: Book, found: list[str]) -> list[Markup]:
    """The rows of a page, each rendered once for a state of the book."""
    kept: dict[tuple[int, str], Markup] = ask.state.kept("rows of claims", dict)
    rows = []
    for i in found:
        key = id(book), i
        row = kept.get(key)
        claim = listing.claim_of(book, i) if row is None else None
        if claim is not None:
            row = _row(ask, book, claim)
            if len(kept) >= KEPT:
                kept.clear()
            if book is ask.state.book:
                kept[key] = row
        if row is not None:
            rows.append(row)
    return rows


def _row(ask: Ask, book: Book, claim: Claim) -> Markup:
    veil = ask.state.veil
    report = book.reports.get(claim.report)
    incident = book.incidents.get(book.incident_of.get(claim.id, ""))
    made = render.environment().get_template("claim.html").render(
        claim=claim,
        said_on=claim.said_on or (report.said_on if report else None),
        figure=claim.figure,
        whom=veil(claim.victims or claim.party or ""),
        party=veil(claim.party or ""),
        voice=veil.name(book.origin_of.get(claim.id)),
        publisher=veil.name(report.publisher) if report else "",
        quote=veil(claim.quote),
        lang=report.lang if report else "",
        incident=incident,
        title=veil(incident.name) if incident else "",
        review=book.reviews.get(claim.id, Review.UNREVIEWED),
        why=veil(book.fallen[claim.id][1]) if claim.id in book.fallen else "",
    )  # fmt: skip
    return Markup(made)  # noqa: S704  (a template made it, which escapes)
