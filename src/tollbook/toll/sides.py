"""Sides: everybody as the sum of the parties, the civilians and the unknown, so that the parts always add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tollbook.figures import Figure
from tollbook.toll.lots import Lot
from tollbook.toll.methods import Verdict
from tollbook.toll.sifting import OTHER
from tollbook.toll.voices import Voice
from tollbook.values import ALL, Use


def disjoint(voice: Voice, lots: Mapping[str, Lot]) -> dict[str, Lot]:
    """The lots of a voice with nobody in two groups: what it tells as a share of a group is taken out of that group."""
    inner: dict[str, set[str]] = {}
    for group, entry in voice.standing.items():
        outer = entry.within
        if outer not in {None, ALL, group} and outer in lots and group in lots:
            inner.setdefault(str(outer), set()).add(group)
    found = dict(lots)
    for outer, shares in inner.items():
        # A share of a share is taken out once, where it is told; of two that are in each other none is.
        mine = [
            g
            for g in shares
            if not any(g in inner.get(o, ()) for o in shares) and outer not in inner.get(g, ())
        ]
        for g in sorted(mine):
            found[outer] = replace(
                found[outer], figure=_less(found[outer].figure, lots[g].figure), computed=True
            )
    return found


def _less(whole: Figure, share: Figure) -> Figure:
    """What a figure holds beside a share of it, never less than nobody."""
    low = None if whole.low is None else 0 if share.high is None else max(0, whole.low - share.high)
    high = None if whole.high is None else max(0, whole.high - share.floor)
    if whole.best is None or share.best is None:
        return Figure(low, low if low is not None and low == high else None, high)
    return Figure(low, max(0, whole.best - share.best), high)


def add_sides(verdicts: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """The verdicts with the best of everybody as the sum of the bests of its sides.

    Where the whole that is told is more than the sides, the rest is ``other or unknown``; where it is less, the sum
    of the sides counts.

    Args:
        verdicts: of every group, each with numbers for low, best and high, or with no figure; nobody is in two groups.
    """
    found = dict(verdicts)
    sides = {g: v for g, v in verdicts.items() if g not in {ALL, OTHER} and v.figure.known}
    if not sides:
        return found
    whole = verdicts.get(ALL, Verdict())
    low, best, high = _ends(whole.figure) if whole.figure.known else (0, 0, 0)
    least, likely, most = (sum(_ends(v.figure)[n] for v in sides.values()) for n in range(3))
    # What is told of no side: each end of the whole against the other end of the sides.
    rest = Figure(max(0, low - most), max(0, best - likely), max(0, high - least))
    total = likely + (rest.best or 0)
    lowest = low if whole.figure.known else least
    highest = max(high, total, rest.high or 0, *(_ends(v.figure)[2] for v in sides.values()))
    found |= {g: replace(v, figure=Figure(*_ends(v.figure))) for g, v in sides.items()}
    used = whole.used or tuple({u.claim: u for v in sides.values() for u in v.used}.values())
    why = f"{whole.why} {_SUM}".strip()
    found[ALL] = replace(whole, figure=Figure(lowest, total, highest), used=used, rule="sides", why=why)
    if rest.high or OTHER in found:
        unknown = found.get(OTHER, Verdict())
        shares = unknown.used or tuple(Use(u.claim, "rest", _REST, u.origin) for u in used)
        found[OTHER] = replace(unknown, figure=rest, used=shares, rule="rest", why=_REST)
    return found


_SUM = "The likely number is the sum of the sides and of the unknown."
_REST = "It is what the whole holds beside its sides."


def _ends(figure: Figure) -> tuple[int, int, int]:
    """Low, best and high as numbers; an end that is not told is the best."""
    best = figure.best if figure.best is not None else figure.floor
    low = figure.low if figure.low is not None else best
    return low, best, figure.high if figure.high is not None else max(best, low)


def sides_of(voices: Sequence[Voice], lots: Sequence[Mapping[str, Lot]]) -> tuple[dict[str, Lot], ...]:
    """The lots of every voice with nobody in two groups."""
    return tuple(disjoint(voice, mine) for voice, mine in zip(voices, lots, strict=True))
