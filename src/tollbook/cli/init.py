"""The verb init: a new box, empty and ready."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tollbook import pipeline
from tollbook.cli import given, screen


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where; made if need be.")] = Path(),
    *,
    dry_run: given.DryRun = False,
) -> None:
    """Make a box, empty and ready.

    A box is a folder with tollbook.toml, source cards, the log and the kept originals.
    """
    if (folder / given.BOX).exists():
        raise given.MistakeError(f"{folder} is a box already; feed it with: tollbook add --box {folder} PATH")
    if dry_run:
        screen.say(f"would make a box in {folder.absolute()}")
        return
    pipeline.init_box(folder)
    screen.para(f"A box was made in {folder.absolute()}.")
    where = "" if folder == Path() else f" --box {folder}"
    screen.para(f"Feed it with: tollbook add{where} PATH|URL|-")
