"""The verb demo: the book of one real incident, built from the reports that come with tollbook, and what it says."""

from __future__ import annotations

import shutil
import sys
import time
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from tollbook import checks, pipeline
from tollbook.cli import given, screen, story
from tollbook.cli.publish import slug
from tollbook.codes import Outcome
from tollbook.nouns import Judgement, Report
from tollbook.pipeline import Box, Ingested
from tollbook.values import Book

# Stands in a folder that the demo made, and in no other: only such a folder is ever made anew.
MARK = "DEMO"
MARKED = "This folder was made by `tollbook demo`, which makes it anew unless you have added something of your own.\n"
METHOD = "strict"
SHIPPED = "tollbook.demo"


def demo(
    box: Annotated[
        Path, typer.Option(help="Where: a folder that is new or empty, or one that the demo made.")
    ] = Path("demo-book"),
) -> None:
    """Build the demo book and print what it says.

    It is the attack on Ghwayran prison, Hasakeh, in January 2022, from the reports that come with tollbook.
    """
    began = time.perf_counter()
    with resources.as_file(resources.files(SHIPPED)) as shipped:
        own = _cleared(box, shipped)
        _made(box, shipped)
        with pipeline.open_box(box) as opened, screen.progress("reading") as progress:
            done = pipeline.ingest(opened, [str(shipped / "reports")], now=given.now(), progress=progress)
    with pipeline.open_box(box) as opened:
        book = given.realised(opened)
        main = given.largest(book, None)
        took = time.perf_counter() - began
        _opening(book, main, done, took, own=own)
        _telling(book, main)
        _closing(opened, book, main)


def _cleared(box: Path, shipped: Path) -> bool:
    """Removes what an earlier demo made; returns whether the folder holds a person's own work, which stays.

    Raises:
        MistakeError: the folder is somebody else's.
    """
    if not box.exists() or (box.is_dir() and not any(box.iterdir())):
        return False
    if not (box / MARK).is_file():
        raise given.MistakeError(
            f"{box} is there and is no demo book; choose another folder with --box FOLDER"
        )
    if (box / given.BOX).is_file():
        names = {path.stem for path in (shipped / "reports").iterdir()}
        with pipeline.open_box(box) as opened:
            entries = opened.log.entries()
        if any(
            isinstance(e, Judgement) or (isinstance(e, Report) and e.document not in names) for e in entries
        ):
            return True
    for path in box.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARK:
            path.unlink()
    return False


def _made(box: Path, shipped: Path) -> None:
    """Makes the box with its mark and the source cards."""
    box.mkdir(parents=True, exist_ok=True)
    # The mark comes first: a demo that was interrupted can then be made anew.
    (box / MARK).write_text(MARKED, encoding="utf-8")
    pipeline.init_box(box)
    for card in sorted((shipped / "sources").glob("*.toml")):
        shutil.copyfile(card, box / "sources" / card.name)


def _opening(book: Book, main: str, done: Ingested, took: float, *, own: bool) -> None:
    screen.heading(book.incidents[main].name)
    read = f"{screen.counted(len(done.added), 'report')} read" if done.added else "no new report"
    screen.para(
        f"{read}, {screen.counted(len(book.claims), 'claim')} and {screen.counted(len(book.courses), 'course claim')} "
        f"in the book, {took:.1f} seconds. The reports are retold in our own words from what these publishers printed."
    )
    if own:
        screen.para("The book holds work of your own, so it was not made anew.")
    incidents = sorted(book.incidents, key=lambda i: (-len(book.of(i)), i))
    told = [
        (
            book.incidents[i].name,
            screen.number(len({s.report for s in (*book.of(i), *book.course_of(i))})),
            screen.number(len(book.of(i))),
        )
        for i in incidents
    ]
    screen.para(f"They tell of {screen.counted(len(told), 'incident')}, which stay apart:")
    screen.table(("incident", "reports", "claims"), told, right=(1, 2))


def _telling(book: Book, main: str) -> None:
    """The sections of the story; each is computed from the book."""
    voices = story.Voices(book)
    screen.heading(
        "The running toll",
        "Killed, by party, day by day; a best stands only where the voices that stand agree.",
    )
    story.running(book, main, Outcome.KILLED, METHOD, voices)
    _key(voices)
    screen.heading("Disagreements", "Figures that cannot all be true. They are shown, not averaged.")
    story.disagreements(book, main, voices)
    screen.heading(
        "Findings", "What an editor should look at: contradictions are data, recomputed, never hidden."
    )
    story.findings(book, checks.check(book, checks.TIERS), voices)
    screen.heading("Moves", "Every change of the toll of everybody, typed, with its cause or its sentence.")
    story.moves(book, main, Outcome.KILLED, voices)
    screen.heading("Beside the dead", "Outcomes are never added to each other.")
    story.others(book, main, METHOD, voices)
    screen.heading("What happened, and who says so")
    story.timeline(book, main, voices)
    _key(voices)


def _key(voices: story.Voices) -> None:
    if voices.used:
        screen.para(voices.key(), style="dim")


def _closing(opened: Box, book: Book, main: str) -> None:
    folder = opened.folder / "published" / slug(book, main)
    paths = pipeline.publish(opened, main, "bulletin", folder, now=given.now(), method=METHOD)
    screen.heading(
        "The bulletin", "With a toll chart and a map; every number leads to the sentence it came from."
    )
    for path in paths:
        print(f"  {path}")
    screen.heading("With your own reports")
    for line in (
        *_activation(),
        "tollbook init my-box",
        "tollbook add --box my-box PATH|URL|- ...",
        "tollbook toll --box my-box",
    ):
        print(f"  {line}")


def _activation() -> list[str]:
    """What makes the command known to a shell that does not know it yet, as after ``make demo``."""
    script = Path(sys.prefix, "bin", "activate")
    if shutil.which("tollbook") or not script.is_file():
        return []
    here = Path.cwd()
    return [f". {script.relative_to(here) if script.is_relative_to(here) else script}"]
