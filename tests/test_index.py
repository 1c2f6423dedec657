"""The index of roll-ups: equal to a full reckoning at any moment, made anew when it is gone or not of this log."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Ids, written
from tollbook.book import realise
from tollbook.book.threads import threads
from tollbook.codes import Level, Mode, Outcome, Verb, VictimsClass
from tollbook.figures import NOTHING, Figure, add
from tollbook.log import Index, Log, Made, Move
from tollbook.nouns import EPOCH, Claim, Entry, Incident, Judgement, Link, Report, Source, Span
from tollbook.pipeline.running import Running
from tollbook.toll.sifting import OTHER
from tollbook.toll.stock import EVERYTHING, stock
from tollbook.values import ALL

# A thousand logs are written here, each durably several times: in memory where that can be had.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
MORNING = datetime(2031, 3, 5, 6, tzinfo=UTC)
PARTIES = ("Ruritania", "Zenda League", "Hentzau Guard")
GROUPS = (ALL, OTHER, "civilians", *PARTIES, "Nobody's Party")
OUTCOMES = (Outcome.KILLED, Outcome.WOUNDED)
moments = st.integers(0, 12).map(lambda n: MORNING + timedelta(hours=7 * n))
days = st.none() | st.integers(0, 3).map(lambda n: date(2031, 3, 4) + timedelta(days=n))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Mostly one number; now and then a bound, a range or nothing."""
    low, more = draw(st.integers(0, 30)), draw(st.integers(0, 9))
    shapes = [Figure(low, low, low)] * 4 + [
        Figure(low, None, low + more),
        Figure(low),
        Figure(None, None, low),
        NOTHING,
    ]
    return draw(st.sampled_from(shapes))


