"""Looking for words in a book: what pages and API show of it, by one function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from tollbook import pipeline
from tollbook.desk.live import Live, State
from tollbook.nouns import Claim, Course, Doubt, Report, Site, Source
from tollbook.pipeline import Query
from tollbook.publish.veil import shown
from tollbook.views import facets
from tollbook.views.facets import Chosen, Sorted, Traits

PAGE = 30
# What was found is kept for so many questions: paging and facets ask the same again.
_KEPT = 16
# A piece of a text in which one finds oneself again; a browser shows the words themselves where it knows how.
_FRAGMENT = 80

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Row:
    """One thing that was found, covered.

    Attributes:
        id: of its entry.
        kind: of its entry ("report", "claim" ...).
        href: where it is read, at the words if there are any.
        title: what it is called; of a statement the title of its report.
        pieces: the words around the hit, what was looked for marked.
        traits: its value of each facet.
        entry: as the book has it; its texts are not covered.
    """

    id: str
    kind: str
    href: str
    title: str
    pieces: Pieces
    traits: Traits
    entry: object


@dataclass(frozen=True)
class Found:
    """What was found.

    Attributes:
        query: what was looked for, as it was understood.
        wider: whether nothing holds just these words, and what is shown holds words that begin so.
        total: how many there are.
        rows: a page of them, newest first.
        counts: facet to its values, each with how many there are.
        after: behind which the next page begins; empty at the end.
        making: how many things of how many the index has taken in, while it is being made.
        fault: why nothing can be looked for, in a sentence.
    """

    query: Query
    wider: bool = False
    total: int = 0
    rows: tuple[Row, ...] = ()
    counts: Mapping[str, tuple[tuple[str, int], ...]] | None = None
    after: str = ""
    making: tuple[int, int] | None = None
    fault: str = ""


def seek(live: Live, state: State, typed: str, wanted: Chosen, after: str = "", *, page: int = PAGE) -> Found:
    """What a book holds of what somebody typed; nothing that is typed is an error.

    Args:
        live: the live book.
        state: its state.
        typed: words, "words in a row", -not these.
        wanted: facets and days that were chosen.
        after: the ``after`` of the page before.
        page: how many rows.
    """
    query = pipeline.parse(typed)
    if not live.searching.ready(state.stand):
        return Found(
            query, making=live.searching.making or (0, len(state.entries)), fault=live.searching.fault
        )
    query, wider, passed = _passed(live, state, query, wanted)
    start = _behind(passed.passed, after)
    some = passed.passed[start : start + page]
    more = start + page < len(passed.passed)
    return Found(
        query, wider=wider, total=len(passed.passed), counts=passed.counts,
        rows=tuple(_row(live, state, query, traits) for traits in some),
        after=_place(some[-1]) if more and some else "",
    )  # fmt: skip


def _passed(live: Live, state: State, query: Query, wanted: Chosen) -> tuple[Query, bool, Sorted]:
    """What is found, first of just these words, else of words that begin so."""
    found = _found(live, state, query)
    if not found and query.wanted and query.wider != query:
        wider = query.wider
        return wider, True, facets.chosen(_found(live, state, wider), wanted)
    return query, False, facets.chosen(found, wanted)


def _found(live: Live, state: State, query: Query) -> list[Traits]:
    kept: dict[Query, list[Traits]] = state.kept("found", dict)
    if query not in kept:
        sorter = state.kept("sorter", lambda: facets.Sorter(state.book, state.veil))
        made = sorter.traits(live.searching.find(query))
        for old in list(kept)[: len(kept) - _KEPT + 1]:
            kept.pop(old, None)
        kept[query] = made
        return made
    return kept[query]


def _place(traits: Traits) -> str:
    """Where a row stands, as the address of the next page says it."""
    day, rank, key = facets.order(traits)
    return f"{-day}.{rank}.{key}"


def _behind(found: tuple[Traits, ...], after: str) -> int:
    """How many of the found stand up to there."""
    parts = after.split(".")
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[1].isdecimal()):
        return 0
    last = (-int(parts[0][:9]), int(parts[1][:9]), parts[2])
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if facets.order(found[middle]) <= last else (low, middle)
    return low


def _row(live: Live, state: State, query: Query, traits: Traits) -> Row:
    book, veil, key = state.book, state.veil, traits.key
    fallen = book.fallen.get(key)
    said = book.claims.get(key) or book.courses.get(key) or book.waiting.get(key) or book.doubts.get(key)
    said = said or (fallen[0] if fallen else None)
    if isinstance(said, Claim | Course | Doubt):
        report = book.reports.get(said.report)
        href = f"/reports/{quote(said.report, safe='')}#c-{key}"
        return Row(
            key, traits.kind, href, _title(state, report), _pieces(veil(said.quote), query), traits, said
        )
    report = book.reports.get(key)
    if report is not None:
        text = veil.covered(live.searching.text(report))
        pieces = _pieces(text, query)
        return Row(
            key,
            traits.kind,
            f"/reports/{key}{_fragment(pieces)}",
            _title(state, report),
            pieces,
            traits,
            report,
        )
    incident = book.incidents.get(key)
    if incident is not None:
        words = " · ".join(filter(None, (veil(incident.name), veil(incident.place or ""))))
        return Row(
            key,
            traits.kind,
            f"/incidents/{key}",
            veil(incident.name),
            _pieces(words, query),
            traits,
            incident,
        )
    return _voice(state, query, traits)


def _voice(state: State, query: Query, traits: Traits) -> Row:
    """A card or a place of the desk's own."""
    book, key = state.book, traits.key
    now = state.veil.entry(book.sources.get(key) or book.sites[key])
    if isinstance(now, Source):
        words = " · ".join(filter(None, (now.name, *now.aliases, *now.coverage, now.notes)))
        return Row(key, traits.kind, f"/sources/{key}", shown(now.name), _pieces(words, query), traits, now)
    assert isinstance(now, Site)
    words = " · ".join(filter(None, (now.name, *now.aliases, now.note)))
    return Row(key, traits.kind, f"/places/{key}", shown(now.name), _pieces(words, query), traits, now)


def _title(state: State, report: Report | None) -> str:
    if report is None:
        return ""
    veiled = state.veil.entry(report)
    return shown(veiled.title) or state.veil.document(report)


def _pieces(text: str, query: Query) -> Pieces:
    return tuple((shown(piece), hit) for piece, hit in pipeline.pieces(text, query.wanted))


def _fragment(pieces: Pieces) -> str:
    """The end of an address that shows the first words found in a text."""
    hit = next((text for text, hit in pieces if hit), "")
    return f"#:~:text={quote(hit[:_FRAGMENT], safe='').replace('-', '%2D')}" if hit else ""


def address(query: str, wanted: Mapping[str, str]) -> str:
    """The address of a search."""
    return f"/search?{urlencode({k: v for k, v in {'q': query, **wanted}.items() if v})}"


__all__ = ["PAGE", "Chosen", "Found", "Row", "address", "seek"]
