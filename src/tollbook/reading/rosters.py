"""Rosters: people told name by name, each with what hangs on the name ("Anton Brezin, 53; Olga Fenn, a nurse; and ...")."""

from __future__ import annotations

from tollbook.reading.appositions import by_name
from tollbook.reading.clauses import Clause, own_verb

# What a roster's entries are, and what stands between them.
_ENTRIES = frozenset("1CQ")
_BETWEEN = frozenset(",;a")


def roster(clause: Clause, k: int) -> list[int]:
    """The groups of the roster that begins at chunk ``k``, appositions and ages jumped."""
    found: list[int] = []
    while clause.at(k) in _ENTRIES:
        if found and own_verb(clause, k + 1):
            break
        found.append(k)
        behind = _behind(clause, k + 1)
        step = behind
        while clause.at(step) in _BETWEEN:
            step += 1
        step += clause.at(step) == "n" and clause.at(step + 1) in "1C"  # "FIRST sergeant Anton Brezin"
        if step == behind:
            break
        k = step
    return found


def _behind(clause: Clause, k: int) -> int:
    """The chunk behind what hangs on the entry that ends before chunk ``k``: an age, an apposition, a bracket."""
    while True:
        if clause.at(k) == "(" and ")" in clause.s[k : k + 4]:
            k = clause.s.index(")", k) + 1
        elif clause.at(k) == "," and clause.at(k + 1) == "n" and clause.at(k + 2) not in "1C":
            k = _phrase(clause, k + 2)
        elif clause.at(k) == "," and clause.at(k + 1) == "1" and clause.chunks[k + 1].name < 0:
            k = _phrase(clause, k + 2)  # "a nurse" is no further person
        else:
            return k


def _phrase(clause: Clause, k: int) -> int:
    """Where the noun phrase ends whose first chunk stands before ``k``."""
    while clause.at(k) in "onCpN1P" and not (clause.at(k) in "1CN" and clause.at(k - 1) not in "op"):
        k += 1
    return k


def named(clause: Clause, groups: list[int]) -> list[int]:
    """The groups that are one person by name or by title and name."""
    return [g for g in groups if by_name(clause.chunks, clause.s, g)]


# Nouns for several deaths, whose names a colon may open.
_EVENTS = frozenset({"murders", "assassinations", "killings", "deaths", "executions"})


def listed(clause: Clause, k: int) -> None:
    """As in "the following guards fell at Zenda: Major Anton Brezin, Corporal Jan Fenn": people without a number, by name."""
    at = k + 1
    while clause.at(at) in ("pnoXtCvw" if clause.chunks[k].head in _EVENTS else "pnoXt"):
        at += 1
    if (
        clause.at(at) == ":"
        and ("P" in clause.s[max(0, k - 4) : k + 1] or clause.chunks[k].head in _EVENTS)
        and not any(h.trigger == k for h in clause.hits)
    ):
        names = named(clause, roster(clause, at + 1))
        if len(names) > 1:
            clause.hit(names, k, "listed")


def company(clause: Clause, k: int) -> bool:
    """Whether people stand at chunk ``k``, and no tool: "was shot with two guards", not "with two bursts"."""
    return clause.at(k) in "1CQ" and not clause.chunks[k].weak


def those(clause: Clause, k: int) -> bool:
    """Whether the outcome word opens its sentence as a noun: "the injured were ...", "those killed are ..."."""
    return (
        k == 1
        and clause.chunks[0].end == clause.chunks[1].start
        and clause.chunks[0].head in {"the", "those"}
    )
