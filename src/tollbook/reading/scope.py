"""Scope and mode: what a figure counts over, whether it comes on top of another, whether it may still grow.

Cues of the claim's own clause come first. Where it has none the story decides: in a text that tells of an
event of several days, an undated count of dead, wounded or displaced is the running total.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tollbook.codes import Mode, Outcome, Scope
from tollbook.nouns import Span
from tollbook.reading.cues import cue, stands
from tollbook.reading.dating import events, nearest, story
from tollbook.reading.when import When, expressions
from tollbook.text import Document, Sentence

# A figure this large with a perfect tense is a whole war's even where no war is named; so many at once is rare.
WAR_SIZED = 50_000

# A count over a named war, or since a bare date, is the war's only from here on; below it is some group's share.
MANY = 1_000


# An event this many days old, still told of, is counted by running totals.
LONG = 2


class Counted(NamedTuple):
    """What a figure counts over; ``rule`` names the cue that decided, "" when nothing did."""

    scope: Scope
    mode: Mode = Mode.TOTAL
    since: str | None = None
    may_rise: bool = False
    rule: str = ""


_BEGAN = re.compile(
    r"\b(?:began|begun|started|erupted|broke out|launched|took place|start|beginning|onset|outbreak|escalated)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had)(?: \w+){0,2} (?:been|died|killed|lost|claimed|uprooted|displaced|fled|wounded|injured|cost|left|driven|forced)\b"
)
_AGE = re.compile(
    r"\b(?:\w+-year|year-long|decade-long|\w+-year-old) (?:\w+ )?(?:war|conflict|uprising|insurgency)\b"
)
_SINCE_ADVERB = re.compile(
    r"\b(?:has|have) since (?:\w+ )?(?:killed|died|claimed|displaced|injured|wounded|left)\b"
)
_CLAUSE = re.compile(r"; |, (?:while|whereas|but|although|though) | while | although |, (?:an?|the) \w+ said")


def clause(document: Document, sentence: Sentence, span: Span) -> str:
    """The part of the sentence that a claim stands in, cut at "while", "but" and semicolons."""
    shadow = document.shadow
    start, end = sentence.start, sentence.end
    for edge in _CLAUSE.finditer(shadow, sentence.start, sentence.end):
        if edge.end() <= span.start:
            start = edge.end()
        elif edge.start() >= span.end:
            end = edge.start()
            break
    return shadow[start:end]


def scope(
    document: Document,
    sentence: Sentence,
    span: Span,
    *,
    outcome: Outcome | None = None,
    low: int | None = None,
) -> Counted:
    """What the figure of a claim counts over, its mode, its onset in words, and whether it may still grow."""
    found, rule = _scope(document, sentence, span, outcome, low)
    return Counted(
        found,
        mode(document, sentence, span),
        onset(document, sentence, span) if found in {Scope.CUMULATIVE, Scope.WAR} else None,
        may_rise(document, sentence, outcome),
        rule,
    )


def _scope(
    document: Document, sentence: Sentence, span: Span, outcome: Outcome | None, low: int | None
) -> tuple[Scope, str]:
    text = clause(document, sentence, span)
    timed = [w for w in expressions(document, sentence) if w.kind != "said"]
    decided = _explicit(document, sentence, span, text, timed, outcome, low)
    return decided or _story(document, sentence, text, outcome, low)


def _explicit(
    document: Document,
    sentence: Sentence,
    span: Span,
    text: str,
    timed: list[When],
    outcome: Outcome | None,
    low: int | None,
) -> tuple[Scope, str] | None:
    """Scope by the cues of the claim's own clause and sentence."""
    start, end = sentence.start, sentence.end
    if stands(document, "rate", start, end) and cue("rate").search(text):
        return Scope.PERIOD, "rate"
    decided = _since(document, sentence, span, timed, low) if stands(document, "since", start, end) else None
    decided = decided or _war(document, sentence, text, low)
    if decided:
        return decided
    when = nearest(document, span, [w for w in timed if w.kind in {"on", "past", "until"}])
    if when is not None:
        decided = _calendar(document, when, text)
        if decided:
            return decided
    if outcome in _STATES and stands(document, "standing", start, end) and cue("standing").search(text):
        return Scope.CUMULATIVE, "standing"
    if stands(document, "running", start, end) and cue("running").search(text):
        return Scope.CUMULATIVE, "running"
    if stands(document, "spread", start, end):
        found = cue("spread").search(text)
        if found and (found[0].startswith("in ") or not cue("single").search(text)):
            return Scope.PERIOD, "spread"
    return None


