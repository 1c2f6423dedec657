"""The doors: before any route, which names it answers to, how much it reads, and the headers of every answer."""

from __future__ import annotations

import logging
import re
import traceback

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook.desk.options import Options

# Nothing from elsewhere, nothing inline, no frame around it. ``worker-src`` is for the map, which draws in workers.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    # Nothing to other sites; to this one, or a browser would send our own forms with the Origin "null".
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
_SAFELY = (b"strict-transport-security", b"max-age=31536000")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# A name, or an address (IPv6 in brackets), and perhaps a port: nothing else is a Host.
_HOST = re.compile(r"(?a)([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.IGNORECASE)
# The most that any request may send: a file of the size that a connector reads, and the form around it.
LARGEST = 33 * 1024 * 1024
_log = logging.getLogger("tollbook.desk")


class Doors:
    """Plain ASGI, since it is on the path of every request; what fails behind it is told without what it was about."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app, self._names = app, {n.lower().strip("[]") for n in options.names}
        self._headers = [*_HEADERS, _SAFELY] if options.secure else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, with headers on what comes back."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        begun = False

        async def headed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                own = message.setdefault("headers", [])
                there = {key for key, _ in own}
                own.extend(pair for pair in self._headers if pair[0] not in there)
                if b"cache-control" not in there:
                    own.append((b"cache-control", b"no-store"))
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, headed)
            return
        try:
            await self._app(scope, receive, headed)
        except Exception as error:  # noqa: BLE001  (the last resort: whatever it is, nothing of it leaves)
            told(error)
            if not begun:
                await Response("The desk failed at this.\n", 500)(scope, receive, headed)

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to what goes no further."""
        heads: dict[bytes, list[bytes]] = {}
        for key, value in scope["headers"]:
            heads.setdefault(key, []).append(value)
        hosts = heads.get(b"host", [])
        host = _HOST.fullmatch(hosts[0].decode("latin-1")) if len(hosts) == 1 else None
        if host is None or host[1].lower().strip("[]") not in self._names:
            return Response("This desk does not answer to that name.\n", 421)
        if scope["method"] not in METHODS:
            return Response("This desk knows no such method.\n", 405, {"allow": ", ".join(METHODS)})
        length = heads.get(b"content-length", [b"0"])[0]
        if not length.isdigit() or int(length) > LARGEST:
            return Response("That is more than this desk reads.\n", 413, {"connection": "close"})
        if _embedded(heads):
            return Response("This desk is not shown inside other pages.\n", 403)
        return None


def _embedded(heads: dict[bytes, list[bytes]]) -> bool:
    """Whether another site's page wants this as a part of itself; a link from there to here is no part."""
    site = heads.get(b"sec-fetch-site", [b""])[0]
    if site not in {b"cross-site", b"same-site"}:
        return False
    mode, kind = heads.get(b"sec-fetch-mode", [b""])[0], heads.get(b"sec-fetch-dest", [b""])[0]
    return mode != b"navigate" or kind != b"document"


def told(error: BaseException) -> None:
    """Says on standard error what failed and where, and not with what: a message may hold a name."""
    where = [
        f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}"
        for f in traceback.extract_tb(error.__traceback__)
    ]
    _log.error("the desk failed: %s at %s", type(error).__name__, " < ".join(reversed(where)))
