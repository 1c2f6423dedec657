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


def waiting(book: Book, states: frozenset[Review] = OPEN, incident: str | None = None) -> tuple[Item, ...]:
    """The things in one of the states, what most people's count hangs on first.

    Args:
        book: the snapshot.
        states: where checking must stand.
        incident: only this one and its claims.
    """
    items = [*_claims(book, states, incident), *_incidents(book, states, incident)]
    return tuple(sorted(items, key=lambda item: (-item.effect, item.kind, item.id)))


def _state(book: Book, thing: str) -> Review:
    return book.reviews.get(thing, Review.UNREVIEWED)


def _incidents(book: Book, states: frozenset[Review], only: str | None) -> Iterator[Item]:
    for i in book.incidents:
        state = _state(book, i)
        if state in states and only in {None, i}:
            dead = _moved(Figure(), compute(book, i, Outcome.KILLED).figure)
            yield Item(i, "incident", state, i, book.assigned.get(i, ""), dead)


def _claims(book: Book, states: frozenset[Review], only: str | None) -> Iterator[Item]:
    fallen = {i: claim for i, (claim, _) in book.fallen.items()}
    for i, claim in {**book.claims, **book.waiting, **fallen}.items():
        state, where = _state(book, i), book.incident_of.get(i, "")
        if state in states and only in {None, where}:
            effect = _effect(book, claim, where) if where in book.incidents and i not in fallen else 0
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
