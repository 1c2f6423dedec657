"""What the API answers: JSON with a strong tag, 304 where nothing can have changed, streams for bulk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError

M = TypeVar("M", bound=BaseModel)

JSON = "application/json"
# Of a stream so many rows leave together: a thread is asked once for them, and a slow reader holds no more than these.
TOGETHER = 200
# Part of every tag: raised when what is answered changes its form.
FORM = "1"


def parsed(model: type[M], given: Any) -> M:  # noqa: ANN401  (what a program sent)
    """What was sent, as the model has it.

    Raises:
        RefusalError: it does not fit; which field, and why.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "it"
        raise RefusalError(422, f"{where}: {first['msg']}", "See /api for what is taken.") from None


def tag_of(ask: Ask) -> str:
    """The tag of an answer that follows from the log, from what was asked and from the rights of who asks.

    The head of the log holds salt, so that nobody who does not have the answer can make its tag.
    """
    asked = sorted(ask.request.query_params.multi_items())
    said = [FORM, ask.state.head, ask.request.url.path, asked, sorted(ask.person.rights)]
    return _tag(json.dumps(said).encode())


def _tag(said: bytes) -> str:
    return f'"{hashlib.sha256(said).hexdigest()[:32]}"'


def known(ask: Ask, tag: str) -> bool:
    """Whether who asks says that they have this answer."""
    shown = ask.request.headers.get("if-none-match")
    return shown is not None and tag in {t.strip().removeprefix("W/") for t in shown.split(",")}


def unchanged(tag: str) -> Response:
    """The answer to who has it."""
    return Response(status_code=304, headers={"etag": tag})


def answered(ask: Ask, made: object, tag: str | None, media: str = JSON) -> Response:
    """The answer: bytes as they are, a response as it is, everything else as JSON, under its tag or that of its bytes."""
    if isinstance(made, Response):
        if tag and made.status_code == 200:
            made.headers["etag"] = tag
        return made
    body = made if isinstance(made, bytes) else written(made)
    tag = tag or _tag(body)
    return unchanged(tag) if known(ask, tag) else Response(body, media_type=media, headers={"etag": tag})


def written(made: object) -> bytes:
    """A value as JSON."""
    try:
        return orjson.dumps(made)
    except (TypeError, orjson.JSONEncodeError):
        # A figure beyond 64 bits, which a text may hold.
        return json.dumps(made, ensure_ascii=True, default=str).encode()


def covered(ask: Ask, row: Any) -> Any:  # noqa: ANN401  (rows of every kind)
    """A row as it may be shown: the names of confidential sources covered, as a verb's ``--json`` has them."""
    return ask.state.veil.all(row) if ask.state.veil else row


def streamed(ask: Ask, pieces: Iterable[bytes], media: str, name: str) -> Response:
    """A file that leaves as it is made; nothing of it is kept."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    if ask.request.method == "HEAD":
        return Response(media_type=media, headers=headers)
    return StreamingResponse(_leaving(iter(pieces)), media_type=media, headers=headers)


async def _leaving(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while some := await run_in_threadpool(_some, pieces):
        yield some


def _some(pieces: Iterator[bytes]) -> bytes:
    found: list[bytes] = []
    for piece in pieces:
        found.append(piece)
        if len(found) == TOGETHER:
            break
    return b"".join(found)
