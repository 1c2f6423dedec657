"""A desk with accounts, one person of each role, keys of each scope, and a confidential source that only some may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from tollbook.desk.hashing import Hashing
from tollbook.desk.opened import Desk
from tollbook.nouns import Source
from tollbook.people import Right, Role

PASSWORD = "lantern gravel oboe thirteen"
SECRET_NAME = "Oksana Zavirukha of Tarlenheim"
SECRET_NOTE = "nurse on the third floor, meets at the ferry"
HANDLE = "source-1f9a3c07"
# Everybody who may ask: those who are nobody, the roles, and keys with one scope each.
NOBODIES = ("nobody", "over", "idle", "let in no more", "old key", "ended key", "wrong key")
ROLES = tuple(str(role) for role in Role)
KEYS = ("key of read", "key of work", "key of review", "key of publish")


@dataclass
class Staff:
    """The desk, a client of it without any cookie, and the means to ask as somebody."""

    desk: Desk
    client: TestClient
    hashed: str
    keys: dict[str, str]

    def as_(self, who: str) -> dict[str, str]:
        """Headers with which that asker asks; a session of its own each time."""
        now = datetime.now(UTC)
        if who == "nobody":
            return {}
        if who in self.keys:
            return {"authorization": f"Bearer {self.keys[who]}"}
        name = "dismissed" if who == "let in no more" else "reader" if who in {"over", "idle"} else who
        key, session = self.desk.members.sessions.begin(name, now)
        if who == "over":
            session.began = now - timedelta(hours=12, seconds=1)
        if who == "idle":
            session.seen = now - timedelta(hours=2, seconds=1)
        return {"cookie": f"tollbook={key}", "x-csrf": session.csrf}

    def rights(self, who: str) -> frozenset[Right]:
        """What that asker may do, said anew here and not taken from the program."""
        read, work, review, publish = Right.READ, Right.WORK, Right.REVIEW, Right.PUBLISH
        return {
            "reader": frozenset({read}),
            "analyst": frozenset({read, work}),
            "reviewer": frozenset({read, work, review}),
            "publisher": frozenset({read, work, review, publish}),
            "keeper": frozenset({read, Right.KEEP}),
            "key of read": frozenset({read}),
            "key of work": frozenset({work}),
            "key of review": frozenset({review}),
            "key of publish": frozenset({publish}),
        }.get(who, frozenset())


def quick() -> Hashing:
    """A pool whose hashes cost nothing: a test counts them and does not wait for them."""
    return Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def staffed(desk: Desk, client: TestClient) -> Staff:
    """That desk with its people."""
    now, members = datetime.now(UTC), desk.members
    members.hashing = quick()
    hashed = members.hashing.made(PASSWORD).result()
    for name, role in [*zip(ROLES, Role, strict=True), ("dismissed", Role.PUBLISHER)]:
        members.accounts.invite(name, role, now, "test")
        members.accounts.change(name, now, "test", password=hashed, invited="")
    keys = {
        f"key of {right}": members.accounts.give(f"of {right}", "publisher", frozenset({right}), None, now)
        for right in (Right.READ, Right.WORK, Right.REVIEW, Right.PUBLISH)
    }
    every = frozenset(Right)
    keys["old key"] = members.accounts.give("old", "publisher", every, now.date() - timedelta(1), now)
    keys["ended key"] = members.accounts.give("ended", "publisher", every, None, now)
    ended = next(t for t in members.accounts.tokens if t.name == "ended")
    members.accounts.revoke(ended.nonce, now, "test")
    keys["wrong key"] = "toll_" + "A" * 43
    keys["key of a keeper"] = members.accounts.give("kept", "keeper", every, None, now)
    members.accounts.change("dismissed", now, "test", active=False)
    desk.live.append(
        [
            Source(
                name=SECRET_NAME, aliases=("Zavirukha",), confidential=True, pseudonym="1f9a3c07", notes=SECRET_NOTE,
                said_on=now.date(), recorded_at=now, made_by="source card",
            )
        ]
    )  # fmt: skip
    return Staff(desk, client, hashed, keys)