@st.composite
def judgements(draw: st.DrawFn, number: int, ids: dict[str, list[str]]) -> Judgement:
    """Anything that moves a claim, a report, an incident or a judgement."""
    claims, spots = ids["claim"], ids["incident"]
    verb = draw(
        st.sampled_from(
            [Verb.MERGE, Verb.NEST, Verb.NEST, Verb.SPLIT, Verb.UNDO, Verb.REJECT, Verb.WITHDRAW, Verb.ACCEPT, Verb.CORRECT]
        )
    )  # fmt: skip
    target = draw(st.sampled_from(claims))
    if verb in {Verb.MERGE, Verb.NEST, Verb.SPLIT}:
        target = draw(st.sampled_from(spots))
    elif verb is Verb.UNDO and ids["judgement"]:
        target = draw(st.sampled_from(ids["judgement"]))
    elif verb is Verb.WITHDRAW:
        target = draw(st.sampled_from([*claims, *spots, *ids["report"], *ids["link"], *ids["source"]]))
    changes = draw(
        st.sampled_from([(("figure", "7"),), (("party", PARTIES[0]),), (("said_on", "2031-03-05"),)])
    )
    return Judgement(
        verb=verb,
        target=target,
        reason=str(number),
        nonce=str(number),
        other=draw(st.sampled_from([*spots, None])) if verb is Verb.NEST else draw(st.sampled_from(spots)),
        claims=tuple(draw(st.lists(st.sampled_from(claims), min_size=1, max_size=2))),
        changes=changes if verb is Verb.CORRECT else (),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """A log of a small war: incidents under campaigns, reports, parties, judgements, cards that come late."""
    levels = [Level.INCIDENT] * 4 + [Level.CAMPAIGN, Level.CAMPAIGN, Level.WAR]
    found: list[Entry] = [
        Incident(name=f"{level} {n}", level=level, said_on=draw(days)) for n, level in enumerate(levels)
    ]
    names = ["Gazette (SNA)", "gazette", "Strelsau Courier", "the Gazette"]
    found += [
        Report(publisher=name, original="0" * 64, text=f"{n:064x}", said_on=draw(days))
        for n, name in enumerate(names)
    ]
    found.append(Source(name="Gazette", aliases=("SNA",)))
    found.append(Source(name="Zenda Monitor", aliases=("the monitor",), confidential=draw(st.booleans())))
    reports = [e for e in found if isinstance(e, Report)]
    copies = [
        Report(
            publisher="Hofbau Herald",
            original="0" * 64,
            text="f" * 64,
            reprints=draw(st.sampled_from(reports)).id,
        )
    ]
    found += copies[: draw(st.integers(0, 1))]
    reports += copies
    for n in range(draw(st.integers(1, 7))):
        report = draw(st.sampled_from(reports))
        found.append(
            Claim(
                report=report.id, span=Span(n * 9, n * 9 + 8), quote=str(n), said_on=draw(days),
                outcome=draw(st.sampled_from(OUTCOMES)), figure=draw(figures()), party=draw(st.sampled_from([None, *PARTIES])),
                speaker=draw(st.sampled_from([None, "the monitor", "ZENDA MONITOR", "Courier", "courier"])),
                victims_class=draw(st.sampled_from([VictimsClass.UNKNOWN, VictimsClass.CIVILIAN])),
                mode=draw(st.sampled_from([Mode.TOTAL, Mode.TOTAL, Mode.INCREMENT])), proposed=draw(st.integers(0, 5)) == 0,
            )
        )  # fmt: skip
    kinds = {
        kind: [e.id for e in found if kind == e.KIND] for kind in ("incident", "claim", "report", "source")
    }
    kinds |= {"judgement": [], "link": []}
    for claim in kinds["claim"]:
        for spot in draw(
            st.lists(st.sampled_from(kinds["incident"][:5]), min_size=1, max_size=2, unique=True)
        ):
            found.append(Link(claim=claim, incident=spot, score=draw(st.sampled_from([0.5, 1.0]))))
            kinds["link"].append(found[-1].id)
    for number in range(draw(st.integers(0, 9))):
        found.append(draw(judgements(number, kinds)))
        kinds["judgement"].append(found[-1].id)
    return [replace(e, recorded_at=draw(moments)) for e in {e.id: e for e in found}.values()]


def reckoned(entries: Sequence[Entry], moment: datetime) -> dict[tuple[str, Outcome, str], Figure]:
    """What every scope comes to, incident by incident, reckoned from the entries."""
    book = realise(entries, moment)
    wider = [i for i, incident in book.incidents.items() if incident.level is not Level.INCIDENT]
    return {
        (scope, outcome, group): add(m.figure for p in held.counted if (m := p.mass(outcome, group)))
        for scope in (EVERYTHING, *wider)
        for held in [stock(book, scope)]
        for outcome in OUTCOMES
        for group in GROUPS
    }


def differences(kept: Running, entries: Sequence[Entry], moment: datetime) -> Iterator[str]:
    """Where the index says something else than a full reckoning."""
    right = reckoned(entries, moment)
    for scope in {EVERYTHING} | {e.id for e in entries if isinstance(e, Incident)}:
        for outcome in OUTCOMES:
            found = kept.counted(scope, outcome, moment, GROUPS)
            for group in GROUPS:
                wanted = right.get((scope, outcome, group), NOTHING)
                if found[group] != wanted:
                    yield f"{scope or 'everything'} {outcome} {group!r}: {found[group]}, not {wanted}"


def kept_at(folder: Path, log: Log) -> Running:
    return Running(log, folder / "index.db")


def equal_after_every_part(history: list[Entry], cuts: list[int], asked: list[datetime]) -> None:
    with (
        tempfile.TemporaryDirectory(dir=MEMORY) as name,
        Log.open(Path(name) / "log.db", create=True) as log,
    ):
        kept = kept_at(Path(name), log)
        for start, end in zip([0, *cuts], [*cuts, len(history)], strict=True):
            log.append(history[start:end])
            kept.refresh()
            for moment in asked:
                assert list(differences(kept, history[:end], moment)) == []
        kept.path.unlink()
        kept.refresh()
        for moment in asked:
            assert list(differences(kept, history, moment)) == []


def parts(count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, count), max_size=3).map(sorted)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_index_is_a_full_reckoning(data: st.DataObject) -> None:
    """As recorded one after the other, and in any order, where the index has to be made anew."""
    history = data.draw(histories())
    if data.draw(st.booleans()):
        history.sort(key=lambda e: e.recorded_at)
    cuts = data.draw(parts(len(history)))
    equal_after_every_part(history, cuts, data.draw(st.lists(moments, min_size=1, max_size=3)))


@pytest.mark.slow
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_index_is_a_full_reckoning_of_a_thousand_histories(data: st.DataObject) -> None:
    history = sorted(data.draw(histories()), key=lambda e: e.recorded_at)
    cuts = data.draw(parts(len(history)))
    equal_after_every_part(history, cuts, data.draw(st.lists(moments, min_size=1, max_size=2)))


# --- what each kind of entry does to the index, one by one

START = """
war = - incident name="War of Ruritania" level=war
a = 2031-03-05 incident name="Attack on Zenda"
r = 2031-03-05 report publisher="Zenda Post"
c = 2031-03-05 claim outcome=killed figure=12 party=Ruritania
b = 2031-03-05 incident name="Attack on Strelsau"
d = 2031-03-05 claim outcome=killed figure=30 party=Ruritania
2031-03-05 report publisher="Strelsau Courier"
2031-03-05 claim outcome=killed figure=31 party=Ruritania
"""


def grown(folder: Path, more: str) -> tuple[Running, dict[str, str], list[Entry]]:
    """The index of the ledger above, made; then extended by more lines a day later."""
    ids: Ids = {}
    first = list(written(START, ids))
    late = timedelta(days=1)
    second = [replace(e, recorded_at=e.recorded_at + late) for e in written(more, ids)]
    log = Log.open(folder / "log.db", create=True)
    kept = Running(log, folder / "index.db")
    log.append(first)
    kept.refresh()
    log.append(second)
    return kept, ids, [*first, *second]


LATER = EPOCH + timedelta(days=9)
RURITANIA = PARTIES[0]


