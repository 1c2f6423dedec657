"""Adding up: tolls of different incidents, or of groups that share nobody, as one figure of a wider scope."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.figures import add
from tollbook.toll.policy import TollError
from tollbook.values import Toll


def add_up(tolls: Sequence[Toll], scope: str) -> Toll:
    """The toll of a wider scope: the sum of the tolls of incidents that share nobody.

    Args:
        tolls: of one outcome, one group and one method, each of another incident.
        scope: the name of what they lie in.

    Raises:
        TollError: nothing to add, outcomes, groups or methods differ, or an incident comes twice.
    """
    if not tolls:
        raise TollError(f"there is no toll to add up for {scope!r}")
    kinds = {(t.outcome, t.group, t.method, t.digest) for t in tolls}
    if len(kinds) > 1:
        raise TollError(f"tolls of different outcomes, groups or methods are never added: {scope!r}")
    if len({t.incident for t in tolls}) < len(tolls):
        raise TollError(f"an incident would be counted twice in {scope!r}")
    outcome, group, method, digest = kinds.pop()
    ordered = sorted(tolls, key=lambda t: t.incident)
    return Toll(
        incident=scope,
        outcome=outcome,
        group=group,
        method=method,
        figure=add(t.figure for t in ordered),
        used=tuple(u for t in ordered for u in t.used),
        aside=tuple(u for t in ordered for u in t.aside),
        may_rise=any(t.may_rise for t in tolls),
        rule="added-up",
        why="It is the sum of incidents that share nobody.",
        digest=digest,
    )
