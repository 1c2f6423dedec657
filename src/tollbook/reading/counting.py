"""Counting: what a figure counts over by the cues of its own clause and sentence."""

from __future__ import annotations

import re

from tollbook.codes import Outcome, Scope
from tollbook.reading.case import Case
from tollbook.reading.cues import cue, stands
from tollbook.reading.when import When

# A figure this large with a perfect tense is a whole war's even where no war is named; so many at once is rare.
WAR_SIZED = 50_000

# Fewer than so many who have fled are those away from home now.
FLED = 1_000_000

# A count over a named war, or since a bare date, is the war's only from here on; below it is some group's share.
MANY = 1_000

PERFECT = re.compile(
    r"\b(?:has|have|had)(?: \w+){0,2} (?:been|died|killed|lost|claimed|uprooted|displaced|fled|wounded|injured|cost|left|driven|forced)\b"
)
BEGAN = re.compile(
    r"\b(?:began|begun|started|erupted|broke out|launched|took place|start|beginning|onset|outbreak|escalated)\b"
)
# "Since" counts only with a perfect tense or a word for a total; "the worst since" counts nothing.
RECORD = re.compile(
    r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|highest|heaviest|fiercest|lowest|most(?! of)|only|strongest)\b[^.;]{0,80}\bsince\b"
)
_AGE = re.compile(
    r"\b(?:\w+-year|year-long|decade-long|\w+-year-old) (?:\w+ )?(?:war|conflict|uprising|insurgency)\b"
)
_SINCE_ADVERB = re.compile(
    r"\b(?:has|have) since (?:\w+ )?(?:killed|died|claimed|displaced|injured|wounded|left)\b"
)
_COUNTS = re.compile(
    rf"{PERFECT.pattern}|\b(?:toll|total|number|brings?|bringing|brought|raises?|raising|raised|deaths?|killing|have|has|had)\b"
)
_HAS = re.compile(r"\b(?:has|have|had)(?: \w+){0,3} \w+(?:ed|en|ost|ied|ed)\b")
_LESSER = re.compile(r"\bround of (?:clashes|fighting)\b")


def counting(case: Case) -> tuple[Scope, str] | None:
    """The scope that a cue of the clause or the sentence decides, and the cue's name; None where none does."""
    document, text = case.document, case.text
    start, end = case.sentence.start, case.sentence.end
    if stands(document, "rate", start, end) and cue("rate").search(text):
        return Scope.PERIOD, "rate"
    if case.low == 1:
        return None
    decided = _since(case) if stands(document, "since", start, end) else None
    decided = decided or _report(case) or _war(case)
    if decided:
        return decided
    running = stands(document, "running", start, end) and cue("running").search(text)
    if running and ("so far" in running[0] or "thus far" in running[0]) and not PERFECT.search(text):
        running = None
    if running and ("has" in running[0] or "as of" in running[0]):
        return (
            Scope.WAR if (case.low or 0) >= MANY * 10 and "has" in running[0] else Scope.CUMULATIVE
        ), "running"
    when = case.nearest("on", "past", "until")
    if when is not None:
        decided = _calendar(case, when)
        if decided:
            return decided
    if case.outcome in _STATES and stands(document, "standing", start, end) and cue("standing").search(text):
        return Scope.CUMULATIVE, "standing"
    if running:
        return Scope.CUMULATIVE, "running"
    if stands(document, "spread", start, end):
        found = cue("spread").search(text)
        if found and ((found[0].startswith("in ") and "single" not in found[0]) or not case.single):
            return Scope.PERIOD, "spread"
    return _large(case) or _places(case) or _past(case)


def _past(case: Case) -> tuple[Scope, str] | None:
    """Scope by a named war that is over: a count in the past tense that only a war reaches."""
    if case.low is None or case.low < MANY * 10 or case.outcome not in _HURT:
        return None
    return (Scope.WAR, "war") if cue("war").search(case.whole) else None


# Several places named by name in a row, or several of a kind: "in Zenda, Hofbau and Strelsau".
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
_PLACES = re.compile(
    rf"\b[Ii]n (?:the )?{_NAME}, (?:{_NAME}, )*(?:in )?{_NAME} and (?:in )?(?:the )?{_NAME}"
    rf"|\b[Ii]n (?:the )?(?:{_NAME},? )+and (?:the )?{_NAME} (?:regions|provinces|districts|areas|states|villages|towns|counties|neighbou?rhoods|departments|governorates|townships|cities)\b"
)


def _places(case: Case) -> tuple[Scope, str] | None:
    """Scope by a row of places, where no one event is named."""
    if case.document.upper or (case.low or 2) < 2:
        return None
    words = case.document.body[case.sentence.start : case.sentence.end]
    several = " and " in words and _PLACES.search(words) and not case.single
    return (Scope.PERIOD, "places") if several else None


_STATES = {
    None, Outcome.DISPLACED, Outcome.ABDUCTED, Outcome.CAPTURED, Outcome.DETAINED, Outcome.MISSING
}  # fmt: skip


def _large(case: Case) -> tuple[Scope, str] | None:
    """Scope by size: so many dead or wounded, and no one event named, are those of all of it so far."""
    if case.outcome not in _HURT or case.low is None or case.single:
        return None
    perfect = PERFECT.search(case.text)
    if case.low >= LARGE and (perfect or (case.low >= MANY and not _PAST.search(case.text))):
        return (Scope.WAR if case.low >= MANY * 10 else Scope.CUMULATIVE), "large"
    if perfect and case.low >= MEDIUM and cue("several").search(case.text):
        return Scope.CUMULATIVE, "large"
    return None


_HURT = {None, Outcome.KILLED, Outcome.WOUNDED, Outcome.OTHER}

