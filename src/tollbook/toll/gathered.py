"""Gathered: the roll-up of a scope by place, by month or by what stands directly under it."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.netting import FIRST, LAST
from tollbook.toll.rollups import RollUp, added_up, roll_up
from tollbook.toll.sifting import day_of
from tollbook.toll.stock import EVERYTHING, By, Piece, Regions, Stock, nowhere, stock
from tollbook.toll.tolls import Methods, reckoned
from tollbook.values import Book, Toll

UNPLACED, UNDATED = "place not known", "day not known"


class Under(StrEnum):
    """What the lines of a roll-up are gathered under."""

    INCIDENT = "incident"
    PLACE = "place"
    COUNTRY = "country"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Row:
    """One line's roll-ups: what it is gathered under, by name and (for an incident) by id."""

    name: str
    tolls: tuple[RollUp, ...]
    id: str = ""


@dataclass(slots=True)
class _Share:
    counted: list[Piece] = field(default_factory=list)
    summaries: list[Piece] = field(default_factory=list)


def gathered(
    book: Book,
    scope: str,
    under: Under,
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
    regions: Regions = nowhere,
) -> tuple[Row, ...]:
    """The roll-ups of the parts of a scope, in the order of their names; of incidents by their first day.

    What cannot be given to one part is in the toll of the whole alone: a summary of the country is in none of its
    provinces, one of a season in none of its months. So the parts come to no more than the whole.

    Args:
        book: the snapshot.
        scope: id of a war, campaign or incident, or EVERYTHING.
        under: by what.
        method: as ``roll_up``.
        as_of: as ``roll_up``.
        methods: as ``roll_up``.
        regions: as ``roll_up``.

    Raises:
        TollError: no such incident, method or origin.
    """
    if under is Under.INCIDENT:
        return tuple(
            Row(book.incidents[i].name, roll_up(book, i, method, as_of, methods=methods, regions=regions), i)
            for i in _directly(book, scope)
        )
    held = stock(book, scope, method, as_of, methods=methods, regions=regions)
    shares: dict[str, _Share] = defaultdict(_Share)
    if under is Under.MONTH:
        for piece in held.counted:
            for month, part in _by_month(book, piece, method, as_of, methods):
                shares[month].counted.append(part)
    else:
        for piece in held.counted:
            shares[_home(piece, under)].counted.append(piece)
    for piece in held.summaries:
        if under is not Under.MONTH or _month(piece.first) == _month(piece.last):
            shares[_home(piece, under)].summaries.append(piece)
    last = {UNPLACED, UNDATED}
    return tuple(
        Row(name, added_up(Stock(name, method, tuple(share.counted), tuple(share.summaries))))
        for name, share in sorted(shares.items(), key=lambda pair: (pair[0] in last, pair[0]))
    )


def _directly(book: Book, scope: str) -> list[str]:
    """What stands directly under a scope, by first day; of the whole book what stands under nothing."""
    found = [i for i in book.incidents if book.above.get(i, EVERYTHING) == book.merged.get(scope, scope)]
    return sorted(found, key=lambda i: (book.incidents[i].date_from or date.max, i))


def _home(piece: Piece, under: Under) -> str:
    """What a piece is gathered under."""
    if under is Under.MONTH:
        return _month(piece.first)
    return ", ".join(reversed(piece.region[: 1 if under is Under.COUNTRY else 2])) or UNPLACED


def _month(day: int) -> str:
    return UNDATED if day in {FIRST, LAST} else date.fromordinal(day).isoformat()[:7]


def _by_month(
    book: Book, piece: Piece, method: str, as_of: date | None, methods: Methods
) -> Iterator[tuple[str, Piece]]:
    """The months of an incident, each with those who fell in it: what its toll had grown by, by the days that claims speak of.

    "30 by the end of January, 50 by the tenth of February" is 30 and 20. Where the figures are ranges the months are
    ranges that are wider, and they come to no less and no more than the whole allows.
    """
    if _month(piece.first) == _month(piece.last) or {piece.first, piece.last} & {FIRST, LAST}:
        yield _month(piece.last if piece.first == FIRST and piece.last == LAST else piece.first), piece
        return
    before: By = {}
    ends = list(_ends(date.fromordinal(piece.first), date.fromordinal(piece.last)))
    for end in ends:
        tolls = piece.tolls
        if end is not ends[-1]:
            told = [c for c in book.of(piece.id) if _until(book, c) <= end]
            tolls = _known(reckoned(book, piece.id, told, method, as_of, methods=methods))
        grown = {
            outcome: {g: replace(t, figure=_grown(before.get(outcome, {}).get(g), t)) for g, t in of.items()}
            for outcome, of in tolls.items()
        }
        if any(t.figure.high != 0 for of in grown.values() for t in of.values()):
            first = max(piece.first, end.replace(day=1).toordinal())
            last = min(piece.last, end.toordinal())
            yield end.isoformat()[:7], replace(piece, first=first, last=last, tolls=grown)
        before = tolls


def _ends(first: date, last: date) -> Iterator[date]:
    """The last days of the months from one to another."""
    at = first
    while True:
        end = at.replace(day=monthrange(at.year, at.month)[1])
        yield end
        if end >= last:
            return
        at = date.fromordinal(end.toordinal() + 1)


def _until(book: Book, claim: Claim) -> date:
    """The last day that a claim speaks of."""
    return claim.date_to or claim.date_from or day_of(book, claim) or date.max


def _known(tolls: Iterable[Toll]) -> Mapping[Outcome, Mapping[str, Toll]]:
    found: dict[Outcome, dict[str, Toll]] = defaultdict(dict)
    for toll in tolls:
        if toll.figure.known:
            found[toll.outcome][toll.group] = toll
    return found


def _grown(before: Toll | None, after: Toll) -> Figure:
    """How many more there are than before."""
    if before is None:
        return after.figure
    old, new = before.figure, after.figure
    low = 0 if old.high is None else max(0, new.floor - old.high)
    high = None if new.high is None else max(low, new.high - old.floor)
    best = None if new.best is None or old.best is None else max(low, new.best - old.best)
    if best is not None and high is not None:
        best = min(best, high)
    return Figure(low, best, high)
