"""``blame-disputed``: voices name different parties as those who did the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from tollbook.checks.kinds import Check, matter, teller, told
from tollbook.codes import Status
from tollbook.nouns import Claim
from tollbook.toll.sifting import CIVILIANS, group_of
from tollbook.toll.wholes import whole
from tollbook.values import ALL, Book, Finding

STEM = 5  # letters by which "Turkey" and "Turkish" are one name
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = re.compile(r"(?:A|An|Any|Some|These|Those|Two|Three|Unknown|Unidentified|Gunmen|Militants|Police)$")


def find(book: Book) -> Iterator[Finding]:
    """One finding an incident: the voices that blame different parties for the dead of nobody's army.

    In a fight each side kills the other, so who is blamed is compared for civilians and for people of no party only.
    """
    for i, incident in sorted(book.incidents.items()):
        blamed: dict[str, dict[str, Claim]] = defaultdict(dict)
        for claim in book.of(i):
            if claim.perpetrator and claim.status is not Status.DENIED and _of_nobody(claim):
                blamed[teller(book, claim)][_name(claim.perpetrator)] = claim
        sides = {v: next(iter(c.values())) for v, c in blamed.items() if len(c) == 1}
        disputed = [v for v, c in sides.items() if any(_other(c, o) for w, o in sides.items() if w != v)]
        if not disputed:
            continue
        told_by = "; ".join(
            f"{v} blames {sides[v].perpetrator} ({told(book, sides[v])})" for v in sorted(disputed)
        )
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=f"{i}:{matter(*disputed)}",
            what=f"{incident.name}: {told_by}.",
            why="Who did it decides in whose column the dead stand.",
            remedy="Publish both accusations with their voices, and neither as a fact; look for evidence of the weapon and of where "
            "it came from.",
            claims=tuple(sides[v].id for v in sorted(disputed)),
        )


def _of_nobody(claim: Claim) -> bool:
    group = group_of(claim)
    return group == CIVILIANS or (group == ALL and whole(claim, ALL))


def _name(party: str) -> str:
    return " ".join(party.split()).removeprefix("the ").removeprefix("The ")


def _words(party: str) -> frozenset[str]:
    """The beginnings of the proper names in what somebody is called: "a Hentzau gunner" and "Hentzau" are one."""
    words = _WORD.findall(_name(party))
    return frozenset(
        w.casefold()[:STEM] for n, w in enumerate(words) if w[0].isupper() and (n or not _SMALL.match(w))
    )


def _other(a: Claim, b: Claim) -> bool:
    """Whether two claims of like days name parties by names of which none is the other's."""
    if (a.date_to and b.date_from and a.date_to < b.date_from) or (
        b.date_to and a.date_from and b.date_to < a.date_from
    ):
        return False
    ours, theirs = _words(a.perpetrator or ""), _words(b.perpetrator or "")
    return bool(ours and theirs) and not ours & theirs


CHECK = Check("blame-disputed", "strict", "voices blame different parties for the same dead", find)
