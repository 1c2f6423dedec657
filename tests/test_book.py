"""The book: judgements applied, order without effect, the past as it was known."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made
from conftest import Ids, ledger, written
from tollbook import book as books
from tollbook.codes import Verb
from tollbook.figures import Figure
from tollbook.nouns import EPOCH, Entry, Judgement
from tollbook.values import Book


def shape(book: Book) -> dict[str, object]:
    """All that a book says, the order of its mappings included."""
    return {
        name: list(v.items()) if isinstance(v := getattr(book, name), dict) else v
        for name in book.__slots__
        if not name.startswith("_")
    }


def after(entries: tuple[Entry, ...], text: str, ids: Ids) -> Book:
    """The book when more lines follow."""
    more = written(text, ids)
    late = timedelta(days=1)
    return books.realise([*entries, *(replace(e, recorded_at=e.recorded_at + late) for e in more)])


@settings(max_examples=200)
@given(made.histories(), st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(history: list[Entry], chance: random.Random) -> None:
    shuffled = history + history[:3]
    chance.shuffle(shuffled)
    assert shape(books.realise(shuffled)) == shape(books.realise(history))


@settings(max_examples=200)
@given(made.histories(), made.moments)
def test_as_known_at_a_moment_is_the_log_cut_there(history: list[Entry], moment: datetime) -> None:
    cut = [e for e in history if e.recorded_at <= moment]
    assert shape(books.at(history, moment)) == shape(replace(books.realise(cut), known_at=moment))


@settings(max_examples=200)
@given(made.histories())
def test_every_claim_stands_or_waits_or_fell_and_keeps_its_id(history: list[Entry]) -> None:
    book = books.realise(history)
    read = {e.id for e in history if e.KIND == "claim"}
    assert sorted(read) == sorted([*book.claims, *book.waiting, *book.fallen])
    assert all(claim.id == i for i, claim in book.claims.items())
    assert all(claim.id == i for i, (claim, _) in book.fallen.items())
    assert set(book.origin_of) == read
    assert set(book.incident_of.values()) <= set(book.incidents)
    assert set(book.merged.values()) <= set(book.incidents)
    assert not set(book.merged) & set(book.incidents)


@settings(max_examples=100)
@given(made.histories(), st.data())
def test_an_undone_judgement_is_as_if_never_made(history: list[Entry], data: st.DataObject) -> None:
    judged = [e for e in history if isinstance(e, Judgement)]
    if not judged:
        return
    one = data.draw(st.sampled_from(judged))
    undo = Judgement(verb=Verb.UNDO, target=one.id, reason="a slip", recorded_at=made.MORNING, nonce="again")
    redo = Judgement(
        verb=Verb.UNDO, target=undo.id, reason="no slip", recorded_at=made.MORNING, nonce="again"
    )
    rest = [e for e in history if e is not one]
    without = books.realise(rest)
    undone = books.realise([*history, undo])
    assert undone.claims == without.claims
    assert undone.incident_of == without.incident_of
    assert undone.acknowledged == without.acknowledged
    assert books.realise([*history, undo, redo]).claims == books.realise(history).claims


@settings(max_examples=300)
@given(made.histories(), made.histories(most=4), st.integers(0, 20), st.randoms(use_true_random=False))
def test_a_book_that_grew_is_the_book_of_all(
    history: list[Entry], more: list[Entry], cut: int, chance: random.Random
) -> None:
    # In a random order what is judged or linked may come after the judgement or the link.
    history = history[:2] + chance.sample(history[2:], len(history) - 2)
    # What a new report brings, which is the quick way, and anything at all, which is the slow one.
    brought = [e for e in history[cut:] if e.KIND not in {"judgement", "source"}]
    for before, new in ((history[:cut], brought), (history[:cut], history[cut:]), (history, more)):
        assert books.grown(books.realise(before), before, new) == books.realise([*before, *new])


@ledger
def test_whatever_comes_last_the_book_is_the_same(entries: tuple[Entry, ...], book: Book) -> None:
    """
    s = 2022-01-01 source name="Zenda Monitor" aliases=["the monitor"]
    a = 2022-01-20 incident name=A
    r = 2022-01-30 report publisher=gazette
    c = 2022-01-30 claim outcome=killed figure=12 speaker="the monitor"
    d = 2022-01-30 claim outcome=wounded figure=3
    e = 2022-01-30 course phase=ended publisher=GAZETTE
    b = 2022-01-22 incident name=B
    f = 2022-01-30 claim outcome=missing figure=3 report=r
    x = 2022-01-22 incident name=X
    2022-01-31 judgement verb=split target=a other=x claims=[d]
    2022-01-31 judgement verb=merge target=b other=x
    2022-01-31 judgement verb=reject target=c
    """
    for number, entry in enumerate(entries):
        before = [*entries[:number], *entries[number + 1 :]]
        assert books.grown(books.realise(before), before, [entry]) == book


@ledger
def test_a_new_report_grows_the_book_without_a_full_reckoning(
    entries: tuple[Entry, ...], book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    2022-01-01 source name="Zenda Monitor" aliases=["the monitor"]
    i = 2022-01-20 incident name=A
    2022-01-30 claim outcome=killed figure=12 speaker="the monitor" publisher=Gazette
    2022-01-30 unread original=00 reason="it is empty"
    j = 2022-01-30 judgement verb=merge target=i other=i
    x = 2022-01-21 incident name=B
    2022-01-31 claim outcome=killed figure=13 speaker="The Monitor" publisher=Courier
    2022-01-31 claim outcome=wounded figure=3 speaker=residents publisher=Courier proposed=yes
    2022-01-31 course phase=ended publisher=Courier
    """
    before = entries[: [e.KIND for e in entries].index("judgement") + 1]
    known = books.realise(before)
    monkeypatch.setattr("tollbook.book.growth.realise", lambda *_: None)
    assert books.grown(known, before, entries[len(before) :]) == book


