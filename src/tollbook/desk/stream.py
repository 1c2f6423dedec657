"""What open pages listen to: one line whenever the log grew (server-sent events)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from tollbook.desk.ask import Ask
from tollbook.desk.ways import Ways

ways = Ways()

# Seconds between signs of life, so that a connection through a proxy is not cut.
PULSE = 20.0


@ways.page("/live")
async def live(ask: Ask) -> Response:
    """The position of the log, now and whenever it grows."""
    return StreamingResponse(_lines(ask), media_type="text/event-stream")


async def _lines(ask: Ask) -> AsyncIterator[bytes]:
    with ask.live.listening() as grew:
        yield _said(ask.live.state.position)
        while True:
            try:
                yield _said(await asyncio.wait_for(grew.get(), PULSE))
            except TimeoutError:
                yield b": still here\n\n"


def _said(position: int) -> bytes:
    return f"event: log\ndata: {position}\n\n".encode()
