"""Who comes in: the one person of a desk without accounts; with accounts, whoever signed in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.requests import Request

from tollbook.desk.options import Options
from tollbook.people import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    Attributes:
        name: as it stands behind what they decide; empty for nobody.
        role: in words.
        rights: what they may do.
        csrf: the secret that every form of theirs must carry.
        token: name of the token that acts for them, or empty.
    """

    name: str = ""
    role: str = ""
    rights: frozenset[Right] = frozenset()
    csrf: str = ""
    token: str = ""


NOBODY = Person()


class Members:
    """The people of the desk."""

    def __init__(self, options: Options) -> None:
        self._alone = Person(options.by, Role.KEEPER, frozenset(Right), secrets.token_urlsafe(24))
        self._accounts = options.accounts

    def person(self, request: Request) -> Person:
        """Who asks; nobody without a session or token."""
        del request
        return NOBODY if self._accounts else self._alone


__all__ = ["NOBODY", "RIGHTS", "Members", "Person"]
