"""Lots: what each origin stands for, one figure a group; the whole of a voice that gives only parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tollbook.figures import Figure, add, overlap
from tollbook.nouns import Claim
from tollbook.toll.counts import level, nested, residual
from tollbook.toll.sifting import OTHER
from tollbook.toll.voices import TAKES, Entry, Voice
from tollbook.values import ALL, Use

# A night's event is dated on either day, so windows that touch may be of one event.
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lot:
    """One origin's figure for one group, with the claims that it is made of.

    Attributes:
        day: the day it was first said (the latest of its pieces), None where nobody knows.
        figure: the figure, later increments included.
        claims: the claims; their figures add up to it, unless it was widened to its parts.
        uses: the same with the rule that took each.
        computed: whether nobody said it as it stands: a sum, or a rest.
        running: whether it is a running total since an onset.
        window: first and last day it speaks of.
        may_rise: whether the voice says that it could still grow, in any telling of the figure.
    """

    origin: str
    group: str
    day: date | None
    figure: Figure
    claims: tuple[Claim, ...]
    uses: tuple[Use, ...]
    computed: bool = False
    running: bool = False
    window: tuple[date | None, date | None] = (None, None)
    may_rise: bool = False


def lots(voice: Voice, named: frozenset[str] = frozenset()) -> dict[str, Lot]:
    """The lots of a voice by group.

    Args:
        voice: the account.
        named: every group that anybody names for this outcome; a voice that is silent on one of them gives, by its
            parts alone, no more than a least.
    """
    found: dict[str, Lot] = {}
    for group in sorted({*voice.standing, *(c.group for c in voice.added)} - {ALL}):
        found[group] = _lot(voice, group, voice.standing.get(group))
    rest = _rest(voice)
    if rest is not None and OTHER not in found:
        found[OTHER] = rest
    whole = _whole(voice, found, named)
    if whole is None:
        return found
    return _nested(whole, found)


def _nested(whole: Lot, groups: dict[str, Lot]) -> dict[str, Lot]:
    """The lots with no group above the whole; a group said later than the whole may have outgrown it."""
    later = {g for g, lot in groups.items() if lot.day and whole.day and lot.day > whole.day}
    figures = nested(whole.figure, {g: lot.figure for g, lot in groups.items()}, later)
    return {g: replace(lot, figure=figures[g]) for g, lot in {ALL: whole, **groups}.items()}


def _use(claim: Claim, rule: str, why: str, origin: str) -> Use:
    return Use(claim.id, rule, why, origin)


def _lot(voice: Voice, group: str, entry: Entry | None, without: frozenset[str] = frozenset()) -> Lot:
    """The standing total of a group with its later increments; increments alone are a least."""
    later = [c for c in voice.increments(entry, group) if c.group not in without]
    figures = ([entry.figure] if entry else []) + [c.figure for c in later]
    figure = figures[0] if len(figures) == 1 else add(figures)
    if entry is None:
        figure = Figure(figure.floor)
    uses: list[Use] = []
    claims: list[Claim] = []
    if entry is not None:
        rule = "sum" if len(entry.claims) > 1 else "latest-total" if entry.rule != "part" else "part"
        why = _SUM if rule == "sum" else TAKES[entry.rule]
        uses += [_use(c, rule, why, voice.origin) for c in entry.claims]
        claims += entry.claims
    for count in later:
        uses += [
            _use(c, "increment", "It was said after the total and comes on top of it.", voice.origin)
            for c in count.claims
        ]
        claims += count.claims
    days = [d for d in (entry.day if entry else None, *(c.day for c in later)) if d is not None]
    first = claims[0]
    return Lot(
        origin=voice.origin,
        group=group,
        day=max(days, default=None),
        figure=figure,
        claims=tuple(claims),
        uses=tuple(uses),
        computed=len(claims) > 1,
        running=entry is not None and entry.running,
        window=(first.date_from, first.date_to),
        may_rise=any(c.may_rise for c in claims) or (entry is not None and entry.may_rise),
    )


_SUM = "This voice gives parts side by side; the figure is their sum."


def _rest(voice: Voice) -> Lot | None:
    """What the standing whole of a voice holds beside the groups it names."""
    entry = voice.standing.get(ALL)
    part = residual(entry.count) if entry else None
    if part is None or entry is None:
        return None
    claims = part.claims or entry.claims
    why = "It is what this whole holds beside the groups that the voice names."
    uses = tuple(_use(c, "rest", why, voice.origin) for c in claims)
    return Lot(
        origin=voice.origin,
        group=OTHER,
        day=entry.day,
        figure=part.figure,
        claims=claims,
        uses=uses,
        computed=True,
        running=entry.running,
        may_rise=any(c.may_rise for c in claims),
    )


def _whole(voice: Voice, groups: dict[str, Lot], named: frozenset[str]) -> Lot | None:
    """The voice's figure for everybody: as said, with what the said whole cannot hold; else the sum of its parts."""
    entry = voice.standing.get(ALL)
    top = {
        g: lot for g, lot in groups.items() if (g != OTHER or g in voice.standing) and _said_apart(voice, g)
    }
    if entry is None:
        return _sum(voice, top, named | set(groups))
    stated = _lot(voice, ALL, entry)
    if entry.count.computed and not named <= entry.groups | set(groups):
        # Groups side by side are a whole only as long as nobody names another group.
        stated = replace(stated, figure=Figure(stated.figure.floor))
    most = stated.figure.high
    beyond = {
        g: lot
        for g, lot in top.items()
        if g not in entry.groups and most is not None and lot.figure.floor > most
    }
    if not beyond:
        return stated
    newer = [lot for lot in beyond.values() if lot.day and stated.day and lot.day > stated.day]
    if newer and not entry.complete:
        # The whole is older than a part that has outgrown it: all that is known is that part.
        part = max(newer, key=lambda lot: (lot.figure.floor, lot.group))
        return replace(part, group=ALL, figure=Figure(part.figure.floor), computed=True)
    return _joined(voice, [_lot(voice, ALL, entry, frozenset(beyond)), *beyond.values()], "beyond", _BEYOND)


