"""Scope: what a figure counts over, on top of what, and whether it may still grow."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.codes import Mode, Outcome, Scope
from tollbook.nouns import Report, Span
from tollbook.reading.cues import cue
from tollbook.reading.reader import read
from tollbook.reading.rising import may_rise
from tollbook.reading.scope import Counted, follows, inherit, scope
from tollbook.rules import Example, corpus, table
from tollbook.text import Document

MONDAY = date(2022, 1, 31)
GROUPS = [(name, key) for name, rows in table("en", "scope").items() if name != "anchors" for key in rows]


def low(text: str) -> int | None:
    """The largest number in figures of a sentence, for the tests."""
    return max((int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*\d|\d", text)), default=12)


@pytest.mark.parametrize("example", corpus("en", "scope"), ids=lambda e: str(e.line))
def test_corpus(example: Example) -> None:
    document = Document(example.text, published=MONDAY)
    sentence = document.sentences[0]
    found = scope(document, sentence, Span(0, len(example.text)), low=low(example.text))
    shown = f"{found.scope} {found.mode}" + (" rises" if found.may_rise else "")
    assert shown == (example.expected or "incident total")


@pytest.mark.parametrize(("name", "key"), GROUPS)
def test_every_phrase_matches_its_example(name: str, key: str) -> None:
    example = table("en", "scope")[name][key].lower()
    assert re.search(key, example)
    assert cue(name).search(example)


def test_no_pattern_matches_where_no_anchor_of_its_group_stands() -> None:
    anchors = table("en", "scope")["anchors"]
    for name, key in GROUPS:
        if name in anchors:
            example = table("en", "scope")[name][key].lower()
            assert any(piece in example for piece in anchors[name]), (name, key)


RAID = """Guards on Sunday said they had retaken the fort that bandits stormed, in battles that left over 90 dead.

Bandits on January 20 launched the raid.

Six bandits gave up on Saturday.

The guild said 81 people had been killed since the onset of the raid and warned that the count could still rise.

The toll jumped from 60 reported earlier Sunday.

The violence prompted 4,000 people to flee Hofbau."""


@pytest.mark.parametrize(
    ("words", "outcome", "expected", "since", "rises"),
    [
        ("left over 90 dead", Outcome.KILLED, Scope.CUMULATIVE, None, False),
        ("Six bandits gave up", Outcome.SURRENDERED, Scope.INCIDENT, None, False),
        ("81 people had been killed", Outcome.KILLED, Scope.CUMULATIVE, "the onset of the raid", True),
        ("toll jumped from 60", Outcome.KILLED, Scope.CUMULATIVE, None, False),
        ("4,000 people to flee", Outcome.DISPLACED, Scope.CUMULATIVE, None, False),
    ],
)
def test_a_running_story_is_counted_by_running_totals(
    words: str, outcome: Outcome, expected: Scope, since: str | None, rises: bool
) -> None:
    document = Document(RAID, published=MONDAY)
    at = RAID.index(words)
    found = scope(document, document.sentence_at(at), Span(at, at + len(words)), outcome=outcome, low=60)
    assert (found.scope, found.since, found.may_rise) == (expected, since, rises)


def test_a_war_is_counted_from_the_year_it_broke_out() -> None:
    body = "Ruritania's war, which broke out in 2011, has killed 40,000 people, the most since World War II."
    document = Document(body, published=MONDAY)
    assert scope(document, document.sentences[0], Span(42, 66), low=40_000).since == "2011"


def test_a_warning_speaks_of_the_count_before_it_unless_it_counts_itself() -> None:
    warned = Document("Six died in the blast. The toll is expected to rise.", published=MONDAY)
    counted = Document("Six were hurt. Nine people were killed and the toll could rise.", published=MONDAY)
    assert may_rise(warned, warned.sentences[0], Outcome.KILLED)
    assert not may_rise(warned, warned.sentences[0], Outcome.CAPTURED)
    assert not may_rise(counted, counted.sentences[0], Outcome.WOUNDED)


def test_an_increment_needs_a_count_that_it_comes_on_top_of() -> None:
    document = Document("Six died and another nine were hurt. Another four died.", published=MONDAY)
    first, second = document.sentences
    assert scope(document, first, Span(13, 35)).mode is Mode.TOTAL
    assert scope(document, second, Span(second.start, second.end)).mode is Mode.INCREMENT


def test_a_claim_that_goes_on_with_a_count_counts_over_the_same() -> None:
    document = Document("They have fought since May. Nine men have also been killed. Ten men were killed.")
    _, second, third = document.sentences
    last = Counted(Scope.CUMULATIVE, since="May", rule="since")
    goes_on = follows(document, second, Span(second.start, second.end), Counted(Scope.INCIDENT), last)
    apart = follows(document, third, Span(third.start, third.end), Counted(Scope.INCIDENT), last)
    assert (goes_on.scope, goes_on.since) == (Scope.CUMULATIVE, "May")
    assert apart.scope is Scope.INCIDENT


@given(st.sampled_from(list(Scope)), st.sampled_from(list(Scope)), st.booleans())
def test_a_share_takes_the_scope_of_its_whole_in_the_same_sentence(
    part: Scope, whole: Scope, rises: bool
) -> None:
    made = inherit(Counted(part), Counted(whole, may_rise=rises), same_sentence=True)
    assert made.scope == (whole if whole is not Scope.INCIDENT else part)
    assert made.may_rise is rises


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text: str) -> None:
    document = Document(text, published=MONDAY)
    for sentence in document.sentences:
        assert isinstance(scope(document, sentence, Span(sentence.start, sentence.end)), Counted)


def scopes(body: str) -> list[Scope]:
    """The scopes of the claims of a text."""
    report = Report(said_on=MONDAY, title="", publisher="", original="0", text="0")
    return [claim.scope for claim in read(report, body).claims]


def test_a_text_that_is_all_statistics_counts_over_one_stretch_of_time() -> None:
    body = "Between 7 and 14 January some 900 people fled the mills. Thirty people were wounded."
    assert scopes(body) == [Scope.PERIOD, Scope.PERIOD]
    assert scopes(f"{body} Six men were killed in an attack on a mill.") == [
        Scope.PERIOD,
        Scope.INCIDENT,
        Scope.INCIDENT,
    ]


def test_the_statistics_of_a_text_share_its_days() -> None:
    body = "Between 7 and 14 January some 900 people fled the mills. Thirty people were wounded."
    report = Report(said_on=MONDAY, title="", publisher="", original="0", text="0")
    first, second = read(report, body).claims
    assert (
        (second.date_from, second.date_to)
        == (first.date_from, first.date_to)
        == (date(2022, 1, 7), date(2022, 1, 14))
    )
