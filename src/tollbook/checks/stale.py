"""``stale``: a toll that could still grow, or an event that goes on, of which nobody has told for days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tollbook.checks.kinds import Check, told
from tollbook.checks.scope import latest
from tollbook.codes import Outcome, Phase, Status
from tollbook.nouns import Course, Incident, Statement
from tollbook.toll.sifting import day_of
from tollbook.toll.tolls import compute
from tollbook.toll.wholes import names
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

# News of a blow is told within days; a week without a word of a toll that was still growing is a gap in what is read.
SILENT = timedelta(days=7)


def find(book: Book) -> Iterator[Finding]:
    """What is stale on the last day of the book."""
    day = latest(book)
    return since(book, day) if day is not None else iter(())


def since(book: Book, today: date) -> Iterator[Finding]:
    """The incidents that were open when they were last told of, longer ago than SILENT, seen from a day."""
    for i, incident in sorted(book.incidents.items()):
        told_of: list[tuple[date, Statement]] = [
            (day, c) for c in book.of(i) if (day := day_of(book, c)) is not None
        ] + [(c.said_on, c) for c in book.course_of(i) if c.said_on is not None]
        if not told_of:
            continue
        last, statement = max(told_of, key=lambda p: (p[0], p[1].id))
        if today - last < SILENT:
            continue
        toll = compute(book, i, Outcome.KILLED)
        rising = tuple(u.claim for u in toll.used) if toll.may_rise else ()
        going = _goes_on(book, i)
        if not rising and going is None:
            continue
        reason = f"its {words(toll.figure)} killed could still rise" if rising else "it was said to go on"
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=f"{i}:{last}",
            what=f"{incident.name}: {reason}, and nothing was told of it since {last} ({told(book, statement)}), "
            f"{(today - last).days} days.",
            why="Silence is not the end of it: the last figure is a least until somebody says that it is final.",
            remedy="Look for a later report of the same voice, or for the end of the event; publish the figure with its day.",
            claims=rising or ((going.id,) if going else ()),
        )


def _goes_on(book: Book, incident: str) -> Course | None:
    """The last word on the course of an incident, if it is that it goes on."""
    said = [
        c for c in book.course_of(incident)
        if c.phase in {Phase.CONTINUES, Phase.ENDED} and _here(book.incidents[incident], c) and c.status is not Status.DENIED and c.said_on is not None
    ]  # fmt: skip
    last = max(
        said,
        key=lambda c: (c.said_on or date.min, c.date_to or date.min, c.phase is Phase.ENDED, c.id),
        default=None,
    )
    return last if last is not None and last.phase is Phase.CONTINUES else None


def _here(incident: Incident, course: Course) -> bool:
    """Whether a course claim is of the incident's own place, as far as it says: not of the war around it."""
    ours, theirs = names((incident.place or "").partition(",")[0]), names(course.place)
    return course.phase is Phase.ENDED or not ours or not theirs or bool(ours & theirs)


CHECK = Check("stale", "other", "a toll that could still grow was not told of for a week", find, since)
