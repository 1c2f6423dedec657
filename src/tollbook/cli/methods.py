"""The verb methods: how standing claims can become a figure, each with its version and its words."""

from __future__ import annotations

from tollbook import toll as reckoning
from tollbook.cli import given, screen


def methods(*, json: given.AsJson = False) -> None:
    """List the methods by which claims become a figure."""
    rows = [(name, str(m.version), m.description) for name, m in reckoning.METHODS.items()]
    if json:
        screen.data([dict(zip(("name", "version", "description"), row, strict=True)) for row in rows])
    else:
        screen.table(("method", "version", "what it does"), rows)
