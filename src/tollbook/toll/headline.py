"""The headline toll: one figure an outcome, from the claims of one document's main topic.

Each policy is a named step that can be switched off by name, so that each can be measured on its own. They see
claims only: spans, quotes, figures, shares, scopes; never the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tollbook.codes import Mode, Outcome, Scope, Status
from tollbook.figures import Figure, add
from tollbook.nouns import Claim
from tollbook.toll.counts import level, side_by_side
from tollbook.toll.survivors import Told, survivors

# The policies in the order in which they are applied, each in one sentence.
POLICIES = {
    "said": "What a speaker denies never counts; what is only possible counts when nothing else is said.",
    "occasion": "The dead that a protest is about are not of the event that the report tells.",
    "scope": "A figure of the war never counts, one of a period only when no figure of an incident is given.",
    "event": "Where people were killed or hurt in one event, what a period or a whole land counts is not of it.",
    "whole": "A share of a whole that is counted never counts itself.",
    "newest": "A figure that the text replaces by another never counts.",
    "on-top": "What comes on top of a total counts only when no total is given.",
    "size": "A thousand dead or wounded are of one incident only where the text begins with them, and no smaller one.",
    "numbered": "Words without a number (many, a number of) count only when no number is given, and then as two or more.",
    "group-follows": "One person gives way to a larger group within the next sentences; else the first figure is the toll.",
    "another": "One and another, told in the next sentences, are two.",
    "most-displaced": "Of the displaced the largest figure is the toll: people are counted on as they flee, over days.",
    "also": "In a short report, whom the next figure tells of as killed too (also, another, other) is added.",
    "recorded": "The figure that a text says it records (fatalities coded as 3) is the toll.",
    "side-by-side": "Groups that one trigger names beside each other are added.",
    "rounded": "An exact figure just above a bound (373 after over 370) takes its place.",
    "parts": "Where the whole has no number, or none is given, the parts of it are added.",
    "own": "Who kills others and then himself is one of the dead.",
    "shot": "Persons shot less persons killed are wounded.",
    "died": "Who was hurt and died of it is one of the dead, no more of the wounded.",
    "bodies": "Bodies found are dead when nobody is said to be killed.",
    "sources": "What another figure of the event says, up to twice the toll, is how high it may be.",
    "both": "Killed and wounded in one figure, or in none, are some of each when neither is counted by itself.",
    "vague-low": "The best of a vague word is its low; a high that is open stays open.",
}

# Two to three sentences of news, in characters; measured on three sets, further off it harms more than it helps.
NEARBY = 300
# The laboratory's measure: from this size on, beside smaller figures, a figure was never one incident's.
NO_INCIDENT = 1000
# Where a text that is about so many names them, in characters: its first four or five sentences.
LEAD = 1000
# Two or more: what a plural without a number says.
SOME = Figure(2, 2)
_HARM = frozenset({Outcome.KILLED, Outcome.WOUNDED})
# Sources that tell of one event differ by less than this; what is further off counts something else.
TWICE = 2
# The construction of harm to oneself, and those that tell what somebody did to others.
OWN = "own"
_DEEDS = frozenset({"active", "active-far", "gerund", "headline", "left"})
# A bound is rounded down to a number that people like; the exact one lies within a tenth above it.
ROUNDED = 0.1

# What befell them both, in any order and form: "killed and injured", "dead or wounded", "deaths and injuries".
_KILLED = r"(?:kill(?:ed|ing)|dead|death[s]?|martyrs?)"
_HURT = r"(?:wound(?:ed|ing|s)?|injur(?:ed|ing|y|ies)|maim(?:ed|ing))"
_BOTH = re.compile(
    rf"\b(?:{_KILLED}\W+(?:and|or|nor)\W+{_HURT}|{_HURT}\W+(?:and|or|nor)\W+{_KILLED})\b", re.IGNORECASE
)

# The construction by which a text says what figure it keeps.
RECORDED = "recorded"
# The construction of the dead that a protest is about.
OCCASION = "occasion"
# A text with more figures of one outcome than this tells the same dead again and again.
FEW = 3

_TOO = re.compile(r"\b(?:also(?! known| called)|another|others?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Group:
    """Claims that are counted as one: their place in the text and their figure."""

    claims: tuple[Claim, ...]
    figure: Figure


def headline(claims: Sequence[Claim], without: Collection[str] = ()) -> dict[Outcome, Figure]:
    """The toll of a document's main topic: outcome to its figure, outcomes without one left out.

    Args:
        claims: the claims of the topic.
        without: names of policies to leave out, for measuring.

    Raises:
        ValueError: there is no such policy.
    """
    unknown = set(without) - POLICIES.keys()
    if unknown:
        raise ValueError(f"no policy {sorted(unknown)}; there are {', '.join(POLICIES)}")
    on = POLICIES.keys() - set(without)
    ordered = sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))
    if "event" in on:
        ordered = _of_event(ordered)
    if "size" in on:
        ordered = _of_size(ordered)
    chosen = {o: g for o in Outcome if (g := _chosen([c for c in ordered if c.outcome is o], on)) is not None}
    less = _less_dead(chosen, ordered, on)
    told = _HARM - ({Outcome.WOUNDED} if less else set())
    found = {o: _bounds(g.figure, on) for o, g in chosen.items()}
    if "sources" in on:
        found = {o: _widened(f, ordered, o) if o in told else f for o, f in found.items()}
    if "bodies" in on and Outcome.BODIES_FOUND in found:
        found.setdefault(Outcome.KILLED, found[Outcome.BODIES_FOUND])
    if "both" in on:
        _some_of_each(found, ordered)
    return {o: f for o, f in found.items() if f.known}


def _of_event(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without the dead and the hurt of a period, where others were told of one event before."""
    single = [c for c in claims if c.outcome in _HARM and c.scope is Scope.INCIDENT and c.figure.floor]
    if not single:
        return list(claims)
    told = single[0].span.start
    return [c for c in claims if c.outcome not in _HARM or c.scope is not Scope.PERIOD or c.span.start < told]


