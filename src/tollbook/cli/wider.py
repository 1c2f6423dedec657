"""Wider tolls on the screen: of a war, a campaign or the whole book, and by place, month or what stands under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tollbook import places
from tollbook import toll as reckoning
from tollbook.cli import screen
from tollbook.codes import Level, Outcome
from tollbook.figures import Figure
from tollbook.toll import EVERYTHING, Method, RollUp, Row, Summary, Under
from tollbook.values import ALL, Book, Toll

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


def heading(book: Book, scope: str, method: str, until: date | None) -> None:
    """Prints what the figures are of."""
    under = reckoning.standing_under(book, scope)
    events = sum(book.incidents[i].level is Level.INCIDENT for i in under)
    of = f"{book.incidents[scope].level} {scope} · " if scope != EVERYTHING else ""
    said = f", of what was said up to {until.isoformat()}" if until else ""
    name = book.incidents[scope].name if scope != EVERYTHING else NAME
    screen.heading(
        name, f"{of}{screen.counted(events, 'incident')} counted once each · method {method}{said}"
    )


def show(book: Book, tolls: Sequence[RollUp]) -> None:
    """Prints the roll-ups of a scope, then the summary reports and what is said of the whole, with their sentences."""
    counted = [r for r in tolls if _says(r)]
    if counted:
        lines = []
        before = ""
        for r in counted:
            outcome = r.outcome.replace("_", " ")
            low, best, high = screen.three(r.figure)
            alone = screen.words(r.counted) if r.counted.known else "–"
            rise = " ↑" if r.may_rise else ""
            lines.append(
                (outcome if outcome != before else "", screen.people(r.group), low, best, high + rise, alone, _added(r.adds) if r.summaries else "")
            )  # fmt: skip
            before = outcome
        head = ("outcome", "group", "low", "best", "high", "one by one", "summaries add")
        screen.table(head, lines, right=(2, 3, 4, 5, 6))
    else:
        screen.para(
            "No incident under it has a figure yet; put some there with: tollbook nest INCIDENT UNDER"
        )
    for r in counted:
        if r.summaries and r.group == ALL:
            _summaries(book, r)
    for r in tolls:
        if r.voices:
            _beside(book, r)


def _says(found: RollUp) -> bool:
    """Whether a figure says anything that a reader could use: "none or more" is in the data alone."""
    return found.figure.known and (found.figure.high is not None or found.figure.floor > 0)


def _added(adds: tuple[int, int | None]) -> str:
    least, most = adds
    if most is None:
        return f"{least:,} or more"
    return f"{least:,}" if least == most else f"{min(least, most):,} to {max(least, most):,}"


def _summaries(book: Book, found: RollUp) -> None:
    screen.para(
        f"Summary reports, {found.outcome.replace('_', ' ')}: what is counted one by one in them is not added again."
    )
    for s in found.summaries:
        part = f"{screen.words(s.figure)}{_where(s)}; {screen.words(s.counted) if s.counted.known else 'none'} of them counted one by one"
        screen.para(f"{part}, adds {_added(s.adds)}", indent="  ")
        for i in s.piece.claims:
            _sentence(book, i)


def _where(summary: Summary) -> str:
    piece = summary.piece
    first, last = (reckoning.shown_day(d) for d in (piece.first, piece.last))
    place = f" in {piece.place}" if piece.place else ""
    return f"{place}, {first or '…'} to {last or '…'}"


def _beside(book: Book, found: RollUp) -> None:
    whole = f": {screen.words(found.said.figure)}" if found.said else ""
    screen.para(
        f"Said of the whole, {found.outcome.replace('_', ' ')}, {screen.people(found.group)}{whole}. It stands beside and is never added."
    )
    for voice in found.voices:
        screen.para(f"{', '.join(voice.origins)} {screen.words(voice.figure)}", indent="  ")
        for use in voice.used:
            _sentence(book, use.claim)


def _sentence(book: Book, claim: str) -> None:
    said = book.claims.get(claim)
    if said is not None:
        who = book.origin_of.get(claim, "")
        screen.para(
            f"“{screen.clip(said.quote, 110)}” {who}, {said.said_on or 'no day'} ({claim})",
            indent="    ",
            style="dim",
        )


def table(found: Sequence[Row], under: Under, whole: Sequence[RollUp]) -> None:
    """Prints the roll-ups of everybody of the parts of a scope, and of the whole last."""
    lines: list[tuple[str, ...]] = []
    outcomes = [r.outcome for r in whole if r.group == ALL and _says(r)]
    for outcome in outcomes:
        named = outcome.replace("_", " ")
        for name, tolls in (*((r.name, r.tolls) for r in found), ("in all", tuple(whole))):
            for r in tolls:
                if r.outcome is outcome and r.group == ALL and _says(r):
                    lines.append((named, name, *screen.three(r.figure)))
                    named = ""
    screen.table(("outcome", str(under), "low", "best", "high"), lines, right=(2, 3, 4))


def data(found: RollUp) -> dict[str, object]:
    """A roll-up as JSON has it: every figure with the incidents and the claims that it rests on."""
    return {
        "scope": found.scope,
        "outcome": found.outcome,
        "group": found.group,
        "method": found.method,
        **{name: getattr(found.figure, name) for name in ("low", "best", "high")},
        "may_rise": found.may_rise,
        "counted": screen.plain(found.counted),
        "adds": {"least": found.adds[0], "most": found.adds[1]},
        "incidents": [{"id": i, **_figure(f)} for i, f in found.incidents],
        "summaries": [
            {
                "place": s.piece.place,
                "date_from": screen.plain(reckoning.shown_day(s.piece.first)),
                "date_to": screen.plain(reckoning.shown_day(s.piece.last)),
                **_figure(s.figure),
                "counted": screen.plain(s.counted),
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


def least(tolls: Sequence[RollUp]) -> dict[str, object]:
    """Outcome to the figure of everybody, for the list of incidents."""
    return {
        str(Outcome(r.outcome)): screen.plain(r.figure) for r in tolls if r.group == ALL and r.figure.known
    }
