"""Files and folders: bytes from the disk, with everything that is no readable file said so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tollbook.connectors.item import LIMIT, InputError, Raw, Refused

_TOO_LARGE = f"it is larger than {LIMIT // 2**20} MB; cut it into parts and add those"


def single(path: Path) -> Raw | Refused:
    """The bytes of one file that was asked for by name.

    Raises:
        InputError: it is missing, may not be read, or is no file.
    """
    try:
        return _load(path)
    except _StrangeError as error:
        raise InputError(f"{path} is {error}, not a file; pipe its content to - instead") from error
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {_why(error)}; check its name and its rights") from error


def walk(folder: Path) -> Iterator[Raw | Refused]:
    """Every file under a folder, sorted; hidden ones are skipped, links that lead out of it are refused.

    Raises:
        InputError: the folder may not be read, or holds no file at all.
    """
    root = folder.resolve()
    try:
        os.listdir(folder)  # noqa: PTH208  only asked whether it may be listed
    except OSError as error:
        raise InputError(f"{folder} cannot be listed: {_why(error)}; check its rights") from error
    some = False
    for path in _paths(folder):
        some = True
        yield path if isinstance(path, Refused) else _member(path, root)
    if not some:
        raise InputError(f"{folder} holds no file; give a folder with texts in it")


def _paths(folder: Path) -> Iterator[Path | Refused]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            inside = sorted(p for p in here.iterdir() if not p.name.startswith("."))
        except OSError as error:
            yield Refused(
                b"", here.name, "file", f"the folder cannot be listed: {_why(error)}; check its rights"
            )
            continue
        deeper = []
        for path in inside:
            if path.is_dir() and not path.is_symlink():
                deeper.append(path)
            else:
                yield path
        waiting += reversed(deeper)


def _member(path: Path, root: Path) -> Raw | Refused:
    """One file of a folder; whatever is wrong with it is said and the others go on."""
    try:
        if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
            return Refused(
                b"", path.stem, "file", "it is a link that leads elsewhere; add what it leads to by name"
            )
        return _load(path)
    except _StrangeError as error:
        return Refused(b"", path.stem, "file", f"it is {error}, not a file; remove it from the folder")
    except (OSError, RuntimeError) as error:  # a link in a circle is a RuntimeError in 3.11, an OSError later
        why = _why(error) if isinstance(error, OSError) else "it is a link in a circle"
        return Refused(
            b"", path.stem, "file", f"it cannot be opened: {why}; check its rights and add it again"
        )


class _StrangeError(Exception):
    """Something on the disk that is no regular file; the words say what."""


def _load(path: Path) -> Raw | Refused:
    # Looked at before it is opened: opening a pipe would wait for ever.
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        raise _StrangeError(_form(mode))
    if path.stat().st_size > LIMIT:
        return Refused(b"", path.stem, "file", _TOO_LARGE)
    with path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:  # it grew meanwhile
        return Refused(b"", path.stem, "file", _TOO_LARGE)
    return Raw(data=data, document=path.stem, origin="file", suffix=path.suffix.lower())


def _form(mode: int) -> str:
    forms = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((words for test, words in forms if test(mode)), "a device")


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
