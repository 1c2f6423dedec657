"""What the world may see: public bulletins as they were confirmed, their digests, a feed of corrections; no sign-in."""

from __future__ import annotations

from starlette.responses import Response

from tollbook.desk.ask import Ask
from tollbook.desk.ways import Ways
from tollbook.pipeline import site

ways = Ways()

# What is public stays; a minute is how late a correction may be seen by who looked just before.
KEPT = "public, max-age=60"


@ways.page("/public", right=None, slow=True)
def public(ask: Ask) -> Response:
    """The list of what is public."""
    return _answer(ask, "")


@ways.page("/public/", right=None, slow=True)
def public_list(ask: Ask) -> Response:
    """The same, under the address that links within it are of."""
    return _answer(ask, "")


@ways.page("/public/{path:path}", right=None, slow=True)
def public_file(ask: Ask) -> Response:
    """A cover, a file, a digest or a feed."""
    return _answer(ask, ask.part("path"))


def _answer(ask: Ask, path: str) -> Response:
    if ask.request.url.path == "/public":
        return Response(status_code=301, headers={"location": "/public/"})
    first, slash, _ = path.partition("/")
    state = ask.live.state
    found = site.answer(ask.live.box, state.book, state.veil, ask.now, path)
    if found.status == 200 and first == path and path and not slash and "." not in path:
        return Response(status_code=301, headers={"location": f"/public/{path}/"})
    headers = {"content-security-policy": found.policy, "content-type": found.media}
    if found.to:
        return Response(
            status_code=found.status, headers=headers | {"location": found.to, "cache-control": KEPT}
        )
    if found.status != 200:
        return Response(found.data, found.status, headers)
    headers |= {"cache-control": KEPT, "etag": found.tag}
    if found.tag in ask.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.data, headers=headers)
