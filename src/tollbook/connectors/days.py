"""The day that a date as people and programs write it names; None where it can be read in two ways.

The day is the one written, in the zone it was written in: a report of 23:30 in its own city is of that
day, whatever the clock said in Greenwich.
"""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_tz

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T\d{4,6}.*)?$"),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s,-]+"
        + _MONTH.replace("(", "(?P<m>", 1)
        + r"[\s,-]+(?P<y>\d{4})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b"
        + _MONTH.replace("(", "(?P<m>", 1)
        + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
        re.IGNORECASE,
    ),
)
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)")

_FULL = re.compile(r"\s\d{4}\s")  # a year of four figures: 0001 does not stand for 2001


def day(text: str) -> date | None:
    """The one day that the text names, or None.

    Read are ISO 8601, RFC 2822, "31 January 2022", "Jan. 31st, 2022", "2022/01/31", and "31/01/2022"
    where it can only be read one way.
    """
    text = text.strip()[:200]
    found = {d for form in _FORMS for m in form.finditer(text) if (d := _made(m["y"], m["m"], m["d"]))}
    for a, _, b, year in _SLASHED.findall(text):
        found |= {d for d in (_made(year, a, b), _made(year, b, a)) if d}
    if not found and "," in text and not _FULL.search(text):
        # "Mon, 31 Jan 22 10:00:00 +0000", RFC 822's two-digit year
        parts = parsedate_tz(text)
        if parts and parts[0]:
            found = {d for d in (_made(str(parts[0]), str(parts[1]), str(parts[2])),) if d}
    return found.pop() if len(found) == 1 else None


def noted(text: str, *fallbacks: str) -> tuple[date | None, tuple[str, ...]]:
    """The first day that one of the texts names, and a note for each that names none."""
    notes: tuple[str, ...] = ()
    for written in (text, *fallbacks):
        if not written.strip():
            continue
        read = day(written)
        if read:
            return read, notes
        notes = (*notes, f"the date {written.strip()[:60]!r} cannot be read as one day; write 2022-01-31")
    return None, notes


# Before this there is no report to read, and what a program writes for "no date" (0001-01-01) is older.
FIRST = 1800


def _made(year: str, month: str, number: str) -> date | None:
    if int(year) < FIRST:
        return None
    try:
        return date(int(year), _MONTHS.get(month.lower().rstrip(".")) or int(month), int(number))
    except ValueError:
        return None
