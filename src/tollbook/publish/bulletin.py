"""The bulletin: one HTML file without scripts or outside requests, and the same content in Markdown."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from tollbook.publish.compose import page
from tollbook.publish.edition import Told, edited
from tollbook.publish.evidence import Evidence
from tollbook.publish.markdown import markdown
from tollbook.publish.page import Line, Page
from tollbook.publish.sums import Sums
from tollbook.publish.veil import Veil
from tollbook.publish.workings import Workings
from tollbook.toll import METHODS, Method
from tollbook.values import Book


def bulletin(
    book: Book,
    computed: Sums,
    *,
    now: datetime,
    texts: Callable[[str], str] | None = None,
    told: Told | None = None,
    methods: Mapping[str, Method] = METHODS,
) -> dict[str, bytes]:
    """``bulletin.html`` and ``bulletin.md`` of an incident.

    Args:
        book: the snapshot.
        computed: its tolls, moves and findings.
        now: the moment it is made; the same moment and book give the same bytes.
        texts: gives a report's text by the report's id; without it a quote stands without its sentence.
        told: what a desk adds to it.
        methods: the methods to choose from.

    Raises:
        ProseError: a number in a desk's words may not stand so.
    """
    content = composed(book, computed, now=now, texts=texts, told=told, methods=methods)
    return {"bulletin.html": html(content).encode(), "bulletin.md": markdown(content).encode()}


def composed(
    book: Book,
    computed: Sums,
    *,
    now: datetime,
    texts: Callable[[str], str] | None = None,
    told: Told | None = None,
    methods: Mapping[str, Method] = METHODS,
) -> Page:
    """The content of the bulletin, with what a desk adds; arguments as of ``bulletin``."""
    workings = Workings(Evidence(book, Veil(book), texts))
    content = page(book, computed, now=now, workings=workings)
    if told is None:
        return content
    return edited(content, book, computed, told, workings=workings, now=now, methods=methods)


def html(content: Page) -> str:
    """The bulletin as one HTML file."""
    abbreviations = [v for v in content.voices if v.short != v.full]
    sheet = style()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    # The two drawings were escaped where they were made; everything else is escaped by the template.
    return _template().render(
        page=content,
        chart=[Markup(svg) for svg in content.chart],  # noqa: S704  (made by ``chart``, which escapes)
        map=Markup(content.map),  # noqa: S704  (made by ``locator``, which escapes)
        style=Markup(sheet),  # noqa: S704  (a file of the package)
        style_hash=f"sha256-{digest}",
        abbreviations=abbreviations,
    )


@cache
def environment() -> Environment:
    """The templates of the package."""
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
def style() -> str:
    """The style sheet of what is published."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), "style.css")[0].strip()


def _template() -> Template:
    return environment().get_template("bulletin.html")


def _outcomes(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of the matrix under their outcome."""
    return [(outcome, list(own)) for outcome, own in groupby(lines, key=lambda line: line.outcome)]
