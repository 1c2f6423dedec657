"""Roll-ups: the toll of a war, a campaign, a place, a month or a book: incidents added up, summaries netted against them.

Adding up is not reconciling. Every incident under the scope is counted once; a summary report ("61 killed across the
province this week") adds only what the incidents that it may hold leave open; what is said of the whole ("since 2011
close to half a million") stands beside and is never added. ``netting`` holds the arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import NOTHING, Figure, add
from tollbook.toll.builtin import METHODS
from tollbook.toll.netting import Mass, net
from tollbook.toll.sifting import OTHER
from tollbook.toll.stock import Piece, Regions, Stock, nowhere, stock
from tollbook.toll.tolls import Methods
from tollbook.values import ALL, Book, Toll


@dataclass(frozen=True, slots=True)
class Summary:
    """One summary report in a roll-up.

    Attributes:
        piece: its place, days and claims.
        figure: how many it says.
        counted: how many of those counted one by one it may hold.
        adds: how many it would add to them, were it the only summary: at least, and at most (None is open).
    """

    piece: Piece
    figure: Figure
    counted: Figure
    adds: tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class RollUp:
    """The toll of a scope, one outcome and one group.

    Attributes:
        scope: id of the war or campaign, or the name of what it is gathered under.
        outcome: of what.
        group: canonical party, "civilians", OTHER for whom nobody gives to a group, or ALL.
        method: name of the method by which each incident was reckoned.
        figure: low, best and high: counted one by one, with what the summaries add.
        counted: the incidents alone, added up.
        incidents: id and figure of each incident that was counted.
        summaries: the summary reports, each with what it adds.
        said: what is said of all of it at once, reconciled; beside, never added. None where nobody says anything.
        voices: the same by each voice alone.
        may_rise: whether a voice says that a figure in it could still grow.
    """

    scope: str
    outcome: Outcome
    group: str
    method: str
    figure: Figure = NOTHING
    counted: Figure = NOTHING
    incidents: tuple[tuple[str, Figure], ...] = ()
    summaries: tuple[Summary, ...] = ()
    said: Toll | None = None
    voices: tuple[Toll, ...] = ()
    may_rise: bool = False

    @property
    def adds(self) -> tuple[int, int | None]:
        """What the summaries add to those counted one by one: at least, and at most (None is open)."""
        return _more(self.figure, self.counted)


def roll_up(
    book: Book,
    scope: str,
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
    regions: Regions = nowhere,
) -> tuple[RollUp, ...]:
    """The tolls of a war, a campaign or the whole book: by outcome, everybody before the groups.

    Args:
        book: the snapshot.
        scope: id of a war or campaign; of an incident it gives that incident alone; EVERYTHING is the whole book.
        method: how the claims of each incident become a figure.
        as_of: only what was said up to this day.
        methods: the methods to choose from.
        regions: where places lie; without it a summary may hold incidents anywhere, and adds less.

    Raises:
        TollError: no such incident, method or origin.
    """
    return added_up(stock(book, scope, method, as_of, methods=methods, regions=regions))


def added_up(held: Stock) -> tuple[RollUp, ...]:
    """The roll-ups of a stock: by outcome, everybody before the groups, the unknown last."""
    pieces = (*held.counted, *held.summaries)
    counted = {(o, g) for p in pieces for o in p.tolls for g in (ALL, *p.tolls[o])}
    counted |= {(o, OTHER) for o, g in counted if g != ALL}
    said = {(t.outcome, t.group) for t in (*held.said, *held.voices)} - counted
    outcomes = list(Outcome)
    order = sorted(counted | said, key=lambda k: (outcomes.index(k[0]), k[1] != ALL, k[1] == OTHER, k[1]))
    found = [_one(held if key in counted else _beside(held), *key) for key in order]
    return tuple(r for r in found if r.group != OTHER or r.said or r.figure.high != 0)


def _beside(held: Stock) -> Stock:
    """The stock with nothing but what is said of all of it: of a group of which no incident and no summary speaks."""
    return replace(held, counted=(), summaries=())


def _one(held: Stock, outcome: Outcome, group: str) -> RollUp:
    """The roll-up of one outcome and group."""
    counted = [(p, m) for p in held.counted if (m := p.mass(outcome, group)) is not None]
    summaries = [(p, m) for p in held.summaries if (m := p.mass(outcome, group)) is not None]
    masses = [m for _, m in counted]
    every = (*counted, *summaries)
    return RollUp(
        scope=held.scope,
        outcome=outcome,
        group=group,
        method=held.method,
        figure=net(masses, [m for _, m in summaries]),
        counted=add(m.figure for m in masses),
        incidents=tuple((p.id, m.figure) for p, m in counted),
        summaries=tuple(_summary(p, m, masses) for p, m in summaries),
        said=next((t for t in held.said if (t.outcome, t.group) == (outcome, group)), None),
        voices=tuple(t for t in held.voices if (t.outcome, t.group) == (outcome, group)),
        may_rise=any(t.may_rise for p, _ in every for t in p.tolls[outcome].values() if t.group == group),
    )


def _summary(piece: Piece, mass: Mass, counted: Sequence[Mass]) -> Summary:
    inside = [m for m in counted if mass.may_hold(m)]
    before = add(m.figure for m in inside)
    return Summary(piece, mass.figure, before, _more(net(inside, [mass]), before))


def _more(after: Figure, before: Figure) -> tuple[int, int | None]:
    """By how much a figure is more than the one before, at its low and at its high; None where that is open."""
    high = None if after.high is None else after.high - (before.high or 0)
    return after.floor - before.floor, high
