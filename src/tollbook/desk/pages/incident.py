"""One incident: its toll, who says what, its course, its map, its findings; and how each of its figures came about."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response

from tollbook import notation
from tollbook.codes import Grade, Level, Verb
from tollbook.desk import acts, render, worded
from tollbook.desk.ask import Ask
from tollbook.desk.dossier import Dossier, dossier, standing
from tollbook.desk.faults import RefusalError
from tollbook.desk.reckoning import reckoned
from tollbook.desk.ways import Ways
from tollbook.desk.wide import whole, wide_dossier
from tollbook.figures import Figure
from tollbook.grading import MEANING
from tollbook.nouns import Claim, Course, Judgement, Link
from tollbook.people import Right
from tollbook.publish import sheets, words
from tollbook.toll import EVERYTHING, TollError
from tollbook.views.concerning import Concerning, concerning
from tollbook.views.incidents import near

ways = Ways()

# Entries of its log that an incident's page shows; the rest has a page.
NEWEST = 12
A_PAGE = 100


def _stands(ask: Ask) -> tuple[str, Response | None]:
    """The incident that is meant; where another stands for it, the way there."""
    found = standing(ask)
    if found == ask.part("incident"):
        return found, None
    path = ask.request.url.path.replace(ask.part("incident"), found, 1)
    asked = ask.request.url.query
    return found, RedirectResponse(f"{path}?{asked}" if asked else path, 303)


@ways.page("/incidents/{incident}", slow=True)
def incident(ask: Ask) -> Response:
    """The page of an incident, a campaign or a war."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    entry = ask.view.book.incidents[found]
    try:
        shown = dossier(ask, found)
        held = wide_dossier(ask, found) if entry.level is not Level.INCIDENT else None
    except TollError as error:
        raise RefusalError(400, ask.state.veil(str(error)), "Choose another method.") from error
    log = _log(ask, found)
    # How each claim came under it is on the page of its log.
    decided = [line for line in log if not line["link"]]
    return render.page(
        ask, "incident.html", d=shown, page=shown.page, held=held, log=decided[:NEWEST], logged=len(log),
        query=_query(ask), seen=acts.seen(ask.state, found), grades=MEANING, comments=_comments(ask, found),
        seen_of=lambda key: acts.seen(ask.state, key), Grade=Grade,
    )  # fmt: skip


@ways.page("/whole", slow=True)
def everything(ask: Ask) -> Response:
    """The toll of the whole book."""
    try:
        held = whole(ask)
    except TollError as error:
        raise RefusalError(400, ask.state.veil(str(error)), "Choose another method.") from error
    return render.page(ask, "whole.html", held=held, query=_query(ask))


@ways.page("/incidents/{incident}/figure", slow=True)
def figure(ask: Ask) -> Response:
    """How one figure came about: the rule, the claims, the sentences."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    entry = ask.view.book.incidents[found]
    try:
        if entry.level is not Level.INCIDENT:
            return render.page(
                ask, "held.html", held=wide_dossier(ask, found), incident=entry,
                name=ask.state.veil(entry.name), query=_query(ask), asked=_asked(ask),
            )  # fmt: skip
        shown = reckoned(ask, found)
    except TollError as error:
        raise RefusalError(400, ask.state.veil(str(error)), "Choose another method.") from error
    return render.page(
        ask, "figure.html", f=shown, incident=entry, name=ask.state.veil(entry.name), query=_query(ask),
        others=[c for c in dossier(ask, found).methods if (c.outcome, c.group) == (words.outcome(shown.outcome), shown.group)],
    )  # fmt: skip


@ways.page("/whole/figure", slow=True)
def part_of_everything(ask: Ask) -> Response:
    """What a figure of the whole book is made of."""
    try:
        held = whole(ask)
    except TollError as error:
        raise RefusalError(400, ask.state.veil(str(error)), "Choose another method.") from error
    return render.page(
        ask,
        "held.html",
        held=held,
        incident=None,
        name="The whole book",
        query=_query(ask),
        asked=_asked(ask),
    )


def _asked(ask: Ask) -> tuple[str, str]:
    return ask.query("outcome") or "killed", ask.query("group")


@ways.page("/incidents/{incident}/over-time.csv", slow=True)
def over_time(ask: Ask) -> Response:
    """The chart's table as CSV: a line a day on which something moved, the toll, and a column a voice."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    computed, veil = dossier(ask, found).computed, ask.state.veil
    told = {voice: dict(history) for voice, history in computed.tracks.items()}
    band = dict(computed.band)
    head = ["day", "low", "best", "high", *(veil.name(voice) for voice in computed.voices)]
    rows = []
    for day in sorted({*band, *(d for history in told.values() for d in history)}):
        figure_ = band[day].figure if day in band else Figure()
        ends = ("" if n is None else str(n) for n in (figure_.low, figure_.best, figure_.high))
        said = (told.get(v, {}).get(day) for v in computed.voices)
        rows.append([day.isoformat(), *ends, *(words.plain(t.figure) if t else "" for t in said)])
    named = f'attachment; filename="over-time-{found}.csv"'
    body = sheets.written([sheets.guarded(cell) for cell in head], rows)
    return Response(body, media_type="text/csv; charset=utf-8", headers={"content-disposition": named})


