"""Entries made at random, for property tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tollbook.codes import Addition, Mode, Outcome, Phase, Scope, SourceKind, Status, Verb, VictimsClass
from tollbook.figures import Figure
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Doubt,
    Entry,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Source,
    Span,
    Unread,
)

MORNING = datetime(2022, 1, 30, 6, tzinfo=UTC)

days = st.none() | st.dates(date(2022, 1, 1), date(2022, 2, 28))
moments = st.integers(0, 40).map(lambda n: MORNING + timedelta(minutes=n))
# Everything that a text may hold, with the signs that notation itself uses well represented.
texts = st.text(
    st.sampled_from("ab Z\"\\=[](),-.:\n\t'é\u2028\x85\u202e文") | st.characters(codec="utf-8"), max_size=12
)
words = texts.filter(bool)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
handles = st.text("0123456789abcdef", min_size=16, max_size=16)
few = st.lists(texts, max_size=3).map(tuple)
counts = st.none() | st.integers(0, 10**6)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any figure, with open ends and with words."""
    ends = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=3)))
    kept = [n if draw(st.booleans()) else None for n in ends]
    return Figure(kept[0], kept[1], kept[2], draw(texts))


spans = st.tuples(st.integers(0, 9999), st.integers(0, 99)).map(lambda p: Span(p[0], p[0] + p[1]))
_dated = {"said_on": days, "recorded_at": moments, "made_by": texts}
_stated = {
    "report": handles, "span": spans, "quote": texts, "speaker": st.none() | texts, "relayed_by": few,
    "place": st.none() | texts, "date_from": days, "date_to": days, "status": st.sampled_from(Status), "rule": texts,
}  # fmt: skip

sources = st.builds(
    Source, name=texts, aliases=few, kind=st.sampled_from(SourceKind), party=st.none() | texts,
    reliability=st.sampled_from("ABCDEF"), confidential=st.booleans(), yields_min=counts, yields_max=counts,
    pseudonym=texts, coverage=few, silent_days=counts, notes=texts, **_dated,
)  # fmt: skip
reports = st.builds(
    Report, title=texts, publisher=texts, address=texts, lang=words, original=digests, text=digests,
    document=texts, origin=texts, reprints=st.none() | handles, **_dated,
)  # fmt: skip
claims = st.builds(
    Claim, outcome=st.sampled_from(Outcome), figure=figures(), victims=st.none() | texts,
    victims_class=st.sampled_from(VictimsClass), inferred=st.booleans(), party=st.none() | texts, perpetrator=st.none() | texts,
    scope=st.sampled_from(Scope), mode=st.sampled_from(Mode), addition=st.sampled_from(Addition), since=st.none() | texts, part_of=st.none() | handles,
    dim=st.none() | texts, supersedes=st.none() | handles, may_rise=st.booleans(), proposed=st.booleans(),
    **_stated, **_dated,
)  # fmt: skip
courses = st.builds(
    Course, type=texts, phase=st.sampled_from(Phase), actors=few, **_stated, **_dated
)  # fmt: skip
incidents = st.builds(
    Incident, name=texts, place=st.none() | texts, date_from=days, date_to=days,
    latitude=st.none() | st.floats(-90, 90), longitude=st.none() | st.floats(-180, 180),
    geo_precision=st.none() | st.integers(1, 7), **_dated,
)  # fmt: skip
links = st.builds(
    Link, claim=handles, incident=handles, score=st.floats(0, 1), reason=texts, **_dated
)  # fmt: skip
judgements = st.builds(
    Judgement, verb=st.sampled_from(Verb), target=texts, reason=texts, other=st.none() | texts, claims=few,
    changes=st.lists(st.tuples(texts, texts), max_size=3).map(tuple), nonce=texts, **_dated,
)  # fmt: skip
others = (
    st.builds(Doubt, report=handles, span=spans, quote=texts, why=texts, **_dated)
    | st.builds(Unread, original=texts, document=texts, origin=texts, reason=texts, **_dated)
    | st.builds(
        Assertion,
        incident=handles,
        outcome=st.sampled_from(Outcome),
        group=texts,
        expects=figures(),
        **_dated,
    )
    | st.builds(
        Publication,
        format=texts,
        incident=texts,
        upto=st.integers(0, 10**6),
        head=digests,
        digest=digests,
        method=texts,
        as_of=days,
        known_at=st.none() | moments,
        **_dated,
    )
)
entries: st.SearchStrategy[Entry] = st.one_of(
    sources, reports, claims, courses, incidents, links, judgements, others
)


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Entry]:
    """A small desk's log whose entries speak of each other: the kind of mess that people make."""
    found: list[Entry] = [
        Source(name=name, aliases=(alias,), recorded_at=draw(moments), confidential=draw(st.booleans()))
        for name, alias in (("Zenda Monitor", "the monitor"), ("Strelsau News Agency", "SNA"))
    ]
    told = [
        Report(
            publisher=publisher,
            original="0" * 64,
            text="1" * 64,
            said_on=draw(days),
            recorded_at=draw(moments),
        )
        for publisher in ("Gazette (SNA)", "gazette", "Courier (Zenda)")
    ]
    ids = [report.id for report in told]
    told = [replace(report, reprints=draw(st.none() | st.sampled_from(ids))) for report in told]
    where = [Incident(name=name, recorded_at=draw(moments)) for name in "ABCD"]
    said = [
        Claim(
            said_on=draw(days), recorded_at=draw(moments), report=draw(st.sampled_from(told)).id, span=Span(n, n + 9),
            quote=str(n), outcome=Outcome.KILLED, figure=draw(figures()), proposed=draw(st.booleans()),
            speaker=draw(st.sampled_from([None, "the monitor", "ZENDA MONITOR", "residents", "Courier"])),
        )
        for n in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    doubt = Doubt(report=told[0].id, span=Span(50, 59), quote="50", why="either", recorded_at=draw(moments))
    found += [*told, *where, *said, doubt]
    for number in range(draw(st.integers(0, most))):
        claim, spot = draw(st.sampled_from(said)).id, draw(st.sampled_from(where)).id
        at = draw(moments)
        if draw(st.booleans()):
            score = draw(st.sampled_from([0.5, 1.0]))
            found.append(Link(claim=claim, incident=spot, score=score, recorded_at=at))
            continue
        verb = draw(st.sampled_from(Verb))
        older = [e.id for e in found if isinstance(e, Judgement)]
        target = {
            Verb.MERGE: spot,
            Verb.SPLIT: spot,
            Verb.ACKNOWLEDGE: f"stale:{spot}",
            Verb.UNDO: draw(st.sampled_from(older)) if older else claim,
        }.get(verb, draw(st.sampled_from([claim, claim, told[0].id, doubt.id])))
        found.append(
            Judgement(
                verb=verb, target=target, reason=f"reason {number}", recorded_at=at,
                other=draw(st.sampled_from(where)).id, claims=(claim,),
                changes=draw(st.sampled_from([(("figure", "7"),), (("figure", "9..8"),), (("said_on", "2022-01-05"),)])),
            )
        )  # fmt: skip
    return found
