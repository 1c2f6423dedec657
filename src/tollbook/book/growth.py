"""The book after more entries, without reckoning everything anew where new reports just add to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from tollbook.book.origins import more_origins
from tollbook.book.rulings import Rulings
from tollbook.book.snapshot import all_of, by_kind, left_open, placed, realise, sorted_out
from tollbook.nouns import Claim, Course, Doubt, Entry, Incident, Link, Report, Statement
from tollbook.values import Book


def grown(book: Book, entries: Sequence[Entry], new: Sequence[Entry]) -> Book:
    """The book of ``entries`` and ``new``, given the book of ``entries``: equal to ``realise`` of all of them.

    Quick for whole new reports with what was found in them; for anything else it is ``realise``.
    """
    known = by_kind(new, book.known_at)
    reports, founded, links = all_of(known, Report), all_of(known, Incident), all_of(known, Link)
    read, told = all_of(known, Claim), all_of(known, Course)
    said: dict[str, Statement] = {**read, **told}
    doubts = all_of(known, Doubt)
    where = {**book.incidents, **founded}
    plain = (
        not any(_holds(book, entry.id) for entry in new)
        and not known.keys() - {kind.KIND for kind in (Report, Claim, Course, Doubt, Incident, Link)}
        and all(s.report in reports for s in said.values())
        and all(d.report in reports for d in doubts.values())
        and all(link.claim in said and link.incident in where for link in links.values())
        # what was accepted is changed by what comes to it
        and not any(link.incident in book.reviews for link in links.values())
        and (said.keys() | founded.keys() | reports.keys() | links.keys() | doubts.keys()).isdisjoint(
            _spoken_of(book)
        )
    )
    origin_of = more_origins(said, reports, book) if plain else None
    if origin_of is None:
        return realise([*entries, *new], book.known_at, two_persons=book.two_persons)
    claims, waiting, _ = sorted_out(read, Rulings())
    arrived = {(report.original, report.document) for report in reports.values()}
    after = replace(
        book,
        reports={**book.reports, **reports},
        unread={i: u for i, u in book.unread.items() if (u.original, u.document) not in arrived},
        claims={**book.claims, **claims},
        waiting={**book.waiting, **waiting},
        courses={**book.courses, **told},
        doubts={**book.doubts, **left_open(doubts, Rulings())},
        incidents=where,
        links={**book.links, **links},
        incident_of={**book.incident_of, **placed(links, Rulings(), where, {}, said)},
        origin_of={**book.origin_of, **origin_of},
    )
    after.grew(book, new)
    return after


def _holds(book: Book, entry: str) -> bool:
    """Whether the book shows an entry of that id; what was judged out of it is among ``_awaited``."""
    shown: Iterable[Mapping[str, object]] = (
        *(book.reports, book.claims, book.courses, book.links, book.incidents, book.fallen, book.waiting),
        *(
            book.doubts,
            book.sources,
            book.merged,
            book.unread,
            book.judgements,
            book.assertions,
            book.publications,
        ),
    )
    return any(entry in mapping for mapping in shown)


def _spoken_of(book: Book) -> set[str]:
    """Every id that something in the book already speaks of, there or not."""

    def more(found: set[str], new: Sequence[Entry]) -> None:
        for entry in new:
            if isinstance(entry, Link):
                found.update((entry.claim, entry.incident))
            elif isinstance(entry, Statement | Doubt):
                found.add(entry.report)
            elif isinstance(entry, Report) and entry.reprints is not None:
                found.add(entry.reprints)

    return book.kept("spoken of", lambda: set(_awaited(book)), more)


def _awaited(book: Book) -> Iterator[str]:
    for judgement in book.judgements.values():
        yield from (judgement.target, *judgement.claims, judgement.other or "")
    for link in book.links.values():
        yield link.claim
        yield link.incident
    fallen = (claim for claim, _ in book.fallen.values())
    for statement in chain(book.claims.values(), book.courses.values(), book.waiting.values(), fallen):
        yield statement.report
    yield from (doubt.report for doubt in book.doubts.values())
    yield from (report.reprints for report in book.reports.values() if report.reprints)
