"""Whose people a figure counts: the class of each draft, decided by its noun, its list, its event and its text.

"Plain" words (people, men, no noun at all) tell nothing by themselves. They take, in this order: the class
of the shares that break them down; the class of the figure they stand beside ("10 soldiers were killed and
another 55 wounded"); what the outcome makes of them; what the scope makes of them; what the text's other
groups are. What is still open stays unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from tollbook.codes import Outcome, Scope, VictimsClass
from tollbook.reading.drafts import Draft, told_in
from tollbook.reading.evidence import weigh
from tollbook.reading.owners import again, ahead, antecedent, by_owner
from tollbook.reading.standing import TOLD_APART, apposed, listed, named
from tollbook.rules import table
from tollbook.text import Document

CIVILIAN, COMBATANT, MIXED, UNKNOWN = (
    VictimsClass.CIVILIAN,
    VictimsClass.COMBATANT,
    VictimsClass.MIXED,
    VictimsClass.UNKNOWN,
)


def settle(
    document: Document, drafts: Sequence[Draft], scopes: Sequence[Scope], armed: Callable[[str], bool]
) -> None:
    """Sets ``kind``, whether it is ``inferred`` (and for a bare number ``victims``) of each draft in place.

    ``armed`` tells whether a phrase names a party to the conflict; whoever is its member is a combatant.
    """
    for at, d in enumerate(drafts):
        if d.kind is UNKNOWN and not d.head:
            by_owner(document, d)
        if d.kind is UNKNOWN:
            beside(drafts, at)
        if d.victims:
            d.kind = by_phrase(document, d, armed)
    for at, d in enumerate(drafts):
        if d.kind is UNKNOWN:
            follow(document, drafts, at)
        if d.kind is UNKNOWN and d.named:
            d.kind = named(document, d, armed) or UNKNOWN
    parts = shares(drafts)
    for at, d in enumerate(drafts):
        d.inferred = d.kind is UNKNOWN
        if d.inferred:
            d.kind = (
                apposed(document, d)
                or listed(document, d)
                or by_shares(d, parts.get(id(d), ()))
                or by_outcome(d)
                or by_scope(d, scopes[at])
                or UNKNOWN
            )
    for d in drafts:
        if d.supersedes is not None and d.supersedes.inferred:
            d.supersedes.kind, d.supersedes.inferred = d.kind, d.inferred
    for d in drafts:
        if d.kind is UNKNOWN and d.part_of is None:
            d.kind = as_before(d, drafts)
    plain = [d for d in drafts if d.kind is UNKNOWN]
    for d, kind in zip(plain, weigh(document, plain, drafts), strict=True):
        d.kind = kind


def by_phrase(document: Document, d: Draft, armed: Callable[[str], bool]) -> VictimsClass:
    """The class by what a noun alone does not tell: "civil defence members", "an activist of the Front"."""
    words = " ".join((d.victims or "").lower().split())
    behind = _BELONGS.match(document.shadow, d.group[1], min(d.group[1] + 80, d.sentence.end))
    if behind and d.kind is UNKNOWN:
        words += behind[0]
    if words.endswith((" of", " a", " the")):
        # what the members are of stands behind the group
        words += document.shadow[d.group[1] : min(d.group[1] + 30, d.sentence.end)]
    for kind, pattern in _phrases():
        if pattern.search(words):
            return kind
    if d.part_of is not None and d.part_of.kind is COMBATANT and d.head in _ANY_SIDE:
        return COMBATANT
    if d.kind is UNKNOWN and armed(d.victims or ""):
        return COMBATANT
    return d.kind


# Whose people they are, where it stands behind them.
_BELONGS = re.compile(
    r" (?:belonging to|loyal to|affiliated (?:with|to)|fighting for|serving (?:in|with))(?: [\w'()-]+){1,7}"
)
# Words for people who may be on any side: among militants they are militants.
_ANY_SIDE = frozenset(
    {"woman", "women", "man", "men", "female", "teenager", "teenagers", "youth", "youths", "boy"}
)


@cache
def _phrases() -> list[tuple[VictimsClass, re.Pattern[str]]]:
    rows: dict[str, list[str]] = table("en", "evidence")["phrases"]
    return [(VictimsClass(kind), re.compile(rf"\b(?:{'|'.join(found)})\b")) for kind, found in rows.items()]


def beside(drafts: Sequence[Draft], at: int) -> None:
    """A bare number takes the people of the figure before it in the same sentence, or of the one it is a share of."""
    d = drafts[at]
    if d.head and not d.members:
        return
    if d.part_of is not None and not d.head:
        d.kind, d.victims = d.part_of.kind, d.victims or d.part_of.victims
        return
    if d.letter != "N" or d.rule.startswith("toll"):
        return
    same = [
        o
        for o in told_in(drafts, d.sentence.index, d.sentence.index, at)
        if o.group[0] < d.group[0] and o.part_of is None and o.head
    ]
    if (not same and "other" in d.as_written.lower()) or d.more:
        # "Five others were killed": of the people of the sentence before
        same = same or [
            o
            for o in told_in(drafts, d.sentence.index - 1, d.sentence.index - 1, at)
            if o.part_of is None and o.head
        ]
    if same:
        last = same[-1]
        d.kind, d.victims = last.kind, d.victims or last.victims


def follow(document: Document, drafts: Sequence[Draft], at: int) -> None:
    """A bare number takes the people of the figure it is joined to behind it, or of those its "whom" stands for."""
    d = drafts[at]
    behind = ahead(document, drafts, at) if d.letter == "N" and not d.head and not d.members else None
    if behind is not None and behind.kind is not UNKNOWN:
        d.kind, d.victims = behind.kind, d.victims or behind.victims
        return
    if not d.head or d.members:
        d.kind = antecedent(document, d) or again(document, drafts, at) or UNKNOWN


def summed(drafts: Sequence[Draft]) -> None:
    """Gives a whole of inferred class, in place, the class of the figures that add up to it."""
    parts = shares(drafts)
    for d in drafts:
        if d.inferred:
            d.kind = by_shares(d, parts.get(id(d), ())) or d.kind


def shares(drafts: Sequence[Draft]) -> Mapping[int, Sequence[Draft]]:
    """The shares of each whole, by the identity of the whole; looked up in a long text once for all."""
    parts: defaultdict[int, list[Draft]] = defaultdict(list)
    for d in drafts:
        if d.part_of is not None:
            parts[id(d.part_of)].append(d)
    return parts


def by_shares(d: Draft, parts: Sequence[Draft]) -> VictimsClass | None:
    """The class of a whole from its shares: only civilians among them, or both sides."""
    kinds = {o.kind for o in parts} - {UNKNOWN}
    if not kinds:
        return None
    if len(kinds) > 1:
        return MIXED
    counted = sum(o.low or 0 for o in parts)
    if kinds == {CIVILIAN}:
        # "248 people, including 109 civilians": the others were none
        apart = any(TOLD_APART & set((o.victims or "").lower().split()) for o in parts)
        return MIXED if apart and counted < (d.low or d.high or 0) else CIVILIAN
    return COMBATANT if counted == d.low else MIXED


# From how many on, and how near, two totals of one fate in a text are one, told in round numbers and exactly.
TOTAL, NEAR = 50, 0.05


def as_before(d: Draft, drafts: Sequence[Draft]) -> VictimsClass:
    """The class of a total that the text breaks down elsewhere: "over 370 dead", "the toll rose to 373, among them"."""
    low = d.low or 0
    if low < TOTAL:
        return UNKNOWN
    same = {
        o.kind
        for o in drafts
        if o.outcome is d.outcome
        and o.part_of is None
        and o.inferred
        and abs((o.low or 0) - low) <= NEAR * low
    } - {UNKNOWN}
    return same.pop() if len(same) == 1 else UNKNOWN


def by_outcome(d: Draft) -> VictimsClass | None:
    """Who flees or is abducted is civilian, who surrenders or is captured a combatant, unless a noun says otherwise."""
    if d.outcome in {Outcome.SURRENDERED, Outcome.CAPTURED}:
        return COMBATANT
    return CIVILIAN if d.outcome in {Outcome.DISPLACED, Outcome.ABDUCTED} else None


# A running total from here on is that of a war; below it often of one group, or of one event whose toll rises.
_OF_ALL = 1000


def by_scope(d: Draft, scope: Scope) -> VictimsClass | None:
    """The dead of a war, or of a large running total, are of all kinds."""
    if d.outcome is not Outcome.KILLED or d.part_of is not None:
        return None
    large = scope is Scope.CUMULATIVE and (d.low or 0) >= _OF_ALL
    return MIXED if scope is Scope.WAR or large else None
