"""Dating: the days a claim speaks of, from its clause, its sentence, or the event that the text tells of."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tollbook.codes import Scope
from tollbook.nouns import Span
from tollbook.reading.dateline import filed
from tollbook.reading.when import When, expressions, today
from tollbook.rules import table
from tollbook.text import Document, Sentence

Days = tuple[date | None, date | None]

# The event of a text is told in its first sentences; a later date is background.
LEAD = 5

# A clause edge between a claim and a date counts like so many characters of distance.
EDGE = 60


class Story(NamedTuple):
    """What the whole text says about its event: its days, its first day, and when it was told.

    ``running``: the event went on for days, so that an undated claim may fall anywhere up to ``stated``.
    """

    first: date | None
    last: date | None
    onset: date | None
    stated: date | None
    running: bool
    war: date | None


def events(document: Document, sentence: Sentence) -> list[When]:
    """The expressions of a sentence that can date an event: no dateline, no day of speech."""
    start = filed(document).end
    published = document.published
    found = []
    for when in expressions(document, sentence):
        head = when.end <= start or (
            # page furniture ("Monday 3 May 2010 Floods hit ...") carries the day of publication
            published is not None
            and when.end < 200
            and sentence.index < 3
            and when.date_from == when.date_to == published
            and when.end - when.start > 7
            and document.body[when.start : when.end].strip()[-4:].isdigit()
            and not document.shadow[: when.start].endswith("on ")
        )
        known = when.date_from or when.date_to or when.kind in {"since", "outset"}
        if known and not head and when.kind != "said":
            found.append(when)
    return found


@lru_cache(maxsize=8)
def story(document: Document) -> Story:
    """The event of a document, found once."""
    onset_verbs = _onset()
    first = last = onset = stated = war = None
    running = about = False
    for sentence in document.sentences:
        for when in expressions(document, sentence):
            if when.kind == "said" and stated is None and when.grain == "day" and sentence.index < LEAD:
                stated = when.date_to
        for when in events(document, sentence):
            days = when.kind == "on" and when.grain in {"day", "night", "spell", "about"}
            exact = days and when.grain != "about"
            if days and (first is None or (about and exact and sentence.index < LEAD)):
                first, last, about = when.date_from, when.date_to, not exact
            context = document.shadow[max(sentence.start, when.start - 40) : when.end + 25]
            if exact and onset is None and onset_verbs.search(context) and _same_year(when, today(document)):
                onset = when.date_from
            war = war or _outbreak(document, sentence, when)
            running = running or (when.kind in {"since", "outset"} and when.date_from is None)
    end = stated or document.published or last
    if onset is None:
        onset = first
    return Story(first, last, onset, end, running, war)


def _same_year(when: When, end: date | None) -> bool:
    return end is None or (when.date_from is not None and (end - when.date_from).days < 370)


_WAR = re.compile(
    r"\b(?:wars?|conflict|uprising|insurgency|invasion|intifada|rebellion|revolt|revolution|genocide|aggression)\b"
)


def _outbreak(document: Document, sentence: Sentence, when: When) -> date | None:
    """The first day of a war, if the expression gives it."""
    if when.kind not in {"since", "on"} or when.date_from is None:
        return None
    context = document.shadow[max(sentence.start, when.start - 70) : min(sentence.end, when.end + 60)]
    if _WAR.search(context) and (when.kind == "since" or _onset().search(context)):
        return when.date_from
    return None


@lru_cache(maxsize=1)
def _onset() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table('en', 'time')['onset']['verbs']})\b")


_EDGES = re.compile(r"; |, (?:and|but|while|whereas|which|who|after|when) |\. |: | -- | but | while ")


def nearest(document: Document, span: Span, found: list[When]) -> When | None:
    """The expression that governs a claim: the nearest, a clause edge counting as distance."""
    best: tuple[float, When] | None = None
    for when in found:
        if when.start >= span.end:
            between = document.shadow[span.end : when.start]
        elif when.end <= span.start:
            between = document.shadow[when.end : span.start]
        else:
            between = ""
        cost = len(between) + EDGE * len(_EDGES.findall(between))
        if best is None or cost < best[0]:
            best = (cost, when)
    return best[1] if best else None


def dates(document: Document, sentence: Sentence, span: Span, scope: Scope) -> Days:
    """First and last day that a claim speaks of, by its scope; a side that the text leaves open is None."""
    found = events(document, sentence)
    stated = _stated(document, sentence) or story(document).stated
    if scope is Scope.WAR:
        first, last = _war(document, sentence, span, found)
    elif scope is Scope.CUMULATIVE:
        first, last = _cumulative(document, span, found, stated)
    else:
        first, last = _event(document, sentence, span, found, scope, stated)
    if first and last and first > last:
        return None, last
    return first, last


def _event(
    document: Document, sentence: Sentence, span: Span, found: list[When], scope: Scope, stated: date | None
) -> Days:
    """The days of an incident or a period."""
    told = story(document)
    when = nearest(document, span, [w for w in found if w.kind not in {"since", "future", "done"}])
    if when is None:
        return _inherited(document, sentence, scope, stated)
    if when.kind == "outset":
        return told.onset, told.onset
    if when.kind == "until":
        return None, when.date_to
    if when.kind == "past" and stated and when.date_to and when.date_from:
        # "in the past 24 hours, he said on Saturday" counts back from Saturday
        return when.date_from - (when.date_to - stated), stated
    return when.date_from, when.date_to


def _stated(document: Document, sentence: Sentence) -> date | None:
    return next(
        (w.date_to for w in expressions(document, sentence) if w.kind == "said" and w.grain == "day"), None
    )


def _war(document: Document, sentence: Sentence, span: Span, found: list[When]) -> Days:
    """Onset of the war to publication; a war that is over keeps its years."""
    end = document.published or today(document)
    when = nearest(document, span, [w for w in found if w.kind in {"since", "on"}])
    if when is not None and when.date_from is not None:
        # "the genocide of 1994" is over; "the war that broke out in 2011" is not
        context = document.shadow[max(sentence.start, when.start - 40) : min(sentence.end, when.end + 25)]
        over = when.kind == "on" and not _onset().search(context)
        return when.date_from, when.date_to if over else end
    until = nearest(document, span, [w for w in found if w.kind == "until"])
    if until is not None:
        end = until.date_to
    for other in reversed(document.sentences[: sentence.index]):
        since = [w for w in events(document, other) if w.kind == "since" and w.date_from]
        if since:
            return since[0].date_from, end
    return story(document).war, end


def _cumulative(document: Document, span: Span, found: list[When], stated: date | None) -> Days:
    """Onset to the day of the statement."""
    told = story(document)
    since = nearest(document, span, [w for w in found if w.kind == "since"])
    if since is not None:
        exact = since.date_from if since.grain != "spell" or not told.onset else told.onset
        return exact or told.onset or since.date_from, stated
    when = nearest(document, span, [w for w in found if w.kind in {"on", "past", "until"}])
    if when is not None and when.date_from != when.date_to and when.kind in {"on", "past"}:
        return when.date_from, when.date_to
    if when is not None and when.kind == "until":
        return told.onset, when.date_to
    return told.onset, stated


@lru_cache(maxsize=8)
def stretch(document: Document) -> Days:
    """The first stretch of time that a text names at its beginning: what a bulletin tells of."""
    for sentence in document.sentences[:LEAD]:
        for when in events(document, sentence):
            if when.kind in {"on", "past"} and when.grain in {"spell", "week", "month"} and when.date_from:
                return when.date_from, when.date_to
    return None, None


def _inherited(document: Document, sentence: Sentence, scope: Scope, stated: date | None) -> Days:
    """Days for a claim whose sentence has none: those of the sentences before it, else the text's event."""
    told = story(document)
    wide = {"year", "month"} if scope is Scope.INCIDENT else set()
    for other in reversed(document.sentences[max(0, sentence.index - 3) : sentence.index]):
        if other.paragraph != sentence.paragraph and other.index < sentence.index - 1:
            break
        found = [w for w in events(document, other) if w.kind in {"on", "past"} and w.grain not in wide]
        if found:
            return found[0].date_from, found[0].date_to
    if told.running and scope is Scope.INCIDENT:
        return None, stated
    if told.first:
        return told.first, told.last
    return None, stated
