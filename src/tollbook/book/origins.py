"""Origins: whose word a statement is, so that twenty papers that carry one line count once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from tollbook.book.reprints import Lots, by_report, firsts
from tollbook.codes import SourceKind
from tollbook.nouns import Claim, Course, Entry, Report, Source, Statement
from tollbook.values import Book, fold

# Wire services that papers name in brackets after their own name. A source card does the same for any
# other; a bracket that is neither ("The Gazette (London)") belongs to the name.
WIRES = frozenset(
    {
        "afp", "agence france-presse", "reuters", "ap", "associated press", "the associated press", "dpa", "efe",
        "ansa", "upi", "tass", "interfax", "xinhua", "anadolu", "anadolu agency", "pti", "kyodo", "ians", "aap",
        "irna", "sana", "wafa", "anha", "bloomberg", "ukrinform", "yonhap", "pa media",
    }
)  # fmt: skip

NOBODY = "unknown"

# Whoever speaks for a voice that has a card is that voice: its spokesman, its sources in the field.
_FOR = re.compile(
    r"(?:an?\s+|the\s+)?(?:\w+\s+)?(?:spokes(?:man|woman|person|people|men)|officials?|sources?|statement|press office|media office)"
    r"\s+(?:for|of|from|at|in)\s+(.+)",
    re.IGNORECASE,
)
_THEIR = re.compile(
    r"(.+?)(?:['\u2019]s)?\s+(?:(?:field|local|own|reliable)\s+)?"
    r"(?:sources?|activists|spokes(?:man|woman|person)|correspondents?|reporters?|monitors|officials?|media office|press office)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]+)\)\s*$")


def origins(
    statements: Mapping[str, Statement], reports: Mapping[str, Report], sources: Mapping[str, Source]
) -> dict[str, str]:
    """Statement id to the origin that is counted: the speaker, else the publisher's agency, else the publisher.

    Names are compared without case, blanks and a leading "the". A source card gives the canonical name, or
    the handle of a confidential source; without one the spelling that sorts first stands for all. Who speaks
    for a voice that has a card ("SOHR sources", "a spokesman for the SDF") is that voice; a person who speaks for
    an organisation is an alias on its card. What nearly identical texts say in their own voice is the word of
    the agency among their publishers, else of who published it first.
    """
    cards = _cards(sources)
    first: dict[str, str] = {}
    lots = list(Lots(reports.values()))
    if lots:
        members = {r for lot in lots for r in lot}
        said = by_report(s for s in statements.values() if s.report in members)
        rank = _ranking(reports, sources)
        for lot in lots:
            order = sorted((r for r in lot if r in reports), key=rank)
            first |= firsts(order, said, lambda r: bool(reports[r].text))
    voices = _said(statements, reports, cards, first)
    spelled: dict[str, str] = {}
    for name in sorted(set(voices.values()), reverse=True):
        spelled[fold(name)] = name
    shown = {name: cards.get(fold(name)) or spelled[fold(name)] for name in set(voices.values())}
    return {i: shown[name] for i, name in voices.items()}


def more_origins(
    statements: Mapping[str, Statement], reports: Mapping[str, Report], book: Book
) -> dict[str, str] | None:
    """The origins of new statements beside those of a book; None when one of the book's would change.

    Args:
        statements: the new ones.
        reports: the reports they stand in, all of them new, and nothing in the book speaks of them.
        book: what is known.
    """
    cards = _cards(book.sources)
    first = _first_in_lots(statements, reports, book)
    if first is None:
        return None
    known = {fold(name): name for name in set(book.origin_of.values())}
    both = {**{r: book.reports[r] for r in set(first.values()) if r in book.reports}, **reports}
    found = _said(statements, both, cards, first)
    for i, name in sorted(found.items(), key=lambda pair: pair[1]):
        key = fold(name)
        if key not in cards and name < known.setdefault(key, name):
            return None
        found[i] = cards.get(key) or known[key]
    return found


def _first_in_lots(
    statements: Mapping[str, Statement], reports: Mapping[str, Report], book: Book
) -> dict[str, str] | None:
    """Of the statements of new reprints the report where each stood first; None when that is to be reckoned anew."""
    # Asked of every book, so that each goes on from the one before.
    lots = book.kept("lots", lambda: Lots(book.reports.values()), _grow)
    told = book.kept("said in", lambda: by_report(_everything(book)), _tell)
    copies = [r for r in reports.values() if r.reprints is not None]
    if not copies:
        return {}
    (copy, *more) = copies
    lot = [r for r in lots.of(copy.reprints or "") if r in book.reports]
    # A course claim that fell may have stood first, and the book holds none.
    fell = len(book.origin_of) > sum(map(len, (book.claims, book.courses, book.waiting, book.fallen)))
    if more or fell or not lot:
        return None
    rank = _ranking({**{r: book.reports[r] for r in lot}, **reports}, book.sources)
    if rank(copy.id) < max(map(rank, lot)):
        return None
    said = {r: told.get(r, []) for r in lot} | by_report(
        s for s in statements.values() if s.report == copy.id
    )
    order = [*sorted(lot, key=rank), copy.id]
    found = firsts(order, said, lambda r: bool((book.reports.get(r) or copy).text))
    return {i: r for i, r in found.items() if i in statements}


def _grow(lots: Lots, new: Sequence[Entry]) -> None:
    for entry in new:
        if isinstance(entry, Report):
            lots.add(entry)


def _tell(told: dict[str, list[Statement]], new: Sequence[Entry]) -> None:
    told |= by_report(e for e in new if isinstance(e, Claim | Course))


def _everything(book: Book) -> Iterable[Statement]:
    fallen = (claim for claim, _ in book.fallen.values())
    return (*book.claims.values(), *book.courses.values(), *book.waiting.values(), *fallen)


Rank = tuple[bool, bool, date, datetime, str]


def _ranking(reports: Mapping[str, Report], sources: Mapping[str, Source]) -> Callable[[str], Rank]:
    """By what the reports of a lot are ordered: an agency's before the papers', and then the earliest.

    A confidential publisher comes last, so that a text which others printed never bears its handle.
    """
    cards = _cards(sources)
    secret = {s.handle for s in sources.values() if s.confidential}
    agencies = {s.handle for s in sources.values() if s.kind is SourceKind.AGENCY}

    def rank(report_id: str) -> Rank:
        report = reports[report_id]
        house = fold(_house(report.publisher, cards))
        handle = cards.get(house, "")
        agency = handle in agencies or house in WIRES
        return handle in secret, not agency, report.said_on or date.max, report.recorded_at, report_id

    return rank


def _said(
    statements: Mapping[str, Statement],
    reports: Mapping[str, Report],
    cards: Mapping[str, str],
    first: Mapping[str, str],
) -> dict[str, str]:
    """Statement id to whose word it is, not yet canonical; ``first`` says in which report its sentence stood first."""
    house: dict[str, str] = {}
    found: dict[str, str] = {}
    for i, statement in statements.items():
        where = first.get(i, statement.report)
        if where not in house:
            report = reports.get(where)
            house[where] = _house(report.publisher, cards) if report else NOBODY
        found[i] = _voice(statement, house[where], cards)
    return found


def _cards(sources: Mapping[str, Source]) -> dict[str, str]:
    """Folded name or alias to what may be shown of the source; a name beats another card's alias."""
    ordered = sorted(sources.values(), key=lambda s: (s.recorded_at, s.id))
    found = {fold(alias): s.handle for s in ordered for alias in s.aliases}
    return found | {fold(s.name): s.handle for s in ordered}


