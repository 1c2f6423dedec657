"""Whether the log is as it was written: looked at in a thread when somebody asks, and what came of it last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Thread

from tollbook import pipeline
from tollbook.pipeline import Box


@dataclass(frozen=True)
class Verified:
    """What came of one verifying.

    Attributes:
        at: when it was done.
        by: who asked.
        position: up to which place of the log.
        head: the hash there.
        faults: what is wrong, each in a sentence; none when all is as it was written.
    """

    at: datetime
    by: str
    position: int
    head: str
    faults: tuple[str, ...]


class Verifying:
    """The verifying of one box, once at a time.

    Attributes:
        last: what came of the last; None while nobody asked.
        done: how many reports of how many are looked at, the chain before them; None while nothing is.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: Thread | None = None
        self.last: Verified | None = None
        self.done: tuple[int, int] | None = None

    def start(self, box: Box, by: str, now: Callable[[], datetime], wait: float = 0.5) -> None:
        """Begins, unless it is under way; and waits a moment, since a small box is done by then."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self.done = (0, 0)
                self._thread = Thread(target=self._verify, args=(box, by, now), daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(wait)

    def _verify(self, box: Box, by: str, now: Callable[[], datetime]) -> None:
        try:
            position, head = box.log.head()
            faults = tuple(pipeline.verify(box, tell=self._told))
        except pipeline.ERRORS as error:
            position, head, faults = 0, "", (str(error),)
        self.last = Verified(now(), by, position, head, faults)
        self.done = None

    def _told(self, done: int, total: int) -> None:
        self.done = (done, total)
