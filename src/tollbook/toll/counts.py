"""Counts: one telling of an origin as a whole with its shares; the algebra of parts and wholes.

A share is never added to its whole. Shares of one group in one cut are added ("77 guards" and "40 troops"
of one party); another way of cutting (``dim``) is never added to the first. Groups that one sentence names
side by side, with no whole, make a whole that is marked as computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tollbook.codes import Mode, Scope
from tollbook.figures import Figure, add
from tollbook.nouns import Claim
from tollbook.toll.persons import named_apart
from tollbook.toll.sifting import OTHER, day_of, group_of, origin_of
from tollbook.values import ALL, Book


@dataclass(frozen=True, slots=True)
class Part:
    """The shares of one group in a count, added up."""

    group: str
    figure: Figure
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One telling: an origin gives a whole, or groups side by side, in one report.

    Attributes:
        day: the day it was said, None where nobody knows.
        own: whether the origin published it itself, so that it is no relay.
        claims: the claim of the whole, or the claims whose sum it is.
        group: whom the whole is about.
        figure: the whole, widened to its parts where they exceed it.
        parts: the groups it names, without its own.
        shares: every claim that is a share of it.
        complete: whether the parts make up the whole.
        older: whether its report gives it as an older figure, which another one replaces.
    """

    origin: str
    day: date | None
    own: bool
    publisher: str
    claims: tuple[Claim, ...]
    group: str
    figure: Figure
    parts: tuple[Part, ...] = ()
    shares: tuple[Claim, ...] = ()
    complete: bool = False
    older: bool = False

    @property
    def said(self) -> Figure:
        """The whole as it was said, not widened to its parts."""
        return self.figure if self.computed else self.first.figure

    @property
    def first(self) -> Claim:
        """The claim that stands for the count."""
        return self.claims[0]

    @property
    def computed(self) -> bool:
        """Whether nobody said the whole: it is the sum of what was said."""
        return len(self.claims) > 1

    @property
    def increment(self) -> bool:
        """Whether it comes on top of a total."""
        return self.first.mode is Mode.INCREMENT

    @property
    def running(self) -> bool:
        """Whether it is a running total since an onset."""
        return self.first.scope is Scope.CUMULATIVE

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the claims of the whole."""
        return frozenset(c.id for c in self.claims)


def level(figure: Figure) -> int:
    """The number by which figures are put in order: the least said, else the best, else the most."""
    return next((n for n in (figure.low, figure.best, figure.high) if n is not None), 0)


def hull(figures: Iterable[Figure]) -> Figure:
    """The smallest range that holds all figures; an end that one of them leaves open stays open."""
    known = [f for f in figures if f.known]
    if not known:
        return Figure()
    lows = [f.low if f.low is not None or f.high is not None else f.best for f in known]
    low = None if None in lows else min(n for n in lows if n is not None)
    high = None if any(f.high is None for f in known) else max(f.high or 0 for f in known)
    bests = {f.best for f in known}
    return Figure(low, bests.pop() if len(bests) == 1 else None, high)


def nested(whole: Figure, groups: Mapping[str, Figure], outgrown: Collection[str] = ()) -> dict[str, Figure]:
    """The figures of a whole and its groups with no group above the whole.

    A group whose least is more than the whole widens it: one of the two is wrong, and nobody knows which. So does a
    group of ``outgrown`` by its most. Any other group is capped by the whole.
    """
    most = whole.high
    for group, figure in groups.items():
        if most is not None and (figure.floor > most or group in outgrown):
            most = None if figure.high is None else max(most, figure.high)
    if most != whole.high:
        whole = Figure(whole.low, None, most)
    return {ALL: whole, **{g: _capped(f, most) for g, f in groups.items()}}


def _capped(figure: Figure, most: int | None) -> Figure:
    if most is None or not figure.known or (figure.high is not None and figure.high <= most):
        return figure
    best = figure.best if figure.best is not None and figure.best <= most else None
    return Figure(figure.low, most if figure.low == most else best, most)


def inside(inner: Figure, outer: Figure) -> bool:
    """Whether every number that ``inner`` allows is allowed by ``outer``."""
    if outer.floor > inner.floor:
        return False
    return outer.high is None or (inner.high is not None and inner.high <= outer.high)


def counts(book: Book, claims: Sequence[Claim]) -> list[Count]:
    """The counts in sifted claims of one outcome, by report and place in it."""
    known = {c.id: c for c in claims}
    shares: dict[str, list[Claim]] = defaultdict(list)
    roots: list[Claim] = []
    for claim in sorted(claims, key=lambda c: (c.report, c.span.start, c.id)):
        whole = known.get(claim.part_of or "")
        if _loops(claim, known):
            roots.append(replace(claim, part_of=None))
        elif whole is None or whole.report != claim.report:
            roots.append(claim)
        else:
            shares[whole.id].append(claim)
    replaced = {c.supersedes for c in claims if c.supersedes}
    found = [_count(book, bunch, shares) for bunch in _bunches(book, roots, shares)]
    return [replace(c, older=True) if c.ids & replaced else c for c in found]


def _loops(claim: Claim, known: dict[str, Claim]) -> bool:
    """Whether the wholes of a claim lead back to it: then the breakdown says nothing."""
    seen, at = {claim.id}, claim.part_of
    while at is not None and at in known:
        if at in seen:
            return True
        seen.add(at)
        at = known[at].part_of
    return False


def _bunches(book: Book, roots: Sequence[Claim], shares: dict[str, list[Claim]]) -> list[tuple[Claim, ...]]:
    """The roots, those that stand side by side together."""
    found: list[list[Claim]] = []
    replaced = {c.supersedes for c in roots}
    persons = named_apart(book, [c for c in roots if not shares.get(c.id) and c.id not in replaced], roots)
    taken = {c.id for bunch in persons for c in bunch}
    for claim in (c for c in roots if c.id not in taken):
        last = found[-1][-1] if found else None
        # A whole with shares, and a figure that replaces or is replaced, is a whole of its own.
        alone = any(c.id in replaced or c.supersedes or shares.get(c.id) for c in (claim, last or claim))
        if last is not None and not alone and side_by_side(last, claim) and _same_voice(book, last, claim):
            found[-1].append(claim)
        else:
            found.append([claim])
    return [*persons, *(tuple(bunch) for bunch in found)]


def side_by_side(a: Claim, b: Claim) -> bool:
    """Whether two figures of one outcome are groups of one trigger: "77 guards and four civilians were killed".

    The words of each run to the trigger, so the spans overlap; in "121 were killed. Four civilians died" they do not.
    """
    return (
        a.report == b.report
        and a.outcome is b.outcome
        and a.mode is Mode.TOTAL is b.mode
        and a.scope is b.scope
        and a.status is b.status
        and (_named(a) != _named(b) or _joined(a, b))
        and (a.place is None or b.place is None or a.place == b.place)
        and a.span.overlaps(b.span)
        and a.span != b.span
        and _windows(a) == _windows(b)
    )


def _named(claim: Claim) -> tuple[str | None, str]:
    """What the people of a claim are called, and their group."""
    return claim.victims, group_of(claim)


def _joined(a: Claim, b: Claim) -> bool:
    """Whether two groups called alike share words at one end: "a clerk and two others"; the same number is a repeat."""
    joint = a.span.start == b.span.start or a.span.end == b.span.end
    return joint and (level(a.figure) != level(b.figure) or level(a.figure) == 1)


def _windows(claim: Claim) -> tuple[date | None, date | None]:
    return claim.date_from, claim.date_to


def _same_voice(book: Book, a: Claim, b: Claim) -> bool:
    return origin_of(book, a) == origin_of(book, b) and day_of(book, a) == day_of(book, b)


def _count(book: Book, bunch: tuple[Claim, ...], shares: dict[str, list[Claim]]) -> Count:
    """The count of a whole, or of groups side by side, with its breakdown."""
    first = bunch[0]
    report = book.reports.get(first.report)
    origin = origin_of(book, first)
    publisher = report.publisher if report else ""
    card = book.source(publisher)
    own = origin in {publisher, card.handle if card else publisher}
    if len(bunch) > 1:
        groups = {group_of(c) for c in bunch}
        group = groups.pop() if len(groups) == 1 else ALL
        parts = () if group != ALL else _parts(bunch, ALL)
        whole = add(c.figure for c in bunch)
        return Count(origin, day_of(book, first), own, publisher, bunch, group, whole, parts, (), bool(parts))
    group = OTHER if first.part_of and group_of(first) == ALL else group_of(first)
    direct = shares.get(first.id, [])
    main = _main_cut(direct)
    total = add(c.figure for c in main)
    figure = first.figure
    if main and figure.high is not None and total.floor > figure.high:
        # The parts exceed the whole: one of the two is wrong, and nobody knows which.
        figure = hull([figure, Figure(total.floor, None, total.high)])
    complete = bool(main) and total.exact and first.figure.exact and total.low == first.figure.low
    parts = tuple(p for p in _parts(main, group) if p.group != group) + _other_cuts(direct, main, group)
    beneath = tuple(_beneath(first.id, shares))
    return Count(origin, day_of(book, first), own, publisher, bunch, group, figure, parts, beneath, complete)


def _main_cut(direct: Sequence[Claim]) -> list[Claim]:
    """The shares that cut the whole in the first way that the text uses."""
    dim = None if any(c.dim is None for c in direct) else next((c.dim for c in direct), None)
    return [c for c in direct if c.dim == dim]


def _parts(claims: Sequence[Claim], whole: str) -> tuple[Part, ...]:
    """The shares by group, in the order of the text."""
    by_group: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        group = group_of(claim)
        by_group[OTHER if group == ALL and whole == ALL else group].append(claim)
    return tuple(
        Part(g, found[0].figure if len(found) == 1 else add(c.figure for c in found), tuple(found))
        for g, found in by_group.items()
    )


def _other_cuts(direct: Sequence[Claim], main: Sequence[Claim], whole: str) -> tuple[Part, ...]:
    """Groups that only a second way of cutting names; they enter no sum."""
    taken = {group_of(c) for c in main} | {whole, OTHER}
    rest = [c for c in direct if c not in main and group_of(c) not in taken]
    first_of = {group_of(c): c.dim for c in reversed(rest)}
    return tuple(
        Part(p.group, p.figure, p.claims)
        for p in _parts([c for c in rest if c.dim == first_of[group_of(c)]], whole)
    )


def _beneath(whole: str, shares: dict[str, list[Claim]]) -> Iterable[Claim]:
    """Every share of a whole, and the shares of those."""
    for claim in shares.get(whole, ()):
        yield claim
        yield from _beneath(claim.id, shares)


def residual(count: Count) -> Part | None:
    """What a whole holds beside the groups that its speaker names; None where nothing is left or nothing is named."""
    named = [p for p in count.parts if p.group != OTHER]
    if count.group != ALL or count.computed or not named:
        return None
    told = add(p.figure for p in named)
    low = max(0, count.figure.floor - told.high) if told.high is not None else 0
    high = None if count.figure.high is None else max(0, count.figure.high - told.floor)
    if high == 0 or (low == 0 and high is None):
        return None
    shares = tuple(c for p in count.parts if p.group == OTHER for c in p.claims)
    return Part(OTHER, Figure(low, low if low == high else None, high), shares)
