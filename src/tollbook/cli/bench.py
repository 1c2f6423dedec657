"""The verb bench: the reading measured against annotated texts, beside a floor, a laboratory and the best peer."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tollbook.cli import given, measures, screen, yardstick
from tollbook.cli.given import MistakeError


class What(StrEnum):
    """What is measured."""

    READ = "read"


class Name(StrEnum):
    """A set of annotated texts."""

    DEV = "dev"
    MUC4 = "muc4"
    WAD = "wad"
    AIRWARS = "airwars"
    GVA = "gva"
    DISPLACEMENT = "displacement"


def bench(
    what: Annotated[What, typer.Argument(help="What is measured.")] = What.READ,
    *,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--yardstick", envvar="TOLLBOOK_YARDSTICK", help="The folder with the sets and their scorers."
        ),
    ] = None,
    only: Annotated[list[Name] | None, typer.Option("--set", help="This set alone; may be repeated.")] = None,
    show: Annotated[
        int, typer.Option(help="Print so many errors of each kind, of the open halves.", min=0)
    ] = 0,
    keep: Annotated[Path | None, typer.Option(help="Keep what was read in this folder.")] = None,
    reader: Annotated[str, typer.Option(help="Who reads: rules, or the reader of a plugin.")] = "rules",
    json: given.AsJson = False,
) -> None:
    """Score the reading against annotated texts.

    Without --yardstick it says which sets there are and how to lay them out.
    """
    if folder is None:
        _about(as_json=json)
        return
    missing = [
        n for n in ("score.py", "tolls.py", "unpack.py", "muc4/score.py") if not (folder / n).is_file()
    ]
    if missing:
        raise MistakeError(
            f"{folder} holds no {missing[0]}; name the folder with the scorers, or see: tollbook bench {what}"
        )
    sets = [str(n) for n in only or ()] or [n for n in measures.SETS if (folder / n).is_dir()]
    try:
        runs = yardstick.measure(folder, sets, show=show, keep=keep, reader=reader)
    except yardstick.ScorerError as error:
        raise MistakeError(str(error)) from error
    if json:
        screen.data({run.name: yardstick.plain(run) for run in runs})
        return
    print(yardstick.table(runs))
    for run in runs:
        for breach in run.breaches[:5]:
            print(f"breach in {run.name}: {breach}")


def _about(*, as_json: bool) -> None:
    rows = [(name, *about) for name, about in measures.ABOUT.items()]
    if as_json:
        screen.data([dict(zip(("set", "what", "size", "source"), row, strict=True)) for row in rows])
        return
    screen.table(("set", "what", "size", "from"), rows)
    screen.para(
        "The texts belong to others and are not part of tollbook. Lay them out as FOLDER/SET/docs.jsonl and "
        "FOLDER/SET/gold.jsonl (dev as docs/ID.txt and gold/ID.json) beside the scorers score.py, tolls.py, unpack.py "
        "and muc4/score.py, then run: tollbook bench read --yardstick FOLDER"
    )
