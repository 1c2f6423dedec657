"""What waits for review: one claim at a time with its sentence in context, by keyboard through all of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from starlette.responses import Response

from tollbook.codes import Outcome
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.live import Live
from tollbook.desk.pages.report import body_of
from tollbook.desk.panel import SHAPES, STATES, Sheet, lang, panel, people, sheet, title
from tollbook.desk.ways import Ways
from tollbook.entries import Span
from tollbook.nouns import Incident
from tollbook.people import Right
from tollbook.text import Document
from tollbook.views import marks, queueing, readings
from tollbook.views.queueing import Waiting
from tollbook.waiting import Memory

ways = Ways()

# So many rows after the one at work are listed.
LISTED = 40
# Sentences before and after the claim's own.
AROUND = 2
FILTERS = ("state", "incident", "assigned", "outcome", "source", "effect")
NOBODY = "nobody"


# Of each live book what hung on its claims; one decision changes one incident, and the others are not reckoned again.
_MEMORIES: WeakKeyDictionary[Live, Memory] = WeakKeyDictionary()


def _rows(ask: Ask) -> tuple[Waiting, ...]:
    memory = _MEMORIES.setdefault(ask.live, {})
    return ask.state.kept("queue", lambda: queueing.queue(ask.book, memory))


@ways.page("/queue", Right.WORK, slow=True)
def queue(ask: Ask) -> Response:
    """The review queue."""
    asked = {name: ask.query(name) for name in FILTERS if ask.query(name)}
    rows = [w for w in _rows(ask) if _fits(ask, w, asked)]
    at = next((n for n, w in enumerate(rows) if w.claim.id == ask.query("claim")), 0)
    chosen = rows[at] if rows else None
    found = sheet(ask.state, chosen.claim.report) if chosen else None
    told = found.find(chosen.claim.id) if found and chosen else None
    links = {"next": _link(asked, rows, at + 1), "before": _link(asked, rows, at - 1)}
    return render.page(
        ask, "queue.html", rows=[_row(ask, w, asked) for w in rows[at : at + LISTED]], total=len(rows), at=at + 1,
        every=len(_rows(ask)), chosen=chosen, told=told, shapes=SHAPES, states=STATES, links=links,
        segments=_context(ask, found, chosen) if found and chosen else (),
        panel=panel(ask, found, told, links["next"] or "/queue") if found and told else None,
        publisher=ask.state.veil.name(found.report.publisher) if found else "",
        title=title(ask.state, found.report) if found else "",
        report=found.report if found else None, lang=lang(found.report) if found else "",
        asked={name: asked.get(name, "") for name in FILTERS}, filtered=bool(asked), people=people(ask.state), outcomes=tuple(Outcome), mine=_here({**asked, "assigned": ask.person.name}),
        risks=chosen.risks if chosen else (), done=queueing.done(ask.book, ask.now.date()),
        names=[(i, ask.state.veil(e.name)) for i, e in _busy(ask)],
        sources=_sources(ask), next_id=rows[at + 1].claim.id if at + 1 < len(rows) else "",
    )  # fmt: skip


def _fits(ask: Ask, row: Waiting, asked: dict[str, str]) -> bool:
    state, incident, assigned = asked.get("state"), asked.get("incident"), asked.get("assigned")
    outcome, source = asked.get("outcome"), asked.get("source")
    if (state and row.state != state) or (incident and row.incident != incident):
        return False
    if (outcome and row.claim.outcome != outcome) or (asked.get("effect") and not row.effect):
        return False
    if assigned and row.assigned != ("" if assigned == NOBODY else assigned):
        return False
    return not source or ask.state.veil.name(ask.book.origin_of.get(row.claim.id, "")) == source


def _busy(ask: Ask) -> list[tuple[str, Incident]]:
    """The incidents with most that waits."""
    count: dict[str, int] = {}
    for w in _rows(ask):
        if w.incident:
            count[w.incident] = count.get(w.incident, 0) + 1
    most = sorted(count, key=lambda i: (-count[i], i))[:50]
    return [(i, ask.book.incidents[i]) for i in most if i in ask.book.incidents]


def _sources(ask: Ask) -> list[str]:
    """The origins of what waits, by name as it may be shown."""
    origins = {ask.book.origin_of.get(w.claim.id, "") for w in _rows(ask)}
    return sorted({ask.state.veil.name(o) for o in origins if o})[:200]


def _here(asked: dict[str, str]) -> str:
    return f"/queue?{urlencode(asked)}" if asked else "/queue"


def _link(asked: dict[str, str], rows: Sequence[Waiting], at: int) -> str:
    return _here({**asked, "claim": rows[at].claim.id}) if 0 <= at < len(rows) else ""


def _row(ask: Ask, row: Waiting, asked: dict[str, str]) -> dict[str, object]:
    incident = ask.book.incidents.get(row.incident)
    return {
        "id": row.claim.id,
        "link": _here({**asked, "claim": row.claim.id}),
        "head": ask.state.veil(readings.head(row.claim)),
        "outcome": row.claim.outcome,
        "state": row.state,
        "effect": row.effect,
        "published": row.published,
        "incident": ask.state.veil(incident.name) if incident else "",
        "assigned": ask.state.veil(row.assigned),
    }


def _context(ask: Ask, found: Sheet, row: Waiting) -> list[marks.Segment]:
    """The claim's sentence with those around it. Names are covered in the whole text: half a name would be one still."""
    body, span = body_of(ask, found.report), row.claim.span
    if body is None or body[span.start : span.end] != row.claim.quote:
        return []
    document = Document(body)
    sentences = document.sentences
    first = max(0, document.sentence_at(span.start).index - AROUND)
    last = min(len(sentences) - 1, document.sentence_at(max(span.start, span.end - 1)).index + AROUND)
    window = Span(min(sentences[first].start, span.start), max(sentences[last].end, span.end))
    every = marks.segments(body, [("window", window), (row.claim.id, span)], ask.state.veil)
    return [s for s in every if "window" in s.under or row.claim.id in s.under]
