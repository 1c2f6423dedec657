"""``ReaderError``: a reader that cannot read, with what to do about it."""

from __future__ import annotations


class ReaderError(Exception):
    """A reader cannot be used or gave no usable answer: what happened, and what to do."""


__all__ = ["ReaderError"]
