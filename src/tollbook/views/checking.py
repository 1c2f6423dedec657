"""Where the checking of a claim or an incident stands: what people set, and what the book suggests."""

from __future__ import annotations

from tollbook import grading
from tollbook.codes import Review
from tollbook.grading import Suggestion
from tollbook.values import Book
from tollbook.views.plain import plain


def claim_data(book: Book, claim: str) -> dict[str, object]:
    """The checking of a claim as JSON has it."""
    return {
        "review": str(book.reviews.get(claim, Review.UNREVIEWED)),
        "accepted_by": list(book.accepted_by.get(claim, ())),
        "credibility": book.credibility.get(claim),
        "suggested_credibility": _suggested(grading.credibility(book, claim)),
        "assigned": book.assigned.get(claim),
        "comments": _comments(book, claim),
    }


def incident_data(book: Book, incident: str) -> dict[str, object]:
    """The checking of an incident as JSON has it."""
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
        {"id": j.id, "by": j.made_by, "at": plain(j.recorded_at), "text": j.reason}
        for j in book.comments.get(thing, ())
    ]
