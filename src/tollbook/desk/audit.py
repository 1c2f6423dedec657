"""The audit: who saw and did what, chained in a log of its own; it never holds what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from time import time_ns

from tollbook.log import Log
from tollbook.people import Access

# As many as came while the disk was busy go down in one transaction.
_TOGETHER = 2_000
_AT_ONCE = 2_000  # accesses that are read at a time


class Audit:
    """The audit of a desk; one thread writes, and what waits for the disk is written together."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._queue: SimpleQueue[tuple[Access, Future[None]] | None] = SimpleQueue()
        self._serial = count(time_ns())
        self._thread = Thread(target=self._write, name="audit", daemon=True)
        self._thread.start()

    def note(
        self,
        act: str,
        now: datetime,
        *,
        member: str = "",
        token: str = "",
        way: str = "",
        target: str = "",
        fields: tuple[str, ...] = (),
        reason: str = "",
    ) -> Future[None]:
        """Puts an access on record; the future is done when it is on the disk.

        Args:
            act: ``read``, ``wrote``, ``refused``, ``signed in`` ...
            now: the moment.
            member: who.
            token: name of the token that acted for them.
            way: name of the route.
            target: id of the entry concerned.
            fields: restricted fields that are shown.
            reason: why, as they said; covered already.
        """
        written: Future[None] = Future()
        entry = Access(
            said_on=now.date(), recorded_at=now, member=member, token=token, act=act, way=way, target=target,
            fields=fields, at=now, serial=next(self._serial), reason=reason,
        )  # fmt: skip
        self._queue.put((entry, written))
        return written

    def _write(self) -> None:
        while (first := self._queue.get()) is not None:
            some = [first]
            ended = False
            while len(some) < _TOGETHER:
                try:
                    more = self._queue.get_nowait()
                except Empty:
                    break
                if more is None:
                    ended = True
                    break
                some.append(more)
            try:
                self._log.append([entry for entry, _ in some])
            except Exception as error:  # noqa: BLE001  (whoever waits for it is told; the thread goes on)
                for _, written in some:
                    written.set_exception(error)
            else:
                for _, written in some:
                    written.set_result(None)
            if ended:
                return

    def last(self, how_many: int, before: int | None = None) -> tuple[list[Access], int]:
        """The newest accesses before a position, newest first, and the position of the oldest of them."""
        end = (before - 1) if before is not None else self._log.head()[0]
        start = max(0, end - how_many)
        found = [e for e in self._log.entries(upto=end, after=start) if isinstance(e, Access)]
        return found[::-1], start + 1

    def search(
        self, fits: Callable[[Access], bool], shown: int, looked: int, before: int | None = None
    ) -> tuple[list[Access], int]:
        """The newest accesses that fit, newest first, and the position before which to go on; 1 where nothing is left.

        Args:
            fits: which are wanted.
            shown: the most that are given.
            looked: the most that are looked through.
            before: only those before this position.
        """
        end = min(before - 1 if before is not None else self._log.head()[0], self._log.head()[0])
        found: list[Access] = []
        stop = max(0, end - looked)
        while end > stop and len(found) < shown:
            start = max(stop, end - _AT_ONCE)
            # Nothing of an audit is forgotten, so that positions have no gaps.
            some = list(enumerate(self._log.entries(upto=end, after=start), start + 1))
            for position, entry in reversed(some):
                if isinstance(entry, Access) and fits(entry):
                    found.append(entry)
                    if len(found) == shown:
                        return found, position
            end = start
        return found, end + 1

    def parts(self) -> Iterator[list[Access]]:
        """Every access in parts, oldest first."""
        end = self._log.head()[0]
        for start in range(0, end, _AT_ONCE):
            some = self._log.entries(upto=min(end, start + _AT_ONCE), after=start)
            yield [e for e in some if isinstance(e, Access)]

    def head(self) -> tuple[int, str]:
        """The last position of the audit and its hash: noted elsewhere, it shows that nothing was cut off since."""
        return self._log.head()

    def faults(self) -> list[str]:
        """What is wrong with the audit's chain; empty when every link closes."""
        return self._log.verify()

    def close(self) -> None:
        """Writes what waits, and closes."""
        self._queue.put(None)
        self._thread.join()
        self._log.close()
