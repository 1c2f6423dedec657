"""A claim that the reader missed, entered by a person: its words stand in the text, its number stands in its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tollbook import plugins
from tollbook.book import correction, realise
from tollbook.codes import Outcome
from tollbook.figures import NOTHING, between
from tollbook.log import MovedError
from tollbook.notation import BadLineError
from tollbook.nouns import Claim, Entry, Link, Report, Span
from tollbook.pipeline.box import Box
from tollbook.pipeline.verdict import TRIES, JudgementError
from tollbook.readers.model import counted
from tollbook.reading.numbers import number_at
from tollbook.text import Document
from tollbook.values import Book


def found_at(body: str, wanted: str, near: int | None = None) -> Span:
    """Where words stand in a text, letter for letter but for blanks; of several places the one nearest to ``near``.

    Raises:
        JudgementError: they do not stand there, or in several places and nobody said which.
    """
    pieces = wanted.split()
    if not pieces:
        raise JudgementError("no words were given; select those that say the number, or write them")
    places: list[Span] = []
    at = body.find(pieces[0])
    while at >= 0:
        end = _matched(body, at, pieces)
        if end is not None:
            places.append(Span(at, end))
        at = body.find(pieces[0], at + 1)
    if not places:
        raise JudgementError(f"“{' '.join(pieces)[:80]}” does not stand in this text; give its exact words")
    if len(places) > 1 and near is None:
        raise JudgementError(
            f"“{' '.join(pieces)[:80]}” stands {len(places)} times in this text; give more of the words around it"
        )
    return min(places, key=lambda s: abs(s.start - (near or 0)))


def _matched(body: str, at: int, pieces: list[str]) -> int | None:
    """Where the words end that begin at a place, blanks between them as they come; None where others stand there."""
    for n, piece in enumerate(pieces):
        if n:
            after = at
            while after < len(body) and body[after].isspace():
                after += 1
            if after == at:
                return None
            at = after
        if not body.startswith(piece, at):
            return None
        at += len(piece)
    return at


def proposed(box: Box, report: Report, body: str, span: Span) -> Claim | None:
    """What the reader of this box makes of some words, read with their sentence alone; None where it finds no number."""
    document = Document(body)
    sentence = document.sentence_at(span.start)
    start, end = min(sentence.start, span.start), max(sentence.end, span.end)
    reader = plugins.readers().get("rules" if box.config.reader == "model" else box.config.reader)
    claims = reader.read(report, body[start:end]).claims if reader else ()
    shifted = [replace(c, span=Span(c.span.start + start, c.span.end + start)) for c in claims]
    meeting = [c for c in shifted if c.span.overlaps(span)]
    if meeting:
        return max(meeting, key=lambda c: min(c.span.end, span.end) - max(c.span.start, span.start))
    words = Document(body[span.start : span.end])
    for cut in words.sentences:
        tokens = words.tokens(cut)
        for i in range(len(tokens)):
            number = number_at(tokens, i)
            if number is not None:
                written = words.body[tokens[number.start].start : tokens[number.end - 1].end]
                quote = body[span.start : span.end]
                figure = between(number.low, number.high, written)
                return Claim(report=report.id, span=span, quote=quote, outcome=Outcome.KILLED, figure=figure)
    return None


def enter(
    box: Box, report: str, span: Span, given: Mapping[str, str], incident: str, *, now: datetime, by: str
) -> Claim:
    """The claim as recorded, with its link; nobody has reviewed it yet, so another person will.

    Args:
        box: where.
        report: id of the report.
        span: the characters that say it.
        given: field to value in notation.
        incident: id of the incident it is about; empty for none.
        now: the moment.
        by: who enters it.

    Raises:
        JudgementError: its words do not stand in the text, its number not in its words, a field is no such value, or
            the claim is there already.
        LogError: the box cannot be written, or the text was forgotten.
    """
    for _ in range(TRIES):
        position = box.log.head()[0]
        entries = box.log.entries(upto=position)
        book = realise(entries, two_persons=box.config.two_persons)
        new = _entered(box, book, {e.id for e in entries}, report, span, given, incident, now, by)
        try:
            box.log.append(new, after=position)
        except MovedError as error:
            moved = error
            continue
        claim = new[0]
        assert isinstance(claim, Claim)
        return claim
    raise moved


def _entered(
    box: Box,
    book: Book,
    there: set[str],
    report: str,
    span: Span,
    given: Mapping[str, str],
    incident: str,
    now: datetime,
    by: str,
) -> list[Entry]:
    source = book.reports.get(report)
    if source is None:
        raise JudgementError(f"there is no report {report!r} in this box; tollbook print report lists them")
    body = box.text(source)
    quote = body[span.start : span.end]
    if not (0 <= span.start < span.end <= len(body)) or not quote.strip():
        raise JudgementError("those characters are not in the text; select the words that say the number")
    claim = _claim(source, span, quote, given, now, by)
    if claim.figure != NOTHING and not counted(quote, claim.figure.low, claim.figure.high):
        raise JudgementError(
            f"“{' '.join(quote.split())[:80]}” does not say that number; select the words with it, or correct the figure"
        )
    if claim.id in there:
        known = "withdrawn or rejected; undo that judgement" if claim.id in book.fallen else "review that one"
        raise JudgementError(f"this claim is there already ({claim.id}): {known}")
    if not incident:
        return [claim]
    into = book.merged.get(incident, incident)
    if into not in book.incidents:
        raise JudgementError(f"there is no incident {incident!r}; tollbook incidents lists them")
    link = Link(
        said_on=claim.said_on, recorded_at=now, made_by=by, claim=claim.id, incident=into, reason="put there by a person"
    )  # fmt: skip
    return [claim, link]


def _claim(report: Report, span: Span, quote: str, given: Mapping[str, str], now: datetime, by: str) -> Claim:
    """The claim of a form."""
    values: dict[str, object] = {}
    for name, text in given.items():
        if not text:
            continue
        try:
            values[name] = correction(Claim.KIND, name, text)
        except (BadLineError, ValueError) as error:
            raise JudgementError(f"the claim cannot be entered so: {error}") from error
    values.setdefault("said_on", report.said_on)
    if "outcome" not in values:
        raise JudgementError("a claim needs an outcome: what befell them")
    figure = values.get("figure", NOTHING)
    written = _number_words(quote)
    values["figure"] = replace(figure, as_written=written)  # type: ignore[type-var]  # it is a Figure
    return Claim(report=report.id, span=span, quote=quote, recorded_at=now, made_by=by, **values)  # type: ignore[arg-type]


def _number_words(quote: str) -> str:
    """The words of a quote that say its first number; empty where it has none."""
    document = Document(quote)
    for sentence in document.sentences:
        tokens = document.tokens(sentence)
        for i in range(len(tokens)):
            number = number_at(tokens, i)
            if number is not None:
                return quote[tokens[number.start].start : tokens[number.end - 1].end]
    return ""


__all__ = ["enter", "found_at", "proposed"]
