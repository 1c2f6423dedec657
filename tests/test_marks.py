"""Marks: what a text is known by, and what that does to where a report goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from conftest import written
from tollbook.book import grown, realise
from tollbook.codes import Phase, Verb
from tollbook.incidents import about, marks, match, shelf
from tollbook.incidents.marks import key, likeness, rarity
from tollbook.nouns import Claim, Course, Entry, Incident, Judgement, Link, Report
from tollbook.values import Book, Reading

NOW = datetime(2022, 4, 1, tzinfo=UTC)

RAID = """A clerk was shot dead in Zenda on Monday night. The victim, Anton Hersch, 42, had left the Green Anchor on
Mill Lane with his brother Josef Hersch when a gunman fired at them, Captain Irma Vogt said. According to her a grey
Skoda was seen in Tarlenheim Road."""
AGAIN = """Police in Zenda were looking on Tuesday for whoever killed Anton Hersch outside the Green Anchor. His brother
Josef was unhurt. Captain Vogt asked everybody who saw a grey Skoda in Tarlenheim Road to call her office."""
OTHER = """A baker died in Zenda on Tuesday night. The victim, Maria Lessing, 61, was found in her shop in Castle Street by
her son Paul Lessing; a burglar had struck her, Sergeant Emil Rapp said. Neighbours saw the door of the bakery of
Lessing and Mohr broken."""


def told(
    day: date, title: str, body: str, line: str = "outcome=killed figure=1 place=Zenda"
) -> tuple[Report, Reading]:
    """A report of that day with one claim."""
    entries = written(
        f'r = {day} report publisher=Post title="{title}"\n{day} claim {line} date_from={day} date_to={day}'
    )
    (report,) = (e for e in entries if isinstance(e, Report))
    (claim,) = (e for e in entries if isinstance(e, Claim))
    made = replace(report, marks=marks(body))
    return made, Reading((replace(claim, report=made.id),))


def fed(reports: Sequence[tuple[Report, Reading]]) -> tuple[Book, list[list[Incident | Link]]]:
    """The book of reports that came one after the other, and what each brought."""
    book, entries, found = realise([]), list[Entry](), list[list[Incident | Link]]()
    for report, reading in reports:
        placed = match(report, reading, book, NOW, None)
        found.append(list(placed))
        new: list[Entry] = [report, *reading.claims, *placed]
        book = grown(book, entries, new)
        entries += new
    return book, found


MONDAY = date(2022, 3, 7)


def test_marks_are_names_and_numbers_in_the_order_of_the_text() -> None:
    found = marks(RAID)
    assert found[:5] == ("zenda", "anton", "hersch", "42", "green")
    assert {"vogt", "tarlenheim", "green", "anchor"} <= set(found)
    assert not {"monday", "a", "the", "police", "victim", "his"} & set(found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("Nobody came. Nobody went.", ()),  # what begins a sentence may be any word
        (
            "They saw May Hill in May, in Hill and on the hill.",
            (),
        ),  # a month, and a word that is written small too
        ("He left in 2021, aged 37, with 1 bag and 250000 more.", ("37",)),
        ("It was Hersch's car, said Hersch.", ("hersch",)),
        ("said “Vogt came” and (Lessing went", ()),  # so may what begins a quote
        ("قتل ثلاثة أشخاص في مدينة الحسكة", ()),  # a script without capitals names nobody
    ],
)
def test_what_is_a_mark(text: str, expected: tuple[str, ...]) -> None:
    assert marks(text) == expected


def test_spellings_of_one_name_have_one_key() -> None:
    assert key("ghwayran") == key("gweran") != key("homs")
    assert key("lee") != key("leo")  # one consonant tells no name
    assert key("42") == "42"


def test_two_reports_that_share_names_are_one_event_though_one_gives_no_place() -> None:
    nowhere = "outcome=killed figure=1"
    book, found = fed(
        [
            told(MONDAY, "Clerk shot dead", RAID),
            told(MONDAY + timedelta(1), "Grey car wanted", AGAIN, nowhere),
        ]
    )
    assert len(book.incidents) == 1
    (link,) = (e for e in found[1] if isinstance(e, Link))
    assert "their texts share" in link.reason


def test_two_alike_of_one_town_and_next_day_are_two_events() -> None:
    reports = [
        told(MONDAY, "Clerk killed in Zenda", RAID),
        told(MONDAY + timedelta(1), "Baker killed in Zenda", OTHER),
    ]
    assert len(fed(reports)[0].incidents) == 2
    bare = [(replace(report, marks=()), reading) for report, reading in reports]
    assert len(fed(bare)[0].incidents) == 1  # without their texts nobody could tell them apart


def test_an_event_of_the_same_place_and_day_gets_an_incident_of_its_own() -> None:
    book, _ = fed([told(MONDAY, "Clerk killed", RAID), told(MONDAY, "Baker killed", OTHER)])
    first, second = sorted(i.name for i in book.incidents.values())
    assert second == f"{first} (2)"


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_the_order_in_which_reports_come_does_not_change_who_stands_with_whom(order: tuple[int, ...]) -> None:
    reports = [
        told(MONDAY, "Clerk killed in Zenda", RAID),
        told(MONDAY + timedelta(1), "Grey car wanted in Zenda", AGAIN),
        told(MONDAY + timedelta(1), "Baker killed in Zenda", OTHER),
    ]
    book, _ = fed([reports[n] for n in order])
    raid, again, other = (book.incident_of[reading.claims[0].id] for _, reading in reports)
    assert raid == again != other


def test_a_text_without_place_founds_an_incident_by_its_names_only() -> None:
    nowhere = "outcome=killed figure=1"
    assert len(fed([told(MONDAY, "Clerk killed", RAID, nowhere)])[0].incidents) == 1
    assert not fed([told(MONDAY, "Clerk killed", "A clerk was shot dead on Monday night.", nowhere)])[
        0
    ].incidents


def test_a_report_that_states_nothing_is_about_the_event_whose_names_it_has() -> None:
    book, _ = fed([told(MONDAY, "Clerk shot dead", RAID), told(MONDAY, "Baker dead", OTHER)])
    first = next(i for i, incident in book.incidents.items() if not incident.name.endswith("(2)"))
    silent, _ = told(MONDAY + timedelta(1), "Grey car wanted", AGAIN)
    assert about(silent, book, None) == first
    assert about(replace(silent, marks=()), book, None) is None
    elsewhere = marks("The harvest fair of Strelsau was opened by Rudolf Rassendyll and Flavia Elphberg.")
    assert about(replace(silent, title="Harvest", marks=elsewhere), book, None) is None
    said = Judgement(verb=Verb.APART, target=silent.id, other=first, reason="another car", made_by="ann")
    parted = replace(book, apart=frozenset({frozenset({said.target, first})}))
    assert about(silent, parted, None) is None


# --- what a person has said --------------------------------------------------------------------------------


def test_what_was_judged_apart_is_never_put_together_again() -> None:
    (first, one), (second, two) = (
        told(MONDAY, "Clerk shot", RAID),
        told(MONDAY + timedelta(1), "Car wanted", AGAIN),
    )
    entries: list[Entry] = [first, *one.claims, *match(first, one, realise([]), NOW, None)]
    (incident,) = (e for e in entries if isinstance(e, Incident))
    assert {e.incident for e in match(second, two, realise(entries), NOW, None) if isinstance(e, Link)} == {
        incident.id
    }
    said = Judgement(
        verb=Verb.APART, target=two.claims[0].id, other=incident.id, reason="another clerk", made_by="ann"
    )
    placed = match(second, two, realise([*entries, second, *two.claims, said]), NOW, None)
    assert placed
    assert all(e.incident != incident.id for e in placed if isinstance(e, Link))


def test_two_incidents_judged_apart_are_no_twins() -> None:
    twice = """
    a = 2022-03-06 incident name="Raid" place="market, Zenda" date_from=2022-03-06
    2022-03-06 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06
    b = 2022-03-07 incident name="Raid again" place="market, Zenda" date_from=2022-03-06
    2022-03-07 claim outcome=killed figure=4 place="market, Zenda" date_from=2022-03-06 date_to=2022-03-06
    """
    entries = written(twice)
    a, b = (e.id for e in entries if isinstance(e, Incident))
    report, reading = told(date(2022, 3, 7), "Raid", "", 'outcome=killed figure=4 place="market, Zenda"')
    assert match(report, reading, realise(entries), NOW, None)
    said = Judgement(verb=Verb.APART, target=a, other=b, reason="one at noon, one at night", made_by="ann")
    assert match(report, reading, realise([*entries, said]), NOW, None) == ()


def test_a_link_names_the_incident_that_came_next() -> None:
    _, found = fed(
        [
            told(MONDAY, "Clerk killed in Zenda", RAID),
            told(MONDAY + timedelta(1), "Baker killed in Zenda", OTHER),
            told(MONDAY + timedelta(1), "Grey car wanted in Zenda", AGAIN),
        ]
    )
    (first,) = (e for e in found[0] if isinstance(e, Incident))
    (second,) = (e for e in found[1] if isinstance(e, Incident))
    (alone,) = (e for e in found[0] if isinstance(e, Link))
    assert alone.runner_up == ""
    (new,) = (e for e in found[1] if isinstance(e, Link))
    assert new.incident == second.id
    assert new.runner_up.startswith(f"{first.id} 0.")
    (third,) = (e for e in found[2] if isinstance(e, Link))
    assert third.incident == first.id
    assert third.runner_up == "" or third.runner_up.startswith(second.id)


# --- how likeness is reckoned, and what it costs -------------------------------------------------------------


def test_likeness_is_that_of_one_text_with_itself_and_less_with_every_other() -> None:
    mine = Counter({"a": 1, "b": 1, "c": 1})
    assert likeness(mine, 1, mine, 1, lambda _: 2.0).share == pytest.approx(1.0)
    half = likeness(mine, 1, Counter({"a": 1, "b": 1, "d": 1}), 1, lambda _: 2.0)
    assert half.share == pytest.approx(2 / 3)
    assert (half.count, half.weight) == (2, 4.0)
    some = likeness(mine, 1, Counter({"a": 1, "b": 1, "c": 1, "d": 3}), 3, lambda _: 2.0)
    assert 0 < some.share < half.share  # one of three reports has what this one has


def test_the_rarer_the_more_a_mark_says_and_what_many_have_says_nothing() -> None:
    assert rarity(1000, 1) > rarity(1000, 20) > rarity(1000, 300) == 0.0


def compared(reports: Sequence[tuple[Report, Reading]], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many incidents were compared with how many topics while the reports came in."""
    count = 0
    beside = shelf.Shelf.beside

    def counting(self: shelf.Shelf, *asked: object) -> set[str]:
        nonlocal count
        found = beside(self, *asked)  # type: ignore[arg-type]
        count += len(found)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(shelf.Shelf, "beside", counting)
        fed(reports)
    return count


def years(count: int) -> list[tuple[Report, Reading]]:
    """Reports of a town, one every other day, each of an event of its own; the police chief is in all of them."""
    return [
        told(
            MONDAY + timedelta(2 * n),
            "One killed",
            f"A man was killed in Zenda, Captain Irma Vogt said. He was Name{n:04}x Family{n:04}x of Lane{n:04}x Road.",
        )
        for n in range(count)
    ]


def test_ten_times_the_reports_are_ten_times_the_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = (compared(years(n), monkeypatch) for n in (60, 600))
    assert few > 0
    assert many <= 11 * few


def test_courses_alone_found_nothing_by_names() -> None:
    report, reading = told(MONDAY, "Clerk killed", RAID)
    course = Course(
        report=report.id, span=reading.claims[0].span, quote="x", type="Attack", phase=Phase.CONTINUES
    )
    assert match(report, Reading((), (course,)), realise([]), NOW, None) == ()
