"""Wider tolls on the screen: of a war, a campaign or the whole book, and by place, month or what stands under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tollbook import toll as reckoning
from tollbook.cli import screen
from tollbook.codes import Level
from tollbook.toll import EVERYTHING, RollUp, Row, Summary, Under
from tollbook.values import ALL, Book
from tollbook.views.wider import NAME, data, rolled, rows, says

__all__ = ["data", "heading", "rolled", "rows", "show", "table"]


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
    counted = [r for r in tolls if says(r)]
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
    outcomes = [r.outcome for r in whole if r.group == ALL and says(r)]
    for outcome in outcomes:
        named = outcome.replace("_", " ")
        for name, tolls in (*((r.name, r.tolls) for r in found), ("in all", tuple(whole))):
            for r in tolls:
                if r.outcome is outcome and r.group == ALL and says(r):
                    lines.append((named, name, *screen.three(r.figure)))
                    named = ""
    screen.table(("outcome", str(under), "low", "best", "high"), lines, right=(2, 3, 4))
