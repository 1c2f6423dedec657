"""The places that a book's reports name: where each is taken to lie, who uses it, and what a new place would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tollbook import places
from tollbook.nouns import Incident, Site
from tollbook.places import Place
from tollbook.places.resolver import distance
from tollbook.values import Book

# An incident so many kilometres from where its claim is put is worth a look.
FAR = 100.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as reports write it.

    Attributes:
        words: as written.
        claims: ids of the claims that name it.
        courses: ids of the course claims that name it.
        incidents: ids of the incidents whose place it is.
        place: where it is taken to lie; None where no list has it.
    """

    words: str
    claims: tuple[str, ...]
    courses: tuple[str, ...]
    incidents: tuple[str, ...]
    place: Place | None

    @property
    def uses(self) -> int:
        """How often it is named."""
        return len(self.claims) + len(self.courses) + len(self.incidents)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a new place does to one way of writing.

    Attributes:
        mention: the words, with where they were taken to lie before.
        kilometres: how far they move; None where they lay nowhere.
        far: incidents of its claims that lie further off than ``FAR``, with the kilometres.
    """

    mention: Mention
    kilometres: float | None
    far: tuple[tuple[Incident, float], ...]


def mentions(book: Book) -> Mapping[str, Mention]:
    """Every place that the book names, by its words."""
    return book.kept("mentions of places", lambda: _mentions(book))


def _mentions(book: Book) -> dict[str, Mention]:
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    named = [(0, i, c.place) for i, c in book.claims.items()]
    named += [(1, i, c.place) for i, c in book.courses.items()]
    named += [(2, i, e.place) for i, e in book.incidents.items()]
    for kind, i, place in named:
        if place:
            found.setdefault(place, ([], [], []))[kind].append(i)
    look = places.resolver(book.sites.values())
    return {
        words: Mention(words, tuple(said), tuple(told), tuple(events), look(words))
        for words, (said, told, events) in sorted(found.items())
    }


def unknown(book: Book) -> list[Mention]:
    """What no list has, the most named first."""
    lost = [m for m in mentions(book).values() if m.place is None]
    return sorted(lost, key=lambda m: (-m.uses, m.words))


def lying(book: Book, place: Place) -> list[Mention]:
    """The ways in which reports write a place, the most frequent first."""
    same = [m for m in mentions(book).values() if m.place is not None and _one(m.place, place)]
    return sorted(same, key=lambda m: (-m.uses, m.words))


def _one(a: Place, b: Place) -> bool:
    return (a.latitude, a.longitude, a.code) == (b.latitude, b.longitude, b.code)


def effect(book: Book, site: Site) -> list[Moved]:
    """What the words of reports would mean with a place that lie elsewhere, or nowhere, without it."""
    found = []
    for mention in mentions(book).values():
        there = places.among([site], mention.words)
        before = mention.place
        if there is None or (before is not None and _one(before, there)):
            continue
        moved = None if before is None else _km(before, there)
        found.append(Moved(mention, moved, tuple(_far(book, mention, there))))
    return sorted(found, key=lambda m: (-m.mention.uses, m.mention.words))


def _far(book: Book, mention: Mention, there: Place) -> Iterable[tuple[Incident, float]]:
    look = places.resolver(book.sites.values())
    under = {book.incident_of[i] for i in (*mention.claims, *mention.courses) if i in book.incident_of}
    for i in sorted(under - set(mention.incidents)):
        incident = book.incidents.get(i)
        here = places.whereabouts(incident, look) if incident is not None else None
        if incident is not None and here is not None and (gap := _km(here, there)) > FAR:
            yield incident, gap


def _km(a: Place, b: Place) -> float:
    return distance(a.latitude, a.longitude, b.latitude, b.longitude)