@ways.page("/incidents/{incident}/log", slow=True)
def log_of(ask: Ask) -> Response:
    """Every entry that concerns the incident, newest first."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    before = ask.query("before")
    if before and not before.isdecimal():
        raise RefusalError(400, f"“{before}” is no place in the log.", "Follow a link of this page.")
    lines = [e for e in _log(ask, found) if not before or e["number"] < int(before)]
    older = f"?before={lines[A_PAGE - 1]['number']}" if len(lines) > A_PAGE else ""
    return render.page(
        ask, "incident_log.html", lines=lines[:A_PAGE], older=older, incident=found,
        name=ask.state.veil(ask.view.book.incidents[found].name),
    )  # fmt: skip


def _query(ask: Ask) -> str:
    """The view as it is added to an address: empty, or with its question mark."""
    said = urlencode(ask.view.query)
    return f"?{said}" if said else ""


def _log(ask: Ask, found: str) -> list[dict[str, Any]]:
    """The log of an incident as it is shown."""
    state = ask.state
    lines: tuple[Concerning, ...] = state.kept(
        ("log of", found), lambda: concerning(state.book, state.entries, found)
    )
    return [_line(ask, line) for line in lines if line.entry.id not in ask.secret]


def _line(ask: Ask, line: Concerning) -> dict[str, Any]:
    entry, veil = line.entry, ask.state.veil
    judged = isinstance(entry, Judgement)
    return {
        "number": line.number,
        "link": isinstance(entry, Link),
        "id": entry.id,
        "who": veil.name(entry.made_by) or "the program",
        "at": entry.recorded_at,
        "words": worded.worded(ask.state.book, entry, veil),
        "reason": veil(entry.reason) if isinstance(entry, Judgement) else "",
        "notation": veil(notation.show(veil.entry(entry))),
        "holds": line.holds,
        "undo": judged and line.holds,
        "seen": acts.seen(ask.state, entry.id) if judged else "",
    }


def _comments(ask: Ask, found: str) -> list[dict[str, object]]:
    veil = ask.state.veil
    return [
        {"who": veil.name(j.made_by), "at": j.recorded_at, "text": veil(j.reason), "id": j.id}
        for j in ask.state.book.comments.get(found, ())
    ]


# --- acts that need a page of their own: which other incident, which claims

_WITH = {
    Verb.MERGE: ("Merge into another incident", "They are one event: its claims go to the one you choose, and its address leads there."),
    Verb.NEST: ("Put under a campaign or war", "It counts in the toll of what it stands under, once."),
    Verb.APART: ("Tell apart", "They are never matched again, and no check proposes to merge them."),
}  # fmt: skip


@ways.page("/incidents/{incident}/with", Right.REVIEW, slow=True)
def other_incident(ask: Ask) -> Response:
    """Choosing the other incident: to merge into, to put under, to tell apart from."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    verb = next((v for v in _WITH if v == ask.query("verb")), None)
    if verb is None:
        raise RefusalError(400, "It is not said what is to be done.", f"There are: {', '.join(_WITH)}.")
    book, veil = ask.state.book, ask.state.veil
    if found not in book.incidents:
        raise RefusalError(409, "This incident is not in the newest book any more.", "Look at its log.")
    options = near(book, veil, found, ask.query("q"), holding=verb is Verb.NEST)
    title, about = _WITH[verb]
    return render.page(
        ask, "with.html", verb=verb, act_title=title, about=about, q=ask.query("q"), incident=found,
        name=veil(book.incidents[found].name), seen=acts.seen(ask.state, found), nested=book.above.get(found, ""),
        options=[_option(ask, i, why) for i, why in options],
    )  # fmt: skip


def _option(ask: Ask, found: str, why: str) -> dict[str, object]:
    book, veil = ask.state.book, ask.state.veil
    entry = book.incidents[found]
    return {
        "id": found,
        "name": veil(entry.name),
        "level": entry.level,
        "place": veil(entry.place or ""),
        "window": words.window(entry.date_from, entry.date_to),
        "why": why,
        "claims": len(book.of(found)),
    }


@ways.page("/incidents/{incident}/split", Right.REVIEW, slow=True)
def split_off(ask: Ask) -> Response:
    """Choosing the claims that are of another event."""
    found, elsewhere = _stands(ask)
    if elsewhere:
        return elsewhere
    book, veil = ask.state.book, ask.state.veil
    if found not in book.incidents:
        raise RefusalError(409, "This incident is not in the newest book any more.", "Look at its log.")
    told: tuple[Claim | Course, ...] = (*book.of(found), *book.course_of(found))
    statements = sorted(told, key=lambda s: (s.report, s.span.start))
    rows = []
    for s in statements:
        report = book.reports.get(s.report)
        if isinstance(s, Claim):
            label = f"{words.outcome(s.outcome)} {words.plain(s.figure)}"
        else:
            label = words.PHASES[s.phase]
        rows.append(
            {
                "id": s.id, "says": veil(label), "quote": veil(s.quote), "target": f"/reports/{s.report}#c-{s.id}",
                "who": veil.name(book.origin_of.get(s.id, "")), "report": veil.name(report.publisher) if report else "",
                "day": words.day(s.said_on or (report.said_on if report else None)),
            }
        )  # fmt: skip
    return render.page(
        ask, "split.html", rows=rows, incident=found, name=veil(book.incidents[found].name),
        seen=acts.seen(ask.state, found), q=ask.query("q"),
        options=[_option(ask, i, why) for i, why in near(book, veil, found, ask.query("q"))],
    )  # fmt: skip


def path_of(found: str) -> str:
    """The address of an incident's page."""
    return f"/incidents/{quote(found, safe='')}"


__all__ = ["EVERYTHING", "Dossier", "path_of", "ways"]
