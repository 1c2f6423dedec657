"""The description of the API (OpenAPI 3.1), made from its table of routes, and a page that people can read."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from fastapi import Path, Query
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from tollbook import __version__
from tollbook.desk import render
from tollbook.desk.api import bulk, deeds, events, record, statements
from tollbook.desk.api.answers import JSON, written
from tollbook.desk.api.models import Refused
from tollbook.desk.api.table import ROOT, Api, Nothing, Spec
from tollbook.desk.ask import Ask
from tollbook.desk.ways import Way, Ways

ways = Api()
pages = Ways()

ABOUT = (
    "What the pages of the desk show and do. Lists come in parts: follow next. Every answer to a GET has a tag; sent back as "
    "If-None-Match, it is answered by 304 while nothing changed. Show a key as Authorization: Bearer KEY."
)
# What may come instead of an answer, on every route.
WRONG = {
    400: "It cannot be done so", 401: "Nobody is signed in, or the key does not work", 403: "It needs another right",
    404: "There is nothing there", 409: "Another decided meanwhile", 413: "It is too much", 415: "It is no JSON",
    422: "A parameter does not fit", 429: "Too much at a time",
}  # fmt: skip
_WRITES = frozenset({409, 413, 415})


@ways.get("/openapi.json", Any, right=None, timed=True)
def openapi(ask: Ask, asked: object) -> object:
    """This description."""
    del ask, asked
    return _written()


@pages.page("/api")
def api(ask: Ask) -> Response:
    """The API, for people to read."""
    return render.page(ask, "api.html", groups=_groups(), about=ABOUT, root=ROOT)


def specs() -> Sequence[Spec]:
    """Every route of the API with its description."""
    return [s for table in (events, statements, record, bulk, deeds) for s in table.ways.specs] + ways.specs


@cache
def _written() -> bytes:
    return written(described())


def described() -> dict[str, Any]:
    """The description."""
    routes = [_route(spec) for spec in specs()]
    found = get_openapi(
        title="tollbook", version=__version__, openapi_version="3.1.0", description=ABOUT, routes=routes
    )
    found["components"].setdefault("securitySchemes", {})["key"] = {"type": "http", "scheme": "bearer"}
    for path in found["paths"].values():
        for said in path.values():
            said["responses"].pop("default", None)
    return found


def _route(spec: Spec) -> APIRoute:
    """The route as fastapi describes one: its signature made of the models."""
    way = spec.way

    def endpoint() -> None:
        """Never called: the gate serves the table."""

    names = [piece[1:-1] for piece in way.path.split("/") if piece.startswith("{")]
    keyword = inspect.Parameter.KEYWORD_ONLY
    wanted = [inspect.Parameter(n, keyword, annotation=Annotated[str, Path()]) for n in names]
    if spec.takes is not Nothing:
        wanted.append(inspect.Parameter("query", keyword, annotation=Annotated[spec.takes, Query()]))
    if spec.body is not None:
        wanted.append(inspect.Parameter("sent", keyword, annotation=spec.body))
    endpoint.__signature__ = inspect.Signature(wanted)  # type: ignore[attr-defined]
    fits = [n for n in WRONG if way.method == "POST" or n not in _WRITES]
    answers: dict[int | str, dict[str, Any]] = {n: {"model": Refused, "description": WRONG[n]} for n in fits}
    right: dict[str, Any] = {"description": "The answer"}
    if spec.media != JSON:
        right["content"] = {spec.media: {"schema": {"type": "string"}}}
    answers[200] = right
    if way.method == "GET":
        answers[304] = {"description": "Nothing changed since the tag"}
    return APIRoute(
        way.path, endpoint, methods=[way.method], name=way.name, summary=spec.about.partition(";")[0][:120],
        description=f"{spec.about}\n\nNeeds the right to {way.right}." if way.right else spec.about,
        response_model=spec.gives if spec.media == JSON else None, responses=answers, tags=[_group(way)],
        operation_id=f"{way.name.removeprefix('api ')}_{way.method.lower()}",
        openapi_extra={"security": [{"key": []}]} if way.right else None,
        response_class=Response if spec.media != JSON else JSONResponse,
    )  # fmt: skip


def _group(way: Way) -> str:
    return way.path.removeprefix(f"{ROOT}/").partition("/")[0].partition(".")[0]


def _groups() -> dict[str, list[dict[str, object]]]:
    """The routes by their first word, for the page."""
    found: dict[str, list[dict[str, object]]] = {}
    for spec in specs():
        asked = spec.body or spec.takes
        fields = [
            (name, field.description or "", field.is_required()) for name, field in asked.model_fields.items()
        ]
        found.setdefault(_group(spec.way), []).append(
            {
                "method": spec.way.method,
                "path": spec.way.path,
                "about": spec.about,
                "right": spec.way.right,
                "fields": fields,
                "media": spec.media,
            }
        )
    return found
