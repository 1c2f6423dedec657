"""How a desk is opened: where it listens, to which names it answers, who its people are."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a desk is opened.

    Attributes:
        host: address it listens on.
        port: port it listens on.
        names: names (and addresses) in a request's Host that it answers to; everything else is turned away, so that no
            other site can point its own name here.
        accounts: whether people sign in. Without, everybody who reaches this machine's loopback is the one person ``by``.
        by: who acts where there are no accounts.
        secure: whether it is reached by https only, so that its cookies may say so.
    """

    host: str = "127.0.0.1"
    port: int = 8600
    names: frozenset[str] = LOOPBACK
    accounts: bool = False
    by: str = "desk"
    secure: bool = False