_STATES = {
    None, Outcome.DISPLACED, Outcome.ABDUCTED, Outcome.CAPTURED, Outcome.DETAINED, Outcome.MISSING
}  # fmt: skip


def _since(
    document: Document, sentence: Sentence, span: Span, timed: list[When], low: int | None
) -> tuple[Scope, str] | None:
    """Scope by an onset in the sentence: of the year a period, of a war the war, else a running total."""
    shadow = document.shadow
    when = nearest(document, span, [w for w in timed if w.kind == "since"])
    text = shadow[sentence.start : sentence.end]
    if not _COUNTS.search(clause(document, sentence, span)) or _RECORD.search(text):
        return None
    if when is None:
        since = re.search(r"\b(?:since|from the (?:start|beginning) of)\b", text)
        if since is None or _SINCE_ADVERB.search(text):
            if since is not None and low is not None and low >= MANY:
                return Scope.WAR, "since"
            return None
        tail = text[since.start() : since.start() + 90]
        if re.match(r"since (?:the )?(?:start|beginning) of (?:the|this) (?:year|month|week)", tail):
            return Scope.PERIOD, "since"
        named = cue("war").search(tail) or (low or 0) >= MANY * 10
        if named and not _LESSER.search(tail):
            return Scope.WAR, "since"
        if _BEGAN.search(tail) or _PERFECT.search(text[: since.start()]):
            return Scope.CUMULATIVE, "since"
        return None
    near = shadow[when.start : min(sentence.end, when.end + 60)]
    before = shadow[max(sentence.start, when.start - 90) : when.start]
    if cue("war").search(near) or (
        cue("war").search(before) and (_BEGAN.search(before) or low is None or low >= MANY * 10)
    ):
        return Scope.WAR, "since"
    if low is not None and low >= MANY * 10:
        return Scope.WAR, "since"
    return Scope.CUMULATIVE, "since"


# "Since" counts only with a perfect tense or a word for a total; "the worst since" counts nothing.
_COUNTS = re.compile(
    rf"{_PERFECT.pattern}|\b(?:toll|total|number|brings?|bringing|brought|raises?|raising|raised|deaths?|killing|have|has|had)\b"
)
_RECORD = re.compile(
    r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|highest|heaviest|fiercest|lowest|most(?! of)|only|strongest)\b[^.;]{0,80}\bsince\b"
)
_LESSER = re.compile(r"\bround of (?:clashes|fighting)\b")


def _war(document: Document, sentence: Sentence, text: str, low: int | None) -> tuple[Scope, str] | None:
    """Scope by a named war: its own verb in the perfect, its length, or a count that only a war reaches."""
    if low is None or low < MANY:
        return None
    start, end = sentence.start, sentence.end
    if stands(document, "war", start, end):
        named = cue("war").search(document.shadow, start, end)
        whole = document.shadow[start:end]
        if named and (_PERFECT.search(whole) or _AGE.search(whole) or "genocide" in named[0]):
            return Scope.WAR, "war"
    if low >= WAR_SIZED and _PERFECT.search(text):
        return Scope.WAR, "war-sized"
    return None


# A month or a year counts as a period where the text counts inside it ("in March", "this year").
_RUNNING_UNIT = ("so far", "this ", "during", "over ", "in the ")
_WITHIN = ("so far", "this ", "over ")
_INSIDE = ("in ", "during ", "throughout ", "month of ")


def _calendar(document: Document, when: When, text: str) -> tuple[Scope, str] | None:
    """Scope by the expression that governs the claim: spells and calendar units, unless one event stands there."""
    words = document.shadow[when.start : when.end]
    if when.kind == "past":
        if re.match(r"(?:the )?(?:last|past|previous|recent)", words):
            return (Scope.PERIOD, "window")
        return (
            (Scope.CUMULATIVE, "spell")
            if "after" not in document.shadow[when.start - 7 : when.start]
            else None
        )
    if when.kind != "on":
        return None
    if when.grain == "spell" and re.search(r"\d", words):
        return Scope.PERIOD, "spell"
    if when.grain in {"month", "year", "week", "weekend"}:
        if cue("single").search(text):
            return None
        if not (words.startswith(_RUNNING_UNIT) or document.shadow[: when.start].endswith(_INSIDE)):
            return None
        if cue("several").search(text) or "during the month" in text or words.startswith(_WITHIN):
            return Scope.PERIOD, "calendar"
    return None


