"""Causes: why a voice's figure moved, typed, and piece by piece where its reports tell it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome
from tollbook.nouns import Claim
from tollbook.toll.counts import Count, level
from tollbook.toll.lots import Lot
from tollbook.toll.pieces import SAID, pieces, said
from tollbook.toll.sifting import day_of, group_of, origin_of, sift
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Piece

# The kinds of move, and what each says to a reader.
KINDS = {
    "first figure": "Nobody had given a figure before.",
    "new origin": "A voice gives its first figure; others had given theirs.",
    "new deaths": "The count grew and no other cause is known.",
    "more reported": "The count of an outcome other than death grew.",
    "bodies recovered": "The count grew on a day on which the same voice reports bodies found.",
    "died of wounds": "The dead grew and the wounded of the same report fell by as many.",
    "late report": "It is told now and speaks of days that end before those of the older figure.",
    "reclassified": "The whole did not fall, but a group in it did: people were moved to another group.",
    "said more exactly": "The same number with closer bounds.",
    "source corrected itself": "The voice gives a lower or another figure in place of its own older one.",
    "duplicate removed": "Two incidents became one, so what stood in both counts once.",
    "our error": "Nothing new was said: a person corrected or rejected what had been read.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A voice's figure of one group before and after a count, with the rule by which it moved."""

    count: Count
    rule: str
    group: str
    before: Lot | None
    after: Lot


@dataclass(frozen=True, slots=True)
class Around:
    """What else the voices say that explains a rise of the dead, looked up once.

    Attributes:
        bodies: claims of bodies found, by origin.
        hurt: exact figures of the wounded by origin and group, with their day, in order.
        hurt_in: the same by report.
        added: the increments by origin and group, with their day, in order.
    """

    bodies: dict[str, list[Claim]]
    hurt: dict[tuple[str, str], list[tuple[date, str, int]]]
    hurt_in: dict[tuple[str, str, str], int]
    added: dict[tuple[str, str], list[tuple[date, Count]]]


def around(book: Book, claims: Sequence[Claim], counts: Sequence[Count]) -> Around:
    """What else an incident's claims say that explains a rise.

    Args:
        book: the snapshot.
        claims: of the incident.
        counts: of the outcome that rose.
    """
    bodies: dict[str, list[Claim]] = defaultdict(list)
    hurt: dict[tuple[str, str], list[tuple[date, str, int]]] = defaultdict(list)
    hurt_in: dict[tuple[str, str, str], int] = {}
    added: dict[tuple[str, str], list[tuple[date, Count]]] = defaultdict(list)
    for claim in claims:
        if claim.outcome is Outcome.BODIES_FOUND:
            bodies[origin_of(book, claim)].append(claim)
    kept, _ = sift(book, [c for c in claims if c.outcome is Outcome.WOUNDED], None)
    for claim in (c for c in kept if c.figure.exact):
        key, day = (origin_of(book, claim), group_of(claim)), day_of(book, claim)
        if day is not None:
            hurt[key].append((day, claim.id, level(claim.figure)))
        hurt_in.setdefault((*key, claim.report), level(claim.figure))
    for count in counts:
        if count.increment and count.day is not None:
            added[count.origin, count.group].append((count.day, count))
    return Around(
        bodies,
        {key: sorted(found) for key, found in hurt.items()},
        hurt_in,
        {key: sorted(found, key=lambda e: (e[0], e[1].first.id)) for key, found in added.items()},
    )


def cause(book: Book, around: Around, step: Step, begun: set[str]) -> tuple[str, str, tuple[Piece, ...]]:
    """The kind of a move, a sentence that says what it rests on, and the pieces it is made of."""
    kind, why = _kind(book, around, step, begun)
    found = pieces(step.count, step.before, step.after, kind, _added(around, step))
    largest = max(found, key=lambda p: abs(p.number), default=None)
    clause = said(found)
    if largest is None or (not clause and largest.kind == kind):
        return kind, why, found
    moved = f"{step.count.origin} goes from {words(step.before.figure) if step.before else 'nothing'}"
    made = f": {clause}." if clause else f": {largest.number:,} {SAID.get(largest.kind, largest.kind)}."
    return largest.kind, f"{moved} to {words(step.after.figure)}{made}", found


