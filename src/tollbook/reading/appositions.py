"""Appositions: one person told twice, by name and by what he is; over chunks and their letters."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.reading.groups import Chunk


def titles(chunks: Sequence[Chunk], s: str, k: int) -> bool:
    """Whether a noun without article at ``k`` shares the name of the noun behind "and": "senator and leader Anton Brezin"."""
    first, last = chunks[k], chunks[k + 2]
    return (
        s[k : k + 3] == "1a1" and first.name < 0 <= last.name and not _article(first) and not _article(last)
    )


def apposed(chunks: Sequence[Chunk], s: str, k: int) -> bool:
    """Whether the person at chunk ``k`` is told again behind a comma: "Anton Brezin, a mayor", but no list of three."""
    return (
        s[k : k + 3] in {"C,1", "1,C", "1,1"}
        and by_name(chunks, s, k) != by_name(chunks, s, k + 2)
        and s[k + 3 : k + 4] != "a"
        and s[k + 3 : k + 5] not in {",a", ",1", ",Q"}
    )


def antecedent(chunks: Sequence[Chunk], s: str, who: int) -> int:
    """The person that a relative clause behind a comma is about, appositions and ages jumped; -1 where none is."""
    j = who - 2
    while j >= 0 and s[j] in "onpN1C,":
        if s[j] in "1C":
            left, named = s[j - 1 : j] if j else "", by_name(chunks, s, j)
            if left == "," and s[j - 2] in "1C" and not named and by_name(chunks, s, j - 2):
                return j - 2
            if left != "o" and (left != "p" or named):
                return j
        j -= 1
    return -1


def by_name(chunks: Sequence[Chunk], s: str, k: int) -> bool:
    """Whether the group at chunk ``k`` is one person by name."""
    return s[k] == "C" or chunks[k].name >= 0


def _article(c: Chunk) -> bool:
    return c.start < c.noun


def item(s: str, j: int, wanted: str = "QN") -> int:
    """The group that a list item ending at chunk ``j`` begins with: "45 fighters of the army and the police"."""
    for k in range(j, max(-1, j - 8), -1):
        letter = s[k]
        if letter in wanted and s[k - 1 : k] != "o":
            return k
        if letter not in "nCPpoa()1," or (
            letter == "," and not (s[k + 1 : k + 2] in {"P", "C", "n"} and s[k + 2 : k + 3] == ",")
        ):
            break
    return -1


def over(s: str, j: int) -> int:
    """Left of an aside that ends at the sign ``j`` ("people, including three boys, were"), else one left."""
    opened = s.rfind(s[j], 0, j)
    if opened > 0:
        aside = s[opened + 1 : j]
        dateline = s[j] == "," and "-" in aside  # "VELDEN, May 3 (AP) -- A mayor, ..."
        offices = aside[:1] == "a" and not aside.strip(
            "anpo"
        )  # "an engineer, economist, and head of the bank, was"
        if (s[j] == "-" and aside[:1] == "Q") or (
            (aside[:1] in set("lwnvNpC1PVs") or offices) and not dateline and not set(";:") & set(aside)
        ):
            return opened - 1
    return j - 1
