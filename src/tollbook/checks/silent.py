"""``source-silent``: a voice of which more is expected than it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tollbook.checks.kinds import Check
from tollbook.checks.scope import latest
from tollbook.nouns import Source
from tollbook.values import Book, Finding

WEEK = timedelta(days=7)


def find(book: Book) -> Iterator[Finding]:
    """The silent voices on the last day that the book knows."""
    day = latest(book)
    return iter(()) if day is None else since(book, day)


def since(book: Book, today: date) -> Iterator[Finding]:
    """The voices whose cards expect more of them than the book has by that day."""
    words = _words(book)
    begun = min((days[0] for days in map(sorted, words.values())), default=None)
    if begun is None:
        return
    for i, card in sorted(book.sources.items(), key=lambda pair: (pair[1].handle, pair[0])):
        said = words.get(card.handle, {})
        what = _silence(card, said, begun, today) or _meagre(card, said, begun, today)
        if what:
            last = max((d for d in said if d <= today), default=None)
            yield Finding(
                code=CHECK.code,
                tier=CHECK.tier,
                subject=i,
                what=what,
                why="A voice that falls silent may be cut off, in danger or overtaken; what it would have counted is missing from every toll.",
                remedy="Ask for it, look whether its reports still come in, or change what its card expects (silent_days, yields_min).",
                claims=tuple(sorted(said[last])) if last is not None else (),
            )


def _silence(card: Source, said: Mapping[date, list[str]], begun: date, today: date) -> str:
    """That nothing was heard for longer than is expected; empty when all is well."""
    if card.silent_days is None:
        return ""
    heard = [day for day in said if day <= today]
    quiet = (today - max(heard, default=begun)).days
    if quiet <= card.silent_days:
        return ""
    last = f"its last word is of {max(heard)}" if heard else f"nothing since the book begins on {begun}"
    return f"{card.handle} has been silent for {quiet} days up to {today}: {last}; more than {card.silent_days} days are strange."


def _meagre(card: Source, said: Mapping[date, list[str]], begun: date, today: date) -> str:
    """That the last week brought fewer claims than expected; a book younger than a week expects nothing."""
    if card.yields_min is None or today - begun < WEEK - timedelta(days=1):
        return ""
    count = sum(len(ids) for day, ids in said.items() if today - WEEK < day <= today)
    if count >= card.yields_min:
        return ""
    return f"{card.handle} gave {count} claims in the week up to {today}; {card.yields_min} a week are expected at least."


def _words(book: Book) -> dict[str, dict[date, list[str]]]:
    """Origin to the days on which it said something, with the claims of each day."""
    found: dict[str, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for i, claim in book.claims.items():
        if claim.said_on is not None:
            found[book.origin_of.get(i, "")][claim.said_on].append(i)
    for i, course in book.courses.items():
        if course.said_on is not None:
            # A word, though no claim: it breaks a silence and is not counted.
            found[book.origin_of.get(i, "")].setdefault(course.said_on, [])
    for report in book.reports.values():
        card = book.source(report.publisher)
        if card is not None and report.said_on is not None:
            found[card.handle].setdefault(report.said_on, [])
    return found


CHECK = Check("source-silent", "other", "a source says less than its card expects of it", find, since)
