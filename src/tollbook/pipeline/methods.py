"""The methods of a box: those that tollbook and its plugins bring, and the files of the box's own folder."""

from __future__ import annotations

from pathlib import Path

from tollbook import plugins, toll
from tollbook.pipeline.box import settings, words
from tollbook.toll import Method, MethodError


def methods(folder: Path | None = None) -> dict[str, Method]:
    """The methods of a toll by name; with the folder of a box its own files, too.

    Raises:
        BoxError: the folder is no box.
        ConfigError: its settings cannot be used, or a file cannot be read.
        MethodError: a file cannot be used, or its name is taken.
    """
    found: dict[str, Method] = plugins.methods()
    if folder is None:
        return found
    for path in sorted((folder / settings(folder).methods).glob("*.toml")):
        own = toll.written(words(path), str(path))
        if own.name in found:
            raise MethodError(
                f"{path}: there is a method {own.name!r} already; give the file and its name another one"
            )
        found[own.name] = own
    return found
