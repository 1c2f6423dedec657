"""Names of persons: a short form takes the full one only where the text has one such person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tollbook.nouns import Report
from tollbook.reading import read
from tollbook.reading.names import fullest, names
from tollbook.text import Document


def victims(text: str) -> list[str | None]:
    """The people of each claim of a text."""
    return [c.victims for c in read(Report(original="0", text="0"), text).claims]


def test_surname_takes_the_one_full_name() -> None:
    assert fullest(Document("Ivo Brant was at home. Brant was shot."), "Brant") == "Ivo Brant"


def test_two_of_one_family_stay_two() -> None:
    text = "Magda Shahm was killed on Monday. Her brother Darin Shahm was killed on Tuesday."
    found = victims(text)
    assert any("Magda" in str(v) for v in found)
    assert any("Darin" in str(v) for v in found)
    assert fullest(Document(text), "Shahm") == "Shahm"


def test_title_does_not_hide_the_name() -> None:
    text = "MONSIGNOR OSRIC RALMO WAS KILLED IN 1980. THE MURDER OF MONSIGNOR RALMO WAS NEVER SOLVED."
    assert set(victims(text)) == {"OSRIC RALMO"}


@given(
    st.lists(
        st.sampled_from(["Ivo Brant", "Ana Brant", "Brant", "Lena Corvi", "Corvi"]), min_size=1, max_size=6
    )
)
def test_fullest_never_invents_a_name(mentions: list[str]) -> None:
    document = Document(". ".join(f"{m} came" for m in mentions) + ".")
    for mention in mentions:
        full = fullest(document, mention)
        assert full in document.body
        assert set(mention.split()) <= set(full.split())
        assert full == mention or full in names(document)[mention.split()[-1].lower()]
