"""Passwords: Argon2id in a bounded pool of its own, so that a flood of guesses takes no more than that pool."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tollbook.desk.faults import RefusalError

T = TypeVar("T")

# One thread: a hash takes a core for a sixth of a second and 64 MB, and the pages need the other cores.
THREADS = 1
WAITING = 8
LONGEST = 1_024  # characters of a password: more is somebody who wants the desk to work


class Hashing:
    """A pool that makes and compares hashes; it refuses what would wait too long.

    Attributes:
        done: how many hashes it worked out.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        # RFC 9106's second choice of memory and passes, on one lane, since there is one thread.
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="hashing")
        self._places = BoundedSemaphore(THREADS + WAITING)
        self.done = 0
        self._nobodys = ""

    def made(self, password: str) -> Future[str]:
        """The hash of a password.

        Raises:
            RefusalError: too many wait.
        """
        return self._ask(lambda: self._hasher.hash(password[:LONGEST]))

    def right(self, hashed: str, password: str) -> Future[bool]:
        """Whether this is the password of that hash; an empty hash costs the same and is never right.

        Raises:
            RefusalError: too many wait.
        """

        def compared() -> bool:
            # What is compared where there is no such person; made the first time that anybody is asked for.
            self._nobodys = self._nobodys or self._hasher.hash("nobody has this password")
            return self._same(hashed or self._nobodys, password) and bool(hashed)

        return self._ask(compared)

    def _same(self, hashed: str, password: str) -> bool:
        try:
            return len(password) <= LONGEST and self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _ask(self, work: Callable[[], T]) -> Future[T]:
        if not self._places.acquire(blocking=False):
            raise RefusalError(
                503, "Too many people are signing in at this moment.", "Try again in a minute."
            )

        def counted() -> T:
            try:
                self.done += 1
                return work()
            finally:
                self._places.release()

        return self._pool.submit(counted)

    def close(self) -> None:
        """Ends it; what waits is not worked out."""
        self._pool.shutdown(cancel_futures=True)
