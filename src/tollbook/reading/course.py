"""Course claims: who says that something began, goes on, ended, changed hands or was announced, where and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Protocol

from ahocorasick_rs import AhoCorasick

from tollbook.codes import Phase, Status
from tollbook.nouns import Course, Span
from tollbook.reading.deeds import deeds
from tollbook.reading.parties import Parties, parties, party
from tollbook.reading.scene import Deed, Scene, clause, scene
from tollbook.reading.verbs import vocabulary
from tollbook.reading.when import When
from tollbook.text import Document, Sentence


class Said(Protocol):
    """Who says something: the fullest name, and through whom it came."""

    @property
    def name(self) -> str: ...
    @property
    def relayed_by(self) -> tuple[str, ...]: ...
    @property
    def verb(self) -> str: ...
    @property
    def start(self) -> int: ...


Voicing = Callable[[Document, Span, tuple[int, int]], Said | None]
Timing = Callable[[Document, Sentence], Sequence[When]]
Placing = Callable[[Document, Sentence, Span], str | None]
Days = tuple[date | None, date | None]


def courses(
    document: Document,
    report_id: str,
    said_on: date | None,
    voice: Voicing,
    when: Timing,
    where: Placing,
    made_by: str = "",
) -> tuple[Course, ...]:
    """The course claims of a text, in text order; none where the text is not about a conflict.

    Args:
        document: the text.
        report_id: id of the report it came in.
        said_on: day of publication.
        voice: who says the words at a span, given the verb's characters.
        when: the time expressions of a sentence.
        where: the most specific place that a span speaks of.
        made_by: rule set and version.
    """
    found: list[Course] = []
    sentences = candidates(document)
    if not sentences:
        return ()
    context = parties(document)
    stated: tuple[int, str, Days] | None = None
    for sentence in sentences:
        place = scene(document, sentence, context)
        for deed in deeds(place):
            span = Span(*clause(place, deed))
            said = _apart(place, span, voice(document, span, (deed.start, deed.end)))
            name = _speaker(said, context)
            moments = when(document, sentence)
            days = _days(document, sentence, deed, span, moments)
            if name:
                key = party(name, context) or name
                if days == (None, None) and stated and stated[:2] == (sentence.index - 1, key):
                    # "the guild announced the end of its campaign", a sentence after what it said on Sunday
                    days = stated[2]
                told = next((w for w in moments if w.kind == "said"), None)
                stated = (sentence.index, key, (told.date_from, told.date_to)) if told else stated
            made = _course(place, deed, span, (name, said), days, where(document, sentence, span))
            if not any(_same(made, c) for c in found[-3:]):
                found.append(replace(made, report=report_id, said_on=said_on, made_by=made_by))
    return tuple(found)


def _course(
    place: Scene, deed: Deed, span: Span, told: tuple[str | None, Said | None], days: Days, where: str | None
) -> Course:
    """The course claim of a deed, before it is known in which report it stands."""
    name, said = told
    actors = _actors(place, deed, name)
    return Course(
        report="",
        span=span,
        quote=place.document.body[span.start : span.end],
        speaker=name,
        relayed_by=said.relayed_by if said else (),
        place=where,
        date_from=days[0],
        date_to=days[1],
        status=_status(deed, said),
        rule=deed.rule,
        type=_type(deed, actors, place),
        phase=deed.phase,
        actors=actors,
    )


def _speaker(said: Said | None, context: Parties) -> str | None:
    """The speaker's name; a party that speaks itself goes by its own name, without what is put around it."""
    if said is None:
        return None
    named = party(said.name, context)
    # "Kurdish-led Syrian Democratic Forces (SDF)", but not "spokesman for the Syrian Democratic Forces"
    plain = named is not None and named in said.name and not _OFFICE.search(said.name.split(named)[0])
    return named if plain else said.name


_OFFICE = re.compile(r"\b(?:of|for|in|from|at|and)\b|'s\b|[A-Z]\w*\s+\w*\s*$")


def _apart(place: Scene, span: Span, said: Said | None) -> Said | None:
    """The voice, unless it speaks in an earlier part: in "X said A, but B" the text itself says B."""
    if said is None or not place.sentence.start <= said.start < span.start:
        return said
    return None if _CONTRAST.match(place.shadow, span.start) else said


