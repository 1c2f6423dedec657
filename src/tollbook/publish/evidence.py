"""Evidence: for each statement its anchor and its sentence, for each number in a text the statement it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from tollbook import figures
from tollbook.codes import Mode, Scope, Status
from tollbook.figures import Figure
from tollbook.log import LogError
from tollbook.nouns import Claim, Course, Report, Statement
from tollbook.publish import words
from tollbook.publish.page import Paper, Quoted, Run, Voice
from tollbook.publish.veil import Veil, shown
from tollbook.text import Document
from tollbook.values import Book

# Days are no counts: 2022-01-30, 30 January; names of things neither: F-16, T-72.
_TOKEN = re.compile(
    r"(?P<day>\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?: \d{4}\b)?)"
    r"|(?P<thing>\b[A-Za-z]+-?\d+\b|\b[0-9a-f]{16}\b)"
    r"|(?P<figure>\d*\.\.(?:\(\d+\)\.\.)?\d+|\d+\.\.(?!\d))"
    r"|(?P<number>\d[\d,]*)"
)


# Said of a quote in which a name was covered, so that nobody takes it for the words as they stand.
COVERED = "a name is covered"


class Evidence:
    """The statements of an incident as a publication cites them.

    Args:
        book: the snapshot.
        veil: what may be shown.
        texts: gives the text of a report by the report's id; LookupError, OSError or LogError where it cannot.
    """

    def __init__(self, book: Book, veil: Veil, texts: Callable[[str], str] | None = None) -> None:
        self.book, self.veil = book, veil
        self._texts = texts
        self._document = lru_cache(maxsize=32)(self._open)

    def statement(self, key: str) -> Statement | None:
        """The claim or course claim of that id, standing, waiting or fallen."""
        book = self.book
        fallen = book.fallen.get(key)
        return (
            book.claims.get(key)
            or book.courses.get(key)
            or book.waiting.get(key)
            or (fallen[0] if fallen else None)
        )

    def target(self, key: str) -> str:
        """The link to a statement's place in the sources list."""
        return f"#c-{key}"

    def origin(self, statement: Statement) -> str:
        """Whose word it is."""
        report = self.book.reports.get(statement.report)
        return (
            self.book.origin_of.get(statement.id)
            or statement.speaker
            or (report.publisher if report else "")
            or "unknown"
        )

    def voice(self, name: str) -> Voice:
        """An origin's short and full name: the capitals that its card lists, else the name."""
        card = self.book.source(name)
        full = self.veil.name(name)
        if card is None or card.confidential:
            return Voice(full, full)
        short = next((a for a in card.aliases if a.isupper() and len(a) < 7), full)
        return Voice(self.veil(short), full)

    def runs(self, text: str, claims: Sequence[str], fallback: str) -> tuple[Run, ...]:
        """A sentence of ours with every number in it a link.

        A number leads to the claim that gives it; one that no claim gives was computed, and leads to ``fallback``.
        """
        known = [s for key in claims if isinstance(s := self.statement(key), Claim)]
        return tuple(self._runs(self.veil(text), known, fallback))

    def _runs(self, text: str, claims: Sequence[Claim], fallback: str) -> Iterator[Run]:
        at = 0
        for token in _TOKEN.finditer(text):
            if token["figure"]:
                figure = figures.parse(token["figure"])
                label = words.plain(figure)
            elif token["number"]:
                number = token["number"].rstrip(",")
                figure = figures.exactly(int(number.replace(",", "")))
                label = number if len(number) < 4 or "," in number else words.count(int(number))
            elif token["day"]:
                figure, label = figures.NOTHING, _day(token["day"])
            else:
                continue
            end = token.end() - (len(token["number"] or "") - len((token["number"] or "").rstrip(",")))
            if text[at : token.start()]:
                yield Run(text[at : token.start()])
            giver = next((c for c in claims if _gives(c, figure)), None)
            if token["day"]:
                yield Run(label, day=True)
            else:
                yield Run(label, self.target(giver.id) if giver else fallback)
            at = end
        if text[at:]:
            yield Run(text[at:])

    def papers(self, keys: Sequence[str]) -> tuple[Paper, ...]:
        """The sources list: the reports of these statements by day, each with its statements in text order."""
        found: dict[str, list[Statement]] = {}
        for key in dict.fromkeys(keys):
            statement = self.statement(key)
            if statement is not None:
                found.setdefault(statement.report, []).append(statement)
        reports = [(self.book.reports.get(r), r, said) for r, said in found.items()]
        reports.sort(
            key=lambda row: (
                str(row[0].said_on if row[0] else ""),
                row[0].publisher if row[0] else "",
                row[1],
            )
        )
        return tuple(self._paper(report, key, said) for report, key, said in reports)

    def _paper(self, report: Report | None, key: str, said: Sequence[Statement]) -> Paper:
        lines = sorted(said, key=lambda s: (s.span.start, s.span.end, s.id))
        quoted = tuple(self._quoted(s, report) for s in lines)
        if report is None:
            return Paper(f"r-{key}", "unknown publisher", "", "undated", "", "", "", quoted)
        return Paper(
            f"r-{key}",
            self.veil.name(report.publisher) or "unknown publisher",
            "" if self.veil.hides(report) else self.veil(report.title),
            words.day(report.said_on),
            self.veil.address(report),
            report.lang if re.fullmatch(r"[a-z]{2,3}", report.lang) else "",
            _short(self.veil.address(report)),
            quoted,
        )

    def _quoted(self, statement: Statement, report: Report | None) -> Quoted:
        before, quote, after = self._sentence(statement, report)
        as_said = quote == shown(statement.quote)
        state = self._state(statement)
        return Quoted(
            f"c-{statement.id}",
            _cut(before, front=True),
            quote,
            _cut(after, front=False),
            self.veil.name(statement.speaker) or "in the article's own voice",
            words.listed([self.veil.name(r) for r in statement.relayed_by]),
            self.veil(_reads(statement)),
            state if as_said else "; ".join(filter(None, (state, COVERED))),
            quoted=as_said,
        )

    def _sentence(self, statement: Statement, report: Report | None) -> tuple[str, str, str]:
        """The words with what stands before and after them in their sentence, as they may be shown.

        Names are covered in the whole of it, before it is cut: half a name would be one still. Where the text is not
        at hand, or not what it was, the words stand alone.
        """
        document = self._document(report.id) if report and self._texts else None
        start, end = statement.span.start, statement.span.end
        if document is None or document.body[start:end] != statement.quote or not document.sentences:
            before, quote, after = self.veil.sentence("", statement.quote, "")
            return before, quote, after
        first, last = document.sentence_at(start), document.sentence_at(max(start, end - 1))
        left, right = min(first.start, start), max(last.end, end)
        pieces = document.body[left:start], statement.quote, document.body[end:right]
        before, quote, after = self.veil.sentence(*pieces)
        return before, quote, after

    def _open(self, report: str) -> Document | None:
        try:
            return Document(self._texts(report)) if self._texts else None
        except (LookupError, OSError, LogError):
            return None  # forgotten texts leave the quote, which is in the log

    def _state(self, statement: Statement) -> str:
        """What a person did with the statement, or what keeps it out, in words."""
        if statement.id in self.book.fallen:
            return f"set aside by a person: {self.veil(self.book.fallen[statement.id][1])}"
        if statement.id in self.book.waiting:
            return "proposed by a model, waits for a person"
        if statement.id in self.book.reviewed:
            return "reviewed by a person"
        return ""


