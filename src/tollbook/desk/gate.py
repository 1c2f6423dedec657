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
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook import pipeline
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError
from tollbook.desk.members import NOBODY
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.desk.ways import Way

# Nothing from elsewhere, nothing inline, no frame around it. ``worker-src`` is for the map, which draws in workers.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
_SAFE = frozenset({"GET", "HEAD"})


class Doors:
    """Before any route: names it answers to, and the headers of every answer; plain ASGI, since it is on every path."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app, self._names = app, {n.lower() for n in options.names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, with headers on what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.setdefault("headers", [])
                there = {key for key, _ in own}
                own.extend(pair for pair in _HEADERS if pair[0] not in there)
                if b"cache-control" not in there:
                    own.append((b"cache-control", b"no-store"))
            await send(message)

        host = next((v for k, v in scope["headers"] if k == b"host"), b"").decode("latin-1")
        if _bare(host) not in self._names:
            await Response("This desk does not answer to that name.\n", 421)(scope, receive, headed)
            return
        await self._app(scope, receive, headed)


def _bare(host: str) -> str:
    """A Host without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def endpoint(desk: Desk, way: Way) -> Callable[[Request], Awaitable[Response]]:
    """The handler of a route behind the gate."""
    answer = _answer(way)

    async def behind(request: Request) -> Response:
        now = datetime.now(UTC)
        person = desk.members.person(request)
        ask = Ask(request, way, desk, desk.live.state, person, now)
        try:
            _allowed(ask)
            if request.method not in _SAFE:
                await _own(ask)
            await _noted(ask)
            return await answer(ask)
        except RefusalError as refusal:
            return refused(ask, refusal)
        except pipeline.ERRORS as error:
            return refused(ask, RefusalError(400, str(error)))

    return behind


def _answer(way: Way) -> Callable[[Ask], Awaitable[Response]]:
    handler = way.handler
    if iscoroutinefunction(handler):
        return handler

    async def inline(ask: Ask) -> Response:
        return handler(ask)  # type: ignore[return-value]  # it is no coroutine function

    async def threaded(ask: Ask) -> Response:
        return await run_in_threadpool(handler, ask)  # type: ignore[arg-type]

    return threaded if way.slow else inline


def _allowed(ask: Ask) -> None:
    """Raises unless who asks may."""
    right = ask.way.right
    if right is None or right in ask.person.rights:
        return
    note(ask, "refused")
    if ask.person is NOBODY:
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


def note(ask: Ask, act: str) -> Future[None]:
    """Puts this request on record; done when it is on the disk."""
    target = next(iter(ask.request.path_params.values()), "") or ask.field("target")
    return ask.desk.audit.note(
        act, ask.now, member=ask.person.name, token=ask.person.token, way=ask.way.name,
        target=str(target)[:64], fields=ask.way.fields,
    )  # fmt: skip


async def _noted(ask: Ask) -> None:
    """On record before anything is shown or done: what is restricted and what writes, on the disk by then."""
    if ask.way.right is None and ask.person is NOBODY:
        return
    writes = ask.request.method not in _SAFE
    written = note(ask, "wrote" if writes else "read")
    if writes or ask.way.fields:
        await asyncio.wrap_future(written)


def refused(ask: Ask, refusal: RefusalError) -> Response:
    """The answer to what is refused: a page, or JSON of an API; who is not signed in goes to sign in."""
    if ask.way.api or "application/json" in ask.request.headers.get("accept", ""):
        said = {"error": refusal.what, "remedy": refusal.remedy}
        return JSONResponse(said, refusal.status)
    if refusal.status == 401 and ask.request.method in _SAFE:
        here = ask.request.url.path + (f"?{ask.request.url.query}" if ask.request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': here})}", 303)
    return render.page(ask, "refused.html", status=refusal.status, refusal=refusal)
