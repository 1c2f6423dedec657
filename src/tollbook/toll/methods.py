"""Methods: how the lots of one outcome and group become a figure. Named, versioned, and told in words.

Each method takes the lots that stand, one an origin, and every figure that was ever said of the group, and
returns the figure with what it rests on and what it set aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tollbook.codes import Outcome
from tollbook.figures import Figure, overlap
from tollbook.nouns import Claim
from tollbook.toll.counts import hull, inside, level
from tollbook.toll.lots import Lot, comparable
from tollbook.values import Use


class TollError(ValueError):
    """A toll cannot be computed as asked: what was wrong and what one can ask for."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a method makes of the lots: the figure, the claims it rests on, the claims it set aside."""

    figure: Figure = field(default_factory=Figure)
    used: tuple[Use, ...] = ()
    aside: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a method.

    Attributes:
        outcome: of what.
        lots: what stands, one an origin.
        stood: every figure that ever stood for the group, with its claims and whose word it was.
        name: for ``source:NAME`` the origin that is meant, canonical.
    """

    outcome: Outcome
    lots: tuple[Lot, ...]
    stood: tuple[tuple[Figure, tuple[Claim, ...], str], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A counting rule: its name, its version, what it does in words, and the function that does it."""

    name: str
    version: int
    description: str
    reconcile: Callable[[Ask], Verdict]


# A total stands beside newer and higher ones of other origins for one day: news is carried over midnight
# and time zones, and a paper of the morning prints the evening's figure. After that the toll has moved on.
EXPIRES_AFTER = timedelta(days=1)

# Outcomes that come in batches: twenty who surrender on Saturday are not the thousand of Thursday.
BATCHES = frozenset(
    {
        Outcome.CAPTURED,
        Outcome.SURRENDERED,
        Outcome.ESCAPED,
        Outcome.DETAINED,
        Outcome.ABDUCTED,
        Outcome.BODIES_FOUND,
    }
)


def expired(outcome: Outcome, old: Lot, others: Sequence[Lot]) -> Lot | None:
    """The newer lot of another origin that ends the standing of an older one, or None while it stands.

    *The* rule of expiry. Deaths become known over days, so an older lower total is not a contradiction of a
    newer higher one: "12 dead" on the first day and "30" on the third are one toll that grew. A total stops
    standing when another origin's total, first said more than ``EXPIRES_AFTER`` later, says more. An older
    *higher* total never expires: nobody rises from the dead, so somebody errs. Undated totals do not expire,
    and of outcomes that come in batches only a running total ends another figure.
    """
    if old.day is None:
        return None
    newer = [
        lot
        for lot in others
        if lot.origin != old.origin
        and lot.day is not None
        and lot.day - old.day > EXPIRES_AFTER
        and level(lot.figure) > level(old.figure)
        and comparable(old, lot)
        and (outcome not in BATCHES or lot.running)
    ]
    return min(newer, key=lambda lot: (lot.day or old.day, lot.origin), default=None)


def strict(ask: Ask) -> Verdict:
    """The range over the origins that stand; one number only where they agree on it."""
    aside: list[Use] = []
    standing: list[Lot] = []
    for lot in ask.lots:
        ends = expired(ask.outcome, lot, ask.lots)
        if ends is None:
            standing.append(lot)
        else:
            day = f" on {ends.day.isoformat()}" if ends.day else ""
            why = f"It has expired: {ends.origin} gave a higher total{day}, more than a day later."
            aside += [Use(c.id, "expired", why, lot.origin) for c in lot.claims]
    standing, episodes, open_end = _one_people(ask.outcome, standing)
    aside += episodes
    used = tuple(u for lot in standing for u in lot.uses)
    figure = _agreed(standing) or hull(lot.figure for lot in _sharpest(standing))
    if open_end and figure.known:
        figure = Figure(figure.low, None, None)
    return Verdict(figure, used, tuple(aside))


