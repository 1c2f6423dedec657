"""Classes: whose people a figure counts, by its noun, its list, its event and the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.codes import VictimsClass
from tollbook.nouns import Report
from tollbook.reading import read
from tollbook.reading.evidence import LARGE, TOPIC
from tollbook.rules import Example, corpus, table

REPORT = Report(original="0", text="0", title="", publisher="")


def classes(text: str) -> list[VictimsClass]:
    """The classes of a text's claims, in text order."""
    return [c.victims_class for c in read(REPORT, text).claims]


@pytest.mark.parametrize("example", corpus("en", "kinds"), ids=lambda e: f"line {e.line}")
def test_corpus(example: Example) -> None:
    assert " ".join(classes(example.text)) == example.expected, example.text


def test_a_class_is_inferred_unless_the_words_for_the_people_tell_it() -> None:
    found = read(
        REPORT,
        "A shell hit a bakery in Zenda and killed 17 people. Four nurses were also killed. Some 4,500 people fled.",
    ).claims
    assert [(c.figure.low, str(c.victims_class), c.inferred) for c in found] == [
        (17, "civilian", True),
        (4, "civilian", False),
        (4500, "civilian", True),
    ]


def test_every_weight_is_of_a_class_and_of_a_sign_that_can_stand() -> None:
    rules = table("en", "evidence")
    kinds = set(map(str, VictimsClass))
    for sign, weights in rules["weights"].items():
        assert set(weights) <= kinds, sign
        where, _, group = sign.partition(" ")
        if where in {"near", "sentence"}:
            assert group in rules["cues"], sign
        if where in {"beside", "text"}:
            assert group.removeprefix("has ") in kinds, sign
    assert set(rules["weights"]["any"]) == kinds


def test_no_cue_word_stands_in_a_group_twice() -> None:
    for group, words in table("en", "evidence")["cues"].items():
        assert len(words.split()) == len(set(words.split())), group


def test_plain_people_of_one_event_are_of_one_class() -> None:
    near = "Shells hit a school and a bakery full of families, killing 11 people. Three people were wounded."
    assert classes(near) == [VictimsClass.CIVILIAN, VictimsClass.CIVILIAN]


def test_people_told_of_far_away_are_judged_apart() -> None:
    market = "Shells hit a school and a bakery full of families, killing 11 people."
    far = "The weather was fine. " * (TOPIC + 3)
    blast = "An explosion killed four people near the river."
    assert classes(f"{market} {far}{blast}")[0] is VictimsClass.CIVILIAN
    assert classes(f"{far}{blast}") == classes(blast)


@given(st.integers(2, LARGE - 1), st.sampled_from(["Zenda", "Hofbau", "Port Vale"]))
def test_the_number_alone_changes_no_class_below_a_large_count(number: int, town: str) -> None:
    assert classes(f"{number} people were killed in {town}.") == classes(f"2 people were killed in {town}.")


@given(st.text(max_size=200))
def test_any_text_can_be_judged(text: str) -> None:
    assert all(isinstance(k, VictimsClass) for k in classes(text + " Two people were killed."))
