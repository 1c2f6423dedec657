"""Nouns that count: deaths and bodies, lives, tolls, "the number of", over the letters of chunks."""

from __future__ import annotations

from tollbook.codes import Outcome
from tollbook.reading.clauses import GROUPS, Clause, objects
from tollbook.reading.closed import TIMES
from tollbook.reading.fates import recorded
from tollbook.reading.phrases import SPARED


def row(clause: Clause, j: int) -> list[int]:
    """The groups of an object that ends at chunk ``j``: "two bakers and a guard"."""
    first = j
    while clause.at(first - 1) in "a," and clause.at(first - 2) in "Q1C":
        first -= 2
    return [g for g in range(first, j + 1) if clause.s[g] in GROUPS]


# Nouns for a person's violent end that may stand behind his name, and what behind them makes it a matter of courts.
_ENDS = frozenset(
    "death murder assassination killing slaying execution martyrdom kidnapping abduction".split()
)
_COURTS = frozenset(
    "trial charge charges conviction sentence warrant suspect weapon plot case threat threats penalty row spree squad squads toll".split()
)


def possessive(clause: Clause, k: int) -> bool:
    """As in "the mayor's murder", "the murder on Tuesday of the mayor"; no "gang's killing of", done by the owner."""
    if (behind := dated(clause, k)) > 0:
        return clause.hit(objects(clause, behind), k, "noun-of")
    what = clause.chunks[k]
    short = clause.at(k - 1) in "1C" and what.start - clause.chunks[k - 1].end == 1  # "Matyas' murder"
    at = k - 1 if short else k - 2
    if (
        clause.at(at) not in "1C"
        or not (short or clause.chunks[k - 1].head == "'s")
        or what.head not in _ENDS
        or clause.at(k + 1) == "o"
        or (k + 1 < len(clause.s) and clause.chunks[k + 1].head in _COURTS)
    ):
        return False
    return clause.hit([at], k, "possessive")


def dated(clause: Clause, k: int) -> int:
    """The people behind a violent end and its day: "the murder on Tuesday of mayor Anton Brezin", or -1."""
    if (
        clause.s[k + 1 : k + 4] == "pno"
        and clause.chunks[k].head in _ENDS
        and (clause.chunks[k + 2].head in TIMES or clause.chunks[k + 2].head.isdigit())
    ):
        return k + 4 if clause.at(k + 4) in "1CQ" else -1
    return -1


def noun(clause: Clause, k: int) -> None:
    """As in "12 deaths", "the deaths of 12 people", "50 bodies"."""
    if clause.chunks[k].head == "death" and clause.at(k - 1) == "t" and clause.at(k - 2) in "QN1CP":
        groups = row(clause, k - 2)
        spared = clause.chunks[groups[0] - 1].head in SPARED
        if clause.at(groups[0] - 1) in "VvnG" and not spared:
            clause.instead(groups, k, "left")  # "stabbed a man to death"
        return
    if recorded(clause, k):
        return
    if "#" in clause.s[max(0, k - 2) : k]:
        clause.hit(numbered(clause, k), k, "number-of")  # "the number of refugees reached 1.2 million"
        return
    if clause.chunks[k].outcome is Outcome.WOUNDED and (people := treated(clause, k)):
        clause.hit(people, k, "active")
        return
    if (
        clause.s[k - 1 : k] not in {"Q", "N"}
        and clause.at(k + 1) == ":"
        and clause.at(k + 2) in "QN"
        and clause.at(k + 3) not in "bhmIVJ"
    ):
        clause.hit([k + 2], k, "noun")  # "Fatalities: 12; injuries: 30"
        return
    between = next((b for b in ("nan", "nav", "vav", "n", "v") if clause.s[:k].endswith(b)), "")
    g = k - 1 - len(between)  # "12 army casualties", "31,000 first and second displacements"
    if clause.at(g) in "QN" and (g < k - 1 or clause.at(g) == "Q"):
        clause.hit([g], k, "noun")
    elif clause.at(k - 1) in "NZ" or (clause.at(k - 1) == "o" and clause.at(k - 2) == "N"):
        clause.hit([k - 1 if clause.at(k - 1) != "o" else k - 2], k, "noun")
    elif (
        clause.at(k + 1) in "ot"
        and clause.at(k + 2) in GROUPS
        and not (clause.chunks[k].head == "body" and clause.at(k + 2) not in "1C")
    ):
        counted = "QN" if clause.chunks[k].head == "loss" else "QN1CPZ"
        clause.hit([g for g in objects(clause, k + 2) if clause.s[g] in counted], k, "noun-of")
    elif possessive(clause, k):
        return
    elif clause.at(k + 1) == "b" and clause.at(k + 2) == "N" and clause.chunks[k].outcome is Outcome.OTHER:
        clause.hit([k + 2], k, "noun")


