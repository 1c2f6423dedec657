"""Reconciling: the toll of one incident from the claims about it, by a named method, on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tollbook.codes import Outcome, Unit
from tollbook.nouns import Claim
from tollbook.toll.builtin import METHODS
from tollbook.toll.counts import nested
from tollbook.toll.hearing import closed
from tollbook.toll.methods import Ask, Method, Verdict
from tollbook.toll.policy import TollError
from tollbook.toll.sides import add_sides, sides_of
from tollbook.toll.sifting import group_of
from tollbook.toll.telling import Account, account, told_of
from tollbook.toll.units import HOUSEHOLDS, unit_of
from tollbook.values import ALL, Book, Toll, Use

Methods = Mapping[str, Method]  # by name


def compute(
    book: Book,
    incident_id: str,
    outcome: Outcome,
    group: str = ALL,
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
) -> Toll:
    """The toll of an incident: one outcome, one group.

    Args:
        book: the snapshot; what was known when is decided there.
        incident_id: the incident; one that was merged away stands for the one it went into.
        outcome: of what.
        group: canonical party, ``civilians``, ``other or unknown``, or ALL.
        method: the name of one of ``methods``; ``source:NAME`` for one voice alone.
        as_of: only what was said up to this day.
        methods: the methods to choose from; those of plugins may stand among them.

    Raises:
        TollError: no such incident, no such method, or no such origin.
    """
    incident = incident_of(book, incident_id)
    rule, name = chosen(book, method, methods)
    told = told_of(book, incident, outcome, as_of, rule.policy, unit_of(group))
    return one(book, incident, told, group, rule, name)


def table(
    book: Book,
    incident_id: str,
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
) -> tuple[Toll, ...]:
    """Every toll of an incident that has claims: by outcome, everybody before the groups.

    Raises:
        TollError: as ``compute``.
    """
    incident = incident_of(book, incident_id)
    rule, name = chosen(book, method, methods)
    found: list[Toll] = []
    present = {c.outcome for c in book.of(incident)}
    for outcome in (o for o in Outcome if o in present):
        told = told_of(book, incident, outcome, as_of, rule.policy)
        found += _tolls(book, incident, told, rule, name)
        if any(c.outcome is outcome and c.unit is Unit.HOUSEHOLD for c in book.of(incident)):
            homes = told_of(book, incident, outcome, as_of, rule.policy, Unit.HOUSEHOLD)
            found.append(one(book, incident, homes, HOUSEHOLDS, rule, name))
    return tuple(found)


def reckoned(
    book: Book,
    scope: str,
    claims: Sequence[Claim],
    method: str = "strict",
    as_of: date | None = None,
    *,
    methods: Methods = METHODS,
) -> tuple[Toll, ...]:
    """Every toll of claims that speak of the same people, wherever they stand: by outcome, everybody before the groups.

    Args:
        book: the snapshot that the claims are of.
        scope: what they speak of: the id of an incident, or a name.
        claims: standing claims of the book.
        method: as ``compute``.
        as_of: as ``compute``.
        methods: as ``compute``.

    Raises:
        TollError: no such method, or no such origin.
    """
    rule, name = chosen(book, method, methods)
    found: list[Toll] = []
    present = {c.outcome for c in claims}
    for outcome in (o for o in Outcome if o in present):
        found += _tolls(book, scope, account(book, claims, outcome, as_of, rule.policy), rule, name)
    return tuple(found)


def chosen(book: Book, method: str, methods: Methods = METHODS) -> tuple[Method, str]:
    """The method of that name, and for ``source:NAME`` the canonical origin.

    Raises:
        TollError: no such method, or no origin of that name in the book.
    """
    kind, colon, name = method.partition(":")
    rule = methods.get(kind)
    if rule is None or bool(rule.policy.takes) != bool(colon):
        known = ", ".join(f"{m}:NAME" if found.policy.takes else m for m, found in methods.items())
        raise TollError(f"there is no method {method!r}; there are {known}")
    if not rule.policy.takes:
        return rule, ""
    card = book.source(name.strip())
    wanted = (card.handle if card else name.strip()).casefold()
    origins = sorted(set(book.origin_of.values()))
    found = next((o for o in origins if o.casefold() == wanted), None)
    if found is None:
        raise TollError(
            f"nobody called {name.strip()!r} says anything in this book; `tollbook sources` lists the voices"
        )
    return rule, found


def incident_of(book: Book, incident_id: str) -> str:
    """The incident that stands for an id, merges followed.

    Raises:
        TollError: the book has none.
    """
    found = book.merged.get(incident_id, incident_id)
    if found not in book.incidents:
        raise TollError(f"there is no incident {incident_id!r} in this book; `tollbook incidents` lists them")
    return found


def one(book: Book, incident: str, told: Account, group: str, method: Method, name: str) -> Toll:
    """The toll of one group, not above that of everybody; of households, where the account counts those, of them all."""
    if group == HOUSEHOLDS:
        return replace(one(book, incident, told, ALL, method, name), group=HOUSEHOLDS)
    verdicts = _verdicts(book, incident, told, method, name, group)
    return _toll(book, incident, told, group, verdicts[group], method, name)


def _tolls(book: Book, incident: str, told: Account, method: Method, name: str) -> list[Toll]:
    """The tolls of every group, none of them above that of everybody."""
    verdicts = _verdicts(book, incident, told, method, name, ALL)
    groups = [*told.groups, *(g for g in verdicts if g not in {*told.groups, ALL})]
    return [_toll(book, incident, told, g, verdicts[g], method, name) for g in groups]


def _verdicts(
    book: Book, incident: str, told: Account, method: Method, name: str, group: str
) -> dict[str, Verdict]:
    """What the method makes of every group that somebody speaks of, and of one more, with no group above the whole."""
    policy = method.policy
    if policy.whole == "sides":
        told = replace(told, lots=sides_of(told.voices, told.lots))
    found: dict[str, Verdict] = {}
    for g in dict.fromkeys((*told.groups, group)):
        shut = closed(policy, book, incident, told.outcome, g)
        found[g] = _verdict(book, told, g, method, name) if shut is None else _shut(told, g, *shut)
    if policy.whole == "sides":
        found = add_sides(found)
    whole = found.get(ALL)
    if whole is None or not whole.figure.known:
        return found
    if whole.figure.high is not None and whole.figure.high < policy.least:
        why = f"Nobody says that there were {policy.least} or more, so it is no incident to this method."
        return {g: _shut(told, g, "too-few", why) for g in found}
    groups = {g: v.figure for g, v in found.items() if g in told.groups and g != ALL}
    # A group without a figure says nothing of the most; one with a figure that ever stood may have outgrown the whole.
    grown = {g for g, f in groups.items() if f.known} if policy.totals == "ever" else ()
    nests = nested(whole.figure, groups, grown)
    return {g: replace(v, figure=nests.get(g, v.figure)) for g, v in found.items()}


def _shut(told: Account, group: str, rule: str, why: str) -> Verdict:
    """No figure, and every claim that speaks of the group set aside by one rule."""
    mine = [c for c in told.claims if group in {ALL, group_of(c)}]
    aside = tuple(Use(c.id, rule, why, told.of[c.id].origin) for c in mine)
    return Verdict(aside=aside, rule=rule, why=why)


def _shown(method: Method, name: str) -> str:
    return f"{method.name}:{name} {method.version}" if name else f"{method.name} {method.version}"


def _verdict(book: Book, told: Account, group: str, method: Method, name: str) -> Verdict:
    """What the method makes of a group."""
    mine = tuple(lot[group] for lot in told.lots if group in lot)
    stood = tuple((figure, claims, v.origin) for v in told.voices for figure, claims in v.stood[group])
    return method.reconcile(Ask(told.outcome, mine, stood, name, book))


def _toll(
    book: Book, incident: str, told: Account, group: str, verdict: Verdict, method: Method, name: str
) -> Toll:
    """The method's verdict on a group, with every claim that speaks of it either used or set aside."""
    used = {u.claim for u in verdict.used}
    aside = {u.claim: u for u in verdict.aside if u.claim not in used}
    for use in (*told.aside, *(u for v in told.voices for u in v.aside.values())):
        if use.claim not in used and group in {ALL, group_of(book.claims[use.claim])}:
            aside.setdefault(use.claim, use)
    for use, mine in told.left:
        if use.claim not in used and use.claim not in aside and (group in {ALL, mine}):
            aside[use.claim] = use
    standing = (lot[group] for lot in told.lots if group in lot)
    return Toll(
        incident=incident,
        outcome=told.outcome,
        group=group,
        method=_shown(method, name),
        figure=verdict.figure,
        used=verdict.used,
        aside=tuple(aside.values()),
        may_rise=any(lot.may_rise for lot in standing if {c.id for c in lot.claims} <= used),
        rule=verdict.rule,
        why=verdict.why,
        digest=method.digest,
    )
