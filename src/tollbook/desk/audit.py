"""The audit: who saw and did what, chained in a log of its own; it never holds what was seen."""

from __future__ import annotations

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

    def close(self) -> None:
        """Writes what waits, and closes."""
        self._queue.put(None)
        self._thread.join()
        self._log.close()
