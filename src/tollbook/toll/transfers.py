"""Transfers: people who leave one outcome for another; who died of wounds is one of the dead and no more of the wounded.

Only the word of the same origin moves anybody, and only out of a figure that was told before: a total of the wounded
that is said after the death counts those who live. Nothing is lost by it: both claims stay, and each toll names both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import Figure, add
from tollbook.nouns import Claim
from tollbook.toll.counts import counts, nested
from tollbook.toll.lots import Lot
from tollbook.toll.sifting import day_of, group_of, origin_of, sift
from tollbook.toll.voices import Voice, accounts
from tollbook.values import ALL, Book, Use

# Outcomes that a person leaves by another one: the wounded die or live, the missing are found, the trapped come free.
LEFT = frozenset({Outcome.WOUNDED, Outcome.MISSING, Outcome.BESIEGED})


def leavers(claims: Sequence[Claim], outcome: Outcome) -> list[Claim]:
    """The claims of other outcomes whose people were counted under this one before."""
    if outcome not in LEFT:
        return []
    return [c for c in claims if c.formerly is outcome and c.outcome is not outcome]


def less(
    book: Book, found: Sequence[dict[str, Lot]], gone: Sequence[Claim], as_of: date | None
) -> tuple[dict[str, Lot], ...]:
    """The lots of each origin without those who left, as that origin says it.

    Args:
        book: the snapshot.
        found: the lots by group, one mapping an origin.
        gone: what ``leavers`` gives for their outcome.
        as_of: only what was said up to this day.
    """
    kept, _ = sift(book, gone, as_of)
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for claim in kept:
        by_origin[origin_of(book, claim)].append(claim)
    if not by_origin:
        return tuple(found)
    return tuple(_less(book, mine, by_origin.get(_origin(mine), [])) for mine in found)


def _origin(mine: Mapping[str, Lot]) -> str:
    return next((lot.origin for lot in mine.values()), "")


def _less(book: Book, mine: dict[str, Lot], gone: Sequence[Claim]) -> dict[str, Lot]:
    """The lots of one origin without those who left."""
    left = {group: _without(book, lot, gone) for group, lot in mine.items()} if gone else mine
    if left is mine or ALL not in left:
        return left
    figures = nested(left[ALL].figure, {g: lot.figure for g, lot in left.items() if g != ALL})
    return {g: replace(lot, figure=figures[g]) for g, lot in left.items()}


def _without(book: Book, lot: Lot, gone: Sequence[Claim]) -> Lot:
    """The lot without those who left it: surely where they were told after it or as a share of it, perhaps of its day."""
    ids = {c.id for c in lot.claims}
    sure: list[Claim] = []
    perhaps: list[Claim] = []
    for claim in gone:
        group, day = group_of(claim), day_of(book, claim)
        if group not in {ALL, lot.group} and lot.group != ALL:
            continue
        share = claim.part_of in ids
        later = day is not None and lot.day is not None and day > lot.day
        same = day is not None and day == lot.day
        if not (share or later or same):
            continue
        whose = share or lot.group in {group, ALL}
        (sure if whose and (share or later) else perhaps).append(claim)
    if not sure and not perhaps:
        return lot
    surely, maybe = _of(book, sure), _of(book, perhaps)
    uses = tuple(Use(c.id, "left", _LEFT, lot.origin) for c in sure) + tuple(
        Use(c.id, "left-perhaps", _PERHAPS, lot.origin) for c in perhaps
    )
    return replace(lot, figure=_take(lot.figure, surely, maybe), uses=lot.uses + uses, computed=True)


_LEFT = "They were counted in this figure and have left it: they are told under another outcome now."
_PERHAPS = (
    "They may have been counted in this figure, told on the same day; so it counts with and without them."
)


def _of(book: Book, claims: Sequence[Claim]) -> Figure:
    """How many the claims of one origin tell of, each telling once."""
    if not claims:
        return Figure(0, 0, 0)
    by_outcome: dict[Outcome, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_outcome[claim.outcome].append(claim.told_as(part_of=None))
    return add(_told(book, found) for found in by_outcome.values())


def _told(book: Book, claims: Collection[Claim]) -> Figure:
    """How many claims of one outcome tell of: increments alone are as many as they say, since only these people left."""
    return add(figure for voice in accounts(counts(book, list(claims))) for figure in _pieces(voice))


def _pieces(voice: Voice) -> Iterator[Figure]:
    whole = voice.standing.get(ALL)
    yield from (e.figure for e in ([whole] if whole else voice.standing.values()) if e.within is None)
    yield from (count.figure for count in voice.increments(whole, ALL))


def _take(figure: Figure, surely: Figure, maybe: Figure) -> Figure:
    """A figure less those who surely left it and, at its low end, those who may have."""
    most = None if surely.high is None or maybe.high is None else surely.high + maybe.high
    low = 0 if most is None else max(0, figure.floor - most)
    high = None if figure.high is None else max(0, figure.high - surely.floor)
    low = low if high is None else min(low, high)
    best = None
    if figure.best is not None and surely.best is not None and maybe == Figure(0, 0, 0):
        best = max(0, figure.best - surely.best)
        best = best if low <= best and (high is None or best <= high) else None
    return Figure(low, low if low == high else best, high)
