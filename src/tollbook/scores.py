"""Scorecards: how one voice has fared in a book, each figure with what it rests on, and none where there is too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from tollbook.codes import Outcome, Review
from tollbook.figures import Figure, overlap
from tollbook.nouns import Statement
from tollbook.toll import METHODS
from tollbook.toll.lots import Lot
from tollbook.toll.methods import Ask
from tollbook.toll.telling import told_of
from tollbook.toll.voices import Voice
from tollbook.values import ALL, Book, fold

# Fewer incidents than these show nothing of a voice: one odd event would decide.
FEW = 3

# What is compared between voices. Figures of other outcomes come in batches or spells, so that two voices that differ
# may both be right.
COMPARED = (Outcome.KILLED, Outcome.WOUNDED)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a scorecard.

    Attributes:
        value: a share (0 to 1), days, or a ratio, as the field says; None where there is too little.
        of: how many things it was made of.
        unit: what those are ("incidents").
        claims: the statements it rests on.
    """

    value: float | None
    of: int
    unit: str
    claims: tuple[str, ...] = ()

    @property
    def few(self) -> str:
        """Why there is no figure ("too few: 2 incidents"), or empty."""
        unit = self.unit.removesuffix("s") if self.of == 1 else self.unit
        return "" if self.value is not None else f"too few: {self.of} {unit}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where figures of a voice lie against the range that all others come to: how many below, inside, above it.

    Attributes:
        distance: the median of how far they lie from the nearer end, as a share of it; below is negative, inside 0.
    """

    below: int
    inside: int
    above: int
    distance: Measure


@dataclass(frozen=True, slots=True)
class Against:
    """How the figures of a voice stand to those of another, of what both give: the same, lower, higher."""

    other: str
    agree: Measure
    lower: int
    higher: int


@dataclass(frozen=True, slots=True)
class Score:
    """The scorecard of one voice.

    Attributes:
        name: the voice, canonical.
        claims: how many claims are counted as its word.
        reports: how many reports it published.
        original: of its claims the share that it published itself; the rest others carried.
        relays: of the claims in its reports the share that is the word of others.
        first: of the incidents that others tell of, too, the share in which it was among the first to speak.
        days: days after the first word on the same incident, the median.
        revised: of its figures that it gave on two days and more, the share that it changed.
        raised: how many of those changes went up.
        lowered: how many went down.
        opening: its first figures against the range that all others come to in the end.
        closing: its last figures against it.
        accepted: its claims that people accepted as they stand.
        corrected: its claims that people corrected, and nobody has accepted since.
        rejected: its claims that people rejected.
        against: each other voice that gives figures of the same.
    """

    name: str
    claims: int
    reports: int
    original: Measure
    relays: Measure
    first: Measure
    days: Measure
    revised: Measure
    raised: int
    lowered: int
    opening: Place
    closing: Place
    accepted: int
    corrected: int
    rejected: int
    against: tuple[Against, ...] = ()


def score(book: Book, origin: str) -> Score:
    """The scorecard of an origin, by its canonical name; one who says nothing has nothing but noughts."""
    mine = {i: c for i, c in book.claims.items() if book.origin_of.get(i) == origin}
    own = [i for i, c in mine.items() if _publisher(book, c) == origin]
    published = {r for r, report in book.reports.items() if _canonical(book, report.publisher) == origin}
    printed = [i for i, c in book.claims.items() if c.report in published]
    others = [i for i in printed if book.origin_of.get(i) != origin]
    told = [_Told(book, i, o, origin) for i in _incidents(book, mine) for o in COMPARED]
    series = [t for t in told if t.days > 1]
    moves = [move for t in series for move in t.moves]
    changed = [t for t in series if t.moves]
    fallen = {i for i in book.fallen if book.origin_of.get(i) == origin}
    return Score(
        name=origin, claims=len(mine), reports=len(published),
        original=_share(own, mine, "claims"), relays=_share(others, printed, "claims"),
        **_timing(book, origin),
        revised=_measure(len(changed) / len(series) if series else None, len(series), "repeated figures",
                         (c for t in series for c in t.claims)),
        raised=sum(move > 0 for move in moves), lowered=sum(move < 0 for move in moves),
        opening=_place(told, last=False), closing=_place(told, last=True),
        accepted=sum(book.reviews.get(i) is Review.ACCEPTED for i in mine),
        corrected=len(mine.keys() & book.reviewed - book.accepted_by.keys()), rejected=len(fallen), against=tuple(_pairs(told)),
    )  # fmt: skip


def _measure(value: float | None, of: int, unit: str, claims: Iterable[str] = ()) -> Measure:
    """The measure, without a value where it rests on too few."""
    return Measure(None if of < FEW else value, of, unit, tuple(dict.fromkeys(claims)))


def _share(some: Sequence[str], all_of_them: Iterable[str], unit: str) -> Measure:
    whole = tuple(all_of_them)
    return _measure(len(some) / len(whole) if whole else None, len(whole), unit, some)


def _canonical(book: Book, publisher: str) -> str:
    card = book.source(publisher)
    return card.handle if card else publisher


def _publisher(book: Book, statement: Statement) -> str:
    report = book.reports.get(statement.report)
    return _canonical(book, report.publisher) if report else ""


def _incidents(book: Book, claims: Iterable[str]) -> list[str]:
    return sorted({book.incident_of[i] for i in claims if i in book.incident_of})


# --- how early


def _timing(book: Book, origin: str) -> dict[str, Measure]:
    """How long after the first word the voice spoke, over the incidents of which somebody else speaks, too."""
    words = book.kept("first words", lambda: _first_words(book))
    waits: list[int] = []
    claims: list[str] = []
    for said in words.values():
        if origin in said and len(said) > 1:
            day, claim = said[origin]
            waits.append((day - min(d for d, _ in said.values())).days)
            claims.append(claim)
    first = sum(wait == 0 for wait in waits) / len(waits) if waits else None
    return {
        "first": _measure(first, len(waits), "incidents", claims),
        "days": _measure(median(waits) if waits else None, len(waits), "incidents", claims),
    }


def _first_words(book: Book) -> dict[str, dict[str, tuple[date, str]]]:
    """Incident to origin to the day of its first word on it, with the statement."""
    found: dict[str, dict[str, tuple[date, str]]] = defaultdict(dict)
    for i, incident in book.incident_of.items():
        statement = book.claims.get(i) or book.courses.get(i)
        if statement is not None and statement.said_on is not None:
            said, who = (statement.said_on, i), book.origin_of.get(i, "")
            found[incident][who] = min(said, found[incident].get(who, said))
    return found


# --- how often revised, how far, against whom


class _Told:
    """What a voice and all others say of one outcome of one incident."""

    def __init__(self, book: Book, incident: str, outcome: Outcome, origin: str) -> None:
        account = told_of(book, incident, outcome, None, METHODS["strict"].policy)
        self.incident = incident
        self.lots = {
            v.origin: lot[ALL] for v, lot in zip(account.voices, account.lots, strict=True) if ALL in lot
        }
        voice = next((v for v in account.voices if v.origin == origin), None)
        own = [c for c in account.claims if book.origin_of.get(c.id) == origin and c.figure.known]
        self.claims = tuple(c.id for c in own)
        self.days = len({c.said_on for c in own})
        self.stood = _stood(voice)
        self.moves = [b - a for a, b in zip(self.stood, self.stood[1:], strict=False) if a != b]
        self.last = self.lots.pop(origin, None)
        self.first = voice.stood[ALL][0][0] if voice and voice.stood.get(ALL) else None
        rest = tuple(self.lots.values())
        self.range = METHODS["strict"].reconcile(Ask(outcome, rest, book=book)).figure if rest else Figure()


def _stood(voice: Voice | None) -> list[int]:
    """The numbers that stood for everybody, one after the other; of an open figure its known end."""
    found = (figure for figure, _ in voice.stood.get(ALL, ())) if voice else ()
    return [f.best if f.best is not None else f.floor or f.ceiling or 0 for f in found]


def _distance(figure: Figure, others: Figure) -> float:
    """How far a figure lies outside a range, as a share of its nearer end; 0 where they have a number in common."""
    if overlap(figure, others):
        return 0.0
    if figure.ceiling is not None and others.floor > figure.ceiling:
        return (figure.ceiling - others.floor) / max(others.floor, 1)
    ceiling = others.ceiling or 0
    return (figure.floor - ceiling) / max(ceiling, 1)


def _place(told: Sequence[_Told], *, last: bool) -> Place:
    """Where the last, or the first, figures of a voice lie against what all others come to in the end."""
    found: list[float] = []
    incidents: set[str] = set()
    claims: list[str] = []
    for t in told:
        figure = (t.last.figure if t.last else None) if last else t.first
        if figure is not None and figure.known and t.range.known:
            found.append(_distance(figure, t.range))
            incidents.add(t.incident)
            claims += t.claims
    value = median(found) if found else None
    return Place(
        below=sum(d < 0 for d in found),
        inside=sum(d == 0 for d in found),
        above=sum(d > 0 for d in found),
        distance=_measure(value, len(incidents), "incidents", claims),
    )


def _pairs(told: Sequence[_Told]) -> list[Against]:
    """The other voices with the figures that both give, those with the most in common first."""
    met: dict[str, list[tuple[float, str, tuple[str, ...]]]] = defaultdict(list)
    for t in told:
        if t.last is None or not t.last.figure.known:
            continue
        for other, lot in t.lots.items():
            if lot.figure.known:
                met[other].append((_distance(t.last.figure, lot.figure), t.incident, _claims(t.last, lot)))
    found = [
        Against(
            other=other,
            agree=_measure(
                sum(d == 0 for d, _, _ in pairs) / len(pairs), len({i for _, i, _ in pairs}), "incidents",
                (c for _, _, claims in pairs for c in claims),
            ),
            lower=sum(d < 0 for d, _, _ in pairs),
            higher=sum(d > 0 for d, _, _ in pairs),
        )
        for other, pairs in met.items()
    ]  # fmt: skip
    return sorted(found, key=lambda a: (-a.agree.of, fold(a.other)))


def _claims(one: Lot, other: Lot) -> tuple[str, ...]:
    return (*(c.id for c in one.claims), *(c.id for c in other.claims))
