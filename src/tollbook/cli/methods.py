"""The verb methods: how standing claims can become a figure, each with its version and its words; one as its file."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.toll import Method
from tollbook.views import methods as ways


def methods(
    name: Annotated[
        str | None, typer.Argument(metavar="[METHOD]", help="Print this one as its file.")
    ] = None,
    *,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> None:
    """List how claims can become a figure, or print one method as its file.

    In a box its own are among them: a file NAME.toml in its folder methods/ is one.
    """
    found = given.methods(box) if box is not None or _inside() else pipeline.methods()
    if name is not None:
        _one(found, name, json=json)
    elif json:
        screen.data([ways.data(m) for m in found.values()])
    else:
        rows = [(m.name, str(m.version), m.description) for m in found.values()]
        screen.table(("method", "version", "what it does"), rows)


def _inside() -> bool:
    """Whether the current folder is a box or in one; the verb works without."""
    try:
        given.box_at(None)
    except given.MistakeError:
        return False
    return True


def _one(found: dict[str, Method], name: str, *, json: bool) -> None:
    if name not in found:
        raise given.MistakeError(f"there is no method {name!r}; there are {', '.join(found)}")
    method = found[name]
    if json:
        screen.data(ways.data(method) | {"file": method.text})
    elif method.text:
        screen.line(method.text.rstrip("\n"))
    else:
        screen.para(
            f"{method.name} {method.version}: {method.description} A package brings it; it has no file."
        )
