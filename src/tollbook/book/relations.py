"""How incidents and statements stand to each other and to the people who check them, as judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tollbook.book.rulings import Rulings, standing
from tollbook.codes import Review, Verb
from tollbook.nouns import Incident, Judgement, Link, Statement


def nested(rulings: Rulings, founded: Mapping[str, Incident], merged: Mapping[str, str]) -> dict[str, str]:
    """Each incident to the campaign or war that it stands under; only a higher level stands above, so no circle can be.

    What was merged away stands where the incident it went into was put, and else where it was put itself.
    """
    found: dict[str, str] = {}
    own: dict[str, str] = {}
    for target, other in rulings.above.items():
        under, over = merged.get(target, target), merged.get(other, other)
        if under not in founded or over not in founded:
            continue
        if founded[under].level.rank < founded[over].level.rank:
            (own if under == target else found)[under] = over
    return found | own


def parted(rulings: Rulings, merged: Mapping[str, str]) -> frozenset[frozenset[str]]:
    """The pairs that are not the same; a pair that was made one after all is none."""
    pairs = (frozenset(merged.get(i, i) for i in pair) for pair in rulings.apart)
    return frozenset(pair for pair in pairs if len(pair) > 1)


def reviews(
    rulings: Rulings,
    judgements: Iterable[Judgement],
    links: Mapping[str, Link],
    incident_of: Mapping[str, str],
    merged: Mapping[str, str],
    statements: Mapping[str, Statement],
) -> dict[str, Review]:
    """Where the checking of everything that was judged stands.

    What was accepted is ``changed`` once something of it changed after that: of a statement, its report was
    corrected; of an incident, a statement came, left, fell or was corrected, or the incident itself was merged into.
    """
    found = {i: checking.state for i, checking in rulings.checked.items()}
    accepted = {i: c.since for i, c in rulings.checked.items() if c.state is Review.ACCEPTED and c.since}
    if not accepted:
        return found
    last = _touched(standing(judgements), links, incident_of, merged, statements, accepted.keys())
    found.update((i, Review.CHANGED) for i, since in accepted.items() if i in last and last[i] > since)
    return found


def _touched(
    judgements: Iterable[Judgement],
    links: Mapping[str, Link],
    incident_of: Mapping[str, str],
    merged: Mapping[str, str],
    statements: Mapping[str, Statement],
    wanted: Iterable[str],
) -> dict[str, datetime]:
    """When something of the wanted things last changed."""
    sought = frozenset(wanted)
    last: dict[str, datetime] = {}

    def mark(i: str | None, when: datetime) -> None:
        if i in sought and i is not None:
            last[i] = max(when, last.get(i, when))

    for link in links.values():
        mark(merged.get(link.incident, link.incident), link.recorded_at)
    stood: dict[str, set[str]] = {}
    for link in links.values():
        stood.setdefault(link.claim, set()).add(link.incident)
    under: dict[str, list[str]] = {}
    for i, statement in statements.items():
        if i in sought:
            under.setdefault(statement.report, []).append(i)
    for j in judgements:
        if j.verb in _MOVES:
            # A claim that goes alone leaves wherever it stood.
            left = stood.get(j.target, set())
            for side in (j.target, j.other or "", *left):
                mark(merged.get(side, side), j.recorded_at)
            for moved in j.claims or (j.target,) if j.verb is Verb.SPLIT else ():
                stood.setdefault(moved, set()).add(j.other or "")
        elif j.verb in _ALTERS:
            mark(incident_of.get(j.target), j.recorded_at)
            for statement_id in under.get(j.target, ()):
                mark(statement_id, j.recorded_at)
    return last


_MOVES = frozenset({Verb.MERGE, Verb.SPLIT})
_ALTERS = frozenset({Verb.REJECT, Verb.WITHDRAW, Verb.CORRECT})