def treated(clause: Clause, k: int) -> list[int]:
    """As in "treated 27 people for shrapnel wounds", "27 people were treated for injuries"."""
    at = k - 1 - (clause.at(k - 1) in "nv")
    if clause.at(at) != "p" or clause.chunks[at].head != "for":
        return []
    form = clause.s[max(0, at - 3) : at]
    if form[-2:] in {"vQ", "vN"} and clause.chunks[at - 2].head in _TREATED:
        return [at - 1]
    return [at - 3] if form in {"Qbv", "Nbv"} and clause.chunks[at - 1].head in _TREATED else []


_TREATED = frozenset({"treated", "treating", "hospitalised", "hospitalized"})


def lives(clause: Clause, k: int) -> None:
    """As in "claimed 12 lives", "cost the lives of five soldiers"."""
    if clause.at(k - 1) == "N" and clause.at(k - 2) == "c":
        clause.hit([k - 1], k, "lives", outcome=Outcome.KILLED)
    elif clause.at(k - 1) == "n" and clause.at(k - 2) in "QN1" and "c" in clause.s[max(0, k - 6) : k - 2]:
        clause.hit([k - 2], k, "lives", outcome=Outcome.KILLED)  # "cost five people their lives"
    elif clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS and "c" in clause.s[max(0, k - 3) : k]:
        clause.hit(objects(clause, k + 2), k, "lives", outcome=Outcome.KILLED)


def toll(clause: Clause, k: int) -> None:
    """As in "the death toll rose to 373 from 332", "bringing the toll to 34", "a toll of 12"."""
    if recorded(clause, k):
        return
    seen = 0
    for j in range(k + 1, min(len(clause.s), k + 22)):
        if clause.s[j] == "s" and not seen:
            continue  # "the number of wounded in the clinics stands at 40"

        letter = clause.s[j]
        if letter in "QN" and clause.at(j + 1) not in "bhmIV":
            old = clause.at(j - 1) == "p" and _word_from(clause, j - 1)
            joint = (
                clause.s[j - 2 : j] == "Qa" and letter == "Q"
            )  # "the toll was four soldiers and two nurses"
            if seen and not old and clause.at(j - 1) != "t" and not joint:
                break
            clause.hit([j], k, "toll-from" if old else "toll")
            seen += 1
        elif (
            letter in ";:IGKsLJB"
            or (letter in "Vw" and seen)
            or (letter == "," and not seen and not clause.s[k + 1 : j].strip("npoC1PQ,"))
        ):
            break
    if not seen and set("BRc") & set(clause.s[max(0, k - 6) : k]):
        back = clause.s.rfind("tN", max(0, k - 4), k) + 1
        if back > 0:
            clause.hit([back], k, "toll")


def _word_from(clause: Clause, p: int) -> bool:
    return clause.chunks[p].head == "from"


def numbered(clause: Clause, k: int) -> list[int]:
    """As in "the number of people displaced has reached 12,000", "brings to 31,000 the number of villagers displaced"."""
    for j in range(k + 1, min(len(clause.s), k + 16)):
        if clause.s[j] in "NQ" and clause.at(j - 1) in "tpUb:" and clause.at(j + 1) not in "bhmIV":
            return [j]
        if clause.s[j] in ";VGKs":
            break
    back = max(clause.s.rfind(form, max(0, k - 8), k) for form in ("BtN", "ctN"))
    return [back + 2] if back >= 0 else []