@given(st.lists(made.entries, max_size=8))
def test_no_entries_whatever_break_the_book(entries: list[Entry]) -> None:
    book = books.realise(entries)
    assert book == books.realise(reversed(entries))


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match=r"\+00:00"):
        books.realise([], datetime(2022, 1, 30))  # noqa: DTZ001  (the fault itself)


@ledger
def test_a_rejected_claim_falls_with_its_reason_and_an_accepted_one_rises(
    book: Book, entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    i = 2022-01-20 incident name="Attack on Zenda"
    c = 2022-01-30 claim outcome=killed figure=12
    r = 2022-01-31 judgement verb=reject target=c reason="an age, not a count"
    """
    assert book.fallen[ids["c"]][1] == "an age, not a count"
    assert not book.claims
    assert not book.of(ids["i"])
    again = after(entries, "2022-02-01 judgement verb=accept target=c", ids)
    assert set(again.claims) == again.reviewed == {ids["c"]}


@ledger
def test_a_proposed_claim_waits_until_somebody_accepts_it(
    entries: tuple[Entry, ...], ids: Ids, book: Book
) -> None:
    """
    c = 2022-01-30 claim outcome=killed figure=12 proposed=yes made_by="a model"
    """
    assert set(book.waiting) == {ids["c"]}
    assert not book.claims
    accepted = after(entries, "2022-01-31 judgement verb=accept target=c", ids)
    assert not accepted.waiting
    assert not accepted.claims[ids["c"]].proposed
    rejected = after(entries, "2022-01-31 judgement verb=reject target=c", ids)
    assert set(rejected.fallen) == {ids["c"]}


@ledger
def test_of_two_corrections_of_a_field_the_later_counts_and_the_words_stay(book: Book, ids: Ids) -> None:
    """
    c = 2022-01-30 claim outcome=killed figure=12 as_written=twelve party=Ruritania
    2022-01-31 judgement verb=correct target=c changes=[(figure, 20..)] recorded_at=2022-01-31T12:00:00+00:00
    2022-01-31 judgement verb=correct target=c changes=[(figure, 13), (party, -)] recorded_at=2022-01-31T13:00:00+00:00
    2022-01-31 judgement verb=correct target=c changes=[(figure, 14)] recorded_at=2022-01-31T11:00:00+00:00
    """
    claim = book.claims[ids["c"]]
    assert claim.figure == Figure(13, 13, 13, "twelve")
    assert claim.party is None
    assert claim.id == ids["c"]
    assert ids["c"] in book.reviewed


@ledger
def test_a_correction_that_is_no_value_changes_nothing_and_one_of_the_evidence_neither(
    book: Book, ids: Ids
) -> None:
    """
    c = 2022-01-30 claim outcome=killed figure=12 quote="twelve died"
    2022-01-31 judgement verb=correct target=c changes=[(figure, many), (quote, "thirteen died"), (figgure, 3)]
    """
    assert book.claims[ids["c"]].figure == Figure(12, 12, 12)
    assert book.claims[ids["c"]].quote == "twelve died"


def test_a_correction_is_read_or_refused_with_a_sentence() -> None:
    assert books.correction("claim", "figure", "3..5") == Figure(3, None, 5)
    assert books.correction("report", "said_on", "-") is None
    for name, text, says in [
        ("quote", "x", "evidence"),
        ("said_on", "soon", "2022-01-30"),
        ("age", "3", "no field"),
    ]:
        with pytest.raises(ValueError, match=says):
            books.correction("claim", name, text)


@ledger
def test_the_day_of_a_report_moves_with_its_claims(book: Book, ids: Ids) -> None:
    """
    r = - report publisher=Gazette
    c = - claim outcome=killed figure=12
    d = 2022-01-29 claim outcome=killed figure=11
    2022-02-02 judgement verb=correct target=r changes=[(said_on, 2022-01-30)]
    """
    assert str(book.reports[ids["r"]].said_on) == "2022-01-30"
    assert str(book.claims[ids["c"]].said_on) == "2022-01-30"
    assert str(book.claims[ids["d"]].said_on) == "2022-01-29"


@ledger
def test_a_withdrawn_report_takes_its_claims_with_it(
    book: Book, entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    i = 2022-01-20 incident name="Attack on Zenda"
    r = 2022-01-30 report publisher=Gazette
    c = 2022-01-30 claim outcome=killed figure=12
    d = 2022-01-30 claim outcome=wounded figure=3 proposed=yes
    2022-01-30 course phase=ended
    e = 2022-01-30 claim outcome=killed figure=4 publisher=Courier
    w = 2022-01-31 judgement verb=withdraw target=r reason="the paper took it back"
    """
    assert {i: why for i, (_, why) in book.fallen.items()} == dict.fromkeys(
        (ids["c"], ids["d"]), "the paper took it back"
    )
    assert set(book.claims) == {ids["e"]}
    assert not book.courses
    assert ids["r"] in book.reports
    back = after(entries, "2022-02-01 judgement verb=undo target=w", ids)
    assert set(back.claims) == {ids["c"], ids["e"]}
    assert set(back.waiting) == {ids["d"]}


@ledger
def test_merges_chain_and_the_latest_in_a_circle_wins(
    book: Book, entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    a = 2022-01-20 incident name=A
    c = 2022-01-30 claim outcome=killed figure=12
    b = 2022-01-20 incident name=B
    x = 2022-01-20 incident name=X
    2022-01-31 judgement verb=merge target=a other=b
    m = 2022-01-31 judgement verb=merge target=b other=x
    """
    assert book.incident_of[ids["c"]] == ids["x"]
    assert set(book.incidents) == {ids["x"]}
    assert book.merged == {ids["a"]: ids["x"], ids["b"]: ids["x"]}
    circle = after(entries, "2022-02-01 judgement verb=merge target=x other=a", ids)
    # x into a is the newest, b into x the next; a into b would close the circle
    assert circle.merged == {ids["x"]: ids["a"], ids["b"]: ids["a"]}
    assert circle.incident_of[ids["c"]] == ids["a"]
    undone = after(entries, "2022-02-01 judgement verb=undo target=m", ids)
    assert undone.incident_of[ids["c"]] == ids["b"]
    settled = after(
        entries,
        """
        2022-02-01 judgement verb=merge target=x other=a
        2022-02-02 judgement verb=merge target=b other=x nonce=again
        2022-02-03 judgement verb=merge target=a other=b nonce=again
        """,
        ids,
    )
    assert settled.merged == {ids["a"]: ids["x"], ids["b"]: ids["x"]}
    nowhere = after(entries, "2022-02-01 judgement verb=merge target=x other=nothing-known", ids)
    assert nowhere.incident_of == book.incident_of


@ledger
def test_split_claims_leave_to_another_incident(book: Book, entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    a = 2022-01-20 incident name=A
    c = 2022-01-30 claim outcome=killed figure=12
    d = 2022-01-30 claim outcome=killed figure=3
    b = 2022-01-22 incident name=B
    s = 2022-01-31 judgement verb=split target=a other=b claims=[d]
    """
    assert book.incident_of == {ids["c"]: ids["a"], ids["d"]: ids["b"]}
    together = after(entries, "2022-02-01 judgement verb=merge target=b other=a", ids)
    assert set(together.incident_of.values()) == {ids["a"]}
    undone = after(entries, "2022-02-01 judgement verb=undo target=s", ids)
    assert set(undone.incident_of.values()) == {ids["a"]}


@ledger
def test_the_latest_link_decides_then_the_score_and_a_withdrawn_one_never(
    book: Book, entries: tuple[Entry, ...], ids: Ids
) -> None:
    """
    a = 2022-01-20 incident name=A
    b = 2022-01-22 incident name=B
    c = 2022-01-30 claim outcome=killed figure=12 incident=-
    2022-01-30 link claim=c incident=a score=0.9 recorded_at=2022-01-30T12:00:00+00:00
    2022-01-30 link claim=c incident=a score=0.3 recorded_at=2022-01-31T12:00:00+00:00
    l = 2022-01-30 link claim=c incident=b score=0.5 recorded_at=2022-01-31T12:00:00+00:00
    """
    assert book.incident_of[ids["c"]] == ids["b"]
    assert after(entries, "2022-02-01 judgement verb=reject target=l", ids).incident_of[ids["c"]] == ids["a"]
    assert (
        after(entries, "2022-02-01 judgement verb=withdraw target=b", ids).incident_of[ids["c"]] == ids["a"]
    )


@ledger
def test_an_acknowledged_finding_keeps_its_reason(book: Book, entries: tuple[Entry, ...], ids: Ids) -> None:
    """
    i = 2022-01-20 incident name=A
    k = 2022-01-31 judgement verb=acknowledge target=total-fell:i reason="the ministry counted anew"
    """
    key = f"total-fell:{ids['i']}"
    assert book.acknowledged == {key: "the ministry counted anew"}
    assert not after(entries, "2022-02-01 judgement verb=undo target=k", ids).acknowledged


@ledger
def test_an_origin_is_the_speaker_else_the_agency_else_the_publisher(book: Book, ids: Ids) -> None:
    """
    s = 2022-01-01 source name="Zenda Monitor for Human Rights" aliases=[ZMHR, "the war monitor"]
    2022-01-01 source name="Strelsau News Agency" aliases=[SNA]
    a = 2022-01-30 claim outcome=killed figure=1 publisher=Gazette speaker="The  WAR monitor"
    b = 2022-01-30 claim outcome=killed figure=2 publisher="Gazette (AFP)"
    c = 2022-01-30 claim outcome=killed figure=3 publisher="Gazette (sna)"
    d = 2022-01-30 claim outcome=killed figure=4 publisher="Gazette (London)"
    e = 2022-01-30 claim outcome=killed figure=5 publisher="Gazette" relayed_by=[AFP, Courier]
    f = 2022-01-30 claim outcome=killed figure=6 publisher="Gazette (AFP)" speaker=residents
    g = 2022-01-30 claim outcome=killed figure=7 publisher="the gazette"
    h = 2022-01-30 claim outcome=killed figure=8 publisher="Gazette"
    j = 2022-01-30 claim outcome=killed figure=9 publisher="Gazette" speaker=zmhr
    k = 2022-01-30 claim outcome=killed figure=10 publisher="Gazette" speaker="ZMHR sources"
    l = 2022-01-30 claim outcome=killed figure=11 publisher="Gazette" speaker="a spokesman for the ZMHR"
    m = 2022-01-30 claim outcome=killed figure=12 publisher="Gazette" speaker="Hofbau sources"
    """
    origins = {label: book.origin_of[i] for label, i in ids.items() if label != "s"}
    assert origins == {
        "a": "Zenda Monitor for Human Rights",
        "b": "AFP",
        "c": "Strelsau News Agency",
        "d": "Gazette (London)",
        "e": "AFP",
        "f": "residents (AFP)",
        "g": "Gazette",
        "h": "Gazette",
        "j": "Zenda Monitor for Human Rights",
        "k": "Zenda Monitor for Human Rights",
        "l": "Zenda Monitor for Human Rights",
        "m": "Hofbau sources",
    }


@ledger
def test_a_confidential_source_is_an_origin_by_its_handle_only(book: Book, ids: Ids) -> None:
    """
    s = 2022-01-01 source name="Rudolf Rassendyll" aliases=["the major"] confidential=yes
    2022-01-30 claim outcome=killed figure=1 speaker="The Major"
    2022-01-30 claim outcome=killed figure=2 publisher="Rudolf Rassendyll"
    """
    assert set(book.origin_of.values()) == {book.sources[ids["s"]].handle}


@ledger
def test_of_the_cards_of_one_source_the_newest_counts(book: Book, ids: Ids) -> None:
    """
    a = 2022-01-02 source name=Gazette reliability=B recorded_at=2022-01-02T00:00:00+00:00
    b = 2022-01-01 source name=GAZETTE reliability=C recorded_at=2022-01-03T00:00:00+00:00
    """
    assert set(book.sources) == {ids["b"]}


def test_a_thing_learned_twice_was_learned_the_first_time() -> None:
    (entry,) = written("2022-01-01 source name=Gazette")
    again = replace(entry, recorded_at=EPOCH + timedelta(days=9), made_by="somebody")
    assert list(books.realise([again, entry]).sources.values()) == [entry]
    assert next(iter(books.realise([again, entry]).sources.values())).recorded_at == entry.recorded_at