def test_each_incident_is_counted_once_and_the_past_stays(tmp_path: Path) -> None:
    kept, ids, entries = grown(tmp_path, "2031-03-06 judgement verb=nest target=a other=war")
    assert kept.counted(EVERYTHING, Outcome.KILLED, LATER, [ALL, RURITANIA]) == {
        ALL: Figure(42, None, 43),
        RURITANIA: Figure(42, None, 43),
    }
    assert kept.counted(ids["war"], Outcome.KILLED, LATER, [ALL])[ALL] == NOTHING
    assert kept.refresh() > 0
    assert kept.refresh() == 0
    assert kept.counted(ids["war"], Outcome.KILLED, LATER)[ALL] == Figure(12, 12, 12)
    assert kept.counted(ids["war"], Outcome.KILLED, EPOCH + timedelta(hours=1), [ALL])[ALL] == NOTHING
    assert not list(differences(kept, entries, LATER))


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ("2031-03-06 judgement verb=merge target=a other=b", Figure(30, None, 31)),
        ("m = 2031-03-06 judgement verb=merge target=a other=b\n2031-03-06 judgement verb=undo target=m", Figure(42, None, 43)),
        ("2031-03-06 judgement verb=withdraw target=r", Figure(31, 31, 31)),
        ("2031-03-06 judgement verb=reject target=c", Figure(30, None, 31)),
        ("2031-03-06 judgement verb=withdraw target=b", Figure(12, 12, 12)),
        ("2031-03-06 judgement verb=correct target=c changes=[(figure, 15)]", Figure(45, None, 46)),
        ("2031-03-06 judgement verb=split target=b other=a claims=[d]", Figure(61, 61, 61)),
        ('2031-03-06 source name="Zenda Post" aliases=["Strelsau Courier"]', Figure(43, 43, 43)),
    ],
)  # fmt: skip
def test_whatever_comes_later_moves_only_the_time_after_it(tmp_path: Path, more: str, figure: Figure) -> None:
    """The last: two papers turn out to be one voice, and the larger total is its newest."""
    kept, _, entries = grown(tmp_path, more)
    kept.refresh()
    assert kept.counted(EVERYTHING, Outcome.KILLED, LATER)[ALL] == figure
    assert kept.counted(EVERYTHING, Outcome.KILLED, EPOCH + timedelta(hours=1))[ALL] == Figure(42, None, 43)
    for moment in (EPOCH + timedelta(hours=1), LATER):
        assert not list(differences(kept, entries, moment))


def test_what_is_dated_before_its_last_moment_makes_it_anew(tmp_path: Path) -> None:
    kept, ids, entries = grown(tmp_path, "")
    early = Judgement(
        verb=Verb.REJECT, target=ids["c"], reason="misread", recorded_at=EPOCH + timedelta(minutes=5)
    )
    kept.log.append([early])
    kept.refresh()
    assert kept.counted(EVERYTHING, Outcome.KILLED, LATER)[ALL] == Figure(30, None, 31)
    assert not list(differences(kept, [*entries, early], EPOCH + timedelta(minutes=6)))


def test_what_was_forgotten_is_in_no_index(tmp_path: Path) -> None:
    kept, ids, _ = grown(tmp_path, "")
    kept.log.forget(ids["c"], "asked to", LATER)
    kept.refresh()
    early = EPOCH + timedelta(hours=1)
    assert kept.counted(EVERYTHING, Outcome.KILLED, early)[ALL] == Figure(30, None, 31)


@pytest.mark.parametrize("harm", ["gone", "junk", "torn", "of another log", "of another version"])
def test_an_index_at_any_doubt_is_made_anew(tmp_path: Path, harm: str) -> None:
    kept, _, _ = grown(tmp_path, "")
    if harm == "gone":
        kept.path.unlink()
    elif harm == "junk":
        kept.path.write_bytes(b"junk" * 999)
    elif harm == "torn":
        kept.path.write_bytes(kept.path.read_bytes()[:5000])
    else:
        made = (
            Made(1, "00" * 32, EPOCH, kept.version)
            if harm == "of another log"
            else Made(*kept.log.head(), EPOCH, "0")
        )
        with Index.open(kept.path) as index:
            index.extend([Move(EPOCH, (EVERYTHING, "killed", ALL), (1, 9, 9, 0, 9, 0))], made)
    kept.refresh()
    assert kept.counted(EVERYTHING, Outcome.KILLED, LATER)[ALL] == Figure(42, None, 43)


def test_a_thread_holds_an_incident_and_nothing_of_the_others(tmp_path: Path) -> None:
    _, ids, entries = grown(tmp_path, "")
    found = {i: thread for thread in threads(entries) for i in thread.incidents}
    assert found.keys() == {ids["war"], ids["a"], ids["b"]}
    told = {e.id for e in found[ids["a"]].entries}
    assert {ids["a"], ids["c"], ids["r"]} <= told
    assert not told & {ids["b"], ids["d"]}
