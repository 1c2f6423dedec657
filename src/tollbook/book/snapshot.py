"""``realise``: the entries, with every judgement applied, as one Book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, cast

from tollbook import notation
from tollbook.book.origins import origins
from tollbook.book.relations import nested, parted, reviews
from tollbook.book.rulings import Rulings, corrected, merges, rule, standing
from tollbook.codes import Verb
from tollbook.nouns import (
    Assertion,
    Claim,
    Course,
    Doubt,
    Entry,
    Incident,
    Judgement,
    Link,
    Publication,
    Report,
    Site,
    Source,
    Statement,
    Unread,
)
from tollbook.values import Book

E = TypeVar("E", bound=Entry)
V = TypeVar("V")
Known = Mapping[str, Mapping[str, Entry]]


def realise(entries: Iterable[Entry], known_at: datetime | None = None, *, two_persons: bool = False) -> Book:
    """The book of the entries recorded up to a moment; of all of them when none is given.

    Args:
        entries: the log's, in any order.
        known_at: the moment; None for all.
        two_persons: whether an acceptance needs two persons.

    Raises:
        ValueError: ``known_at`` has no time zone, so no moment is meant.
    """
    if known_at is not None and known_at.tzinfo is None:
        raise ValueError(f"known at {known_at}: say in which time zone, for example {known_at}+00:00")
    known = by_kind(entries, known_at)
    judgements = all_of(known, Judgement)
    rulings = rule(judgements.values(), two_persons=two_persons)
    reports = _corrected(all_of(known, Report), rulings)
    sources = _sources(_left(_corrected(all_of(known, Source), rulings), rulings))
    founded = _left(_corrected(all_of(known, Incident), rulings), rulings)
    founded = _without(founded, _emptied(known, founded, rulings))
    merged = merges(rulings, founded)
    read = _dated(all_of(known, Claim), known, rulings)
    told = _dated(all_of(known, Course), known, rulings)
    claims, waiting, fallen = sorted_out(read, rulings)
    links = _left(all_of(known, Link), rulings)
    incident_of = placed(links, rulings, founded, merged, {**read, **told})
    book = Book(
        known_at=known_at,
        sources=sources,
        reports=reports,
        unread=_unread(_left(all_of(known, Unread), rulings), reports),
        claims=claims,
        courses={i: c for i, c in told.items() if rulings.why_fallen(i, c.report) is None},
        doubts=left_open(all_of(known, Doubt), rulings),
        incidents={i: incident for i, incident in founded.items() if i not in merged},
        links=links,
        judgements=judgements,
        assertions=_left(_corrected(all_of(known, Assertion), rulings), rulings),
        publications=all_of(known, Publication),
        sites=_left(_corrected(all_of(known, Site), rulings), rulings),
        fallen=fallen,
        waiting=waiting,
        incident_of=incident_of,
        origin_of=origins({**read, **told}, reports, sources),
        reviewed=frozenset(rulings.reviewed & read.keys()),
        acknowledged=rulings.acknowledged,
        merged=merged,
        two_persons=two_persons,
    )
    return _judged(book, rulings, founded, {**read, **told})


def _judged(
    book: Book, rulings: Rulings, founded: Mapping[str, Incident], statements: Mapping[str, Statement]
) -> Book:
    """The book with what people said of its incidents and statements beside their figures."""
    merged = book.merged
    return replace(
        book,
        above=nested(rulings, founded, merged),
        apart=parted(rulings, merged),
        grades=_of_standing(rulings.grades, founded, merged),
        credibility=rulings.credibility,
        reviews=reviews(rulings, book.judgements.values(), book.links, book.incident_of, merged, statements),
        accepted_by={i: c.persons for i, c in rulings.checked.items() if c.persons},
        assigned=rulings.assigned,
        comments={i: tuple(said) for i, said in rulings.comments.items()},
    )


def _of_standing(
    given: Mapping[str, V], founded: Mapping[str, Incident], merged: Mapping[str, str]
) -> dict[str, V]:
    """What was given to incidents that stand; what was merged away keeps nothing of its own."""
    return {i: value for i, value in given.items() if i in founded and i not in merged}


def at(entries: Iterable[Entry], moment: datetime) -> Book:
    """The book as it was known at a moment."""
    return realise(entries, moment)


def by_kind(entries: Iterable[Entry], known_at: datetime | None) -> Known:
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


def all_of(known: Known, kind: type[E]) -> dict[str, E]:
    """The entries of one kind, by id."""
    return cast("dict[str, E]", known.get(kind.KIND, {}))


def _corrected(found: dict[str, E], rulings: Rulings) -> dict[str, E]:
    touched = found.keys() & rulings.changes.keys()
    return {**found, **{i: corrected(found[i], rulings.changes[i]) for i in touched}} if touched else found


def _left(found: dict[str, E], rulings: Rulings) -> dict[str, E]:
    """What nobody rejected or withdrew."""
    return {i: entry for i, entry in found.items() if i not in rulings.fallen}


def _without(found: dict[str, E], gone: frozenset[str]) -> dict[str, E]:
    return {i: entry for i, entry in found.items() if i not in gone} if gone else found


def _emptied(known: Known, founded: Mapping[str, Incident], rulings: Rulings) -> frozenset[str]:
    """The incidents that a split founded which was undone since, and of which nothing else speaks."""
    judgements = all_of(known, Judgement)
    splits = [j for j in judgements.values() if j.verb is Verb.SPLIT and j.other in founded]
    if not splits:
        return frozenset()
    stands = standing(judgements.values())
    # Of one moment and one hand with the split: it was not there before.
    made = {
        j.other
        for j in splits
        if (founded[j.other or ""].recorded_at, founded[j.other or ""].made_by) == (j.recorded_at, j.made_by)
    }
    spoken = {i for j in stands for i in (j.target, j.other)} | set(rulings.moved.values())
    spoken |= {link.incident for link in all_of(known, Link).values()}
    return frozenset(i for i in made if i and i not in spoken)


def _dated(found: dict[str, E], known: Known, rulings: Rulings) -> dict[str, E]:
    """The statements as corrected; one said on its report's day moves with a correction of that day."""
    moved: dict[str, E] = {}
    reports = all_of(known, Report)
    for report, changes in rulings.changes.items():
        day = [change for change in changes if change[0] == "said_on"]
        if report in reports and day:
            for i, entry in found.items():
                statement = cast("Statement", entry)
                if statement.report == report and statement.said_on == reports[report].said_on:
                    moved[i] = corrected(entry, day)
    return _corrected({**found, **moved} if moved else found, rulings)


