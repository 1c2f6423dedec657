"""Balance: how many are held, at large or in displacement on a day: what was, plus who came, less who went.

A stock that somebody states is a balance assertion: from it on the flows are added, and the next stated stock is
checked against them. Each origin has its own account; the last line is the range over them. What an origin does not
speak of while others do is open, not zero; what nobody speaks of is no term.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.codes import Outcome, Unit
from tollbook.figures import Figure, add, overlap, widen
from tollbook.nouns import Claim
from tollbook.toll.flows import Posting, flows, within
from tollbook.toll.policy import TollError
from tollbook.toll.sifting import day_of, origin_of, sift
from tollbook.toll.tolls import incident_of
from tollbook.values import Book

IN, OUT = 1, -1
_EMPTY = Figure(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """A term of a sheet: which claims it takes, and which way its people go.

    Attributes:
        name: as shown.
        way: IN or OUT.
        outcomes: of these.
        was: only people who were counted as this before.
        pool: terms of one pool may be of the same people, so their least is the largest of them and not the sum.
    """

    name: str
    way: int
    outcomes: frozenset[Outcome]
    was: Outcome | None = None
    pool: str = ""

    def takes(self, claim: Claim) -> bool:
        """Whether a claim is of this term."""
        return claim.outcome in self.outcomes and (self.was is None or claim.formerly is self.was)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A balance one can ask for: the stock, its terms, and whether it begins at nothing."""

    name: str
    stock: Outcome
    kinds: tuple[Kind, ...]
    empty: bool = False


def _of(*outcomes: Outcome) -> frozenset[Outcome]:
    return frozenset(outcomes)


_DEAD = _of(Outcome.KILLED, Outcome.INDIRECT_DEATHS)

