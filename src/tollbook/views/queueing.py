"""The claims that wait for review, in the order in which they are best looked at, with what makes each a risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tollbook.codes import Review, Status, Verb
from tollbook.nouns import Claim
from tollbook.values import Book
from tollbook.views import waits
from tollbook.waiting import Item, Memory

_PEOPLE = frozenset({Verb.ACCEPT, Verb.REJECT, Verb.CORRECT, Verb.UNVERIFIABLE})
LOW_SCORE = 0.6


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that waits.

    Attributes:
        claim: the claim.
        state: proposed, or where its checking stands.
        incident: id of the incident, or empty.
        assigned: whose work it is.
        effect: people: how far an end of the toll would move without it.
        published: whether its incident was published.
        risks: what could be wrong with it, a few words each.
    """

    claim: Claim
    state: str
    incident: str
    assigned: str
    effect: int
    published: bool
    risks: tuple[str, ...]


def queue(book: Book, memory: Memory | None = None) -> tuple[Waiting, ...]:
    """The claims that wait: of published incidents first, then what moves most, then what is riskiest."""
    return book.kept("queue of claims", lambda: _queue(book, memory))


def _queue(book: Book, memory: Memory | None) -> tuple[Waiting, ...]:
    published = {p.incident for p in book.publications.values()}
    whole = "" in published
    scores = {k.claim: (k.score, bool(k.runner_up)) for k in book.links.values()}
    rows: list[Waiting] = []
    for item in waits.everything(book, memory):
        claim = book.claims.get(item.id) or book.waiting.get(item.id)
        if item.kind != "claim" or claim is None:
            continue
        state = "proposed" if item.id in book.waiting else str(item.state)
        shown = bool(item.effect) and (item.incident in published or (whole and bool(item.incident)))
        score, rival = scores.get(item.id, (1.0, False))
        rows.append(
            Waiting(
                claim,
                state,
                item.incident,
                item.assigned,
                item.effect,
                shown,
                _risks(claim, item, score, rival=rival),
            )
        )
    rows.sort(key=lambda w: (not w.published, -w.effect, -len(w.risks), w.claim.report, w.claim.span.start))
    return tuple(rows)


def _risks(claim: Claim, item: Item, score: float, *, rival: bool) -> tuple[str, ...]:
    found = {
        "proposed by a model": claim.proposed,
        "changed since it was accepted": item.state is Review.CHANGED,
        "stands under no incident": not item.incident,
        "another incident came near": rival,
        "linked with a low score": score < LOW_SCORE,
        "the figure says no number": claim.figure.low is None and claim.figure.high is None,
        f"the speaker does not assert it ({claim.status})": claim.status is not Status.ASSERTED,
        "class told by the text around": claim.inferred,
    }
    return tuple(words for words, so in found.items() if so)


def done(book: Book, day: date) -> tuple[tuple[str, int], ...]:
    """Who settled how many claims on a day, the busiest first."""
    by: dict[str, set[str]] = {}
    for j in book.judgements.values():
        if j.verb in _PEOPLE and j.recorded_at.date() == day and j.target not in book.incidents:
            by.setdefault(j.made_by, set()).add(j.target)
    return tuple(
        sorted(((name, len(claims)) for name, claims in by.items()), key=lambda row: (-row[1], row[0]))
    )