def _house(publisher: str, cards: Mapping[str, str]) -> str:
    """Whose text a report is: the agency in brackets, else the publisher."""
    bracket = _BRACKET.search(publisher)
    if bracket and (fold(bracket[1]) in cards or bracket[1].casefold().strip() in WIRES):
        return bracket[1].strip()
    return publisher.strip() or NOBODY


def _mouthpiece(speaker: str, cards: Mapping[str, str]) -> str | None:
    """The voice with a card that a speaker speaks for ("SOHR sources", "spokesman for the SDF"), or None."""
    if fold(speaker) in cards:
        return None
    for shape in (_FOR, _THEIR):
        found = shape.fullmatch(speaker)
        if found and fold(found[1]) in cards:
            return found[1].strip()
    return None


def _voice(statement: Statement, house: str, cards: Mapping[str, str]) -> str:
    """Whose word a statement is, not yet canonical."""
    speaker = (statement.speaker or "").strip()
    if not speaker:
        return statement.relayed_by[0].strip() if statement.relayed_by else house
    mouth = _mouthpiece(speaker, cards)
    if mouth:
        return mouth
    if fold(speaker) in cards or any(ch.isalpha() and not ch.islower() for ch in speaker):
        return speaker
    # "residents" of one paper are not the "residents" of another.
    return f"{speaker} ({cards.get(fold(house)) or house})"
