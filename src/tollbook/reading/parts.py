"""Parts: figures of other sentences that are shares of a total, because the text says so or because they add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.drafts import Draft, told_in
from tollbook.text import Document

# How many sentences after its total a share may stand.
REACH = 12

# A total is told in the first sentences; further down only a number from SURE on adds up by no accident.
LEAD = 4
SURE = 6

# Constructions that say of their group that it is among others of the same fate.
_AMONG = frozenset({"among", "inverted"})
# "Three of the wounded": a group named by its fate.
_FATES = {
    Outcome.KILLED: re.compile(r"\bof (?:the|those) (?:\w+ )?(?:dead|killed|deaths|fatalities)\b"),
    Outcome.WOUNDED: re.compile(r"\bof (?:the|those) (?:\w+ )?(?:wounded|injured|hurt|injuries)\b"),
}
_NOBODY = re.compile(r"(?!)")
_OPENS = ("also ", "among ", "amongst ", "the dead include", "the victims include", "those killed include")

# A sentence that begins so goes on with the people of the one before: "Most slept at home; hundreds slept in halls."
_MOST = ("most ", "many ", "some of them ", "most of them ", "many of them ", "the rest ", "half of them ")


def among(document: Document, drafts: Sequence[Draft]) -> None:
    """Sets ``part_of``, in place, of the groups that their sentence puts among the victims of a figure before it."""
    for d in drafts:
        if d.part_of is None and (d.rule in _AMONG or d.members or _bare(d)) and _says_so(document, d):
            d.part_of = _total(d, drafts)


def sums(drafts: Sequence[Draft]) -> None:
    """Sets ``part_of``, in place, of the figures that add up to a total told before them: one day's several places.

    They are shares by arithmetic only, so that they keep the scope and the class of their own words.
    """
    for whole in drafts:
        if (
            whole.part_of is None
            and whole.low is not None
            and whole.low > (2 if whole.sentence.index < LEAD else SURE)
            and not whole.old
        ):
            for part in _sum(whole, drafts):
                part.part_of = whole


def both(drafts: Sequence[Draft]) -> None:
    """Sets ``part_of``, in place, of dead and wounded who add up to the casualties told before them."""
    for at, whole in enumerate(drafts):
        if whole.outcome is not Outcome.OTHER or whole.part_of is not None or (whole.low or 0) < LEAST:
            continue
        parts = [d for d in drafts[at + 1 : at + REACH] if d.part_of is None and d.outcome in _FATES]
        for dead, hurt in pairwise(parts):
            if dead.sentence.index - whole.sentence.index > BOTH:
                break
            if dead.outcome is not hurt.outcome and (dead.low or 0) + (hurt.low or 0) == whole.low:
                dead.part_of = hurt.part_of = whole
                break


# From this many casualties on two numbers add up to them by no accident, and how many sentences further they may stand.
LEAST, BOTH = 4, 3


def _bare(d: Draft) -> bool:
    """Whether a figure has no noun of its own: "hundreds", "hundreds of them"."""
    return d.victims is None or d.victims.lower() in {"them", "these", "those"}


def _says_so(document: Document, d: Draft) -> bool:
    """Whether the sentence puts its group among the victims of a figure before it."""
    return (
        d.rule == "among"
        or (d.members and bool(_FATES.get(d.outcome, _NOBODY).search(document.shadow, *d.group)))
        or document.shadow.startswith(_OPENS, d.sentence.start)
        or (_bare(d) and document.shadow.startswith(_MOST, d.sentence.start))
    )


def _total(d: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The figure that a group told of as "among the dead" belongs to: the nearest larger one before it."""
    size = d.low or d.high or 1
    found = [
        o
        for o in drafts
        if o is not d and o.outcome is d.outcome and o.part_of is None and not o.old
        and (o.low or o.high or 0) > size and 0 <= d.sentence.index - o.sentence.index <= REACH
    ]  # fmt: skip
    return found[-1] if found else None


def _sum(whole: Draft, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """The figures after a total that add up to it, told one after the other."""
    later = list(_later(whole, drafts))
    for first in range(len(later) - 1):
        total = 0
        for last in range(first, len(later)):
            total += later[last].low or 0
            if total == whole.low and last > first:
                return later[first : last + 1]
            if total > (whole.low or 0):
                break
    return ()


def _later(whole: Draft, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The smaller figures of the same fate in the sentences after a total."""
    for d in told_in(drafts, whole.sentence.index + 1, whole.sentence.index + REACH):
        if (
            d.outcome is whole.outcome
            and d.part_of is None
            and d.supersedes is None
            and not d.old
            and d.low is not None
            and d.low < (whole.low or 0)
            and _fits(d, whole)
        ):
            yield d


def _fits(d: Draft, whole: Draft) -> bool:
    """Whether people of that class can be among the victims of the whole; an inferred class forbids nothing."""
    clear = {VictimsClass.CIVILIAN, VictimsClass.COMBATANT}
    return d.inferred or whole.inferred or d.kind is whole.kind or not {d.kind, whole.kind} <= clear
