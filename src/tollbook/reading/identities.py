"""Identities: who is told again. One person or group of one fate carries the same words each time it is told."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.codes import Outcome
from tollbook.reading.drafts import Draft
from tollbook.text import Document

# Words for people that say nothing of who they are.
_ANYBODY = frozenset("people persons person individuals victims others them dead killed those".split())
_ARTICLES = ("the ", "these ", "those ")


def identify(document: Document, drafts: Sequence[Draft]) -> None:
    """Sets ``victims``, in place, of who is told again to what they were called when told first."""
    for at, d in enumerate(drafts):
        if d.part_of is None and d.victims and not d.christened:
            same = _person(document, d, drafts[:at]) if d.letter == "1" else _group(document, d, drafts[:at])
            if same is not None:
                d.victims = same.victims
    dead = {o.victims for o in drafts if o.christened and o.outcome is Outcome.KILLED}
    for d in drafts:
        if d.letter in {"1", "C"} and d.victims in dead and shot(document, d):
            d.outcome = Outcome.KILLED  # who was shot and died was killed


def shot(document: Document, d: Draft) -> bool:
    """Whether somebody was shot, which may be how he died."""
    return d.outcome is Outcome.WOUNDED and document.shadow.startswith("shot", d.trigger[0])


def bare(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without people whose number stands elsewhere: "the murder of the monks" beside "six monks were killed"."""
    return [
        d
        for d in drafts
        if d.letter != "P"
        or not any(
            o.outcome is d.outcome
            and o.low is not None
            and o.low > 1
            and _words(d.victims) & _words(o.victims)
            for o in drafts
        )
    ]


def _person(document: Document, d: Draft, before: Sequence[Draft]) -> Draft | None:
    """The named person of the same office and fate: "mayor Anton Brezin was shot dead ... the mayor was killed"."""
    if not _definite(document, d):
        return None
    fits = [o for o in before if o.christened and o.outcome is d.outcome and o.head == d.head]
    return fits[-1] if fits and len({o.victims for o in fits}) == 1 else None


def _group(document: Document, d: Draft, before: Sequence[Draft]) -> Draft | None:
    """The group of as many with the same fate: "six Northern monks were killed ... the murder of the six monks"."""
    if d.low is None or d.low != d.high or d.low < 2 or d.members:
        return None
    for o in before:
        if o.outcome is d.outcome and (o.low, o.high) == (d.low, d.high) and o.victims:
            ours, theirs = _words(d.victims), _words(o.victims)
            if _definite(document, d) or ours <= theirs or theirs <= ours:
                return o
    return None


def _words(victims: str | None) -> frozenset[str]:
    return frozenset((victims or "").lower().split()) - _ANYBODY


def _definite(document: Document, d: Draft) -> bool:
    """Whether an article says that the people were told of before."""
    shadow = document.shadow
    return shadow.startswith(_ARTICLES, d.group[0]) or shadow.startswith("the ", max(0, d.group[0] - 4))
