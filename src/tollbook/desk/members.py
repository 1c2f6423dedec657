"""Who comes in: the one person of a desk without accounts; with accounts, whoever signed in or shows a key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

import pyotp
from starlette.requests import Request
from starlette.responses import Response

from tollbook.desk.accounts import Accounts, code, digest, tidy
from tollbook.desk.faults import RefusalError
from tollbook.desk.hashing import Hashing
from tollbook.desk.limits import Buckets, neighbourhood
from tollbook.desk.options import Options
from tollbook.desk.sessions import Session, Sessions
from tollbook.log import Log
from tollbook.people import RIGHTS, Access, Member, Right, Role
from tollbook.values import fold

STEP = 30  # seconds that a one-time code holds
CODED = frozenset({"signed in", "switched codes on"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks.

    Attributes:
        name: as it stands behind what they decide; empty for nobody.
        role: in words.
        rights: what they may do.
        csrf: the secret that every form of theirs must carry.
        token: name of the token that acts for them, or empty.
        session: number of their session, or empty.
        fresh: whether they gave their password just now; where nobody signs in, always.
    """

    name: str = ""
    role: str = ""
    rights: frozenset[Right] = frozenset()
    csrf: str = ""
    token: str = ""
    session: str = ""
    fresh: bool = False


NOBODY = Person()


