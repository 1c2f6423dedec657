"""The verb read: what reports say, without a box: for programs, as a table, or marked in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen
from tollbook.cli.add import Published, Targets
from tollbook.cli.annotate import annotated, labels, line
from tollbook.cli.contract import document
from tollbook.nouns import Report
from tollbook.values import Reading


class Format(StrEnum):
    """How a reading is printed."""

    JSONL = "jsonl"
    TABLE = "table"
    ANNOTATED = "annotated"


def read(
    targets: Targets,
    *,
    format: Annotated[Format, typer.Option("--format", "-f", help="For programs, as a table, or marked in the text.")] = Format.TABLE,
    published: Published = None,
    json: given.AsJson = False,
) -> int:
    """Read reports and print their claims; nothing is kept. Exit code 2 if one could not be read."""
