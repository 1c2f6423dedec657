"""A reading as ``read --format jsonl`` prints it: one object a document, references by index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tollbook import toll
from tollbook.codes import coarse
from tollbook.nouns import Claim, Course, Statement
from tollbook.values import Reading


def document(name: str, reading: Reading) -> dict[str, object]:
    """The object of one document: its claims, its course claims (``events``) and its incidents."""
    places = {c.id: n for n, c in enumerate(reading.claims)}
    stories = {c.id: n for n, c in enumerate(reading.courses)}
    incidents = [
        {
            "main": topic.main,
            "claims": [places[i] for i in topic.claims],
            "events": [stories[i] for i in topic.courses],
            "toll": _toll([reading.claims[places[i]] for i in topic.claims]),
        }
        for topic in reading.topics
    ]
    return {
        "document": name,
        "claims": [_claim(c, places) for c in reading.claims],
        "events": [_course(c) for c in reading.courses],
        "incidents": incidents,
    }


def _toll(claims: Sequence[Claim]) -> dict[str, object]:
    return {
        str(outcome): {"low": f.low, "best": f.best, "high": f.high}
        for outcome, f in toll.headline([c.told_as(outcome=coarse(c.outcome)) for c in claims]).items()
    }


def _statement(s: Statement) -> dict[str, object]:
    return {
        "quote": s.quote,
        "span": [s.span.start, s.span.end],
        "speaker": s.speaker,
        "relayed_by": list(s.relayed_by),
    }


def _when(s: Statement) -> dict[str, object]:
    return {
        "place": s.place,
        "date_from": s.date_from.isoformat() if s.date_from else None,
        "date_to": s.date_to.isoformat() if s.date_to else None,
    }


def _claim(c: Claim, places: Mapping[str, int]) -> dict[str, object]:
    return {
        **_statement(c),
        "outcome": str(coarse(c.outcome)),
        "low": c.figure.low,
        "high": c.figure.high,
        "as_written": c.figure.as_written,
        "victims": c.victims,
        "victims_class": str(c.victims_class),
        "party": c.party,
        "perpetrator": c.perpetrator,
        **_when(c),
        "scope": str(c.scope),
        "mode": str(c.mode),
        "since": c.since,
        "part_of": places.get(c.part_of or ""),
        "supersedes": places.get(c.supersedes or ""),
        "may_rise": c.may_rise,
        "status": str(c.status),
        "rule": c.rule,
    }


def _course(c: Course) -> dict[str, object]:
    return {
        **_statement(c),
        "type": c.type,
        "phase": str(c.phase),
        "actors": list(c.actors),
        **_when(c),
        "status": str(c.status),
        "rule": c.rule,
    }
