"""Reports of one incident made at random: several voices, shares, bounds, increments, corrections, denials."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import note
from hypothesis import strategies as st

from conftest import lines
from tollbook.codes import Mode, Outcome, Scope, Status, VictimsClass
from tollbook.figures import Figure
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Span

START = date(2022, 3, 1)
ZENDA = Incident(name="Siege of Zenda", said_on=START)
GROUPS = (
    (None, VictimsClass.MIXED),
    ("Army", VictimsClass.COMBATANT),
    ("Rebels", VictimsClass.COMBATANT),
    (None, VictimsClass.CIVILIAN),
)


@st.composite
def counted(draw: st.DrawFn) -> Figure:
    low, more = draw(st.integers(0, 60)), draw(st.integers(0, 20))
    return draw(
        st.sampled_from(
            [
                Figure(low, low, low),
                Figure(low, low, low),
                Figure(low, None, None),
                Figure(None, None, low),
                Figure(low, None, low + more),
            ]
        )
    )


def told(draw: st.DrawFn, number: int) -> list[Entry]:
    """One report with a few claims: a whole, perhaps with shares, a figure of a group, an increment."""
    day = START + timedelta(days=draw(st.integers(0, 6)))
    publisher = draw(st.sampled_from(["Gazette", "Courier", "Monitor", "Army"]))
    report = Report(said_on=day, publisher=publisher, original=f"{number:064}", text=f"{number:064}")
    found: list[Entry] = [report]
    at = 0
    for _ in range(draw(st.integers(1, 3))):
        party, kind = draw(st.sampled_from(GROUPS))
        whole = Claim(
            said_on=draw(st.sampled_from([day, day, day - timedelta(days=1)])),
            report=report.id, span=Span(at, at + 5), quote=str(at),
            speaker=draw(st.sampled_from(["Monitor", "Army", "Agency"])), outcome=Outcome.KILLED, figure=draw(counted()),
            party=party, victims_class=kind, scope=draw(st.sampled_from([Scope.CUMULATIVE, Scope.INCIDENT, Scope.PERIOD])),
            mode=draw(st.sampled_from([Mode.TOTAL, Mode.TOTAL, Mode.TOTAL, Mode.INCREMENT])),
            status=draw(st.sampled_from([Status.ASSERTED, Status.ASSERTED, Status.ALLEGED, Status.DENIED])),
            date_to=draw(st.sampled_from([None, day])), date_from=draw(st.sampled_from([None, START, day])),
            supersedes=draw(st.sampled_from([None, *(c.id for c in found if isinstance(c, Claim))])),
        )  # fmt: skip
        found.append(whole)
        at += 10
        for share, (of, sort) in enumerate(GROUPS[1 : draw(st.integers(1, 4))]):
            found.append(
                replace(
                    whole, span=Span(at, at + 3), quote=f"{at}", figure=draw(counted()), party=of, victims_class=sort,
                    part_of=whole.id, supersedes=None, dim=draw(st.sampled_from([None, None, "age"])), victims=str(share),
                )
            )  # fmt: skip
            at += 10
    return found


@st.composite
def stories(draw: st.DrawFn, most: int = 5) -> list[list[Entry]]:
    """Reports on one incident."""
    return [told(draw, n) for n in range(draw(st.integers(1, most)))]


def booked(reports: list[list[Entry]]) -> list[Entry]:
    entries: list[Entry] = [ZENDA, *(e for report in reports for e in report)]
    note(lines(tuple(entries)))
    return entries + [Link(claim=e.id, incident=ZENDA.id) for e in entries if isinstance(e, Claim)]
