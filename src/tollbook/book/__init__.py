"""The book: what the log says, as one frozen snapshot; a pure function of the entries.

Nothing here is stored. The order in which entries come does not matter, an entry given twice is one,
and the book as known at a moment is the book of the log cut there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar, cast

from tollbook import notation
from tollbook.book.origins import origins
from tollbook.book.rulings import Rulings, corrected, correction, merges, rule, standing
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Entry,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Source,
    Statement,
    Unread,
)
from tollbook.values import Book

__all__ = ["at", "correction", "realise", "standing"]

E = TypeVar("E", bound=Entry)
Known = Mapping[str, Mapping[str, Entry]]


def realise(entries: Iterable[Entry], known_at: datetime | None = None) -> Book:
    """The book of the entries recorded up to a moment; of all of them when none is given.

    Raises:
        ValueError: ``known_at`` has no time zone, so no moment is meant.
    """
    if known_at is not None and known_at.tzinfo is None:
        raise ValueError(f"known at {known_at}: say in which time zone, for example {known_at}+00:00")
    known = _known(entries, known_at)
    rulings = rule(_all(known, Judgement).values())
    reports = _corrected(_all(known, Report), rulings)
    sources = _sources(_left(_corrected(_all(known, Source), rulings), rulings))
    founded = _left(_corrected(_all(known, Incident), rulings), rulings)
    merged = merges(rulings, founded)
    read = _dated(_all(known, Claim), known, rulings)
    told = _dated(_all(known, Course), known, rulings)
    claims, waiting, fallen = _sorted_out(read, rulings)
    links = _left(_all(known, Link), rulings)
    return Book(
        known_at=known_at,
        sources=sources,
        reports=reports,
        unread=_left(_all(known, Unread), rulings),
        claims=claims,
        courses={i: c for i, c in told.items() if rulings.why_fallen(i, c.report) is None},
        incidents={i: incident for i, incident in founded.items() if i not in merged},
        links=links,
        judgements=_all(known, Judgement),
        assertions=_left(_corrected(_all(known, Assertion), rulings), rulings),
        publications=_all(known, Publication),
        fallen=fallen,
        waiting=waiting,
        incident_of=_placed(links, rulings, founded, merged, {**read, **told}),
        origin_of=origins({**read, **told}, reports, sources),
        reviewed=frozenset(rulings.reviewed & read.keys()),
        acknowledged=rulings.acknowledged,
        merged=merged,
    )


def at(entries: Iterable[Entry], moment: datetime) -> Book:
    """The book as it was known at a moment."""
    return realise(entries, moment)


def _known(entries: Iterable[Entry], known_at: datetime | None) -> Known:
    """The entries by kind and id, each id once, in the order of recording."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if known_at is not None and entry.recorded_at > known_at:
            continue
        other = first.setdefault(entry.id, entry)
        if other is not entry and _age(entry) < _age(other):
            first[entry.id] = entry
    found: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in sorted(first.values(), key=lambda e: (e.recorded_at, e.id)):
        found[entry.KIND][entry.id] = entry
    return found


def _age(entry: Entry) -> tuple[datetime, str]:
    """Of the same thing learned twice the first counts; at one moment, the line that sorts first."""
    return entry.recorded_at, notation.show(entry)


def _all(known: Known, kind: type[E]) -> dict[str, E]:
    return cast("dict[str, E]", known.get(kind.KIND, {}))


def _corrected(found: dict[str, E], rulings: Rulings) -> dict[str, E]:
    touched = found.keys() & rulings.changes.keys()
    return {**found, **{i: corrected(found[i], rulings.changes[i]) for i in touched}} if touched else found


def _left(found: dict[str, E], rulings: Rulings) -> dict[str, E]:
    """What nobody rejected or withdrew."""
    return {i: entry for i, entry in found.items() if i not in rulings.fallen}


def _dated(found: dict[str, E], known: Known, rulings: Rulings) -> dict[str, E]:
    """The statements as corrected; one said on its report's day moves with a correction of that day."""
    moved: dict[str, E] = {}
    reports = _all(known, Report)
    for report, changes in rulings.changes.items():
        day = [change for change in changes if change[0] == "said_on"]
        if report in reports and day:
            for i, entry in found.items():
                statement = cast("Statement", entry)
                if statement.report == report and statement.said_on == reports[report].said_on:
                    moved[i] = corrected(entry, day)
    return _corrected({**found, **moved} if moved else found, rulings)


def _sources(cards: Mapping[str, Source]) -> dict[str, Source]:
    """The newest card of each name."""
    newest: dict[str, Source] = {}
    for card in cards.values():
        name = card.name.casefold()
        other = newest.get(name)
        if other is None or _newness(card) > _newness(other):
            newest[name] = card
    return {card.id: card for card in cards.values() if newest[card.name.casefold()] is card}


def _newness(card: Source) -> tuple[datetime, date, str]:
    return card.recorded_at, card.said_on or date.min, card.id


Fallen = dict[str, tuple[Claim, str]]


def _sorted_out(
    read: Mapping[str, Claim], rulings: Rulings
) -> tuple[dict[str, Claim], dict[str, Claim], Fallen]:
    """The claims that stand, that wait for a person, and that fell."""
    claims: dict[str, Claim] = {}
    waiting: dict[str, Claim] = {}
    fallen: Fallen = {}
    for i, claim in read.items():
        why = rulings.why_fallen(i, claim.report)
        if why is not None:
            fallen[i] = (claim, why)
        elif not claim.proposed:
            claims[i] = claim
        elif i in rulings.accepted:
            claims[i] = corrected(claim, [("proposed", "no")])
        else:
            waiting[i] = claim
    return claims, waiting, fallen


def _placed(
    links: Mapping[str, Link],
    rulings: Rulings,
    founded: Mapping[str, Incident],
    merged: Mapping[str, str],
    statements: Mapping[str, Statement],
) -> dict[str, str]:
    """Statement id to incident id: the latest link, the higher score in a tie; then splits, then merges."""
    best: dict[str, Link] = {}
    for link in links.values():
        if link.incident not in founded or link.claim not in statements:
            continue
        other = best.get(link.claim)
        if other is None or _weight(link) > _weight(other):
            best[link.claim] = link
    where = {i: link.incident for i, link in best.items()}
    where |= {i: to for i, to in rulings.moved.items() if i in statements and to in founded}
    return {i: merged.get(incident, incident) for i, incident in where.items()}


def _weight(link: Link) -> tuple[datetime, float, str]:
    return link.recorded_at, link.score, link.id
