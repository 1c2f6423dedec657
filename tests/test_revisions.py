"""Revisions: which older figure a newer one replaces, and what is told beside both."""

import re

import pytest

from tollbook.nouns import Report
from tollbook.reading.reader import read
from tollbook.rules import table

GROUPS = [(name, key) for name, rows in table("en", "revisions").items() if name != "anchors" for key in rows]


@pytest.mark.parametrize(("name", "key"), GROUPS)
def test_every_phrase_matches_its_example(name: str, key: str) -> None:
    example = table("en", "revisions")[name][key].lower()
    assert re.search(key, example)
    assert any(piece in example for piece in table("en", "revisions")["anchors"]) or name == "less"


def replaced(body: str) -> dict[int | None, int | None]:
    """The newer figures of a text, each with the one it replaces."""
    made = read(Report(title="", publisher="", original="0", text="0"), body).claims
    by_id = {claim.id: claim for claim in made}
    return {c.figure.low: by_id[c.supersedes].figure.low for c in made if c.supersedes}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A bomb killed nine bakers. The toll rose to 12 when three died of wounds.", {12: 9}),
        ("The death toll rose to 34, up from 25.", {34: 25}),
        ("A bomb killed nine bakers in Zenda. Later reports spoke of 14 killed.", {14: 9}),
        ("Twelve bakers were killed in Zenda. Earlier, guards had said that nine were killed.", {12: 9}),
        ("Guards initially reported that nine bakers were killed, but doctors said 12 had died.", {12: 9}),
        (
            "At least 12 people died and 38 others were wounded in a blast. Initial reports spoke of nine killed and 30 wounded.",
            {12: 9, 38: 30},
        ),
        ("Forty people were killed in the storming of a mill. The guild lowered the toll to 31.", {31: 40}),
        ("A bomb killed nine bakers. An earlier attack killed 12 bakers.", {}),
        ("Twelve bakers were killed on Friday. Earlier this month nine bakers were killed.", {}),
        ("Twelve bakers were killed in Zenda. Earlier, guards had said that 12 bakers were killed.", {}),
        ("A bomb killed nine bakers. The number of guards rose to 40.", {}),
        ("A bomb killed two bakers. The toll of the war has risen to 4,000.", {}),
    ],
)
def test_a_newer_figure_replaces_an_older_one(body: str, expected: dict[int, int]) -> None:
    assert replaced(body) == expected
