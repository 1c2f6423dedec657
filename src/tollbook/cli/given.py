"""What the caller gave, made into values: the box, ids by a unique prefix, days, moments, and the shared options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from tollbook import pipeline
from tollbook.cli import screen
from tollbook.codes import Outcome
from tollbook.nouns import Claim, Course, Entry
from tollbook.pipeline import Box
from tollbook.toll import Method
from tollbook.values import ALL, Book

V = TypeVar("V")

BOX = "tollbook.toml"  # the file that makes a folder a box
SHORTEST = 3  # fewer letters are a word of a name rather than the beginning of an id

BoxAt = Annotated[
    Path | None,
    typer.Option(
        "--box", envvar="TOLLBOOK_BOX", help="The box; without it, the current folder or one above it."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept with the judgement.")]
Whose = Annotated[str, typer.Option(envvar="TOLLBOOK_BY", help="Who decides, as it shall stand in the log.")]
AsOf = Annotated[str | None, typer.Option(metavar="DAY", help="Only what was said up to this day.")]
KnownAt = Annotated[
    str | None, typer.Option(metavar="MOMENT", help="Only what had been recorded up to this moment (UTC).")
]
MethodName = Annotated[str, typer.Option(help="How standing claims become a figure; see tollbook methods.")]
Which = Annotated[
    str | None,
    typer.Argument(metavar="[INCIDENT]", help="Its id, the beginning of it, or words of its name."),
]


class MistakeError(Exception):
    """The caller's mistake: a sentence that says what, where and what to do."""


def box_at(given: Path | None) -> Path:
    """The folder of the box: the one given, else the current folder or the nearest above that is one.

    Raises:
        MistakeError: there is no box there.
    """
    if given is not None:
        if not (given / BOX).is_file():
            raise MistakeError(
                f"{given} is not a box (it holds no {BOX}); make one with: tollbook init {given}"
            )
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / BOX).is_file():
            return folder
    raise MistakeError(
        f"no box in {here} or above it; make one with: tollbook init FOLDER, or name one with --box"
    )


def methods(box: Path | None) -> dict[str, Method]:
    """The methods that can be asked for in the box that the caller means.

    Raises:
        MistakeError: there is no box there.
        MethodError: a file in its folder of methods cannot be used.
    """
    return pipeline.methods(box_at(box))


