"""What a check is, and what all of them share: the words of a claim in a finding, and the voice it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tollbook.nouns import Claim, Report, Statement
from tollbook.toll.sifting import origin_of
from tollbook.toll.wording import on, words
from tollbook.values import Book, Finding, fold

# The origin of what no publisher and no speaker stands behind, as ``book.origins`` has it.
NOBODY = "unknown"

TIERS = ("basic", "strict", "other")


@dataclass(frozen=True, slots=True)
class Check:
    """One complaint: its code, its tier, what it looks for in a line, and the function that finds it.

    Attributes:
        find: what it finds in a book; the book stands for everything that is known.
        since: for a check that asks how long ago something was: what it finds in a book that is read on a day.
            It is asked in place of ``find``. There is no clock here: the day is passed in, or is the last of the book.
    """

    code: str
    tier: str
    meaning: str
    find: Callable[[Book], Iterable[Finding]]
    since: Callable[[Book, date], Iterable[Finding]] | None = None


def teller(book: Book, statement: Statement) -> str:
    """Whose word a statement is."""
    return (
        origin_of(book, statement)
        if isinstance(statement, Claim)
        else book.origin_of.get(statement.id, "somebody")
    )


def named(origin: str) -> bool:
    """Whether an origin is a voice that a reader could name: not nobody, nor somebody whom nobody published."""
    return origin != NOBODY and not origin.endswith(f"({NOBODY})")


def matter(*voices: str) -> str:
    """A short mark of the voices in a dispute, so that a dispute with another voice in it is another finding.

    The names are those that may be shown; a confidential voice is its handle.
    """
    return sha256("\n".join(sorted(set(voices))).encode()).hexdigest()[:8]


def told(book: Book, statement: Statement) -> str:
    """Where a statement stands: its report's publisher and day, with the confidential by their handle."""
    report = book.reports.get(statement.report)
    if report is None:
        return "a report that is gone"
    card = book.source(report.publisher)
    return f"{card.handle if card else report.publisher or 'an unnamed publisher'}{on(report.said_on)}"


def headline(book: Book, report: Report) -> str:
    """What a report is called: its headline, else its short name; of a confidential publisher its id alone."""
    publisher = fold(report.publisher)
    secret = (
        n for s in (*book.sources.values(), *book.hidden) if s.confidential for n in (s.name, *s.aliases)
    )
    if any(fold(name) in publisher for name in secret if name.strip()):
        return f"report {report.id}"
    return f"“{report.title or report.document or report.address or report.id}”"


def said(book: Book, claim: Claim) -> str:
    """A claim in a clause: who gives which figure, where it stands."""
    return f"{teller(book, claim)} gives {words(claim.figure)} ({told(book, claim)})"


def listed(items: Iterable[str]) -> str:
    """Items as a sentence lists them: ``a, b and c``."""
    found = list(items)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