class Members:
    """The people of the desk.

    Attributes:
        alone: the one person where nobody signs in.
        accounts: members and tokens.
        sessions: who is signed in.
        hashing: the pool for passwords.
    """

    def __init__(self, options: Options, log: Log, hashing: Hashing | None = None) -> None:
        self.alone = Person(options.by, Role.KEEPER, frozenset(Right), secrets.token_urlsafe(24), fresh=True)
        self._options = options
        self.accounts, self.sessions = Accounts(log), Sessions()
        self.hashing = hashing or Hashing()
        self._key = secrets.token_bytes(32)
        self._first = ""
        self._used: dict[str, int] = {}  # the half-minute of each person's last one-time code
        # A forgetful person behind a shared address has enough tries; a guesser has two a minute.
        self._addresses, self._names = Buckets(20, 3), Buckets(20, 30)
        self._pairs, self._confirming = Buckets(6, 30), Buckets(6, 30)
        self._strangers = Buckets(60, 1)

    # --- who asks

    def person(self, request: Request | None, now: datetime | None = None) -> Person:
        """Who asks; nobody without a session or key.

        Raises:
            RefusalError: a key and a session at once.
        """
        if request is None or now is None:
            return NOBODY if self._options.accounts else self.alone
        shown = request.headers.get("authorization")
        if shown is not None:
            return self._bearer(request, shown, now)
        if not self._options.accounts:
            return self.alone
        key = request.cookies.get(self._name("tollbook"))
        session = None
        if key:
            session = self.sessions.find(key, now, act="x-live" not in request.headers)
        if session is None:
            nonce = request.cookies.get(self._name("tollbook-door"))
            return Person(csrf=self._sealed(nonce)) if nonce else NOBODY
        member = self.accounts.member(session.name)
        if member is None or not member.active:
            self.sessions.end(lambda s: s is session)
            return NOBODY
        return Person(
            member.name, member.role, RIGHTS[member.role], session.csrf, session=session.number,
            fresh=session.fresh(now),
        )  # fmt: skip

    def _bearer(self, request: Request, shown: str, now: datetime) -> Person:
        """Who acts by a key."""
        if self._name("tollbook") in request.cookies:
            raise RefusalError(400, "A key and a signed-in browser came together.", "Send one of them.")
        scheme, _, key = shown.partition(" ")
        token = self.accounts.token(key.strip(), now.date()) if scheme.lower() == "bearer" else None
        if token is None:
            return NOBODY
        owner = self.accounts.member(token.member)
        if owner is not None and self._options.accounts:
            role, rights = owner.role, RIGHTS[owner.role] if owner.active else frozenset()
        elif fold(token.member) == fold(self.alone.name) and not self._options.accounts:
            role, rights = Role.KEEPER, self.alone.rights
        else:
            return NOBODY
        # What the keeper does is done by a person at a page.
        carried = rights & frozenset(token.scopes) - {Right.KEEP}
        return Person(token.member, role, carried, token=token.name) if carried else NOBODY

    def session(self, person: Person, now: datetime) -> Session | None:
        """The session of who asks."""
        return next((s for s in self.sessions.live(now) if s.number == person.session), None)

    # --- the door

    def _name(self, cookie: str) -> str:
        return f"__Host-{cookie}" if self._options.secure else cookie

    def _sealed(self, nonce: str) -> str:
        return hmac.new(self._key, nonce.encode(), hashlib.sha256).hexdigest()

    def _set(self, response: Response, cookie: str, value: str) -> None:
        response.set_cookie(
            self._name(cookie), value, path="/", httponly=True, samesite="strict", secure=self._options.secure
        )

    def stranger(self) -> tuple[Person, str]:
        """Somebody who is to fill in a form before they are known, and what their browser must show with it."""
        nonce = secrets.token_urlsafe(24)
        return Person(csrf=self._sealed(nonce)), nonce

    def remember(self, response: Response, nonce: str) -> None:
        """Gives a stranger's browser what it must show."""
        self._set(response, "tollbook-door", nonce)

    def noisy(self, address: str) -> bool:
        """Whether strangers there are refused too often for each time to be put on record."""
        return self._strangers.take(neighbourhood(address), monotonic()) > 0

    def knock(self, name: str, address: str) -> None:
        """Before any password is looked at: whether somebody tried too often.

        Raises:
            RefusalError: they did.
        """
        now, near = monotonic(), neighbourhood(address)
        wait = self._addresses.take(near, now)
        if name and not wait:
            who = _folded(name)
            wait = self._pairs.take(f"{near} {who}", now) or self._names.take(who, now)
        if wait:
            raise RefusalError(429, "Too many tries.", f"Try again in {_patience(wait)}.")

    def password(self, name: str, given: str) -> Future[bool]:
        """Whether the password is that person's; for nobody it takes as long.

        Raises:
            RefusalError: too many wait.
        """
        member = self.accounts.member(name)
        return self.hashing.right(member.password if member else "", given)

    def known(self, name: str, address: str, given: str, now: datetime) -> Member | None:
        """Who may come in, given that the password was right: active, with a one-time code where they have those."""
        member = self.accounts.member(name)
        if member is None or not member.active or not member.password:
            return None
        if member.secret and not self.code(member, member.secret, given, now):
            return None
        at, near, who = monotonic(), neighbourhood(address), _folded(name)
        self._addresses.give(near, at)
        self._pairs.give(f"{near} {who}", at)
        self._names.give(who, at)
        return member

    def code(self, member: Member, secret: str, given: str, now: datetime) -> bool:
        """Whether it is a one-time code of this or a neighbouring half-minute that was not used yet."""
        plain, step = "".join(given.split()), int(now.timestamp()) // STEP
        made = pyotp.TOTP(secret, interval=STEP)
        last = self._used.get(fold(member.name), 0)
        for at in (step - 1, step, step + 1):
            if at > last and hmac.compare_digest(made.generate_otp(at).encode(), plain.encode()):
                self._used[fold(member.name)] = at
                return True
        return False

    def came(self, accesses: Iterable[Access]) -> None:
        """Learns who came in before a restart: a one-time code that they used is not taken again after it."""
        for access in accesses:
            if access.act in CODED:
                who, step = fold(access.member), int(access.at.timestamp()) // STEP + 1
                self._used[who] = max(step, self._used.get(who, 0))

    def come_in(self, request: Request, response: Response, member: Member, now: datetime) -> Session:
        """Signs a person in: a new key, and the session that the browser had is over."""
        self.leave(request)
        key, session = self.sessions.begin(member.name, now, request.headers.get("user-agent", ""))
        self._set(response, "tollbook", key)
        response.delete_cookie(self._name("tollbook-door"), secure=self._options.secure, httponly=True)
        return session

    def leave(self, request: Request) -> None:
        """Ends the session of a browser."""
        key = request.cookies.get(self._name("tollbook"))
        if key:
            self.sessions.drop(key)

    # --- again

    def confirm(self, person: Person, given: str, now: datetime) -> None:
        """Raises unless a person at a page gave their password just now, or gives it with this form.

        Raises:
            RefusalError: it is a program, the password is wrong or missing, or too many were tried.
        """
        if not person.fresh:
            self.confirm_anew(person, given, now)

    def confirm_anew(self, person: Person, given: str, now: datetime) -> None:
        """Raises unless the password is given with this form, however fresh the session is.

        Raises:
            RefusalError: as ``confirm``.
        """
        if person.token or not person.session:
            raise RefusalError(
                403, "This is done by a person at a page, not with a key.", "Sign in and do it there."
            )
        session = self.session(person, now)
        if not given or session is None:
            raise RefusalError(
                403, "Please give your password again.", "Go back, and fill it in above the button."
            )
        wait = self._confirming.take(fold(person.name), monotonic())
        if wait:
            raise RefusalError(429, "Too many tries.", f"Try again in {_patience(wait)}.")
        if not self.password(person.name, given).result():
            raise RefusalError(403, "That is not your password.", "Go back and try again.")
        self._confirming.give(fold(person.name), monotonic())
        session.confirmed = now

    # --- the first

    def first_code(self) -> str:
        """A code with which the first keeper makes their account; empty where there is one or nobody signs in."""
        if not self._options.accounts or self.accounts.keepers():
            return ""
        given = code()
        self._first = digest(given)
        return given

    def first(self, given: str) -> bool:
        """Whether that is the code of the first start, and nobody used it."""
        fits = hmac.compare_digest(self._first, digest(tidy(given)))
        return fits and not self.accounts.keepers()

    def close(self) -> None:
        """Ends every session and closes."""
        self.sessions.end(lambda _: True)
        self.hashing.close()
        self.accounts.close()


def _folded(name: str) -> str:
    """A name as tries are counted by it, of a bounded length."""
    return hashlib.sha256(fold(name).encode("utf-8", "replace")).hexdigest()[:16]


def _patience(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"


__all__ = ["NOBODY", "RIGHTS", "Members", "Person"]
