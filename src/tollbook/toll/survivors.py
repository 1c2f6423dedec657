"""Survivors: who is left of the hurt when some of them are told to have died.

Who was shot may live or not, so the dead are taken from those shot; who was hurt and "later died" is one of the dead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from tollbook.codes import Outcome
from tollbook.figures import Figure
from tollbook.nouns import Claim
from tollbook.toll.counts import level

# How far behind the hurt the dead may be told of, in characters.
NEARBY = 300

_SHOT = re.compile(
    r"\bshot\b(?! and (?:wounded|injured|killed))|\b(?:shooting|gunshot|gunfire|bullets?)\b", re.IGNORECASE
)
_OTHERS = re.compile(r"\bothers?\b", re.IGNORECASE)
# One more, whoever died before: "a second victim was shot".
_MORE = re.compile(
    r"^(?:another|an? (?:second|third|fourth|other)|the (?:second|third|fourth|other)|\w+ others?)\b",
    re.IGNORECASE,
)
# People told of before: "the woman was shot", "shot his wife".
_KNOWN = re.compile(r"^(?:(?:shot|shooting) )?(?:the|his|her|their|he|she|they|all|both)\b", re.IGNORECASE)
# What is said of one who was told of before: "he later died", "Brezin succumbed", not "a man died".
_LATER = re.compile(
    r"^(?!(?:an?|another|one|\w+ (?:other|more))\b(?! of)).*\b(?:died|dies|succumbed|pronounced dead)\b",
    re.DOTALL,
)
_OF_THEM = re.compile(
    r"^\w+ of (?:the |those |them|his |her )?.*\b(?:died|dies|succumbed|dead)\b", re.IGNORECASE | re.DOTALL
)


class Told(NamedTuple):
    """Claims that are counted as one, and their figure."""

    claims: tuple[Claim, ...]
    figure: Figure


def survivors(hurt: Told, dead: Told, claims: Sequence[Claim], on: Collection[str]) -> Told | None:
    """The hurt without those who died, without claims where nobody is left; None where nothing says that any died.

    Args:
        hurt: those told to be hurt.
        dead: those told to be killed.
        claims: every claim of the topic.
        on: the policies that hold; "shot" and "died" are looked at.
    """
    if "shot" in on and all(_SHOT.search(c.quote) for c in hurt.claims) and not _apart(hurt, claims):
        left = _rest(hurt, dead, claims)
        if left is not None:
            return left
    if "died" in on and _died(hurt, dead):
        return _rest(hurt, dead, claims)
    return None


def _apart(hurt: Told, claims: Sequence[Claim]) -> bool:
    """Whether the dead are none of those shot: "three others were shot", "eight shot" where eight are hurt elsewhere."""
    return any(_OTHERS.search(c.quote) for c in hurt.claims) or any(
        c.outcome is Outcome.WOUNDED
        and level(c.figure) == level(hurt.figure) > 1
        and not _SHOT.search(c.quote)
        for c in claims
    )


def _died(hurt: Told, dead: Told) -> bool:
    """Whether the dead are said to have been hurt first."""
    first, one = dead.claims[0], hurt.claims[0]
    if one.span.start > first.span.start + NEARBY:
        return False
    same = _LATER.search(first.quote) and (one.span.start < first.span.start or one.span.overlaps(first.span))
    single = level(hurt.figure) == level(dead.figure) == 1
    return bool((single and same) or (_OF_THEM.search(first.quote) and level(hurt.figure) > 1))


def _rest(hurt: Told, dead: Told, claims: Sequence[Claim]) -> Told | None:
    """Those of the hurt who are left, or who are told of as one more; None where the two cannot be taken apart."""
    harmed, killed = hurt.figure, dead.figure
    if not harmed.exact or not killed.exact:
        return None
    left = level(harmed) - level(killed)
    if left > 0:
        return Told(hurt.claims, Figure(left, left, left))
    if left < 0 and not all(_KNOWN.search(c.quote) for c in hurt.claims):
        return None
    more = next(
        (
            c
            for c in claims
            if c.outcome is Outcome.WOUNDED
            and c not in hurt.claims
            and c.part_of is None
            and c.figure.exact
            and _MORE.search(c.quote)
        ),
        None,
    )
    return Told((more,), more.figure) if more else Told((), Figure())
