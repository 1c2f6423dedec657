"""Balances of stock and flow: who is held, at large, displaced; ledgers of one rule each, then properties."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook import cli, toll
from tollbook.book import realise
from tollbook.codes import STOCKS, Mode, Outcome, Scope, Unit
from tollbook.figures import Figure, add, exactly, show
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Span
from tollbook.toll import SHEETS, TollError
from tollbook.toll.balance import Line
from tollbook.toll.counts import counts, residual
from tollbook.toll.flows import flows, within
from tollbook.values import Book


def line(book: Book, sheet: str = "held", **asked: date | None) -> Line:
    """The account of the only voice."""
    lines = toll.balance(book, next(iter(book.incidents)), sheet, **asked).lines
    assert len(lines) == 1
    return lines[0]


def terms(found: Line) -> dict[str, str]:
    return {t.kind.name: show(t.figure) if t.figure else "not told" for t in found.terms}


# --- one rule each


@ledger
def test_held_is_what_was_plus_who_came_less_who_went(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-04 claim outcome=held figure=3500 speaker=Warden
    2031-03-05 claim outcome=escaped figure=200 speaker=Warden
    2031-03-06 claim outcome=recaptured figure=136 speaker=Warden
    2031-03-07 claim outcome=released figure=40 speaker=Warden
    2031-03-08 claim outcome=killed figure=12 formerly=held speaker=Warden
    2031-03-08 claim outcome=killed figure=77 party=Guards speaker=Warden
    """
    found = line(book)
    assert (show(found.opening), found.opened) == ("3500", date(2031, 3, 4))
    assert terms(found) == {"recaptured": "136", "escaped": "200", "released": "40", "died in custody": "12"}
    assert show(found.closing) == "3384"
    assert show(line(book, as_of=date(2031, 3, 5)).closing) == "3300"
    assert show(line(book, "at large").closing) == "64"


@ledger
def test_more_than_a_number_that_was_told_is_no_news(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-05 claim outcome=displaced figure=45000 speaker=Council scope=cumulative
    2031-03-06 claim outcome=displaced figure=45001.. speaker=Council scope=cumulative
    """
    assert show(line(book, "displaced").closing) == "45000"


@ledger
def test_without_a_stock_nobody_knows_how_many_were_there_before(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-05 claim outcome=detained figure=60 speaker=Warden
    2031-03-07 claim outcome=released figure=20 speaker=Warden
    """
    assert show(line(book).closing) == "40.."


@ledger
def test_a_stated_stock_is_checked_against_the_flows_and_taken_as_it_is(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-04 claim outcome=held figure=100 speaker=Warden
    2031-03-05 claim outcome=released figure=30 date_from=2031-03-05 date_to=2031-03-05 speaker=Warden
    2031-03-06 claim outcome=held figure=70 speaker=Warden
    2031-03-07 claim outcome=released figure=10 date_from=2031-03-07 date_to=2031-03-07 speaker=Warden
    2031-03-08 claim outcome=held figure=80 speaker=Warden
    """
    found = line(book)
    assert [(show(s.figure), show(s.expected), s.fits) for s in found.stated] == [
        ("100", "0..", True),
        ("70", "70", True),
        ("80", "60", False),
    ]
    assert show(found.closing) == "80"


@ledger
def test_who_is_captured_may_be_who_surrendered(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-04 claim outcome=held figure=0 speaker=Warden
    2031-03-05 claim outcome=captured figure=50 speaker=Warden
    2031-03-05 claim outcome=surrendered figure=30 speaker=Warden
    """
    assert show(line(book).closing) == "50..80"


@ledger
def test_what_a_voice_is_silent_on_while_another_speaks_is_open(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Raid on the fort"
    2031-03-04 claim outcome=held figure=100 speaker=Warden
    2031-03-05 claim outcome=released figure=30 speaker=Warden
    2031-03-04 claim outcome=held figure=90 speaker=Monitor
    """
    found = toll.balance(book, ids["i"])
    assert [(a.origin, show(a.closing)) for a in found.lines] == [("Monitor", "0..90"), ("Warden", "70")]
    assert show(found.closing) == "0..90"


@ledger
def test_a_batch_of_later_days_is_not_hidden_behind_an_older_total(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Rising in the fort"
    a = 2031-03-07 claim outcome=surrendered figure=1000 scope=cumulative date_from=2031-03-07 date_to=2031-03-07 speaker=Army
    b = 2031-03-11 claim outcome=surrendered figure=300 date_from=2031-03-11 date_to=2031-03-11 speaker=Army
    c = 2031-03-12 claim outcome=surrendered figure=300 date_from=2031-03-11 date_to=2031-03-11 speaker=Army
    """
    found = flows(book, list(book.claims.values()), Outcome.SURRENDERED)
    assert [(p.day.day if p.day else 0, show(p.figure)) for p in found] == [(7, "1000"), (11, "300")]


@ledger
def test_a_running_total_of_a_later_onset_adds_anything_from_none_to_all(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Rising in the fort"
    a = 2031-03-07 claim outcome=surrendered figure=1000 scope=cumulative date_from=2031-03-07 date_to=2031-03-07 speaker=Army
    b = 2031-03-11 claim outcome=surrendered figure=300 scope=cumulative date_from=2031-03-10 date_to=2031-03-11 speaker=Army
    """
    assert [show(p.figure) for p in flows(book, list(book.claims.values()), Outcome.SURRENDERED)] == [
        "1000",
        "0..300",
    ]


@ledger
def test_who_is_caught_again_before_anybody_was_told_to_have_fled_opens_the_account(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Rising in the fort"
    2031-03-05 claim outcome=recaptured figure=136 speaker=Monitor
    2031-03-11 claim outcome=escaped figure=24..99 date_from=2031-03-11 date_to=2031-03-11 speaker=Monitor
    """
    found = line(book, "at large")
    assert (found.untold, found.broken, show(found.opening), show(found.closing)) == (
        136,
        (),
        "136..",
        "24..",
    )


@ledger
def test_the_displaced_who_return_are_fewer(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=displaced figure=45000 scope=cumulative speaker="Red Cross"
    2031-03-07 claim outcome=displaced figure=2000 mode=increment speaker="Red Cross"
    2031-03-20 claim outcome=returned figure=3000 speaker="Red Cross"
    """
    assert show(line(book, "displaced").closing) == "44000"
    of_march = line(book, "displaced", since=date(2031, 3, 6))
    assert (show(of_march.opening), terms(of_march)) == ("45000", {"displaced": "2000", "returned": "3000"})
    assert show(of_march.closing) == "44000"


@ledger
def test_the_latest_stock_of_the_displaced_stands(book: Book) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=displaced figure=45000 scope=cumulative speaker="Red Cross"
    2031-03-25 claim outcome=in_displacement figure=30000 speaker="Red Cross"
    2031-03-28 claim outcome=returned figure=500 speaker="Red Cross"
    """
    found = line(book, "displaced")
    assert (show(found.closing), found.stated[0].fits) == ("29500", False)


@ledger
def test_households_of_no_declared_size_are_named_and_not_counted(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    2031-03-05 claim outcome=displaced figure=400 speaker=Mayor
    h = 2031-03-09 claim outcome=returned figure=50 unit=household speaker=Mayor
    g = 2031-03-12 claim outcome=returned figure=10 unit=household household_size=5 speaker=Mayor
    """
    found = toll.balance(book, ids["i"], "displaced")
    assert (found.households, show(found.closing)) == ((ids["h"],), "350")


@ledger
def test_a_balance_that_there_is_not_says_which_there_are(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-04 incident name="Shelling of Zenda"
    """
    with pytest.raises(TollError, match="held, at large, displaced"):
        toll.balance(book, ids["i"], "fled")
    assert toll.balance(book, ids["i"]).lines == ()


def test_the_verb_leads_from_each_number_to_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(
        "title: Raid on the fort\npublished: 2021-03-05\npublisher: Zenda Monitor\n\n"
        "Gunmen attacked the prison in Damascus on 4 March 2021 and killed three guards. "
        "More than 40 inmates escaped from the prison in Damascus on 4 March 2021.\n",
        encoding="utf-8",
    )
    box = tmp_path / "box"
    for words in (["init", str(box)], ["add", "--box", str(box), str(report)]):
        assert cli.main(words) == 0
    capsys.readouterr()
    assert cli.main(["balance", "--box", str(box), "--json"]) == 0
    found = {b["balance"]: b for b in json.loads(capsys.readouterr().out)}
    posting = found["at large"]["origins"][0]["terms"][0]["postings"][0]
    assert posting["figure"] == {"low": 41, "best": None, "high": None}
    assert [found["at large"]["sentences"][c] for c in posting["claims"]] == ["More than 40 inmates escaped"]
    assert cli.main(["balance", "--box", str(box), "--of", "at-large"]) == 0
    assert "“More than 40 inmates escaped”" in capsys.readouterr().out


# --- what always holds

DAY0 = date(2031, 3, 1)
SPOKEN = sorted({o for s in SHEETS.values() for k in s.kinds for o in k.outcomes} | STOCKS)


def _numbers(draw: st.DrawFn) -> Figure:
    low = draw(st.integers(0, 60))
    return draw(
        st.sampled_from(
            [exactly(low), exactly(low), Figure(low), Figure(None, None, low), Figure(low, None, low + 9)]
        )
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """A book of a few claims of stock and flow, by two voices, on random days."""
    incident = Incident(said_on=DAY0, name="Raid on the fort")
    entries: list[Entry] = [incident]
    for n in range(draw(st.integers(1, 8))):
        day = DAY0 + timedelta(days=draw(st.integers(0, 12)))
        report = Report(said_on=day, publisher="Gazette", original=str(n), text=str(n))
        start = day - timedelta(days=draw(st.integers(0, 4)))
        known = draw(st.booleans())
        claim = Claim(
            said_on=day, report=report.id, span=Span(0, 9), quote="words", speaker=draw(st.sampled_from(["A", "B"])),
            outcome=draw(st.sampled_from(SPOKEN)), figure=_numbers(draw),
            mode=draw(st.sampled_from([Mode.TOTAL, Mode.TOTAL, Mode.INCREMENT])),
            scope=draw(st.sampled_from([Scope.INCIDENT, Scope.INCIDENT, Scope.CUMULATIVE])),
            date_from=start if known else None, date_to=day if known else None,
            formerly=draw(st.sampled_from([None, Outcome.HELD, Outcome.ESCAPED])),
            unit=draw(st.sampled_from([Unit.PERSON, Unit.PERSON, Unit.HOUSEHOLD])),
            household_size=draw(st.sampled_from([None, 4.5])),
        )  # fmt: skip
        entries += [report, claim, Link(said_on=day, claim=claim.id, incident=incident.id)]
    return entries


@settings(max_examples=1000, deadline=None)
@given(histories(), st.integers(-1, 13))
def test_a_stock_is_never_negative_and_its_ends_are_in_order(entries: list[Entry], since: int) -> None:
    book = realise(entries)
    for sheet in SHEETS:
        for after in (None, DAY0 + timedelta(days=since)):
            found = toll.balance(book, entries[0].id, sheet, since=after)
            for figure in (f for a in found.lines for f in (a.opening, a.closing)):
                assert figure.floor >= 0
                assert figure.high is None or figure.high >= figure.floor
            assert all(found.closing.floor <= a.closing.floor for a in found.lines)
            # every number leads to claims of the book
            ids = {c for a in found.lines for t in a.terms for p in t.postings for c in p.claims}
            assert ids <= book.claims.keys()


@settings(max_examples=1000, deadline=None)
@given(histories(), st.lists(st.integers(-1, 13), max_size=3))
def test_flows_add_up_over_disjoint_periods(entries: list[Entry], cuts: list[int]) -> None:
    book = realise(entries)
    days = [DAY0 + timedelta(days=n) for n in (-30, *sorted(set(cuts)), 30)]
    for outcome in set(SPOKEN) - STOCKS:
        told = flows(book, [c for c in book.claims.values() if c.outcome is outcome], outcome)
        pieces = [within(told, a, b) for a, b in pairwise(days)]
        whole = within(told, days[0], days[-1])
        assert (add(pieces).low, add(pieces).high) == (whole.low, whole.high)


@settings(max_examples=1000, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_entries_came_changes_no_balance(entries: list[Entry], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = realise(entries), realise(shuffled)
    for sheet in SHEETS:
        assert toll.balance(one, entries[0].id, sheet) == toll.balance(other, entries[0].id, sheet)


@settings(max_examples=1000, deadline=None)
@given(
    st.integers(0, 90), st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.integers(1, 40)), max_size=8)
)
def test_a_stock_and_batches_of_apart_days_are_added_exactly(
    held: int, batches: list[tuple[int, bool, int]]
) -> None:
    """Exact numbers of days that do not meet: what is held is what was held, plus who came, less who went."""
    incident = Incident(said_on=DAY0, name="Raid on the fort")
    entries: list[Entry] = [incident]
    left, day = held, DAY0

    def say(outcome: Outcome, number: int) -> None:
        report = Report(said_on=day, publisher="Gazette", original=str(day), text=str(day))
        claim = Claim(
            said_on=day, report=report.id, span=Span(0, 9), quote="words", speaker="A", outcome=outcome,
            figure=exactly(number), date_from=day, date_to=day,
        )  # fmt: skip
        entries.extend([report, claim, Link(said_on=day, claim=claim.id, incident=incident.id)])

    say(Outcome.HELD, held)
    for gap, came, most in batches:
        day += timedelta(days=gap + 1)
        number = most if came else min(most, left)
        left += number if came else -number
        say(Outcome.DETAINED if came else Outcome.RELEASED, number)
    assert show(line(realise(entries)).closing) == str(left)


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 80), st.lists(st.integers(1, 40), min_size=1, max_size=4), st.integers(0, 5))
def test_what_parts_leave_of_their_whole_is_the_residual(extra: int, parts: list[int], open_: int) -> None:
    whole = sum(parts) + extra
    report = Report(said_on=DAY0, publisher="Gazette", original="0", text="0")

    def claim(n: int, figure: Figure, **more: object) -> Claim:
        return Claim(
            said_on=DAY0, report=report.id, span=Span(n * 10, n * 10 + 9), quote="words", outcome=Outcome.KILLED,
            figure=figure, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    total = claim(0, Figure(whole, whole if not open_ else None, whole + open_))
    shares = [claim(n, exactly(p), part_of=total.id, party=f"P{n}") for n, p in enumerate(parts, 1)]
    (count,) = counts(Book(reports={report.id: report}), [total, *shares])
    assert all(p.figure.floor <= (count.figure.high or 0) for p in count.parts)
    rest = residual(count)
    assert (rest.figure.low, rest.figure.high) == (extra, extra + open_) if rest else extra + open_ == 0


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 300), st.lists(st.tuples(st.integers(1, 9), st.integers(1, 3)), max_size=5))
def test_a_total_stands_with_what_was_added_on_later_days(total: int, added: list[tuple[int, int]]) -> None:
    incident = Incident(said_on=DAY0, name="Shelling of Zenda")
    entries: list[Entry] = [incident]
    day = DAY0
    for n, (number, gap) in enumerate([(total, 0), *added]):
        day += timedelta(days=gap)
        report = Report(said_on=day, publisher="Gazette", original=str(n), text=str(n))
        claim = Claim(
            said_on=day, report=report.id, span=Span(0, 9), quote="words", speaker="A", outcome=Outcome.KILLED,
            figure=exactly(number), mode=Mode.INCREMENT if n else Mode.TOTAL, date_from=day, date_to=day,
        )  # fmt: skip
        entries += [report, claim, Link(said_on=day, claim=claim.id, incident=incident.id)]
    found = toll.compute(realise(entries), incident.id, Outcome.KILLED)
    assert show(found.figure) == str(total + sum(n for n, _ in added))


DEATHS = (Outcome.KILLED, Outcome.INDIRECT_DEATHS, Outcome.EXCESS_DEATHS)


@settings(max_examples=1000, deadline=None)
@given(histories(), st.data())
def test_direct_indirect_and_excess_deaths_never_stand_in_one_figure(
    entries: list[Entry], data: st.DataObject
) -> None:
    told = _with_outcomes(entries, [data.draw(st.sampled_from(DEATHS)) for _ in entries])
    book = realise(told)
    for found in toll.table(book, told[0].id):
        assert {book.claims[u.claim].outcome for u in (*found.used, *found.aside)} <= {found.outcome}
    without = [e for e in told if not (isinstance(e, Claim) and e.outcome is not Outcome.KILLED)]
    ids = {e.id for e in without}
    without = [e for e in without if not (isinstance(e, Link) and e.claim not in ids)]
    killed = [toll.compute(b, told[0].id, Outcome.KILLED).figure for b in (book, realise(without))]
    assert killed[0] == killed[1]
    for a, b in permutations(DEATHS, 2):
        tolls = [toll.compute(book, told[0].id, o) for o in (a, b)]
        with pytest.raises(TollError):
            toll.add_up([tolls[0], replace(tolls[1], incident="another")], "Ruritania")


def _with_outcomes(entries: list[Entry], outcomes: list[Outcome]) -> list[Entry]:
    """The entries with other outcomes, links following their claims."""
    found: list[Entry] = []
    moved: dict[str, str] = {}
    for entry, outcome in zip(entries, outcomes, strict=True):
        made = entry
        if isinstance(entry, Claim):
            made = replace(entry, outcome=outcome, formerly=None)
            moved[entry.id] = made.id
        elif isinstance(entry, Link):
            made = replace(entry, claim=moved[entry.claim])
        found.append(made)
    return found
