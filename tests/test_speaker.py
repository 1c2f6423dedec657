"""Who says a claim: sentences with their speaker, and what must hold for every text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.nouns import Span
from tollbook.reading.quotes import around, quotations
from tollbook.reading.speaker import speech, voice
from tollbook.reading.tags import lexicon
from tollbook.rules import Example, corpus, table
from tollbook.text import Document

BRACES = re.compile(r"[{}]")
TALE = """Guards on Sunday said they had beaten all raiders inside the fort that bandits stormed, sparking battles that left 90 dead.

Raiders had hidden in cellars, the Ruritanian Observatory for Peace said.

The war monitor, which has friends in Zenda, said the hunt went on.

"Dozens of raiders got away," the war monitor said.

It reported that 20 raiders had given up, while the Black Michael Front (BMF) killed another five.

The Paris-based group said 93 people had been killed -- including 68 raiders and seven bakers -- and warned of more.

The toll rose from 32 reported at noon on Sunday after more bodies came to light, the Observatory said.

Ben Holf, who heads the BMF's press office, told AFP that 11 bodies would be buried.

The fight made 4,000 people flee Zenda, the United Guilds said. Many slept at home, while 12 more slept in the halls."""


def marked(text: str) -> tuple[Document, Span]:
    """A document and the span that its braces mark."""
    start, end = text.index("{"), text.index("}") - 1
    return Document(BRACES.sub("", text)), Span(start, end)


def said(text: str) -> str:
    """The speaker of the marked words, as the corpus writes it."""
    found = voice(*marked(text))
    return " via ".join([found.name, *found.relayed_by]) if found else ""


def teller(document: Document, words: str) -> str | None:
    start = document.body.index(words)
    found = voice(document, Span(start, start + len(words)))
    return found.name if found else None


@pytest.mark.parametrize("example", corpus("en", "speech"), ids=lambda e: str(e.line))
def test_corpus(example: Example) -> None:
    assert said(example.text) == example.expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("left 90", None),
        ("Dozens of raiders", "Ruritanian Observatory for Peace"),
        ("20 raiders", "Ruritanian Observatory for Peace"),
        ("another five", "Ruritanian Observatory for Peace"),
        ("93 people", "Ruritanian Observatory for Peace"),
        ("seven bakers", "Ruritanian Observatory for Peace"),
        ("from 32", "Ruritanian Observatory for Peace"),
        ("11 bodies", "Ben Holf"),
        ("4,000 people", "United Guilds"),
        ("12 more", None),
    ],
)
def test_a_tale_is_told_by_its_voices(words: str, name: str | None) -> None:
    assert teller(Document(TALE), words) == name


def test_the_agency_that_was_told_is_the_relay() -> None:
    document = Document(TALE)
    start = TALE.index("11 bodies")
    found = voice(document, Span(start, start + 9))
    assert found is not None
    assert found.relayed_by == ("AFP",)
    assert TALE[found.start : found.end] == "told"


def test_a_monitors_own_post_goes_on_with_its_voice() -> None:
    body = "ROP activists documented the death of two men. In another raid, nine people were hurt."
    own = Document(body, publisher="Ruritanian Observatory for Peace")
    other = Document(body, publisher="The Zenda Gazette")
    assert teller(own, "nine people") == "ROP activists"
    assert teller(other, "nine people") is None


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    document = Document('The clerk said: "Two fell.\n\nNine rose. "Ten sat," he said.')
    assert around(document, document.body.index("Two")) is not None
    assert around(document, document.body.index("Nine")) is None
    assert [document.body[s:e] for s, e in quotations(document)] == ["Two fell.", "Ten sat,"]


def test_every_frame_is_read_in_its_example() -> None:
    for frame in table("en", "speech")["frame"]:
        read = speech(Document(frame["example"]))
        assert any(act.verb in frame["forms"].split() for act in read.acts(0)), frame["example"]


def test_every_group_of_roles_has_an_example_with_one_of_its_words() -> None:
    for name, group in table("en", "roles").items():
        words = {w for key, text in group.items() if key != "example" for w in text.split()}
        used = set(re.findall(r"[\w.-]+", group["example"].lower()))
        assert words & {u.rstrip(".") for u in used}, name


WORDS = st.sampled_from(
    [
        *sorted(lexicon())[::7],
        ",",
        ".",
        '"',
        "said",
        "told",
        "AFP",
        "Zenda",
        "Ben Holf",
        "nine",
        "killed",
        "that",
        "(",
        ")",
        "\n\n",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_any_text_gives_a_voice_or_none_and_its_verb_stands_there(
    parts: list[str], data: st.DataObject
) -> None:
    body = " ".join(parts)
    at = data.draw(st.integers(0, len(body) - 1))
    found = voice(Document(body), Span(at, at + 1))
    if found is not None:
        assert found.name
        assert body[found.start : found.end].lower() == found.verb
        assert found.name not in found.relayed_by


@given(
    st.sampled_from(corpus("en", "speech")),
    st.sampled_from(["\n\n", "The road was closed. ", "It rained.\n\n"]),
)
def test_a_sentence_before_that_names_nobody_changes_nothing(example: Example, before: str) -> None:
    text = before + example.text if "HE " not in example.text else example.text
    assert said(text) == example.expected
