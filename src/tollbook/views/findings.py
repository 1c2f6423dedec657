"""Findings as rows: what an editor should look at, which incidents it is about, and what each check looks for."""

from __future__ import annotations

from dataclasses import asdict

from tollbook.checks import Page
from tollbook.values import Book, Finding


def data(finding: Finding) -> dict[str, object]:
    """A finding as JSON has it."""
    names = ("key", "code", "tier", "subject", "what", "why", "remedy", "claims", "explained")
    return {name: getattr(finding, name) for name in names}


def touched(book: Book, finding: Finding) -> set[str]:
    """The incidents that a finding is about."""
    ids = {finding.subject, *finding.claims}
    return {i for i in ids if i in book.incidents} | {
        book.incident_of[i] for i in ids if i in book.incident_of
    }


def page(page: Page) -> dict[str, object]:
    """A page of the catalogue as data."""
    found = asdict(page)
    for twin in (*found["fires"], *found["silent"]):
        twin["today"] = None if twin["today"] is None else twin["today"].isoformat()
    return found
