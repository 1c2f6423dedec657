"""The command line: one file a verb; exit codes 0, 1 (findings), 2 (usage or input, one clear line)."""

from tollbook.cli.command import app, main

__all__ = ["app", "main"]
