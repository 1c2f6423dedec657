"""The verb explain: one figure with its working, or one claim with its life."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from tollbook import toll as reckoning
from tollbook.book import standing
from tollbook.cli import given, screen
from tollbook.cli import standing as standing_of
from tollbook.codes import Outcome
from tollbook.nouns import Claim, Course, Judgement
from tollbook.values import Book, Toll, Use
from tollbook.views import tolls


def explain(
    target: Annotated[
        str | None,
        typer.Argument(metavar="[INCIDENT|CLAIM]", help="What to explain: an incident's figure or a claim."),
    ] = None,
    *,
    outcome: Annotated[str, typer.Option(help="Of what.")] = "killed",
    group: Annotated[str, typer.Option(help="Of whom: a party, its initials, civilians, or all.")] = "all",
    method: given.MethodName = "strict",
    as_of: given.AsOf = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Explain a figure or a claim, down to its sentences.

    Of a figure: the rule that fired, the claims used, those set aside and why, the sentences. Of a claim: what it
    says, where it stands, how it was read, and what people decided about it.
    """
    book = given.book(box, known_at)
    statement = given.statement(book, target)
    if statement is not None:
        _claim(book, statement, json=json)
        return
    chosen = given.largest(book, target)
    of, whom = given.outcome(outcome) or Outcome.KILLED, given.group(book, chosen, group)
    methods = given.methods(box)
    found = reckoning.compute(book, chosen, of, whom, method, given.day(as_of), methods=methods)
    if json:
        checked = standing_of.incident_data(book, found.incident)
        screen.data(tolls.data(found) | {"checked": checked, "sentences": _sentences(book, found)})
        return
    _figure(book, found, methods[method.partition(":")[0]].description)


def _figure(book: Book, toll: Toll, description: str) -> None:
    name, outcome = book.incidents[toll.incident].name, toll.outcome.replace("_", " ")
    screen.heading(f"{name}: {outcome}, {screen.people(toll.group)}: {screen.words(toll.figure)}")
    screen.para(f"Method {toll.method}. {description}")
    if toll.rule:
        screen.para(f"{toll.rule}: {toll.why}")
    screen.para(standing_of.of_incident(book, toll.incident))
    for j in book.comments.get(toll.incident, ()):
        screen.para(f"{j.made_by or 'unknown'}, {j.recorded_at:%Y-%m-%d}: {j.reason} [{j.id}]", indent="  ")
    if toll.may_rise:
        screen.para("A voice says that this figure could still rise.")
    _uses(book, "Used", toll.used)
    _uses(book, "Set aside", toll.aside)
    if not toll.used and not toll.aside:
        screen.para("No claim of this incident speaks of it.")


def _uses(book: Book, title: str, uses: tuple[Use, ...]) -> None:
    if not uses:
        return
    screen.heading(f"{title} ({len(uses)})")
    for use in uses:
        claim = book.claims.get(use.claim) or book.fallen.get(use.claim, (None, ""))[0]
        if claim is None:
            continue
        report = book.reports.get(claim.report)
        day = claim.said_on.isoformat() if claim.said_on else "no day"
        where = screen.shown(book, report.publisher) if report else "a report that is gone"
        voice = screen.shown(book, use.origin) if use.origin else where
        carried = "" if voice == where else f", in {where}"
        screen.para(f"{day}  {screen.words(claim.figure)}  {voice}{carried}  [{claim.id}]")
        screen.para(f"“{screen.clip(claim.quote, 300)}”", indent="    ", style="italic")
        screen.para(f"{use.rule}: {use.why}", indent="    ", style="dim")


def _sentences(book: Book, toll: Toll) -> dict[str, dict[str, object]]:
    """Of every claim that the toll speaks of: its words, where they stand and who published them."""
    found: dict[str, dict[str, object]] = {}
    for use in (*toll.used, *toll.aside):
        claim = book.claims.get(use.claim)
        if claim is not None:
            report = book.reports[claim.report]
            found[claim.id] = {
                "quote": claim.quote,
                "span": [claim.span.start, claim.span.end],
                "said_on": screen.plain(claim.said_on),
                "publisher": screen.shown(book, report.publisher),
                "address": "" if screen.veil(book).hides(report) else report.address,
            }
    return found