def now() -> datetime:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def day(text: str | None) -> date | None:
    """The day that was written, None for none.

    Raises:
        MistakeError: it is no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise MistakeError(f"{text!r} is no day; write it as 2022-01-31") from None


def moment(text: str | None) -> datetime | None:
    """The moment that was written, UTC; of a bare day its last, so that the whole day is known.

    Raises:
        MistakeError: it is no moment.
    """
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text.strip()):
            return datetime.combine(date.fromisoformat(text.strip()), time.max, UTC)
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise MistakeError(
            f"{text!r} is no moment; write it as 2022-01-31 or 2022-01-31T18:00 (UTC)"
        ) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    # A moment written to the second holds that whole second.
    return found if found.microsecond else found + timedelta(microseconds=999_999)


def outcome(text: str | None) -> Outcome | None:
    """The outcome of that name, None for none.

    Raises:
        MistakeError: there is no such outcome.
    """
    if text is None:
        return None
    try:
        return Outcome(text.strip().lower().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise MistakeError(f"{text!r} is no outcome; one of {', '.join(Outcome)}") from None


def one(things: Mapping[str, V] | Iterable[str], prefix: str, what: str) -> str:
    """The one id that begins with the prefix.

    Args:
        things: by id, or ids alone.
        prefix: the beginning of an id, or all of it.
        what: what is looked for, for the message ("claim").

    Raises:
        MistakeError: no id begins so, or more than one does.
    """
    found = [i for i in things if i.startswith(prefix)]
    if prefix and prefix in found:
        return prefix
    if len(found) == 1 and prefix:
        return found[0]
    if not found or not prefix:
        raise MistakeError(f"no {what} has an id that begins with {prefix!r}; {_WHERE.get(what, _LISTS)}")
    shown = ", ".join(sorted(found)[:4]) + (" ..." if len(found) > 4 else "")
    raise MistakeError(f"{len(found)} ids begin with {prefix!r} ({shown}); write more of it")


_LISTS = "list the ids with: tollbook print --ids"
_WHERE = {
    "incident": "list them with: tollbook incidents",
    "finding": "list them with: tollbook check --all",
    "source": "list them with: tollbook sources",
}


def incident(book: Book, given: str) -> str:
    """The incident meant by the beginning of its id or by words of its name.

    Raises:
        MistakeError: none is meant, or more than one.
    """
    if any(i.startswith(given) for i in book.incidents):
        return one(book.incidents, given, "incident")
    words = given.casefold().split()
    named = [i for i, e in book.incidents.items() if words and all(w in e.name.casefold() for w in words)]
    if len(named) == 1:
        return named[0]
    if not named:
        raise MistakeError(f"no incident {given!r} in this book; {_WHERE['incident']}")
    raise MistakeError(
        f"{len(named)} incidents are called {given!r}; give an id: tollbook incidents lists them"
    )


def largest(book: Book, given: str | None) -> str:
    """The incident meant; when none is given, the one with the most claims.

    Raises:
        MistakeError: the book holds no incident yet, or not the one given.
    """
    if given is not None:
        return incident(book, given)
    if not book.incidents:
        raise MistakeError("this book holds no incident yet; feed it with: tollbook add PATH")
    return max(book.incidents, key=lambda i: (len(book.of(i)), i))


def group(book: Book, incident_id: str, text: str) -> str:
    """The group meant: a party by its name, its words or its initials, ``civilians``, or all.

    Raises:
        MistakeError: no claim of this incident speaks of such a group.
    """
    if text.strip().casefold() in {"", "all", "everybody"}:
        return ALL
    groups = {c.party for c in book.of(incident_id) if c.party} | {"civilians"}
    folded = text.casefold()
    for name in sorted(groups):
        initials = "".join(w[0] for w in name.split())
        if folded in {name.casefold(), initials.casefold()}:
            return name
    near = [name for name in sorted(groups) if folded in name.casefold()]
    if len(near) == 1:
        return near[0]
    raise MistakeError(f"no group {text!r} in this incident; one of: all, {', '.join(sorted(groups))}")


def entry(book: Book, prefix: str, *, what: str = "entry") -> str:
    """The id of the entry that begins with the prefix, of any kind.

    Raises:
        MistakeError: none does, or more than one.
    """
    return one(everything(book), prefix, what)


def everything(book: Book) -> dict[str, Entry]:
    """Every entry of the book by id, those that fell and those that wait included."""
    return {
        **book.sources, **book.reports, **book.unread, **book.incidents, **book.links, **book.assertions, **book.sites,
        **book.judgements, **book.publications, **book.courses, **book.doubts, **book.waiting, **book.claims,
        **{i: claim for i, (claim, _) in book.fallen.items()},
    }  # fmt: skip


@contextmanager
def opened(box: Path | None) -> Iterator[Box]:
    """The box that the caller means, open until the end.

    Raises:
        MistakeError: there is no box there.
        LogError: its log is locked, damaged or missing.
    """
    with pipeline.open_box(box_at(box)) as found:
        yield found


def book(box: Path | None, known_at: str | None) -> Book:
    """The book of the box that the caller means, as known at the moment written.

    Raises:
        MistakeError: there is no box there, or what is written is no moment.
        LogError: its log is locked, damaged or missing.
    """
    when = moment(known_at)
    with opened(box) as found:
        return realised(found, when)


def realised(box: Box, when: datetime | None = None) -> Book:
    """The book of an open box as known at a moment; what is printed from now on covers whom it hides."""
    found = pipeline.book(box, when)
    screen.behind(found)
    return found


def statement(book: Book, given: str | None) -> Claim | Course | None:
    """The claim or course claim whose id begins so; None when it is not one but may be an incident.

    Raises:
        MistakeError: more than one begins so.
    """
    if given is None or len(given) < SHORTEST or any(i.startswith(given) for i in book.incidents):
        return None
    said: dict[str, Claim | Course] = {
        **{i: claim for i, (claim, _) in book.fallen.items()}, **book.courses, **book.waiting, **book.claims,
    }  # fmt: skip
    if not any(i.startswith(given) for i in said):
        return None
    return said[one(said, given, "claim")]
