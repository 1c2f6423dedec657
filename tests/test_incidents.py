"""Incidents: what a report is about, and which incident of the book that is."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger, written
from tollbook.book import realise
from tollbook.incidents import match, topics
from tollbook.incidents.spots import alike, near, spot, spot_of_title
from tollbook.nouns import Claim, Course, Entry, Incident, Link, Report, Source
from tollbook.places import Place
from tollbook.values import Book, Reading

NOW = datetime(2022, 4, 1, tzinfo=UTC)


def read(entries: tuple[Entry, ...] | list[Entry]) -> tuple[Report, Reading]:
    """The one report of a ledger with what it says."""
    report = next(e for e in entries if isinstance(e, Report))
    claims = tuple(e for e in entries if isinstance(e, Claim))
    return report, Reading(claims, tuple(e for e in entries if isinstance(e, Course)))


def labels(topic: tuple[str, ...], ids: Ids) -> set[str]:
    return {label for label, i in ids.items() if i in topic}


# --- names -------------------------------------------------------------------------------------------------

SPELLINGS = [
    ("Hasakah", "Hasakeh Hassakeh Hasaka Haseke Al-Hasakah al-Hasaka el-Hasakeh Hassakah"),
    ("Ghwayran", "Ghweran Gweran Geweran Gwiran Ghuwayran Ghwairan Ghouayran"),
    ("Zor", "ez-Zor al-Zour Zawr"),
    ("Mosul", "Mossul Mosoul"),
    ("Raqqa", "Ar-Raqqah Rakka Raqqah al-Raqqa"),
    ("Qamishli", "Kamishly Qamishly al-Qamishli"),
]


@pytest.mark.parametrize(("name", "spelled"), [(n, s) for n, others in SPELLINGS for s in others.split()])
def test_spellings_of_one_name_are_alike(name: str, spelled: str) -> None:
    (a,), (b,) = spot(name).names, spot(spelled).names
    assert alike(a, b)
    assert alike(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ghwayran", "Green"),
        ("Hasakah", "Homs"),
        ("Zenda", "Zanzibar"),
        ("Strelsau", "Strasbourg"),
        ("Raqqa", "Rukn"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not alike(next(iter(spot(one).names)), next(iter(spot(other).names)))


def gazetteer(name: str) -> Place | None:
    """A gazetteer of Ruritania."""
    known = {
        "Ruritania": (50.0, 14.0, 6),
        "Strelsau": (50.10, 14.00, 1),
        "Old Bridge": (50.12, 14.02, 1),
        "Zenda": (51.50, 15.00, 1),
        "Southmark": (49.5, 14.0, 4),
    }
    if name not in known:
        return None
    latitude, longitude, precision = known[name]
    return Place(name, latitude, longitude, "Ruritania", "", precision)


def test_a_place_in_words_has_names_sites_and_wider_names() -> None:
    assert spot("Elphberg prison, city of Strelsau") == spot("Strelsau, prison of Elphberg")
    assert spot("Elphberg prison, Strelsau").names == {"elphberg", "strelsau"}
    assert spot("Elphberg jail").sites == spot("Elphberg prison").sites == {"prison"}
    assert spot("northeastern Ruritania").wide == {"ruritania"}
    assert not spot("northeastern Ruritania").names
    assert spot("Ruritanian prison", gazetteer).wide == {"ruritania"}
    assert spot("Strelsau, Ruritania", gazetteer).wide == {"ruritania"}
    assert spot("Kurdish-held city, Strelsau").names == {"strelsau"}
    assert spot("SDF").names == set()
    assert spot(None) == spot("") == spot("the streets")


def test_a_headline_names_a_site_and_the_name_before_it() -> None:
    here = spot_of_title("Toll of Elphberg prison battle rises")
    assert here.sites == {"prison"}
    assert here.names == {"elphberg"}
    assert spot_of_title("Fighting goes on").names == set()


def test_names_close_by_are_near_where_the_gazetteer_knows() -> None:
    assert near("Strelsau", "Old Bridge", gazetteer)
    assert not near("Strelsau", "Zenda", gazetteer)
    assert not near("Strelsau", "Ruritania", gazetteer)
    assert not near("Strelsau", "Old Bridge", None)


# --- topics ------------------------------------------------------------------------------------------------


@ledger
def test_the_war_is_another_topic_than_the_event(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    war = 2022-03-06 claim outcome=killed figure=500000 scope=war place=Ruritania
    a = 2022-03-06 claim outcome=killed figure=12 place=Zenda date_from=2022-03-05 date_to=2022-03-05
    part = 2022-03-06 claim outcome=killed figure=4 place=Ruritania part_of=a
    b = 2022-03-06 course phase=began place=Zenda date_from=2022-03-05
    """
    main, other = topics(read(entries)[1], places=None)
    assert main.main
    assert labels(main.claims, ids) == {"a", "part"}
    assert labels(main.courses, ids) == {"b"}
    assert not other.main
    assert labels(other.claims, ids) == {"war"}


