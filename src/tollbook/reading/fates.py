"""Fates: people whose fate stands apart from them: behind words of report, behind another verb, in a pronoun."""

from __future__ import annotations

from tollbook.codes import Outcome
from tollbook.reading.clauses import Clause, auxiliaries, subject

# Words of report between people and what befell them: "three confirmed dead", "ten feared killed".
_TOLD = frozenset("confirmed reported believed feared presumed said".split())


def told(clause: Clause, k: int) -> bool:
    """Whether people with a number are told to have met the outcome at ``k``: "one confirmed killed", "12 feared dead"."""
    return clause.at(k - 1) in "sv" and clause.chunks[k - 1].head in _TOLD and clause.at(k - 2) in "QN"


def handled(clause: Clause, j: int) -> list[int]:
    """The people that a participle before ``and`` is about: "a priest dragged from his car and killed"."""
    while j > 1 and clause.s[j] in "npPC1":
        j -= 1
    if clause.at(j) not in "vV" or clause.at(j + 1) != "p":
        return []
    if clause.at(j - 1) == "b":
        first, _ = auxiliaries(clause, j)
        return subject(clause, first - 1)
    return [j - 1] if clause.at(j - 1) in "Q1" and j == 1 else []


def him(clause: Clause, k: int) -> bool:
    """Whether the object is "him" or "her": one person of whom the text has told; nothing new if it told this too."""
    one = (
        clause.at(k + 1) == "i"
        and clause.chunks[k + 1].head in {"him", "her"}
        and clause.at(k + 2) not in "n1CQ"
    )
    return one and clause.hit([k + 1], k, "pronoun")


# Words by which a text says what figure it keeps: "unknown fatalities coded as 10".
_KEPT = frozenset({"coded", "recorded"})


def recorded(clause: Clause, k: int) -> bool:
    """Whether the text says what number of the deaths at ``k`` it records: "coded as 3", "8 fatalities coded to this"."""
    if clause.chunks[k].outcome is not Outcome.KILLED:
        return False
    for j in range(k + 1, min(len(clause.s), k + 12)):
        if clause.chunks[j].head in _KEPT:
            if (
                clause.at(j + 1) == "t"
                and clause.at(k - 1) in "QN"
                and clause.s[k + 1 : j].strip("(NnaDv)") == ""
            ):
                return clause.hit([k - 1], j, "recorded", outcome=Outcome.KILLED)
            at = next((n for n in range(j + 1, j + 5) if clause.at(n) in "QN"), -1)
            if clause.at(j + 1) == "p" and at > 0:
                return clause.hit([at], j, "recorded", outcome=Outcome.KILLED)
        if clause.s[j] in ";:VIGK":
            break
    return False
