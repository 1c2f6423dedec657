"""The toll of a war, a campaign or the whole book as it is shown: each figure with what it was added up from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from tollbook.codes import Level, Outcome
from tollbook.desk.ask import Ask
from tollbook.desk.citing import Cited, figure_link, linked
from tollbook.figures import Figure
from tollbook.publish import words
from tollbook.publish.page import Number, Voice
from tollbook.toll import EVERYTHING, RollUp, Under, shown_day, standing_under
from tollbook.values import ALL
from tollbook.views import wider

# Outcomes of which the parts of a war are shown beside each other.
SHOWN = (Outcome.KILLED, Outcome.WOUNDED, Outcome.DISPLACED)


@dataclass(frozen=True)
class Event:
    """An incident that was counted, with its figure."""

    id: str
    name: str
    number: Number


@dataclass(frozen=True)
class Summary:
    """A summary report: what it says, and what it adds to those counted one by one."""

    where: str
    number: Number
    adds: str
    quotes: tuple[tuple[str, str, Voice], ...]  # words, link, whose


@dataclass(frozen=True)
class Line:
    """One outcome and group of a wide toll."""

    outcome: str
    code: str
    group: str
    shown: str
    number: Number
    counted: Number
    adds: str
    rises: bool
    events: tuple[Event, ...]
    summaries: tuple[Summary, ...]
    said: Number | None
    voices: tuple[tuple[Voice, Number, tuple[tuple[str, str, Voice], ...]], ...]


@dataclass(frozen=True)
class Part:
    """A part of a wide toll: its name, its page if it has one, and its figures of the outcomes shown."""

    name: str
    href: str
    numbers: tuple[Number | None, ...]


@dataclass(frozen=True)
class Held:
    """A wide toll.

    Attributes:
        scope: id of the war or campaign; empty for the whole book.
        events: how many incidents are counted.
        lines: by outcome, everybody before the groups.
        outcomes: those that the parts show, in words.
        parts: what stands under it.
    """

    scope: str
    events: int
    lines: tuple[Line, ...]
    by: str
    outcomes: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def heads(self) -> tuple[Line, ...]:
        """The lines of everybody."""
        return tuple(line for line in self.lines if not line.group)


def wide_dossier(ask: Ask, scope: str) -> Held:
    """The toll of what stands under a war or campaign.

    Raises:
        TollError: the method asks for a voice that there is not.
    """
    by = _by(ask)
    key = f"held {scope} {by} {sorted(ask.view.query.items())} {ask.state.position}"
    return ask.view.book.kept(key, lambda: _held(ask, scope, by))


def whole(ask: Ask) -> Held:
    """The toll of the whole book."""
    return wide_dossier(ask, EVERYTHING)


def _by(ask: Ask) -> Under:
    asked = ask.query("by") or str(Under.MONTH if ask.way.path.startswith("/whole") else Under.INCIDENT)
    return Under(asked) if asked in set(Under) else Under.INCIDENT


def base(scope: str) -> str:
    """The address of a scope."""
    return f"/incidents/{quote(scope, safe='')}" if scope else "/whole"


def line_link(cited: Cited, scope: str, outcome: Outcome, group: str, query: Mapping[str, str]) -> str:
    """The page of one figure of a scope."""
    if scope:
        return figure_link(cited.veil, scope, outcome, group, query)
    asked = {"outcome": str(outcome), "group": cited.veil(group), **query}
    return f"/whole/figure?{urlencode({k: v for k, v in asked.items() if v})}"


def _held(ask: Ask, scope: str, by: Under) -> Held:
    state, view = ask.state, ask.view
    book = view.book
    cited = Cited(book, state.veil)
    rolled = wider.rolled(book, scope, view.method, None, state.methods)
    lines = tuple(_line(ask, cited, scope, roll) for roll in rolled if wider.says(roll) or roll.voices)
    shown = [o for o in SHOWN if any(r.outcome is o and r.group == ALL and wider.says(r) for r in rolled)]
    parts = []
    for row in wider.rows(book, scope, by, view.method, None, state.methods):
        mine = {r.outcome: r for r in row.tolls if r.group == ALL and wider.says(r)}
        href = f"{base(row.id)}" if row.id else ""
        numbers = tuple(
            Number(words.pieces(mine[o].figure), _part_link(cited, scope, row.id, o, view.query))
            if o in mine
            else None
            for o in shown
        )
        if any(numbers):
            parts.append(Part(cited.veil(row.name), href, numbers))
    under = standing_under(book, scope)
    events = sum(book.incidents[i].level is Level.INCIDENT for i in under)
    return Held(scope, events, lines, str(by), tuple(words.outcome(o) for o in shown), tuple(parts))


def _part_link(cited: Cited, scope: str, part: str, outcome: Outcome, query: Mapping[str, str]) -> str:
    """The page of a part's figure; of a month or a place that of the whole, which lists what it is made of."""
    return line_link(cited, part or scope, outcome, ALL, query)


def _line(ask: Ask, cited: Cited, scope: str, roll: RollUp) -> Line:
    query, veil = ask.view.query, cited.veil
    target = line_link(cited, scope, roll.outcome, roll.group, query)
    book = cited.book

    def number(figure: Figure) -> Number:
        return Number(words.pieces(figure), target, summed=len(roll.incidents) > 1)

    events = tuple(
        Event(
            i, veil(book.incidents[i].name) if i in book.incidents else i,
            Number(words.pieces(figure), figure_link(veil, i, roll.outcome, roll.group, query)),
        )
        for i, figure in sorted(roll.incidents, key=lambda pair: (-(pair[1].floor), pair[0]))
    )  # fmt: skip
    summaries = []
    for s in roll.summaries:
        days = words.window(shown_day(s.piece.first), shown_day(s.piece.last))
        place = f"{s.piece.place}, {days}" if s.piece.place else days
        first = cited.target(s.piece.claims[0]) if s.piece.claims else target
        summaries.append(
            Summary(
                veil(place),
                Number(words.pieces(s.figure), first),
                _adds(s.adds),
                _quotes(cited, s.piece.claims),
            )
        )
    links = linked(book, veil, scope, query) if scope else None
    voices = []
    for toll in roll.voices:
        claims = [u.claim for u in toll.used]
        at = links.giver(toll) if links else ""
        at = at or (cited.target(claims[0]) if claims else target)
        voices.append(
            (cited.voice(toll.origins[0]) if toll.origins else Voice("unknown", "unknown"),
             Number(words.pieces(toll.figure), at), _quotes(cited, claims))
        )  # fmt: skip
    return Line(
        words.outcome(roll.outcome), str(roll.outcome), veil(roll.group), veil(words.group(roll.group)),
        number(roll.figure), number(roll.counted), _adds(roll.adds) if roll.summaries else "", roll.may_rise,
        events, tuple(summaries), number(roll.said.figure) if roll.said else None, tuple(voices),
    )  # fmt: skip


def _adds(adds: tuple[int, int | None]) -> str:
    least, most = adds
    if most is None:
        return f"{words.count(least)} or more"
    if least == most:
        return words.count(least)
    return f"{words.count(min(least, most))} to {words.count(max(least, most))}"


def _quotes(cited: Cited, claims: tuple[str, ...] | list[str]) -> tuple[tuple[str, str, Voice], ...]:
    found = []
    for key in claims:
        statement = cited.statement(key)
        if statement is not None:
            found.append(
                (cited.veil(statement.quote), cited.target(key), cited.voice(cited.origin(statement)))
            )
    return tuple(found)