_PAST = re.compile(r"\b(?:was|were|killed|killing|left|claimed|died|wounded|injured|wounding|injuring)\b")

# From here on a count in the perfect tense is hardly that of one event; from the second on where events are named.
LARGE, MEDIUM = 300, 100


def _report(case: Case) -> tuple[Scope, str] | None:
    """Scope by a report that comes out every year or month and counts what it has found in it."""
    start, end = case.sentence.start, case.sentence.end
    if case.low == 1 or not stands(case.document, "report", start, end):
        return None
    return (Scope.PERIOD, "report") if cue("report").search(case.text) else None


def _since(case: Case) -> tuple[Scope, str] | None:
    """Scope by an onset in the sentence: of the year a period, of a war the war, else a running total."""
    when, text, low = case.nearest("since"), case.whole, case.low
    other = case.nearest("since", "on", "past")
    if other is not None and other is not when and other.grain == "day" and not PERFECT.search(case.near):
        return None
    if not _COUNTS.search(case.text) or RECORD.search(text):
        return None
    if when is None:
        return _bare(text, low)
    shadow, sentence = case.document.shadow, case.sentence
    near = shadow[when.start : min(sentence.end, when.end + 60)]
    before = shadow[max(sentence.start, when.start - 90) : when.start]
    if cue("war").search(near) or (
        cue("war").search(before) and (BEGAN.search(before) or low is None or low >= MANY * 10)
    ):
        return Scope.WAR, "since"
    if low is not None and low >= MANY * 10 and case.outcome is not Outcome.DISPLACED:
        return Scope.WAR, "since"
    return Scope.CUMULATIVE, "since"


def _bare(text: str, low: int | None) -> tuple[Scope, str] | None:
    """Scope by a "since" without a date: "since the revolt began"."""
    since = re.search(r"\b(?:since|from the (?:start|beginning) of)\b", text)
    if since is None or _SINCE_ADVERB.search(text):
        return (Scope.WAR, "since") if since is not None and low is not None and low >= MANY else None
    tail = text[since.start() : since.start() + 90]
    if re.match(r"since (?:the )?(?:start|beginning) of (?:the|this) (?:year|month|week)", tail):
        return Scope.PERIOD, "since"
    named = cue("war").search(tail) or (low or 0) >= MANY * 10
    if named and not _LESSER.search(tail):
        return Scope.WAR, "since"
    if BEGAN.search(tail) or _HAS.search(text[: since.start()] or text[since.end() :]):
        return Scope.CUMULATIVE, "since"
    return None


def _war(case: Case) -> tuple[Scope, str] | None:
    """Scope by a named war: its own verb in the perfect, its length, or a count that only a war reaches."""
    if case.low is None or case.low < MEDIUM:
        return None
    if stands(case.document, "war", case.sentence.start, case.sentence.end):
        named = cue("war").search(case.whole)
        if named and (PERFECT.search(case.whole) or _AGE.search(case.whole) or "genocide" in named[0]):
            fled = case.outcome is Outcome.DISPLACED and case.low < FLED
            return (Scope.WAR if case.low >= MANY and not fled else Scope.CUMULATIVE), "war"
    if case.low >= WAR_SIZED and PERFECT.search(case.text):
        fled = case.outcome is Outcome.DISPLACED and case.low < FLED
        return (Scope.CUMULATIVE if fled else Scope.WAR), "war-sized"
    return None


# So many in a week, month or year are those of more than one event.
WIDE = {"week": 100, "month": 100, "year": 30}
_THIRD = re.compile(r"(?:early|mid|late)\b")

# A month or a year counts as a period where the text counts inside it ("in March", "this year").
_RUNNING_UNIT = ("so far", "this ", "during", "over ", "in the ", "last ", "previous ")
_WITHIN = ("so far", "this ", "over ")
_INSIDE = ("in ", "during ", "throughout ", "month of ")


def _long(when: When) -> bool:
    """Whether a spell is longer than a weekend."""
    return bool(when.date_from and when.date_to and (when.date_to - when.date_from).days > WEEK)


WEEK = 7


def _calendar(case: Case, when: When) -> tuple[Scope, str] | None:
    """Scope by the expression that governs the claim: spells and calendar units, unless one event stands there."""
    shadow, text = case.document.shadow, case.text
    words = shadow[when.start : when.end]
    if when.kind == "past":
        if re.match(r"(?:the )?(?:last|past|previous)", words):
            return (Scope.PERIOD, "window")
        if "recent" in words:
            return None
        return (Scope.CUMULATIVE, "spell") if "after" not in shadow[when.start - 7 : when.start] else None
    if when.kind != "on":
        return None
    if when.grain == "spell" and (case.low or 0) >= MANY and cue("war").match(shadow, when.end + 1):
        return Scope.WAR, "war"
    if when.grain == "spell" and (re.search(r"\d", words) or _long(when)):
        return (Scope.CUMULATIVE if BEGAN.search(words) else Scope.PERIOD), "spell"
    if when.grain in WIDE:
        if case.single or (when.grain == "month" and _THIRD.match(words)):
            return None
        if not (words.startswith(_RUNNING_UNIT) or shadow[: when.start].endswith(_INSIDE)):
            return None
        within = shadow[: when.start].endswith(("during ", "throughout "))
        wide = (case.low or 0) >= WIDE[when.grain] and case.outcome is not Outcome.DISPLACED
        if words.startswith(("last", "previous")) and not wide:
            return None
        if wide or (within and (case.low or 2) > 1):
            return Scope.PERIOD, "calendar"
        if cue("several").search(text) or "during the month" in text or words.startswith(_WITHIN):
            return Scope.PERIOD, "calendar"
    return None