def _story(
    document: Document,
    sentence: Sentence,
    text: str,
    outcome: Outcome | None,
    low: int | None,
) -> tuple[Scope, str]:
    """Scope from the event of the text, for a claim without cues of its own."""
    told = story(document)
    counted = outcome in _COUNTED
    long = told.onset and told.stated and (told.stated - told.onset).days >= LONG
    if counted and _running(document, sentence, text, outcome, long=bool(long)):
        return Scope.CUMULATIVE, "lasting"
    if not told.running:
        return Scope.INCIDENT, ""
    own = any(w.kind in {"on", "outset"} and w.grain != "about" for w in events(document, sentence))
    if own or cue("single").search(text):
        return Scope.INCIDENT, ""
    plural = low is None or outcome is Outcome.DISPLACED or cue("several").search(text) or _TOLL.search(text)
    if long and counted and plural:
        return Scope.CUMULATIVE, "story"
    return Scope.INCIDENT, ""


def _running(
    document: Document, sentence: Sentence, text: str, outcome: Outcome | None, *, long: bool
) -> bool:
    """Whether a clause counts what fighting of several days has cost so far."""
    if cue("moment").search(text):
        return False
    perfect = bool(_PERFECT.search(text))
    if (
        not perfect
        and "toll" not in text
        and any(w.kind == "on" and w.grain == "day" for w in events(document, sentence))
    ):
        return False
    if perfect and outcome is Outcome.DISPLACED:
        # "have been displaced": who is away from home now, whatever drove them
        return True
    fight = cue("fight").search(text)
    return bool(
        (lasting(document) and cue("counting").search(text))
        or (long and fight and (perfect or _LOST.search(text)))
    )


_LOST = re.compile(r"\b(?:lost|losses|toll|displaced|fled)\b")

_COUNTED = {None, Outcome.KILLED, Outcome.WOUNDED, Outcome.DISPLACED, Outcome.OTHER}


@lru_cache(maxsize=8)
def lasting(document: Document) -> bool:
    """Whether the text tells of fighting that goes on for days."""
    return any(
        cue("lasting").search(document.shadow, s.start, s.end)
        for s in document.sentences
        if stands(document, "lasting", s.start, s.end)
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
    if found and not _RECORD.search(shadow, sentence.start, found.end()):
        return " ".join(document.body[found.start(1) : found.end(1)].split())
    for when in expressions(document, sentence):
        if _BEGAN.search(shadow, max(sentence.start, when.start - 30), when.end + 20):
            return document.body[when.start : when.end]
    return None


_SINCE_WORDS = re.compile(r"\bsince ([^,.;()\"]{3,90})")


def may_rise(document: Document, sentence: Sentence, outcome: Outcome | None = None) -> bool:
    """Whether this sentence says that its count could still grow, or the one after it says so of this one's.

    A warning that follows a figure in its own sentence is of that figure, and of no figure before it. A "toll"
    is of the dead.
    """
    near = document.sentences[min(sentence.index + 1, len(document.sentences) - 1)]
    if not stands(document, "rise", sentence.start, near.end):
        return False
    found = cue("rise").search(document.shadow, sentence.start, sentence.end)
    if found:
        return outcome in _DEAD or "death toll" not in found[0]
    if sentence.index + 1 >= len(document.sentences):
        return False
    after = document.sentences[sentence.index + 1]
    found = cue("rise").search(document.shadow, after.start, after.end)
    if found is None or not _TOLL.search(document.shadow, after.start, after.end):
        return False
    return outcome in _DEAD and not _OUTCOME.search(document.shadow, after.start, found.start())


_DEAD = {None, Outcome.KILLED, Outcome.BODIES_FOUND, Outcome.OTHER}
_OUTCOME = re.compile(r"\b(?:killed|killing|dead|died|deaths?(?! toll)|slain|bodies)\b")
_TOLL = re.compile(r"\b(?:toll|number|numbers|figure|figures|count|casualties)\b")


_ALSO = re.compile(r"\balso\b")


def follows(document: Document, sentence: Sentence, span: Span, own: Counted, last: Counted) -> Counted:
    """The scope of a claim that goes on with the count of the one before it: "nine bakers have also been killed"."""
    text = clause(document, sentence, span)
    wide = last.scope is Scope.CUMULATIVE or (last.scope is Scope.PERIOD and last.rule in _SPELLS)
    if own.rule or not wide or not (_PERFECT.search(text) or _ALSO.search(text)):
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
