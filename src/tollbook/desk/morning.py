"""What the first page shows: what moved since a moment and why, what is new, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from tollbook.codes import Level, Outcome
from tollbook.desk.ask import Ask, the_day
from tollbook.desk.citing import Cited, figure_link, linked
from tollbook.desk.dossier import Look, look
from tollbook.desk.faults import RefusalError
from tollbook.desk.wide import line_link
from tollbook.publish import words
from tollbook.publish.page import Number, Run, Voice
from tollbook.toll import EVERYTHING
from tollbook.values import ALL, Book, Change
from tollbook.views import findings, moved, waits, wider

DAY = timedelta(days=1)
SAID, KNOWN = "said", "known"
NEW = 12  # findings and reports that the page shows
TOLLS = (Outcome.KILLED, Outcome.WOUNDED)


class Span(NamedTuple):
    """Between what the page compares.

    Attributes:
        clock: by the days on which it was said, or by the moments at which we learned it.
        since: the day, as it is shown.
        before: the earlier book.
        as_of: the days up to which what was said counts, on either side.
        asked: whether a person chose it.
        empty: whether nothing moved since yesterday, so that an older day is shown.
        moment: for what we learned, the moment.
    """

    clock: str
    since: date
    before: Book
    as_of: tuple[date | None, date | None]
    asked: bool
    empty: bool
    moment: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """One move of a toll."""

    incident: str
    name: str
    outcome: str
    group: str
    before: Number
    after: Number
    delta: str
    kind: str
    voice: Voice | None
    via: str
    why: tuple[Run, ...]
    fell: bool
    day: str


@dataclass(frozen=True)
class Running:
    """The toll of a war, or of the whole book."""

    name: str
    href: str
    cells: tuple[tuple[str, Number, str], ...]  # outcome, figure, by how much it moved


@dataclass(frozen=True)
class Paper:
    """A report that came in."""

    id: str
    title: str
    publisher: str
    day: str
    lang: str
    claims: int
    incidents: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Morning:
    """The first page."""

    span: Span
    moves: tuple[Moved, ...]
    rose: int
    fell: int
    looks: tuple[Look, ...]
    more_looks: int
    silent: tuple[Look, ...]
    waiting: int
    touching: int
    running: tuple[Running, ...]
    papers: tuple[Paper, ...]


def morning(ask: Ask) -> Morning:
    """The first page as the query asks for it (``since``, ``by``)."""
    hour = ask.now.replace(minute=0, second=0, microsecond=0)
    key = ("morning", ask.query("since"), ask.query("by"), hour)
    return ask.state.kept(key, lambda: _made(ask, hour))


def _made(ask: Ask, hour: datetime) -> Morning:
    state, book = ask.state, ask.state.book
    span, changes = _span(ask, hour)
    old = {f.key for f in findings.findings(_earlier(ask, span))}
    links = linked(book, state.veil, "", {})
    open_ = [f for f in findings.findings(book) if f.explained is None]
    new = sorted((f for f in open_ if f.key not in old and f.code != "source-silent"), key=findings.rank)
    waiting = waits.everything(book)
    public = {
        p.incident
        for p in book.publications.values()
        if not p.proposed and not (p.embargo and p.embargo > ask.now)
    }
    moves = tuple(_moved(ask, span, change) for change in changes)
    return Morning(
        span=span, moves=moves, fell=sum(m.fell for m in moves),
        rose=sum(moved.size(c) > 0 for c in changes),
        looks=tuple(look(links, f, f"f-{n}") for n, f in enumerate(new[:NEW], 1)), more_looks=max(0, len(new) - NEW),
        silent=tuple(look(links, f, f"s-{n}") for n, f in enumerate((f for f in open_ if f.code == "source-silent"), 1)),
        waiting=len(waiting), touching=sum(i.incident in public and i.effect > 0 for i in waiting),
        running=_running(ask, span), papers=_papers(ask),
    )  # fmt: skip


def _span(ask: Ask, hour: datetime) -> tuple[Span, tuple[Change, ...]]:
    """What is compared, and what moved."""
    since, clock = ask.query("since"), ask.query("by")
    if clock not in {"", SAID, KNOWN}:
        raise RefusalError(400, f"There is no clock “{clock}”.", f"There are: {SAID}, {KNOWN}.")
    if since:
        return _asked(ask, the_day(since), clock or KNOWN)
    book = ask.state.book
    if clock != SAID:
        span = _learned(ask, hour - DAY, asked=False)
        if span.before.incidents or clock:
            changes = _changes(ask, span)
            if changes or clock:
                return span, changes
            return _last_learned(ask, hour - DAY)
    # All of it came in since: what the sources say of their last day is news.
    today = ask.now.date()
    last = moved.last_said(book, today) or today
    span = Span(SAID, last - DAY, book, (last - DAY, last), asked=False, empty=last < today - DAY)
    return span, _changes(ask, span)


def _asked(ask: Ask, day: date, clock: str) -> tuple[Span, tuple[Change, ...]]:
    if clock == KNOWN:
        span = _learned(ask, datetime.combine(day, time.min, UTC), asked=True)
    else:
        span = Span(SAID, day, ask.state.book, (day, ask.now.date()), asked=True, empty=False)
    return span, _changes(ask, span)


def _learned(ask: Ask, moment: datetime, *, asked: bool, empty: bool = False) -> Span:
    before = ask.live.view(ask.state, moment, None)
    return Span(KNOWN, moment.date(), before, (None, None), asked=asked, empty=empty, moment=moment)


def _last_learned(ask: Ask, moment: datetime) -> tuple[Span, tuple[Change, ...]]:
    """The last day before a moment on which what came in moved a toll."""
    days = sorted({e.recorded_at.date() for e in ask.state.entries if e.recorded_at <= moment}, reverse=True)
    span = _learned(ask, moment, asked=False, empty=True)
    changes: tuple[Change, ...] = ()
    for day in days[:7]:  # each is a book to be made anew
        span = _learned(ask, datetime.combine(day, time.min, UTC), asked=False, empty=True)
        changes = _changes(ask, span)
        if changes:
            break
    return span, changes


def _changes(ask: Ask, span: Span) -> tuple[Change, ...]:
    state = ask.state
    if span.moment is not None:
        some = moved.touched_since(state.book, state.entries, span.moment)
    else:
        some = moved.touched_after(state.book, span.as_of[0] or date.min, span.as_of[1] or date.max)
    return moved.moved(span.before, state.book, some, methods=state.methods, as_of=span.as_of)


def _earlier(ask: Ask, span: Span) -> Book:
    return span.before if span.moment is not None else ask.live.view(ask.state, None, span.as_of[0])


def _moved(ask: Ask, span: Span, change: Change) -> Moved:
    state, book, veil = ask.state, ask.state.book, ask.state.veil
    cited = Cited(book, veil)
    now = {"as_of": span.as_of[1].isoformat()} if span.as_of[1] and span.as_of[1] < ask.now.date() else {}
    was = (
        {"known_at": span.moment.isoformat().replace("+00:00", "Z")} if span.moment is not None
        else {"as_of": (span.as_of[0] or date.min).isoformat()}
    )  # fmt: skip
    after = figure_link(veil, change.incident, change.outcome, change.group, now)
    earlier = figure_link(veil, change.incident, change.outcome, change.group, was)
    via = moved.carriers(book, change.claims, change.origin)
    return Moved(
        incident=change.incident, name=veil(state.book.incidents[change.incident].name),
        outcome=words.outcome(change.outcome), group=veil(words.group(change.group)),
        before=Number(words.pieces(change.before), earlier), after=Number(words.pieces(change.after), after),
        delta=words.delta(change.before, change.after), kind=veil(change.kind),
        voice=cited.voice(change.origin) if change.origin else None, via=veil.name(via[0]) if via else "",
        why=cited.runs(change.why, change.claims, after), fell=moved.fell(change), day=words.day(change.day),
    )  # fmt: skip


def _running(ask: Ask, span: Span) -> tuple[Running, ...]:
    """The tolls of the wars and of the whole book, with how they moved."""
    state, book, veil = ask.state, ask.state.book, ask.state.veil
    cited, before = Cited(book, veil), _earlier(ask, span)
    scopes = [i for i, e in book.incidents.items() if e.level is not Level.INCIDENT and i not in book.above]
    found = []
    for scope in (*sorted(scopes, key=lambda i: book.incidents[i].name), EVERYTHING):
        name = veil(book.incidents[scope].name) if scope else "The whole book"
        now = wider.least(wider.rolled(book, scope, "strict", None, state.methods))
        known = not scope or scope in before.incidents
        was = wider.least(wider.rolled(before, scope, "strict", None, state.methods)) if known else {}
        cells = []
        for outcome in (o for o in TOLLS if o in now):
            number = Number(words.pieces(now[outcome]), line_link(cited, scope, outcome, ALL, {}))
            delta = words.delta(was[outcome], now[outcome]) if outcome in was else ""
            cells.append((words.outcome(outcome), number, delta))
        found.append(Running(name, f"/incidents/{scope}" if scope else "/whole", tuple(cells)))
    return tuple(found)


def _papers(ask: Ask) -> tuple[Paper, ...]:
    """The reports that came in last."""
    book, veil = ask.state.book, ask.state.veil
    newest = sorted(
        book.reports.values(), key=lambda r: (r.recorded_at, str(r.said_on or ""), r.id), reverse=True
    )[:8]
    under: dict[str, list[str]] = {r.id: [] for r in newest}
    claims = dict.fromkeys(under, 0)
    for i, claim in book.claims.items():
        if claim.report in under:
            claims[claim.report] += 1
            if i in book.incident_of:
                under[claim.report].append(book.incident_of[i])
    return tuple(
        Paper(
            r.id, "" if veil.hides(r) else veil(r.title), veil.name(r.publisher) or "unknown publisher",
            words.day(r.said_on), r.lang, claims[r.id],
            tuple((i, veil(book.incidents[i].name)) for i in dict.fromkeys(under[r.id]) if i in book.incidents)[:3],
        )
        for r in newest
    )  # fmt: skip
