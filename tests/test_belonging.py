"""Whose people the victims are, by what stands around their noun: every rule with a sentence that it must leave alone."""

from datetime import date

import pytest

from tollbook.nouns import Report
from tollbook.reading import read

FRONT, HAND = "Strelsau Liberation Front", "Black Hand of Zenda"
NAMED = f" The Black Hand of Zenda and the {FRONT} (SLF), a forester-led alliance, hold the hills."


def whose(text: str) -> list[tuple[int | None, str | None]]:
    """Least and party of each claim of the text."""
    report = Report(said_on=date(2031, 5, 6), title="", publisher="The Gazette", original="0", text="0")
    return [(c.figure.low, c.party) for c in read(report, text + NAMED).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of: the party behind it, alone or with forces that go with it
        ("On Monday nine fighters of the Strelsau Liberation Front were killed.", [(9, FRONT)]),
        (
            "On Monday nine fighters of the Strelsau Liberation Front and allied security forces were killed.",
            [(9, FRONT)],
        ),
        (
            "Nine fighters of the Strelsau Liberation Front and the internal security police died.",
            [(9, FRONT)],
        ),
        ("Nine fighters of the Strelsau Liberation Front and the Black Hand of Zenda died.", [(9, None)]),
        ("Nine fighters of the forester-led forces died.", [(9, FRONT)]),
        ("Six militants of the Black Hand of Zenda were killed.", [(6, HAND)]),
        ("Six victims of the Black Hand of Zenda were killed.", [(6, None)]),
        # the group: the one party of the text that it can mean
        ("Thirty members of the group surrendered on Monday.", [(30, HAND)]),
        # apposition
        ("About 30 fighters of the militia, the Strelsau Liberation Front, were killed.", [(30, FRONT)]),
        # their own, by the speaker
        ("The SLF said on Monday that 12 of their fighters had been killed.", [(12, FRONT)]),
        ("The SLF said on Monday that 12 people were killed on its own side.", [(12, FRONT)]),
        ("The SLF said the Black Hand of Zenda admitted that 12 of their fighters were killed.", [(12, None)]),
        ("The mayor said on Monday that 12 of their fighters had been killed.", [(12, None)]),
        # who lost them
        ("The Strelsau Liberation Front (SLF) lost 21 people in the battle.", [(21, FRONT)]),
        ("The village lost 21 people in the battle.", [(21, None)]),
        # shares of a party's dead are the party's, civilians are not
        (
            "The SLF lost 21 people. The 21 dead comprise 17 prison guards and four civilians, it said.",
            [(21, FRONT), (21, FRONT), (17, FRONT), (4, None)],
        ),
        # inmates who surrender are of the party that is named; those who are killed may be its captives
        ("More than 90 SLF inmates have surrendered.", [(91, FRONT)]),
        ("More than 90 SLF inmates have been killed.", [(91, None)]),
        # a noun that is taken over keeps its party
        (
            "Monday 20 fighters of the Black Hand of Zenda surrendered, and five more were killed.",
            [(20, HAND), (5, HAND)],
        ),
    ],
)  # fmt: skip
def test_belonging(text: str, expected: list[tuple[int | None, str | None]]) -> None:
    assert whose(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "Some 45,000 villagers have fled. Most found room with kin; hundreds are sleeping in barns.",
            45_000,
        ),
        ("Some 45,000 villagers have fled. Hundreds are sleeping in barns.", None),
    ],
)
def test_what_most_of_them_leaves_is_a_share(text: str, whole: int | None) -> None:
    report = Report(said_on=date(2031, 5, 6), title="", publisher="The Gazette", original="0", text="0")
    claims = read(report, text).claims
    low = {c.id: c.figure.low for c in claims}
    assert all(low.get(c.part_of or "") == whole for c in claims if c.figure.low == 200)
    assert whole is None or [c.figure.low for c in claims] == [45_000, 200]
