"""The verb timeline: what happened and who says so, each line with its sentence, contradictions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tollbook import toll as reckoning
from tollbook.checks import control, course, denials
from tollbook.cli import given, screen
from tollbook.cli.incidents import document
from tollbook.codes import Level
from tollbook.toll import Moment
from tollbook.values import Book

# The checks whose findings say that two statements about what happened cannot both be so.
DISPUTES = (course, control, denials)


def timeline(
    incident: given.Which = None,
    *,
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print what happened when, and who says so.

    Who began, what changed hands, what ended, and how the dead were counted; each with its sentence and its source.
    Of a campaign or a war it is what stands under it, woven together.
    """
    book = given.book(box, known_at)
    chosen = given.largest(book, incident)
    moments = reckoning.timeline(book, chosen, given.day(as_of))
    against = disputed(book)
    if json:
        screen.data([_data(book, m, against) for m in moments])
        return
    screen.heading(book.incidents[chosen].name, f"{book.incidents[chosen].level} {chosen}")
    if not moments:
        screen.para("Nothing under it says what happened, or gives a figure.")
        return
    show(book, moments, against, several=book.incidents[chosen].level is not Level.INCIDENT)


def disputed(book: Book) -> dict[str, tuple[str, ...]]:
    """Statement id to the statements of other voices that say otherwise, by the findings of the checks."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for finding in (f for module in DISPUTES for f in module.find(book)):
        for one in finding.claims:
            mine = book.origin_of.get(one)
            found[one].update((i, None) for i in finding.claims if book.origin_of.get(i) != mine)
    return {i: tuple(others) for i, others in found.items()}


def show(
    book: Book, moments: Sequence[Moment], against: dict[str, tuple[str, ...]], *, several: bool
) -> None:
    """Prints moments as a table; what says otherwise stands right below a line, marked."""
    rows: list[tuple[str, ...]] = []
    before = ""
    for m in moments:
        day = m.day.strftime("%a %d %b %Y") if m.day else "no day"
        reports = len({_report(book, i) for i in m.statements})
        more = f" (and {reports - 1} more)" if reports > 1 else ""
        where = (book.incidents[m.incident].name,) if several else ()
        rows.append(
            (day if day != before else "", *where, _what(m), screen.shown(book, m.voice), f"{_quoted(book, m.statements[0])}{more}")
        )  # fmt: skip
        before = day
        for other in _against(m, against):
            said = screen.shown(book, book.origin_of.get(other, ""))
            rows.append(("", *(("",) if several else ()), "≠ but", said, _quoted(book, other)))
    head = ("day", *(("incident",) if several else ()), "what", "who says so", "in which words, where")
    screen.table(head, rows)
    if any(_against(m, against) for m in moments):
        screen.para("≠ another voice says otherwise; tollbook check tells more", style="dim")


def _what(moment: Moment) -> str:
    if not moment.after.known:
        return moment.what
    step = screen.words(moment.after)
    if moment.before.known:
        step = f"{screen.words(moment.before)} → {step}"
    return f"{moment.type} {step} ({moment.what})"


def _against(moment: Moment, against: dict[str, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(i for s in moment.statements for i in against.get(s, ())))


def _report(book: Book, statement: str) -> str:
    said = book.claims.get(statement) or book.courses.get(statement)
    return said.report if said else ""


def _document(book: Book, statement: str) -> str:
    report = _report(book, statement)
    return document(book, report) if report in book.reports else "a report that is gone"


def _quoted(book: Book, statement: str) -> str:
    said = book.claims.get(statement) or book.courses.get(statement)
    return f"“{screen.clip(said.quote, 100)}” {_document(book, statement)}" if said else statement


def _data(book: Book, moment: Moment, against: dict[str, tuple[str, ...]]) -> dict[str, object]:
    """A moment as JSON has it."""
    words = {
        i: book.claims.get(i) or book.courses.get(i) for i in (*moment.statements, *_against(moment, against))
    }

    def told(statement: str) -> dict[str, object]:
        said = words[statement]
        return {
            "id": statement, "quote": said.quote if said else "", "document": _document(book, statement),
            "voice": screen.shown(book, book.origin_of.get(statement, "")),
        }  # fmt: skip

    figure = moment.after.known
    return {
        "day": screen.plain(moment.day),
        "incident": moment.incident,
        "what": moment.what,
        "type": moment.type,
        "voice": screen.shown(book, moment.voice),
        "place": moment.place,
        "actors": list(moment.actors),
        "before": screen.plain(moment.before) if figure else None,
        "after": screen.plain(moment.after) if figure else None,
        "statements": [told(i) for i in moment.statements],
        "against": [told(i) for i in _against(moment, against)],
    }
