"""The desk put together: the live book, the people, the audit, and every route behind the gate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import resources

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook import pipeline
from tollbook.desk import acts, gate, stream
from tollbook.desk.api import API
from tollbook.desk.api.table import ROOT
from tollbook.desk.ask import Ask
from tollbook.desk.audit import Audit
from tollbook.desk.doors import Doors
from tollbook.desk.faults import absent
from tollbook.desk.live import Live
from tollbook.desk.members import Members
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options
from tollbook.desk.pages import PAGES
from tollbook.desk.ways import Way
from tollbook.log import LogError
from tollbook.people import Right
from tollbook.pipeline import Box

# How often the log is asked whether it grew, in seconds: another process's entry is on open pages within a second.
WATCH = 0.25
# How many of the last accesses are looked at for one-time codes that were used just before a restart.
RECENT = 2_000


def ways() -> tuple[Way, ...]:
    """Every route of the desk."""
    return (*stream.ways, *acts.ways, *(way for part in (*PAGES, *API) for way in part))


def desk(box: Box, options: Options | None = None) -> Desk:
    """The desk of a box; to be closed.

    Raises:
        LogError: the box or the desk's own logs cannot be opened.
    """
    chosen = options or Options()
    audit = Audit(pipeline.side_log(box, "audit"))
    people = Members(chosen, pipeline.side_log(box, "people"))
    people.came(audit.last(RECENT)[0])
    return Desk(chosen, Live(box), people, audit)


def application(opened: Desk, routes: Sequence[Way] | None = None) -> Starlette:
    """The desk as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(_watch(opened))
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    table = routes if routes is not None else ways()
    made = [Route(w.path, gate.endpoint(opened, w), methods=[w.method], name=w.name) for w in table]
    with resources.as_file(resources.files("tollbook.desk").joinpath("static")) as static:
        files = StaticFiles(directory=static, check_dir=False)
    return Starlette(
        routes=[*made, Mount("/static", _kept(files))],
        middleware=[Middleware(Doors, options=opened.options)],
        lifespan=lifespan,
        exception_handlers={404: _missing(opened), 405: _missing(opened)},
    )


def _kept(files: ASGIApp) -> ASGIApp:
    """Built files, which bear their digest in their name: a browser need not ask for one twice."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"].append((b"cache-control", b"public, max-age=31536000, immutable"))
            await send(message)

        await files(scope, receive, headed)

    return answer


def _missing(opened: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The answer where no route is: the one that an absent thing has."""

    def nothing(_: Ask) -> Response:
        raise absent()

    page, data = (
        gate.endpoint(
            opened,
            Way(name="nothing", method="GET", path="", right=Right.READ, handler=nothing, api=api),
        )
        for api in (False, True)
    )

    async def answer(request: Request, _: Exception) -> Response:
        return await (data if request.url.path.startswith(f"{ROOT}/") else page)(request)

    return answer


async def _watch(opened: Desk) -> None:
    while True:
        await asyncio.sleep(WATCH)
        with suppress(OSError, LogError):
            await run_in_threadpool(opened.live.refresh)
            await run_in_threadpool(opened.members.accounts.refresh)
