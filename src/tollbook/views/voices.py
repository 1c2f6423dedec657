"""The voices of a book as rows: each with its reports and claims, one with its card and its score; and what is unread."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass

from tollbook.nouns import Source, Unread
from tollbook.scores import Measure, Score
from tollbook.values import Book, fold
from tollbook.views.plain import plain


def listed(book: Book) -> list[dict[str, object]]:
    """Each voice with the reports it published and the claims that are counted as its own, those with a card first."""
    claims = Counter(book.origin_of.get(i, "") for i in book.claims)
    reports = Counter(_publisher(book, r.publisher) for r in book.reports.values())
    found: list[dict[str, object]] = []
    names: set[str] = set()
    for card in sorted(book.sources.values(), key=lambda s: (s.confidential, s.handle)):
        names.add(card.handle)
        found.append(
            {
                "id": card.id,
                "name": card.handle,
                "kind": str(card.kind),
                "party": None if card.confidential else card.party,
                "reliability": card.reliability,
                "confidential": card.confidential,
                "reports": reports[card.handle],
                "claims": claims[card.handle],
            }
        )
    for name in sorted((claims.keys() | reports.keys()) - names - {""}):
        found.append(
            {"id": "", "name": name, "kind": "no card", "party": None, "reliability": "", "confidential": False,
             "reports": reports[name], "claims": claims[name]}
        )  # fmt: skip
    return found


def _publisher(book: Book, name: str) -> str:
    card = book.source(name) or book.source(name.partition(" (")[0])
    return card.handle if card is not None else name


def meant(book: Book, name: str) -> tuple[str, Source | None] | None:
    """The canonical name of the voice meant by a name, an alias, a handle or an id, and its card; None for nobody."""
    card = book.source(name) or next((s for s in book.sources.values() if name in {s.handle, s.id}), None)
    if card is not None:
        return card.handle, card
    known = {*book.origin_of.values(), *(r.publisher for r in book.reports.values())}
    same = sorted(n for n in known if fold(n) == fold(name))
    return (same[0], None) if same else None


def card_data(card: Source | None) -> dict[str, object] | None:
    """A card as it may be shown; of a confidential source neither names, party, places nor notes."""
    if card is None:
        return None
    open_ = not card.confidential
    return {
        "id": card.id, "name": card.handle, "aliases": list(card.aliases) if open_ else [], "kind": str(card.kind),
        "party": card.party if open_ else None, "reliability": card.reliability, "confidential": card.confidential,
        "coverage": list(card.coverage) if open_ else [], "yields_min": card.yields_min,
        "yields_max": card.yields_max, "silent_days": card.silent_days, "notes": card.notes if open_ else "",
    }  # fmt: skip


def score_data(score: Score) -> dict[str, object]:
    """The score as JSON has it; why a figure is missing stands with it."""

    def dressed(value: object) -> object:
        if isinstance(value, tuple):
            return [dressed(inner) for inner in value]
        if not is_dataclass(value):
            return value
        made = {f.name: dressed(getattr(value, f.name)) for f in fields(value)}
        return made | {"few": value.few} if isinstance(value, Measure) else made

    return {f.name: dressed(getattr(score, f.name)) for f in fields(score)}


def unread(entry: Unread) -> dict[str, object]:
    """What came in and could not be read, as JSON has it."""
    names = ("document", "origin", "original", "reason", "recorded_at")
    return {name: plain(getattr(entry, name)) for name in names}