def _added(around: Around, step: Step) -> list[Count]:
    """The increments that the voice told of the group since its older figure, up to the day of the new one."""
    told = around.added.get((step.count.origin, step.group), [])
    last, day = step.before.day if step.before else None, step.count.day
    if not told or last is None or day is None:
        return [step.count] if step.count.increment and step.count.group == step.group else []
    start = bisect_right(told, last, key=lambda e: e[0])
    end = bisect_right(told, day, key=lambda e: e[0])
    return [count for _, count in told[start:end]]


def _kind(book: Book, around: Around, step: Step, begun: set[str]) -> tuple[str, str]:
    """The kind of a move and a sentence that says what it rests on."""
    voice, before, after = step.count.origin, step.before, step.after
    number = words(after.figure)
    if before is None:
        if step.group in begun:
            return "new origin", f"{voice} gives its first figure, {number}."
        return "first figure", f"{voice} gives the first figure, {number}."
    was, now = level(before.figure), level(after.figure)
    moved = f"{voice} goes from {words(before.figure)} to {number}"
    if now == was or (now == was + 1 and after.figure.high is None):
        # "More than 45,000" after "some 45,000" is no news.
        return "said more exactly", f"{moved}: the number is the same, its bounds are not."
    if now < was:
        whole = step.count.group == ALL and step.group != ALL and step.rule in {"grown", "reprint"}
        if whole:
            return "reclassified", f"{moved}, while its whole does not fall."
        said = "and says that it replaces the older one" if step.rule == "corrected" else "without saying why"
        return "source corrected itself", f"{moved} {said}."
    if step.count.first.outcome is not Outcome.KILLED:
        return "more reported", f"{moved}."
    return _growth(book, around, step, moved, now - was)


def _growth(book: Book, around: Around, step: Step, moved: str, rise: int) -> tuple[str, str]:
    """Why the dead of a voice became more, as far as claims tell it."""
    if step.count.first.formerly is Outcome.WOUNDED:
        return "died of wounds", f"{moved}: “{step.count.first.quote}”."
    wounded = _wounded_fell(around, step, rise)
    if wounded is not None:
        return "died of wounds", f"{moved}, and its wounded of that day fall by {wounded}."
    last, covered = step.count.first.date_to, _covered(step.before)
    if last is not None and covered is not None and last < covered:
        return (
            "late report",
            f"{moved}, of days up to {last.isoformat()}; the older figure ran to {covered.isoformat()}.",
        )
    bodies = [c for c in around.bodies.get(step.count.origin, ()) if _near(book, c, step)]
    # What the report of the count itself says of bodies comes before what others say of those days.
    bodies = [c for c in bodies if c.report == step.count.first.report] or bodies
    if bodies:
        most = _most(bodies)
        quote = f"“{bodies[-1].quote}”"
        if most is None or rise <= most:
            return "bodies recovered", f"{moved}; on that day it reports bodies found: {quote}."
        return "new deaths", f"{moved}; bodies found that day ({quote}) are fewer than the rise."
    return "new deaths", f"{moved}."


def _covered(lot: Lot | None) -> date | None:
    """The last day that a figure speaks of; None where it does not say.

    A total of one day's event that is said again, and higher, days later speaks of no earlier days than the older
    one: its dead became known since. So the day on which a figure was said counts only where it ran up to then.
    """
    if lot is None:
        return None
    ends = [c.date_to for c in lot.claims if c.date_to is not None]
    return max(ends) if ends else lot.day if lot.running else None


def _near(book: Book, claim: Claim, step: Step) -> bool:
    """Whether bodies were found since the older figure, and of people of the group."""
    count, before = step.count, step.before.day if step.before else None
    group = group_of(claim)
    if group != step.group and ALL not in {group, step.group}:
        return False
    if claim.report == count.first.report or day_of(book, claim) == count.day:
        return True
    if claim.date_to is None or before is None or count.day is None:
        return False
    return before <= claim.date_to <= count.day


def _most(claims: Sequence[Claim]) -> int | None:
    """The most bodies that the claims allow; None when one leaves it open."""
    highs = [c.figure.high for c in claims]
    return None if None in highs else max(h for h in highs if h is not None)


def _wounded_fell(around: Around, step: Step, rise: int) -> int | None:
    """By how much the wounded of the same voice fell with this count, if that explains the rise of the dead."""
    key, day = (step.count.origin, step.group), step.count.day
    now, said = around.hurt_in.get((*key, step.count.first.report)), around.hurt.get(key, [])
    before = bisect_left(said, (day,)) if day is not None else 0
    if now is None or not before:
        return None
    fell = said[before - 1][2] - now
    return fell if 0 < fell <= rise else None
