"""Whose people a figure counts: the class of each draft, decided by its noun, its list, its event and its text.

"Plain" words (people, men, no noun at all) tell nothing by themselves. They take, in this order: the class
of the shares that break them down; the class of the figure they stand beside ("10 soldiers were killed and
another 55 wounded"); what the outcome makes of them; what the scope makes of them; what the text's other
groups are. What is still open stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from tollbook.codes import Outcome, Scope, VictimsClass
from tollbook.reading.drafts import Draft
from tollbook.reading.evidence import weigh
from tollbook.reading.parties import combatant
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
        d.inferred = d.kind is UNKNOWN
        if d.inferred:
            d.kind = by_shares(d, drafts) or by_outcome(d) or by_scope(d, scopes[at]) or UNKNOWN
    for d in drafts:
        if d.supersedes is not None:
            d.supersedes.kind, d.supersedes.inferred = d.kind, d.inferred
    plain = [d for d in drafts if d.kind is UNKNOWN]
    for d, kind in zip(plain, weigh(document, plain, drafts), strict=True):
        d.kind = kind


def by_phrase(document: Document, d: Draft, armed: Callable[[str], bool]) -> VictimsClass:
    """The class by what a noun alone does not tell: "civil defence members", "an activist of the Front"."""
    words = " ".join((d.victims or "").lower().split())
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
        for o in drafts[:at]
        if o.sentence.index == d.sentence.index and o.group[0] < d.group[0] and o.part_of is None and o.head
    ]
    if (not same and "other" in d.as_written.lower()) or d.more:
        # "Five others were killed": of the people of the sentence before
        same = same or [
            o
            for o in drafts[:at]
            if 0 < d.sentence.index - o.sentence.index <= 1 and o.part_of is None and o.head
        ]
    if same:
        last = same[-1]
        d.kind, d.victims = last.kind, d.victims or last.victims


# Whose the dead or the casualties are, where the number stands without people: "19 casualties on the army".
_AFTER = re.compile(
    r"(?: (?:dead|wounded|injured|killed|casualties|losses|deaths|injuries)\b| (?:and|or) [\d,]+| (?:were |was )?inflicted)*"
    r" (?:among|amongst|on|upon) (?:the |our |its |their )?(?P<who>[\w-]+(?: [\w-]+){0,2})"
)
_BEFORE = re.compile(
    r"(?:the |our |its |their )?(?P<who>(?:[\w-]+ ){1,4}|(?:[\w-]+ ){1,8}\(\w+\) )(?:(?:have|has|had|also) )*"
    r"(?:suffered|sustained|took|taken|lost) $"
)
_WITHIN = re.compile(r"[\d,]+ (?P<who>[\w-]+) (?:casualties|losses|deaths)\b")


def by_owner(document: Document, d: Draft) -> None:
    """Sets the people of a bare number from the words that own its dead: "the rebels suffered 19 casualties"."""
    shadow, s = document.shadow, d.sentence
    found = (
        _WITHIN.match(shadow, d.group[0], s.end)
        or _AFTER.match(shadow, d.end, s.end)
        or _BEFORE.search(shadow[max(s.start, d.start - 90) : d.start])
    )
    if found is None:
        return
    who = found["who"].strip()
    ranks = bool(_RANKS.search(who))
    known = combatant(who)
    if not ranks and known is None and not who.startswith("civilian"):
        return  # "released 12 on Monday": Monday owns no dead
    if found.re is not _BEFORE:
        d.victims = d.victims or document.body[found.start("who") : found.end("who")].strip()
    if ranks or known:
        d.kind = COMBATANT
    elif known is False or who.startswith("civilian"):
        d.kind = CIVILIAN


_RANKS = re.compile(
    r"\b(?:army|military|armed forces|guerrillas?|rebels?|insurgents?|militants?|troops|ranks|police|government forces|security forces|soldiers?)\b"
)


def by_shares(d: Draft, drafts: Sequence[Draft]) -> VictimsClass | None:
    """The class of a whole from its shares: only civilians among them, or both sides."""
    parts = [o for o in drafts if o.part_of is d]
    kinds = {o.kind for o in parts} - {UNKNOWN}
    if not kinds:
        return None
    if len(kinds) > 1:
        return MIXED
    if kinds == {CIVILIAN}:
        return CIVILIAN
    counted = sum(o.low or 0 for o in parts)
    return COMBATANT if counted == d.low else MIXED


def by_outcome(d: Draft) -> VictimsClass | None:
    """Who flees or is abducted is civilian, who surrenders or is captured a combatant, unless a noun says otherwise."""
    if d.outcome in {Outcome.SURRENDERED, Outcome.CAPTURED}:
        return COMBATANT
    return CIVILIAN if d.outcome in {Outcome.DISPLACED, Outcome.ABDUCTED} else None


def by_scope(d: Draft, scope: Scope) -> VictimsClass | None:
    """The dead of a war, of a running total or of a toll are of all kinds."""
    if d.outcome is not Outcome.KILLED or d.part_of is not None:
        return None
    return MIXED if scope in {Scope.WAR, Scope.CUMULATIVE} else None
