"""Moves: why a toll changed; each voice's own steps, typed, and what differs between two books."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import NOTHING
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.counts import Count, level
from tollbook.toll.lots import Lot, lots
from tollbook.toll.sifting import OTHER, day_of, group_of, origin_of, sift
from tollbook.toll.tolls import Account, Methods, account, incident_of, table
from tollbook.toll.voices import Voice, by_origin
from tollbook.toll.wording import words
from tollbook.values import ALL, Book, Change, Toll

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


def changes(book: Book, incident_id: str, outcome: Outcome | None = None) -> tuple[Change, ...]:
    """Every move of every voice's figures in an incident, by day; those of everybody before those of a group.

    Args:
        book: the snapshot.
        incident_id: the incident.
        outcome: only moves of this outcome.

    Raises:
        TollError: there is no such incident.
    """
    incident = incident_of(book, incident_id)
    claims = book.of(incident)
    found: list[Change] = []
    for one in (o for o in Outcome if outcome in {None, o}):
        if any(c.outcome is one for c in claims):
            found += _changes(book, incident, claims, one)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Around:
    """What else the voices say that explains a rise of the dead, looked up once.

    Attributes:
        bodies: claims of bodies found, by origin.
        hurt: exact figures of the wounded by origin and group, with their day, in order.
        hurt_in: the same by report.
    """

    bodies: dict[str, list[Claim]]
    hurt: dict[tuple[str, str], list[tuple[date, str, int]]]
    hurt_in: dict[tuple[str, str, str], int]


def _around(book: Book, claims: Sequence[Claim]) -> Around:
    bodies: dict[str, list[Claim]] = defaultdict(list)
    hurt: dict[tuple[str, str], list[tuple[date, str, int]]] = defaultdict(list)
    hurt_in: dict[tuple[str, str, str], int] = {}
    for claim in claims:
        if claim.outcome is Outcome.BODIES_FOUND:
            bodies[origin_of(book, claim)].append(claim)
    kept, _ = sift(book, [c for c in claims if c.outcome is Outcome.WOUNDED], None)
    for claim in (c for c in kept if c.figure.exact):
        key, day = (origin_of(book, claim), group_of(claim)), day_of(book, claim)
        if day is not None:
            hurt[key].append((day, claim.id, level(claim.figure)))
        hurt_in.setdefault((*key, claim.report), level(claim.figure))
    return Around(bodies, {key: sorted(found) for key, found in hurt.items()}, hurt_in)


def _changes(book: Book, incident: str, claims: Sequence[Claim], outcome: Outcome) -> list[Change]:
    told, around = account(book, claims, outcome), _around(book, claims)
    steps = [
        step for origin, counts in by_origin(told.counts).items() for step in _steps(origin, counts, told)
    ]
    steps.sort(key=lambda s: (s.count.day or date.min, s.count.origin))
    begun: set[str] = set()
    found: list[Change] = []
    for step in steps:
        kind, why = _kind(book, around, step, begun)
        begun.add(step.group)
        found.append(
            Change(
                incident=incident,
                outcome=outcome,
                group=step.group,
                before=step.before.figure if step.before else NOTHING,
                after=step.after.figure,
                kind=kind,
                day=step.count.day,
                origin=step.count.origin,
                claims=tuple(c.id for c in step.after.claims),
                why=why,
            )
        )
    return found


def _steps(origin: str, counts: Sequence[Count], told: Account) -> Iterator[Step]:
    """The moves of one voice. Sums of several claims are looked at once a day, when all of the day is told."""
    named = frozenset(group_of(c) for c in told.claims) - {ALL, OTHER}
    voice = Voice(origin)
    said: dict[str, Lot] = {}
    for n, count in enumerate(counts):
        rule = voice.tell(count)
        last = n + 1 == len(counts) or counts[n + 1].day != count.day
        for group, lot in lots(voice, named).items():
            sums = lot.computed and not count.increment and count.figure != lot.figure
            before = said.get(group)
            if (sums and not last) or (before is not None and before.figure == lot.figure):
                continue
            said[group] = lot
            yield Step(count, rule, group, before, lot)


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


def diff(
    before: Book, after: Book, incident_id: str, method: str = "strict", *, methods: Methods = METHODS
) -> tuple[Change, ...]:
    """What moved in the tolls of an incident between two books of one log, each move typed.

    A move that rests on claims which only the later book holds has the kind that ``changes`` gives to them, and
    ``late report`` where they were said before the last word that the earlier book knew. Without new claims, a
    person's judgement moved it: ``our error``, or ``duplicate removed`` where incidents were merged.

    Raises:
        TollError: the later book has no such incident, or there is no such method.
    """
    incident = incident_of(after, incident_id)
    new = {(t.outcome, t.group): t for t in table(after, incident, method, methods=methods)}
    older = before.merged.get(incident, incident)
    old = {
        (t.outcome, t.group): t
        for t in (table(before, older, method, methods=methods) if older in before.incidents else ())
    }
    typed = changes(after, incident)
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys(), key=lambda k: (list(Outcome).index(k[0]), k[1])):
        was, now = (side.get(key, Toll(incident, *key)) for side in (old, new))
        if was.figure != now.figure:
            found.append(_learned(before, after, was, now, typed))
    return tuple(found)


def _learned(before: Book, after: Book, was: Toll, now: Toll, typed: Sequence[Change]) -> Change:
    """One move between two books, typed."""
    known = before.claims.keys() | before.fallen.keys() | before.waiting.keys()
    fresh = [u.claim for u in now.used if u.claim not in known]
    mine = [
        c for c in typed if (c.outcome, c.group) == (now.outcome, now.group) and set(c.claims) & set(fresh)
    ]
    base = Change(
        incident=now.incident,
        outcome=now.outcome,
        group=now.group,
        before=was.figure,
        after=now.figure,
        kind="our error",
        day=None,
        origin=now.origins[0] if now.origins else "",
        claims=tuple(fresh) or tuple(u.claim for u in now.used),
        why="Nothing new was said: a judgement changed what counts.",
    )
    if not fresh:
        if after.merged.keys() - before.merged.keys():
            why = "Incidents were merged, so what stood in both counts once."
            return replace(base, kind="duplicate removed", why=why)
        return base
    days = [d for i in fresh if (d := day_of(after, after.claims[i])) is not None]
    seen = [d for u in was.used if (d := day_of(before, before.claims[u.claim])) is not None]
    if days and seen and max(days) < max(seen):
        why = f"It was said on {max(days).isoformat()} and came in after later words had been read."
        return replace(base, kind="late report", day=max(days), why=why)
    if mine:
        last = mine[-1]
        kind = "new origin" if last.kind == "first figure" and was.used else last.kind
        return replace(base, kind=kind, day=last.day, origin=last.origin, why=last.why)
    return replace(
        base,
        kind="new deaths" if now.outcome is Outcome.KILLED else "more reported",
        why="New claims came in.",
    )
