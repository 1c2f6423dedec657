"""The methods of counting as rows."""

from __future__ import annotations

from tollbook.toll import Method


def data(method: Method) -> dict[str, object]:
    """A method as JSON has it."""
    return {
        "name": method.name,
        "version": method.version,
        "description": method.description,
        "digest": method.digest,
    }
