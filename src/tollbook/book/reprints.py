"""Reprints: reports of nearly one text are a lot; a statement that stands in several of them is the first one's.

Which texts are nearly the same is found where the texts are at hand and stands in ``Report.reprints``; here are no texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tollbook.nouns import Claim, Report, Statement
from tollbook.values import fold

# Of the fewer words of two statements' quotes this share must be in both for them to be one sentence: an updated
# wire changes its number and a word or two, and a paper's own sentence shares little more than "people were killed".
ONE_SENTENCE = 0.6

_WORD = re.compile(r"[^\W\d_]+")


class Lots:
    """Reports that are bound by ``reprints``, however many steps apart."""

    def __init__(self, reports: Iterable[Report] = ()) -> None:
        self._in: dict[str, list[str]] = {}
        for report in reports:
            self.add(report)

    def add(self, report: Report) -> None:
        """Takes note of a report."""
        if report.reprints is None or report.reprints == report.id:
            return
        mine, other = self.of(report.id), self.of(report.reprints)
        if mine is not other:
            mine += other
            self._in |= dict.fromkeys(mine, mine)

    def of(self, report: str) -> list[str]:
        """The ids of the lot that a report is in, itself among them."""
        return self._in.get(report) or [report]

    def __iter__(self) -> Iterator[list[str]]:
        return iter({id(lot): lot for lot in self._in.values()}.values())


def firsts(
    lot: Sequence[str], said: Mapping[str, Sequence[Statement]], text: Callable[[str], bool]
) -> dict[str, str]:
    """Statement id to the report in which its sentence stood first; of those alone that stood before.

    Args:
        lot: ids of reports, the first one first.
        said: report id to its statements.
        text: whether a report still has its words; without them what is of one kind is taken for one sentence.
    """
    found: dict[str, str] = {}
    before: list[tuple[Statement, frozenset[str] | None, str]] = []
    for report in lot:
        own = [(s, _words(s) if text(report) else None) for s in said.get(report, ())]
        for statement, words in own:
            first = next((r for other, theirs, r in before if _one(statement, words, other, theirs)), None)
            if first is not None:
                found[statement.id] = first
        before += [(s, words, found.get(s.id, report)) for s, words in own]
    return found


def _words(statement: Statement) -> frozenset[str]:
    """The words of a quote without its numbers."""
    return frozenset(_WORD.findall(statement.quote.casefold()))


def _one(
    one: Statement, words: frozenset[str] | None, other: Statement, theirs: frozenset[str] | None
) -> bool:
    """Whether two statements of one lot are one sentence, perhaps with another number."""
    if _kind(one) != _kind(other):
        return False
    if words is None or theirs is None:
        return True
    fewer = min(len(words), len(theirs))
    return words == theirs if not fewer else len(words & theirs) >= ONE_SENTENCE * fewer


def _kind(statement: Statement) -> tuple[str, str]:
    """What is told, and by whom: what one text puts into a mouth is not what the other says itself."""
    told = statement.outcome if isinstance(statement, Claim) else statement.KIND
    return told, fold(statement.speaker or "")


def by_report(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of each report, in the order of their text."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: (s.span.start, s.id)):
        found[statement.report].append(statement)
    return found
