"""The log: the one append-only, hash-chained list of entries, and the kept originals they rest on; and an index beside it."""

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
from tollbook.log.store import Log

__all__ = [
    "DamagedError",
    "DiskFullError",
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
]
