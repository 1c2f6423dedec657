"""Wider tolls: of a war, a campaign or the whole book, and by place, month or what stands under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tollbook import places
from tollbook import toll as reckoning
from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.toll import Method, RollUp, Row, Under
from tollbook.values import ALL, Book, Toll
from tollbook.views.plain import plain

NAME = "the whole book"


def regions_of(book: Book) -> reckoning.Regions:
    """Where places lie: by the desk's own sites, then by the gazetteer."""
    return places.regions(places.resolver(book.sites.values()))


def rolled(
    book: Book, scope: str, method: str, until: date | None, methods: Mapping[str, Method]
) -> tuple[RollUp, ...]:
    """The roll-ups of a scope in the order of the table."""
    return reckoning.roll_up(book, scope, method, until, methods=methods, regions=regions_of(book))


def rows(
    book: Book, scope: str, under: Under, method: str, until: date | None, methods: Mapping[str, Method]
) -> tuple[Row, ...]:
    """The roll-ups of the parts of a scope."""
    return reckoning.gathered(
        book, scope, under, method, until, methods=methods, regions=regions_of(book)
    )  # fmt: skip


def says(found: RollUp) -> bool:
    """Whether a figure says anything that a reader could use: "none or more" is in the data alone."""
    return found.figure.known and (found.figure.high is not None or found.figure.floor > 0)


def least(tolls: Sequence[RollUp]) -> dict[Outcome, Figure]:
    """Outcome to the figure of everybody."""
    return {Outcome(r.outcome): r.figure for r in tolls if r.group == ALL and r.figure.known}


def data(found: RollUp) -> dict[str, object]:
    """A roll-up as JSON has it: every figure with the incidents and the claims that it rests on."""
    return {
        "scope": found.scope,
        "outcome": found.outcome,
        "group": found.group,
        "method": found.method,
        **{name: getattr(found.figure, name) for name in ("low", "best", "high")},
        "may_rise": found.may_rise,
        "counted": plain(found.counted),
        "adds": {"least": found.adds[0], "most": found.adds[1]},
        "incidents": [{"id": i, **_figure(f)} for i, f in found.incidents],
        "summaries": [
            {
                "place": s.piece.place,
                "date_from": plain(reckoning.shown_day(s.piece.first)),
                "date_to": plain(reckoning.shown_day(s.piece.last)),
                **_figure(s.figure),
                "counted": plain(s.counted),
                "adds": {"least": s.adds[0], "most": s.adds[1]},
                "claims": list(s.piece.claims),
            }
            for s in found.summaries
        ],
        "said": _said(found.said) if found.said else None,
        "voices": [_said(v) for v in found.voices],
    }


def _figure(figure: Figure) -> dict[str, int | None]:
    return {"low": figure.low, "best": figure.best, "high": figure.high}


def _said(toll: Toll) -> dict[str, object]:
    return {"origins": list(toll.origins), **_figure(toll.figure), "claims": [u.claim for u in toll.used]}
