"""The verb desk: the pages where people read, check and publish a box."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.people import Role

MISSING = "the desk needs more packages; install them with: pip install 'tollbook[desk]'"
_ACCOUNTS = "People sign in, on this machine too; elsewhere they always do."
_SECURE = "It is reached by https only, through a proxy."
_INVITE = "Print a code for that person to set a password, and open nothing."


def desk(
    box: Annotated[
        Path | None, typer.Argument(metavar="[BOX]", help="The box; else the current folder or one above it.")
    ] = None,
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port to listen on; 0 is any that is free.")
    ] = 8600,
    name: Annotated[
        list[str] | None, typer.Option(help="A name under which people reach it (Host); may be given again.")
    ] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help=_ACCOUNTS)] = False,
    secure: Annotated[bool, typer.Option("--secure", help=_SECURE)] = False,
    invite: Annotated[str | None, typer.Option(metavar="NAME", help=_INVITE)] = None,
    role: Annotated[Role, typer.Option(help="The role of whom you invite.")] = Role.KEEPER,
    by: given.Whose = "desk",
) -> None:
    """Open the desk: read, check and publish in a browser.

    On this machine alone there is no password: whoever can use the machine can use the desk. With --accounts, or on any
    other address, people sign in.

    Who lost every password invites themselves with --invite; it voids what that person had. Whoever has the box's folder
    owns it anyway.
    """
    try:
        from tollbook.desk import serving  # noqa: PLC0415  (an extra; the other verbs do without)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tollbook"):
            raise
        raise given.MistakeError(MISSING) from error
    folder = given.box_at(box)
    with pipeline.open_box(folder) as opened:
        if invite is not None:
            _invite(opened, invite, role, by)
            return
        serving.serve(
            opened,
            serving.chosen(
                host=host, port=port, names=tuple(name or ()), accounts=accounts, secure=secure, by=by
            ),
            ready=_ready,
        )


def _invite(box: pipeline.Box, name: str, role: Role, by: str) -> None:
    from tollbook.desk import faults, serving  # noqa: PLC0415  (an extra, which is there when this is called)

    try:
        code = serving.invited(box, name, role, given.now(), by)
    except faults.RefusalError as refusal:
        raise given.MistakeError(f"{refusal.what} {refusal.remedy}".strip()) from refusal
    screen.para(f"Within a week they open /start of the desk, with their name and this code: {code}")


def _ready(address: str, notice: str) -> None:
    screen.para(f"The desk is open at {address} (Ctrl-C closes it).")
    screen.para(notice, style="dim")
