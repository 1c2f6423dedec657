"""Moves: why a toll changed; each voice's own steps, typed, and what differs between two books."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome
from tollbook.figures import NOTHING
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.causes import Step, around, cause
from tollbook.toll.counts import Count, level
from tollbook.toll.lots import Lot, lots
from tollbook.toll.pieces import joined
from tollbook.toll.sifting import OTHER, day_of, group_of
from tollbook.toll.telling import Account, told_of
from tollbook.toll.tolls import Methods, incident_of, table
from tollbook.toll.voices import Voice, by_origin
from tollbook.values import ALL, Book, Change, Piece, Toll, Use


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


def _changes(book: Book, incident: str, claims: Sequence[Claim], outcome: Outcome) -> list[Change]:
    told = told_of(book, incident, outcome)
    near = around(book, claims, told.counts)
    found_steps: list[tuple[date, str, Step]] = []
    for origin, counts in by_origin(told.counts).items():
        last = date.min
        for step in _steps(origin, counts, told):
            # What replaces an older figure may be told before it; a voice's moves stay in the order of its telling.
            last = max(last, step.count.day or date.min)
            found_steps.append((last, origin, step))
    found_steps.sort(key=lambda s: s[:2])
    begun: set[str] = set()
    found: list[Change] = []
    for _, _, step in found_steps:
        kind, why, found_pieces = cause(book, near, step, begun)
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
                pieces=found_pieces,
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


@dataclass(frozen=True, slots=True)
class View:
    """What one looks at: a book, and the day up to which what was said counts; None is all that the book holds."""

    book: Book
    as_of: date | None = None

    def tolls(self, incident: str, method: str, methods: Methods) -> dict[tuple[Outcome, str], Toll]:
        """The tolls of an incident; none where the book does not hold it yet."""
        if self.book.merged.get(incident, incident) not in self.book.incidents:
            return {}
        found = table(self.book, incident, method, self.as_of, methods=methods)
        return {(t.outcome, t.group): t for t in found}

    def holds(self, claim: str) -> bool:
        """Whether the claim was there to be counted, or would have been if nobody had decided otherwise."""
        book = self.book
        found = book.claims.get(claim) or book.waiting.get(claim) or book.fallen.get(claim, (None,))[0]
        if found is None or self.as_of is None:
            return found is not None
        day = day_of(book, found)
        return day is not None and day <= self.as_of


def diff(
    before: Book,
    after: Book,
    incident_id: str,
    method: str = "strict",
    *,
    methods: Methods = METHODS,
    as_of: tuple[date | None, date | None] = (None, None),
) -> tuple[Change, ...]:
    """What moved in the tolls of an incident between two books of one log, or two days, each move typed.

    A move that rests on claims which only the later view holds has the kind that ``changes`` gives to them, and
    ``late report`` where they were said before the last word that the earlier book knew. Without new claims, a
    person's judgement moved it: ``our error``, or ``duplicate removed`` where incidents were merged.

    Args:
        before: the earlier book.
        after: the later book; the same one where only the days differ.
        incident_id: the incident.
        method: of the tolls.
        methods: the methods to choose from.
        as_of: up to which day what was said counts, on the earlier side and on the later one.

    Raises:
        TollError: the later book has no such incident, or there is no such method.
    """
    incident = incident_of(after, incident_id)
    sides = View(before, as_of[0]), View(after, as_of[1])
    old, new = (side.tolls(incident, method, methods) for side in sides)
    typed = changes(after, incident)
    found: list[Change] = []
    order = list(Outcome)
    for key in sorted(old.keys() | new.keys(), key=lambda k: (order.index(k[0]), k[1])):
        was, now = (side.get(key, Toll(incident, *key)) for side in (old, new))
        if was.figure != now.figure:
            found.append(_learned(*sides, was, now, typed))
    return tuple(found)


def steps(
    before: Book,
    after: Book,
    incident_id: str,
    outcome: Outcome | None = None,
    *,
    as_of: tuple[date | None, date | None] = (None, None),
) -> tuple[Change, ...]:
    """Every move of every voice that the later view holds and the earlier one does not, by day.

    Raises:
        TollError: the later book has no such incident.
    """
    sides = View(before, as_of[0]), View(after, as_of[1])
    return tuple(c for c in changes(after, incident_id, outcome) if _new(*sides, c))


def _new(earlier: View, later: View, change: Change) -> bool:
    """Whether a voice's move rests on words that only the later view holds."""
    return all(later.holds(i) for i in change.claims) and not all(earlier.holds(i) for i in change.claims)