_BEYOND = "It is more than the whole that the voice gives beside it, so that whole is of the others, and the two are added."
_PARTS = "The voice gives parts only; their sum is its whole, computed."


def _said_apart(voice: Voice, group: str) -> bool:
    """Whether a group was said on its own, so that no whole of this voice is known to hold it."""
    entry = voice.standing.get(group)
    return entry is None or entry.within is None


def _sum(voice: Voice, top: dict[str, Lot], named: frozenset[str]) -> Lot | None:
    """The sum of the parts of a voice that gives no whole; open at the top while it is silent on a named group."""
    pieces = list(top.values())
    extra = [c for c in voice.added if c.group == ALL]
    if not pieces:
        return _lot(voice, ALL, None) if extra else None
    known = {*top, *(g for g in voice.standing if not _said_apart(voice, g)), OTHER}
    whole = _joined(voice, pieces, "part-sum", _PARTS)
    if named <= known and not extra:
        return whole
    return replace(whole, figure=Figure(whole.figure.floor, None, None))


def _joined(voice: Voice, pieces: Sequence[Lot], rule: str, why: str) -> Lot:
    """Lots of different people as one lot."""
    if len(pieces) == 1:
        return replace(pieces[0], group=ALL, computed=True)
    days = [lot.day for lot in pieces if lot.day is not None]
    figure = add(lot.figure for lot in pieces)
    return Lot(
        origin=voice.origin,
        group=ALL,
        day=max(days, default=None),
        figure=figure,
        claims=tuple(c for lot in pieces for c in lot.claims),
        uses=tuple(_use(c, rule, why, voice.origin) for lot in pieces for c in lot.claims),
        computed=True,
        running=all(lot.running for lot in pieces),
        window=pieces[0].window,
        may_rise=any(lot.may_rise for lot in pieces),
    )


def comparable(a: Lot, b: Lot) -> bool:
    """Whether two lots of one outcome and group count the same people, so that they can contradict each other.

    Figures of days that do not meet are of different people, and so is one episode beside a running total.
    """
    if not (a.running or b.running) and _days_apart(a, b):
        return False
    if a.running == b.running:
        return True
    episode, total = (b, a) if a.running else (a, b)
    return not _within(episode, total) or level(episode.figure) >= level(total.figure)


def contradict(a: Lot, b: Lot) -> bool:
    """Whether two lots cannot both be true."""
    return comparable(a, b) and not overlap(a.figure, b.figure)


def _days_apart(a: Lot, b: Lot) -> bool:
    (a_from, a_to), (b_from, b_to) = a.window, b.window
    if a_from is None or a_to is None or b_from is None or b_to is None:
        return False
    return b_from - a_to > NEXT_DAY or a_from - b_to > NEXT_DAY


def _within(episode: Lot, total: Lot) -> bool:
    """Whether an episode's days are known and fewer than those of the running total that holds them."""
    (first, last), (start, end) = episode.window, total.window
    if first is None or last is None:
        return False
    if start is None or end is None:
        return first == last
    return start <= first and last <= end and (last - first) < (end - start)
