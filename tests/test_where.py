"""Where: places are words of the text, found by prepositions and carried over sentences."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.nouns import Span
from tollbook.reading.toponyms import named
from tollbook.reading.where import dateline, place, spots
from tollbook.rules import Example, corpus, table
from tollbook.text import Document

STORY = """STRELSAU, Ruritania (RPA) - Gunmen killed six people in central Ruritania on Friday.

The gunmen attacked the Tarlen prison in the city of Hofbau.

Four guards were wounded.

Two bandits were shot inside the prison.

The blast prompted 400 people to flee Hofbau, the guild said.

In a separate raid two men were killed at Zenda village."""


@pytest.mark.parametrize("example", corpus("en", "place"), ids=lambda e: str(e.line))
def test_corpus(example: Example) -> None:
    document = Document(example.text)
    assert "; ".join(s.words for s in spots(document, document.sentences[0])) == example.expected


@pytest.mark.parametrize("noun", table("en", "place")["nouns"])
def test_every_noun_stands_in_its_example(noun: str) -> None:
    grade, example = table("en", "place")["nouns"][noun]
    assert noun in example
    assert 0 <= grade <= 4


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("killed six people", "Tarlen prison, city of Hofbau, central Ruritania"),
        ("Four guards", "Tarlen prison, city of Hofbau"),
        ("Two bandits were shot", "prison"),
        ("400 people to flee", "Hofbau"),
        ("two men were killed", "Zenda village"),
    ],
)
def test_a_claim_takes_its_own_place_else_the_one_before_else_the_event(words: str, expected: str) -> None:
    document = Document(STORY)
    at = STORY.index(words)
    assert place(document, document.sentence_at(at), Span(at, at + len(words))) == expected


@pytest.mark.parametrize(
    ("body", "where", "when"),
    [
        ("STRELSAU, Ruritania (RPA) - Six died.", "STRELSAU, Ruritania", None),
        ("ZENDA, 20 MAY 88 (RPA) -- [TEXT] SIX DIED.", "ZENDA", date(1988, 5, 20)),
        (
            "Hofbau, Ruritania (Daily Lark / RPA - 31st Jan, 2022 ) :Guards won.",
            "Hofbau, Ruritania",
            date(2022, 1, 31),
        ),
        ("Zenda 10-15 (RPA) - Six died.", "Zenda", None),
        ("Six died in Zenda on Friday (RPA).", None, None),
        ("", None, None),
    ],
)
def test_datelines(body: str, where: str | None, when: date | None) -> None:
    assert dateline(Document(body, published=date(2022, 1, 31))) == (where, when)


def test_telex_places_are_found_by_their_nouns() -> None:
    body = "SIX REBELS WERE KILLED IN CLASHES IN THE CITY OF NUEVA ZENDA, 20 KM FROM STRELSAU, IN RECENT DAYS OF COMBAT."
    document = Document(body)
    assert place(document, document.sentences[0], Span(0, 22)) == "CITY OF NUEVA ZENDA"


@given(st.text(max_size=300))
def test_a_place_is_made_of_words_of_the_text(text: str) -> None:
    document = Document(text)
    flat = " ".join(text.split())
    for sentence in document.sentences:
        found = place(document, sentence, Span(sentence.start, sentence.end))
        for spot in spots(document, sentence):
            assert sentence.start <= spot.start < spot.end <= sentence.end
        if found:
            assert all(word in flat for part in found.split(", ") for word in part.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("tea shop, northern city of Zenda", "Zenda"),
        ("Ruritania's southern port city, Zenda", "Zenda"),
        ("besieged Zenda prison, Hofbau", "Zenda prison, Hofbau"),
        ("northern cells, Tarlen prison", "northern cells, Tarlen prison"),
        ("northern Ruritania", "northern Ruritania"),
        ("town of al-Zend", "al-Zend"),
        ("inner prison", "inner prison"),
        ("TOWN OF ZENDA, SYLDAVIA", "TOWN OF ZENDA, SYLDAVIA"),
    ],
)
def test_a_place_is_told_by_its_names(words: str, expected: str) -> None:
    assert named(words) == expected
