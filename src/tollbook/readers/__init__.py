"""Readers beside the rules: a language model, and a dependency parse; each is loaded when it is asked for."""

from tollbook.readers.errors import ReaderError

__all__ = ["ReaderError"]
