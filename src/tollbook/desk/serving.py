"""A desk served by uvicorn until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import uvicorn

from tollbook import pipeline
from tollbook.desk.accounts import Accounts
from tollbook.desk.app import application, desk
from tollbook.desk.options import LOOPBACK, Options
from tollbook.people import Role
from tollbook.pipeline import Box, BoxError

ALONE = (
    "Nobody signs in: whoever can use this machine can use the desk, and every decision is recorded as {by}. "
    "With --accounts people sign in."
)

FIRST = (
    "Nobody has an account yet. The first keeper opens /start and enters this code, which works once: {code}"
)


def chosen(*, host: str, port: int, names: tuple[str, ...], accounts: bool, secure: bool, by: str) -> Options:
    """The options of a desk; off this machine people always sign in."""
    alone = host in LOOPBACK and not accounts
    return Options(
        host=host,
        port=port,
        names=LOOPBACK | {host} | frozenset(names),
        accounts=not alone,
        by=by,
        secure=secure,
    )


def serve(box: Box, options: Options, *, ready: Callable[[str, str], None]) -> None:
    """Serves the desk until interrupted.

    Args:
        box: open.
        options: how.
        ready: told the address and what to know, once it answers.

    Raises:
        BoxError: nothing can listen there; what to do.
    """
    opened = desk(box, options)
    # No access log: it would hold addresses and what was looked at. The audit is in the box.
    code = opened.members.first_code()
    config = uvicorn.Config(
        application(opened), host=options.host, port=options.port, access_log=False, log_level="critical",
        server_header=False, date_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = _Server(config, lambda port: ready(_address(options, port), _notice(options, code)))
    try:
        server.run(sockets=[config.bind_socket()])
    except SystemExit:  # uvicorn would end the process by itself, with a line of its own
        raise BoxError(
            f"nothing can listen at port {options.port} of {options.host}: another program does, or the address is not "
            "this machine's; name another with --port or --host"
        ) from None
    finally:
        opened.close()


def _address(options: Options, port: int) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"http://{host}:{port}/"


def _notice(options: Options, code: str) -> str:
    if not options.accounts:
        return ALONE.format(by=options.by)
    return FIRST.format(code=code) if code else "People sign in."


def invited(box: Box, name: str, role: Role, now: datetime, by: str) -> str:
    """The one-time code with which that person sets a password at /start, whether the desk is open or not.

    Raises:
        RefusalError: the name is none.
        LogError: the people of the desk cannot be read or written.
    """
    accounts = Accounts(pipeline.side_log(box, "people"))
    try:
        return accounts.invite(name, role, now, by)
    finally:
        accounts.close()


class _Server(uvicorn.Server):
    """A server that says when it listens, and on which port."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        for server in self.servers:
            for socket in server.sockets:
                self._ready(socket.getsockname()[1])
                return
