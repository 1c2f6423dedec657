"""The verb read: what reports say, without a box: for programs, as a table, or marked in the text."""

from __future__ import annotations

import json as plain
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.cli.add import Published, Targets
from tollbook.cli.annotate import annotated, labels
from tollbook.cli.contract import document
from tollbook.codes import Mode, Scope, Status
from tollbook.connectors import Refused
from tollbook.nouns import Claim
from tollbook.pipeline import Item


class Format(StrEnum):
    """How a reading is printed."""

    JSONL = "jsonl"
    TABLE = "table"
    ANNOTATED = "annotated"


def read(
    targets: Targets,
    *,
    format: Annotated[
        Format, typer.Option("--format", "-f", help="For programs, as a table, or marked in the text.")
    ] = Format.TABLE,
    published: Published = None,
    reader: Annotated[str, typer.Option(help="Who reads: rules, or the reader of a plugin.")] = "rules",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the rule, the words and the qualifiers of each claim.")
    ] = False,
    json: given.AsJson = False,
) -> int:
    """Print what reports say, without a box.

    Nothing is kept. Exit code 2 if one could not be read.
    """
    code = 0
    for item in pipeline.documents(targets, published=given.day(published), reader=reader):
        if isinstance(item, Refused):
            screen.say(f"tollbook: {item.document or 'a document'}: {item.reason}")
            code = 2
            continue
        if json or format is Format.JSONL:
            print(plain.dumps(document(item.report.document, item.reading), ensure_ascii=False), flush=True)
            continue
        _title(item)
        (_annotated if format is Format.ANNOTATED else _table)(item)
        if explain:
            _explained(item)
        for note in item.notes:
            screen.say(f"note: {item.report.document}: {note}")
    return code


def _title(item: Item) -> None:
    report = item.report
    day = report.said_on.isoformat() if report.said_on else "no day of publication"
    screen.heading(report.title or report.document, ", ".join(t for t in (report.publisher, day) if t))


def _annotated(item: Item) -> None:
    found = item.reading
    screen.para(annotated(item.body, found.claims, found.courses, found.doubts).strip("\n"))
    print()
    _table(item)


def _table(item: Item) -> None:
    """The claims by number, then the course claims by letter."""
    claims, courses = item.reading.claims, item.reading.courses
    if not claims and not courses:
        screen.para("No claim was found.")
        return
    label = labels(claims, courses)
    rows = [
        (label[c.id], c.outcome.replace("_", " "), screen.words(c.figure), _whose(c, label), c.speaker or "–")
        for c in claims
    ]
    if rows:
        screen.table(("", "outcome", "figure", "of", "said by"), rows, right=(0,))
    told = [(label[c.id], c.phase, screen.clip(c.quote, 70), c.speaker or "–") for c in courses]
    if told:
        print()
        screen.table(("", "course", "in which words", "said by"), told)


def _whose(claim: Claim, label: dict[str, str]) -> str:
    """The group of a claim and what else a reader must know of its figure."""
    group = claim.victims or claim.party or "people"
    party = f" ({claim.party})" if claim.party and claim.party != group else ""
    more = [
        f"part of {label[claim.part_of]}" if claim.part_of in label else "",
        f"replaces {label[claim.supersedes]}" if claim.supersedes in label else "",
        "on top of an earlier figure" if claim.mode is Mode.INCREMENT else "",
        {Scope.WAR: "in the whole war", Scope.PERIOD: "over a period"}.get(claim.scope, ""),
        "" if claim.status is Status.ASSERTED else str(claim.status),
        "may rise" if claim.may_rise else "",
    ]
    return "; ".join([group + party, *(m for m in more if m)])


def _explained(item: Item) -> None:
    """Each claim with the rule that made it, its words, and every attribute that is not as usual."""
    claims = item.reading.claims
    label = labels(claims, item.reading.courses)
    for c in claims:
        first, last = c.date_from, c.date_to
        days = first.isoformat() if first else "an unknown day"
        if last and last != first:
            days += f" to {last.isoformat()}"
        kind = f"{c.victims_class}{' (from what stands around it)' if c.inferred else ''}"
        rows = (
            ("rule", f"{c.rule or 'none'}, {c.made_by}"),
            ("words", c.quote),
            ("figure", f"{screen.words(c.figure)}, written “{c.figure.as_written}”"),
            ("who", f"{c.victims or 'not told'}; {kind}{f'; {c.party}' if c.party else ''}"),
            ("said by", ", through ".join([c.speaker or "the text itself", *c.relayed_by])),
            ("where, when", f"{c.place or 'an unknown place'}, {days}"),
            ("counts over", f"{c.scope}, {c.mode}{f', since {c.since}' if c.since else ''}"),
            ("stance", f"{c.status}{', may rise' if c.may_rise else ''}"),
            ("blamed", c.perpetrator or ""),
            ("part of", label.get(c.part_of or "", "")),
            ("replaces", label.get(c.supersedes or "", "")),
        )
        screen.heading(f"{label[c.id]}  {c.outcome.replace('_', ' ')} {screen.words(c.figure)}")
        for name, value in rows:
            if value:
                screen.para(f"{name:12} {' '.join(value.split())}")
