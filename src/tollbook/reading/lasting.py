"""Lasting: what an undated figure counts over where its own words do not tell, from the event that the text tells of.

In a text that tells of an event of several days, an undated count of dead, wounded or displaced is the running total.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tollbook.codes import Outcome, Scope
from tollbook.reading.case import Case
from tollbook.reading.counting import PERFECT
from tollbook.reading.cues import cue, stands
from tollbook.reading.dating import events, story
from tollbook.text import Document, shade

# An event this many days old, still told of, is counted by running totals.
LONG = 2

_COUNTED = {None, Outcome.KILLED, Outcome.WOUNDED, Outcome.DISPLACED, Outcome.OTHER}
_REACHED = re.compile(
    r"\b(?:has|have) (?:now |already )?(?:reached|risen|climbed|grown|passed|exceeded|surpassed)\b"
)
_LOST = re.compile(r"\b(?:lost|losses|toll|displaced|fled)\b")
_TOLL = re.compile(r"\b(?:toll|number|numbers|figure|figures|count|casualties)\b")


def told(case: Case) -> tuple[Scope, str]:
    """Scope from the event of the text, for a claim without cues of its own."""
    if case.low == 1:
        # whatever goes on around it, one person is killed or taken once
        return Scope.INCIDENT, "one"
    event = story(case.document)
    if bulletin(case.document) and not _dated(case) and not case.single:
        return Scope.PERIOD, "bulletin"
    counted = case.outcome in _COUNTED
    long = bool(event.onset and event.stated and (event.stated - event.onset).days >= LONG)
    if counted and _running(case, long=long):
        return Scope.CUMULATIVE, "lasting"
    if not event.running:
        return Scope.INCIDENT, ""
    own = any(w.kind in {"on", "outset"} and w.grain != "about" for w in events(case.document, case.sentence))
    if own or case.single:
        return Scope.INCIDENT, ""
    plural = (
        case.low is None
        or case.outcome is Outcome.DISPLACED
        or cue("several").search(case.text)
        or _TOLL.search(case.text)
    )
    if long and counted and plural:
        return Scope.CUMULATIVE, "story"
    return Scope.INCIDENT, ""


def _dated(case: Case) -> bool:
    """Whether the sentence names a day."""
    return any(
        w.kind == "on" and w.grain in {"day", "night", "about"} for w in events(case.document, case.sentence)
    )


# How far into a text it says which spell it tells of.
OPENING = 300


@lru_cache(maxsize=8)
def bulletin(document: Document) -> bool:
    """Whether a text reports on a spell of time: a weekly report, a summary of the past day."""
    told = cue("bulletin")
    return bool(told.search(shade(document.title)) or told.search(document.shadow[:OPENING]))


def _running(case: Case, *, long: bool) -> bool:
    """Whether a clause counts what fighting of several days has cost so far."""
    text = case.text
    if cue("moment").search(text):
        return False
    perfect = bool(PERFECT.search(case.near))
    if (
        not perfect
        and "toll" not in text
        and any(w.kind == "on" and w.grain == "day" for w in events(case.document, case.sentence))
    ):
        return False
    if case.outcome is Outcome.DISPLACED and (perfect or _REACHED.search(text)):
        # "have been displaced": who is away from home now, whatever drove them
        return True
    fight = cue("fight").search(text)
    return bool(
        (lasting(case.document) and cue("counting").search(text) and (perfect or "toll" in case.near))
        or (long and fight and (perfect or _LOST.search(text)))
    )


@lru_cache(maxsize=8)
def lasting(document: Document) -> bool:
    """Whether the text tells of fighting that goes on for days."""
    return any(
        cue("lasting").search(document.shadow, s.start, s.end)
        for s in document.sentences
        if stands(document, "lasting", s.start, s.end)
    )
