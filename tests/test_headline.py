"""The headline toll: each policy in the smallest text that shows it, and what it does when switched off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import written
from tollbook.codes import Outcome
from tollbook.figures import show
from tollbook.nouns import Claim, Entry
from tollbook.toll import headline
from tollbook.toll.headline import POLICIES

KILLED, WOUNDED, DISPLACED = Outcome.KILLED, Outcome.WOUNDED, Outcome.DISPLACED

# A text of one report; each claim of the ledger stands a hundred characters after the one before.
TOP = "r = 2022-03-02 report publisher=Gazette\n"


def claims(ledger: str) -> list[Claim]:
    return [
        e
        for e in written(TOP + "\n".join(line.strip() for line in ledger.strip().splitlines()))
        if isinstance(e, Claim)
    ]


def toll(ledger: str, outcome: Outcome = KILLED, *without: str) -> str | None:
    found = headline(claims(ledger), without)
    return show(found[outcome]) if outcome in found else None


CASES = [
    # policy, ledger, outcome, the toll with it, the toll without it
    (
        "said",
        """2022-03-02 claim outcome=killed figure=90 status=denied
           2022-03-02 claim outcome=killed figure=80 status=possible
           2022-03-02 claim outcome=killed figure=12""",
        KILLED, "12", "90",
    ),
    (
        "occasion",
        """2022-03-02 claim outcome=killed figure=5 rule=occasion
           2022-03-02 claim outcome=killed figure=2""",
        KILLED, "2", "5",
    ),
    (
        "scope",
        """2022-03-02 claim outcome=killed figure=500 scope=war
           2022-03-02 claim outcome=killed figure=61 scope=period
           2022-03-02 claim outcome=killed figure=12""",
        KILLED, "12", "500",
    ),
    (
        "event",
        """2022-03-02 claim outcome=wounded figure=6
           2022-03-02 claim outcome=killed figure=61 scope=period""",
        KILLED, None, "61",
    ),
    (
        "whole",
        """w = 2022-03-02 claim outcome=killed figure=12 span=500:550
           a = 2022-03-02 claim outcome=killed figure=7 victims=villagers part_of=w span=0:50""",
        KILLED, "12", "7..(7)..12",
    ),
    (
        "newest",
        """old = 2022-03-02 claim outcome=killed figure=9
           new = 2022-03-02 claim outcome=killed figure=12 supersedes=old""",
        KILLED, "12", "9..(9)..12",
    ),
    (
        "on-top",
        """2022-03-02 claim outcome=killed figure=3 mode=increment
           2022-03-02 claim outcome=killed figure=12""",
        KILLED, "12", "3",
    ),
    (
        "size",
        """2022-03-02 claim outcome=killed figure=4000
           2022-03-02 claim outcome=killed figure=12""",
        KILLED, "12", "4000",
    ),
    (
        "numbered",
        """2022-03-02 claim outcome=wounded
           2022-03-02 claim outcome=wounded figure=12""",
        WOUNDED, "12", None,
    ),
    (
        "group-follows",
        """2022-03-02 claim outcome=killed figure=1
           2022-03-02 claim outcome=killed figure=12""",
        KILLED, "12", "1",
    ),
    (
        "another",
        """2022-03-02 claim outcome=killed figure=1 span=0:50
           2022-03-02 claim outcome=killed figure=1 mode=increment span=60:90""",
        KILLED, "2", "1",
    ),
    (
        "most-displaced",
        """2022-03-02 claim outcome=displaced figure=300
           2022-03-02 claim outcome=displaced figure=45000 scope=period""",
        DISPLACED, "45000", "300",
    ),
    (
        "also",
        """2022-03-02 claim outcome=killed figure=7 span=0:50
           2022-03-02 claim outcome=killed figure=2 span=80:130 quote="two clerks were also killed"
        """,
        KILLED, "9", "7",
    ),
    (
        "recorded",
        """2022-03-02 claim outcome=killed figure=20 span=0:50
           2022-03-02 claim outcome=killed figure=3 span=80:130 rule=recorded""",
        KILLED, "3", "20",
    ),
    (
        "side-by-side",
        """2022-03-02 claim outcome=killed figure=7 victims=guards span=0:50
           2022-03-02 claim outcome=killed figure=4 victims=civilians victims_class=civilian span=20:50""",
        KILLED, "11", "7",
    ),
    (
        "rounded",
        """2022-03-02 claim outcome=killed figure=371..
           2022-03-02 claim outcome=killed figure=373""",
        KILLED, "373", "371..(371)..373",
    ),
    (
        "parts",
        """a = 2022-03-02 claim outcome=killed figure=7 victims=guards part_of=gone
           b = 2022-03-02 claim outcome=killed figure=4 victims=civilians part_of=gone""",
        KILLED, "11", "7",
    ),
    (
        "own",
        """2022-03-02 claim outcome=killed figure=2 rule=active span=0:50
           2022-03-02 claim outcome=killed figure=1 rule=own span=60:90""",
        KILLED, "3", "2",
    ),
    (
        "shot",
        """2022-03-02 claim outcome=wounded figure=5 quote="Five people were shot"
           2022-03-02 claim outcome=killed figure=2""",
        WOUNDED, "3", "5",
    ),
    (
        "died",
        """2022-03-02 claim outcome=wounded figure=5 quote="Five people were hurt"
           2022-03-02 claim outcome=killed figure=1 quote="One of the injured later died" mode=total""",
        WOUNDED, "4", "5",
    ),
    ("bodies", "2022-03-02 claim outcome=bodies_found figure=6", KILLED, "6", None),
    (
        "sources",
        """2022-03-02 claim outcome=killed figure=12 span=0:50
           2022-03-02 claim outcome=killed figure=15 span=900:950
           2022-03-02 claim outcome=killed figure=40 span=990:999""",
        KILLED, "12..(12)..15", "12",
    ),
    (
        "both",
        '2022-03-02 claim outcome=other quote="a number of weavers were killed and injured"',
        KILLED, "2..(2)..", None,
    ),
    ("vague-low", "2022-03-02 claim outcome=killed figure=24..99 as_written=dozens", KILLED, "24..(24)..99", "24..99"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "ledger", "outcome", "with_it", "without_it"), CASES, ids=[c[0] for c in CASES]
)
def test_a_policy(policy: str, ledger: str, outcome: Outcome, with_it: str, without_it: str | None) -> None:
    assert toll(ledger, outcome) == with_it
    assert toll(ledger, outcome, policy) == without_it


def test_every_policy_has_a_case_and_a_sentence() -> None:
    assert [c[0] for c in CASES] == list(POLICIES)
    assert all(text.endswith(".") for text in POLICIES.values())


def test_a_thousand_count_only_where_the_text_begins_with_them() -> None:
    assert toll("2022-03-02 claim outcome=killed figure=4000 span=0:50") == "4000"
    assert toll("2022-03-02 claim outcome=killed figure=4000 span=2000:2050") is None
    assert toll("2022-03-02 claim outcome=killed figure=4000 span=0:50 scope=period") is None
    with_wounded = """2022-03-02 claim outcome=wounded figure=2 span=0:50
                      2022-03-02 claim outcome=killed figure=4000 span=90:150"""
    assert toll(with_wounded) is None
    assert toll(with_wounded.replace("=2 ", "=900 ")) == "4000"


def test_a_further_number_is_the_toll_where_no_total_holds_it() -> None:
    ledger = """2022-03-02 claim outcome=wounded figure=280 mode=increment
                2022-03-02 claim outcome=wounded figure=1"""
    assert toll(ledger, WOUNDED) == "280"


def test_killed_and_wounded_in_one_figure_are_no_toll_of_their_own_beside_the_dead() -> None:
    ledger = """2022-03-02 claim outcome=other quote="dozens were killed and injured" figure=24..99
                2022-03-02 claim outcome=killed figure=9"""
    assert toll(ledger, WOUNDED) is None
    assert toll(ledger) == "9"
    assert toll('2022-03-02 claim outcome=other figure=3 quote="three casualties"') is None


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="no policy"):
        headline([], ("best",))


def test_the_first_figure_is_the_toll() -> None:
    assert (
        toll("2022-03-02 claim outcome=killed figure=12\n2022-03-02 claim outcome=killed figure=40") == "12"
    )


def test_a_group_far_off_does_not_replace_one_person() -> None:
    ledger = """2022-03-02 claim outcome=killed figure=1 span=0:50
                2022-03-02 claim outcome=killed figure=12 span=900:950"""
    assert toll(ledger) == "1"


def test_single_persons_of_several_sentences_are_not_added() -> None:
    assert (
        toll(
            "2022-03-02 claim outcome=killed figure=1\n" * 1
            + "2022-03-02 claim outcome=killed figure=1 span=900:950"
        )
        == "1"
    )


def test_only_possible_deaths_are_still_a_toll() -> None:
    assert toll("2022-03-02 claim outcome=killed figure=12 status=possible") == "12"


def test_only_denied_deaths_and_only_a_war_are_none() -> None:
    assert toll("2022-03-02 claim outcome=killed figure=12 status=denied") is None
    assert toll("2022-03-02 claim outcome=killed figure=12 scope=war") is None


def test_a_period_alone_is_the_toll() -> None:
    assert toll("2022-03-02 claim outcome=killed figure=12 scope=period") == "12"


def test_words_without_a_number_are_two_or_more() -> None:
    assert toll("2022-03-02 claim outcome=wounded", WOUNDED) == "2..(2).."


def test_an_open_high_stays_open_and_an_upper_bound_is_its_own_best() -> None:
    assert toll("2022-03-02 claim outcome=killed figure=20..") == "20..(20).."
    assert toll("2022-03-02 claim outcome=killed figure=..30") == "..(30)..30"


def test_a_range_in_figures_has_no_best_of_its_own() -> None:
    assert toll('2022-03-02 claim outcome=killed figure=5..7 as_written="5 to 7"') == "5..7"


def test_shot_who_all_died_leave_no_wounded() -> None:
    ledger = """2022-03-02 claim outcome=wounded figure=2 quote="Two men were shot"
                2022-03-02 claim outcome=killed figure=2"""
    assert toll(ledger, WOUNDED) is None
    assert toll(ledger) == "2"


def test_one_more_who_was_shot_is_left_when_the_first_has_died() -> None:
    ledger = """2022-03-02 claim outcome=wounded figure=1 quote="A tailor was shot"
                2022-03-02 claim outcome=killed figure=1 quote="he was pronounced dead"
                2022-03-02 claim outcome=wounded figure=1 quote="a second man was shot" mode=total"""
    assert toll(ledger, WOUNDED) == "1"


def test_those_shot_who_are_known_to_be_dead_are_no_wounded() -> None:
    ledger = """2022-03-02 claim outcome=killed figure=4
                2022-03-02 claim outcome=wounded figure=1 quote="shot his wife" mode=total"""
    assert toll(ledger, WOUNDED) is None
    assert toll(ledger.replace("shot his wife", "A clerk was shot"), WOUNDED) == "1"


def test_one_who_was_hurt_and_died_is_not_wounded() -> None:
    ledger = """2022-03-02 claim outcome=wounded figure=1 quote="A tailor was critically hurt"
                2022-03-02 claim outcome=killed figure=1 quote="he later died" mode=total"""
    assert toll(ledger, WOUNDED) is None
    assert toll(ledger.replace("he later died", "a baker died"), WOUNDED) == "1"


def test_people_shot_and_wounded_are_wounded() -> None:
    ledger = """2022-03-02 claim outcome=wounded figure=5 quote="shot and wounded five people"
                2022-03-02 claim outcome=killed figure=2"""
    assert toll(ledger, WOUNDED) == "5"


def test_one_who_died_by_his_own_hand_is_in_a_total_that_is_no_deed() -> None:
    ledger = """2022-03-02 claim outcome=killed figure=3 rule=passive span=0:50
                2022-03-02 claim outcome=killed figure=1 rule=own span=60:90"""
    assert toll(ledger) == "3"
    assert toll("2022-03-02 claim outcome=killed figure=1 rule=own") == "1"


def test_bodies_do_not_add_to_the_killed() -> None:
    ledger = """2022-03-02 claim outcome=bodies_found figure=51..
                2022-03-02 claim outcome=killed figure=373"""
    assert toll(ledger) == "373"


def test_the_same_group_twice_is_not_added() -> None:
    ledger = """2022-03-02 claim outcome=killed figure=7 victims=guards span=0:50
                2022-03-02 claim outcome=killed figure=7 victims=guards span=20:50"""
    assert toll(ledger) == "7"


def test_nothing_said_is_no_toll() -> None:
    assert headline([]) == {}


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines = []
    for n in range(draw(st.integers(1, 5))):
        low, more = draw(st.integers(0, 40)), draw(st.integers(0, 9))
        figure = draw(st.sampled_from([f"{low}", f"{low}..", f"..{low}", f"{low}..{low + more}"]))
        scope = draw(st.sampled_from(["incident", "cumulative", "period", "war"]))
        outcome = draw(st.sampled_from(["killed", "wounded", "displaced", "bodies_found"]))
        part = draw(st.sampled_from(["", f" part_of=c{n - 1}" if n else ""]))
        lines.append(f"c{n} = 2022-03-02 claim outcome={outcome} figure={figure} scope={scope}{part}")
    return "\n".join(lines)


@given(texts(), st.sets(st.sampled_from(sorted(POLICIES))))
def test_low_best_and_high_are_in_order_whatever_is_switched_off(ledger: str, without: set[str]) -> None:
    for outcome, figure in headline(claims(ledger), without).items():
        assert figure.known
        assert outcome in {*Outcome}
        ends = [n for n in (figure.low, figure.best, figure.high) if n is not None]
        assert ends == sorted(ends)


@given(texts(), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(ledger: str, random: st.DataObject) -> None:
    found = claims(ledger)
    shuffled: list[Entry] = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert headline([c for c in shuffled if isinstance(c, Claim)]) == headline(found)