SHEETS = {
    s.name: s
    for s in (
        Sheet(
            "held",
            Outcome.HELD,
            (
                # Who surrenders is captured and detained in the words of another sentence: one pool.
                Kind("detained", IN, _of(Outcome.DETAINED), pool="taken"),
                Kind("captured", IN, _of(Outcome.CAPTURED), pool="taken"),
                Kind("surrendered", IN, _of(Outcome.SURRENDERED), pool="taken"),
                Kind("abducted", IN, _of(Outcome.ABDUCTED), pool="taken"),
                Kind("recaptured", IN, _of(Outcome.RECAPTURED), pool="taken"),
                Kind("escaped", OUT, _of(Outcome.ESCAPED)),
                Kind("released", OUT, _of(Outcome.RELEASED), pool="let go"),
                Kind("exchanged", OUT, _of(Outcome.EXCHANGED), pool="let go"),
                Kind("died in custody", OUT, _DEAD, Outcome.HELD),
                Kind("missing from custody", OUT, _of(Outcome.MISSING), Outcome.HELD),
            ),
        ),
        Sheet(
            "at large",
            Outcome.AT_LARGE,
            (
                Kind("escaped", IN, _of(Outcome.ESCAPED)),
                Kind("recaptured", OUT, _of(Outcome.RECAPTURED), pool="caught"),
                Kind("caught again", OUT, _of(Outcome.CAPTURED, Outcome.DETAINED), Outcome.ESCAPED, "caught"),
                Kind("killed in flight", OUT, _DEAD, Outcome.ESCAPED),
            ),
            empty=True,
        ),
        Sheet(
            "displaced",
            Outcome.IN_DISPLACEMENT,
            (
                Kind("displaced", IN, _of(Outcome.DISPLACED)),
                Kind("returned", OUT, _of(Outcome.RETURNED)),
            ),
            empty=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an origin's account: how many by its word, None where it says nothing and others do."""

    kind: Kind
    figure: Figure | None
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A stock that an origin states, and what its flows since the stock before come to.

    Attributes:
        expected: what the account comes to on that day without it.
        fits: whether one number satisfies both.
    """

    day: date | None
    figure: Figure
    claims: tuple[str, ...]
    expected: Figure
    fits: bool


@dataclass(frozen=True, slots=True)
class Shortfall:
    """That up to a day more had gone by an origin's word than it had told to have come.

    Attributes:
        by: how many more at least.
        there: the stock that the account began with.
        came, went: the flows up to that day.
        claims: those of who went, then those of who came.
        told: whether it had told anything of who came by that day.
    """

    day: date
    by: int
    there: Figure
    came: Figure
    went: Figure
    claims: tuple[str, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One origin's account: what it begins with, its terms since then, what it comes to.

    Attributes:
        opened: the day of the opening; None is before everything.
        stated: the stocks it states, by day, each against the flows since the one before.
        broken: the days on which more had gone than had come, where it tells of both.
        untold: how many at least must have come who were not told of, since they went; its opening holds them.
    """

    origin: str
    opening: Figure
    opened: date | None
    terms: tuple[Term, ...]
    stated: tuple[Stated, ...]
    closing: Figure
    broken: tuple[Shortfall, ...] = ()
    untold: int = 0


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance of an incident on a day.

    Attributes:
        closing: the smallest range that holds what every origin's account comes to.
        households: claims that count households of no declared size; they are in no figure here.
    """

    incident: str
    sheet: str
    since: date | None
    as_of: date | None
    lines: tuple[Line, ...]
    closing: Figure
    households: tuple[str, ...] = ()


def balance(
    book: Book, incident_id: str, sheet: str = "held", *, since: date | None = None, as_of: date | None = None
) -> Balance:
    """The balance of an incident, origin by origin.

    Args:
        book: the snapshot.
        incident_id: the incident; one that was merged away stands for the one it went into.
        sheet: ``held``, ``at large`` or ``displaced``.
        since: the flows after this day alone; the opening is what the account came to on it.
        as_of: only what was said up to this day.

    Raises:
        TollError: there is no such incident or sheet.
    """
    incident = incident_of(book, incident_id)
    if sheet not in SHEETS:
        raise TollError(f"there is no balance {sheet!r}; there are {', '.join(SHEETS)}")
    plan, claims = SHEETS[sheet], book.of(incident)
    told = [(k, _told(book, claims, k, as_of)) for k in plan.kinds]
    told = [(k, postings) for k, postings in told if postings]
    stocks = _stocks(book, claims, plan.stock, as_of)
    origins = sorted({p.origin for _, postings in told for p in postings} | set(stocks))
    lines = tuple(_line(plan, o, told, stocks.get(o, []), since) for o in origins)
    mine = {o for k in plan.kinds for o in k.outcomes} | {plan.stock}
    homes = (c for c in claims if c.outcome in mine and c.unit is Unit.HOUSEHOLD and not c.household_size)
    return Balance(
        incident=incident,
        sheet=sheet,
        since=since,
        as_of=as_of,
        lines=lines,
        closing=widen(line.closing for line in lines),
        households=tuple(c.id for c in homes if as_of is None or (day_of(book, c) or date.min) <= as_of),
    )


def _told(book: Book, claims: Sequence[Claim], kind: Kind, as_of: date | None) -> tuple[Posting, ...]:
    """The postings of a term, of each of its outcomes apart."""
    mine = [c for c in claims if kind.takes(c)]
    return tuple(
        p
        for outcome in sorted(kind.outcomes)
        for p in flows(book, [c for c in mine if c.outcome is outcome], outcome, as_of)
    )


def _stocks(
    book: Book, claims: Sequence[Claim], outcome: Outcome, as_of: date | None
) -> dict[str, list[tuple[date | None, Figure, tuple[str, ...]]]]:
    """The stocks that each origin states, one a day, the latest last; two of one day are one range."""
    kept, _ = sift(book, [c for c in claims if c.outcome is outcome and c.part_of is None], as_of)
    found: dict[str, dict[date | None, list[Claim]]] = {}
    for claim in kept:
        found.setdefault(origin_of(book, claim), {}).setdefault(day_of(book, claim), []).append(claim)
    return {
        origin: [
            (day, widen(c.figure for c in told), tuple(c.id for c in told))
            for day, told in sorted(days.items(), key=lambda e: e[0] or date.min)
        ]
        for origin, days in found.items()
    }


def _line(
    plan: Sheet,
    origin: str,
    told: Sequence[tuple[Kind, tuple[Posting, ...]]],
    stocks: Sequence[tuple[date | None, Figure, tuple[str, ...]]],
    since: date | None,
) -> Line:
    """One origin's account."""
    mine = [(k, tuple(p for p in postings if p.origin == origin)) for k, postings in told]
    short = shortfalls(mine) if plan.empty else []
    # Who came back before anybody was told to have gone had gone untold: the stock did not begin at nothing.
    at = _EMPTY if plan.empty and not short else Figure(max((s.by for s in short), default=0))
    opened: date | None = None
    stated: list[Stated] = []
    # Once somebody has gone untold the account is open, and nothing in it can be too much.
    broken = short if short and short[0].told else []
    opening, begun = at, opened
    split = since is None
    for day, figure, claims in stocks:
        if not split and since is not None and (day is None or day > since):
            opening, begun, split = _moved(at, mine, opened, since), since, True
        expected = _moved(at, mine, opened, day)
        stated.append(Stated(day, figure, claims, expected, overlap(expected, figure)))
        at, opened = figure, day
        # From a stated stock on nobody can go who was not in it or came since.
        broken = [b for b in broken if day is None or b.day <= day] + shortfalls(mine, figure, day)
        if split and since is None:
            opening, begun = at, opened
    if not split:
        opening, begun = _moved(at, mine, opened, since), since
    terms = tuple(Term(k, _flow(p, begun), p) for k, p in mine)
    untold = 0 if not short or short[0].told else max(s.by for s in short)
    return Line(
        origin, opening, begun, terms, tuple(stated), _moved(at, mine, opened, None), tuple(broken), untold
    )


Mine = Sequence[tuple[Kind, tuple[Posting, ...]]]


def shortfalls(mine: Mine, at: Figure = _EMPTY, after: date | None = None) -> list[Shortfall]:
    """The days on which more had gone than there were, by an account that begins with ``at`` on a day."""
    days = sorted({p.day for _, ps in mine for p in ps if p.day and (after is None or p.day > after)})
    found: list[Shortfall] = []
    for day in days:
        came, went = (_sum(mine, way, after, day) for way in (IN, OUT))
        if came.high is None or at.high is None or went.floor <= at.high + came.high:
            continue
        gone, here = (_ids(mine, way, after, day) for way in (OUT, IN))
        by = went.floor - at.high - came.high
        found.append(Shortfall(day, by, at, came, went, (*gone, *here), bool(here)))
    return found


def _ids(mine: Mine, way: int, after: date | None, upto: date) -> tuple[str, ...]:
    """The claims of the flows of one way in a period."""
    return tuple(
        claim
        for kind, postings in mine
        if kind.way == way
        for p in postings
        if p.day is not None and p.day <= upto and (after is None or p.day > after)
        for claim in p.claims
    )


def _sum(mine: Mine, way: int, after: date | None, upto: date | None) -> Figure:
    """The flow of one way after one day up to another."""
    return add([_EMPTY, *(_pooled(found, after, upto) for found in _pools(mine, way))])


def _flow(postings: tuple[Posting, ...], after: date | None) -> Figure | None:
    return within(postings, after, None) if postings else None


def _moved(at: Figure, mine: Mine, after: date | None, upto: date | None) -> Figure:
    """What a stock comes to by the flows after one day up to another."""
    came, went = (_sum(mine, way, after, upto) for way in (IN, OUT))
    low = 0 if went.high is None else max(0, at.floor + came.floor - went.high)
    high = None if at.high is None or came.high is None else max(0, at.high + came.high - went.floor)
    best = None
    if high is not None and None not in (at.best, came.best, went.best):
        best = (at.best or 0) + (came.best or 0) - (went.best or 0)
        best = best if low <= best <= high else None
    return Figure(low, low if low == high else best, high)


def _pools(mine: Sequence[tuple[Kind, tuple[Posting, ...]]], way: int) -> list[list[tuple[Posting, ...]]]:
    """The terms of one way, those together that may be of the same people."""
    found: dict[str, list[tuple[Posting, ...]]] = {}
    for kind, postings in mine:
        if kind.way == way:
            found.setdefault(kind.pool or kind.name, []).append(postings)
    return list(found.values())


def _pooled(terms: Sequence[tuple[Posting, ...]], after: date | None, upto: date | None) -> Figure:
    """How many a pool of terms comes to; open where the origin is silent on one that others speak of."""
    figures = [within(t, after, upto) for t in terms if t]
    silent = len(figures) < len(terms)
    if len(figures) == 1 and not silent:
        return figures[0]
    low = max((f.floor for f in figures), default=0)
    highs = [f.high for f in figures]
    high = None if silent or None in highs else sum(h or 0 for h in highs)
    return Figure(low, low if low == high else None, high)
