"""One report: its text with every claim marked on its words, how it came, and a claim that was missed."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from tollbook import pipeline
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import absent
from tollbook.desk.panel import SHAPES, STATES, Sheet, incidents, lang, panel, sheet, title
from tollbook.desk.ways import Ways
from tollbook.nouns import Claim, Report, Span
from tollbook.people import Right
from tollbook.publish import words
from tollbook.views import fields, marks

ways = Ways()

# Of an original so many characters are shown; all of it can be fetched.
SHOWN = 200_000


def _found(ask: Ask) -> Sheet:
    found = sheet(ask.state, ask.part("report"))
    if found is None:
        raise absent()
    return found


def body_of(ask: Ask, found: Report) -> str | None:
    """The text of a report; None where it was forgotten."""

    def fetched() -> str | None:
        try:
            return ask.live.box.text(found)
        except pipeline.ERRORS:
            return None

    return ask.state.kept(("text", found.id), fetched)


@ways.page("/reports/{report}")
def report(ask: Ask) -> Response:
    """A report with its claims at their words."""
    return _page(ask, _found(ask))


def _page(ask: Ask, found: Sheet, *, status: int = 200, **more: Any) -> Response:  # noqa: ANN401
    state, body = ask.state, body_of(ask, found.report)
    key = ask.query("claim")
    chosen = found.find(key) or found.find(next(iter(found.waiting), "")) or next(iter(found.told), None)
    context: dict[str, Any] = _head(ask, found) | {
        "segments": _segments(ask, found, body),
        "gone": body is None,
        "chosen": chosen,
        "entering": _entering(ask, found, body) if ask.query("words") or more.get("entering") else None,
        "shapes": SHAPES,
        "states": STATES,
        "panel": panel(ask, found, chosen, _next(found, chosen.id)) if chosen else None,
        "legend": sorted({t.outcome for t in found.told if t.outcome}),
    }
    before, after = state.kept("report order", lambda: _order(ask)).get(found.report.id, ("", ""))
    return render.page(
        ask, "report.html", status=status, **(context | {"before": before, "after": after} | more)
    )


def _order(ask: Ask) -> dict[str, tuple[str, str]]:
    """Each report's neighbours, the newest first."""
    rows = sorted(ask.book.reports.values(), key=lambda r: (str(r.said_on), r.id), reverse=True)
    ids = ["", *(r.id for r in rows), ""]
    return {i: (ids[n], ids[n + 2]) for n, i in enumerate(ids[1:-1])}


def _head(ask: Ask, found: Sheet) -> dict[str, Any]:
    report = found.report
    return {
        "report": report,
        "publisher": ask.state.veil.name(report.publisher) or "unknown publisher",
        "title": title(ask.state, report),
        "lang": lang(report),
        "address": ask.state.veil.address(report),
        "sheet": found,
        "claims": sum(t.kind == "claim" for t in found.told),
    }


def _next(found: Sheet, key: str) -> str:
    """The page at the next statement that needs a person, after this one."""
    later = [i for i in found.waiting if found.number[i] > found.number[key]]
    to = next(iter([*later, *(i for i in found.waiting if i != key)]), key)
    return f"/reports/{found.report.id}?claim={to}#c-{to}"


def _segments(ask: Ask, found: Sheet, body: str | None) -> tuple[marks.Segment, ...]:
    if body is None:
        return ()
    # Words that are not what the text says (any more) are no place to put a mark.
    spans = [(s.id, s.span) for s in found.said if body[s.span.start : s.span.end] == s.quote]
    return ask.state.kept(("segments", found.report.id), lambda: marks.segments(body, spans, ask.state.veil))


def _entering(ask: Ask, found: Sheet, body: str | None) -> dict[str, Any]:
    """The form of a missed claim, filled in by the reader where it can."""
    wanted, near = ask.field("words") or ask.query("words"), ask.field("near") or ask.query("near")
    given = {k.removeprefix("set."): ask.field(k) for k in ask.form if k.startswith("set.")}
    form: dict[str, Any] = {
        "words": wanted, "near": near, "problem": "", "fields": fields.empty(), "incident": ask.field("incident"),
        "incidents": incidents(ask, found.said[0] if found.said else None), "read": False, "start": None,
    }  # fmt: skip
    if body is not None:
        try:
            span = pipeline.found_at(body, wanted, int(near) if near.isascii() and near.isdigit() else None)
        except pipeline.JudgementError as error:
            form["problem"] = str(error)
        else:
            form["start"] = span.start
            claim = pipeline.proposed(ask.live.box, found.report, body, span)
            if isinstance(claim, Claim):
                form["fields"] = fields.fields(claim, ask.state.veil)
                form["read"] = True
    around = [i for s in found.said if (i := ask.book.incident_of.get(s.id, "")) in ask.book.incidents]
    if form["incident"] not in ask.book.incidents:
        form["incident"] = ""
    form["incident"] = form["incident"] or max(set(around), key=around.count, default="")
    if form["incident"] and form["incident"] not in {i for i, _ in form["incidents"]}:
        name = ask.state.veil(ask.book.incidents[form["incident"]].name)
        form["incidents"] = [(form["incident"], name), *form["incidents"]]
    form["given"] = given
    form["others"] = [(t.id, f"{found.number[t.id]}: {t.head}") for t in found.told if t.kind == "claim"]
    return form


