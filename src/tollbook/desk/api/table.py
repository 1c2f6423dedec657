"""The routes of the API: each with what it takes and gives, so that one table serves, describes and tests them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from tollbook.desk.api.answers import JSON, answered, known, parsed, tag_of, unchanged
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError
from tollbook.desk.ways import Way, Ways
from tollbook.people import Right

ROOT = "/api/v1"
# The parameters that ask for another book than the newest, which takes long to make.
_PAST = ("known_at", "as_of")


class Nothing(BaseModel):
    """No parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What stands in the description of a route.

    Attributes:
        way: the route.
        about: what it gives, in a sentence.
        takes: its parameters.
        body: what is sent, of a POST.
        gives: what comes back; None where it is no JSON.
        media: the kind of file.
    """

    way: Way
    about: str
    takes: type[BaseModel] = Nothing
    body: type[BaseModel] | None = None
    gives: Any = None
    media: str = JSON


Maker = Callable[[Ask, Any], object]


class Api(Ways):
    """Routes of the API with their descriptions."""

    def __init__(self) -> None:
        super().__init__()
        self.specs: list[Spec] = []

    def get(
        self,
        path: str,
        gives: Any = None,  # noqa: ANN401  (a model, or a list of one)
        *,
        takes: type[BaseModel] = Nothing,
        right: Right | None = Right.READ,
        media: str = JSON,
        timed: bool = False,
        slow: bool = False,
    ) -> Callable[[Maker], Maker]:
        """Registers a maker of answers.

        Args:
            path: below the root of the API.
            gives: what comes back; None where it is no JSON.
            takes: its parameters.
            right: what it needs.
            media: the kind of file.
            timed: whether the answer follows from more than the log (the clock), so that its tag is made of its bytes.
            slow: whether it is made in a thread.
        """

        def register(make: Maker) -> Maker:
            async def handler(ask: Ask) -> Response:
                asked = parsed(takes, dict(ask.request.query_params))
                tag = None if timed else tag_of(ask)
                if tag and known(ask, tag):
                    return unchanged(tag)
                if slow or any(name in ask.request.query_params for name in _PAST):
                    made = await run_in_threadpool(make, ask, asked)
                else:
                    made = make(ask, asked)
                return answered(ask, made, tag, media)

            self._add("GET", path, right, handler, make, takes=takes, gives=gives, media=media)
            return make

        return register

    def post(
        self,
        path: str,
        body: type[BaseModel],
        gives: Any,  # noqa: ANN401  (a model)
        *,
        right: Right = Right.WORK,
    ) -> Callable[[Maker], Maker]:
        """Registers a maker that writes; it runs in a thread."""

        def register(make: Maker) -> Maker:
            async def handler(ask: Ask) -> Response:
                sent = parsed(body, await _sent(ask))
                made = await run_in_threadpool(make, ask, sent)
                return answered(ask, made, None)

            self._add("POST", path, right, handler, make, body=body, gives=gives)
            return make

        return register

    def _add(
        self,
        method: str,
        path: str,
        right: Right | None,
        handler: Callable[[Ask], Awaitable[Response]],
        make: Maker,
        **said: Any,  # noqa: ANN401  (fields of Spec)
    ) -> None:
        way = Way(
            name=f"api {make.__name__}", method=method, path=f"{ROOT}{path}", right=right, handler=handler, api=True
        )  # fmt: skip
        self.append(way)
        about = " ".join((make.__doc__ or "").split())
        self.specs.append(Spec(way=way, about=about, **said))


async def _sent(ask: Ask) -> object:
    """The JSON of a request.

    Raises:
        RefusalError: it is none.
    """
    kind = ask.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON:
        raise RefusalError(415, "What was sent is not declared as JSON.", f"Send it as {JSON}.")
    try:
        found: object = json.loads(await ask.request.body())
    except (ValueError, RecursionError):
        raise RefusalError(400, "What was sent is no JSON.", "Send one JSON object, in UTF-8.") from None
    return found
