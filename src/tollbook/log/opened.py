"""A SQLite file that is open: transactions, and what SQLite does outside of them; its faults as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import sqlalchemy as sa

from tollbook.log.faults import plainly, read_only


class Opened:
    """An open file; a context manager, or to be closed.

    Attributes:
        where: what it is called in messages.
        read_only: whether nothing can be written, because its folder may not be.
    """

    def __init__(self, engine: sa.Engine, where: str, *, read_only: bool = False) -> None:
        self._engine = engine
        self.where = where
        self.read_only = read_only

    @contextmanager
    def _transaction(self, *, write: bool = False) -> Iterator[sa.Connection]:
        if write and self.read_only:
            raise read_only(self.where)
        with plainly(self.where), self._engine.connect() as db:
            # Writers queue up at the start: two that read the same head would make a fork.
            db.execution_options(begin="BEGIN IMMEDIATE" if write else "BEGIN")
            with db.begin():
                yield db

    @contextmanager
    def _outside(self) -> Iterator[sa.Connection]:
        """A connection for what SQLite does not do in a transaction."""
        with plainly(self.where), self._engine.connect() as db:
            db.execution_options(begin="")
            yield db

    def close(self) -> None:
        """Closes it; the write-ahead log is folded into the file by the last to leave."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