def _agreed(lots: Sequence[Lot]) -> Figure | None:
    """The numbers that every lot allows, or None when there are none: the voices do not agree."""
    known = [lot.figure for lot in lots if lot.figure.known]
    if not known:
        return None
    lows = [f.low for f in known if f.low is not None]
    highs = [f.high for f in known if f.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return None
    fits = [f.best for f in known if f.best is not None and _allows(f.best, low, high)]
    best = fits[0] if fits and len(set(fits)) == 1 else None
    return Figure(low, low if low is not None and low == high else best, high)


def _allows(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


def _sharpest(lots: Sequence[Lot]) -> list[Lot]:
    """The lots without those that only say less exactly what another one says ("over 370" beside 373)."""
    return [
        lot
        for lot in lots
        if not any(
            inside(o.figure, lot.figure) and not inside(lot.figure, o.figure) for o in lots if o is not lot
        )
    ]


def _one_people(outcome: Outcome, lots: Sequence[Lot]) -> tuple[list[Lot], list[Use], bool]:
    """The lots that count the same people; the others aside; whether those leave the top open."""
    if not lots:
        return [], [], False
    most = max(lots, key=lambda lot: (level(lot.figure), lot.running, lot.origin))
    kept, aside, open_end = [], list[Use](), False
    for lot in lots:
        batch = outcome in BATCHES and lot is not most and _batch(lot, most)
        if batch or not comparable(lot, most):
            rule = "batch" if batch else "episode"
            why = (
                f"It was said of another day than the larger figure of {most.origin}; the people may be others."
                if batch
                else f"It counts one episode beside the running total of {most.origin}."
            )
            aside += [Use(c.id, rule, why, lot.origin) for c in lot.claims]
            open_end |= batch or not most.running
        else:
            kept.append(lot)
    return kept, aside, open_end


def _batch(lot: Lot, most: Lot) -> bool:
    """Whether a figure of an outcome that comes in batches is of another batch than the largest."""
    if lot.day is None or most.day is None:
        return False
    return abs(lot.day - most.day) > EXPIRES_AFTER and not overlap(lot.figure, most.figure)


def minmax(ask: Ask) -> Verdict:
    """The range over every figure that ever stood for the group, older totals too."""
    figure = hull([figure for figure, _, _ in ask.stood] + [lot.figure for lot in ask.lots])
    standing = {u.claim: u for lot in ask.lots for u in lot.uses}
    older = {c.id: Use(c.id, "ever-said", _EVER, origin) for _, claims, origin in ask.stood for c in claims}
    return Verdict(figure, tuple({**older, **standing}.values()))


_EVER = "It stood for this group at some time."


def source(ask: Ask) -> Verdict:
    """The figure of one origin and of nobody else."""
    chosen = [lot for lot in ask.lots if lot.origin == ask.name]
    rest = [lot for lot in ask.lots if lot.origin != ask.name]
    why = f"It is the word of another voice than {ask.name}."
    aside = tuple(Use(c.id, "other-voice", why, lot.origin) for lot in rest for c in lot.claims)
    return Verdict(
        chosen[0].figure if chosen else Figure(), tuple(u for lot in chosen for u in lot.uses), aside
    )


METHODS: Mapping[str, Method] = {
    m.name: m
    for m in (
        Method(
            "strict",
            1,
            "One figure an origin, its latest total with later increments. Where one number satisfies every origin "
            "that stands, the toll is the narrowest range that all of them allow; where none does, it runs from the "
            "lowest to the highest and has no best. A figure that only says another one less exactly (over 370 beside "
            "373) widens nothing. An older, lower total stops standing when another origin has said more for over a day.",
            strict,
        ),
        Method(
            "minmax",
            1,
            "The lowest and the highest of all figures that ever stood for the group by the word of any origin, older "
            "totals of a growing toll too. It has a best only if all of it is one number.",
            minmax,
        ),
        Method(
            "source",
            1,
            "Written source:NAME. The latest figure of that one origin, as it said it, and of nobody else.",
            source,
        ),
    )
}
