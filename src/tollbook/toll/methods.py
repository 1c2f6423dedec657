"""Methods: what a counting rule is asked and answers; named, versioned, told in words. And when a total expires.

Each method takes the lots that stand, one an origin, and every figure that was ever said of the group, and
returns the figure with what it rests on and what it set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tollbook.codes import STOCKS, Outcome
from tollbook.figures import Figure, overlap
from tollbook.nouns import Claim
from tollbook.toll.counts import level
from tollbook.toll.lots import Lot, comparable
from tollbook.toll.policy import Policy
from tollbook.values import Book, Use


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a method makes of the lots: the figure, the claims it rests on and set aside, the rule that made it, and why."""

    figure: Figure = field(default_factory=Figure)
    used: tuple[Use, ...] = ()
    aside: tuple[Use, ...] = ()
    rule: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a method.

    Attributes:
        outcome: of what.
        lots: what stands, one an origin.
        stood: every figure that ever stood for the group, with its claims and whose word it was.
        name: for ``source:NAME`` the origin that is meant, canonical.
        book: the snapshot, for what the cards of the sources say.
    """

    outcome: Outcome
    lots: tuple[Lot, ...]
    stood: tuple[tuple[Figure, tuple[Claim, ...], str], ...] = ()
    name: str = ""
    book: Book = field(default_factory=Book)


@dataclass(frozen=True, slots=True)
class Method:
    """A counting rule: its name, its version, what it does in words, and the function that does it.

    Attributes:
        policy: which claims and incidents it counts, and whether it takes a source.
        text: the file that it is written in; empty for a plugin's own function.
    """

    name: str
    version: int
    description: str
    reconcile: Callable[[Ask], Verdict]
    policy: Policy = field(default_factory=Policy)
    text: str = field(default="", repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of its file, in hexadecimal; empty for a plugin's own function."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""


# A total stands beside newer and higher ones of other origins for one day: news is carried over midnight
# and time zones, and a paper of the morning prints the evening's figure. After that the toll has moved on.
EXPIRES_AFTER = timedelta(days=1)

# Outcomes that come in batches: twenty who surrender on Saturday are not the thousand of Thursday.
BATCHES = frozenset(
    {
        Outcome.CAPTURED,
        Outcome.SURRENDERED,
        Outcome.ESCAPED,
        Outcome.RECAPTURED,
        Outcome.RELEASED,
        Outcome.EXCHANGED,
        Outcome.RETURNED,
        Outcome.DETAINED,
        Outcome.ABDUCTED,
        Outcome.BODIES_FOUND,
    }
)


def expired(
    outcome: Outcome, old: Lot, others: Sequence[Lot], after: timedelta = EXPIRES_AFTER
) -> Lot | None:
    """The newer lot of another origin that ends the standing of an older one, or None while it stands.

    *The* rule of expiry. Deaths become known over days, so an older lower total is not a contradiction of a
    newer higher one: "12 dead" on the first day and "30" on the third are one toll that grew. A total stops
    standing when another origin's total, first said more than ``after`` later, says more. An older
    *higher* total never expires: nobody rises from the dead, so somebody errs. Undated totals do not expire,
    and of outcomes that come in batches only a running total ends another figure. A stock (how many are held) is counted
    on a day, so a later count ends it whatever it says.
    """
    if old.day is None:
        return None
    newer = [
        lot
        for lot in others
        if lot.origin != old.origin
        and lot.day is not None
        and lot.day - old.day > after
        and (outcome in STOCKS or level(lot.figure) > level(old.figure))
        and comparable(old, lot)
        and (outcome not in BATCHES or lot.running)
    ]
    return min(newer, key=lambda lot: (lot.day or old.day, lot.origin), default=None)


def one_people(outcome: Outcome, lots: Sequence[Lot]) -> tuple[list[Lot], list[Use], bool]:
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
