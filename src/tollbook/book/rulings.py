"""Judgements, weighed: which of them hold, and what each entry has coming from them.

A later judgement on the same thing wins; at one moment the greater id does, so that order never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from tollbook import notation
from tollbook.codes import Grade, Review, Verb
from tollbook.figures import Figure
from tollbook.nouns import Entry, Judgement

E = TypeVar("E", bound=Entry)
Changes = Sequence[tuple[str, str]]

# What a correction may not touch: where the words stand is evidence, when and by whom is history.
FIXED = frozenset({"report", "span", "quote", "original", "text", "recorded_at", "made_by", "proposed"})


@dataclass
class Checking:
    """Where the checking of one thing by people stands.

    Attributes:
        state: what was said last.
        persons: who accepted it as it stands, in order.
        since: when the last of them did.
    """

    state: Review = Review.UNREVIEWED
    persons: tuple[str, ...] = ()
    since: datetime | None = None

    def hear(self, judgement: Judgement, needed: int) -> None:
        """Lets a judgement count; one acceptance a person, and a correction makes what was accepted another thing."""
        verb = judgement.verb
        if verb is Verb.ACCEPT:
            # "Flavia" and "flavia " are one person, so that nobody is two by a slip.
            known = {" ".join(p.casefold().split()) for p in self.persons}
            if " ".join(judgement.made_by.casefold().split()) not in known:
                self.persons = (*self.persons, judgement.made_by)
            enough = len(self.persons) >= needed
            self.state = Review.ACCEPTED if enough else Review.IN_REVIEW
            self.since = judgement.recorded_at if enough else None
            return
        was = self.state
        self.persons, self.since = (), None
        if verb is Verb.CORRECT:
            self.state = Review.CHANGED if was in {Review.ACCEPTED, Review.CHANGED} else Review.IN_REVIEW
        else:
            self.state = _STATES[verb]


_STATES = {
    Verb.REJECT: Review.REJECTED,
    Verb.WITHDRAW: Review.REJECTED,
    Verb.REVIEW: Review.IN_REVIEW,
    Verb.UNVERIFIABLE: Review.UNVERIFIABLE,
}


@dataclass
class Rulings:
    """What the judgements that hold come to.

    Attributes:
        fallen: id of what was rejected or withdrawn, to the reason.
        accepted: ids of what was accepted; what was rejected after that is in ``fallen`` too.
        reviewed: ids of what somebody accepted or corrected.
        changes: id to (field, new value in notation), the latest last.
        into: incident to the incident it goes into, the newest judgement first.
        moved: statement to the incident it was split off to.
        acknowledged: finding key to the reason.
        above: incident to the campaign or war that it was put under.
        apart: pairs of ids that are not the same, to the newest word on the pair.
        grades: incident to its grade.
        credibility: claim to its Admiralty credibility.
        assigned: id to a person.
        comments: id to the comments on it, in order.
        checked: id to where its checking stands.
    """

    fallen: dict[str, str] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    reviewed: set[str] = field(default_factory=set)
    changes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    into: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    grades: dict[str, Grade] = field(default_factory=dict)
    credibility: dict[str, int] = field(default_factory=dict)
    assigned: dict[str, str] = field(default_factory=dict)
    comments: dict[str, list[Judgement]] = field(default_factory=lambda: defaultdict(list))
    checked: dict[str, Checking] = field(default_factory=lambda: defaultdict(Checking))

    def why_fallen(self, statement: str, report: str) -> str | None:
        """Why a statement fell, by itself or with its report; None while it stands."""
        with_report = self.fallen.get(report)
        return with_report if with_report is not None else self.fallen.get(statement)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that no standing undo undoes, the latest last."""
    all_of_them = {j.id: j for j in judgements}
    undoes: dict[str, list[str]] = defaultdict(list)
    for j in all_of_them.values():
        if j.verb is Verb.UNDO:
            undoes[j.target].append(j.id)
    holds: dict[str, bool] = {}
    for start in all_of_them:
        # An undo speaks of an older thing (its id is a digest that holds the target's), so this ends.
        stack = [start]
        while stack:
            at = stack[-1]
            open_ones = [u for u in undoes[at] if u not in holds] if at not in holds else []
            if open_ones:
                stack.extend(open_ones)
                continue
            holds[at] = not any(holds[u] for u in undoes[at])
            stack.pop()
    return sorted((j for j in all_of_them.values() if holds[j.id]), key=lambda j: (j.recorded_at, j.id))


def rule(judgements: Iterable[Judgement], *, two_persons: bool = False) -> Rulings:
    """What the judgements come to, undone ones left out.

    Args:
        judgements: all of them.
        two_persons: whether an acceptance needs two persons.
    """
    found = Rulings()
    for j in standing(judgements):
        if j.verb in _STATES or j.verb in {Verb.ACCEPT, Verb.CORRECT}:
            found.checked[j.target].hear(j, 2 if two_persons else 1)
            _checked(found, j)
        elif j.verb in _PAIRS:
            _paired(found, j)
        elif j.verb is Verb.ACKNOWLEDGE:
            found.acknowledged[j.target] = j.reason
        elif j.verb is Verb.SPLIT and j.other:
            _split(found, j.target, j.other, j.claims)
        elif j.verb is Verb.COMMENT:
            found.comments[j.target].append(j)
        else:
            _valued(found, j)
    found.into = dict(reversed(found.into.items()))
    return found


