"""Notation: what is written is what is read, for everything an entry can hold."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import made
from conftest import ledger, written
from tollbook import figures, notation
from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import EPOCH, KINDS, Assertion, Claim, Entry, Incident, Judgement, Source, Span


@given(made.entries)
@example(Source(name="-", aliases=("-", "")))
@example(Assertion(incident="-", outcome=Outcome.KILLED, expects=Figure(1, 1, 1, "-")))
def test_an_entry_survives_its_line(entry: Entry) -> None:
    line = notation.show(entry)
    assert len(line.splitlines()) == 1
    assert not set(line) & {"\u202e", "\u2066"}
    assert notation.parse(line) == entry


@given(made.entries)
def test_the_id_is_made_of_what_is_said_not_of_when_or_by_whom(entry: Entry) -> None:
    later = dataclasses.replace(entry, recorded_at=EPOCH, made_by="somebody else")
    assert later.id == entry.id == notation.parse(notation.show(later)).id
    assert len(entry.id) == 16


@given(made.claims, made.texts)
def test_a_changed_quote_is_another_claim(claim: Claim, quote: str) -> None:
    assert (dataclasses.replace(claim, quote=quote).id == claim.id) == (quote == claim.quote)


@given(made.figures())
def test_a_figure_keeps_its_number_as_written(figure: Figure) -> None:
    claim = notation.parse(f"- claim outcome=killed report=r span=1:2 quote=x figure={figures.show(figure)}")
    assert isinstance(claim, Claim)
    assert claim.figure == dataclasses.replace(figure, as_written="")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "a day and a kind"),
        ("2022-01-30", "a day and a kind"),
        ("2022-01-30 rumour text=x", "unknown kind 'rumour'; one of source, report"),
        ("2022-13-30 source name=x", "month"),
        ("2022-01-30 source nam=x", "a source has no field 'nam'; it has name, aliases"),
        ("2022-01-30 source name", "expected field=value at"),
        ("2022-01-30 source name=[x", "not closed"),
        ("2022-01-30 source name=x confidential=maybe", "yes or no"),
        ("2022-01-30 claim outcome=slain report=r span=1:2 quote=x", "slain"),
        ("2022-01-30 claim outcome=killed report=r span=1:2 quote=x figure=9..3", "not in order"),
        ("2022-01-30 claim outcome=killed", "missing"),
        ("2022-01-30 source name=-", "cannot be empty"),
        ("2022-01-30 source name=a name=b", "name is given twice"),
        ("2022-01-30 source name=[a]", "one value, not a list"),
        ('2022-01-30 source name="\\q"', "escape"),
        ("2022-01-30 source name=a as_written=b", "no field 'as_written'"),
        ("2022-01-30 source name=a aliases=[b, [c]]", "write words"),
        (
            "2022-01-30 judgement verb=correct target=x reason=y changes=figure",
            "write pairs: [(field, value)]",
        ),
        ("2022-01-30 judgement verb=correct target=x reason=y changes=[(a, b, c)]", "write pairs"),
        ("2022-01-30 source name=a recorded_at=2022-01-30T10:00", "write 2022-01-30T10:00+00:00"),
        ("2022-01-30 link claim=a incident=b score=nan", "nan is no number"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, says: str) -> None:
    with pytest.raises(notation.BadLineError, match=re.escape(says)):
        notation.parse(line)


@given(made.words)
def test_no_line_of_junk_raises_anything_else(junk: str) -> None:
    try:
        notation.parse(f"2022-01-30 source name={junk}")
    except notation.BadLineError:
        return


@given(made.entries, st.data())
def test_no_line_with_a_slip_raises_anything_else(entry: Entry, data: st.DataObject) -> None:
    line = notation.show(entry)
    at = data.draw(st.integers(0, len(line)))
    slip = (
        line[:at]
        + data.draw(st.sampled_from(["", " ", '"', "\\", "[", "]", "=", "-", "x", "9"]))
        + line[at + 1 :]
    )
    try:
        notation.parse(slip)
    except notation.BadLineError:
        return


def test_a_field_value_is_read_as_a_person_writes_it() -> None:
    assert notation.field_value("claim", "figure", "20..") == Figure(low=20)
    assert notation.field_value("claim", "outcome", "wounded") is Outcome.WOUNDED
    assert notation.field_value("claim", "party", "-") is None
    assert notation.field_value("source", "aliases", '[ZM, "the monitor"]') == ("ZM", "the monitor")
    assert notation.field_value("source", "aliases", "ZM") == ("ZM",)
    assert notation.field_value("claim", "speaker", "[not a list]") == "[not a list]"
    with pytest.raises(notation.BadLineError, match="no field 'figgure'"):
        notation.field_value("claim", "figgure", "20")


def test_every_kind_has_its_own_name() -> None:
    assert all(kind == cls.KIND for kind, cls in KINDS.items())


@ledger
def test_a_ledger_fills_in_what_a_test_need_not_say(entries: tuple[Entry, ...], ids: dict[str, str]) -> None:
    """
    s = 2022-01-01 source name="Zenda Monitor" aliases=[ZM, "the monitor"]
    i = 2022-01-20 incident name="Attack on Zenda"
    c = 2022-01-30 claim outcome=killed figure=12..(14)..20 speaker=ZM
    2022-01-31 judgement verb=merge target=i other=i
    """
    by_id = {e.id: e for e in entries}
    source, claim = by_id[ids["s"]], by_id[ids["c"]]
    assert isinstance(source, Source)
    assert source.aliases == ("ZM", "the monitor")
    assert isinstance(claim, Claim)
    assert claim.figure == Figure(12, 14, 20)
    assert claim.report in by_id
    (judgement,) = (e for e in entries if isinstance(e, Judgement))
    assert (judgement.target, judgement.other) == (ids["i"], ids["i"])
    assert [e.KIND for e in entries] == ["source", "incident", "report", "claim", "link", "judgement"]


def test_a_ledger_refuses_a_bad_line() -> None:
    with pytest.raises(notation.BadLineError):
        written("2022-01-30 claim outcom=killed")


@given(made.entries)
def test_an_id_is_the_digest_of_its_json(entry: Entry) -> None:
    """The id is written by hand for speed; this is what it is defined as."""

    def plain(value: object) -> object:
        if isinstance(value, Figure):
            return [value.low, value.best, value.high, value.as_written]
        if isinstance(value, Span):
            return [value.start, value.end]
        assert isinstance(value, date)
        return value.isoformat()

    kept = {
        f.name: (getattr(entry, f.name), f.default)
        for f in dataclasses.fields(entry)
        if f.name not in entry.APART
    }
    said = {name: value for name, (value, default) in kept.items() if value != default}
    text = json.dumps([entry.KIND, said], sort_keys=True, default=plain, ensure_ascii=False)
    assert entry.id == hashlib.sha256(text.encode()).hexdigest()[:16]


@given(st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours))), made.moments)
def test_a_moment_keeps_its_zone(zone: timezone, moment: datetime) -> None:
    """Equal moments of two zones are two lines, whichever is written first."""
    for same in (moment.astimezone(zone), moment, moment.astimezone(zone)):
        line = notation.show(Incident(name="x", recorded_at=same))
        assert line.endswith(f"recorded_at={same.isoformat()}")
