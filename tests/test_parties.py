"""The parties that phrases mean, by the twin corpus and by what must hold of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.reading.parties import combatant, compiled, lexicon, parties, party
from tollbook.rules import Example, corpus, table
from tollbook.text import Document


@pytest.mark.parametrize("example", corpus("en", "parties"), ids=lambda e: f"line {e.line}")
def test_corpus(example: Example) -> None:
    text, _, phrase = example.text.partition("|")
    assert party(phrase.strip(), parties(Document(text.strip()))) == (example.expected or None)


def test_corpus_has_both_sides() -> None:
    found = corpus("en", "parties")
    assert sum(bool(e.expected) for e in found) >= 35
    assert sum(not e.expected for e in found) >= 20


def test_two_hundred_parties() -> None:
    assert len(lexicon().parties) >= 200


def test_every_row_is_complete() -> None:
    rows = table("en", "parties")["party"]
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    for row in rows:
        assert row["side"] in {"state", "non-state"}, row["name"]
        assert row.get("names") or row.get("acronyms"), row["name"]
        assert all(n == n.lower() for n in row.get("names", ())), row["name"]


@pytest.mark.parametrize(
    ("phrase", "fights"),
    [
        ("20 IS fighters", True),
        ("seven civilians", False),
        ("members of the SDF", True),
        ("prison guards", True),
        ("policemen", True),
        ("women and children", False),
        ("people", None),
        ("bodies", None),
        ("IS detainees", None),
        ("families of soldiers", False),
        ("the bodies of soldiers", True),
        ("Hamas officials", None),
        ("local officials", False),
    ],
)
def test_combatant(phrase: str, fights: bool | None) -> None:
    assert combatant(phrase) is fights


def test_desk_extends() -> None:
    extra = {
        "party": [
            {"name": "Zenda Guards", "kind": "militia", "side": "non-state", "acronyms": ["ZG"]},
            {"name": "SLF North", "kind": "rebels", "side": "non-state", "acronyms": ["SLF"]},
        ]
    }
    known = compiled(table("en", "parties"), extra)
    context = parties(Document("The ZG and the SLF met at the ford."), known)
    assert context.named == ("Zenda Guards", "SLF North")
    assert party("ZG men", context) == "Zenda Guards"
    assert party("SLF fighters", context) == "SLF North"
    assert party("SLF fighters", parties(Document("The SLF met them."))) == "Strelsau Liberation Front"


def test_headline_names() -> None:
    context = parties(Document("The rebels held the ford.", title="Strelsau Liberation Front holds ford"))
    assert party("rebels", context) == "Strelsau Liberation Front"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_safe(text: str, phrase: str) -> None:
    context = parties(Document(text))
    found = party(phrase, context)
    assert found is None or found in lexicon().parties
    for m in context.mentions:
        assert 0 <= m.start < m.end <= len(text)


def test_every_name_is_found() -> None:
    nobody = parties(Document("Rain fell all day."))
    for row in table("en", "parties")["party"]:
        for form in row.get("names", ()):
            assert party(f"members of the {form}", nobody) == row["name"], form
