"""The reader against anything: no crash, no hang, spans that stand, and time about linear in length."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tollbook import incidents
from tollbook.cli.contract import document
from tollbook.connectors.decode import UnreadableError, decode
from tollbook.nouns import Claim, Course, Doubt, Report
from tollbook.reading import read
from tollbook.rules import corpus
from tollbook.values import Reading

REPORT = Report(said_on=date(2022, 1, 31), title="Zenda", publisher="Zenda Monitor", original="0", text="0")
SENTENCES = [e.text for e in corpus("en", "claims")] + [e.text for e in corpus("en", "shares")]
CUES = (
    "killed", "wounded", "dead", "including", "of them", "at least", "between", "and", "no", "said", "who", "the", "died of",
    "up from", "since", "last", "Monday", "12", "1,000", "(", ")", "[", '"', "'", "“", "-", "--", ",", ".", ";", ":", "$", "\n",
    "\n\n", "people", "soldiers", "a", "another", "more than", "million", "Gen. Al", "al-", "year-old", "12-", "#", "@x", "http://x",
)  # fmt: skip


def sound(body: str) -> Reading:
    """The reading of a body, held to what every reading must keep."""
    found = read(REPORT, body)
    statements: list[Claim | Course | Doubt] = [*found.claims, *found.courses, *found.doubts]
    for s in statements:
        assert 0 <= s.span.start < s.span.end <= len(body)
        assert body[s.span.start : s.span.end] == s.quote
    ids = {c.id for c in found.claims}
    for c in found.claims:
        assert c.figure.low is None or c.figure.high is None or 0 <= c.figure.low <= c.figure.high
        assert c.part_of is None or c.part_of in ids
        assert c.date_from is None or c.date_to is None or c.date_from <= c.date_to
    return found


ODD = st.text(
    alphabet=st.characters(exclude_categories=["Cs"])
    | st.sampled_from("\u202e\u200b\u0301\u00ad\ufeff\u2028İıﬁ٣"),
    max_size=60,
)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes(data: bytes) -> None:
    """Random bytes, decoded as they come in; what is no text is refused with a sentence before it is read."""
    try:
        text, _ = decode(data)
    except UnreadableError:
        return
    sound(text)


@given(
    st.lists(ODD | st.sampled_from(CUES) | st.sampled_from(SENTENCES), max_size=14),
    st.sampled_from([" ", "", "\n"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_characters_between_cues(pieces: list[str], joint: str) -> None:
    """Cues and whole sentences with anything at all between them."""
    sound(joint.join(pieces))


@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=120, deadline=None)
def test_broken_sentences(sentence: str, chance: random.Random, upper: bool) -> None:
    """Sentences of the corpus with characters lost, doubled, swapped or turned into signs."""
    signs = list(sentence.upper() if upper else sentence)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(signs))
        signs[at] = chance.choice(["", signs[at] * 2, " ", "\n", "\u200f", chance.choice(CUES)])
    sound("".join(signs))


def test_every_reading_can_be_printed() -> None:
    """A long mixture of corpus sentences: the contract's object can be made of it."""
    chance = random.Random(7)
    body = "\n\n".join(" ".join(chance.sample(SENTENCES, 5)) for _ in range(12))
    found = sound(body)
    assert document("x", Reading(found.claims, found.courses, found.doubts, incidents.topics(found)))[
        "claims"
    ]


def _seconds(body: str) -> float:
    """CPU seconds, the least of three: what else the machine does only ever adds to them."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        sound(body)
        spent.append(time.process_time() - began)
    return min(spent)


# Once the length and four times: linear is 4, and what is quadratic is 16; noise and growing tables are allowed for.
SLOPE = 9.0
LEAST = 0.08


@pytest.mark.parametrize("cue", CUES)
def test_one_cue_again_and_again(cue: str) -> None:
    """A cue repeated thousands of times costs time by its length, not by its square."""
    count = 5_000 // max(2, len(cue))
    short, long = (_seconds(f"{cue} " * n) for n in (count, 4 * count))
    assert long < LEAST or long < SLOPE * max(short, LEAST / 4)


@pytest.mark.parametrize(
    "unit",
    [
        "Three people were killed in Zenda on Monday, the mayor said. ",
        "three soldiers, two rebels and a nurse were killed and nine wounded, including two children, ",
        "Twelve people died, among them four women. Two of the dead were nurses. ",
        "12 killed, 4 hurt; ",
        "said Colonel Sapt of the Zenda Monitor, who told the Red Cross that ",
        "- Zenda: 3 dead\n",
    ],
)
def test_long_texts_full_of_claims(unit: str) -> None:
    """Texts of one statement after the other, as lists and run-on sentences are."""
    count = 8_000 // len(unit)
    short, long = (_seconds(unit * n) for n in (count, 4 * count))
    assert long < 0.3 or long < SLOPE * short


def test_one_sentence_of_eight_megabytes() -> None:
    """A single sentence without an end is read in pieces, and in time by its length."""
    word = "the convoy of the northern road went on past the mills "
    short, long = (_seconds("At least 20 people were killed and " + word * n) for n in (2_000, 20_000))
    assert long < 0.5 or long < 25 * short
    assert _seconds("a" * 8_000_000) < 20
