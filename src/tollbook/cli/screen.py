"""What is printed and how: tables, headings, figures and JSON; drawn in a terminal, plain when piped."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from tollbook.figures import Figure
from tollbook.publish.veil import Veil
from tollbook.publish.veil import shown as visible
from tollbook.toll.wording import words
from tollbook.values import Book
from tollbook.views.plain import plain

__all__ = [
    "behind", "clip", "counted", "covered", "data", "drawn", "heading", "line", "number", "para", "people", "plain",
    "progress", "say", "shown", "table", "three", "veil", "width", "words",
]  # fmt: skip

# A reading width: wider lines are hard to follow, and a piped text has no width of its own.
WIDEST = 110
PIPED = 100


class _Behind:
    """What lies between the verbs and the screen: the veil of the book that is open, if any."""

    book: Book | None = None
    veil: Veil | None = None


def behind(book: Book | None) -> None:
    """From now on everything that is printed has the names of this book's confidential sources covered; None: no more."""
    _Behind.book, _Behind.veil = book, None if book is None else Veil(book)


def veil(book: Book) -> Veil:
    """The veil of a book; that of the one that is open is made once."""
    if _Behind.veil is None or _Behind.book is not book:
        return Veil(book)
    return _Behind.veil


def safe(text: str) -> str:
    """The text as it may be printed: names covered, signs that a terminal obeys written out."""
    return visible(covered(text))


def covered(text: str) -> str:
    """The text with the names of confidential sources covered, and else as it stands."""
    return text if _Behind.veil is None else _Behind.veil.covered(text)


def drawn() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def width() -> int:
    """The characters of a line."""
    return min(WIDEST, shutil.get_terminal_size((PIPED, 40)).columns) if drawn() else PIPED


def _console() -> Console:
    return Console(width=width(), highlight=False, emoji=False, markup=False)


def heading(text: str, note: str = "") -> None:
    """Prints a heading with a line under it, and a sentence of explanation if there is one."""
    text = safe(text)
    if drawn():
        print()
        _console().print(Text(text, style="bold"))
    else:
        print(f"\n{text}\n{'-' * len(text)}")
    if note:
        para(note, style="dim")


def para(text: str, *, indent: str = "", style: str = "") -> None:
    """Prints a paragraph, wrapped to the width; lines of a text of several lines stay apart."""
    for line in safe(text).splitlines() or [""]:
        for piece in textwrap.wrap(
            line, width(), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        ) or [""]:
            if drawn() and style:
                _console().print(Text(piece, style=style))
            else:
                print(piece)


def say(text: str) -> None:
    """Prints a line on standard error: progress, notes, complaints."""
    print(safe(text), file=sys.stderr)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int] = ()) -> None:
    """Prints a table: drawn by rich in a terminal, else in aligned columns; the widest columns are broken to fit.

    Args:
        head: the names of the columns.
        rows: a row is as long as the head.
        right: columns whose cells stand to the right (numbers) and are never broken.
    """
    body = [[safe(" ".join(str(cell).split())) for cell in row] for row in rows]
    wide = _widths([list(head), *body], right, width())
    if drawn():
        # One blank of padding and one of the box: columns stand two blanks apart, as in the plain form.
        grid = Table(
            box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
        )
        for i, name in enumerate(head):
            grid.add_column(name, justify="right" if i in right else "left", width=wide[i], overflow="fold")
        for row in body:
            grid.add_row(*(Text(cell) for cell in row))
        _console().print(grid)
        return
    for line in _aligned([list(head), *body], right, wide):
        print(line)


# A column narrower than this is hard to read; it is not broken further.
NARROW = 14


def _widths(rows: list[list[str]], right: Collection[int], room: int) -> list[int]:
    """The widths of columns that stand two blanks apart: as wide as they need, the widest made narrower to fit."""
    wide = [max(1, *(_cells(row[i]) for row in rows)) for i in range(len(rows[0]))]
    texts = [i for i in range(len(wide)) if i not in right]
    while texts and sum(wide) + 2 * (len(wide) - 1) > room:
        widest = max(texts, key=lambda i: wide[i])
        if wide[widest] <= NARROW:
            break
        wide[widest] -= 1
    return wide


def _aligned(rows: list[list[str]], right: Collection[int], wide: list[int]) -> Iterator[str]:
    """The rows as lines of columns two blanks apart, cells broken where they are wider than their column."""
    for row in rows:
        cells = [
            [cell] if i in right else (textwrap.wrap(cell, wide[i], break_on_hyphens=False) or [""])
            for i, cell in enumerate(row)
        ]
        for n in range(max(map(len, cells))):
            parts = [cell[n] if n < len(cell) else "" for cell in cells]
            yield "  ".join(_pad(c, wide[i], i in right) for i, c in enumerate(parts)).rstrip()


def _cells(text: str) -> int:
    """How many places a text takes on a screen: wide letters take two, combining signs none."""
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )


def _pad(text: str, size: int, to_right: bool) -> str:
    blanks = " " * max(0, size - _cells(text))
    return blanks + text if to_right else text + blanks


def data(value: object) -> None:
    """Prints a value as JSON, the names of confidential sources covered."""
    value = plain(value)
    print(
        json.dumps(value if _Behind.veil is None else _Behind.veil.all(value), ensure_ascii=False, indent=1)
    )


def line(text: str) -> None:
    """Prints a line for programs: as it stands, but for the names of confidential sources."""
    print(covered(text))


def number(n: int | None) -> str:
    """A number with thousands apart, a dash for none."""
    return "–" if n is None else f"{n:,}"


def three(figure: Figure) -> tuple[str, str, str]:
    """Low, best and high for a table."""
    return number(figure.low), number(figure.best), number(figure.high)


def people(group: str) -> str:
    """A group as a reader says it."""
    return group or "all"


def shown(book: Book, name: str | None) -> str:
    """The name of a voice as it may be shown: a confidential source by its handle."""
    if not name:
        return "the article itself"
    return veil(book).name(name)


def counted(n: int, thing: str, things: str = "") -> str:
    """A number with its thing, in the plural where need be: ``1 claim``, ``80 claims``."""
    return f"{number(n)} {thing if n == 1 else things or f'{thing}s'}"


def clip(text: str, size: int) -> str:
    """The text on one line, cut to a size with an ellipsis."""
    # Names first: half of one would be a name still.
    words = " ".join(covered(text).split())
    return words if len(words) <= size else words[: max(0, size - 1)].rstrip() + "…"


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """A function of (done, total, name) that shows how far long work is, on standard error.

    In a terminal it is a bar that goes away; else nothing is said until the work is done.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}"),
        console=Console(stderr=True, markup=False),
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=None, name="")
        yield lambda done, total, name: bar.update(
            task, completed=done, total=total or None, name=clip(name, 40)
        )
