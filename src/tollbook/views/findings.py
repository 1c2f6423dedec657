"""Findings as rows: what an editor should look at, which incidents it is about, and what each check looks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from tollbook import plugins
from tollbook.checks import TIERS, Page, check
from tollbook.values import Book, Finding

_ORDER = {tier: n for n, tier in enumerate(TIERS)}


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


def findings(book: Book) -> tuple[Finding, ...]:
    """Every finding of every tier, the explained ones among them, in the order of the checks."""
    return book.kept("findings", lambda: check(book, TIERS, tuple(plugins.checks().values())))


def of_incident(book: Book, incident: str) -> tuple[Finding, ...]:
    """What concerns an incident: open before explained, by tier."""
    return by_incident(book).get(incident, ())


def by_incident(book: Book) -> Mapping[str, tuple[Finding, ...]]:
    """Incident id to the findings on it, on its statements, or on reports that they stand in."""
    return book.kept("findings by incident", lambda: _by_incident(book))


def _by_incident(book: Book) -> dict[str, tuple[Finding, ...]]:
    told: dict[str, set[str]] = defaultdict(set)
    for i, incident in book.incident_of.items():
        statement = book.claims.get(i) or book.courses.get(i)
        if statement is not None:
            told[statement.report].add(incident)
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings(book):
        for incident in touched(book, finding) | told.get(finding.subject, set()):
            found[incident].append(finding)
    return {i: tuple(sorted(own, key=rank)) for i, own in found.items()}


def rank(finding: Finding) -> tuple[bool, int, str]:
    """Open before explained, by tier, then by key."""
    return finding.explained is not None, _ORDER.get(finding.tier, len(_ORDER)), finding.key
