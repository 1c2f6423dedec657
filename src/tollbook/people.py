"""The people of a desk: who may do what; their entries stand in logs of their own, never among those of the war."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from tollbook.entries import EPOCH, Entry


class Right(StrEnum):
    """What a person may do at a desk."""

    READ = "read"
    WORK = "work"  # add reports; judge, link and comment claims; acknowledge findings; compose drafts
    REVIEW = "review"  # grade, merge, split, nest; rate sources' claims; confirm what others wrote
    PUBLISH = "publish"  # confirm another person's draft, set embargoes, withdraw what was published
    KEEP = "keep"  # people, tokens, the audit, the identity of confidential sources


class Role(StrEnum):
    """The roles of a desk, each with the rights of ``RIGHTS``."""

    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    KEEPER = "keeper"


# Who keeps the accounts cannot publish, and who publishes cannot make accounts: neither can do both alone.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.ANALYST: frozenset({Right.READ, Right.WORK}),
    Role.REVIEWER: frozenset({Right.READ, Right.WORK, Right.REVIEW}),
    Role.PUBLISHER: frozenset({Right.READ, Right.WORK, Right.REVIEW, Right.PUBLISH}),
    Role.KEEPER: frozenset({Right.READ, Right.KEEP}),
}


@dataclass(frozen=True, kw_only=True)
class Member(Entry):
    """A person of the desk; the last entry of a name holds, and the one before is forgotten with its secrets.

    Attributes:
        name: as it stands behind what they decide (``made_by``).
        role: what they may do.
        password: Argon2id hash, or empty while they have not set one.
        secret: shared secret of their one-time codes (base32), or empty.
        invited: SHA-256 of the code with which they set their password, or empty.
        active: whether they may come in.
        nonce: tells two like entries apart.
    """

    KIND: ClassVar[str] = "member"

    name: str
    role: Role
    password: str = ""
    secret: str = ""
    invited: str = ""
    active: bool = True
    nonce: str = ""


@dataclass(frozen=True, kw_only=True)
class Token(Entry):
    """A key with which a program acts for a member; the last entry of a name holds.

    Attributes:
        name: what it is for.
        member: whose it is; it can do no more than they can.
        digest: SHA-256 of the key.
        scopes: the rights that it carries.
        until: last day on which it works; None for no end.
        active: whether it works.
        nonce: tells two like entries apart.
    """

    KIND: ClassVar[str] = "token"

    name: str
    member: str
    digest: str
    scopes: tuple[Right, ...] = (Right.READ,)
    until: date | None = None
    active: bool = True
    nonce: str = ""


@dataclass(frozen=True, kw_only=True)
class Access(Entry):
    """Who asked for or did what, and when; it never holds what was seen.

    Attributes:
        member: who; empty for nobody known.
        token: name of the token that acted for them, or empty.
        act: ``read``, ``wrote``, ``refused``, ``signed in`` ...
        way: the route, as the table of routes names it.
        target: id of the entry concerned, or empty.
        fields: restricted fields that were shown.
        at: the moment.
        serial: tells two of one moment apart.
        reason: why they wanted to see restricted fields, as they said.
    """

    KIND: ClassVar[str] = "access"

    member: str = ""
    token: str = ""
    act: str
    way: str = ""
    target: str = ""
    fields: tuple[str, ...] = ()
    at: datetime = EPOCH
    serial: int = 0
    reason: str = ""


__all__ = ["RIGHTS", "Access", "Member", "Right", "Role", "Token"]
