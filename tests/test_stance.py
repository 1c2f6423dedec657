"""How far a speaker stands behind a figure, and which words are no claim."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.codes import Status
from tollbook.nouns import Span
from tollbook.reading.stance import cues, explain, status, veto
from tollbook.rules import Example, corpus, table
from tollbook.text import Document

SIGNS = re.compile(r"[{}<>]")


def marked(text: str) -> tuple[Document, Span, tuple[int, int]]:
    """A document, the span from the first brace to the last, and the outcome word."""

    def at(place: int) -> int:
        return place - len(SIGNS.findall(text[:place]))

    span = Span(at(min(text.index("{"), text.index("<"))), at(max(text.rindex("}"), text.index(">"))))
    return Document(SIGNS.sub("", text)), span, (at(text.index("<")), at(text.index(">")))


def stand(text: str) -> str:
    """The status, or why it is no claim, as the corpus writes it."""
    document, span, trigger = marked(text)
    reason = veto(document, document.sentence_at(span.start), span, trigger)
    return f"no claim: {reason.split(':')[0]}" if reason else str(status(document, span, trigger))


@pytest.mark.parametrize("example", corpus("en", "stance"), ids=lambda e: str(e.line))
def test_corpus(example: Example) -> None:
    assert stand(example.text) == example.expected


def test_explain_returns_the_words_that_decided() -> None:
    document, span, trigger = marked("Nine people were reportedly {<killed>} in Zenda.")
    assert [document.body[f.start : f.end] for f in explain(document, span, trigger)] == ["reportedly"]


def test_a_border_ends_the_reach_of_a_cue() -> None:
    document, span, trigger = marked("Two were reportedly hurt, but nine were {<killed>}.")
    assert status(document, span, trigger) is Status.ASSERTED
    assert explain(document, span, trigger) == ()


def test_a_veto_says_why_and_shows_the_words() -> None:
    document, span, trigger = marked("The gang vowed to {<kill>} a hundred soldiers.")
    reason = veto(document, document.sentences[0], span, trigger)
    assert reason == "planned: somebody means or threatens to do it (vowed to kill)"


def test_every_category_has_sentences_that_match_and_near_misses() -> None:
    wanted = {cue.category for cue in cues()} - {"pseudo"}
    shown = {e.expected.removeprefix("no claim: ") for e in corpus("en", "stance")}
    assert wanted <= shown
    assert sum(e.expected == "asserted" for e in corpus("en", "stance")) >= len(wanted)


def test_every_cue_stands_in_its_own_example() -> None:
    known = {*map(str, Status), *table("en", "stance")["veto"], "pseudo"}
    for cue in cues():
        words = re.findall(r"[a-z']+", cue.example.lower())
        needed = [
            w for w, optional in zip(cue.words, cue.optional, strict=True) if w is not None and not optional
        ]
        assert all(any(word in w for word in words) for w in needed), cue.example
        assert cue.category in known


@given(st.sampled_from(corpus("en", "stance")), st.sampled_from(["Nobody slept. ", "It rained.\n\n"]))
def test_a_sentence_before_changes_nothing(example: Example, before: str) -> None:
    assert stand(before + example.text) == example.expected


@given(
    st.lists(
        st.sampled_from(
            "nine people may have been not if will kill killed the toll rise , . denied reports said army".split()
        ),
        min_size=1,
        max_size=25,
    ),
    st.data(),
)
def test_any_words_have_one_status_and_cues_that_stand_in_the_text(
    parts: list[str], data: st.DataObject
) -> None:
    body = " ".join(parts)
    at = data.draw(st.integers(0, len(body) - 1))
    document = Document(body)
    assert status(document, Span(at, at + 1)) in Status
    for found in explain(document, Span(at, at + 1)):
        assert 0 <= found.start < found.end <= len(body)
