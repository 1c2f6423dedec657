"""The list of reports, what could not be read, and adding: a text, files or an address."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from tollbook import pipeline
from tollbook.desk import render
from tollbook.desk.ask import Ask, day
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.panel import title
from tollbook.desk.ways import Ways
from tollbook.people import Right
from tollbook.pipeline import Ingested
from tollbook.views import received as rows_of
from tollbook.views.received import Line

ways = Ways()

PAGE = 50
FILTERS = ("from", "to", "publisher", "words", "waits")
# Seconds that a form waits for a short addition before it goes on to the page that tells how far it is.
PATIENCE = 1.5
# Finished additions that are remembered for the page that tells of them.
REMEMBERED = 100


@ways.page("/reports")
def reports(ask: Ask) -> Response:
    """The reports, the newest day first."""
    asked = {name: ask.query(name) for name in FILTERS if ask.query(name)}
    after = ask.query("after")
    found = [
        line
        for line in rows_of.lines(ask.book)
        if (not after or line.place < after) and _fits(ask, line, asked)
    ]
    further = f"/reports?{urlencode({**asked, 'after': found[PAGE - 1].place})}" if len(found) > PAGE else ""
    shown = {name: asked.get(name, "") for name in FILTERS}
    return render.page(
        ask, "reports.html", days=_days(ask, found[:PAGE]), asked=shown, filtered=bool(asked), further=further,
        total=len(ask.book.reports), unread=len(ask.book.unread),
    )  # fmt: skip


def _fits(ask: Ask, line: Line, asked: dict[str, str]) -> bool:
    report, veil = line.report, ask.state.veil
    said = str(report.said_on or "")
    if (asked.get("from") and said < asked["from"]) or (asked.get("to") and said > asked["to"]):
        return False
    if asked.get("waits") and not line.open:
        return False
    who, what = asked.get("publisher", "").casefold(), asked.get("words", "").casefold()
    if who and who not in veil.name(report.publisher).casefold():
        return False
    return all(word in title(ask.state, report).casefold() for word in what.split())


def _days(ask: Ask, lines: list[Line]) -> list[tuple[date | None, list[dict[str, Any]]]]:
    found: dict[date | None, list[dict[str, Any]]] = {}
    for line in lines:
        incident = ask.book.incidents.get(line.incident)
        row = {
            "id": line.report.id,
            "publisher": ask.state.veil.name(line.report.publisher) or "unknown publisher",
            "title": title(ask.state, line.report),
            "claims": line.claims,
            "open": line.open,
            "incident": incident and (incident.id, ask.state.veil(incident.name)),
        }
        found.setdefault(line.report.said_on, []).append(row)
    return list(found.items())


@ways.page("/quarantine", Right.WORK)
def quarantine(ask: Ask) -> Response:
    """What came in and could not be read, why, and what one can do."""
    veil = ask.state.veil
    rows = [
        {"id": u.id, "document": veil(u.document), "origin": u.origin, "reason": veil(u.reason), "at": u.recorded_at,
         "kept": bool(u.original)}
        for u in sorted(ask.book.unread.values(), key=lambda u: (u.recorded_at, u.id), reverse=True)
    ]  # fmt: skip
    return render.page(ask, "quarantine.html", rows=rows)


@ways.act("/quarantine/{unread}")
def again(ask: Ask) -> Response:
    """Reads something from the quarantine once more, with the day that it did not name."""
    published = day(ask.field("published"))
    done = pipeline.hand_in_again(ask.live.box, ask.book, ask.part("unread"), published, ask.now)
    ask.live.refresh()
    return _told(ask, _Job(ask.person.name, done=done, ended=True))


@dataclass
class _Job:
    """One addition: whose, how far it is, what became of it."""

    by: str
    at: tuple[int, int, str] = (0, 0, "")
    done: Ingested | None = None
    problem: str = ""
    ended: bool = False
    over: threading.Event = field(default_factory=threading.Event)


_JOBS: OrderedDict[str, _Job] = OrderedDict()


@ways.page("/add", Right.WORK)
def adding(ask: Ask) -> Response:
    """The form to add reports with."""
    return render.page(ask, "add.html", given={}, problem="")


@ways.act("/add")
def add(ask: Ask) -> Response:
    """Adds what was given, in a thread of its own; what takes long tells how far it is."""
    given = {name: ask.field(name) for name in ("text", "address", "publisher", "published", "title", "lang")}
    try:
        run = _work(ask, given)
    except RefusalError as refusal:
        # What was written comes back with what is missing.
        return render.page(
            ask, "add.html", status=400, given=given, problem=f"{refusal.what} {refusal.remedy}"
        )
    job, name = _Job(ask.person.name), secrets.token_urlsafe(12)
    _JOBS[name] = job
    while len(_JOBS) > REMEMBERED:
        _JOBS.popitem(last=False)
    threading.Thread(target=_carried_out, args=(ask, job, run), name="adding", daemon=True).start()
    job.over.wait(PATIENCE)
    return RedirectResponse(f"/add/{name}", 303)


def _carried_out(ask: Ask, job: _Job, run: Any) -> None:  # noqa: ANN401  (a function of the progress)
    def progress(done: int, of: int, name: str) -> None:
        job.at = (done, of, name)

    try:
        job.done = run(progress)
    except pipeline.ERRORS as error:
        job.problem = str(error)
    except Exception as error:  # noqa: BLE001  (a thread of its own: nobody else would hear of it)
        job.problem = f"adding it failed, and the fault is tollbook's ({type(error).__name__}); try it with: tollbook add"
    finally:
        job.ended = True
        ask.live.refresh()
        job.over.set()


def _work(ask: Ask, given: dict[str, str]) -> Any:  # noqa: ANN401  (a function of the progress)
    """What is to be done with what was given.

    Raises:
        RefusalError: nothing was given, or a text without its day or publisher.
    """
    box, now, published = ask.live.box, ask.now, day(given["published"])
    sent = [f for f in ask.form.getlist("file") if isinstance(f, UploadFile)]
    files = [(f.filename or "", f.file.read()) for f in sent]
    for upload in sent:
        upload.file.close()
    files = [(name, data) for name, data in files if name or data]
    if files:
        return lambda progress: pipeline.hand_in(box, files, now=now, published=published, progress=progress)
    if given["address"]:
        if "://" not in given["address"]:
            raise RefusalError(400, "The address is none.", "Give it with http:// or https://.")
        return lambda progress: pipeline.ingest(
            box, [given["address"]], now=now, published=published, progress=progress
        )
    if not given["text"]:
        raise RefusalError(400, "Nothing was given.", "Paste a text, choose a file, or give an address.")
    if published is None or not given["publisher"]:
        raise RefusalError(
            400,
            "A pasted text needs its day and its publisher.",
            "Fill in both: a toll is nobody’s without them.",
        )
    data = pipeline.written(
        given["text"].replace("\r\n", "\n"), title=given["title"], publisher=given["publisher"], published=published, address="",
        lang=given["lang"],
    )  # fmt: skip
    return lambda progress: pipeline.hand_in(box, [("pasted.txt", data)], now=now, progress=progress)


@ways.page("/add/{job}", Right.WORK)
def added(ask: Ask) -> Response:
    """What became of an addition, or how far it is."""
    job = _JOBS.get(ask.part("job"))
    if job is None or job.by != ask.person.name:
        raise absent()
    return _told(ask, job)


def _told(ask: Ask, job: _Job) -> Response:
    state, done = ask.live.state, job.done
    veil = state.veil
    by_document = {r.document: veil.document(r) for r in done.added} if done else {}
    known = state.book.reports
    return render.page(
        ask, "added.html", job=job, problem=veil(job.problem), at=(job.at[0], job.at[1], veil(job.at[2])), done=done,
        reports=[(r.id, veil.name(r.publisher) or "unknown publisher", title(state, r), r.said_on)
                 for r in (done.added if done else []) if r.id in known],
        notes=[(by_document.get(d, veil(d)), veil(note)) for d, note in (done.notes if done else [])],
        founded=[(i.id, veil(i.name)) for i in (done.founded if done else [])],
        unread=[(veil(u.document), veil(u.reason)) for u in (done.unread if done else [])],
    )  # fmt: skip
