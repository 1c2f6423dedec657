"""Roll-ups: worked ledgers of each rule, then properties over worlds and histories made at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook import toll
from tollbook.book import realise
from tollbook.codes import Level, Mode, Outcome, Scope, Verb, VictimsClass
from tollbook.figures import Figure, between, exactly, show
from tollbook.nouns import EPOCH, Claim, Entry, Incident, Judgement, Link, Report, Span
from tollbook.toll import CIVILIANS, OTHER, RollUp, TollError
from tollbook.toll.netting import Mass, Region, net
from tollbook.values import ALL, Book

KILLED = Outcome.KILLED
WHERE: dict[str, Region] = {
    "Ruritania": ("RU",), "Zenda province": ("RU", "Zenda"), "Zenda": ("RU", "Zenda"), "Hofbau": ("RU", "Zenda"),
    "Strelsau": ("RU", "Strelsau"),
}  # fmt: skip


def where(name: str | None) -> Region:
    return WHERE.get(name or "", ())


def rolled(
    book: Book, scope: str, group: str = ALL, method: str = "strict", day: str | None = None
) -> RollUp:
    until = date.fromisoformat(day) if day else None
    found = toll.roll_up(book, scope, method, until, regions=where)
    return next(r for r in found if (r.outcome, r.group) == (KILLED, group))


# --- the worked example of docs/spec-toll.md -------------------------------------------------------------------------


@ledger
def test_a_week_of_a_campaign_worked_out(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war place=Ruritania date_from=2031-03-01
    w = 2031-03-09 claim outcome=killed figure=4000.. scope=war speaker="Red Cross"
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign place="Zenda province" date_from=2031-03-01
    p = 2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 speaker=Monitor
    b = 2031-03-05 incident name="Raid on Hofbau" place=Hofbau date_from=2031-03-05
    2031-03-06 claim outcome=killed figure=15..18 speaker=Gazette
    c = 2031-03-12 incident name="Ambush at Hofbau" place=Hofbau date_from=2031-03-12
    2031-03-13 claim outcome=killed figure=4 speaker=Gazette
    d = 2031-03-04 incident name="Air strike on Strelsau" place=Strelsau date_from=2031-03-04
    2031-03-04 claim outcome=killed figure=9 speaker=Gazette
    2031-03-14 judgement verb=nest target=camp other=war
    2031-03-14 judgement verb=nest target=a other=camp
    2031-03-14 judgement verb=nest target=b other=camp
    2031-03-14 judgement verb=nest target=c other=camp
    2031-03-14 judgement verb=nest target=d other=war
    """
    camp = rolled(book, ids["camp"])
    assert show(camp.counted) == "49..52"
    assert show(camp.figure) == "65"
    assert [(show(s.figure), show(s.counted), s.adds) for s in camp.summaries] == [("61", "45..48", (16, 13))]
    war = rolled(book, ids["war"])
    assert show(war.counted) == "58..61"
    assert show(war.figure) == "74"
    assert {i for i, _ in war.incidents} == {ids[i] for i in "abcd"}
    assert war.said
    assert show(war.said.figure) == "4000.."
    assert [(v.origins, show(v.figure)) for v in war.voices] == [(("Red Cross",), "4000..")]


@ledger
def test_a_summary_smaller_than_what_is_counted_adds_nothing(book: Book, ids: Ids) -> None:
    """
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign place="Zenda province"
    2031-03-08 claim outcome=killed figure=20 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 speaker=Monitor
    2031-03-14 judgement verb=nest target=a other=camp
    """
    assert show(rolled(book, ids["camp"]).figure) == "30"


@ledger
def test_summaries_that_may_speak_of_the_same_people_are_never_added(book: Book, ids: Ids) -> None:
    """
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign place="Zenda province"
    2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    2031-03-08 claim outcome=killed figure=60 scope=period date_from=2031-03-02 date_to=2031-03-08 place="Zenda province" speaker=Gazette
    2031-03-15 claim outcome=killed figure=40 scope=period date_from=2031-03-09 date_to=2031-03-14 place="Zenda province" speaker=Monitor
    2031-04-01 claim outcome=killed figure=90 scope=period date_from=2031-03-01 date_to=2031-03-31 place=Ruritania speaker=Council
    """
    assert show(rolled(book, ids["camp"]).figure) == "101"