def _claim(book: Book, statement: Claim | Course, *, json: bool) -> None:
    """One claim: what it says, how it was read, where it stands, what people decided about it."""
    life = _life(book, statement)
    if json:
        checked = standing_of.claim_data(book, statement.id)
        screen.data({"id": statement.id, "entry": screen.plain(statement), "checked": checked, "life": life})
        return
    report = book.reports.get(statement.report)
    figure = (
        f"{statement.outcome} {screen.words(statement.figure)}"
        if isinstance(statement, Claim)
        else statement.phase
    )
    screen.heading(f"{figure} [{statement.id}]", f"“{screen.clip(statement.quote, 300)}”")
    rows = [
        ("said by", screen.shown(book, statement.speaker)),
        ("counted as", book.origin_of.get(statement.id, "")),
        ("published", f"{screen.shown(book, report.publisher)}, {report.said_on or 'no day'}" if report else ""),
        ("address", report.address if report and not screen.veil(book).hides(report) else ""),
        ("characters", f"{statement.span.start} to {statement.span.end}"),
        ("read by", f"rule {statement.rule or '-'}, {statement.made_by or '-'}"),
        *((("scope", f"{statement.scope}, {statement.mode}"), ("group", _group(statement)))
          if isinstance(statement, Claim) else ()),
        ("status", statement.status), *standing_of.of_claim(book, statement.id),
    ]  # fmt: skip
    screen.table(("what", "says"), [row for row in rows if row[1]])
    for line in life:
        screen.para(line)


def _group(claim: Claim) -> str:
    return ", ".join(t for t in (claim.victims or "", claim.victims_class, claim.party or "") if t)


def _life(book: Book, statement: Claim | Course) -> list[str]:
    """What happened to a claim since it was read: its incident, its corrections, its fall."""
    lines: list[str] = []
    incident = book.incidents.get(book.incident_of.get(statement.id, ""))
    if incident is not None:
        link = next((k for k in book.links.values() if k.claim == statement.id), None)
        why = f" (score {link.score:.2f}: {link.reason})" if link else ""
        lines.append(f"Stands under {incident.name} [{incident.id}]{why}.")
        if link and link.runner_up:
            lines.append(_next(book, link.runner_up))
    stands = {j.id for j in standing(book.judgements.values())}
    for j in book.judgements.values():
        if statement.id in {j.target, j.other, *j.claims}:
            changes = "".join(f" {name}={value}" for name, value in j.changes)
            undone = "" if j.id in stands else f"; {_undone(book, j, stands)}"
            lines.append(
                f"{j.verb}{changes} by {j.made_by or 'unknown'}, {j.recorded_at:%Y-%m-%d}: {j.reason} [{j.id}]{undone}"
            )
    if statement.id in book.fallen:
        lines.append(f"Does not count any more: {book.fallen[statement.id][1]}")
    if statement.id in book.waiting:
        lines.append("Waits for a person to accept it.")
    return lines


def _next(book: Book, runner_up: str) -> str:
    """The incident that came next, by its name, with its score and the reason."""
    found, _, why = runner_up.partition(" ")
    known = book.incidents.get(book.merged.get(found, found))
    score, _, reason = why.partition(": ")
    return f"Next came {known.name if known else 'an incident that is gone'} [{found}] (score {score}: {reason})."


def _undone(book: Book, judgement: Judgement, stands: Collection[str]) -> str:
    """That a judgement was undone, by whom, when and why."""
    by = next((j for j in book.judgements.values() if j.target == judgement.id and j.id in stands), None)
    if by is None:
        return "undone"
    return f"undone by {by.made_by or 'unknown'}, {by.recorded_at:%Y-%m-%d}: {by.reason} [{by.id}]"
