"""Corrections: what was published and has moved since, figure by figure, with every typed move in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tollbook.figures import NOTHING
from tollbook.nouns import EPOCH, Publication
from tollbook.toll.builtin import METHODS
from tollbook.toll.moves import diff, steps
from tollbook.toll.tolls import Methods, table
from tollbook.values import Book, Change

# Kinds of move by which a figure grew as the event went on; any other says that what was published was not all of it.
GREW = frozenset({"first figure", "new origin", "new deaths", "more reported"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of one publication that has moved.

    Attributes:
        publication: what was published.
        incident: id of the incident as it was published.
        change: from the figure that was published to the one that stands now, typed.
        steps: the moves of the voices that lie between, by day.
        moved_at: when what moved it last was recorded.
    """

    publication: Publication
    incident: str
    change: Change
    steps: tuple[Change, ...]
    moved_at: datetime

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of all moves in it, that of the whole first, each once."""
        pieces = (p.kind for c in (self.change, *self.steps) for p in c.pieces)
        return tuple(dict.fromkeys((self.change.kind, *pieces)))

    @property
    def grew(self) -> bool:
        """Whether the event only went on since, so that what was published was right when it was published."""
        return self.change.kind in GREW


def corrections(
    publication: Publication, then: Book, now: Book, methods: Methods = METHODS
) -> Iterator[Correction]:
    """What a publication gave and stands otherwise now, by incident, outcome and group.

    Args:
        publication: what was published.
        then: the book that it was made from.
        now: the book of today.
        methods: the methods to choose from.

    Raises:
        TollError: its method is not among them.
    """
    days = publication.as_of, publication.as_of
    for incident in [publication.incident] if publication.incident else sorted(then.incidents):
        if incident not in then.incidents:
            continue
        if now.merged.get(incident, incident) not in now.incidents:
            yield from _gone(publication, then, now, incident, methods)
            continue
        between = steps(then, now, incident, as_of=days)
        for change in diff(then, now, incident, publication.method, methods=methods, as_of=days):
            if not change.before.known:
                continue  # nothing was published of it
            mine = tuple(c for c in between if (c.outcome, c.group) == (change.outcome, change.group))
            yield Correction(publication, incident, change, mine, _moved(publication, now, change))


def _gone(
    publication: Publication, then: Book, now: Book, incident: str, methods: Methods
) -> Iterator[Correction]:
    """The figures of an incident that somebody withdrew or rejected since."""
    judged = [j for j in now.judgements.values() if j.target == incident and j.id not in then.judgements]
    why = judged[-1].reason if judged else "The incident does not stand any more."
    for toll in table(then, incident, publication.method, publication.as_of, methods=methods):
        if not toll.figure.known:
            continue
        claims = tuple(u.claim for u in toll.used)
        change = Change(
            incident, toll.outcome, toll.group, toll.figure, NOTHING, "our error", None, "", claims,
            f"It was withdrawn: {why}",
        )  # fmt: skip
        yield Correction(publication, incident, change, (), _moved(publication, now, change))


def _moved(publication: Publication, now: Book, change: Change) -> datetime:
    """When what moved a figure last was recorded: new words, else a judgement, both after the publication."""
    published = publication.recorded_at
    words = [now.claims[i].recorded_at for i in change.claims if i in now.claims]
    acts = [j.recorded_at for j in now.judgements.values()]
    after = [m for m in words if m > published] or [m for m in acts if m > published]
    return max(after, default=max(EPOCH, published))
