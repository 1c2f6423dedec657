"""Actors: who is said to have done it, as written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.nouns import Report
from tollbook.reading import read
from tollbook.rules import table

REPORT = Report(original="0", text="0", title="", publisher="")


def blamed(text: str) -> list[str | None]:
    """Whom each claim of a text blames."""
    return [c.perpetrator for c in read(REPORT, text).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two nurses were killed by suspected rebels near Velden.", ["suspected rebels"]),
        ("Two nurses were killed by stones near Velden.", [None]),
        ("Two nurses were killed near Velden, as confirmed by the army.", [None]),
        ("Gunmen killed a priest and wounded three men.", ["Gunmen", "Gunmen"]),
        ("The tremor of shells killed a priest.", [None]),
        ("Rebels stormed the mill, killing ten guards.", ["Rebels"]),
        ("Nine people were killed in a Russian air strike on Velden.", ["Russian"]),
        ("Nine people were killed in an air strike on Velden.", [None]),
        ("Nine people were killed when rebels fired on a bus.", ["rebels"]),
        ("Rebels killed a priest. Two women were wounded in the attack.", ["Rebels", "Rebels"]),
        ("Rebels killed a priest. Two women were wounded on Friday.", ["Rebels", None]),
        (
            "Rebels killed a priest. Soldiers killed two men. A nun died in the attack.",
            ["Rebels", "Soldiers", None],
        ),
        ("Nine people, including two women, were killed by militants.", ["militants", "militants"]),
        ("A bomber drove to the gate, blew himself up and killed three people.", ["A bomber"]),
        (
            "Twelve men held out on the ridge above Velden while the militia killed two guards.",
            ["the militia"],
        ),
        ("A blast beside a convoy of peacekeepers killed two men.", [None]),
        ("Police said the blast hit the mill, killing two men.", [None]),
    ],
)
def test_who_did_it_as_written(text: str, expected: list[str | None]) -> None:
    assert blamed(text) == expected


def test_the_patterns_of_the_table_compile() -> None:
    rules = table("en", "actors")
    for name in ("deeds", "acts", "told"):
        assert re.compile(rf"\b(?:{rules[name]})\b")


@given(st.text(max_size=200))
def test_whoever_is_blamed_stands_in_the_text(text: str) -> None:
    body = f"Two nurses were killed by rebels. {text}"
    flat = " ".join(body.split())
    assert all(who is None or who in flat for who in blamed(body))
