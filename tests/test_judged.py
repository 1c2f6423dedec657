"""What people's judgements make of a book beside its figures: levels, pairs, grades, and where checking stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Ids, ledger
from tollbook.book import realise
from tollbook.codes import Grade, Level, Review, Verb
from tollbook.nouns import EPOCH, Entry, Incident, Judgement, Link
from tollbook.values import Book


@ledger
def test_an_incident_stands_under_a_campaign_and_that_under_a_war(book: Book, ids: Ids) -> None:
    """
    w = - incident name="War of Ruritania" level=war
    c = - incident name="Campaign of Zenda" level=campaign
    i = 2022-03-01 incident name="Shelling of Zenda"
    2022-03-02 judgement verb=nest target=i other=c
    2022-03-02 judgement verb=nest target=c other=w
    2022-03-02 judgement verb=nest target=w other=i
    """
    assert book.above == {ids["i"]: ids["c"], ids["c"]: ids["w"]}
    assert book.incidents[ids["w"]].level is Level.WAR


@ledger
def test_what_is_taken_out_or_merged_away_stands_under_nothing(book: Book, ids: Ids) -> None:
    """
    w = - incident name="War of Ruritania" level=war
    i = 2022-03-01 incident name="Shelling of Zenda"
    k = 2022-03-01 incident name="Shelling of the town"
    x = 2022-03-09 incident name="Raid on Strelsau"
    2022-03-02 judgement verb=nest target=i other=w
    2022-03-02 judgement verb=nest target=x other=w
    2022-03-03 judgement verb=nest target=x
    2022-03-03 judgement verb=merge target=i other=k
    """
    assert book.above == {ids["k"]: ids["w"]}


@ledger
def test_apart_is_remembered_until_the_two_are_merged(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    k = 2022-03-01 incident name="Shelling of the town"
    x = 2022-03-09 incident name="Raid on Strelsau"
    2022-03-02 judgement verb=apart target=i other=k
    2022-03-02 judgement verb=apart target=x other=k
    2022-03-03 judgement verb=merge target=i other=k
    """
    assert book.apart == {frozenset({ids["x"], ids["k"]})}


