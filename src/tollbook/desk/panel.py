"""One statement at work: its reading, what may be done with it, and the people and incidents that can be named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tollbook.desk import acts
from tollbook.desk.ask import Ask
from tollbook.desk.live import State
from tollbook.nouns import Claim, Course, Report
from tollbook.publish import words
from tollbook.values import Book
from tollbook.views import fields, readings
from tollbook.views.readings import Said, Told

# Ready reasons, by number key.
REJECTIONS = (
    "not a count of people",
    "background, another event",
    "counted twice in this report",
    "misread: the figure is not in these words",
    "a quote of an older report",
)
# Incidents that are offered before anybody searches.
OFFERED = 12
SHAPES = {
    "killed": "●", "wounded": "◐", "casualties": "◑", "captured": "■", "detained": "■", "held": "▦", "abducted": "◆",
    "surrendered": "□", "escaped": "▷", "recaptured": "◁", "at_large": "▹", "released": "◃", "exchanged": "⇄",
    "displaced": "▲", "returned": "△", "in_displacement": "◮", "missing": "○", "bodies_found": "◍",
    "besieged_or_trapped": "▣", "indirect_deaths": "◌", "excess_deaths": "◎", "other": "◇", "": "·",
}  # fmt: skip
STATES = {
    "unreviewed": "○", "in review": "◔", "accepted": "✓", "rejected": "✕", "unverifiable": "∅", "changed": "↻",
    "proposed": "?", "open": "?", "settled": "✓",
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A report with all that was read in it.

    Attributes:
        report: the report.
        said: its statements in text order.
        told: the same as people read them.
        number: id to number.
    """

    report: Report
    said: tuple[Said, ...]
    told: tuple[Told, ...]
    number: Mapping[str, int]

    @property
    def waiting(self) -> tuple[str, ...]:
        """Ids of what still needs a person, in text order."""
        return tuple(t.id for t in self.told if t.state in _OPEN)

    def find(self, key: str) -> Told | None:
        """The statement of that id."""
        return self.told[self.number[key] - 1] if key in self.number else None


_OPEN = frozenset({"unreviewed", "in review", "changed", "proposed", "open"})


def sheet(state: State, report: str) -> Sheet | None:
    """The report of that id with its statements; None where there is none."""
    found = state.book.reports.get(report)
    return state.kept(("sheet", report), lambda: _sheet(state, found)) if found else None


def _sheet(state: State, report: Report) -> Sheet:
    every = state.kept("statements", lambda: readings.of_report(state.book, state.entries))
    said = tuple(every.get(report.id, ()))
    number = {s.id: n for n, s in enumerate(said, 1)}
    told = tuple(readings.told(state.book, state.veil, s, number) for s in said)
    return Sheet(report, said, told, number)


def lang(report: Report) -> str:
    """The language of a report where it is a plain code."""
    return report.lang if report.lang.isascii() and report.lang.isalpha() else ""


def title(state: State, report: Report) -> str:
    """The headline as it may be shown."""
    return "" if state.veil.hides(report) else state.veil(report.title)


def people(state: State) -> tuple[str, ...]:
    """Names of those who decided or were given work here."""
    book = state.book
    names = {j.made_by for j in book.judgements.values()} | set(book.assigned.values())
    return tuple(sorted(state.veil(n) for n in names if n))


def incidents(ask: Ask, said: Said | None) -> list[tuple[str, str]]:
    """Incidents to choose from: those of the words asked for, else those nearest at hand. Id and name with its days."""
    book, wanted = ask.book, ask.query("find").casefold().split()
    if wanted:
        found = [i for i, e in book.incidents.items() if all(w in e.name.casefold() for w in wanted)]
    else:
        found = _near(ask.state, said)
    return [(i, _named(ask.state, i)) for i in found[:40] if i in book.incidents]


def _named(state: State, incident: str) -> str:
    found = state.book.incidents[incident]
    return f"{state.veil(found.name)} · {words.window(found.date_from, found.date_to)}"


def _near(state: State, said: Said | None) -> list[str]:
    book = state.book
    if said is None:
        return list(book.incidents)[:OFFERED]
    links = [k for k in book.links.values() if k.claim == said.id]
    found = dict.fromkeys(k.runner_up.partition(" ")[0] for k in links if k.runner_up)
    beside = sheet(state, said.report)
    here = (s.id for s in beside.said) if beside else ()
    found |= dict.fromkeys(book.incident_of[i] for i in here if i in book.incident_of)
    day = said.said_on
    if day is not None:
        close = sorted(
            book.incidents.values(), key=lambda e: abs(((e.date_to or e.date_from or day) - day).days)
        )
        found |= dict.fromkeys(e.id for e in close[:OFFERED])
    return [i for i in found if i in book.incidents and i != book.incident_of.get(said.id)]


def panel(ask: Ask, found: Sheet, told: Told, back: str) -> dict[str, object]:
    """What the template of one statement needs.

    Args:
        ask: the request.
        found: its report.
        told: the statement.
        back: where forms go on to without a script.
    """
    state = ask.state
    said = found.said[found.number[told.id] - 1]
    events = readings.life(state.book, state.veil, told.id)
    return {
        "told": told,
        "n": found.number[told.id],
        "of": len(found.told),
        "events": events,
        "seen": acts.seen(state, told.id),
        "did": acts.DID,
        "fields": fields.fields(said, state.veil) if isinstance(said, Claim | Course) else (),
        "others": _others(state.book, found, told.id),
        "incidents": incidents(ask, said),
        "assigned": state.veil(state.book.assigned.get(told.id, "")),
        "people": people(state),
        "rejections": REJECTIONS,
        "shapes": SHAPES,
        "states": STATES,
        "back": back,
        "two": state.book.two_persons,
        "accepted_by": [state.veil(n) for n in state.book.accepted_by.get(told.id, ())],
    }


def _others(book: Book, found: Sheet, own: str) -> list[tuple[str, str]]:
    """The other claims of the report, to be a part of or to replace: id and a line."""
    del book
    return [
        (t.id, f"{found.number[t.id]}: {t.head}") for t in found.told if t.kind == "claim" and t.id != own
    ]
