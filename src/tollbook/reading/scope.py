"""Scope and mode: what a figure counts over, whether it comes on top of another, whether it may still grow.

Cues of the claim's own clause come first. Where it has none the story decides: in a text that tells of an
event of several days, an undated count of dead, wounded or displaced is the running total.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tollbook.codes import Mode, Outcome, Scope
from tollbook.nouns import Span
from tollbook.reading.case import Case, clause
from tollbook.reading.counting import BEGAN, PERFECT, RECORD, counting
from tollbook.reading.cues import cue, stands
from tollbook.reading.dating import events, nearest
from tollbook.reading.lasting import told
from tollbook.reading.rising import may_rise
from tollbook.reading.when import expressions
from tollbook.text import Document, Sentence


class Counted(NamedTuple):
    """What a figure counts over; ``rule`` names the cue that decided, "" when nothing did."""

    scope: Scope
    mode: Mode = Mode.TOTAL
    since: str | None = None
    may_rise: bool = False
    rule: str = ""


def scope(
    document: Document,
    sentence: Sentence,
    span: Span,
    *,
    outcome: Outcome | None = None,
    low: int | None = None,
) -> Counted:
    """What the figure of a claim counts over, its mode, its onset in words, and whether it may still grow."""
    case = Case(document, sentence, span, outcome, low)
    found, rule = counting(case) or told(case)
    return Counted(
        found,
        mode(document, sentence, span),
        onset(document, sentence, span) if found in {Scope.CUMULATIVE, Scope.WAR} else None,
        may_rise(document, sentence, outcome),
        rule,
    )


def mode(document: Document, sentence: Sentence, span: Span) -> Mode:
    """Increment where the claim's own words put its figure on top of an earlier one, else total.

    "Killed ten and wounded another five" adds nothing: the five are the first count of the wounded.
    """
    found = None
    if stands(document, "increment", span.start, span.end):
        found = cue("increment").search(document.shadow, span.start, span.end)
    if found is None:
        return Mode.TOTAL
    before = document.shadow[sentence.start : found.start()]
    if _COORDINATED.search(before):
        return Mode.TOTAL
    return Mode.INCREMENT


_COORDINATED = re.compile(
    r"\b(?:killed|dead|died|killing|wounded|injured|wounding|injuring|kidnapped|arrested|captured)\b[^.;]{0,60}"
    r"\b(?:and|with)(?: (?:wounded|injured|killed|wounding|injuring|killing|arrested))? (?:at least |about |some )?$"
)


def onset(document: Document, sentence: Sentence, span: Span) -> str | None:
    """The onset that a running total counts from, in words of the text."""
    shadow = document.shadow
    since = [w for w in expressions(document, sentence) if w.kind == "since"]
    when = nearest(document, span, since)
    if when is not None:
        words = document.body[when.start : when.end]
        return re.sub(r"^(?:since|from) ", "", " ".join(words.split()), flags=re.IGNORECASE)
    found = _SINCE_WORDS.search(shadow, sentence.start, sentence.end)
    if found and not RECORD.search(shadow, sentence.start, found.end()):
        return " ".join(document.body[found.start(1) : found.end(1)].split())
    for when in expressions(document, sentence):
        if BEGAN.search(shadow, max(sentence.start, when.start - 30), when.end + 20):
            return document.body[when.start : when.end]
    return None


_SINCE_WORDS = re.compile(r"\bsince ([^,.;()\"]{3,90})")


_ALSO = re.compile(r"\balso\b")


def follows(document: Document, sentence: Sentence, span: Span, own: Counted, last: Counted) -> Counted:
    """The scope of a claim that goes on with the count of the one before it: "nine bakers have also been killed"."""
    text = clause(document, sentence, span)
    wide = last.scope is Scope.CUMULATIVE or (last.scope is Scope.PERIOD and last.rule in _SPELLS)
    has = PERFECT.search(text)
    if own.rule or not wide or not ((has and not has[0].startswith("had")) or _ALSO.search(text)):
        return own
    return own._replace(scope=last.scope, since=last.since, rule="follows")


_SPELLS = frozenset({"window", "spell", "calendar"})


def inherit(part: Counted, whole: Counted, *, same_sentence: bool) -> Counted:
    """A part's scope from its whole: a share of a running total or of a war is one too.

    A share of a period over several events may be one of those events, unless it stands in the same sentence.
    """
    taken = whole.scope in {Scope.CUMULATIVE, Scope.WAR} or (whole.scope is Scope.PERIOD and same_sentence)
    if part.rule and part.scope is not Scope.INCIDENT and not same_sentence:
        taken = False
    return Counted(
        whole.scope if taken else part.scope,
        whole.mode if taken else part.mode,
        whole.since if taken else part.since,
        part.may_rise or whole.may_rise,
        whole.rule if taken else part.rule,
    )


# What tells of a stretch of time when the first figure of a text is counted over it.
_FRAMES = frozenset({"window", "since", "spell", "calendar", "rate", "running", "report", "bulletin"})


def framed(cases: Sequence[Case], found: Sequence[Counted]) -> Counted | None:
    """The scope of a text that is all statistics: its first figure is of a stretch of time, and no figure of one event.

    Scope belongs to what a text tells of and is said once; figures without a word of their own follow it.
    """
    if not found or found[0].rule not in _FRAMES or found[0].scope is Scope.INCIDENT:
        return None
    open_ = [case for case, own in zip(cases, found, strict=True) if not own.rule]
    return None if any(map(_event, open_)) else found[0]


def _event(case: Case) -> bool:
    """Whether a figure is told with its day or with its one event."""
    dated = any(
        w.kind == "on" and w.grain in {"day", "night", "about"} for w in events(case.document, case.sentence)
    )
    return dated or case.single
