"""Corrections: every publication of a box compared with what the box knows now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tollbook.nouns import Publication
from tollbook.pipeline.box import Box, known
from tollbook.pipeline.methods import methods
from tollbook.releases import releases
from tollbook.toll import TollError
from tollbook.toll.corrections import Correction, corrections
from tollbook.values import Book


def corrected(box: Box, now: Book, incident: str | None = None) -> tuple[list[Correction], list[str]]:
    """What was published and has moved since, the latest move first; and what could not be compared, in sentences.

    Formats published together (a bulletin and its CSV) are one publication: the first that was recorded.

    Args:
        box: the box.
        now: its book.
        incident: only publications of this incident, or of one that went into it.

    Raises:
        LogError: the log is locked, damaged or missing.
    """
    found: list[Correction] = []
    silent: list[str] = []
    offered = methods(box.folder)
    then: tuple[tuple[int, object], Book] | None = None
    public = {i for i, r in releases(now, datetime.now(UTC)).items() if r.seen}
    out = (p for p in now.publications.values() if not p.proposed or p.id in public)
    for publication in _acts(out):
        about = now.merged.get(publication.incident, publication.incident)
        if incident is not None and about not in {incident, ""}:
            continue
        cut = publication.upto, publication.known_at
        if then is None or then[0] != cut:
            then = cut, known(box, box.log.entries(upto=publication.upto), publication.known_at)
        try:
            made = list(corrections(publication, then[1], now, offered))
        except TollError as error:
            silent.append(f"the {publication.format} of {publication.said_on} cannot be compared: {error}")
            continue
        found += [c for c in made if incident is None or c.change.incident == incident]
    found.sort(key=lambda c: (c.change.outcome, c.change.group))
    found.sort(key=lambda c: (c.moved_at, c.publication.recorded_at), reverse=True)
    return found, silent


def _acts(publications: Iterable[Publication]) -> list[Publication]:
    """One publication of each act: those of one incident, method and state of the log in several formats are one, the oldest.

    A publication is itself an entry, right behind what it rests on, so the next format stands one further on.
    """
    ordered = sorted(publications, key=lambda p: (p.upto, p.recorded_at, p.id))
    own = {p.upto + 1 for p in ordered}
    acts: dict[tuple[object, ...], Publication] = {}
    for p in ordered:
        rests_on = p.upto
        while rests_on in own:
            rests_on -= 1
        acts.setdefault((p.incident, rests_on, p.method, p.as_of, p.known_at), p)
    return list(acts.values())
