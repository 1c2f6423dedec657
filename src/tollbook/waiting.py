"""What waits for a person: claims and incidents that nobody has settled, by how many people's count hangs on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tollbook.codes import Outcome, Review
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll import compute
from tollbook.values import Book

# What still needs somebody; what was accepted, rejected or found unverifiable is settled until something changes.
OPEN = frozenset({Review.UNREVIEWED, Review.IN_REVIEW, Review.CHANGED})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits.

    Attributes:
        id: of the claim or incident.
        kind: ``claim`` or ``incident``.
        state: where its checking stands.
        incident: the incident it is or stands under; empty for none.
        assigned: whose work it is; empty for nobody's.
        effect: people: how far an end of the toll would move without the claim (of a proposed one: with it); of an
            incident the dead that its toll gives.
    """

    id: str
    kind: str
    state: Review
    incident: str
    assigned: str
    effect: int


# Of each incident all that a toll of it is made of, and what hung on each of its claims (of itself under its own id).
Memory = dict[str, tuple[tuple[object, ...], dict[str, int]]]


def waiting(
    book: Book,
    states: frozenset[Review] = OPEN,
    incident: str | None = None,
    memory: Memory | None = None,
) -> tuple[Item, ...]:
    """The things in one of the states, what most people's count hangs on first.

    Args:
        book: the snapshot.
        states: where checking must stand.
        incident: only this one and its claims.
        memory: of an earlier book; what has not changed since is not reckoned again. It is brought up to date.
    """
    known = {} if memory is None else memory
    items = [*_claims(book, states, incident, known), *_incidents(book, states, incident, known)]
    return tuple(sorted(items, key=lambda item: (-item.effect, item.kind, item.id)))


def _state(book: Book, thing: str) -> Review:
    return book.reviews.get(thing, Review.UNREVIEWED)


def _known(book: Book, incident: str, memory: Memory) -> dict[str, int]:
    """What is remembered of an incident as it stands; nothing where anything that makes its toll has changed."""

    def checked() -> dict[str, int]:
        claims = book.of(incident)
        made_of = (
            book.incidents[incident],
            claims,
            tuple(book.origin_of.get(c.id) for c in claims),
            tuple(book.reports.get(c.report) for c in claims),
            tuple(book.sources.values()),
            book.grades.get(incident),
        )
        before = memory.get(incident)
        # Entries that did not change are the same objects, so this compares them without looking into them.
        if before is None or before[0] != made_of:
            before = memory[incident] = (made_of, {})
        return before[1]

    return book.kept(f"remembered {incident}", checked)


def _incidents(book: Book, states: frozenset[Review], only: str | None, memory: Memory) -> Iterator[Item]:
    for i in book.incidents:
        state = _state(book, i)
        if state in states and only in {None, i}:
            known = _known(book, i, memory)
            if i not in known:
                known[i] = _moved(Figure(), compute(book, i, Outcome.KILLED).figure)
            dead = known[i]
            yield Item(i, "incident", state, i, book.assigned.get(i, ""), dead)


def _claims(book: Book, states: frozenset[Review], only: str | None, memory: Memory) -> Iterator[Item]:
    fallen = {i: claim for i, (claim, _) in book.fallen.items()}
    for i, claim in {**book.claims, **book.waiting, **fallen}.items():
        state, where = _state(book, i), book.incident_of.get(i, "")
        if state in states and only in {None, where}:
            effect = 0
            if where in book.incidents and i not in fallen:
                known = _known(book, where, memory)
                # A proposed claim is no part of what the toll is made of, so it may have been corrected unseen.
                if i not in known or i in book.waiting:
                    known[i] = _effect(book, claim, where)
                effect = known[i]
            yield Item(i, "claim", state, where, book.assigned.get(i, ""), effect)


def _effect(book: Book, claim: Claim, incident: str) -> int:
    """How far the further-moving end of the incident's toll moves without a claim, or with a proposed one."""
    of = {c.id: c for c in book.of(incident)}
    # A book of this incident alone: what is asked a hundred times must not go through a million claims.
    small = book.kept(
        f"alone {incident}", lambda: replace(book, claims=of, waiting={}, fallen={}, courses={})
    )
    now = small.kept(f"toll {claim.outcome}", lambda: compute(small, incident, claim.outcome))
    if claim.id not in of:
        accepted = replace(claim, proposed=False)
        object.__setattr__(accepted, "_id", claim.id)  # it is the same claim
        other = replace(small, claims={**of, claim.id: accepted})
    elif any(u.claim == claim.id for u in now.used):
        other = replace(small, claims={i: c for i, c in of.items() if i != claim.id})
    else:
        return 0
    return _moved(now.figure, compute(other, incident, claim.outcome).figure)


def _moved(one: Figure, other: Figure) -> int:
    """The people by which the ends differ; an open top stands where the bottom does."""

    def ends(figure: Figure) -> tuple[int, int]:
        low = figure.floor
        return low, figure.ceiling if figure.ceiling is not None else low

    return max(abs(a - b) for a, b in zip(ends(one), ends(other), strict=True))