_CONTRAST = re.compile(r"(?:but|while|whereas|although|though)\s")


def _same(one: Course, other: Course) -> bool:
    """Whether two readings of one clause say the same."""
    return (one.type, one.phase, one.speaker) == (
        other.type,
        other.phase,
        other.speaker,
    ) and one.span.overlaps(other.span)


def _status(deed: Deed, said: Said | None) -> Status:
    if (
        deed.status is Status.ASSERTED
        and said is not None
        and said.verb.startswith(("alleg", "accus", "claim"))
    ):
        return Status.ALLEGED
    return deed.status


# ---------------------------------------------------------------------------------------- triage


@cache
def _scanner() -> tuple[AhoCorasick, tuple[int, ...]]:
    """One scan for the war's words (1), the other world's (2), and the verbs that can be a deed (4)."""
    words = vocabulary()
    found: dict[str, int] = {}
    for name, bit in (("war", 1), ("other", 2)):
        for word in words.lists[name]:
            found[word] = found.get(word, 0) | bit
    for group in (words.turns, words.launches, words.acts, words.blasts, words.stills):
        for word in group.rows:
            found[word] = found.get(word, 0) | 4
    for row, _ in words.phrases:
        for word in row["anchors"]:
            found[word] = found.get(word, 0) | 4
    found["days of"] = found.get("days of", 0) | 4
    found["weeks of"] = found.get("weeks of", 0) | 4
    return AhoCorasick(list(found)), tuple(found.values())


def candidates(document: Document) -> list[Sentence]:
    """The sentences that may say what happened; none where the text is about something else than a conflict."""
    scanner, bits = _scanner()
    shadow = document.shadow
    war: set[int] = set()
    other: set[int] = set()
    marks: dict[int, Sentence] = {}
    for index, start, _ in scanner.find_matches_as_indexes(shadow, overlapping=True):
        if start and shadow[start - 1].isalnum():
            continue
        if bits[index] & 1:
            war.add(index)
        if bits[index] & 2:
            other.add(index)
        if bits[index] & 4:
            sentence = document.sentence_at(start)
            marks.setdefault(sentence.index, sentence)
    if not war or len(other) >= len(war):
        return []
    return [marks[i] for i in sorted(marks)]


# ---------------------------------------------------------------------------------------- when


def _days(document: Document, sentence: Sentence, deed: Deed, span: Span, found: Sequence[When]) -> Days:
    """The days a deed speaks of: an expression of its clause, else the day it was said, else the opening's."""
    dated = [w for w in found if w.kind != "future" and (w.date_from or w.date_to)]
    closed = [w for w in dated if (w.date_from and w.date_to) or w.kind in {"until", "since"}]
    dated = closed or dated
    if deed.days is not None:
        ends = [w.date_to for w in dated if w.grain == "day" and w.date_to and w.start >= deed.end]
        return (ends[0] - timedelta(days=deed.days), ends[0]) if ends else (None, None)
    inside = [w for w in dated if span.start <= w.start < span.end]
    said = [w for w in dated if w.kind == "said"] if not inside else []
    near = [w for w in inside or said if not _elsewhere(document, w, deed)]
    if deed.phase is not Phase.CONTINUES:
        # "on the sixth day of the battle" is when it was, not how long it went on
        near = [w for w in near if w.kind != "since"] or near
    if near:
        return _span(min(near, key=lambda w: _distance(document, w, deed)), deed)
    opening = [w for w in dated if w.start - sentence.start < 25 and w.kind == "on"]
    return _span(opening[0], deed) if opening else (None, None)


def _distance(document: Document, when: When, deed: Deed) -> int:
    """How far an expression stands from a deed; what follows a comma belongs rather to something else."""
    left, right = sorted((when.start, deed.start))
    between = document.shadow[left:right]
    told = 40 if when.kind == "said" else 0
    return len(between) + 40 * between.count(",") + told - (20 if when.start >= deed.end else 0)


