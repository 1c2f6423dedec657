"""The bulletin: one HTML file without scripts or outside requests, and the same content in Markdown."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tollbook.publish.compose import page
from tollbook.publish.markdown import markdown
from tollbook.publish.page import Line, Page
from tollbook.publish.sums import Sums
from tollbook.values import Book


def bulletin(
    book: Book, computed: Sums, *, now: datetime, texts: Callable[[str], str] | None = None
) -> dict[str, bytes]:
    """``bulletin.html`` and ``bulletin.md`` of an incident.

    Args:
        book: the snapshot.
        computed: its tolls, moves and findings.
        now: the moment it is made; the same moment and book give the same bytes.
        texts: gives a report's text by the report's id; without it a quote stands without its sentence.
    """
    content = page(book, computed, now=now, texts=texts)
    return {"bulletin.html": html(content).encode(), "bulletin.md": markdown(content).encode()}


def html(content: Page) -> str:
    """The bulletin as one HTML file."""
    abbreviations = [v for v in content.voices if v.short != v.full]
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The two drawings were escaped where they were made; everything else is escaped by the template.
    return _template().render(
        page=content,
        chart=[Markup(svg) for svg in content.chart],  # noqa: S704  (made by ``chart``, which escapes)
        map=Markup(content.map),  # noqa: S704  (made by ``locator``, which escapes)
        style=Markup(style),  # noqa: S704  (a file of the package)
        style_hash=f"sha256-{digest}",
        abbreviations=abbreviations,
    )


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("tollbook.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["groupby_run"] = _outcomes
    return env


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), "style.css")[0].strip()


def _template() -> Template:
    return _environment().get_template("bulletin.html")


def _outcomes(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of the matrix under their outcome."""
    return [(outcome, list(own)) for outcome, own in groupby(lines, key=lambda line: line.outcome)]
