"""Where the checking of a claim or an incident stands, as ``explain`` and ``incidents`` show it: set, and suggested."""

from __future__ import annotations

from tollbook import grading
from tollbook.cli import screen
from tollbook.codes import Review
from tollbook.grading import CREDIBILITY
from tollbook.values import Book
from tollbook.views.checking import claim_data, incident_data

__all__ = ["claim_data", "incident_data", "of_claim", "of_incident", "state"]


def state(book: Book, thing: str) -> str:
    """Where checking stands, with who accepted it as it stands."""
    found = book.reviews.get(thing, Review.UNREVIEWED)
    names = [screen.covered(name) for name in book.accepted_by.get(thing, ())]
    return f"{found}, accepted by {' and '.join(names)}" if names else str(found)


def of_claim(book: Book, claim: str) -> list[tuple[str, str]]:
    """The rows of a claim: checking, credibility, whose work it is."""
    rows = [("checked", state(book, claim)), ("assigned to", book.assigned.get(claim, ""))]
    if claim in book.courses:
        return rows
    rated = book.credibility.get(claim)
    suggested = grading.credibility(book, claim)
    said = f"{rated}, {CREDIBILITY[rated]}" if rated else "not rated"
    hint = f"{suggested.value}, {CREDIBILITY[int(suggested.value)]}: {suggested.why}"
    return [*rows, ("credibility", f"{said}; the book suggests {hint}")]


def of_incident(book: Book, incident: str) -> str:
    """One sentence on an incident: its grade, what the book suggests, where checking stands, whose work it is."""
    grade, suggested = book.grades.get(incident), grading.grade(book, incident)
    parts = [f"Graded {grade}" if grade else "Not graded"]
    if suggested is not None:
        parts.append(f"the book suggests {suggested.value}: {suggested.why.rstrip('.')}")
    parts.append(f"checking: {state(book, incident)}")
    if book.assigned.get(incident):
        parts.append(f"assigned to {book.assigned[incident]}")
    return f"{'; '.join(parts)}."
