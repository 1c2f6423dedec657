"""The live book: held in memory, grown when the log grows, and told to whoever listens."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock, RLock
from typing import Any, TypeVar, cast

from tollbook import pipeline
from tollbook.checks.scope import upto
from tollbook.nouns import Entry, Forgotten
from tollbook.pipeline import Box
from tollbook.publish.veil import Veil
from tollbook.toll import Method
from tollbook.values import Book

T = TypeVar("T")

# Books of other moments and days that are kept for the next reader of them.
KEPT_VIEWS = 16


@dataclass(frozen=True)
class State:
    """The book as it stands at one position of the log; frozen, so a page made of it is of one moment.

    Attributes:
        book: the snapshot.
        entries: every entry, in the order of the log.
        position: the last position.
        head: its hash.
        veil: what may be shown of this book's texts and names.
        methods: the methods that can be asked for.
    """

    book: Book
    entries: tuple[Entry, ...]
    position: int
    head: str
    veil: Veil
    methods: dict[str, Method]
    _kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _lock: RLock = field(default_factory=RLock, compare=False, repr=False)

    @property
    def stand(self) -> pipeline.Stand:
        """The same as the search takes it."""
        return pipeline.Stand(self.entries, self.book, self.veil, self.position, self.head)

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out once for this state; it goes when the log grows."""
        if key not in self._kept:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = make()
        return cast("T", self._kept[key])


class Live:
    """A box, open, with its book in memory.

    Attributes:
        box: the box.
        searching: its search.
    """

    def __init__(self, box: Box) -> None:
        self.box = box
        self.searching = pipeline.Searching(box)
        self._lock = Lock()
        self._views: OrderedDict[tuple[int, datetime | None, date | None], Book] = OrderedDict()
        self._listeners: set[asyncio.Queue[int]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        position, head = box.log.head()
        entries = tuple(box.log.entries(upto=position))
        self._state = self._stated(pipeline.known(box, entries), entries, position, head)

    @property
    def state(self) -> State:
        """The newest state; ask once a request."""
        return self._state

    def _stated(self, book: Book, entries: tuple[Entry, ...], position: int, head: str) -> State:
        return State(book, entries, position, head, Veil(book), dict(pipeline.methods(self.box.folder)))

    def refresh(self) -> bool:
        """Whether the log had grown; the state is the new one then, and every listener is told."""
        with self._lock:
            old = self._state
            position, head = self.box.log.head()
            if (position, head) == (old.position, old.head):
                return False
            new = self.box.log.entries(upto=position, after=old.position)
            forgot = any(isinstance(entry, Forgotten) for entry in new)
            if forgot:
                # What was forgotten leaves the memory, too: nothing of the old book goes on into the new one.
                entries = tuple(self.box.log.entries(upto=position))
                book = pipeline.known(self.box, entries)
                self._views.clear()
            else:
                book, entries = pipeline.more(self.box, old.book, old.entries, new)
            self._state = self._stated(book, entries, position, head)
        if forgot:
            self.searching.ready(self._state.stand, 0)  # at once: what was forgotten is in no index
        self._tell(position)
        return True

    def view(self, state: State, known_at: datetime | None, as_of: date | None) -> Book:
        """The book as known at a moment, of what was said up to a day; the newest with neither."""
        if known_at is None and as_of is None:
            return state.book
        key = (state.position, known_at, as_of)
        with self._lock:
            found = self._views.get(key)
        if found is None:
            cut = state.book if known_at is None else pipeline.known(self.box, state.entries, known_at)
            found = upto(cut, as_of)
            with self._lock:
                self._views[key] = found
                while len(self._views) > KEPT_VIEWS:
                    self._views.popitem(last=False)
        return found

    def append(self, entries: Sequence[Entry]) -> None:
        """Writes entries; the state holds them when this returns.

        Raises:
            LogError: the box cannot be written.
        """
        self.box.log.append(entries)
        self.refresh()

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[int]]:
        """A queue that gets the new position whenever the log grew."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=8)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def _tell(self, position: int) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        for queue in tuple(self._listeners):
            loop.call_soon_threadsafe(_put, queue, position)


def _put(queue: asyncio.Queue[int], position: int) -> None:
    """A slow listener misses positions in between, never the last."""
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(position)
