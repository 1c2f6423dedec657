"""The log: entries in notation, and the state of the chain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from tollbook.book import standing
from tollbook.codes import Verb
from tollbook.desk import acts, render
from tollbook.desk.ask import Ask, day
from tollbook.desk.faults import absent
from tollbook.desk.ways import Ways
from tollbook.nouns import KINDS, Claim, Course, Doubt, Entry, Forgotten, Incident, Judgement, Report, Source
from tollbook.publish import words
from tollbook.views import entries as rows
from tollbook.views.entries import Line, Wanted

ways = Ways()

_KEYS = ("kind", "by", "day", "id", "text")
_PEOPLE = frozenset({"member", "token", "access"})  # kinds that never stand in the log of a box
_MOST = 50  # lines that speak of an entry are shown; the rest is counted
_HEAD = re.compile(r"\s*(\d{1,18})\D+?([0-9a-fA-F]{64})\s*")


@dataclass(frozen=True)
class Shown:
    """One line of the log as it is shown, covered."""

    position: int
    id: str
    kind: str
    text: str
    entry: Entry
    by: str


@ways.page("/log", slow=True)
def log(ask: Ask) -> Response:
    """The entries, newest first, and what state the chain is in."""
    asked = {name: ask.query(name)[:200] for name in _KEYS}
    said = day(asked["day"])
    before = ask.query("before")
    lines = _lines(ask)
    wanted = Wanted(asked["kind"], asked["by"], said, asked["id"].lower(), asked["text"])
    start = int(before) if before.isdecimal() and before.isascii() and len(before) < 19 else 0
    found, on = rows.looked(lines, wanted, ask.state.veil, start)
    return render.page(
        ask, "log.html", lines=[_shown(ask, line) for line in found], asked=asked, kinds=[k for k in KINDS if k not in _PEOPLE],
        further=_address(asked, before=str(on)) if on else "", on=on, filtered=any(asked.values()), older=bool(start),
        forgotten=sum(isinstance(e, Forgotten) for e in ask.state.entries), verified=ask.desk.verifying.last,
        done=ask.desk.verifying.done, head=_checked(ask, ask.query("head")[:200]),
    )  # fmt: skip


def _lines(ask: Ask) -> list[Line]:
    """The lines that who asks may know of: a publication that is not public yet is for those who work at the desk."""
    state, hidden = ask.state, ask.secret
    lines: list[Line] = state.kept("log lines", lambda: rows.placed(state.entries, state.position))
    return [line for line in lines if line.entry.id not in hidden] if hidden else lines


def _shown(ask: Ask, line: Line) -> Shown:
    veil, entry = ask.state.veil, line.entry
    return Shown(line.position, entry.id, entry.KIND, rows.told(veil, entry), entry, veil(entry.made_by))


def _address(asked: Mapping[str, str], **more: str) -> str:
    return f"/log?{urlencode({k: v for k, v in {**asked, **more}.items() if v})}"


def _checked(ask: Ask, typed: str) -> tuple[bool, str] | None:
    """Whether a head noted elsewhere is one of this log, and what that says; None where none was given."""
    if not typed:
        return None
    found = _HEAD.fullmatch(typed)
    if found is None:
        return (
            False,
            "That is no head: a head is a position and 64 hexadecimal digits, as this page shows it.",
        )
    position, noted = int(found[1]), found[2].lower()
    there = ask.live.box.log.hash_at(position)
    if there is None:
        end = words.count(ask.state.position)
        return (
            False,
            f"The log ends at {end}, and the head noted stands at {words.count(position)}: its end was cut off, or it is another log.",
        )
    if there != noted:
        return (
            False,
            f"At {words.count(position)} this log has another hash: it was begun anew before that place, or it is another log.",
        )
    return (
        True,
        f"At {words.count(position)} this log has that hash: since the head was noted it has only grown.",
    )


@ways.act("/log/verify")
def log_verify(ask: Ask) -> Response:
    """Begins to verify the log and the kept files."""
    ask.desk.verifying.start(ask.live.box, ask.person.name, lambda: datetime.now(UTC))
    return RedirectResponse("/log#chain", 303)


@ways.page("/log/{id}", slow=True)
def log_entry(ask: Ask) -> Response:
    """One entry: in notation and in words, its place, what speaks of it, and what was decided on it."""
    state, key = ask.state, ask.part("id")
    by_id = state.kept(("log by id", ask.secret), lambda: {line.entry.id: line for line in _lines(ask)})
    line = by_id.get(key)
    if line is None:
        raise absent()
    speaking = state.kept(("log referring", ask.secret), lambda: rows.referring(_lines(ask))).get(key, [])
    holds = state.kept("standing", lambda: {j.id for j in standing(ask.book.judgements.values())})
    entry = line.entry
    return render.page(
        ask, "entry.html", line=_shown(ask, line), rows=rows.rows(state.veil, entry), hash=ask.live.box.log.hash_at(line.position),
        speaking=[_shown(ask, other) for other in reversed(speaking[-_MOST:])], more=max(0, len(speaking) - _MOST),
        of=[_shown(ask, by_id[i]) for i in dict.fromkeys(rows.speaks_of(entry)) if i in by_id],
        judgement=entry if isinstance(entry, Judgement) else None, holds=key in holds, standing=holds, href=_href(entry),
        seen=acts.seen(state, key), did=acts.DID.get(entry.verb, "") if isinstance(entry, Judgement) else "", undo=Verb.UNDO,
    )  # fmt: skip


def _href(entry: Entry) -> str:
    """Where the desk shows what an entry speaks of; empty where nowhere but here."""
    match entry:
        case Claim() | Course() | Doubt():
            return f"/reports/{entry.report}#c-{entry.id}"
        case Report():
            return f"/reports/{entry.id}"
        case Incident():
            return f"/incidents/{entry.id}"
        case Source():
            return f"/sources/{entry.id}"
    return ""