def _cut(text: str, *, front: bool, most: int = 240) -> str:
    """The near end of a text that is long, with an ellipsis."""
    if len(text) <= most:
        return text
    return f"… {text[-most:].partition(' ')[2]}" if front else f"{text[:most].rpartition(' ')[0]} …"


def _day(text: str) -> str:
    """A day of a sentence as the page writes days."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def _short(address: str, most: int = 88) -> str:
    """An address that fits on a line."""
    return address if len(address) <= most else f"{address[: most - 1]}…"


def _gives(claim: Claim, figure: Figure) -> bool:
    """Whether a claim gives that figure, or the number is one of its ends."""
    own = claim.figure
    if (own.low, own.high) == (figure.low, figure.high):
        return True
    return figure.exact and figure.low in {own.low, own.best, own.high}


def _reads(statement: Statement) -> str:
    """What was read from the words: the outcome, the figure, the group, whether it runs on, how firmly it is said."""
    parts: list[str | None] = []
    if isinstance(statement, Claim):
        party = statement.party if statement.party != statement.victims else None
        parts += [
            f"{words.outcome(statement.outcome)} {words.plain(statement.figure)}",
            statement.victims,
            party,
        ]
        parts.append("on top of an earlier total" if statement.mode is Mode.INCREMENT else None)
        parts.append(_SCOPES.get(statement.scope))
    elif isinstance(statement, Course):
        parts += [statement.type, words.PHASES[statement.phase]]
    parts.append(str(statement.status) if statement.status is not Status.ASSERTED else None)
    return " · ".join(p for p in parts if p)


_SCOPES = {Scope.CUMULATIVE: "running total", Scope.PERIOD: "over a period", Scope.WAR: "over the whole war"}
