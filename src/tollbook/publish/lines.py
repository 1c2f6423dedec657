"""JSON lines: claims, tolls, findings and changes, one object a line, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from tollbook.codes import Review
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.publish.sums import Sums
from tollbook.publish.veil import Veil
from tollbook.toll import group_of
from tollbook.values import Book, Change, Finding, Toll, Use

Thing = Mapping[str, object]


def lines(book: Book, computed: Sums) -> dict[str, bytes]:
    """``claims.jsonl``, ``tolls.jsonl``, ``findings.jsonl`` and ``changes.jsonl`` of an incident, UTF-8.

    Args:
        book: the snapshot.
        computed: its tolls, findings and changes.
    """
    veil = Veil(book)
    claims = (claim_data(book, computed.incident, c, veil) for c in book.of(computed.incident))
    return {
        "claims.jsonl": _written(claims, veil),
        "tolls.jsonl": _written((toll_data(book, t, veil) for t in computed.tolls), veil),
        "findings.jsonl": _written(map(_finding, computed.findings), veil),
        "changes.jsonl": _written((change_data(m, veil) for m in computed.moves), veil),
    }


def _written(things: Iterable[Thing], veil: Veil) -> bytes:
    return "".join(f"{json.dumps(covered(t, veil), ensure_ascii=False)}\n" for t in things).encode()


def covered(value: object, veil: Veil) -> object:
    """The value with every text as it may be shown."""
    if isinstance(value, str):
        return veil(value)
    if isinstance(value, Mapping):
        return {key: covered(inner, veil) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [covered(inner, veil) for inner in value]
    return value


def figure(value: Figure) -> Thing:
    """Low, best and high, and the words."""
    return {"low": value.low, "best": value.best, "high": value.high, "as_written": value.as_written}


def _day(value: object) -> str | None:
    return str(value) if value else None


def claim_data(book: Book, incident: str, claim: Claim, veil: Veil) -> Thing:
    """A claim as JSON has it; its texts are not covered yet."""
    report = book.reports.get(claim.report)
    hidden = report is not None and veil.hides(report)
    return {
        "id": claim.id,
        "incident": incident,
        "outcome": claim.outcome,
        "group": group_of(claim),
        **figure(claim.figure),
        "victims": claim.victims,
        "victims_class": claim.victims_class,
        "party": claim.party,
        "perpetrator": claim.perpetrator,
        "place": claim.place,
        "date_from": _day(claim.date_from),
        "date_to": _day(claim.date_to),
        "scope": claim.scope,
        "mode": claim.mode,
        "addition": claim.addition,
        "since": claim.since,
        "part_of": claim.part_of,
        "dim": claim.dim,
        "supersedes": claim.supersedes,
        "may_rise": claim.may_rise,
        "status": claim.status,
        "proposed": claim.proposed,
        "speaker": veil.name(claim.speaker) or None,
        "relayed_by": [veil.name(r) for r in claim.relayed_by],
        "origin": veil.name(book.origin_of.get(claim.id)) or None,
        "said_on": _day(claim.said_on or (report.said_on if report else None)),
        "quote": claim.quote,
        "veiled": veil.covered(claim.quote) != claim.quote,
        "span": [claim.span.start, claim.span.end],
        "rule": claim.rule,
        "reviewed": claim.id in book.reviewed,
        "review": book.reviews.get(claim.id, Review.UNREVIEWED),
        "credibility": book.credibility.get(claim.id),
        "report": {
            "id": claim.report,
            "publisher": veil.name(report.publisher) if report else None,
            "published": _day(report.said_on) if report else None,
            "title": report.title if report and not hidden else "",
            "address": veil.address(report) if report else "",
        },
    }


def _uses(uses: Sequence[Use], veil: Veil) -> list[Thing]:
    return [{"claim": u.claim, "origin": veil.name(u.origin), "rule": u.rule, "why": u.why} for u in uses]


def toll_data(book: Book, toll: Toll, veil: Veil) -> Thing:
    """A toll as JSON has it; its texts are not covered yet."""
    return {
        "incident": toll.incident,
        "outcome": toll.outcome,
        "group": toll.group,
        "method": toll.method,
        **figure(toll.figure),
        "may_rise": toll.may_rise,
        "rule": toll.rule,
        "why": toll.why,
        "digest": toll.digest,
        "grade": book.grades.get(toll.incident),
        "review": book.reviews.get(toll.incident, Review.UNREVIEWED),
        "origins": [veil.name(o) for o in toll.origins],
        "used": _uses(toll.used, veil),
        "aside": _uses(toll.aside, veil),
    }


def _finding(finding: Finding) -> Thing:
    names = "code tier subject what why remedy claims explained key"
    return {name: getattr(finding, name) for name in names.split()}


def change_data(move: Change, veil: Veil) -> Thing:
    """A move as JSON has it; its texts are not covered yet."""
    return {
        "incident": move.incident,
        "outcome": move.outcome,
        "group": move.group,
        "before": figure(move.before),
        "after": figure(move.after),
        "kind": move.kind,
        "day": _day(move.day),
        "origin": veil.name(move.origin),
        "claims": list(move.claims),
        "why": move.why,
    }