@ledger
def test_summaries_of_one_place_and_spell_are_reconciled(book: Book, ids: Ids) -> None:
    """
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign place="Zenda province"
    2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    2031-03-08 claim outcome=killed figure=50 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Gazette
    """
    camp = rolled(book, ids["camp"])
    assert show(camp.figure) == "50..61"
    assert len(camp.summaries) == 1
    assert show(rolled(book, ids["camp"], method="source:Gazette").figure) == "50"


@ledger
def test_what_lies_across_two_weeks_may_be_in_either_and_is_counted_once(book: Book, ids: Ids) -> None:
    """
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign place="Zenda province"
    2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    2031-03-15 claim outcome=killed figure=40 scope=period date_from=2031-03-08 date_to=2031-03-14 place="Zenda province" speaker=Monitor
    a = 2031-03-05 incident name="Siege of Zenda" place=Zenda date_from=2031-03-05 date_to=2031-03-10
    2031-03-11 claim outcome=killed figure=30 speaker=Monitor
    2031-03-14 judgement verb=nest target=a other=camp
    """
    assert show(rolled(book, ids["camp"]).figure) == "101"


@ledger
def test_a_summary_may_hold_whatever_is_not_surely_elsewhere(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war place=Ruritania
    2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 place="Zenda province" speaker=Monitor
    a = 2031-03-02 incident name="Shelling of Polna" place=Polna date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 speaker=Monitor
    b = 2031-03-02 incident name="Raid on Strelsau" place=Strelsau date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=7 speaker=Monitor
    2031-03-14 judgement verb=nest target=a other=war
    2031-03-14 judgement verb=nest target=b other=war
    """
    assert show(rolled(book, ids["war"]).figure) == "68"
    # Without a gazetteer nothing is surely elsewhere.
    assert show(toll.roll_up(book, ids["war"])[0].figure) == "61"


@ledger
def test_groups_nest_in_the_whole_and_what_nobody_gives_to_a_group_may_be_anybody(
    book: Book, ids: Ids
) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war place=Ruritania
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    w = 2031-03-03 claim outcome=killed figure=12 speaker=Monitor
    2031-03-03 claim outcome=killed figure=5 victims_class=civilian part_of=w speaker=Monitor
    2031-03-03 claim outcome=killed figure=7 party=Army part_of=w speaker=Monitor
    b = 2031-03-02 incident name="Raid on Strelsau" place=Strelsau date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=10 speaker=Monitor
    2031-03-14 judgement verb=nest target=a other=war
    2031-03-14 judgement verb=nest target=b other=war
    """
    groups = {g: show(rolled(book, ids["war"], g).figure) for g in (ALL, CIVILIANS, "Army", OTHER)}
    assert groups == {ALL: "22", CIVILIANS: "5..15", "Army": "7..17", OTHER: "10"}


@ledger
def test_one_open_figure_opens_the_most_and_one_missing_best_leaves_none(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war
    a = 2031-03-02 incident name="Shelling of Zenda" date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=12 speaker=Monitor
    b = 2031-03-02 incident name="Raid on Strelsau" date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=10.. speaker=Monitor
    c = 2031-03-05 incident name="Raid on Hofbau" date_from=2031-03-05
    2031-03-06 claim outcome=killed speaker=Monitor
    d = 2031-03-05 incident name="Raid on Polna" date_from=2031-03-05
    2031-03-06 claim outcome=killed figure=99 speaker=Monitor status=denied
    2031-03-14 judgement verb=nest target=a other=war
    2031-03-14 judgement verb=nest target=b other=war
    2031-03-14 judgement verb=nest target=c other=war
    2031-03-14 judgement verb=nest target=d other=war
    """
    war = rolled(book, ids["war"])
    assert show(war.figure) == "22.."
    assert {i for i, _ in war.incidents} == {ids[i] for i in "abc"}


@ledger
def test_as_of_a_day_counts_what_was_said_by_then(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war
    2031-03-08 claim outcome=killed figure=61 scope=period date_from=2031-03-01 date_to=2031-03-07 speaker=Monitor
    a = 2031-03-02 incident name="Shelling of Zenda" date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=12 speaker=Monitor
    2031-03-09 claim outcome=killed figure=70 speaker=Monitor
    2031-03-14 judgement verb=nest target=a other=war
    """
    assert [show(rolled(book, ids["war"], day=f"2031-03-0{d}").figure) for d in (3, 8, 9)] == [
        "12",
        "61",
        "70",
    ]


@ledger
def test_merged_incidents_and_those_nested_twice_count_once(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war
    camp = 2031-03-01 incident name="Zenda offensive" level=campaign
    a = 2031-03-02 incident name="Shelling of Zenda" date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=12 speaker=Monitor
    b = 2031-03-02 incident name="Bombardment of Zenda" date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=12 speaker=Gazette
    2031-03-14 judgement verb=nest target=camp other=war
    2031-03-14 judgement verb=nest target=a other=war
    2031-03-14 judgement verb=nest target=b other=war
    2031-03-15 judgement verb=nest target=a other=camp
    2031-03-15 judgement verb=merge target=b other=a
    """
    assert toll.standing_under(book, ids["war"]) == (ids["war"], ids["camp"], ids["a"])
    assert show(rolled(book, ids["war"]).figure) == show(rolled(book, ids["camp"]).figure) == "12"


def test_a_scope_that_is_not_there_or_a_method_is_refused() -> None:
    with pytest.raises(TollError, match="no incident"):
        toll.roll_up(Book(), "nothing")
    with pytest.raises(TollError, match="no method"):
        toll.roll_up(Book(), toll.EVERYTHING, "guess")


# --- netting: a world of people, and what reports would say of it ---------------------------------------------------

DAYS = 4
REGIONS: list[Region] = [(), ("RU",), ("RU", "Zenda"), ("RU", "Strelsau"), ("XX",)]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[int, list[Mass], list[Mass]]:
    """People who died somewhere on some day, in incidents or not; the incidents and summaries that tell of them truly."""
    people = draw(
        st.lists(
            st.tuples(st.sampled_from(REGIONS[2:]), st.integers(1, DAYS), st.integers(0, 3)), max_size=12
        )
    )
    counted = []
    for event in range(1, 4):
        dead = [p for p in people if p[2] == event]
        days = [day for _, day, _ in dead] or [1]
        places = {region for region, _, _ in dead}
        region = places.pop() if len(places) == 1 else ()
        known = region[: draw(st.integers(0, len(region)))]
        before, after = draw(st.integers(0, 1)), draw(st.integers(0, 1))
        counted.append(Mass(exactly(len(dead)), known, max(1, min(days) - before), max(days) + after))
    summaries = []
    for _ in range(draw(st.integers(0, 4))):
        region = draw(st.sampled_from(REGIONS))
        first, last = sorted((draw(st.integers(1, DAYS)), draw(st.integers(1, DAYS))))
        held = [p for p in people if p[0][: len(region)] == region and first <= p[1] <= last]
        summaries.append(Mass(exactly(len(held)), region, first, last))
    return len(people), counted, summaries


@settings(max_examples=1000, deadline=None)
@given(worlds())
def test_true_reports_never_come_to_more_people_than_there_were(
    world: tuple[int, list[Mass], list[Mass]],
) -> None:
    people, counted, summaries = world
    found = net(counted, summaries)
    assert found.high is not None
    assert found.floor == found.high <= people
    assert found.floor >= sum(m.figure.floor for m in counted)
    assert all(found.floor >= m.figure.floor for m in summaries)


small = st.builds(
    lambda n, a, b: Mass(exactly(n), (), min(a, b), max(a, b)), st.integers(0, 3), st.integers(1, DAYS), st.integers(1, DAYS)
)  # fmt: skip


def fewest(counted: Sequence[Mass], summaries: Sequence[Mass]) -> int:
    """The fewest people of one place that all of it is true of, by trying: each of an incident dies on a day of it."""
    spread = [range(m.first, m.last + 1) for m in counted for _ in range(m.figure.floor)]
    least = 10**6
    for chosen in product(*spread):
        dead = list(chosen)
        for m in sorted(summaries, key=lambda m: m.last):  # who is missing died as late as the summary allows
            held = sum(m.first <= day <= m.last for day in dead)
            dead += [m.last] * (m.figure.floor - held)
        least = min(least, len(dead))
    return least


@settings(max_examples=1000, deadline=None)
@given(st.lists(small, max_size=2), st.lists(small, max_size=3))
def test_in_one_place_netting_gives_the_fewest_that_all_is_true_of(
    counted: list[Mass], summaries: list[Mass]
) -> None:
    assert net(counted, summaries).floor == (fewest(counted, summaries) if counted or summaries else 0)


figures = st.tuples(st.integers(0, 9), st.integers(0, 4), st.booleans(), st.booleans()).map(
    lambda t: Figure(t[0], t[0] if t[3] else None, None if t[2] else t[0] + t[1])
)
masses = st.builds(
    lambda f, r, a, b: Mass(f, r, min(a, b), max(a, b)), figures, st.sampled_from(REGIONS), st.integers(1, DAYS), st.integers(1, DAYS)
)  # fmt: skip


def no_less(a: Figure, b: Figure) -> bool:
    """Whether a figure is at least another, at its low and at its high; what says nothing is the least of all."""
    return not b.known or (
        a.floor >= b.floor and (inf if a.high is None else a.high) >= (inf if b.high is None else b.high)
    )


@settings(max_examples=1000, deadline=None)
@given(st.lists(masses, max_size=4), st.lists(masses, max_size=4), masses)
def test_more_incidents_or_summaries_never_make_it_less(
    counted: list[Mass], summaries: list[Mass], one: Mass
) -> None:
    before = net(counted, summaries)
    assert no_less(net([*counted, one], summaries), before)
    assert no_less(net(counted, [*summaries, one]), before)
    assert no_less(net(counted[::-1], summaries[::-1]), before)


# --- histories ----------------------------------------------------------------------------------------------------

WAR = Incident(name="Ruritanian war", level=Level.WAR, place="Ruritania")
CAMPS = [
    Incident(name=f"Offensive {n}", level=Level.CAMPAIGN, place=p)
    for n, p in enumerate(("Zenda province", "Strelsau"))
]
EVENTS = [
    Incident(name=f"Raid {n}", place=p, date_from=date(2031, 3, n + 1), date_to=date(2031, 3, n + 1 + n % 2))
    for n, p in enumerate(("Zenda", "Strelsau", "Polna", "Hofbau"))
]
SCOPES = [WAR, *CAMPS]


@st.composite
def claims(draw: st.DrawFn, n: int) -> list[Entry]:
    """One claim, under an incident or of a week or a whole war, with its report and link."""
    about = draw(st.sampled_from([*EVENTS, *EVENTS, *SCOPES]))
    first = draw(st.integers(1, 5))
    scope = (
        Scope.INCIDENT if about in EVENTS else draw(st.sampled_from([Scope.PERIOD, Scope.PERIOD, Scope.WAR]))
    )
    low, more = draw(st.integers(0, 40)), draw(st.integers(0, 9))
    report = Report(said_on=date(2031, 3, first + 1), original=f"{n:064}", text=f"{n:064}")
    party, kind = draw(
        st.sampled_from(
            [(None, VictimsClass.UNKNOWN), ("Army", VictimsClass.COMBATANT), (None, VictimsClass.CIVILIAN)]
        )
    )
    claim = Claim(
        report=report.id, said_on=report.said_on, span=Span(0, 9), quote=str(n), speaker=draw(st.sampled_from(["Monitor", "Army"])),
        outcome=KILLED, figure=draw(st.sampled_from([exactly(low), between(low, low + more), Figure(low, None, None)])), scope=scope,
        mode=Mode.TOTAL, date_from=date(2031, 3, first) if scope is not Scope.WAR else None,
        date_to=date(2031, 3, first + (draw(st.integers(0, 3)) if scope is Scope.PERIOD else 0)),
        place=draw(st.sampled_from([about.place, "Zenda province", "Polna"])), party=party, victims_class=kind,
    )  # fmt: skip
    return [report, claim, Link(claim=claim.id, incident=about.id)]


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Incidents and what is said of them, nested, merged and told apart at random."""
    found: list[Entry] = [WAR, *CAMPS, *EVENTS]
    for n in range(draw(st.integers(1, 4))):
        found += draw(claims(n))
    for n in range(draw(st.integers(1, 5))):
        verb = draw(st.sampled_from([Verb.NEST, Verb.NEST, Verb.NEST, Verb.MERGE]))
        pool = [*CAMPS, *EVENTS] if verb is Verb.NEST else EVENTS
        target, other = (
            draw(st.sampled_from(pool)),
            draw(st.sampled_from(SCOPES if verb is Verb.NEST else EVENTS)),
        )
        if target != other:
            found.append(
                Judgement(verb=verb, target=target.id, other=other.id, reason=str(n), recorded_at=EPOCH + timedelta(minutes=n + 1))
            )  # fmt: skip
    return found


def all_of(book: Book, scope: str) -> dict[tuple[Outcome, str], RollUp]:
    return {(r.outcome, r.group): r for r in toll.roll_up(book, scope, regions=where)}


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(histories())
def test_a_wider_scope_is_no_less_than_what_stands_under_it(entries: list[Entry]) -> None:
    book = realise(entries)
    rolled = {i: all_of(book, i) for i in {*book.above, *book.above.values(), WAR.id}}
    for under, over in book.above.items():
        for key, found in rolled[under].items():
            if found.incidents or found.summaries:
                assert no_less(rolled[over][key].figure, found.figure)
    every = all_of(book, toll.EVERYTHING)
    for key, found in rolled[WAR.id].items():
        if found.figure.known:
            assert no_less(every[key].figure, found.figure)
            assert no_less(rolled[WAR.id][KILLED, ALL].figure, replace(found.figure, low=0, best=None))


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(histories())
def test_each_incident_is_counted_once_and_low_best_and_high_are_in_order(entries: list[Entry]) -> None:
    book = realise(entries)
    for scope in SCOPES:
        under = toll.standing_under(book, scope.id)
        assert len(set(under)) == len(under)
        for found in all_of(book, scope.id).values():
            ids = [i for i, _ in found.incidents]
            assert sorted(set(ids)) == ids
            assert set(ids) <= set(under) - book.merged.keys()
            assert no_less(found.figure, found.counted)
            if not found.summaries:
                assert found.figure == found.counted
            if found.figure.best is None and found.figure.known and found.figure.high is not None:
                assert found.figure.floor < found.figure.high


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(entries: list[Entry], random: Callable[..., None]) -> None:
    before = all_of(realise(entries), WAR.id)
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert all_of(realise(shuffled), WAR.id) == before


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(histories(), st.integers(0, 30), st.sampled_from(["Zenda", "Strelsau", "Polna"]), st.integers(1, 6))
def test_another_incident_never_lowers_the_war(
    entries: list[Entry], number: int, place: str, day: int
) -> None:
    new = Incident(name="Another", place=place, date_from=date(2031, 3, day))
    report = Report(said_on=date(2031, 3, 9), original="f" * 64, text="f" * 64)
    claim = Claim(
        report=report.id, said_on=report.said_on, span=Span(0, 9), quote="x", speaker="Gazette", outcome=KILLED, figure=exactly(number)
    )  # fmt: skip
    nest = Judgement(
        verb=Verb.NEST, target=new.id, other=WAR.id, reason="x", recorded_at=EPOCH + timedelta(hours=1)
    )
    more = realise([*entries, new, report, claim, Link(claim=claim.id, incident=new.id), nest])
    before = all_of(realise(entries), WAR.id)
    after = all_of(more, WAR.id)
    assert all(no_less(after[key].figure, f.figure) for key, f in before.items() if f.figure.known)