def _checked(found: Rulings, j: Judgement) -> None:
    """What is accepted, rejected or corrected."""
    if j.verb in {Verb.REJECT, Verb.WITHDRAW}:
        found.fallen[j.target] = j.reason
    elif j.verb is Verb.ACCEPT:
        found.fallen.pop(j.target, None)
        if found.checked[j.target].state is Review.ACCEPTED:
            found.accepted.add(j.target)
        found.reviewed.add(j.target)
    elif j.verb is Verb.CORRECT:
        found.changes[j.target].extend(j.changes)
        found.reviewed.add(j.target)


def _split(found: Rulings, old: str, new: str, claims: Sequence[str]) -> None:
    """What was split off is not about the old incident, and the two are not one event: both are remembered.

    Without claims the target is itself the claim that goes, from wherever it stands, and nothing is said of two incidents.
    """
    if not claims:
        found.moved[old] = new
        found.apart.discard(frozenset({old, new}))
        return
    found.moved |= dict.fromkeys(claims, new)
    found.apart.add(frozenset({old, new}))
    for claim in claims:
        found.apart.discard(frozenset({claim, new}))
        found.apart.add(frozenset({claim, old}))


_PAIRS = frozenset({Verb.MERGE, Verb.APART, Verb.NEST})


def _paired(found: Rulings, j: Judgement) -> None:
    """What two things are to each other: one, not one, or one part of the other."""
    if j.verb is Verb.NEST:
        found.above.pop(j.target, None)
        if j.other:
            found.above[j.target] = j.other
    elif j.other:
        pair = frozenset({j.target, j.other})
        if j.verb is Verb.APART:
            found.apart.add(pair)
        else:
            found.apart.discard(pair)
            found.into.pop(j.target, None)
            found.into[j.target] = j.other


def _valued(found: Rulings, j: Judgement) -> None:
    """A value that somebody set; one that is none of its kind sets nothing (``pipeline.judge`` refuses it)."""
    given = dict(j.changes)
    if j.verb is Verb.GRADE and given.get("grade") in set(Grade):
        found.grades[j.target] = Grade(given["grade"])
    elif j.verb is Verb.RATE and given.get("credibility", "") in CREDIBILITIES:
        found.credibility[j.target] = int(given["credibility"])
    elif j.verb is Verb.ASSIGN:
        found.assigned.pop(j.target, None)
        if given.get("to"):
            found.assigned[j.target] = given["to"]


# Admiralty credibility of information: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful,
# 5 improbable, 6 cannot be judged.
CREDIBILITIES = ("1", "2", "3", "4", "5", "6")


def merges(rulings: Rulings, incidents: Iterable[str]) -> dict[str, str]:
    """Each merged incident to the one that stands for it; of merges in a circle the oldest is void."""
    there = set(incidents)
    into: dict[str, str] = {}
    for target, other in rulings.into.items():
        if target in there and other in there and _root(into, other) != target:
            into[target] = other
    return {target: _root(into, target) for target in into}


def _root(into: Mapping[str, str], incident: str) -> str:
    while incident in into:
        incident = into[incident]
    return incident


def correction(kind: str, name: str, text: str) -> object:
    """The value of one field of a correction, written as a person writes it.

    Raises:
        notation.BadLineError: the field does not exist, may not be corrected, or the text is no such value.
    """
    if name in FIXED:
        raise notation.BadLineError(
            f"{name} cannot be corrected: it is evidence; withdraw the {kind} and enter it anew"
        )
    if name == "said_on":
        try:
            return None if text == "-" else date.fromisoformat(text)
        except ValueError as error:
            raise notation.BadLineError(f"said_on: {error}; write a day as 2022-01-30") from error
    return notation.field_value(kind, name, text)


def corrected(entry: E, changes: Changes) -> E:
    """The entry with the changes made, under its old id; what is no value of its field changes nothing.

    ``pipeline.judge`` refuses such a change with a message. A log that another program wrote may hold
    one all the same, and it must not stop the whole book.
    """
    for name, text in changes:
        try:
            if name == "proposed":
                value: object = text == "yes"
            else:
                value = correction(entry.KIND, name, text)
            if isinstance(value, Figure):
                # What the source wrote stays what it wrote.
                value = replace(value, as_written=getattr(entry, name).as_written)
            named = dict[str, Any]({name: value})
            if name == "victims_class":
                named["inferred"] = False  # a person says it now
            changed = replace(entry, **named)
        except (ValueError, TypeError):
            continue
        object.__setattr__(changed, "_id", entry.id)
        entry = changed
    return entry