@ledger
def test_a_grade_and_a_credibility_are_what_was_said_last(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    c = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    2022-03-02 judgement verb=grade target=i changes=[(grade, weak)]
    2022-03-03 judgement verb=grade target=i changes=[(grade, fair)]
    2022-03-04 judgement verb=grade target=i changes=[(grade, splendid)]
    2022-03-03 judgement verb=rate target=c changes=[(credibility, "2")]
    2022-03-03 judgement verb=assign target=c changes=[(to, rudolf)]
    2022-03-03 judgement verb=comment target=c reason="look at the second sentence"
    """
    assert book.grades == {ids["i"]: Grade.FAIR}
    assert book.credibility == {ids["c"]: 2}
    assert book.assigned == {ids["c"]: "rudolf"}
    assert [j.reason for j in book.comments[ids["c"]]] == ["look at the second sentence"]


@ledger
def test_where_checking_stands(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    a = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    b = 2022-03-02 claim outcome=killed figure=13 speaker=Council
    c = 2022-03-02 claim outcome=killed figure=14 speaker=Army
    d = 2022-03-02 claim outcome=killed figure=15 speaker=Guard
    e = 2022-03-02 claim outcome=wounded figure=15 speaker=Guard
    2022-03-02 judgement verb=accept target=a
    2022-03-02 judgement verb=accept target=b
    2022-03-02 judgement verb=correct target=b changes=[(figure, "31")]
    2022-03-02 judgement verb=unverifiable target=c
    2022-03-02 judgement verb=review target=d
    2022-03-02 judgement verb=reject target=e
    """
    said = {label: book.reviews.get(i, Review.UNREVIEWED) for label, i in ids.items()}
    assert said == {
        "i": Review.UNREVIEWED, "a": Review.ACCEPTED, "b": Review.CHANGED, "c": Review.UNVERIFIABLE,
        "d": Review.IN_REVIEW, "e": Review.REJECTED,
    }  # fmt: skip


@ledger
def test_an_accepted_incident_that_gets_another_claim_is_changed(book: Book, ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    a = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor
    k = 2022-03-01 incident name="Raid on Strelsau"
    b = 2022-03-02 claim outcome=killed figure=13 speaker=Monitor
    2022-03-02 judgement verb=accept target=i
    2022-03-02 judgement verb=accept target=k
    c = 2022-03-03 claim outcome=killed figure=14 speaker=Council incident=i
    """
    assert book.reviews == {ids["i"]: Review.CHANGED, ids["k"]: Review.ACCEPTED}


def _signed(entries: Sequence[Entry], *names: str) -> list[Entry]:
    """The entries with the judgements signed by these people in turn."""
    people = iter(names)
    return [replace(e, made_by=next(people)) if isinstance(e, Judgement) else e for e in entries]


@ledger
def test_two_persons_accept_where_the_box_asks_for_two(entries: list[Entry], ids: Ids) -> None:
    """
    i = 2022-03-01 incident name="Shelling of Zenda"
    p = 2022-03-02 claim outcome=killed figure=12 speaker=Monitor proposed=yes
    2022-03-03 judgement verb=accept target=p reason="read it"
    2022-03-03 judgement verb=accept target=p reason="read it too"
    """
    twice = realise(_signed(entries, "rudolf", "rudolf"), two_persons=True)
    assert twice.reviews[ids["p"]] is Review.IN_REVIEW
    assert ids["p"] in twice.waiting
    both = realise(_signed(entries, "rudolf", "flavia"), two_persons=True)
    assert both.accepted_by[ids["p"]] == ("rudolf", "flavia")
    assert both.reviews[ids["p"]] is Review.ACCEPTED
    assert ids["p"] in both.claims
    assert ids["p"] in realise(_signed(entries, "rudolf", "rudolf")).claims


# --- properties over judgements drawn at random ------------------------------------------------------------

WAR = Incident(name="War", level=Level.WAR)
CAMPAIGN = Incident(name="Campaign", level=Level.CAMPAIGN)
EVENTS = [Incident(name=f"Event {n}") for n in range(3)]
ALL_OF_THEM: list[Incident] = [WAR, CAMPAIGN, *EVENTS]
VERBS = [
    Verb.NEST, Verb.APART, Verb.MERGE, Verb.GRADE, Verb.ACCEPT, Verb.REVIEW, Verb.UNVERIFIABLE, Verb.CORRECT,
    Verb.ASSIGN, Verb.COMMENT,
]  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Five incidents of three levels, a link, and up to eight judgements on them."""
    found: list[Entry] = [*ALL_OF_THEM, Link(claim="c", incident=EVENTS[0].id)]
    for n in range(draw(st.integers(1, 8))):
        verb = draw(st.sampled_from(VERBS))
        one, other = (draw(st.sampled_from(ALL_OF_THEM)).id for _ in range(2))
        changes = {
            Verb.GRADE: (("grade", draw(st.sampled_from(list(Grade)))),),
            Verb.ASSIGN: (("to", draw(st.sampled_from(["", "rudolf", "flavia"]))),),
            Verb.CORRECT: (("name", f"Name {n}"),),
        }.get(verb, ())
        paired = verb in {Verb.NEST, Verb.APART, Verb.MERGE} and one != other
        found.append(
            Judgement(
                verb=verb, target=one, other=other if paired else None, reason=f"because {n}", changes=changes,
                recorded_at=EPOCH + timedelta(minutes=n + 1),
                made_by=draw(st.sampled_from(["rudolf", "flavia"])),
            )
        )  # fmt: skip
    return found


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=1000, deadline=None)
def test_the_order_of_judgements_in_the_log_does_not_matter(entries: list[Entry], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert realise(shuffled, two_persons=True) == realise(entries, two_persons=True)


@given(histories())
@settings(max_examples=1000, deadline=None)
def test_above_always_rises_and_nothing_is_apart_from_itself(entries: list[Entry]) -> None:
    book = realise(entries)
    for under, over in book.above.items():
        assert book.incidents[under].level.rank < book.incidents[over].level.rank
    assert all(len(pair) == 2 for pair in book.apart)
    assert not book.grades.keys() & book.merged.keys()


@given(histories(), st.data())
@settings(max_examples=1000, deadline=None)
def test_undoing_a_judgement_restores_the_book_without_it(entries: list[Entry], data: st.DataObject) -> None:
    judged = [e for e in entries if isinstance(e, Judgement)]
    gone = data.draw(st.sampled_from(judged))
    undo = Judgement(
        verb=Verb.UNDO, target=gone.id, reason="no", recorded_at=EPOCH + timedelta(hours=1), made_by="rudolf"
    )
    without = realise([e for e in entries if e is not gone], two_persons=True)
    undone = realise([*entries, undo], two_persons=True)
    for name in (
        "reviews",
        "above",
        "apart",
        "grades",
        "assigned",
        "comments",
        "accepted_by",
        "merged",
        "incidents",
    ):
        assert getattr(undone, name) == getattr(without, name)