def _learned(earlier: View, later: View, was: Toll, now: Toll, typed: Sequence[Change]) -> Change:
    """One move between two views, typed, with the pieces of the voices' moves that make it up."""
    after = later.book
    fresh = [u.claim for u in now.used if not earlier.holds(u.claim)]
    mine = [
        c for c in typed if (c.outcome, c.group) == (now.outcome, now.group) and set(c.claims) & set(fresh)
    ]
    kind, day, origin, why = _kind(earlier, later, was, now, mine, fresh)
    return Change(
        incident=now.incident,
        outcome=now.outcome,
        group=now.group,
        before=was.figure,
        after=now.figure,
        kind=kind,
        day=day,
        origin=origin or (now.origins[0] if now.origins else ""),
        claims=tuple(fresh)
        or tuple(u.claim for u in now.used)
        or tuple(u.claim for u in was.used if u.claim in after.claims),
        why=why,
        pieces=_between(earlier, later, was, now, typed, kind),
    )


def _kind(
    earlier: View, later: View, was: Toll, now: Toll, mine: Sequence[Change], fresh: Sequence[str]
) -> tuple[str, date | None, str, str]:
    """Kind, day, whose word and why of a move between two views."""
    before, after = earlier.book, later.book
    if not fresh:
        if after.merged.keys() - before.merged.keys():
            return "duplicate removed", None, "", "Incidents were merged, so what stood in both counts once."
        if before is after or not after.judgements.keys() - before.judgements.keys():
            return _reread(was, now, next((u for u in now.aside if not earlier.holds(u.claim)), None))
        return "our error", None, "", "Nothing new was said: a judgement changed what counts."
    days = [d for i in fresh if (d := day_of(after, after.claims[i])) is not None]
    seen = [d for u in was.used if (d := day_of(before, before.claims[u.claim])) is not None]
    if days and seen and max(days) < max(seen):
        why = f"It was said on {max(days).isoformat()} and came in after later words had been read."
        return "late report", max(days), "", why
    if mine:
        last = mine[-1]
        kind = "new origin" if last.kind == "first figure" and was.used else last.kind
        return kind, last.day, last.origin, last.why
    return "new deaths" if now.outcome is Outcome.KILLED else "more reported", None, "", "New claims came in."


def _reread(was: Toll, now: Toll, beside: Use | None) -> tuple[str, date | None, str, str]:
    """The kind of a move by words that the figure itself does not rest on: an open end, a figure that stopped standing."""
    moved = level(now.figure) - level(was.figure)
    if moved < 0 and now.group != ALL:
        return "reclassified", None, "", "A later whole is told without this group, or with less of it."
    kind = "said more exactly" if not moved else "source corrected itself" if moved < 0 else "more reported"
    origin, why = (beside.origin, beside.why) if beside else ("", "Older figures stopped standing.")
    return kind, None, origin, why


def _between(
    earlier: View, later: View, was: Toll, now: Toll, typed: Sequence[Change], kind: str
) -> tuple[Piece, ...]:
    """The pieces of a move: those of one voice's moves where they make it up exactly, else one of its kind."""
    move = level(now.figure) - level(was.figure)
    told = [c for c in typed if (c.outcome, c.group) == (now.outcome, now.group) and _new(earlier, later, c)]
    for origin in dict.fromkeys((*now.origins, *was.origins)):
        own = [p for c in told if c.origin == origin for p in c.pieces]
        if own and sum(p.number for p in own) == move:
            return joined(own)
    return (Piece(kind, move, None, None, tuple(u.claim for u in now.used)),)
