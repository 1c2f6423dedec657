"""Properties of findings, over random desks: their order, their keys, what explains them, and books without a fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.book import grown, realise
from tollbook.checks import TIERS, check
from tollbook.codes import Mode, Outcome, Phase, Scope, Status, Verb, VictimsClass
from tollbook.figures import Figure, exactly
from tollbook.nouns import Claim, Course, Entry, Incident, Judgement, Link, Report, Source, Span

pytestmark = pytest.mark.slow

MORNING = datetime(2031, 3, 1, 6, tzinfo=UTC)
ONSET = date(2031, 3, 1)
VOICES = ("Zenda Monitor", "Hentzau command", "Ruritanian general staff", None)
GROUPS: tuple[dict[str, object], ...] = (
    {},
    {"party": "Hentzau militia"},
    {"party": "Ruritanian army"},
    {"victims_class": VictimsClass.CIVILIAN, "victims": "civilians"},
    {"victims": "children", "dim": "age"},
)
CARDS = [
    Source(name=name, party=party, recorded_at=MORNING)
    for name, party in (
        ("Hentzau command", "Hentzau militia"),
        ("Ruritanian general staff", "Ruritanian army"),
    )
]
INCIDENTS = [
    Incident(name=n, date_from=ONSET, said_on=ONSET, recorded_at=MORNING) for n in ("Zenda", "Hofbau")
]
MOST = settings(max_examples=1000, deadline=None)

days = st.integers(0, 20).map(lambda n: ONSET + timedelta(days=n))
maybe_days = st.none() | days
numbers = st.sampled_from((1, 2, 12, 21, 30, 33, 40))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """A number, an open bound, or a range."""
    low = draw(numbers)
    return draw(
        st.sampled_from((exactly(low), Figure(low), Figure(None, None, low), Figure(low, None, low + 9)))
    )


@st.composite
def desks(draw: st.DrawFn) -> list[Entry]:
    """A log in which voices contradict themselves and each other in every way that a check knows."""
    reports = [
        Report(
            publisher=p, said_on=draw(maybe_days), original="0" * 64, text=f"{draw(st.integers(0, 2)):064}",
            document=str(n), recorded_at=MORNING + timedelta(minutes=n),
        )
        for n, p in enumerate(("Gazette", "Courier", "Zenda Monitor", "Gazette"))
    ]  # fmt: skip
    found: list[Entry] = [*CARDS, *INCIDENTS, *reports]
    claims: list[Claim] = []
    for n in range(draw(st.integers(1, 7))):
        near = [c.id for c in claims]
        claims.append(
            Claim(
                report=draw(st.sampled_from(reports)).id, said_on=draw(maybe_days), span=Span(n * 40, n * 40 + 20),
                quote=draw(st.sampled_from(("they were killed", "12 were killed", "two of the dead", "30 others"))),
                outcome=draw(st.sampled_from((Outcome.KILLED, Outcome.WOUNDED))), figure=draw(figures()),
                speaker=draw(st.sampled_from(VOICES)), scope=draw(st.sampled_from(Scope)), mode=draw(st.sampled_from(Mode)),
                status=draw(st.sampled_from(Status)), part_of=draw(st.none() | st.sampled_from(near)) if near else None,
                supersedes=draw(st.none() | st.sampled_from(near)) if near else None, may_rise=draw(st.booleans()),
                date_from=draw(maybe_days), date_to=draw(maybe_days), place=draw(st.sampled_from((None, "Basra", "Mosul"))),
                perpetrator=draw(st.sampled_from((None, "Hentzau militia", "Ruritanian army"))),
                recorded_at=MORNING + timedelta(minutes=10 + n), **draw(st.sampled_from(GROUPS)),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    courses = [
        Course(
            report=draw(st.sampled_from(reports)).id, said_on=draw(maybe_days), span=Span(n * 40, n * 40 + 20), quote="so",
            type=draw(st.sampled_from(("Government regains territory", "Non-state actor overtakes territory"))),
            phase=draw(st.sampled_from(Phase)), actors=(draw(st.sampled_from(("Hentzau militia", "Ruritanian army"))),),
            speaker=draw(st.sampled_from(VOICES)), place="Zenda bridge", date_to=draw(maybe_days),
            recorded_at=MORNING + timedelta(minutes=30 + n),
        )
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    said = {s.id: s for s in (*claims, *courses)}
    links = [
        Link(claim=i, incident=draw(st.sampled_from(INCIDENTS)).id, recorded_at=s.recorded_at)
        for i, s in said.items()
        if draw(st.integers(0, 9))
    ]
    return [*found, *said.values(), *links]


@MOST
@given(desks(), st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_finding(entries: list[Entry], chance: object) -> None:
    mixed = list(entries)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert check(realise(mixed), TIERS) == check(realise(entries), TIERS)


@MOST
@given(desks(), st.data())
def test_acknowledging_one_finding_never_hides_another(entries: list[Entry], data: st.DataObject) -> None:
    found = check(realise(entries), TIERS)
    twice = {key: n for key, n in Counter(f.key for f in found).items() if n > 1}
    assert not twice
    if not found:
        return
    one = data.draw(st.sampled_from(found))
    judged = Judgement(
        verb=Verb.ACKNOWLEDGE, target=one.key, reason="known", recorded_at=MORNING + timedelta(days=1)
    )
    after = check(realise([*entries, judged]), TIERS)
    assert [replace(f, explained=None) for f in after] == list(found)
    assert [f.key for f in after if f.explained is not None] == [one.key]


@MOST
@given(desks())
def test_the_findings_of_a_book_that_grew_are_those_of_the_whole(entries: list[Entry]) -> None:
    steps = _by_report(entries)
    before, book = list(steps[0]), realise(steps[0])
    for step in steps[1:]:
        check(book, TIERS)  # so that what a book keeps of itself has to grow with it
        book = grown(book, before, step)
        before += step
    assert check(book, TIERS) == check(realise(entries), TIERS)


def _by_report(entries: list[Entry]) -> list[list[Entry]]:
    """The cards and incidents, then report by report with what was read from it, as a desk takes them in."""
    said = {e.id: e.report for e in entries if isinstance(e, Claim | Course)}
    steps: dict[str, list[Entry]] = {"": []}
    for entry in entries:
        report = entry.claim if isinstance(entry, Link) else entry.id
        steps.setdefault(said.get(report, entry.id if isinstance(entry, Report) else ""), []).append(entry)
    return list(steps.values())


@MOST
@given(desks(), days)
def test_every_finding_leads_to_sentences_that_were_there_on_the_day(entries: list[Entry], day: date) -> None:
    book = realise(entries)
    for found in check(book, TIERS, as_of=day):
        statements = [book.claims.get(i) or book.courses.get(i) for i in found.claims]
        assert all(s is not None for s in statements)
        said = [s.said_on for s in statements if s is not None and s.said_on is not None]
        assert all(d <= day for d in said)
        assert statements or found.subject in book.reports


@st.composite
def faultless(draw: st.DrawFn) -> list[Entry]:
    """A log in which every voice counts on: totals grow, parts fit, days are in order, words say what claims say."""
    found: list[Entry] = [*CARDS, INCIDENTS[0]]
    for v, voice in enumerate(
        draw(st.lists(st.sampled_from(VOICES[:3]), min_size=1, max_size=3, unique=True))
    ):
        killed, wounded = draw(st.integers(0, 20)), draw(st.integers(0, 20))
        day = ONSET + timedelta(days=draw(st.integers(0, 3)))
        for n in range(draw(st.integers(1, 4))):
            publisher = draw(st.sampled_from((voice, "Gazette", "Courier")))
            report = Report(
                publisher=publisher or "", said_on=day, original="0" * 64, text=f"{v}{n}".rjust(64, "0"),
                recorded_at=datetime(day.year, day.month, day.day, 20, tzinfo=UTC),
            )  # fmt: skip
            found.append(report)
            found += _told(draw, report, voice, killed, wounded)
            killed, wounded = killed + draw(st.integers(0, 9)), wounded + draw(st.integers(0, 9))
            day += timedelta(days=draw(st.integers(0, 2)))
    return found


def _told(draw: st.DrawFn, report: Report, voice: str | None, killed: int, wounded: int) -> list[Entry]:
    """The claims of a report with a total, its parts, and the wounded."""
    spot = 0

    def claim(outcome: Outcome, number: int, **more: object) -> Claim:
        nonlocal spot
        spot += 30
        return Claim(
            report=report.id, said_on=report.said_on, recorded_at=report.recorded_at, span=Span(spot, spot + 20), speaker=voice,
            quote=f"{number} were {outcome}", outcome=outcome, figure=exactly(number), scope=Scope.CUMULATIVE, date_from=ONSET,
            date_to=report.said_on, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    whole = claim(Outcome.KILLED, killed)
    made = [whole, claim(Outcome.WOUNDED, wounded)]
    left = killed
    for group in GROUPS[1:4]:
        share = draw(st.integers(0, left))
        left -= share
        if draw(st.booleans()):
            made.append(claim(Outcome.KILLED, share, part_of=whole.id, **group))
    links = [Link(claim=c.id, incident=INCIDENTS[0].id, recorded_at=report.recorded_at) for c in made]
    return [*made, *links]


@MOST
@given(faultless())
def test_a_book_without_contradictions_has_no_basic_finding(entries: list[Entry]) -> None:
    assert [f.what for f in check(realise(entries))] == []
