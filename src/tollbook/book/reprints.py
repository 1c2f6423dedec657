"""Reprints: reports of nearly one text are a lot; a statement that stands in several of them is the first one's.

Which texts are nearly the same is found where the texts are at hand and stands in ``Report.reprints``; here are no texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.nouns import Claim, Course, Report, Statement
from tollbook.values import fold

# Of the fewer words of two statements' quotes this share must be in both for them to be one sentence: an updated
# wire changes its number and a word or two.
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


@dataclass(slots=True)
class _Sentence:
    """One sentence of a lot: the report in which it stood first, and what its prints said."""

    home: str
    kind: tuple[str, str]
    words: frozenset[str] | None
    says: set[object] = field(default_factory=set)


def firsts(
    lot: Sequence[str], said: Mapping[str, Sequence[Statement]], text: Callable[[str], bool]
) -> dict[str, str]:
    """Statement id to the report in which its sentence stood first; of those alone that stood before.

    A sentence of an earlier print is met once in a later one: first by what says the same, then in order by what says
    another number in the same words. What is left over is the later paper's own.

    Args:
        lot: ids of reports, the first one first.
        said: report id to its statements, in the order of their text.
        text: whether a report still has its words; without them what is of one kind may be one sentence.
    """
    found: dict[str, str] = {}
    sentences: list[_Sentence] = []
    for report in lot:
        known = list(sentences)
        left = [(s, _words(s) if text(report) else None) for s in said.get(report, ())]
        for same in (True, False):
            rest = []
            for statement, words in left:
                met = next((k for k in known if _meets(k, statement, words, same=same)), None)
                if met is None:
                    rest.append((statement, words))
                else:
                    known.remove(met)
                    met.says.add(_says(statement))
                    found[statement.id] = met.home
            left = rest
        sentences += [_Sentence(report, _kind(s), words, {_says(s)}) for s, words in left]
    return found


def _words(statement: Statement) -> frozenset[str]:
    """The words of a quote without its numbers."""
    return frozenset(_WORD.findall(statement.quote.casefold()))


def _meets(sentence: _Sentence, statement: Statement, words: frozenset[str] | None, *, same: bool) -> bool:
    """Whether a statement is the sentence again: saying the same, or perhaps another number."""
    if sentence.kind != _kind(statement) or (same and _says(statement) not in sentence.says):
        return False
    if words is None or sentence.words is None:
        return True
    fewer = min(len(words), len(sentence.words))
    return len(words & sentence.words) >= ONE_SENTENCE * fewer if fewer else words == sentence.words


def _says(statement: Statement) -> object:
    if isinstance(statement, Claim):
        return statement.figure.low, statement.figure.best, statement.figure.high
    return (statement.type, statement.phase) if isinstance(statement, Course) else None


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
