"""Judgements, weighed: which of them hold, and what each entry has coming from them.

A later judgement on the same thing wins; at one moment the greater id does, so that order never matters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from tollbook import notation
from tollbook.codes import Verb
from tollbook.figures import Figure
from tollbook.nouns import Entry, Judgement

E = TypeVar("E", bound=Entry)
Changes = Sequence[tuple[str, str]]

# What a correction may not touch: where the words stand is evidence, when and by whom is history.
FIXED = frozenset({"report", "span", "quote", "original", "text", "recorded_at", "made_by", "proposed"})


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
    """

    fallen: dict[str, str] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    reviewed: set[str] = field(default_factory=set)
    changes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    into: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)

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


def rule(judgements: Iterable[Judgement]) -> Rulings:
    """What the judgements come to, undone ones left out."""
    found = Rulings()
    for j in standing(judgements):
        if j.verb in {Verb.REJECT, Verb.WITHDRAW}:
            found.fallen[j.target] = j.reason
        elif j.verb is Verb.ACCEPT:
            found.fallen.pop(j.target, None)
            found.accepted.add(j.target)
            found.reviewed.add(j.target)
        elif j.verb is Verb.CORRECT:
            found.changes[j.target].extend(j.changes)
            found.reviewed.add(j.target)
        elif j.verb is Verb.ACKNOWLEDGE:
            found.acknowledged[j.target] = j.reason
        elif j.verb is Verb.MERGE and j.other:
            found.into.pop(j.target, None)
            found.into[j.target] = j.other
        elif j.verb is Verb.SPLIT and j.other:
            found.moved |= dict.fromkeys(j.claims, j.other)
    found.into = dict(reversed(found.into.items()))
    return found


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
