"""What waits for a person as rows: what it is in its own words, and what hangs on it."""

from __future__ import annotations

from tollbook import waiting
from tollbook.toll.wording import words
from tollbook.values import Book
from tollbook.waiting import Item, Memory


def everything(book: Book, memory: Memory | None = None) -> tuple[Item, ...]:
    """All that waits, what most people's count hangs on first; worked out once for a book.

    Args:
        book: the snapshot.
        memory: what was worked out of earlier books of the same box, by whoever shows one after the other.
    """
    return book.kept("what waits", lambda: waiting.waiting(book, memory=memory))


def says(book: Book, item: Item) -> str:
    """What the thing is, in its own words."""
    if item.kind == "incident":
        return book.incidents[item.id].name
    claim = book.claims.get(item.id) or book.waiting.get(item.id) or book.fallen[item.id][0]
    return f"{claim.outcome.replace('_', ' ')} {words(claim.figure)}: “{claim.quote}”"


def row(book: Book, item: Item) -> dict[str, object]:
    """What waits, as JSON has it."""
    return {
        "id": item.id,
        "kind": item.kind,
        "review": str(item.state),
        "incident": item.incident or None,
        "assigned": item.assigned or None,
        "effect": item.effect,
        "accepted_by": list(book.accepted_by.get(item.id, ())),
        "comments": len(book.comments.get(item.id, ())),
        "says": says(book, item),
    }