def _sources(cards: Mapping[str, Source]) -> dict[str, Source]:
    """The newest card of each name, the last one in the order of recording."""
    newest = {card.name.casefold(): card.id for card in cards.values()}
    return {i: card for i, card in cards.items() if newest[card.name.casefold()] == i}


def _unread(waiting: dict[str, Unread], reports: Mapping[str, Report]) -> dict[str, Unread]:
    """What still waits: not what was read after all, with the same bytes under the same name."""
    read = {(report.original, report.document) for report in reports.values()}
    return {i: entry for i, entry in waiting.items() if (entry.original, entry.document) not in read}


def left_open(found: Mapping[str, Doubt], rulings: Rulings) -> dict[str, Doubt]:
    """The doubts that nobody settled, of reports that stand."""
    return {i: doubt for i, doubt in found.items() if rulings.why_fallen(i, doubt.report) is None}


Fallen = dict[str, tuple[Claim, str]]


def sorted_out(
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


def placed(
    links: Mapping[str, Link],
    rulings: Rulings,
    founded: Mapping[str, Incident],
    merged: Mapping[str, str],
    statements: Mapping[str, Statement],
) -> dict[str, str]:
    """Statement id to incident id: the latest link, the higher score in a tie; then splits, then merges.

    A link to an incident that the statement was told apart from says nothing.
    """
    best: dict[str, Link] = {}
    for link in links.values():
        if link.incident not in founded or link.claim not in statements:
            continue
        if rulings.apart and frozenset({link.claim, link.incident}) in rulings.apart:
            continue
        other = best.get(link.claim)
        if other is None or _weight(link) > _weight(other):
            best[link.claim] = link
    where = {i: link.incident for i, link in best.items()}
    where |= {
        i: to
        for i, to in rulings.moved.items()
        if i in statements and to in founded and frozenset({i, to}) not in rulings.apart
    }
    return {i: merged.get(incident, incident) for i, incident in where.items()}


def _weight(link: Link) -> tuple[datetime, float, str]:
    return link.recorded_at, link.score, link.id
