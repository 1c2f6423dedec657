"""The gate: every request of every route goes through it; who asks, may they, is it theirs, on record."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from inspect import iscoroutinefunction
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Message, Receive

from tollbook import pipeline
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.doors import LARGEST, told
from tollbook.desk.faults import RefusalError
from tollbook.desk.members import NOBODY
from tollbook.desk.opened import Desk
from tollbook.desk.ways import Way

_SAFE = frozenset({"GET", "HEAD"})


# Who asks for another book than the newest waits for its making, and nobody else does.
_PAST = frozenset({"known_at", "as_of"})
# What somebody who is not known yet may send: a name, a password, a code.
SMALL = 16 * 1024
# A page that asks for itself again, from here: a browser sends its cookie only with what our own page asks for.
_AGAIN = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0">'
    "<title>tollbook</title><p>Opening the desk …"
)


def endpoint(desk: Desk, way: Way) -> Callable[[Request], Awaitable[Response]]:
    """The handler of a route behind the gate."""
    answer = _answer(way)

    async def behind(request: Request) -> Response:
        request = Request(request.scope, _bounded(request.receive, SMALL if way.right is None else LARGEST))
        ask = Ask(request, way, desk, desk.live.state, NOBODY, datetime.now(UTC))
        try:
            ask.person = desk.members.person(request, ask.now)
            _allowed(ask)
            if request.method not in _SAFE:
                await _own(ask)
            await _noted(ask)
            return await answer(ask)
        except RefusalError as refusal:
            return refused(ask, refusal)
        except pipeline.ERRORS as error:
            return refused(ask, RefusalError(400, ask.state.veil(str(error))))
        except HTTPException as error:
            return refused(ask, RefusalError(error.status_code, "This cannot be read."))
        except Exception as error:  # noqa: BLE001  (the last resort: told without what it was about)
            told(error)
            return refused(
                ask, RefusalError(500, "The desk failed at this.", "Nothing of it was written. Try again.")
            )

    return behind


def _bounded(receive: Receive, most: int) -> Receive:
    """The body of a request up to a size, however it is sent; what is above it is not read."""
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > most:
            raise RefusalError(413, "That is more than this desk reads.", "Send less at a time.")
        return message

    return counted


def _answer(way: Way) -> Callable[[Ask], Awaitable[Response]]:
    handler = way.handler
    if iscoroutinefunction(handler):
        return handler

    async def inline(ask: Ask) -> Response:
        if _PAST & ask.request.query_params.keys():
            return await run_in_threadpool(handler, ask)  # type: ignore[arg-type]
        return handler(ask)  # type: ignore[return-value]  # it is no coroutine function

    async def threaded(ask: Ask) -> Response:
        return await run_in_threadpool(handler, ask)  # type: ignore[arg-type]

    return threaded if way.slow else inline


def _allowed(ask: Ask) -> None:
    """Raises unless who asks may."""
    right = ask.way.right
    if ask.way.personal and ask.person.token:
        note(ask, "refused")
        raise RefusalError(
            403, "This is done by a person at a page, not with a key.", "Sign in and do it there."
        )
    if right is None or right in ask.person.rights:
        return
    note(ask, "refused")
    if not ask.person.name:
        raise RefusalError(401, "Please sign in.", "Then you come back to this page.")
    raise RefusalError(
        403,
        f"This needs the right to {right}, which your role, {ask.person.role}, does not have.",
        "Ask the keeper of this desk.",
    )


async def _own(ask: Ask) -> None:
    """Reads the form; raises unless the desk's own page sent it."""
    request, person = ask.request, ask.person
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    alien = site not in {None, "same-origin", "none"}
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        alien = True
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        ask.form = await request.form(max_files=20, max_fields=2_000)
    if person.token:
        return  # a program shows its key; no browser adds that by itself
    given = request.headers.get("x-csrf") or ask.field("csrf")
    if alien or not person.csrf or not secrets.compare_digest(given.encode(), person.csrf.encode()):
        note(ask, "refused")
        raise RefusalError(
            403,
            "This form did not come from an open page of this desk.",
            "Reload the page and send it again.",
        )


def note(ask: Ask, act: str, reason: str = "") -> Future[None] | None:
    """Puts this request on record; done when it is on the disk. Of strangers not each of a flood: then None.

    What it is about is recorded as a reader may see it: an address may hold the name of a confidential source.
    """
    if not ask.person.name and act == "refused" and ask.desk.members.noisy(origin(ask.request)):
        return None
    target = str(next(iter(ask.request.path_params.values()), "") or ask.field("target"))
    return ask.desk.audit.note(
        act, ask.now, member=ask.person.name, token=ask.person.token, way=ask.way.name,
        target=ask.state.veil(target)[:64] if target else "", fields=ask.way.fields, reason=reason,
    )  # fmt: skip


def origin(request: Request) -> str:
    """The address that a request came from."""
    return request.client.host if request.client else ""


async def _noted(ask: Ask) -> None:
    """On record before anything is shown or done: what is restricted and what writes, on the disk by then."""
    if ask.way.right is None and not ask.person.name:
        return
    writes = ask.request.method not in _SAFE
    why = ask.state.veil(ask.field("reason"))[:500] if ask.way.fields else ""
    # What shows restricted fields is posted too, since its reason must not stand in an address.
    written = note(ask, "wrote" if writes and not ask.way.fields else "read", why)
    if written is not None and (writes or ask.way.fields):
        await asyncio.wrap_future(written)


def refused(ask: Ask, refusal: RefusalError) -> Response:
    """The answer to what is refused: a page, or JSON of an API; who is not signed in goes to sign in."""
    if ask.way.api or "application/json" in ask.request.headers.get("accept", ""):
        said = {"error": refusal.what, "remedy": refusal.remedy}
        return JSONResponse(said, refusal.status)
    if refusal.status == 401 and ask.request.method in _SAFE:
        if ask.request.headers.get("sec-fetch-site") == "cross-site":
            return HTMLResponse(_AGAIN)
        here = ask.request.url.path + (f"?{ask.request.url.query}" if ask.request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': here})}", 303)
    return render.page(ask, "refused.html", status=refusal.status, refusal=refusal)
