"""Who is signed in: sessions in memory only, so that a restart signs everybody out and no disk holds a key."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

IDLE = timedelta(minutes=120)
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=5)
EACH = 10  # sessions of one person at a time; the oldest ends for an eleventh


@dataclass
class Session:
    """Somebody who is signed in in one browser.

    Attributes:
        name: of the member.
        began: when they signed in.
        seen: when they last asked for something themselves.
        confirmed: when they last gave their password.
        browser: what it says it is, cut short.
        number: what it is called on pages; it opens nothing.
        csrf: the secret that every form of theirs must carry.
        pending: the secret of one-time codes that they are about to switch on, or empty.
    """

    name: str
    began: datetime
    seen: datetime
    confirmed: datetime
    browser: str = ""
    number: str = field(default_factory=lambda: secrets.token_hex(6))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    pending: str = ""

    def over(self, now: datetime) -> bool:
        """Whether it ended by itself."""
        return now - self.seen > IDLE or now - self.began > LONGEST

    def fresh(self, now: datetime) -> bool:
        """Whether the password was given just now."""
        return now - self.confirmed <= FRESH


class Sessions:
    """The sessions of a desk. A key is never kept, only its digest."""

    def __init__(self) -> None:
        self._held: dict[bytes, Session] = {}
        self._lock = Lock()

    def begin(self, name: str, now: datetime, browser: str = "") -> tuple[str, Session]:
        """A new session and its key, which nobody could have known before."""
        key = secrets.token_urlsafe(32)
        made = Session(name, now, now, now, browser[:120])
        with self._lock:
            own = sorted((s.began, at) for at, s in self._held.items() if s.name == name)
            for _, at in own[: max(0, len(own) - EACH + 1)]:
                del self._held[at]
            self._held[_digest(key)] = made
        return key, made

    def find(self, key: str, now: datetime, *, act: bool = True) -> Session | None:
        """The session of a key; None where there is none or it is over.

        Args:
            key: from the cookie.
            now: the moment.
            act: whether the person asked for something themselves, which a live page does not.
        """
        at = _digest(key)
        found = self._held.get(at)
        if found is None:
            return None
        if found.over(now):
            with self._lock:
                self._held.pop(at, None)
            return None
        if act:
            found.seen = now
        return found

    def drop(self, key: str) -> None:
        """Ends the session of a key."""
        with self._lock:
            self._held.pop(_digest(key), None)

    def end(self, which: Callable[[Session], bool]) -> int:
        """Ends those of which that is true; how many they were."""
        with self._lock:
            gone = [at for at, session in self._held.items() if which(session)]
            for at in gone:
                del self._held[at]
        return len(gone)

    def live(self, now: datetime) -> list[Session]:
        """Those that are not over, newest first."""
        self.end(lambda session: session.over(now))
        with self._lock:
            return sorted(self._held.values(), key=lambda s: s.began, reverse=True)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
