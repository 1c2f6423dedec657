"""What the checks find in the live book: worked out in a thread, carried over where nothing of it can have changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock, Thread

from tollbook.codes import Verb
from tollbook.desk.live import State
from tollbook.nouns import Entry, Judgement, Publication
from tollbook.values import Book, Finding
from tollbook.views import findings

# No check looks at these: what it finds is the same before and after, but for what is acknowledged, which is read anew.
_INERT = frozenset({Verb.ACKNOWLEDGE, Verb.COMMENT, Verb.ASSIGN, Verb.GRADE, Verb.RATE})


@dataclass(frozen=True)
class Looked:
    """What was found.

    Attributes:
        findings: of all tiers, in the order of the checks; explained ones say so as the newest book has it.
        position: the position of the log that they are of.
        fresh: whether that is the newest; else the newest is being worked out.
    """

    findings: tuple[Finding, ...]
    position: int
    fresh: bool


@dataclass(frozen=True)
class _Made:
    state: State
    findings: tuple[Finding, ...]


class Looking:
    """The findings of a live book; threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: _Made | None = None
        self._thread: Thread | None = None

    def looked(self, state: State, wait: float = 1.0) -> Looked | None:
        """What is found in the book of a state, or the last that was found while that is being worked out; None before.

        Args:
            state: of the newest book.
            wait: so many seconds for what is being worked out.
        """
        with self._lock:
            made = self._made
            if made is not None and _same(made.state, state):
                self._made = made = _Made(state, made.findings)
            if made is not None and made.state.position == state.position:
                return _told(made, state)
            if made is not None and _forgot(made.state, state):
                self._made = None  # what was forgotten may stand in it
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._look, args=(state,), daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(wait)
        made = self._made
        return None if made is None else _told(made, state)

    def _look(self, state: State) -> None:
        self._made = _Made(state, findings.findings(state.book))


def _told(made: _Made, state: State) -> Looked:
    explained = state.book.acknowledged
    found = tuple(replace(f, explained=explained.get(f.key)) for f in made.findings)
    return Looked(found, made.state.position, made.state.position == state.position)


def _same(before: State, after: State) -> bool:
    """Whether nothing came between two states of which a check could find anything else."""
    if _forgot(before, after):
        return False
    return all(_inert(after.book, entry) for entry in after.entries[len(before.entries) :])


def _forgot(before: State, after: State) -> bool:
    """Whether something was forgotten between two states: then there are fewer entries than the log grew by."""
    return len(after.entries) - len(before.entries) != after.position - before.position


def _inert(book: Book, entry: Entry | None) -> bool:
    while isinstance(entry, Judgement) and entry.verb is Verb.UNDO:
        entry = book.judgements.get(entry.target)
    return isinstance(entry, Publication) or (isinstance(entry, Judgement) and entry.verb in _INERT)
