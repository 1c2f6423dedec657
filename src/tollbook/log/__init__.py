"""The log: the one append-only, hash-chained list of entries, the kept originals they rest on, and indexes beside it."""

from tollbook.log.faults import (
    DamagedError,
    DiskFullError,
    LockedError,
    LogError,
    MissingError,
    MovedError,
    ReadOnlyError,
)
from tollbook.log.index import Index, Made, Move
from tollbook.log.kept import Kept
from tollbook.log.search import Doc, Hit, Term, Upto, Words, emptied
from tollbook.log.store import Log

__all__ = [
    "DamagedError",
    "DiskFullError",
    "Doc",
    "Hit",
    "Index",
    "Kept",
    "LockedError",
    "Log",
    "LogError",
    "Made",
    "MissingError",
    "Move",
    "MovedError",
    "ReadOnlyError",
    "Term",
    "Upto",
    "Words",
    "emptied",
]