def _of_size(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without the dead and the hurt that are too many for the incident that the text is about."""
    small = [
        c
        for c in claims
        if c.outcome in _HARM and c.scope is not Scope.WAR and 0 < level(c.figure) < NO_INCIDENT
    ]
    first = small[0] if small else None

    def fits(c: Claim) -> bool:
        if c.outcome not in _HARM or level(c.figure) < NO_INCIDENT:
            return True
        if c.scope is Scope.PERIOD or c.span.start > LEAD or any(s.outcome is c.outcome for s in small):
            return False
        return first is None or first.span.start > c.span.start or level(first.figure) * 10 > level(c.figure)

    return [c for c in claims if fits(c)]


def _widened(figure: Figure, claims: Sequence[Claim], outcome: Outcome) -> Figure:
    """The figure with its high as high as other figures of the same event go, which other sources give."""
    least = level(figure)
    replaced = {c.supersedes for c in claims}
    others = [
        level(c.figure)
        for c in claims
        if c.outcome is outcome
        and c.part_of is None
        and c.id not in replaced
        and c.status is not Status.DENIED
        and c.scope in {Scope.INCIDENT, Scope.CUMULATIVE}
        and least < level(c.figure) <= least * TWICE
    ]
    return (
        replace(figure, high=max(*others, figure.high or 0)) if others and figure.best is not None else figure
    )


def _some_of_each(found: dict[Outcome, Figure], claims: Sequence[Claim]) -> None:
    """Gives some killed and some wounded where a text only says that people were killed and wounded."""
    if Outcome.KILLED in found or Outcome.WOUNDED in found:
        return
    for c in claims:
        if c.outcome is Outcome.OTHER and c.part_of is None and _BOTH.search(c.quote):
            for outcome in (Outcome.KILLED, Outcome.WOUNDED):
                found[outcome] = SOME
            return


def _chosen(claims: Sequence[Claim], on: Collection[str]) -> _Group | None:
    """The group of claims that is the toll of one outcome."""
    left = _countable(claims, on)
    kept = [c for c in left if c.rule == RECORDED]
    if "recorded" in on and kept:
        return _Group((kept[0],), kept[0].figure)
    if "own" in on and any(c.rule == OWN for c in left) and not all(c.rule == OWN for c in left):
        return _with_own(claims, left, on)
    if not left:
        return None
    groups = _grouped(left, claims, on)
    if "most-displaced" in on and left[0].outcome is Outcome.DISPLACED:
        return max(groups, key=lambda g: level(g.figure))  # the first of the largest
    first = groups[0]
    if "also" in on and len(groups) > 1 and _also(groups):
        return _Group((*first.claims, *groups[1].claims), add([first.figure, groups[1].figure]))
    if "group-follows" in on and _persons(first) == 1:
        near = [g for g in groups[1:] if g.claims[0].span.start - first.claims[-1].span.end <= NEARBY]
        first = next((g for g in near if level(g.figure) > 1), first)
    if "another" in on and _persons(first) == 1:
        first = _with_others(first, claims)
    if "rounded" in on and first.figure.high is None and first.figure.low:
        most = first.figure.low * (1 + ROUNDED)
        first = next(
            (g for g in groups if g.figure.exact and first.figure.low <= level(g.figure) <= most), first
        )
    return first


def _also(groups: Sequence[_Group]) -> bool:
    """Whether the second of at most a few groups comes on top of the first: "two guards died; a clerk was also killed"."""
    first, second = groups[0].claims[-1], groups[1].claims[0]
    return (
        len(groups) <= FEW
        and first.outcome is Outcome.KILLED
        and _TOO.search(second.quote) is not None
        and first.mode is Mode.TOTAL is second.mode
        and first.scope is second.scope
        and first.status is second.status
        and second.span.start - first.span.end <= NEARBY
    )


def _with_others(first: _Group, claims: Sequence[Claim]) -> _Group:
    """One person with those who came on top of him in the next sentences: "one died there, another in hospital"."""
    end = first.claims[-1].span.end
    more = [
        c
        for c in claims
        if c.mode is Mode.INCREMENT and c.part_of is None and c.figure.exact and c not in first.claims
        and " who " not in c.quote
        and c.status is first.claims[0].status and 0 <= c.span.start - end <= NEARBY
    ]  # fmt: skip
    return _Group((*first.claims, *more), add([first.figure, *(c.figure for c in more)])) if more else first


def _with_own(claims: Sequence[Claim], left: Sequence[Claim], on: Collection[str]) -> _Group | None:
    """The group that was killed, with the one who did it where he died by his own hand in the same breath."""
    group = _chosen([c for c in claims if c.rule != OWN], on)
    if group is None or group.claims[0].rule not in _DEEDS:
        return group
    near = [
        c
        for c in left
        if c.rule == OWN and abs(c.span.start - group.claims[-1].span.end) <= NEARBY and c not in group.claims
    ]
    return _Group((*group.claims, near[0]), add([group.figure, near[0].figure])) if near else group


def _persons(group: _Group) -> int | None:
    """How many it is, where that is one number."""
    return group.figure.low if group.figure.exact else None


def _countable(claims: Sequence[Claim], on: Collection[str]) -> list[Claim]:
    """The claims that may be the toll, by the policies that leave some out."""
    left = list(claims)
    if "said" in on:
        left = [c for c in left if c.status is not Status.DENIED]
        left = [c for c in left if c.status is not Status.POSSIBLE] or left
    if "occasion" in on:
        left = [c for c in left if c.rule != OCCASION]
    if "scope" in on:
        # whom a war has driven out is what a report on the displaced is about; its dead are not one incident's
        told = [c for c in left if c.scope is not Scope.WAR]
        left = told or [c for c in left if c.outcome is Outcome.DISPLACED]
    if "scope" in on and not ("most-displaced" in on and left and left[0].outcome is Outcome.DISPLACED):
        left = [c for c in left if c.scope is not Scope.PERIOD] or left
    if "newest" in on:
        replaced = {c.supersedes for c in left}
        left = [c for c in left if c.id not in replaced] or left
    if "whole" in on:
        wholes = {c.id for c in left if c.figure.known or "parts" not in on}
        left = [c for c in left if c.part_of not in wholes]
    if "on-top" in on:
        most = max((level(c.figure) for c in left if c.mode is Mode.TOTAL), default=0)
        left = [c for c in left if c.mode is Mode.TOTAL or level(c.figure) > most] or left
    if "numbered" in on:
        left = [c for c in left if c.figure.known] or [replace(c, figure=Figure(2)) for c in left]
    return left


def _grouped(left: Sequence[Claim], claims: Sequence[Claim], on: Collection[str]) -> list[_Group]:
    """The claims in text order, those added that belong to one figure."""
    bunches: list[list[Claim]] = []
    wholes = {c.id: c for c in claims}
    for claim in left:
        last = bunches[-1][-1] if bunches else None
        beside = last is not None and "side-by-side" in on and side_by_side(last, claim)
        # Shares whose whole has no number, or was not read, stand for it.
        shared = (
            "parts" in on and last is not None and claim.part_of is not None and claim.part_of == last.part_of
        )
        if last is not None and (beside or (shared and wholes.get(claim.part_of or "") is not last)):
            bunches[-1].append(claim)
        else:
            bunches.append([claim])
    return [_Group(tuple(b), b[0].figure if len(b) == 1 else add(c.figure for c in b)) for b in bunches]


def _less_dead(chosen: dict[Outcome, _Group], claims: Sequence[Claim], on: Collection[str]) -> bool:
    """Takes from the hurt those who are told to have died, in place; whether there were any."""
    hurt, dead = chosen.get(Outcome.WOUNDED), chosen.get(Outcome.KILLED)
    if hurt is None or dead is None:
        return False
    left = survivors(Told(hurt.claims, hurt.figure), Told(dead.claims, dead.figure), claims, on)
    if left is None:
        return False
    if left.claims:
        chosen[Outcome.WOUNDED] = _Group(left.claims, left.figure)
    else:
        del chosen[Outcome.WOUNDED]
    return True


def _bounds(figure: Figure, on: Collection[str]) -> Figure:
    """The figure with a best: its low for a vague word, unless a source gave one."""
    if "vague-low" not in on or figure.best is not None:
        return figure
    if figure.low is None:
        return replace(figure, best=figure.high)
    # "5 to 7" is a range as given, not a vague word.
    given = any(ch.isdigit() for ch in figure.as_written) and figure.high is not None
    return figure if given else replace(figure, best=figure.low)
