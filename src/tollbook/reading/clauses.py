"""The parts of a sentence: objects, subjects and verb groups, over the letters of its chunks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tollbook.codes import Outcome
from tollbook.reading.appositions import apposed, item, over, titles
from tollbook.reading.chunks import Chunk, letters
from tollbook.reading.fitness import fits

GROUPS = frozenset("QN1CPZ")


AUX = frozenset("bhm")


_EDGE = frozenset("s;:-i.VIKGLRTBAcU")


LINK = frozenset(",a")


_UNITS = frozenset({"families", "households", "family", "household"})


# First words of what joins further victims to a verb that has had its own.
_WITH = frozenset({"along", "alongside", "together"})


def run(clause: Clause, j: int) -> int:
    """Where the noun phrase that chunk ``j`` ends begins: names and other words stand in a row ("the TV channel TOLO")."""
    if clause.s[j] in "QN1":
        return j
    while (clause.at(j - 1) in "nC" and clause.s[j] in "nCPv") or (
        clause.at(j - 1) == "v" and clause.s[j] == "C" and clause.at(j - 2) == "n" and clause.at(j - 3) == "o"
    ):
        j -= 1  # "of the outlawed RURITANIAN FRONT"
    return j


# Words that open a clause as often as they govern a noun: "as 29 people were killed".
_CONJUNCTIONS = frozenset({"as", "after", "before", "since", "until", "because", "than", "till"})


def _speaks(clause: Clause, k: int) -> bool:
    """Whether the people at chunk ``k`` are those who say it: "..., police and two witnesses said"."""
    while clause.at(k) in "1PCna":
        k += 1
    return clause.at(k) == "s"


def alongside(clause: Clause, k: int) -> list[int]:
    """The groups behind "along with" or "as well as" after chunk ``k``: "killed a leader, along with two women"."""
    for at in range(k, min(len(clause.s), k + 12)):
        c = clause.chunks[at]
        if c.head in _WITH and (c.head != "as" or c.letter == "a") and clause.at(at + 1) in GROUPS:
            return objects(clause, at + 1)
        if clause.s[at] in "bhmVIGKJs;:.w":
            break
    return []


def own_verb(clause: Clause, k: int) -> bool:
    """Whether the chunk at ``k`` begins a verb of its own, so that what stands before it is its subject."""
    letter = clause.at(k)
    return letter in "bhmIJVLs" and not (
        letter == "V" and clause.at(k + 1) in GROUPS and clause.at(k - 1) in "CP"
    )


class Hit(NamedTuple):
    """One reading: these people (a chunk), this outcome, by this trigger (a chunk), by this construction."""

    group: int
    trigger: int
    outcome: Outcome
    rule: str
    actor: int = -1
    whole: int = -1


class Clause:
    """The chunks of a sentence, their letters, and the hits made so far (each group once an outcome)."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.s = letters(chunks)
        self.hits: list[Hit] = []
        self.taken: set[tuple[int, Outcome]] = set()

    def hit(
        self, groups: Sequence[int], k: int, rule: str, *, outcome: Outcome | None = None, actor: int = -1, whole: int = -1
    ) -> bool:  # fmt: skip
        """Records a hit for each group that is countable and free; returns whether any was."""
        done = False
        kind = outcome or self.chunks[k].outcome
        if kind is None:
            return False
        for g in groups:
            if (g, kind) in self.taken or any(h.group == g and h.trigger == k for h in self.hits):
                continue
            if not fits(self.chunks[g], self.chunks[k], kind, rule):
                continue
            self.taken.add((g, kind))
            self.hits.append(Hit(g, k, kind, rule, actor, whole))
            done = True
            if (
                self.s[g : g + 4] == "Q(Q)"
                and self.chunks[g].head in _UNITS
                and self.chunks[g + 2].head not in _UNITS
            ):
                self.hit([g + 2], k, rule)  # "3,250 families (19,000 people)"
        return done

    def instead(self, groups: Sequence[int], k: int, rule: str) -> None:
        """Records that people who were hurt by the verb before are dead by the word at ``k``: "shot a man dead"."""
        self.hits = [h for h in self.hits if not (h.group in groups and h.outcome is Outcome.WOUNDED)]
        self.hit(groups, k, rule)

    def at(self, i: int) -> str:
        """The letter at ``i``, or a blank outside."""
        return self.s[i] if 0 <= i < len(self.s) else " "


