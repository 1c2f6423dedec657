"""Outcomes whose people no noun beside them names: who is told of just before, or who did it to himself."""

from __future__ import annotations

from tollbook.reading.clauses import GROUPS, Clause, objects


def same(clause: Clause, k: int) -> list[int]:
    """The people of the passive before, with nobody between: "was shot in the head and later died"."""
    last = max(
        (h for h in clause.hits if h.rule == "passive" and h.trigger < k),
        key=lambda h: h.trigger,
        default=None,
    )
    between = set(clause.s[last.trigger + 1 : k - 1]) if last else {"s"}
    return (
        [h.group for h in clause.hits if last and h.trigger == last.trigger] if between <= set("pno") else []
    )


def own_deed(clause: Clause, k: int) -> None:
    """As in "then killed himself", "killing himself and 12 others": the deed is its own victim."""
    if not clause.chunks[k].weak:
        clause.hit([k], k, "own")
    if clause.at(k + 1) == "a" and clause.at(k + 2) in GROUPS:
        clause.hit(objects(clause, k + 2), k, "active")
