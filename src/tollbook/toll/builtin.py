"""The methods that tollbook brings, each read from its file in the folder ``methods`` beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.resources import files

from tollbook.toll import engine, policy
from tollbook.toll.methods import Method

# In the order in which they are listed: the default first, one voice alone last.
NAMES = ("strict", "ged", "conservative", "minmax", "graded", "source")


def written(text: str, where: str) -> Method:
    """The method that a file describes, done by the engine.

    Args:
        text: the content of the file.
        where: its path, for messages; its stem must be the method's name.

    Raises:
        MethodError: the file cannot be used: which key, and what is allowed there.
    """
    found = policy.read(text, where)
    follows = f" {found.follows}" if found.follows else ""
    return Method(
        found.name,
        found.version,
        f"{found.description}{follows}",
        partial(engine.reconcile, found.policy),
        found.policy,
        text,
    )


def _built(name: str) -> Method:
    folder = files("tollbook.toll").joinpath("methods")
    return written(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


METHODS: Mapping[str, Method] = {name: _built(name) for name in NAMES}