def objects(clause: Clause, k: int) -> list[int]:
    """The groups that stand as object at chunk ``k``: "a guard", "12 people, three boys and a girl"."""
    found: list[int] = []
    while k < len(clause.s) and clause.s[k] in GROUPS:
        nxt = clause.at(k + 1)
        if found and own_verb(clause, k + 1):
            break
        found.append(k)
        step = k + 1
        if clause.s[k : k + 2] == "PC":
            found[-1:] = []  # "killed reporters Anton Brezin and Olga Fenn": the noun is their title
            k += 1
            continue
        if k + 2 < len(clause.s) and titles(clause.chunks, clause.s, k):
            found[-1:] = []  # "the death of senator and candidate Anton Brezin": one person of two offices
            k += 2
            continue
        if apposed(clause.chunks, clause.s, k):
            k = _resumed(clause, k + 3)
            if k < 0 or _speaks(clause, k):
                break  # "killed Anton Brezin, a mayor": one person
            continue
        if nxt == "n" and clause.at(step + 1) in LINK and clause.at(step + 2) in "QN1":
            step += 1
        while clause.at(step) in LINK:
            step += 1
        if step == k + 1 or clause.at(step) not in GROUPS or _speaks(clause, step):
            break
        if clause.s[step] == "N" and clause.chunks[step].members and clause.s[k] != "P":
            break  # "killed 30 people, 12 of them women"
        k = step
    return found + alongside(clause, found[-1] + 1) if found else found


def _resumed(clause: Clause, k: int) -> int:
    """Where a list goes on behind an apposition: "Anton Brezin, head of the party (NU), AND Olga Fenn", or -1."""
    for at in range(k, min(len(clause.s), k + 10)):
        if clause.s[at : at + 2] == ",a" and clause.at(at + 2) in "QN1C" and not own_verb(clause, at + 3):
            return at + 2
        if clause.s[at] not in "oCn1Pp()":
            break
    return -1


# How many chunks to the left a subject is looked for.
REACH = 24


def subject(clause: Clause, j: int) -> list[int]:
    """The groups that are the subject of a verb whose first word is right of chunk ``j``, nearest last."""
    if clause.at(j) == "w" and clause.at(j - 1) in "QN1P":
        return [j - 1]  # "a list of 12 bakers who were killed"
    if (
        clause.s[max(0, j - 2) : j + 1] in {"Q,w", "N,w"}
        and clause.at(j - 3) != "o"
        and clause.chunks[j].head == "who"
    ):
        return [j - 2]
    if clause.at(j) == "a" and clause.at(j - 1) in GROUPS and clause.at(run(clause, j - 1) - 1) in "VGK":
        return []  # "the attackers killed the guard and fled"
    whole = _listing(clause, j - 2) if clause.at(j) in "Q1" and clause.s[max(0, j - 2) : j] == ",a" else -1
    if whole >= 0 and clause.s[whole] in "QN" and not set(",a") & set(clause.s[whole + 2 : j - 2]):
        return [whole, j]  # "67 people, including 20 pupils, and a nurse were arrested"
    j, near = _behind(clause, j)
    far = -1
    for _ in range(REACH):
        if j < 0:
            break
        letter = clause.s[j]
        if letter in GROUPS and clause.at(j - 1) == "G" and clause.at(j - 2) in "op":
            j -= 3  # "two men suspected of killing a baker were"
        elif letter in GROUPS or letter in "nXD":
            step = _phrase(clause, j, nearest=j == near)
            if step == j:
                return coordinated(clause, j)
            if step is None:
                break
            if letter in "QN" and far < 0:
                far = j
            j = step
        elif letter in ",-":
            at, j = j, over(clause.s, j)
            near = j if at == near else near  # "after six bakers, two of them women, were killed"
        elif letter == ")":
            bracket = clause.s.rfind("(", 0, j)
            j = bracket - 1 if bracket >= 0 else j - 1
        elif letter == "V" and clause.at(j + 1) == "p" and clause.at(j - 1) not in AUX:
            j -= 1  # "people displaced by the fighting were evacuated"
        elif letter not in "wvlpo" and (letter in _EDGE or letter in AUX):
            break
        else:
            j -= 1
    return [far] if far >= 0 else []


def _behind(clause: Clause, j: int) -> tuple[int, int]:
    """Where the search for a subject begins, and the chunk that counts as nearest to the verb."""
    letter = clause.at(j)
    if letter in "IV" and (who := clause.s.rfind("w", 0, j)) > 0 and clause.at(who - 1) in "QNP":
        return who - 1, who - 1  # "ten of the 14 prisoners who had escaped were recaptured"
    near = j
    if letter == ",":
        opened = _listing(clause, j)
        if opened >= 0:
            return opened, opened
    if letter == "a" and clause.at(j - 1) in "vV":
        j -= 2  # "three were identified and killed"
        while clause.at(j) in AUX:
            j -= 1
    return j, near


def _listing(clause: Clause, j: int) -> int:
    """The chunk before a list that ends at comma ``j``: "19 people, including two boys, a girl and her aunt, were", or -1."""
    first = max((clause.s.rfind(edge, 0, j) for edge in ";:VIGJKLs"), default=-1)
    for q in range(first + 1, j):
        listing = clause.s[q] == "l" or (
            clause.s[q] == "p" and clause.chunks[q].head in {"among", "amongst"} and clause.at(q + 1) == "i"
        )
        if listing and clause.at(q - 1) == "," and q - 2 > first:
            return q - 2
    return -1


