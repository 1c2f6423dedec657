"""Pages from templates: escaped always, names and texts veiled, figures and days as a reader sees them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from tollbook.figures import Figure
from tollbook.people import Right
from tollbook.publish import words
from tollbook.publish.veil import shown

if TYPE_CHECKING:
    from tollbook.desk.ask import Ask


def figure(value: Figure) -> Markup:
    """A figure as the desk shows it: low – **best** – high, the vague word beside it."""
    parts = [
        Markup("<b>{}</b>").format(text) if strong else escape(text) for text, strong in words.pieces(value)
    ]
    word = words.vague(value)
    if word:
        parts.append(Markup(" <q>{}</q>").format(word))
    return Markup('<span class="fig">{}</span>').format(Markup().join(parts))


def name(value: str) -> Markup:
    """A name in any script, kept together and in its own direction."""
    return Markup('<bdi class="name">{}</bdi>').format(shown(value))


def text(value: str, lang: str = "") -> Markup:
    """Words of a source in their own direction."""
    tag = Markup(' lang="{}"').format(lang) if lang else Markup()
    return Markup('<bdi dir="auto"{}>{}</bdi>').format(tag, shown(value))


def together(rows: Iterable[Any], of: str) -> list[tuple[Any, list[Any]]]:
    """Rows that follow each other and agree in a field, under it; their order stays."""
    return [(key, list(own)) for key, own in groupby(rows, key=attrgetter(of))]


@cache
def assets() -> Mapping[str, Any]:
    """What the build made, by the name of its source; empty where nothing was built."""
    found = resources.files("tollbook.desk").joinpath("static", "manifest.json")
    return json.loads(found.read_text(encoding="utf-8")) if found.is_file() else {}


def built(source: str) -> Mapping[str, Any] | None:
    """What was built from a source ("src/main.ts"): ``file`` and ``css``, below /static; None where nothing was."""
    found: Mapping[str, Any] | None = assets().get(source)
    return found


# The pages of the masthead with the right that each needs, in groups.
PLACES: tuple[tuple[tuple[str, str, Right], ...], ...] = (
    (
        ("Today", "/", Right.READ),
        ("Incidents", "/incidents", Right.READ),
        ("Reports", "/reports", Right.READ),
        ("Queue", "/queue", Right.WORK),
        ("Findings", "/findings", Right.READ),
    ),
    (
        ("Map", "/map", Right.READ),
        ("Sources", "/sources", Right.READ),
        ("Places", "/places", Right.READ),
        ("Methods", "/methods", Right.READ),
        ("Log", "/log", Right.READ),
    ),
    (("Publish", "/publish", Right.READ), ("Admin", "/admin", Right.KEEP)),
)


def nav(ask: Ask) -> list[list[tuple[str, str]]]:
    """The pages that who asks may open, label and address, in groups."""
    return [[(label, href) for label, href, right in group if ask.may(right)] for group in PLACES]


@cache
def environment() -> Environment:
    """The templates."""
    env = Environment(
        loader=PackageLoader("tollbook.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {
        "figure": figure,
        "name": name,
        "text": text,
        "day": words.day,
        "short_day": words.short_day,
        "moment": words.moment,
        "outcome": words.outcome,
        "group": words.group,
        "count": words.count,
        "plain": words.plain,
        "together": together,
        "path": lambda value: quote(str(value), safe=""),
    }
    env.globals |= {
        "nav": nav,
        "built": built,
        "Right": Right,
        "window": words.window,
        "urlencode": urlencode,
    }
    return env


def page(ask: Ask, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401
    """A page of the desk.

    Args:
        ask: the request.
        template: its file; it extends ``layout.html``.
        status: of the answer.
        context: what the template names; texts of the book must have gone through ``ask.state.veil``.
    """
    made = environment().get_template(template)
    return HTMLResponse(made.render(ask=ask, **context), status_code=status)
