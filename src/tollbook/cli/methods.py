"""The verb methods: how standing claims can become a figure, each with its version and its words."""

from __future__ import annotations

from tollbook import plugins
from tollbook.cli import given, screen


def methods(*, json: given.AsJson = False) -> None:
    """List how claims can become a figure."""
    rows = [(name, str(m.version), m.description) for name, m in plugins.methods().items()]
    if json:
        screen.data([dict(zip(("name", "version", "description"), row, strict=True)) for row in rows])
    else:
        screen.table(("method", "version", "what it does"), rows)