def _phrase(clause: Clause, j: int, *, nearest: bool) -> int | None:
    """``j`` itself where its noun phrase is the subject, the chunk to go on at, or None where the search ends."""
    letter, before = clause.s[j], clause.at(j - 1)
    if letter == "P" and before == "N" and clause.chunks[j - 1].members:
        return j - 2  # "nine bakers, two of them apprentices, died"
    start = run(clause, coordinated(clause, j)[0] if letter in GROUPS else j)
    if letter == "C" and clause.s[max(0, j - 3) : j] == "pC," and "Qw" in clause.s[: j - 3]:
        return j - 4  # "two boys who hid in Upper Velden, Norland, were"
    if letter in "P1Cn" and clause.s[max(0, start - 3) : start] in {"vtb", "stb"}:
        return start - 4  # "20 raiders believed to be of the gang were killed"
    opens = nearest and letter in "QN1" and clause.chunks[start - 1].head in _CONJUNCTIONS
    if clause.at(start - 1) in "pol" and not opens:
        return start - 2
    if clause.at(start - 1) == "t" and clause.at(start - 2) in "nv":
        return start - 2  # "protesters loyal to the cleric"
    if letter in "Cn" and clause.at(start - 1) in "QNP":
        return start - 1  # "four employees of the Velden executive COMMISSION": the rest of its name
    if letter in GROUPS:
        return j
    if letter == "n" and (before in GROUPS or before in "n,wvt"):
        return j - 1
    if letter == "n" and before == "a" and (clause.at(j - 2) in "nX" or clause.at(j - 2) in GROUPS):
        return j - 2
    return None


def coordinated(clause: Clause, j: int) -> list[int]:
    """The group at ``j`` with those joined to its left: "a soldier and six rebels"."""
    found = [j]
    while clause.s[j] != "Z":  # "some men fired, but nobody was hurt"
        step = j - 1
        if clause.at(step) == "n":
            step -= 1
        joined = step
        while clause.at(step) in LINK:
            step -= 1
        if step == joined:
            break
        if clause.at(step) == "n" and clause.chunks[step].head == "age" and clause.at(step - 2) in "C1":
            step -= 2  # "Anton Vale, 22, and Josef Brezin, 30, were"
        if clause.at(step) not in "QN1" or clause.at(step - 1) in "po":
            several = (
                clause.s[j] == "1" and clause.chunks[j + 1].head in _SEVERAL
                if j + 1 < len(clause.s)
                else False
            )
            step = (
                item(clause.s, step, "QN1" if several else "QN") if clause.s[j] in "QN" or several else step
            )
        if clause.at(step) not in GROUPS:
            break
        if (
            clause.s[step] in "CP"
            and clause.s[j] in "QN1"
            and clause.at(step - 1) not in LINK
            and clause.at(step + 1) == ","
            and clause.at(step + 2) != "a"
        ):
            break  # "In Gaza, five people were killed": the name is no victim
        if clause.s[step] == "1" and clause.s[step + 1 : j] == "," and found == [j] and clause.s[j] in "QN":
            break  # "According to Colonel Brezin, three men were killed"
        if clause.s[step] + clause.s[j] in {"1C", "C1"} and clause.s[step + 1 : j] == ",":
            if clause.s[j] == "1" and clause.at(j + 1) != ",":
                break  # "in Velden, a baker was killed": the name is a place
            return [step, *found[1:]][::-1]  # "the mayor, Anton Brezin, was": one person
        if clause.at(step - 1) in "VGIJKpoRL" and clause.chunks[step - 1].head not in _CONJUNCTIONS - {
            "than"
        }:
            break  # an object or a prepositional group, not a joint subject
        j = step
        found.append(j)
    return found[::-1]


# Verbs of more than one: what they are said of is joined to a person before.
_SEVERAL = frozenset({"were", "are", "have"})


def auxiliaries(clause: Clause, k: int) -> tuple[int, bool]:
    """Where the verb group of the outcome word at ``k`` begins, and whether a form of "be" is in it."""
    j = k
    if clause.at(k - 1) in "svR" and clause.at(k - 2) in AUX:
        j = k - 1  # "were reported killed", "was found dead", "is feared dead"
    when = k - 1
    while clause.at(when) in "nv" and when > k - 3:
        when -= 1
    if when < k - 1 and clause.at(when) == "p" and clause.at(when - 1) in AUX:
        j = when  # "was on Friday morning shot dead"
    if clause.at(k - 1) == "a" and clause.at(k - 2) in "vn" and clause.at(k - 3) in AUX:
        j = k - 2  # "have been waylaid and killed"
    while j > 0 and clause.s[j - 1] in AUX:
        j -= 1
    if j == k and clause.at(k - 1) == "t" and clause.at(k - 2) in "sv":
        return k, False
    while clause.at(j - 1) == "t" and clause.at(j - 2) == "h" and j < k:
        j -= 2  # "have had to be evacuated"
        while j > 0 and clause.s[j - 1] in AUX:
            j -= 1
    # "were reported to have been shot", "are said to be missing"
    if clause.at(j - 1) == "t" and clause.at(j - 2) in "svV" and clause.at(j - 3) in AUX and j < k:
        j -= 3
        while j > 0 and clause.s[j - 1] in AUX:
            j -= 1
    return j, "b" in clause.s[j:k]
