"""The people of a desk and their keys to it: a fold of a log of their own, from which replaced secrets are forgotten."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import RLock
from typing import Any

from tollbook.desk.faults import RefusalError
from tollbook.log import Log, LogError
from tollbook.people import Member, Right, Role, Token
from tollbook.values import fold

# How long an invitation can be used.
VALID = timedelta(days=7)
PREFIX = "toll_"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when read out
_NAME = 60
# Whose work it is where no person decided; nobody may be called so.
_MACHINES = frozenset({"desk", "forget", "source card", "tollbook"})


def code() -> str:
    """A new one-time code: four groups of five, some 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def digest(secret: str) -> str:
    """What is kept of a code or key: neither can be guessed, so a plain digest does."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tidy(text: str) -> str:
    """A one-time code as it was given out, however it was typed."""
    plain = re.sub(r"[^a-z0-9]", "", text.casefold())
    return "-".join(plain[at : at + 5] for at in range(0, len(plain), 5))


def named(text: str) -> str:
    """A name as it stands behind what somebody decides.

    Raises:
        RefusalError: it is no name for a person.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise RefusalError(400, "Enter a name.", "It stands behind everything that this person decides.")
    if len(name) > _NAME or not name.isprintable() or any(ch in name for ch in '/\\"<>'):
        raise RefusalError(
            400, "Enter a shorter name, of letters.", f'It can have {_NAME} characters, no / \\ " < >.'
        )
    if fold(name) in _MACHINES:
        raise RefusalError(400, f"“{name}” is how the program signs its own work.", "Choose another name.")
    return name


class Accounts:
    """The members and tokens of a desk."""

    def __init__(self, log: Log) -> None:
        self._log, self._lock = log, RLock()
        self._head: tuple[int, str] = (-1, "")
        self._members: Mapping[str, Member] = {}
        self._tokens: Mapping[str, Token] = {}
        self.refresh()

    def refresh(self) -> None:
        """Takes in what another process wrote."""
        with self._lock:
            head = self._log.head()
            if head == self._head:
                return
            entries = self._log.entries(upto=head[0])
            self._members = {fold(e.name): e for e in entries if isinstance(e, Member)}
            self._tokens = {e.digest: e for e in entries if isinstance(e, Token)}
            self._head = head

    @property
    def members(self) -> list[Member]:
        """Everybody, by name."""
        return sorted(self._members.values(), key=lambda m: fold(m.name))

    @property
    def tokens(self) -> list[Token]:
        """Every token, newest first."""
        return sorted(self._tokens.values(), key=lambda t: t.recorded_at, reverse=True)

    def member(self, name: str) -> Member | None:
        """The member of that name."""
        return self._members.get(fold(name))

    def token(self, key: str, today: date) -> Token | None:
        """The token of a key, if it works today."""
        found = self._tokens.get(digest(key)) if key.startswith(PREFIX) else None
        return found if found and found.active and (found.until is None or today <= found.until) else None

    def keepers(self, *, but: str = "") -> int:
        """How many can come in and keep the accounts, one name aside."""
        return sum(
            m.active and m.role is Role.KEEPER and bool(m.password) and fold(m.name) != fold(but)
            for m in self._members.values()
        )

    def invite(self, name: str, role: Role, now: datetime, by: str) -> str:
        """The code with which a new person sets their password; for one who is known, what they had is void.

        Raises:
            RefusalError: the name is none, or the last keeper would be locked out.
            LogError: it cannot be written.
        """
        given = code()
        with self._lock:
            self.refresh()
            old = self.member(name)
            made = Member(
                said_on=now.date(), recorded_at=now, made_by=by, name=old.name if old else named(name), role=role,
                invited=digest(given), nonce=secrets.token_hex(8),
            )  # fmt: skip
            self._put(old, made)
        return given

    def invited(self, given: str, now: datetime) -> Member | None:
        """Who may set a password with that code."""
        wanted = digest(tidy(given))
        return next(
            (
                m for m in self._members.values()
                if m.active and m.invited and secrets.compare_digest(m.invited, wanted) and now - m.recorded_at <= VALID
            ),
            None,
        )  # fmt: skip

    def first(self, name: str, hashed: str, now: datetime) -> Member:
        """The first keeper, made.

        Raises:
            RefusalError: there is one already, or the name is none.
        """
        with self._lock:
            self.refresh()
            if self.keepers():
                raise RefusalError(409, "This desk has a keeper already.", "Ask them for an invitation.")
            made = Member(
                said_on=now.date(), recorded_at=now, made_by="first start", name=named(name), role=Role.KEEPER,
                password=hashed, nonce=secrets.token_hex(8),
            )  # fmt: skip
            self._put(self.member(name), made)
        return made

    def change(self, name: str, now: datetime, by: str, **changes: Any) -> Member:  # noqa: ANN401  (fields of a member)
        """The member with other values; what stood there is forgotten, with the secrets in it.

        Raises:
            RefusalError: there is no such member, or no keeper would be left.
            LogError: it cannot be written.
        """
        with self._lock:
            self.refresh()
            old = self.member(name)
            if old is None:
                raise RefusalError(404, f"Nobody here is called “{name}”.", "Look at the list of people.")
            made = replace(
                old, **changes, said_on=now.date(), recorded_at=now, made_by=by, nonce=secrets.token_hex(8)
            )
            self._put(old, made)
        return made

    def _put(self, old: Member | None, made: Member) -> None:
        held = old is not None and old.active and old.role is Role.KEEPER and bool(old.password)
        stays = made.active and made.role is Role.KEEPER and bool(made.password)
        if held and not stays and not self.keepers(but=made.name):
            raise RefusalError(
                409, f"{made.name} is the only keeper who can come in.", "Let another keeper come in first."
            )
        self._written(old, made)

    def _written(self, old: Member | Token | None, made: Member | Token) -> None:
        if old is None:
            self._log.append([made])
        else:
            try:
                self._log.forget(old.id, "replaced by a newer entry", made.recorded_at, instead=[made])
            except LogError:
                # On record, but another process reads the file, so that its old pages are cleaned at the next opening.
                self.refresh()
                if made.id not in {m.id for m in (*self._members.values(), *self._tokens.values())}:
                    raise
        self.refresh()

    def give(
        self, name: str, member: str, scopes: frozenset[Right], until: date | None, now: datetime
    ) -> str:
        """The key of a new token, which is shown once and never again.

        Raises:
            LogError: it cannot be written.
        """
        key = PREFIX + secrets.token_urlsafe(32)
        made = Token(
            said_on=now.date(), recorded_at=now, made_by=member, name=name, member=member, digest=digest(key),
            scopes=tuple(right for right in Right if right in scopes), until=until, nonce=secrets.token_hex(8),
        )  # fmt: skip
        with self._lock:
            self._written(None, made)
        return key

    def revoke(self, which: str, now: datetime, by: str, *, owner: str | None = None) -> Token:
        """The token of that nonce, working no more.

        Raises:
            RefusalError: there is none, or it is another person's and ``owner`` is named.
            LogError: it cannot be written.
        """
        with self._lock:
            self.refresh()
            found = next(
                (t for t in self._tokens.values() if t.nonce == which and owner in {None, t.member}), None
            )
            if found is None:
                raise RefusalError(404, "There is no such key.", "Look at the list of keys.")
            made = replace(found, active=False, said_on=now.date(), recorded_at=now, made_by=by)
            if made.id != found.id:
                self._written(found, made)
        return made

    def close(self) -> None:
        """Closes the log."""
        self._log.close()
