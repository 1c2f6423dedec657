"""Wars: what counts a whole war or a spell of time goes to the one that it names; what was told apart stays apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

from conftest import Ids, ledger
from tollbook.book import realise
from tollbook.codes import Outcome, Scope
from tollbook.figures import exactly
from tollbook.incidents import match
from tollbook.nouns import Claim, Entry, Incident, Link, Report, Span
from tollbook.places import Place
from tollbook.values import Book, Reading

NOW = datetime(2031, 4, 1, tzinfo=UTC)
# name: latitude, longitude, country, first-level unit, precision
MAP = {
    "Ruritania": (50.0, 14.0, "RU", "", 6), "Zenda province": (50.0, 14.0, "RU", "Zenda", 4),
    "Zenda": (50.0, 14.0, "RU", "Zenda", 1), "Strelsau": (48.0, 11.0, "RU", "Strelsau", 1), "Graustark": (40.0, 20.0, "GK", "", 6),
}  # fmt: skip


def places(name: str) -> Place | None:
    if name not in MAP:
        return None
    latitude, longitude, code, unit, precision = MAP[name]
    return Place(name, latitude, longitude, code, unit, precision, code)


def told(**fields: object) -> tuple[Report, Claim]:
    report = Report(said_on=date(2031, 3, 8), title="News of the day", original="1" * 64, text="1" * 64)
    given: dict[str, object] = {
        "outcome": Outcome.KILLED, "figure": exactly(61), "scope": Scope.PERIOD, "quote": "61 people were killed",
        "date_from": date(2031, 3, 1), "date_to": date(2031, 3, 7), "place": "Zenda province", **fields,
    }  # fmt: skip
    return report, Claim(report=report.id, said_on=report.said_on, span=Span(0, 9), **given)  # type: ignore[arg-type]


def goes_to(book: Book, ids: Ids, **fields: object) -> str | None:
    report, claim = told(**fields)
    found = match(report, Reading((claim,)), book, NOW, places)
    links = [e for e in found if isinstance(e, Link) and e.claim == claim.id]
    label = {i: name for name, i in ids.items()}
    return label.get(links[0].incident, "new") if links else None


WAR = {"scope": Scope.WAR, "date_from": date(2030, 1, 1), "date_to": None, "figure": exactly(500_000)}


@ledger
def test_a_figure_of_a_whole_war_goes_to_the_war_and_never_into_an_incident(book: Book, ids: Ids) -> None:
    """
    war = 2030-06-01 incident name="Ruritanian war" level=war place=Ruritania date_from=2030-06-01
    other = 2030-06-01 incident name="War of Graustark" level=war place=Graustark date_from=2030-06-01
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 place=Zenda date_from=2031-03-02 speaker=Monitor
    2031-03-04 judgement verb=nest target=a other=war
    """
    assert goes_to(book, ids, **WAR) == "war"
    assert goes_to(book, ids, **{**WAR, "place": "Zenda"}) == "war"
    assert goes_to(book, ids, **{**WAR, "place": "Graustark"}) == "other"
    # Of a province by its own words, of another place, of another time: of no war that the book has.
    assert goes_to(book, ids, **{**WAR, "place": "Zenda", "quote": "In Zenda 61 people were killed"}) is None
    assert goes_to(book, ids, **{**WAR, "date_from": date(2011, 1, 1)}) is None
    assert goes_to(book, ids, **{**WAR, "place": None}) is None
    # Without a place the party that the war is known by tells.
    assert goes_to(book, ids, **{**WAR, "place": None, "party": "Ruritanian"}) == "war"


@ledger
def test_two_wars_that_fit_leave_it_to_a_person(book: Book, ids: Ids) -> None:
    """
    war = 2030-06-01 incident name="Ruritanian war" level=war place=Ruritania date_from=2030-06-01
    other = 2030-06-01 incident name="Succession war" level=war place=Ruritania date_from=2030-06-01
    """
    assert goes_to(book, ids, **WAR) is None


@ledger
def test_a_figure_of_a_week_goes_to_the_narrowest_that_holds_its_place_and_days(book: Book, ids: Ids) -> None:
    """
    war = 2030-06-01 incident name="Ruritanian war" level=war place=Ruritania date_from=2030-06-01
    camp = 2031-02-20 incident name="Zenda offensive" level=campaign place="Zenda province" date_from=2031-02-20 date_to=2031-03-20
    2031-03-04 judgement verb=nest target=camp other=war
    """
    assert goes_to(book, ids) == "camp"
    assert goes_to(book, ids, place="Zenda") == "camp"
    assert goes_to(book, ids, place="Strelsau") == "war"
    assert goes_to(book, ids, date_from=date(2031, 1, 1)) == "war"
    assert goes_to(book, ids, date_from=None) is None
    assert goes_to(book, ids, place="Graustark") is None


@ledger
def test_no_topic_of_a_report_is_matched_to_a_war(book: Book, ids: Ids) -> None:
    """
    war = 2031-03-01 incident name="Ruritanian war" level=war place=Zenda date_from=2031-03-01 date_to=2031-03-30
    """
    day = date(2031, 3, 6)
    assert goes_to(book, ids, scope=Scope.INCIDENT, place="Zenda", date_from=day, date_to=day) == "new"


@ledger
def test_what_was_told_apart_or_split_off_is_not_matched_again(entries: list[Entry], ids: Ids) -> None:
    """
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    x = 2031-03-03 claim outcome=killed figure=30 place=Zenda date_from=2031-03-02 speaker=Monitor
    y = 2031-03-03 claim outcome=killed figure=7 place=Zenda date_from=2031-03-02 speaker=Gazette
    b = 2031-03-02 incident name="Raid on Zenda" place=Zenda date_from=2031-03-02
    2031-03-04 judgement verb=split target=a other=b claims=[y]
    2031-03-04 judgement verb=apart target=x other=a
    again = 2031-03-05 incident name="Attack on Zenda" place=Zenda date_from=2031-03-02
    """
    book = realise(entries)
    pairs = {frozenset({ids[i], ids[k]}) for i, k in ("ab", "ya", "xa")}
    assert book.apart == pairs
    assert book.incident_of == {ids["y"]: ids["b"]}
    # A newer link to the old incident does not bring it back.
    again = [*entries, Link(claim=ids["y"], incident=ids["a"], recorded_at=NOW), Link(claim=ids["x"], incident=ids["a"], recorded_at=NOW)]  # fmt: skip
    assert realise(again).incident_of == {ids["y"]: ids["b"]}
    claims = [c for c in entries if isinstance(c, Claim)]
    report = next(e for e in entries if isinstance(e, Report))
    assert not match(report, Reading(tuple(claims)), book, NOW, places)


@ledger
def test_incidents_told_apart_are_no_twins(entries: list[Entry], ids: Ids) -> None:
    """
    a = 2031-03-02 incident name="Shelling of Zenda" place=Zenda date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 place=Zenda date_from=2031-03-02 date_to=2031-03-02 speaker=Monitor
    b = 2031-03-02 incident name="Raid on Zenda" place=Zenda date_from=2031-03-02
    2031-03-03 claim outcome=killed figure=30 place=Zenda date_from=2031-03-02 date_to=2031-03-02 speaker=Gazette publisher=Gazette
    2031-03-04 judgement verb=apart target=a other=b
    """
    day = date(2031, 3, 2)
    new = {"scope": Scope.INCIDENT, "figure": exactly(30), "place": "Zenda", "date_from": day, "date_to": day}
    assert goes_to(realise(entries[:-1]), ids, **new) in {"a", "b"}
    assert goes_to(realise(entries), ids, **new) is None


def test_a_war_alone_changes_nothing_for_events() -> None:
    report, claim = told(scope=Scope.INCIDENT, place="Strelsau", date_from=date(2031, 3, 7))
    found = match(report, Reading((claim,)), realise([]), NOW, places)
    assert [type(e) for e in found] == [Incident, Link]