def _elsewhere(document: Document, when: When, deed: Deed) -> bool:
    """Whether an expression after a deed belongs to a clause of its own."""
    left, right = sorted((when.start, deed.start))
    if _BREAK.search(document.shadow, left, right):
        return True
    return (
        when.kind != "said"
        and when.start >= deed.end
        and bool(_APART.search(document.shadow, deed.end, when.start))
    )


_BREAK = re.compile(r"\b(?:although|though|whereas|while|but)\b")


# "had defeated all fighters left inside the jail that the militants stormed ten days ago"
_APART = re.compile(r"\b(?:that|which|who|whom|when|where|after|before|following)\b")


def _span(when: When, deed: Deed) -> Days:
    """The days of one expression."""
    if when.kind == "until":
        return None, when.date_to
    if when.kind == "since" or (when.date_to is None):
        return when.date_from, None
    if when.kind == "said" and deed.phase is Phase.BEGAN:
        return None, when.date_to  # it had begun by then
    return when.date_from, when.date_to


# ---------------------------------------------------------------------------------------- who acts


def _actors(place: Scene, deed: Deed, speaker: str | None) -> tuple[str, ...]:
    """The parties that act: canonical where the words allow it, else the words."""
    found: list[str] = []
    for start, end in deed.actors:
        name = _named(place, start, end, speaker)
        if name:
            found.append(name)
    return tuple(dict.fromkeys(found))


_PRONOUN = re.compile(r"(?:they|it|he|she|we|its|their)\b")


def _named(place: Scene, start: int, end: int, speaker: str | None) -> str | None:
    """The party that a stretch of a sentence means."""
    body, context = place.document.body, place.context
    if _PRONOUN.match(place.text(start, end)):
        known = party(speaker, context) if speaker else None
        earlier = [f for f in place.forces if f[1] <= start]
        return known or (_named(place, *earlier[0], None) if earlier else None)
    words = " ".join(body[start:end].split())
    after = re.match(r"\s+of\s+(?:the\s+)?", place.text(end, end + 9))
    owner = [f for f in place.forces if after and f[0] == end + after.end()]
    if owner and (found := party(body[owner[0][0] : owner[0][1]], context)):
        return found
    # the noun phrase: back to an article, a preposition or a sign ("Kurdish-led" of "Kurdish-led fighters")
    before = re.findall(r"[\w'.-]+", body[_phrase_start(place, start) : start])
    return party(" ".join([*before, words]), context) or words


def _phrase_start(place: Scene, start: int) -> int:
    """Where the noun phrase around a force begins: after the last word that cannot stand in one."""
    left = max(place.sentence.start, start - 40)
    for stop in _OUTSIDE.finditer(place.shadow, left, start):
        left = stop.end()
    return left


_OUTSIDE = re.compile(r"[^\w\s'.-]\s*|\b(?:the|a|an|of|by|with|from|between|and|or|that|said|on|in|at|when|after|while|as|against|for|where|but|were|was|is|are|had|has|have|(?<![-])\w+ing|(?<![-\w])\w{3,}ed)\s+")  # fmt: skip


# Words by which an unnamed force shows whose side it is on.
_STATE = re.compile(r"\b(?:army|military|troops|government|regime|police|navy|air force|soldiers|security forces|peacekeepers)\b", re.IGNORECASE)  # fmt: skip
_NONSTATE = re.compile(r"\b(?:rebel|militant|insurgent|gunm|guerrilla|guerilla|jihadi|terrorist|separatist|militia|bandit|fighter|islamist|extremist|attacker|cartel|gang|opposition)", re.IGNORECASE)  # fmt: skip


def _type(deed: Deed, actors: tuple[str, ...], place: Scene) -> str:
    """The type of a deed; of ground that changed hands by who holds it now."""
    if "nonstate" not in deed.row:
        return deed.type
    known = place.context.lexicon.parties
    sides = [known[a].side for a in actors if a in known]
    words = " ".join([*actors, *(place.text(*a) for a in deed.actors)])
    if sides:
        state = sides[0] == "state"
    elif _NONSTATE.search(words):
        state = False
    elif _STATE.search(words):
        state = True
    else:
        return str(deed.row.get("unknown", deed.row["type"]))
    return str(deed.row["type"] if state else deed.row["nonstate"])
