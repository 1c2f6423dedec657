"""Claims, course claims and the reports they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.checks.scope import upto
from tollbook.desk import acts
from tollbook.desk.api import counted, models, takes
from tollbook.desk.api.answers import covered
from tollbook.desk.api.cutting import part
from tollbook.desk.api.looking import book_of
from tollbook.desk.api.table import Api
from tollbook.desk.ask import Ask
from tollbook.desk.faults import absent
from tollbook.log import LogError
from tollbook.nouns import Claim, Course, Report
from tollbook.publish import lines
from tollbook.values import Book
from tollbook.views import claims as listing
from tollbook.views import reports as texts
from tollbook.views.checking import claim_data
from tollbook.views.claims import Standing
from tollbook.views.order import Order, falling, ids
from tollbook.views.plain import plain

ways = Api()


def cut_book(ask: Ask, asked: takes.Past) -> Book:
    """The book as known at a moment, of what was said up to a day."""
    return upto(book_of(ask, asked), asked.as_of)


def wanted(asked: takes.WhichClaims) -> dict[str, str]:
    """The filters by the names of the order."""
    given = {
        "incident": asked.incident, "outcome": asked.outcome, "group": asked.party, "voice": asked.voice,
        "report": asked.report, "review": asked.review,
    }  # fmt: skip
    return {name: str(value) for name, value in given.items() if value is not None}


def claim_row(ask: Ask, book: Book, claim: Claim) -> dict[str, object]:
    """A claim as it may be shown."""
    veil = ask.state.veil
    made = lines.claim_data(book, book.incident_of.get(claim.id, ""), claim, veil)
    return lines.covered(made, veil)  # type: ignore[return-value]  # a mapping stays one


def claims_in(book: Book, asked: takes.WhichClaims) -> Iterator[Claim]:
    """Every claim that is meant, in the order of the list."""
    first, last = listing.span_of(asked.since, asked.until)
    order = listing.order(book, asked.of)
    for i in ids(order.walk(wanted(asked), after=first, before=last)):
        found = listing.claim_of(book, i)
        if found is not None:
            yield found


@ways.get("/claims", counted.Page[models.ClaimRow], takes=takes.ListOfClaims)
def claims(ask: Ask, asked: takes.ListOfClaims) -> object:
    """The claims, the latest said first; one filters by incident, outcome, party, voice, report, review and day."""
    book = cut_book(ask, asked)
    first, last = listing.span_of(asked.since, asked.until)
    found, after = listing.order(book, asked.of).page(
        wanted(asked), after=asked.after, first=first, before=last, limit=asked.limit
    )
    rows = (claim_row(ask, book, c) for i in found if (c := listing.claim_of(book, i)))
    return part(ask, rows, after)


@ways.get("/claims/{claim}", models.ClaimDetail, takes=takes.Known)
def claim(ask: Ask, asked: takes.Known) -> object:
    """One claim with its checking, and what a judgement on it is decided against."""
    book = book_of(ask, asked)
    found = listing.claim_of(book, ask.part("claim"))
    if found is None:
        raise absent()
    i = found.id
    standing = (
        Standing.WAITING if i in book.waiting else Standing.FALLEN if i in book.fallen else Standing.STANDING
    )
    more = {
        "standing": str(standing),
        "why_fallen": book.fallen[i][1] if i in book.fallen else None,
        "checked": claim_data(book, i),
        "seen": acts.seen(ask.state, i),
    }
    return {**claim_row(ask, book, found), **covered(ask, more)}


@ways.get("/courses", counted.Page[models.CourseRow], takes=takes.ListOfCourses)
def courses(ask: Ask, asked: takes.ListOfCourses) -> object:
    """What is said of the course of events, the latest said first."""
    book = cut_book(ask, asked)

    def make() -> Order:
        found = Order()
        found.add(
            (
                f"{falling(c.said_on)}.{c.report}.{c.span.start:08}.{c.id}",
                {"incident": book.incident_of.get(c.id, "")},
            )
            for c in book.courses.values()
        )
        return found

    only = {"incident": asked.incident} if asked.incident is not None else {}
    found, after = book.kept("order of courses", make).page(only, after=asked.after, limit=asked.limit)
    return part(ask, (covered(ask, _course(ask, book, book.courses[i])) for i in found), after)


def _course(ask: Ask, book: Book, course: Course) -> dict[str, object]:
    veil = ask.state.veil
    return {
        "id": course.id,
        "incident": book.incident_of.get(course.id, ""),
        "type": course.type,
        "phase": course.phase,
        "actors": list(course.actors),
        "place": course.place,
        "date_from": plain(course.date_from),
        "date_to": plain(course.date_to),
        "status": course.status,
        "speaker": veil.name(course.speaker) or None,
        "relayed_by": [veil.name(r) for r in course.relayed_by],
        "origin": veil.name(book.origin_of.get(course.id)) or None,
        "said_on": plain(course.said_on),
        "quote": course.quote,
        "span": plain(course.span),
        "rule": course.rule,
        "report": course.report,
    }


@ways.get("/reports", counted.Page[models.ReportRow], takes=takes.ListOfReports)
def reports(ask: Ask, asked: takes.ListOfReports) -> object:
    """The reports, the latest published first."""
    book = cut_book(ask, asked)
    only = {"lang": asked.lang} if asked.lang is not None else {}
    found, after = texts.order(book).page(only, after=asked.after, limit=asked.limit)
    return part(ask, (texts.data(book, ask.state.veil, book.reports[i]) for i in found), after)


def report_of(ask: Ask, book: Book) -> Report:
    """The report of the address.

    Raises:
        RefusalError: there is none.
    """
    found = book.reports.get(ask.part("report"))
    if found is None:
        raise absent()
    return found


@ways.get("/reports/{report}", models.ReportRow, takes=takes.Known)
def report(ask: Ask, asked: takes.Known) -> object:
    """One report as the list has it."""
    book = book_of(ask, asked)
    return texts.data(book, ask.state.veil, report_of(ask, book))


@ways.get("/reports/{report}/text", models.ReportText, takes=takes.Known, slow=True)
def text(ask: Ask, asked: takes.Known) -> object:
    """The text of a report as it may be shown, with its standing claims in the order of the text."""
    book = book_of(ask, asked)
    found = report_of(ask, book)
    try:
        body = ask.live.box.text(found)
    except LogError:
        raise absent() from None  # forgotten, or withheld
    shown = ask.state.veil(body)
    mine = texts.claims_of(book).get(found.id, ())
    return {
        "id": found.id,
        "text": shown,
        "veiled": shown != body,
        "claims": [claim_row(ask, book, book.claims[i]) for i in mine],
    }