@ways.act("/reports/{report}/claims")
def enter(ask: Ask) -> Response:
    """Records a claim that was missed; it is unreviewed, so another person looks at it."""
    found = _found(ask)
    script = "application/json" in ask.request.headers.get("accept", "")
    try:
        body, near = ask.live.box.text(found.report), ask.field("near")
        span = pipeline.found_at(
            body, ask.field("words"), int(near) if near.isascii() and near.isdigit() else None
        )
        given = {k.removeprefix("set."): ask.field(k) for k in ask.form if k.startswith("set.")}
        made = pipeline.enter(
            ask.live.box, found.report.id, Span(span.start, span.end),
            {k: v for k, v in given.items() if k in fields.NAMES}, ask.field("incident"),
            now=ask.now, by=ask.person.name,
        )  # fmt: skip
    except pipeline.ERRORS as error:
        if script:
            return JSONResponse({"error": ask.state.veil(str(error))}, 400)
        form = _entering(ask, found, body_of(ask, found.report)) | {"problem": ask.state.veil(str(error))}
        return _page(ask, found, status=400, entering=form)
    ask.live.refresh()
    if script:
        return JSONResponse({"id": made.id, "position": ask.live.state.position})
    return RedirectResponse(f"/reports/{found.report.id}?claim={made.id}#c-{made.id}", 303)


@ways.page("/reports/{report}/custody", slow=True)
def custody(ask: Ask) -> Response:
    """How a report came, what is kept of it, and who looked at it."""
    found = _found(ask)
    book, report = ask.book, found.report
    lot = [r for r in book.reports.values() if report.id == r.reprints or r.id == report.reprints]
    hidden = ask.state.veil.hides(report)
    looked = (
        [a for a in ask.desk.audit.last(5_000)[0] if a.target == report.id] if ask.may(Right.KEEP) else None
    )
    return render.page(
        ask, "custody.html", **_head(ask, found), hidden=hidden, looked=looked and looked[:200],
        document=ask.state.veil.document(report),
        lot=[] if hidden else [
            (r.id, ask.state.veil.name(r.publisher) or "unknown publisher", words.day(r.said_on),
             "the earlier report that this repeats" if r.id == report.reprints else "repeats this one")
            for r in lot if not ask.state.veil.hides(r)
        ],
    )  # fmt: skip


@ways.page("/reports/{report}/original", Right.WORK, fields=("original",), slow=True)
def original(ask: Ask) -> Response:
    """The original as it came, as safe text; of a page its extracted text."""
    found = _found(ask)
    body = body_of(ask, found.report)
    kept, problem = b"", ""
    try:
        kept = ask.live.box.kept.fetch(found.report.original)
    except pipeline.ERRORS as error:
        problem = str(error)
    raw = kept.decode("utf-8", "replace")
    page = raw.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<"))
    # A header block may name what is to be hidden, as the bytes may.
    page = page or not _fetchable(ask) or ask.state.veil.hides(found.report)
    text = (body or "") if page or not raw else raw
    return render.page(
        ask, "original.html", **_head(ask, found), text=ask.state.veil(text[:SHOWN]), cut=len(text) > SHOWN, page=page,
        problem=problem, size=len(kept), fetchable=_fetchable(ask) and bool(kept),
    )  # fmt: skip


def _fetchable(ask: Ask) -> bool:
    """Whether bytes may leave as they are: a name hides in encodings that no veil reads, so not where one is to be hidden."""
    return not ask.state.veil or ask.may(Right.KEEP)


@ways.page("/reports/{report}/original/file", Right.WORK, fields=("original",), slow=True)
def original_file(ask: Ask) -> Response:
    """The kept bytes, as a file to be saved; never shown by a browser."""
    found = _found(ask)
    whole = _fetchable(ask)
    # Where a source is to be hidden, the text as it may be shown goes out instead of bytes that no veil reads.
    data = (
        ask.live.box.kept.fetch(found.report.original)
        if whole
        else ask.state.veil(body_of(ask, found.report) or "").encode()
    )
    ending = "bin" if whole else "txt"
    return Response(
        data,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="original-{found.report.id}.{ending}"',
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )
