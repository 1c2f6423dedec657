"""Two clocks: what held for any history holds for a thousand of them; each is made of one number, and small."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger, lines
from tollbook import toll
from tollbook.book import grown, realise
from tollbook.codes import Addition, Mode, Outcome, Scope, Verb
from tollbook.figures import Figure
from tollbook.nouns import Claim, Entry, Incident, Judgement, Link, Report, Source, Span
from tollbook.toll.counts import level
from tollbook.values import ALL, Book, Toll

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
VOICES = ("Zenda Monitor", "Strelsau Red Cross", "army of Ruritania")
PARTIES = (None, None, "army of Ruritania", "Hentzau militia")
seeds = st.integers(0, 2**40)
thousand = settings(max_examples=1000, deadline=None)


def history(seed: int) -> list[Entry]:
    """A small log, in the order of recording: reports of a few days, some late, and what people decided about them."""
    chance = random.Random(seed)
    places = [Incident(name=n, date_from=date(2031, 3, 1), recorded_at=START) for n in ("Zenda", "Strelsau")]
    found: list[Entry] = [*places, *(Source(name=v, recorded_at=START) for v in VOICES)]
    said: list[Claim] = []
    at = START
    for number in range(chance.randint(2, 4)):
        at += timedelta(hours=chance.randint(1, 30))
        day = at.date() - timedelta(days=chance.choice((0, 0, 0, 1, 3)))
        found += report(chance, number, at, day, chance.choice((*places, places[0])), said)
    for number in range(chance.randint(0, 3)):
        at += timedelta(hours=1)
        found.append(decision(chance, number, at, places, said, found))
    return found


def report(
    chance: random.Random, number: int, at: datetime, day: date, where: Incident, said: list[Claim]
) -> list[Entry]:
    """A report with one to four claims of one voice."""
    voice = chance.choice(VOICES)
    one = Report(
        publisher=chance.choice((voice, "Hofbau Herald")), said_on=day, original=f"{number:064x}",
        text=f"{number:064x}", recorded_at=at,
    )  # fmt: skip
    claims: list[Claim] = []
    for n in range(chance.randint(1, 3)):
        low = chance.randint(1, 40)
        high = chance.choice((low, low, low, None, low + 5))
        best = low if high == low else None
        mode = chance.choice((Mode.TOTAL, Mode.TOTAL, Mode.INCREMENT))
        whole = claims[0] if claims and chance.random() < 0.5 else None
        late = timedelta(days=chance.choice((0, 0, 2)))
        claims.append(
            Claim(
                report=one.id, said_on=day, span=Span(n * 10, n * 10 + 9), quote=f"{number} {n}", recorded_at=at,
                speaker=voice, outcome=chance.choice((Outcome.KILLED, Outcome.KILLED, Outcome.WOUNDED, Outcome.BODIES_FOUND)),
                figure=Figure(low, best, high, str(low)), mode=mode, party=chance.choice(PARTIES),
                scope=chance.choice((Scope.INCIDENT, Scope.CUMULATIVE)), date_from=day - late, date_to=day - late,
                addition=chance.choice(list(Addition)) if mode is Mode.INCREMENT else Addition.UNSTATED,
                part_of=whole.id if whole else None,
                supersedes=chance.choice(said).id if said and chance.random() < 0.1 else None,
            )
        )  # fmt: skip
    said += claims
    links = [Link(claim=c.id, incident=where.id, said_on=day, recorded_at=at) for c in claims]
    return [one, *claims, *links]


def decision(
    chance: random.Random,
    number: int,
    at: datetime,
    places: list[Incident],
    said: list[Claim],
    found: list[Entry],
) -> Judgement:
    """What a person decides: a claim rejected or corrected, incidents merged, an older decision undone."""
    older = [e.id for e in found if isinstance(e, Judgement)]
    verb = chance.choice((Verb.REJECT, Verb.CORRECT, Verb.MERGE, Verb.UNDO, Verb.SPLIT))
    claim = chance.choice(said).id
    if verb is Verb.UNDO and not older:
        verb = Verb.REJECT
    target = {Verb.MERGE: places[1].id, Verb.SPLIT: places[0].id, Verb.UNDO: older[-1] if older else ""}.get(
        verb, claim
    )
    return Judgement(
        verb=verb, target=target, reason="looked up", other=places[0].id if verb is Verb.MERGE else places[1].id,
        claims=(claim,), changes=(("figure", str(chance.randint(1, 40))),) if verb is Verb.CORRECT else (),
        recorded_at=at, nonce=str(number),
    )  # fmt: skip


def tolls(book: Book, as_of: date | None = None) -> dict[tuple[str, Outcome, str], Toll]:
    """Every toll of a book under the default method."""
    return {
        (i, t.outcome, t.group): t for i in sorted(book.incidents) for t in toll.table(book, i, as_of=as_of)
    }


def moments(entries: list[Entry]) -> list[datetime]:
    """The moments at which something was recorded, in order."""
    return sorted({e.recorded_at for e in entries})


@pytest.mark.slow
@thousand
@given(seeds)
def test_as_known_at_a_moment_every_toll_is_that_of_the_log_cut_there(seed: int) -> None:
    entries = history(seed)
    moment = random.Random(seed).choice(moments(entries))
    cut = [e for e in entries if e.recorded_at <= moment]
    assert tolls(realise(entries, moment)) == tolls(realise(cut)), lines(tuple(entries))


@pytest.mark.slow
@thousand
@given(seeds)
def test_as_of_a_day_every_toll_is_that_of_what_had_been_said(seed: int) -> None:
    entries = history(seed)
    said = sorted({c.said_on for c in entries if isinstance(c, Claim) and c.said_on})
    day = random.Random(seed).choice(said)
    there = [e for e in entries if not isinstance(e, Claim) or (e.said_on or day) <= day]
    book = realise(entries)
    found = tolls(book, day)
    assert _known(found) == _known(tolls(realise(there))), lines(tuple(entries))
    used = {u.claim for t in found.values() for u in (*t.used, *t.aside)}
    assert all((book.claims[i].said_on or day) <= day for i in used)


def _known(found: dict[tuple[str, Outcome, str], Toll]) -> dict[tuple[str, Outcome, str], Figure]:
    return {key: t.figure for key, t in found.items() if t.figure.known}


@pytest.mark.slow
@thousand
@given(seeds)
def test_a_book_that_grew_report_by_report_gives_every_toll_of_the_whole(seed: int) -> None:
    entries = history(seed)
    before: list[Entry] = []
    book = realise(before)
    for moment in moments(entries):
        new = [e for e in entries if e.recorded_at == moment]
        book = grown(book, before, new)
        before += new
        assert tolls(book) == tolls(realise(before)), lines(tuple(before))


@pytest.mark.slow
@thousand
@given(seeds)
def test_a_decision_that_is_undone_leaves_every_toll_as_it_was(seed: int) -> None:
    entries = history(seed)
    chance = random.Random(seed)
    said = [e for e in entries if isinstance(e, Claim)]
    places = [e for e in entries if isinstance(e, Incident)]
    at = moments(entries)[-1] + timedelta(hours=1)
    made = decision(chance, 99, at, places, said, [])
    undo = Judgement(verb=Verb.UNDO, target=made.id, reason="a mistake", recorded_at=at + timedelta(hours=1))
    assert tolls(realise([*entries, made, undo])) == tolls(realise(entries)), lines((*entries, made))


@pytest.mark.slow
@thousand
@given(seeds)
def test_a_toll_moves_only_when_something_was_appended_and_diff_says_what(seed: int) -> None:
    entries = history(seed)
    pairs = list(pairwise(moments(entries)))
    for pair in random.Random(seed).sample(pairs, min(2, len(pairs))):
        before, after = (realise(entries, m) for m in pair)
        for i in after.incidents:
            assert toll.diff(after, after, i) == ()
            there = before.merged.get(i, i) in before.incidents
            old = {(t.outcome, t.group): t.figure for t in toll.table(before, i)} if there else {}
            new = {(t.outcome, t.group): t.figure for t in toll.table(after, i)}
            moved = {k for k in old.keys() | new.keys() if old.get(k, Figure()) != new.get(k, Figure())}
            found = toll.diff(before, after, i)
            assert {(c.outcome, c.group) for c in found} == moved, lines(tuple(entries))
            for change in found:
                fresh = set(change.claims) - before.claims.keys()
                judged = after.judgements.keys() - before.judgements.keys()
                assert fresh or judged or change.kind not in {"our error", "duplicate removed", "late report"}
                assert change.kind in toll.KINDS
                assert sum(p.number for p in change.pieces) == level(change.after) - level(change.before)


@pytest.mark.slow
@thousand
@given(seeds)
def test_the_moves_of_a_voice_are_a_chain_and_what_lands_adds_up_to_its_figure(seed: int) -> None:
    book = realise(history(seed))
    for i in book.incidents:
        stood: dict[tuple[Outcome, str, str], Figure] = {}
        people: dict[tuple[Outcome, str, str], int] = defaultdict(int)
        for change in toll.changes(book, i):
            key = change.outcome, change.group, change.origin
            assert change.before == stood.get(key, Figure()), lines(tuple(history(seed)))
            assert sum(p.number for p in change.pieces) == level(change.after) - level(change.before)
            assert change.kind in toll.KINDS
            assert all(p.kind in toll.KINDS for p in change.pieces)
            stood[key] = change.after
        for outcome in {c.outcome for c in book.of(i)}:
            for landed in toll.landed(book, i, outcome):
                people[outcome, ALL, landed.origin] += landed.number
        whole = {key: level(figure) for key, figure in stood.items() if key[1] == ALL}
        assert {k: n for k, n in people.items() if n} == {k: n for k, n in whole.items() if n}


@pytest.mark.slow
@thousand
@given(seeds)
def test_two_moves_one_after_the_other_are_the_move_of_both(seed: int) -> None:
    entries = history(seed)
    when = moments(entries)
    a, b, c = (realise(entries, when[len(when) * n // 3]) for n in range(3))
    for i in c.incidents:
        steps = [{(x.outcome, x.group): x for x in toll.diff(p, q, i)} for p, q in ((a, b), (b, c), (a, c))]
        if b.merged.get(i, i) not in b.incidents:
            continue
        first, second, both = steps
        for key in first.keys() | second.keys() | both.keys():
            one, two, all_ = first.get(key), second.get(key), both.get(key)
            start = one.before if one else two.before if two else None
            end = two.after if two else one.after if one else None
            assert all_ is None or (all_.before, all_.after) == (start, end), lines(tuple(entries))
            assert all_ is not None or start == end
            if one and two:
                assert one.after == two.before


@pytest.mark.slow
@thousand
@given(seeds)
def test_the_order_in_which_entries_come_changes_no_toll(seed: int) -> None:
    entries = history(seed)
    shuffled = list(entries)
    random.Random(seed + 1).shuffle(shuffled)
    assert tolls(realise(shuffled)) == tolls(realise(entries)), lines(tuple(entries))


@ledger
def test_a_rise_is_told_in_the_pieces_that_its_voice_gives(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Siege of Zenda" date_from=2031-03-01
    2031-03-05 report publisher="Zenda Monitor"
    2031-03-05 claim outcome=killed figure=2000 scope=cumulative date_from=2031-03-01 date_to=2031-03-05
    2031-03-06 report publisher="Zenda Monitor"
    t = 2031-03-06 claim outcome=killed figure=2359 scope=cumulative date_from=2031-03-01 date_to=2031-03-06
    m = 2031-03-06 claim outcome=killed figure=359 mode=increment date_from=2031-03-06 date_to=2031-03-06
    2031-03-06 claim outcome=killed figure=298 mode=increment addition=accepted part_of=m date_from=2031-03-01 date_to=2031-03-05
    2031-03-06 claim outcome=killed figure=4 mode=increment addition=recovered part_of=m date_from=2031-03-01 date_to=2031-03-05
    2031-03-06 claim outcome=killed figure=57 mode=increment addition=new part_of=m date_from=2031-03-06 date_to=2031-03-06
    """
    last = toll.changes(book, ids["i"])[-1]
    assert [(p.kind, p.number) for p in last.pieces] == [
        ("late report", 298), ("new deaths", 57), ("bodies recovered", 4),
    ]  # fmt: skip
    assert last.kind == "late report"
    assert last.claims == (ids["t"],)
    assert "298 of earlier days, reported now; 57 newly dead and 4 whose bodies were recovered" in last.why
    late = sorted((p for p in toll.landed(book, ids["i"], Outcome.KILLED) if p.late), key=lambda p: -p.number)
    assert [(p.number, p.since, p.until, p.told_on) for p in late] == [
        (298, date(2031, 3, 1), date(2031, 3, 5), date(2031, 3, 6)),
        (4, date(2031, 3, 1), date(2031, 3, 5), date(2031, 3, 6)),
    ]


@ledger
def test_a_death_told_late_lands_on_its_day(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Siege of Zenda" date_from=2031-03-01
    2031-03-03 claim outcome=killed figure=10 mode=increment date_from=2031-03-03 date_to=2031-03-03 speaker="Zenda Monitor"
    2031-03-05 claim outcome=killed figure=2 mode=increment addition=late date_from=2031-03-03 date_to=2031-03-03 speaker="Zenda Monitor"
    """
    found = toll.landed(book, ids["i"], Outcome.KILLED)
    assert [(p.day, p.number, p.told_on, p.late) for p in found] == [
        (date(2031, 3, 3), 10, date(2031, 3, 3), False),
        (date(2031, 3, 3), 2, date(2031, 3, 5), True),
    ]


@ledger
def test_what_rises_beyond_the_count_of_all_days_died_before(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Siege of Zenda" date_from=2031-03-01
    2031-03-05 claim outcome=killed figure=100 scope=cumulative speaker="Zenda Monitor"
    2031-03-06 claim outcome=killed figure=150 scope=cumulative speaker="Zenda Monitor"
    2031-03-06 claim outcome=killed figure=30 mode=increment date_from=2031-03-06 date_to=2031-03-06 speaker="Zenda Monitor"
    2031-03-09 claim outcome=killed figure=190 scope=cumulative speaker="Zenda Monitor"
    2031-03-09 claim outcome=killed figure=10 mode=increment date_from=2031-03-09 date_to=2031-03-09 speaker="Zenda Monitor"
    """
    second, third = toll.changes(book, ids["i"])[1:]
    assert {(p.kind, p.number) for p in second.pieces} == {("new deaths", 30), ("late report", 20)}
    # Two days without a word: what rose beyond the last day's own count died on those.
    assert {(p.kind, p.number, p.since) for p in third.pieces} == {
        ("new deaths", 30, date(2031, 3, 7)),
        ("new deaths", 10, date(2031, 3, 9)),
    }


@ledger
def test_two_days_are_compared_under_any_method(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Siege of Zenda" date_from=2031-03-01
    2031-03-05 claim outcome=killed figure=10 speaker="Zenda Monitor" scope=cumulative
    2031-03-06 claim outcome=killed figure=14 speaker="Strelsau Red Cross" scope=cumulative
    2031-03-09 claim outcome=killed figure=15 speaker="Zenda Monitor" scope=cumulative
    """
    day = [date(2031, 3, n) for n in (5, 6, 9)]

    def moved(
        method: str, a: int, b: int
    ) -> list[tuple[int | None, int | None, int | None, int | None, str]]:
        found = toll.diff(book, book, ids["i"], method, as_of=(day[a], day[b]))
        return [(c.before.low, c.before.high, c.after.low, c.after.high, c.kind) for c in found]

    assert moved("strict", 0, 1) == [(10, 10, 10, 14, "new origin")]
    assert moved("strict", 0, 2) == [(10, 10, 15, 15, "new deaths")]
    assert moved("source:Zenda Monitor", 0, 1) == []
    assert moved("minmax", 0, 2) == [(10, 10, 10, 15, "new deaths")]
    assert [c.origin for c in toll.steps(book, book, ids["i"], as_of=(day[0], day[1]))] == [
        "Strelsau Red Cross"
    ]


@ledger
def test_people_of_a_kind_without_a_whole_are_no_total(book: Book, ids: Ids) -> None:
    """
    i = 2031-03-01 incident name="Siege of Zenda" date_from=2031-03-01
    2031-03-05 claim outcome=killed figure=2000 scope=cumulative speaker="Zenda Monitor"
    c = 2031-03-06 claim outcome=killed figure=800 victims=children dim=age scope=cumulative speaker="Zenda Monitor"
    """
    found = toll.compute(book, ids["i"], Outcome.KILLED)
    assert found.figure.low == 2000
    assert {u.claim: u.rule for u in found.aside}[ids["c"]] == "cut"


def test_a_publication_that_says_nothing_new_has_the_id_of_an_old_one() -> None:
    """Fields added later stand at their defaults in what an old box holds."""
    old = Claim(report="0" * 16, span=Span(0, 9), quote="four died", outcome=Outcome.KILLED)
    assert replace(old, addition=Addition.UNSTATED).id == old.id
    assert replace(old, addition=Addition.LATE).id != old.id
