"""Kept originals and extracted texts: files named by the SHA-256 of what they hold."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from tollbook.log.faults import DamagedError, MissingError, plainly

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Kept:
    """A folder of kept bytes: ``kept/ab/cdef...``; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """The SHA-256 of the bytes, which are on the disk when this returns.

        Raises:
            LogError: the disk is full or may not be written; nothing is left behind.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        with plainly(f"the folder of kept originals ({self.folder})"):
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True)
                _settle(self.folder.parent)
            path.parent.mkdir(exist_ok=True)
            if not (path.exists() and path.read_bytes() == data):
                self._write(path, data)
            # Also for a file that is there: whoever wrote it may have been killed before this line.
            _settle(path.parent)
            _settle(self.folder)
        return digest

    def _write(self, path: Path, data: bytes) -> None:
        # Written aside and renamed: a name never stands for half a file, whenever the power goes.
        aside = path.with_name(f"{os.getpid()}-{secrets.token_hex(8)}.tmp")
        try:
            with aside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise

    def fetch(self, digest: str) -> bytes:
        """The bytes of that SHA-256.

        Raises:
            MissingError: they are not there: forgotten, or never kept.
            DamagedError: the file holds something else.
        """
        path = self.path(digest)
        with plainly(f"the folder of kept originals ({self.folder})"):
            try:
                data = path.read_bytes()
            except FileNotFoundError as error:
                raise MissingError(
                    f"the kept original {digest[:12]} is not here: it was forgotten, or the box was copied without it"
                ) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamagedError(
                f"the kept original {digest[:12]} is damaged: {path} does not hold what was kept; "
                f"put it back from a backup"
            )
        return data

    def forget(self, digest: str) -> bool:
        """Removes the bytes, overwritten first; whether there was anything to remove.

        Raises:
            LogError: the disk may not be written.
        """
        path = self.path(digest)
        with plainly(f"the folder of kept originals ({self.folder})"):
            if not path.exists():
                return False
            # On copy-on-write disks the old blocks may stay; encrypting the disk is what covers that.
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            _settle(path.parent)
        return True

    def sweep(self) -> int:
        """Removes what interrupted ``keep``s left beside the files; how many. What a running one writes stays."""
        left = [p for p in self.folder.glob("*/*.tmp") if not _runs(p.name.partition("-")[0])]
        with plainly(f"the folder of kept originals ({self.folder})"):
            for path in left:
                path.unlink(missing_ok=True)
        return len(left)

    def digests(self) -> list[str]:
        """The digests of all kept files, sorted."""
        found = (p.parent.name + p.name for p in self.folder.glob("*/*") if p.suffix != ".tmp")
        return sorted(found)

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest stand, or would stand.

        Raises:
            MissingError: it is no SHA-256, so no file can have that name.
        """
        if not _DIGEST.fullmatch(digest):
            raise MissingError(f"{digest[:80]!r} names no kept original: a SHA-256 in hexadecimal does")
        return self.folder / digest[:2] / digest[2:]


def _runs(process: str) -> bool:
    """Whether the process of that number is there."""
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _settle(folder: Path) -> None:
    """Makes the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
