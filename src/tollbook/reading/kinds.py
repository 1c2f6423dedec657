"""Whose people a figure counts: the class of each draft, decided by its noun, its list, its event and its text.

"Plain" words (people, men, no noun at all) tell nothing by themselves. They take, in this order: the class
of the shares that break them down; the class of the figure they stand beside ("10 soldiers were killed and
another 55 wounded"); what the outcome makes of them; what the scope makes of them; what the text's other
groups are. What is still open stays unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tollbook.codes import Outcome, Scope, VictimsClass
from tollbook.reading.drafts import Draft

CIVILIAN, COMBATANT, MIXED, UNKNOWN = (
    VictimsClass.CIVILIAN,
    VictimsClass.COMBATANT,
    VictimsClass.MIXED,
    VictimsClass.UNKNOWN,
)


def settle(drafts: Sequence[Draft], scopes: Sequence[Scope], armed: Callable[[str], bool]) -> None:
    """Sets ``kind`` (and for a bare number ``victims``) of each draft in place.

    ``armed`` tells whether a phrase names a party to the conflict; whoever is its member is a combatant.
    """
    for at, d in enumerate(drafts):
        if d.kind is UNKNOWN:
            beside(drafts, at)
        if d.kind is UNKNOWN and d.victims and armed(d.victims):
            d.kind = COMBATANT
    for at, d in enumerate(drafts):
        if d.kind is UNKNOWN:
            d.kind = by_shares(d, drafts) or by_outcome(d) or by_scope(d, scopes[at]) or UNKNOWN
    for d in drafts:
        if d.supersedes is not None:
            d.supersedes.kind = d.kind
    told = by_text(drafts)
    for d in drafts:
        if d.kind is UNKNOWN and d.outcome is not Outcome.BODIES_FOUND and not d.named:
            d.kind = told


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


def by_text(drafts: Sequence[Draft]) -> VictimsClass:
    """The class of plain people where every group of the text that has one has the same."""
    kinds = [
        d.kind
        for d in drafts
        if d.head and d.kind in {CIVILIAN, COMBATANT} and d.outcome is not Outcome.DISPLACED
    ]
    return CIVILIAN if kinds and all(k is CIVILIAN for k in kinds) else UNKNOWN
