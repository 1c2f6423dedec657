"""What can go wrong with a log or a kept original, each with a sentence for a person."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class LogError(Exception):
    """Something is wrong with the log; the message says what, where and what to do."""


class LockedError(LogError):
    """Another program is writing."""


class MovedError(LogError):
    """Somebody else wrote since the caller looked."""


class DamagedError(LogError):
    """What is stored is not what was stored."""


class MissingError(LogError):
    """It is not there."""


class DiskFullError(LogError):
    """The disk is full, or failed; nothing was written."""


class ReadOnlyError(LogError):
    """The log may be read but not written."""


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turns the database's errors into the sentences above; everything else passes through.

    Raises:
        LogError: one of its kinds.
    """
    try:
        yield
    except DBAPIError as error:
        raise _sentence(error.orig, where) from error
    except sqlite3.Error as error:
        raise _sentence(error, where) from error
    except OSError as error:
        raise _from_disk(error, where) from error


def _sentence(error: BaseException | None, where: str) -> LogError:
    # The lowest byte is the kind of error; the others say where in SQLite it arose.
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LockedError(
            f"{where} is in use by another tollbook; wait until it is done, or close it, and try again"
        )
    if code == sqlite3.SQLITE_FULL:
        return _full(where)
    if code == sqlite3.SQLITE_READONLY:
        return read_only(where)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return DamagedError(
            f"{where} is damaged ({error}); keep a copy of it as it is, then put the last backup in its place"
        )
    if code == sqlite3.SQLITE_IOERR:
        return DiskFullError(
            f"the disk that holds {where} did not read or write ({error}); nothing was changed: see that it is "
            f"whole and has room, and try again"
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return MissingError(
            f"{where} cannot be opened; see that the folder is there and that you may read and write in it"
        )
    return LogError(f"{where}: {error}")


def _from_disk(error: OSError, where: str) -> LogError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _full(where)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return read_only(where)
    return DiskFullError(f"the disk that holds {where} failed ({error.strerror}); nothing was changed")


def _full(where: str) -> DiskFullError:
    return DiskFullError(f"the disk that holds {where} is full; nothing was written: make room and try again")


def read_only(where: str) -> ReadOnlyError:
    """The error of writing where one may only read."""
    return ReadOnlyError(
        f"{where} may be read but not written; copy the box to a folder of your own, or ask for the right to write"
    )
