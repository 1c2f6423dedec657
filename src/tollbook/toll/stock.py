"""The stock of a scope: what stands under a war, a campaign or the whole book, each thing once, ready to be added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tollbook.codes import Level, Outcome, Scope, Status
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.netting import FIRST, LAST, Mass, Region
from tollbook.toll.sifting import OTHER, day_of
from tollbook.toll.tolls import Methods, chosen, incident_of, reckoned, table
from tollbook.values import ALL, Book, Toll

# Where a place in words lies; what it says of nothing, or of nothing known, is ().
Regions = Callable[[str | None], Region]
EVERYTHING = ""  # the scope of the whole book

By = Mapping[Outcome, Mapping[str, Toll]]  # tolls by outcome and group


def nowhere(_: str | None) -> Region:
    """The region of any place where there is no gazetteer: it may lie anywhere."""
    return ()


@dataclass(frozen=True, slots=True)
class Piece:
    """People told of together: those of one incident, or those that summary reports of one place and spell count.

    Attributes:
        id: of the incident; of a summary the id of its first claim.
        place: in words.
        region: where that surely lies.
        first, last: the days, ordinals; FIRST and LAST where nobody knows.
        tolls: what is told of them, by outcome and group.
        claims: of a summary the claims it is made of.
    """

    id: str
    place: str | None
    region: Region
    first: int
    last: int
    tolls: By
    claims: tuple[str, ...] = ()

    def mass(self, outcome: Outcome, group: str) -> Mass | None:
        """Its people of one outcome and group; None where nothing is told of that outcome.

        A group of which it says nothing is between none and all whom it gives to no group.
        """
        figure = _share(self.tolls.get(outcome, {}), group)
        return None if figure is None else Mass(figure, self.region, self.first, self.last)


def _share(tolls: Mapping[str, Toll], group: str) -> Figure | None:
    if group in tolls:
        return tolls[group].figure
    whole = tolls[ALL].figure if ALL in tolls else None
    if whole is None:
        return None
    named = [t.figure for g, t in tolls.items() if g not in {ALL, OTHER}]
    high = None if whole.high is None else max(0, whole.high - sum(f.floor for f in named))
    if group != OTHER:
        return Figure(0, 0 if high == 0 else None, high)
    highs, bests = [f.high or 0 for f in named], [f.best or 0 for f in named]
    low = max(0, whole.floor - sum(highs)) if all(f.high is not None for f in named) else 0
    best = None
    if whole.best is not None and all(f.best is not None for f in named) and sum(bests) <= whole.best:
        best = whole.best - sum(bests)
    return Figure(low, best, high)


@dataclass(frozen=True, slots=True)
class Stock:
    """What a scope holds.

    Attributes:
        scope: id of the war, campaign or incident; EVERYTHING for the whole book.
        method: name of the method.
        counted: the incidents that stand under it, each once, by id.
        summaries: summary reports that stand under it or under a campaign of it.
        said: what is said of all of it at once, by the method.
        voices: the same by each voice alone.
    """

    scope: str
    method: str
    counted: tuple[Piece, ...] = ()
    summaries: tuple[Piece, ...] = ()
    said: tuple[Toll, ...] = ()
    voices: tuple[Toll, ...] = ()


def standing_under(book: Book, scope: str) -> tuple[str, ...]:
    """Everything that stands under a scope, itself first, each once; of the whole book everything."""
    if scope == EVERYTHING:
        return tuple(sorted(book.incidents))
    below: dict[str, list[str]] = defaultdict(list)
    for under, over in book.above.items():
        below[over].append(under)
    found = [scope]
    for at in found:  # it grows while it is gone through; no circle can be
        found += sorted(below[at])
    return tuple(found)


def stock(
    book: Book,
    scope: str,
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
    regions: Regions = nowhere,
) -> Stock:
    """Everything that is told of a scope, up to a day.

    Args:
        book: the snapshot.
        scope: id of a war, a campaign or an incident, or EVERYTHING.
        method: how the claims of one incident, and of one summary, become a figure.
        as_of: only what was said up to this day.
        methods: the methods to choose from.
        regions: where places lie; without it everything may lie anywhere, and a summary adds less.

    Raises:
        TollError: no such incident, method or origin.
    """
    scope = incident_of(book, scope) if scope != EVERYTHING else scope
    chosen(book, method, methods)
    nodes = standing_under(book, scope)
    leaves = [i for i in nodes if book.incidents[i].level is Level.INCIDENT]
    wider = [i for i in nodes if book.incidents[i].level is not Level.INCIDENT]
    own = [] if scope == EVERYTHING or scope in leaves else [*book.of(scope)]
    whole = [freed(c) for c in own if c.scope is not Scope.PERIOD]
    voices = sorted({book.origin_of[c.id] for c in whole if c.id in book.origin_of})
    told = [c for i in wider for c in book.of(i)]
    return Stock(
        scope=scope,
        method=method,
        counted=tuple(_counted(book, i, method, as_of, methods, regions) for i in sorted(leaves)),
        summaries=_summaries(book, told, method, as_of, methods, regions),
        said=_known(reckoned(book, scope, whole, method, as_of, methods=methods)),
        voices=tuple(
            t for v in voices for t in _known(reckoned(book, scope, whole, f"source:{v}", as_of))
        ),
    )  # fmt: skip


def _known(tolls: Sequence[Toll]) -> tuple[Toll, ...]:
    return tuple(t for t in tolls if t.figure.known)


def _by(tolls: Sequence[Toll]) -> By:
    """The tolls that have a figure, by outcome and group."""
    found: dict[Outcome, dict[str, Toll]] = defaultdict(dict)
    for toll in tolls:
        if toll.figure.known:
            found[toll.outcome][toll.group] = toll
    return found


def _counted(
    book: Book, incident: str, method: str, as_of: date | None, methods: Methods, regions: Regions
) -> Piece:
    first, last = window(book, incident, as_of)
    place = book.incidents[incident].place
    tolls = dict(_by(table(book, incident, method, as_of, methods=methods)))
    if not method.startswith("source:"):
        for outcome in _unnumbered(book, incident, as_of) - tolls.keys():
            tolls[outcome] = {ALL: Toll(incident, outcome, method=method)}
    return Piece(incident, place, regions(place), first, last, tolls)


def _unnumbered(book: Book, incident: str, as_of: date | None) -> set[Outcome]:
    """What is said to have befallen people without saying how many: the most of a sum with them is open."""
    return {
        c.outcome
        for c in book.of(incident)
        if not c.figure.known
        and c.status in {Status.ASSERTED, Status.ALLEGED}
        and c.scope in {Scope.INCIDENT, Scope.CUMULATIVE}
        and (as_of is None or (day_of(book, c) or date.max) <= as_of)
    }


def window(book: Book, incident: str, as_of: date | None = None) -> tuple[int, int]:
    """The first and the last day of an incident, ordinals, by its own word and that of its claims; all time if none says."""
    founded = book.incidents[incident]
    spoken = [c for c in book.of(incident) if as_of is None or (day_of(book, c) or as_of) <= as_of]
    own = [c for c in spoken if c.scope in {Scope.INCIDENT, Scope.CUMULATIVE}]
    days = [founded.date_from, founded.date_to, *(d for c in own for d in (c.date_from, c.date_to))]
    known = [d for d in days if d is not None]
    if known:
        return min(known).toordinal(), max(known).toordinal()
    said = [d for c in own if (d := day_of(book, c)) is not None]
    return FIRST, max(said).toordinal() if said else LAST


def freed(claim: Claim) -> Claim:
    """The claim as one that may enter a toll, though it counts a war or a spell of time; its id stays."""
    found = replace(claim, scope=Scope.CUMULATIVE)
    object.__setattr__(found, "_id", claim.id)
    return found


def _summaries(
    book: Book,
    told: Sequence[Claim],
    method: str,
    as_of: date | None,
    methods: Methods,
    regions: Regions,
) -> tuple[Piece, ...]:
    """The summary reports among claims: those of one place and spell are reconciled, as those of one incident are."""
    roots = {c.id: c for c in told}
    cells: dict[tuple[Region, str, int, int], list[Claim]] = defaultdict(list)
    for claim in told:
        root = roots.get(claim.part_of or "", claim)
        if root.scope is Scope.PERIOD:
            cells[_cell(book, root, regions)].append(claim)
    found = []
    for (region, _, first, last), claims in sorted(cells.items()):
        tolls = reckoned(book, claims[0].id, [freed(c) for c in claims], method, as_of, methods=methods)
        if any(t.figure.known for t in tolls):
            ids = tuple(c.id for c in claims)
            found.append(Piece(ids[0], claims[0].place, region, first, last, _by(tolls), ids))
    return tuple(found)


def _cell(book: Book, claim: Claim, regions: Regions) -> tuple[Region, str, int, int]:
    """The place and the days of a summary; places that no gazetteer knows are told apart by their words."""
    region = regions(claim.place)
    said = day_of(book, claim)
    until = claim.date_to or said
    last = until.toordinal() if until else LAST
    first = min(claim.date_from.toordinal(), last) if claim.date_from else FIRST
    return region, "" if region else (claim.place or "").casefold(), first, last
