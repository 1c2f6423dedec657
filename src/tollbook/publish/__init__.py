"""Publishing: a Book and an incident in, files out; every number carries its sentence, and nothing is counted here.

``render`` is the door: ``bulletin`` (HTML and Markdown), ``csv``, ``json`` (JSON lines) and ``pdf``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tollbook.checks import CHECKS, Check
from tollbook.publish import bulletin, lines, paper, sheets, sums
from tollbook.publish.chart import toll_chart
from tollbook.publish.edition import ProseError, Told
from tollbook.publish.evidence import Evidence
from tollbook.publish.paper import FormatError
from tollbook.publish.series import charted
from tollbook.publish.veil import Veil
from tollbook.publish.workings import Workings
from tollbook.toll import METHODS, Method
from tollbook.values import Book

__all__ = ["FormatError", "ProseError", "Told", "formats", "picture", "render"]


def formats() -> tuple[str, ...]:
    """The names of the formats."""
    return ("bulletin", "csv", "json", "pdf")


def render(
    book: Book,
    incident_id: str,
    format: str,  # noqa: A002  (what the reader of a call expects it to be called)
    *,
    method: str = "strict",
    now: datetime,
    texts: Callable[[str], str] | None = None,
    methods: Mapping[str, Method] = METHODS,
    checks: Sequence[Check] = CHECKS,
    told: Told | None = None,
) -> dict[str, bytes]:
    """The files of a publication by name; the same book and moment give the same bytes.

    Args:
        book: the snapshot.
        incident_id: the incident.
        format: one of ``formats()``.
        method: of the toll ("strict", "minmax", "source:NAME").
        now: the moment it is made, with its zone.
        texts: gives a report's text by the report's id; may raise LookupError, OSError or LogError.
        methods: the methods to choose from; those of plugins may stand among them.
        checks: the checks whose findings are shown.
        told: what a desk adds to a bulletin.

    Raises:
        FormatError: there is no such format, or it cannot be made here.
        ProseError: a number in a desk's words may not stand so.
        TollError: there is no such incident or method.
    """
    if format not in formats():
        raise FormatError(f"there is no format {format!r}; there are {', '.join(formats())}")
    computed = sums.sums(book, incident_id, method, methods=methods, looks=checks)
    if format == "csv":
        return sheets.sheets(book, computed)
    if format == "json":
        return lines.lines(book, computed)
    if format == "pdf":
        content = bulletin.composed(book, computed, now=now, texts=texts, told=told, methods=methods)
        return {"bulletin.pdf": paper.pdf(content, now)}
    return bulletin.bulletin(book, computed, now=now, texts=texts, told=told, methods=methods)


def picture(book: Book, incident_id: str, *, method: str = "strict", width: int = 720) -> str:
    """The chart of an incident alone, as the text of an SVG file; empty where there is no figure.

    Raises:
        TollError: there is no such incident or method.
    """
    computed = sums.sums(book, incident_id, method)
    evidence = Evidence(book, Veil(book))
    title = evidence.veil(book.incidents[computed.incident].name)
    chart = charted(evidence, Workings(evidence), computed, title)
    return toll_chart(chart, width=width, standalone=True)
