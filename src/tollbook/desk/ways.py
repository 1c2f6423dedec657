"""The table of routes: every address of the desk with the right it needs, in one list that tests go through."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.responses import Response

from tollbook.people import Right

# It takes an ``Ask``; named so, the two files would import each other.
Handler = Callable[..., Response] | Callable[..., Awaitable[Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address and method.

    Attributes:
        name: what it is called in the audit and in tests ("incident", "acts").
        method: GET or POST ...
        path: with parameters in braces.
        right: what a person needs; None for everybody, signed in or not.
        handler: what answers.
        fields: restricted fields that it may show; reading it is on record before an answer leaves.
        slow: whether it runs in a thread, since it waits for the disk or reckons long.
        api: whether it answers in JSON, refusals too.
        personal: whether it is for a person at a page and no key opens it.
    """

    name: str
    method: str
    path: str
    right: Right | None
    handler: Handler
    fields: tuple[str, ...] = ()
    slow: bool = False
    api: bool = False
    personal: bool = False


class Ways(list[Way]):
    """The routes of one part of the desk."""

    def page(
        self,
        path: str,
        right: Right | None = Right.READ,
        *,
        fields: tuple[str, ...] = (),
        slow: bool = False,
        personal: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Registers a handler of GET requests; its name is the function's."""
        return self._way("GET", path, right, fields, slow=slow, personal=personal)

    def act(
        self,
        path: str,
        right: Right | None = Right.WORK,
        *,
        fields: tuple[str, ...] = (),
        personal: bool = False,
    ) -> Callable[[Handler], Handler]:
        """Registers a handler of POST requests; it runs in a thread, since it writes."""
        return self._way("POST", path, right, fields, slow=True, personal=personal)

    def _way(
        self,
        method: str,
        path: str,
        right: Right | None,
        fields: tuple[str, ...],
        *,
        slow: bool,
        personal: bool,
    ) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.append(
                Way(
                    name=handler.__name__, method=method, path=path, right=right, handler=handler,
                    fields=fields, slow=slow, personal=personal,
                )
            )  # fmt: skip
            return handler

        return register