@ledger
def test_an_old_event_and_one_elsewhere_are_topics_of_their_own(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    a = 2022-03-06 claim outcome=killed figure=12 place=Zenda date_from=2022-03-05 date_to=2022-03-05
    hurt = 2022-03-06 claim outcome=wounded figure=30 place=Zenda date_from=2022-03-05 date_to=2022-03-05
    old = 2022-03-06 claim outcome=killed figure=90 place=Zenda date_from=2021-11-05 date_to=2021-11-05
    far = 2022-03-06 claim outcome=killed figure=5 place=Hentzau date_from=2022-03-05 date_to=2022-03-05
    """
    found = topics(read(entries)[1], places=None)
    assert [labels(t.claims, ids) for t in found] == [{"a", "hurt"}, {"old"}, {"far"}]
    assert [t.main for t in found] == [True, False, False]


@ledger
def test_a_later_event_far_down_does_not_make_the_first_one_old(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    a = 2022-03-06 claim outcome=killed figure=12 place=Zenda date_from=2021-11-05 date_to=2021-11-05 span=0:60
    b = 2022-03-06 claim outcome=killed figure=1 place=Zenda date_from=2022-03-05 date_to=2022-03-05 span=2000:2060
    """
    found = topics(read(entries)[1], places=None)
    assert [labels(t.claims, ids) for t in found] == [{"a"}, {"b"}]


@ledger
def test_one_event_under_two_names_stays_one(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    a = 2022-03-06 claim outcome=killed figure=12 place="Elphberg prison" date_from=2022-03-01 date_to=2022-03-05
    b = 2022-03-06 claim outcome=killed figure=5 place="jail" date_from=2022-03-04 date_to=2022-03-04
    c = 2022-03-06 claim outcome=displaced figure=45000 place=Strelsau date_from=2022-03-01 date_to=2022-03-05
    d = 2022-03-06 claim outcome=killed figure=9 place=Strelsau date_from=2022-03-02 date_to=2022-03-02
    e = 2022-03-06 course phase=began place="Elphberg prison, Strelsau" date_from=2022-03-01
    """
    (main,) = topics(read(entries)[1], places=None)
    assert labels(main.claims, ids) == {"a", "b", "c", "d"}


@ledger
def test_what_the_headline_is_about_comes_first(entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    r = 2022-03-06 report publisher=Gazette
    market = 2022-03-06 claim outcome=killed figure=4 place="market, Strelsau" date_from=2022-03-05 date_to=2022-03-05
    prison = 2022-03-06 claim outcome=killed figure=9 place="prison, Strelsau" date_from=2022-03-05 date_to=2022-03-05
    """
    reading = read(entries)[1]
    assert labels(topics(reading, "Bomb in the market", None)[0].claims, ids) == {"market"}
    assert labels(topics(reading, "Battle for the prison", None)[0].claims, ids) == {"prison"}


def test_a_report_without_claims_is_about_its_course_or_about_nothing() -> None:
    report, reading = read(
        written("r = 2022-03-06 report publisher=Gazette\n2022-03-06 course phase=began place=Zenda")
    )
    assert [t.main for t in topics(reading, report.title, None)] == [True]
    assert topics(Reading()) == ()


@given(st.permutations(range(4)))
def test_exactly_one_topic_is_main_and_none_is_lost(order: list[int]) -> None:
    places = ["Zenda", "Hentzau", "Strelsau", "market, Zenda"]
    text = "r = 2022-03-06 report publisher=Gazette\n" + "\n".join(
        f'2022-03-06 claim outcome=killed figure={n + 1} place="{places[n]}" date_to=2022-0{1 + n % 3}-05'
        for n in order
    )
    _, reading = read(written(text))
    found = topics(reading, "", None)
    assert sum(t.main for t in found) == 1
    assert found[0].main
    assert sorted(i for t in found for i in t.claims) == sorted(c.id for c in reading.claims)


# --- matching ----------------------------------------------------------------------------------------------

SIEGE = """
    i = 2022-03-01 incident name="Siege of Elphberg prison" place="Elphberg prison, Strelsau" date_from=2022-03-01
    2022-03-02 claim outcome=killed figure=90 speaker=Monitor scope=cumulative party=Rebels place="Elphberg prison" date_from=2022-03-01 date_to=2022-03-02
    2022-03-05 claim outcome=killed figure=181 speaker=Monitor scope=cumulative party=Rebels place="Elphberg prison" date_from=2022-03-01 date_to=2022-03-05
"""


def matched(
    before: str, report: str, moment: datetime = NOW
) -> tuple[Book, tuple[Incident | Link, ...], Report, Reading]:
    """The new entries for a report, against a book."""
    book = realise(written(before))
    told, reading = read(written(report))
    return book, match(told, reading, book, moment, places=None), told, reading


def founded(new: tuple[Incident | Link, ...]) -> list[Incident]:
    return [e for e in new if isinstance(e, Incident)]


def linked(new: tuple[Incident | Link, ...]) -> set[str]:
    return {e.incident for e in new if isinstance(e, Link)}


def test_a_report_on_the_same_event_is_linked_with_score_and_reason() -> None:
    book, new, _, reading = matched(
        SIEGE,
        """r = 2022-03-06 report publisher=Courier title="Battle for Elfberg jail"
        2022-03-06 claim outcome=killed figure=200 speaker=Monitor scope=cumulative party=Rebels place="Elfberg jail" date_to=2022-03-06""",
    )
    assert not founded(new)
    assert linked(new) == set(book.incidents)
    (link,) = (e for e in new if isinstance(e, Link))
    assert link.claim == reading.claims[0].id
    assert 0.6 <= link.score <= 1
    assert "both name elfberg" in link.reason
    assert "running toll" in link.reason
    assert link.recorded_at == NOW
    assert link.said_on == date(2022, 3, 6)


def test_another_event_in_the_same_city_that_week_is_founded_apart() -> None:
    book, new, _, _ = matched(
        SIEGE,
        """r = 2022-03-06 report publisher=Courier title="Bomb hits market in Strelsau"
        2022-03-06 claim outcome=killed figure=4 victims_class=civilian place="market, Strelsau" date_from=2022-03-06 date_to=2022-03-06
        2022-03-06 course phase=began type="Remote explosive/landmine/IED" place="market, Strelsau" date_from=2022-03-06""",
    )
    (incident,) = founded(new)
    assert linked(new) == {incident.id}
    assert incident.id not in book.incidents
    assert incident.place == "market, Strelsau"
    assert incident.date_from == date(2022, 3, 6)
    assert incident.name == "Remote explosive/landmine/IED at market, Strelsau, 6 March 2022"


def test_a_few_dead_nearby_with_no_site_are_not_of_the_battle() -> None:
    book, new, _, _ = matched(
        SIEGE,
        """r = 2022-03-06 report publisher=Courier title="Four killed in Strelsau"
        2022-03-06 claim outcome=killed figure=4 victims_class=civilian place=Strelsau date_from=2022-03-06 date_to=2022-03-06""",
    )
    assert not linked(new) & set(book.incidents)


def test_a_war_total_is_never_linked_and_founds_nothing() -> None:
    _, new, _, reading = matched(
        SIEGE,
        """r = 2022-03-06 report publisher=Courier
        2022-03-06 claim outcome=killed figure=200 speaker=Monitor scope=cumulative place="Elphberg prison" date_to=2022-03-06
        2022-03-06 claim outcome=killed figure=500000 scope=war place=Ruritania
        2022-03-06 claim outcome=killed figure=400000 scope=cumulative place=Zenda date_from=2011-01-01 date_to=2022-03-06""",
    )
    assert not founded(new)
    assert {e.claim for e in new if isinstance(e, Link)} == {reading.claims[0].id}


def test_what_names_no_place_or_no_day_is_left_to_a_person() -> None:
    for line in (
        "2022-03-06 claim outcome=killed figure=4",
        "2022-03-06 claim outcome=killed figure=4 date_to=2022-03-06",
    ):
        assert matched(SIEGE.splitlines()[1], f"r = 2022-03-06 report publisher=Courier\n{line}")[1] == ()
    undated = "r = - report publisher=Courier\n- claim outcome=killed figure=4 place=Zenda"
    assert matched("2022-03-01 incident name=Other", undated)[1] == ()


def test_two_incidents_that_fit_equally_well_are_left_to_a_person() -> None:
    twins = """
    2022-03-06 incident name="First raid" place="mill, Zenda" date_from=2022-03-06
    2022-03-06 claim outcome=killed figure=4 place="checkpoint, Zenda" date_from=2022-03-06 date_to=2022-03-06
    2022-03-06 incident name="Second raid" place="mill, Zenda" date_from=2022-03-06
    2022-03-06 claim outcome=killed figure=7 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06
    """
    _, new, _, _ = matched(
        twins,
        """r = 2022-03-06 report publisher=Courier
        2022-03-06 claim outcome=wounded figure=3 place=Zenda date_from=2022-03-06 date_to=2022-03-06""",
    )
    assert new == ()


def test_one_event_founded_twice_still_takes_its_reports() -> None:
    twice = """
    2022-03-06 incident name="Raid" place="market, Zenda" date_from=2022-03-06
    2022-03-06 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06
    2022-03-07 incident name="Raid again" place="market, Zenda" date_from=2022-03-06
    2022-03-07 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06
    """
    book, new, _, _ = matched(
        twice,
        """r = 2022-03-07 report publisher=Courier
        2022-03-07 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06""",
    )
    assert len(linked(new)) == 1
    assert linked(new) <= set(book.incidents)


def test_matching_again_adds_nothing() -> None:
    book, new, report, reading = matched(
        SIEGE,
        """r = 2022-03-06 report publisher=Courier
        2022-03-06 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06""",
    )
    entries = [*written(SIEGE), report, *reading.claims, *new]
    assert new
    assert match(report, reading, realise(entries), NOW, places=None) == ()
    assert book.incidents.keys() < realise(entries).incidents.keys()


def test_the_same_event_two_months_later_is_another() -> None:
    book, new, _, _ = matched(
        SIEGE,
        """r = 2022-05-06 report publisher=Courier
        2022-05-06 claim outcome=killed figure=200 speaker=Monitor place="Elphberg prison" date_from=2022-05-05 date_to=2022-05-06""",
    )
    assert len(founded(new)) == 1
    assert not linked(new) & set(book.incidents)


def test_incidents_and_links_do_not_depend_on_the_moment_of_recording() -> None:
    text = """r = 2022-03-06 report publisher=Courier
        2022-03-06 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06"""
    first, second = (matched(SIEGE, text, m)[1] for m in (NOW, datetime(2023, 1, 1, tzinfo=UTC)))
    assert [e.id for e in first] == [e.id for e in second]
    assert all(e.made_by == "incidents 1" for e in first)


# --- many reports on one battle, and one that is not ---------------------------------------------------------

# What fifteen papers say of one battle, each in its own spelling, and what one says of a bomb that week.
NAMES = (
    "Ghwayran prison, Hasakeh",
    "Gweran jail",
    "Ghweran prison",
    "prison, Hassakeh",
    "al-Hasakah",
    "Geweran prison, city of Hasaka",
)
TOLLS = (25, 78, 89, 123, 136, 181, 332, 373)


def battle() -> list[tuple[Report, Reading]]:
    """Fourteen reports on the battle, and the last on the bomb."""
    told = []
    for n in range(14):
        day = date(2022, 1, 21 + (n * 10) // 14)
        toll = TOLLS[n * len(TOLLS) // 14]
        scope = "scope=cumulative date_from=2022-01-20" if n % 3 else "scope=incident"
        told.append(
            read(
                written(
                    f"""r = {day} report publisher="Paper {n}" title="Battle for Syrian {"jail" if n % 2 else "prison"}"
                    w = {day} claim outcome=killed figure={toll} speaker=Monitor {scope} date_to={day} place="{NAMES[n % 6]}"
                    {day} claim outcome=killed figure={toll - 7} speaker=Monitor {scope} party="Islamic State" part_of=w
                    {day} course phase=continues date_to={day} place="{NAMES[(n + 1) % 6]}" actors=["Islamic State"]"""
                )
            )
        )
    told.append(
        read(
            written(
                """r = 2022-01-25 report publisher="Example Wire" title="Car bomb hits vegetable market in Hasakeh"
                2022-01-25 claim outcome=killed figure=4 victims_class=civilian date_from=2022-01-25 date_to=2022-01-25 place="market, north of Hasakeh"
                2022-01-25 claim outcome=wounded figure=11 victims_class=civilian date_from=2022-01-25 date_to=2022-01-25 place="market, north of Hasakeh" """
            )
        )
    )
    return told


def fed(reports: list[tuple[Report, Reading]]) -> tuple[Book, dict[str, str | None]]:
    """The book of reports that came in this order, and the incident of each report."""
    entries: list[Entry] = []
    for report, reading in reports:
        new = match(report, reading, realise(entries), NOW)
        entries += [report, *reading.claims, *reading.courses, *new]
    book = realise(entries)
    where = {}
    for report, reading in reports:
        found = Counter(book.incident_of.get(s.id) for s in (*reading.claims, *reading.courses))
        where[report.publisher] = found.most_common(1)[0][0]
    return book, where


@pytest.mark.parametrize("seed", range(12))
def test_fourteen_reports_are_one_incident_in_any_order_and_the_bomb_is_another(seed: int) -> None:
    reports = battle()
    if seed:
        random.Random(seed).shuffle(reports)
    book, where = fed(reports)
    bomb = where.pop("Example Wire")
    assert len(set(where.values())) == 1
    assert None not in where.values()
    assert bomb is not None
    assert bomb not in where.values()
    assert len(book.incidents) == 2


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_every_new_entry_points_to_what_is_there(rng: random.Random) -> None:
    reports = battle()
    rng.shuffle(reports)
    entries: list[Entry] = []
    for report, reading in reports:
        new = match(report, reading, realise(entries), NOW)
        said = {s.id for s in (*reading.claims, *reading.courses)}
        known = {e.id for e in (*entries, *new) if isinstance(e, Incident)}
        for link in (e for e in new if isinstance(e, Link)):
            assert link.claim in said
            assert link.incident in known
            assert 0 <= link.score <= 1
            assert link.reason
        entries += [report, *reading.claims, *reading.courses, *new]


def test_the_sources_of_a_book_do_not_change_where_a_report_goes() -> None:
    digest = hashlib.sha256(b"x").hexdigest()
    entries: list[Entry] = [Source(name="Monitor", aliases=("the monitor",)), *written(SIEGE)]
    report = Report(said_on=date(2022, 3, 6), original=digest, text=digest, publisher="Courier")
    assert match(report, Reading(), realise(entries), NOW) == ()
