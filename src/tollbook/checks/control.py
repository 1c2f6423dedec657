"""``control-disputed``: on one day, one voice has a place in the hands of one side, another in those of the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tollbook.checks.kinds import Check, matter, teller, told
from tollbook.codes import Phase, Status
from tollbook.nouns import Course
from tollbook.toll.wording import on
from tollbook.values import Book, Finding

NEAR = timedelta(days=1)


def find(book: Book) -> Iterator[Finding]:
    """One finding an incident and place: voices that give it to different parties within a day."""
    for i, incident in sorted(book.incidents.items()):
        held: dict[str, dict[str, Course]] = defaultdict(dict)
        for course in book.course_of(i):
            sure = course.status in {Status.ASSERTED, Status.ALLEGED}
            if course.phase is Phase.CONTROL_CHANGED and sure and course.actors and course.place:
                held[course.place.casefold()][teller(book, course)] = course
        for _, by_voice in sorted(held.items()):
            sides = sorted(v for v, c in by_voice.items() if any(_other(c, o) for o in by_voice.values()))
            if not sides:
                continue
            courses = [by_voice[v] for v in sides]
            said = "; ".join(
                f"{v} has it taken by {c.actors[0]}{on(_day(c))} ({told(book, c)})"
                for v, c in zip(sides, courses, strict=True)
            )
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=f"{i}:{matter(*sides, courses[0].place or '')}",
                what=f"{incident.name}, {courses[0].place}: {said}.",
                why="The timeline has the place in two hands at once; each side tells its own gains first.",
                remedy="Publish both with their voices; look for somebody on the spot, or for pictures that can be placed.",
                claims=tuple(c.id for c in courses),
            )


def _day(course: Course) -> date | None:
    return course.date_to or course.date_from or course.said_on


def _other(a: Course, b: Course) -> bool:
    """Whether two courses give a place to different parties within a day."""
    first, second = _day(a), _day(b)
    apart = first is not None and second is not None and abs(first - second) > NEAR
    return not apart and a.actors[0].casefold() != b.actors[0].casefold() and a.type != b.type


CHECK = Check("control-disputed", "strict", "two voices have a place in the hands of different sides", find)
