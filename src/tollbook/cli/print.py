"""The verb print: the log in notation, one entry a line."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import notation
from tollbook.cli import given, screen
from tollbook.nouns import KINDS
from tollbook.views import entries as rows


def print_(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND ...]", help="Only these kinds: claim, link ...")
    ] = None,
    *,
    known_at: given.KnownAt = None,
    upto: Annotated[int | None, typer.Option(min=0, help="Only the first so many entries.")] = None,
    ids: Annotated[bool, typer.Option("--ids", help="Put the id of each entry before it.")] = False,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Print the names of confidential sources.")
    ] = False,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """Print the log in notation.

    Oldest first; names of confidential sources stand as handles.
    """
    for kind in kinds or ():
        if kind not in KINDS:
            raise given.MistakeError(f"{kind!r} is no kind of entry; one of {', '.join(KINDS)}")
    with given.opened(box) as opened:
        moment = given.moment(known_at)
        entries = rows.known(opened.log.entries(upto), moment, kinds or ())
        veil = screen.veil(given.realised(opened))
    if reveal:
        screen.behind(None)
    lines = [(e.id, e if reveal else veil.entry(e)) for e in entries]
    if json:
        screen.data([rows.data(e, i) for i, e in lines])
        return
    for i, entry in lines:
        screen.line(f"{i} {notation.show(entry)}" if ids else notation.show(entry))
    if veil and not reveal:
        screen.say("confidential sources are shown by their handles; --reveal prints their names")
