"""The verb print: the log in notation, one entry a line."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated, TypeVar

import typer

from tollbook import notation
from tollbook.cli import given, screen
from tollbook.nouns import KINDS, Entry, Source

E = TypeVar("E", bound=Entry)


def print_(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND ...]", help="Only these kinds: claim, link ...")
    ] = None,
    *,
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
        entries = opened.log.entries(upto)
    names = {} if reveal else handles(entries)
    lines = [(e.id, masked(e, names)) for e in entries if not kinds or e.KIND in kinds]
    if json:
        screen.data(
            [
                {"id": i, "kind": e.KIND, **{f.name: screen.plain(getattr(e, f.name)) for f in fields(e)}}
                for i, e in lines
            ]
        )
        return
    for i, entry in lines:
        print(f"{i} {notation.show(entry)}" if ids else notation.show(entry))
    if names:
        screen.say("confidential sources are shown by their handles; --reveal prints their names")


def handles(entries: list[Entry]) -> dict[str, str]:
    """The names and aliases of confidential sources, in lower case, to their handles."""
    cards = [e for e in entries if isinstance(e, Source) and e.confidential]
    return {name.casefold(): card.handle for card in cards for name in (card.name, *card.aliases)}


def masked(entry: E, names: dict[str, str]) -> E:
    """The entry with each confidential name replaced by its handle; the same entry when it holds none."""
    if not names:
        return entry
    if isinstance(entry, Source):
        if not entry.confidential:
            return entry
        return replace(entry, name=entry.handle, aliases=())
    changes: dict[str, object] = {}
    for field in ("speaker", "publisher", "made_by"):
        value = getattr(entry, field, None)
        if isinstance(value, str) and value.casefold() in names:
            changes[field] = names[value.casefold()]
    relayed = getattr(entry, "relayed_by", ())
    if any(name.casefold() in names for name in relayed):
        changes["relayed_by"] = tuple(names.get(name.casefold(), name) for name in relayed)
    return replace(entry, **changes) if changes else entry  # type: ignore[arg-type]  # fields of strings
