"""When: expressions are resolved against publication, and claims get their days."""

import re
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.codes import Scope
from tollbook.nouns import Span
from tollbook.reading.dateline import filed
from tollbook.reading.dating import dates, story
from tollbook.reading.when import expand, expressions, today
from tollbook.rules import Example, corpus, table
from tollbook.text import Document, Sentence

MONDAY = date(2022, 1, 31)


def shown(document: Document, sentence: Sentence) -> str:
    """The expressions of a sentence as the corpus writes them."""
    return "; ".join(
        f"{w.date_from or ''}..{w.date_to or ''} {w.kind}" for w in expressions(document, sentence)
    )


@pytest.mark.parametrize("example", corpus("en", "time"), ids=lambda e: str(e.line))
def test_corpus(example: Example) -> None:
    document = Document(example.text, published=MONDAY)
    assert shown(document, document.sentences[0]) == example.expected


@pytest.mark.parametrize("form", table("en", "time")["form"], ids=lambda f: f["rule"])
def test_every_form_has_an_example_that_it_matches(form: dict[str, str]) -> None:
    assert re.search(expand(form["pattern"]), form["example"].lower())
    document = Document(form["example"], published=MONDAY)
    assert expressions(document, document.sentences[0]) or form["rule"] in {"later", "same"}


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@given(st.dates(date(1950, 1, 8), date(2090, 1, 1)), st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_last_one_on_or_before_publication(published: date, day: str) -> None:
    document = Document(f"Six men were shot on {day}.", published=published)
    (when,) = expressions(document, document.sentences[0])
    assert when.date_from is not None
    assert when.date_from == when.date_to
    assert WEEKDAYS[when.date_from.weekday()] == day
    assert timedelta(0) <= published - when.date_from < timedelta(7)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_full_date_is_itself_in_every_spelling(day: date) -> None:
    for text in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day.isoformat()}",
    ):
        document = Document(f"It happened on {text} in Zenda.", published=date(2099, 1, 1))
        (when,) = expressions(document, document.sentences[0])
        assert (when.date_from, when.date_to) == (day, day)


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        (date(2024, 11, 1), date(2023, 11, 11), date(2023, 11, 20)),
        (date(2024, 11, 15), date(2024, 11, 11), date(2024, 11, 15)),
        (date(2024, 12, 1), date(2024, 11, 11), date(2024, 11, 20)),
    ],
)
def test_a_third_of_a_month_is_the_last_one_and_ends_by_publication(
    published: date, first: date, last: date
) -> None:
    document = Document("Sixty people died in Zenda in mid-November.", published=published)
    (when,) = expressions(document, document.sentences[0])
    assert (when.date_from, when.date_to) == (first, last)


PHRASES = [e.text for e in corpus("en", "time") if e.expected]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)) | st.none(),
    st.sampled_from(list(Scope)),
)
def test_bounds_are_ordered_and_never_after_publication(
    texts: list[str], published: date | None, scope: Scope
) -> None:
    document = Document(" ".join(texts), published=published)
    end = today(document)
    for sentence in document.sentences:
        for when in expressions(document, sentence):
            assert sentence.start <= when.start < when.end <= sentence.end
            if when.date_from and when.date_to:
                assert when.date_from <= when.date_to
            full = when.date_to is not None and str(when.date_to.year) in document.body
            short = "MAY 88" in document.body or "/" in document.body
            if when.kind != "future" and end and when.date_to and not full and not short:
                assert when.date_to <= end
        first, last = dates(document, sentence, Span(sentence.start, sentence.end), scope)
        assert first is None or last is None or first <= last


@given(st.text(max_size=300))
def test_any_text_can_be_scanned(text: str) -> None:
    document = Document(text, published=MONDAY)
    for sentence in document.sentences:
        expressions(document, sentence)
        dates(document, sentence, Span(sentence.start, sentence.end), Scope.INCIDENT)
    filed(document)


def test_without_a_day_of_publication_only_absolute_expressions_are_resolved() -> None:
    document = Document("Six men were shot on Saturday. Nine died on 3 May 2019.")
    assert today(document) is None
    relative, absolute = (expressions(document, s)[0] for s in document.sentences)
    assert (relative.date_from, relative.date_to) == (None, None)
    assert absolute.date_from == date(2019, 5, 3)


def test_a_full_date_in_the_opening_stands_in_for_publication() -> None:
    document = Document("The council wrote on 03/20/2004 that six men died on Friday.")
    assert today(document) == date(2004, 3, 20)
    assert expressions(document, document.sentences[0])[1].date_from == date(2004, 3, 19)


STORY = """HOFBAU, Ruritania, Jan 31 (RPA) - Guards on Sunday said they had retaken the fort that bandits stormed \
ten days ago, in battles that left over 90 dead.

Bandits on January 20 launched their boldest raid in years.

Eighty-one people had been killed since the onset of the raid, the guild said.

Dozens of bandits slipped out in the early hours of the raid.

Six bandits gave up on Saturday, while guards shot another two.

Ruritania's war, which broke out in 2011, has killed 40,000 people."""


@pytest.mark.parametrize(
    ("words", "scope", "first", "last"),
    [
        ("left over 90 dead", Scope.CUMULATIVE, date(2022, 1, 20), date(2022, 1, 30)),
        ("Eighty-one people", Scope.CUMULATIVE, date(2022, 1, 20), date(2022, 1, 30)),
        ("Dozens of bandits", Scope.INCIDENT, date(2022, 1, 20), date(2022, 1, 20)),
        ("Six bandits gave up", Scope.INCIDENT, date(2022, 1, 29), date(2022, 1, 29)),
        ("shot another two", Scope.INCIDENT, date(2022, 1, 29), date(2022, 1, 29)),
        ("has killed 40,000", Scope.WAR, date(2011, 1, 1), date(2022, 1, 31)),
    ],
)
def test_claims_of_a_running_story_get_their_days(words: str, scope: Scope, first: date, last: date) -> None:
    document = Document(STORY, published=MONDAY)
    at = STORY.index(words)
    assert dates(document, document.sentence_at(at), Span(at, at + len(words)), scope) == (first, last)


def test_the_story_knows_its_onset_and_the_day_it_was_told() -> None:
    told = story(Document(STORY, published=MONDAY))
    assert (told.onset, told.stated, told.running) == (date(2022, 1, 20), date(2022, 1, 30), True)


def test_an_undated_claim_takes_the_day_of_the_sentence_before() -> None:
    body = "A bomb killed six on Friday. Nine others were hurt. In 2019 a raid killed two."
    document = Document(body, published=MONDAY)
    friday = date(2022, 1, 28)
    assert dates(document, document.sentences[1], Span(29, 50), Scope.INCIDENT) == (friday, friday)


@pytest.mark.slow
def test_a_sentence_without_a_cue_costs_next_to_nothing() -> None:
    body = "The old mill by the river was painted white and green by men from the town. " * 2000
    document = Document(body, published=MONDAY)
    sentences = document.sentences
    begin = perf_counter()
    for sentence in sentences:
        expressions(document, sentence)
    # a generous bound (measured: about two microseconds), so that a busy machine does not fail it
    assert (perf_counter() - begin) / len(sentences) < 50e-6
