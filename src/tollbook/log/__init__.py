"""The log: the one append-only, hash-chained list of entries, and the kept originals they rest on."""

from tollbook.log.faults import (
    DamagedError,
    DiskFullError,
    LockedError,
    LogError,
    MissingError,
    MovedError,
    ReadOnlyError,
)
from tollbook.log.kept import Kept
from tollbook.log.store import Log

__all__ = [
    "DamagedError",
    "DiskFullError",
    "Kept",
    "LockedError",
    "Log",
    "LogError",
    "MissingError",
    "MovedError",
    "ReadOnlyError",
]
