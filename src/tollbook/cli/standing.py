"""Where the checking of a claim or an incident stands, as ``explain`` and ``incidents`` show it: set, and suggested."""

from __future__ import annotations

from tollbook import grading
from tollbook.cli import screen
from tollbook.codes import Review
from tollbook.grading import CREDIBILITY, Suggestion
from tollbook.values import Book


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


def claim_data(book: Book, claim: str) -> dict[str, object]:
    """What ``of_claim`` says, as JSON has it."""
    return {
        "review": str(book.reviews.get(claim, Review.UNREVIEWED)),
        "accepted_by": list(book.accepted_by.get(claim, ())),
        "credibility": book.credibility.get(claim),
        "suggested_credibility": _suggested(grading.credibility(book, claim)),
        "assigned": book.assigned.get(claim),
        "comments": _comments(book, claim),
    }


def incident_data(book: Book, incident: str) -> dict[str, object]:
    """What ``of_incident`` says, as JSON has it."""
    grade = book.grades.get(incident)
    return {
        "review": str(book.reviews.get(incident, Review.UNREVIEWED)),
        "accepted_by": list(book.accepted_by.get(incident, ())),
        "grade": str(grade) if grade else None,
        "suggested_grade": _suggested(grading.grade(book, incident)),
        "assigned": book.assigned.get(incident),
        "comments": _comments(book, incident),
    }


def _suggested(found: Suggestion | None) -> dict[str, object] | None:
    return None if found is None else {"value": found.value, "why": found.why, "claims": list(found.claims)}


def _comments(book: Book, thing: str) -> list[dict[str, object]]:
    return [
        {"id": j.id, "by": j.made_by, "at": screen.plain(j.recorded_at), "text": j.reason}
        for j in book.comments.get(thing, ())
    ]
