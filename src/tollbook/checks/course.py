"""``course-disputed``: one voice says that it is over, another that it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tollbook.checks.kinds import Check, matter, teller, told
from tollbook.codes import Phase, Status
from tollbook.nouns import Course
from tollbook.toll.wording import on
from tollbook.values import Book, Finding

ABOUT = (Phase.ENDED, Phase.CONTINUES)


def find(book: Book) -> Iterator[Finding]:
    """One finding an incident: the first voice that ended it, and every voice that says later that it goes on."""
    for i, incident in sorted(book.incidents.items()):
        latest: dict[str, Course] = {}
        for course in sorted(book.course_of(i), key=_when):
            if course.phase in ABOUT and course.status is not Status.DENIED:
                latest[teller(book, course)] = course
        ended = [c for c in latest.values() if c.phase is Phase.ENDED]
        if not ended:
            continue
        first = min(ended, key=_when)
        going = [c for c in latest.values() if c.phase is Phase.CONTINUES and _after(c, first)]
        if not going:
            continue
        going.sort(key=_when)
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=f"{i}:{matter(*(teller(book, c) for c in (first, *going)))}",
            what=f"{incident.name}: {_said(book, first)}; " + "; ".join(_said(book, c) for c in going) + ".",
            why="Until it is over the toll can grow, and the timeline has two ends.",
            remedy="Publish both with their voices; look for a later word of either, or of somebody on the spot.",
            claims=(first.id, *(c.id for c in going)),
        )


def _when(course: Course) -> tuple[date, date, str]:
    """The day a course claim speaks of, then the day it was said."""
    said = course.said_on or date.min
    return course.date_to or course.date_from or said, said, course.id


def _after(goes_on: Course, end: Course) -> bool:
    """Whether somebody says that it goes on on the day of the end or later."""
    ended = end.date_to or end.date_from or end.said_on
    until = goes_on.date_to or goes_on.date_from or goes_on.said_on
    return ended is not None and until is not None and until >= ended


def _said(book: Book, course: Course) -> str:
    what = "is over" if course.phase is Phase.ENDED else "goes on"
    return f"{teller(book, course)} says{on(course.said_on)} that it {what} (“{course.quote}”, {told(book, course)})"


CHECK = Check("course-disputed", "strict", "one voice says that it is over, another that it goes on", find)
