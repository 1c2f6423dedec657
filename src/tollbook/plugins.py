"""The door for plugins: five hooks, and the one loader; what tollbook brings itself comes through it too.

A package offers a plugin with an entry point of the group ``tollbook``: a module or an object with any of the
hooks below, each marked with ``hookimpl``. A name that is already taken is an error, never a silent change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import pluggy

from tollbook.connectors import Incoming, Refused
from tollbook.nouns import Report
from tollbook.values import Reading

GROUP = "tollbook"

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class PluginError(Exception):
    """A plugin that cannot be used: which one, why, and what to do."""


# Gives the texts behind a target, as ``connectors.gather`` does, or None when the target is not of its kind.
Connector = Callable[..., Iterator[Incoming | Refused] | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a report's text; a claim of a ``machine`` waits until a person accepts it."""

    read: Callable[[Report, str], Reading]
    machine: bool = False


class Hooks:
    """What a plugin can offer; each hook gives a mapping from names to things."""

    @hookspec
    def connectors(self) -> Mapping[str, Connector]:
        """Kinds of input."""
        raise NotImplementedError

    @hookspec
    def readers(self) -> Mapping[str, Reader]:
        """Ways to read a report; ``reader`` in tollbook.toml names the one in use."""
        raise NotImplementedError

    @hookspec
    def checks(self) -> Mapping[str, Any]:
        """Checks by code, each a ``tollbook.checks.Check``."""
        raise NotImplementedError

    @hookspec
    def methods(self) -> Mapping[str, Any]:
        """Methods of a toll by name, each a ``tollbook.toll.Method``."""
        raise NotImplementedError

    @hookspec
    def formats(self) -> Mapping[str, Callable[..., dict[str, bytes]]]:
        """Formats of publication: book and incident to files, as in ``tollbook.publish.render``."""
        raise NotImplementedError


class BuiltIn:
    """What tollbook brings itself; each room is loaded when it is asked for."""

    @hookimpl
    def connectors(self) -> Mapping[str, Connector]:
        from tollbook import connectors  # noqa: PLC0415  (a room is loaded when it is asked for)

        return {"built in": connectors.gather}

    @hookimpl
    def readers(self) -> Mapping[str, Reader]:
        from tollbook import reading  # noqa: PLC0415  (the same)

        return {
            "rules": Reader(reading.read),
            "model": Reader(_when_asked("model"), machine=True),
            "parse": Reader(_when_asked("parse")),
        }

    @hookimpl
    def checks(self) -> Mapping[str, Any]:
        from tollbook import checks  # noqa: PLC0415  (the same)

        return {check.code: check for check in checks.CHECKS}

    @hookimpl
    def methods(self) -> Mapping[str, Any]:
        from tollbook import toll  # noqa: PLC0415  (the same)

        return dict(toll.METHODS)

    @hookimpl
    def formats(self) -> Mapping[str, Callable[..., dict[str, bytes]]]:
        from tollbook import publish  # noqa: PLC0415  (the same)

        return {name: _rendered(publish.render, name) for name in publish.formats()}


def _when_asked(name: str) -> Callable[[Report, str], Reading]:
    """A reader of ``tollbook.readers``, loaded when it reads its first report."""

    def read(report: Report, body: str) -> Reading:
        found: Reading = import_module(f"tollbook.readers.{name}").read(report, body)
        return found

    return read


def _rendered(render: Callable[..., dict[str, bytes]], name: str) -> Callable[..., dict[str, bytes]]:
    """The built-in format, which counts and checks with what plugins offer, too."""

    def made(book: object, incident: str, **options: Any) -> dict[str, bytes]:  # noqa: ANN401  (options of ``render``)
        offered = {"methods": methods(), "checks": tuple(checks().values())}
        return render(book, incident, name, **offered | options)

    return made


@cache
def manager() -> pluggy.PluginManager:
    """The loader, with tollbook's own plugin and those of every installed package.

    Raises:
        PluginError: a package's plugin cannot be loaded.
    """
    found = pluggy.PluginManager(GROUP)
    found.add_hookspecs(Hooks)
    found.register(BuiltIn(), "tollbook itself")
    try:
        found.load_setuptools_entrypoints(GROUP)
        found.check_pending()
    except Exception as error:  # a plugin is anybody's code and may fail in any way
        raise PluginError(
            f"a plugin cannot be loaded ({type(error).__name__}: {error}); update the package that brings it, or "
            f"remove it"
        ) from error
    return found


def connectors() -> dict[str, Connector]:
    """Kinds of input by name; tollbook's own, which takes everything, is asked last."""
    return _offered("connectors")


def readers() -> dict[str, Reader]:
    """Ways to read a report, by name."""
    return _offered("readers")


def checks() -> dict[str, Any]:
    """Checks by code."""
    return _offered("checks")


def methods() -> dict[str, Any]:
    """Methods of a toll by name."""
    return _offered("methods")


def formats() -> dict[str, Callable[..., dict[str, bytes]]]:
    """Formats of publication by name."""
    return _offered("formats")


def _offered(hook: str) -> dict[str, Any]:
    """What all plugins offer at one hook, tollbook's own last."""
    found: dict[str, Any] = {}
    # pluggy asks whoever came last first.
    for offer in getattr(manager().hook, hook)():
        twice = found.keys() & offer.keys()
        if twice:
            raise PluginError(
                f"two plugins offer {', '.join(sorted(twice))} among {hook}; remove one of the packages"
            )
        found |= offer
    return found
