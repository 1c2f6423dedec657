"""Where the figures of the desk lead: to the claim that gives one as it stands, else to the page that tells how it came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote, urlencode

from tollbook.codes import Outcome
from tollbook.publish.evidence import Evidence
from tollbook.publish.veil import Veil
from tollbook.publish.workings import Workings
from tollbook.values import Book, Toll


class Cited(Evidence):
    """The statements of a book, each at its words on the page of its report."""

    def target(self, key: str) -> str:
        """The link to a statement's words."""
        statement = self.statement(key)
        return f"/reports/{statement.report}#c-{key}" if statement else f"/search?q={quote(key)}"


class Linked(Workings):
    """Figures of one incident; what no single claim gives leads to the page of that figure.

    Args:
        evidence: of the book.
        incident: id of the incident.
        query: the view (``as_of``, ``known_at``, ``method``) that links go on with.
    """

    def __init__(self, evidence: Cited, incident: str, query: Mapping[str, str]) -> None:
        super().__init__(evidence)
        self._incident, self._query = incident, dict(query)

    def working(self, toll: Toll, voice: str, day: date | None) -> str:
        """The link to how a figure came about."""
        query = self._query | ({"as_of": day.isoformat()} if day else {})
        return figure_link(self.evidence.veil, self._incident, toll.outcome, toll.group, query, voice=voice)


def figure_link(
    veil: Veil,
    incident: str,
    outcome: Outcome,
    group: str,
    query: Mapping[str, str] | None = None,
    *,
    voice: str = "",
) -> str:
    """The page of one figure of an incident, by one voice alone or by the method of the query."""
    # No name of a confidential source stands in an address.
    asked = {"outcome": str(outcome), "group": veil(group), "voice": veil.name(voice) if voice else ""}
    asked |= {k: v for k, v in (query or {}).items() if not (voice and k == "method")}
    return f"/incidents/{quote(incident, safe='')}/figure?{urlencode({k: v for k, v in asked.items() if v})}"


def linked(
    book: Book, veil: Veil, incident: str, query: Mapping[str, str], texts: Callable[[str], str] | None = None
) -> Linked:
    """Figures of an incident with their links.

    Args:
        book: the snapshot that is looked at.
        veil: of the newest book, which hides most.
        incident: id of the incident.
        query: the view that links go on with.
        texts: gives a report's text by its id, where sentences are shown.
    """
    return Linked(Cited(book, veil, texts), incident, query)
