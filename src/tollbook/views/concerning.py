"""The log of one incident: the entries that concern it, with the judgements that still hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tollbook.book import standing
from tollbook.codes import Verb
from tollbook.nouns import Assertion, Entry, Incident, Judgement, Link, Publication
from tollbook.values import Book


@dataclass(frozen=True, slots=True)
class Concerning:
    """One entry of the log that concerns an incident.

    Attributes:
        number: which entry of the log it is, from 1.
        holds: for a judgement, whether nobody undid it.
    """

    number: int
    entry: Entry
    holds: bool = True


def concerning(book: Book, entries: Sequence[Entry], incident: str) -> tuple[Concerning, ...]:
    """The entries that concern an incident and what was merged into it, newest first.

    Args:
        book: the snapshot.
        entries: the log in its order.
        incident: id of the one that stands.
    """
    own = {incident, *(i for i, into in book.merged.items() if into == incident)}
    claims = {c for c, i in book.incident_of.items() if i == incident}
    links = [e for e in entries if isinstance(e, Link) and e.incident in own]
    claims |= {link.claim for link in links}
    about = own | claims
    holding = {j.id for j in standing(book.judgements.values())}
    found: list[Concerning] = []
    judged: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, Judgement):
            if not about.isdisjoint(_ids(entry)) or entry.target in judged:
                judged.add(entry.id)
                found.append(Concerning(number, entry, entry.id in holding))
        elif _is_of(entry, own):
            found.append(Concerning(number, entry))
    return tuple(reversed(found))


def _ids(judgement: Judgement) -> Iterable[str]:
    yield judgement.target
    if judgement.verb is Verb.ACKNOWLEDGE:
        yield judgement.target.partition(":")[2]
    if judgement.other:
        yield judgement.other
    yield from judgement.claims


def _is_of(entry: Entry, own: set[str]) -> bool:
    if isinstance(entry, Incident):
        return entry.id in own
    return isinstance(entry, Link | Publication | Assertion) and entry.incident in own
