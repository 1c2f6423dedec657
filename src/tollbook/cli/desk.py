"""The verb desk: the pages where people read, check and publish a box."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen

MISSING = "the desk needs more packages; install them with: pip install 'tollbook[desk]'"


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
    accounts: Annotated[
        bool,
        typer.Option("--accounts", help="People sign in, on this machine too; elsewhere they always do."),
    ] = False,
    secure: Annotated[
        bool, typer.Option("--secure", help="It is reached by https only, through a proxy.")
    ] = False,
    by: given.Whose = "desk",
) -> None:
    """Open the desk: read, check and publish in a browser.

    On this machine alone there is no password: whoever can use the machine can use the desk. With --accounts, or on any
    other address, people sign in.
    """
    try:
        from tollbook.desk import serving  # noqa: PLC0415  (an extra; the other verbs do without)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tollbook"):
            raise
        raise given.MistakeError(MISSING) from error
    folder = given.box_at(box)
    with pipeline.open_box(folder) as opened:
        serving.serve(
            opened,
            serving.chosen(
                host=host, port=port, names=tuple(name or ()), accounts=accounts, secure=secure, by=by
            ),
            ready=_ready,
        )


def _ready(address: str, notice: str) -> None:
    screen.para(f"The desk is open at {address} (Ctrl-C closes it).")
    screen.para(notice, style="dim")
