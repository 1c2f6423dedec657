"""Constructions: how an outcome word finds the people it befell, over the letters of chunks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tollbook.codes import Outcome
from tollbook.reading.chunks import Chunk, letters

GROUPS = frozenset("QN1CPZ")
_AUX = frozenset("bhm")
_EDGE = frozenset("s;:-i.VIKGLRTBAcU")
_LINK = frozenset(",a")


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
        self, groups: Sequence[int], k: int, rule: str, *, outcome: Outcome | None = None, actor: int = -1
    ) -> bool:
        """Records a hit for each group that is countable and free; returns whether any was."""
        done = False
        kind = outcome or self.chunks[k].outcome
        if kind is None:
            return False
        for g in groups:
            if (g, kind) in self.taken or any(h.group == g and h.trigger == k for h in self.hits):
                continue
            if not _fits(self.chunks[g], self.chunks[k], kind, rule):
                continue
            self.taken.add((g, kind))
            self.hits.append(Hit(g, k, kind, rule, actor))
            done = True
        return done

    def at(self, i: int) -> str:
        """The letter at ``i``, or a blank outside."""
        return self.s[i] if 0 <= i < len(self.s) else " "


# A group of people that is one thing: "the crew was captured" says no number.
_COLLECTIVE = frozenset({"group", "crew", "family", "household", "unit", "patrol", "team"})
_OPEN = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.ABDUCTED})


def _fits(g: Chunk, k: Chunk, kind: Outcome, rule: str) -> bool:
    """Whether a group can suffer the outcome in that construction: weak words and unlisted nouns ask for more."""
    if g.letter == "1" and g.head in _COLLECTIVE:
        return False
    if g.letter == "Q" and g.weak:
        return (
            not k.weak
            and kind in _OPEN
            and rule in {"passive", "active", "gerund", "happened", "including", "inverted"}
        )
    if g.letter in "1C" and kind is Outcome.BESIEGED:
        return False
    return not (k.weak and g.letter in "CP" and rule not in {"passive", "happened"})


def read(chunks: Sequence[Chunk]) -> list[Hit]:
    """The hits of a sentence in text order of their groups."""
    clause = Clause(chunks)
    for k, c in enumerate(chunks):
        rule = _RULES.get(c.letter)
        if rule:
            rule(clause, k)
    return sorted(clause.hits, key=lambda h: (chunks[h.group].start, h.trigger))


# The parts of a sentence -------------------------------------------------------------------------


def objects(clause: Clause, k: int) -> list[int]:
    """The groups that stand as object at chunk ``k``: "a guard", "12 people, three boys and a girl"."""
    found: list[int] = []
    while k < len(clause.s) and clause.s[k] in GROUPS:
        nxt = clause.at(k + 1)
        if found and _own_verb(clause, k + 1):
            break
        found.append(k)
        step = k + 1
        if nxt == "n" and clause.at(step + 1) in _LINK and clause.at(step + 2) in "QN1":
            step += 1
        while clause.at(step) in _LINK:
            step += 1
        if step == k + 1 or clause.at(step) not in GROUPS:
            break
        k = step
    return found + _alongside(clause, found[-1] + 1) if found else found


def _alongside(clause: Clause, k: int) -> list[int]:
    """The groups behind "along with" or "as well as" after chunk ``k``: "killed a leader, along with two women"."""
    for at in range(k, min(len(clause.s), k + 12)):
        if clause.chunks[at].head in _WITH and clause.at(at + 1) in GROUPS:
            return objects(clause, at + 1)
        if clause.s[at] in "bhmVIGKJs;:.w":
            break
    return []


# First words of what joins further victims to a verb that has had its own.
_WITH = frozenset({"along", "alongside", "together", "as"})


def _own_verb(clause: Clause, k: int) -> bool:
    """Whether the chunk at ``k`` begins a verb of its own, so that what stands before it is its subject."""
    letter = clause.at(k)
    return letter in "bhmIJVLs" and not (
        letter == "V" and clause.at(k + 1) in GROUPS and clause.at(k - 1) in "CP"
    )


def subject(clause: Clause, j: int) -> list[int]:
    """The groups that are the subject of a verb whose first word is right of chunk ``j``, nearest last."""
    far, near = -1, j
    steps = 0
    while j >= 0 and steps < 24:
        steps += 1
        letter = clause.s[j]
        if j == near and letter == "w" and clause.at(j - 1) in "QN1":
            return [j - 1]  # "a list of 57 people who were killed"
        if j == near and letter == "a" and clause.at(j - 1) in "vV":
            j -= 2  # "three were identified and killed"
            while clause.at(j) in _AUX:
                j -= 1
            continue
        if letter in GROUPS or letter in "nXD":
            before = clause.at(j - 1)
            if letter == "P" and before == "N" and clause.chunks[j - 1].members:
                j -= 2  # "three people, two of them children, died"
                continue
            start = coordinated(clause, j)[0] if letter in GROUPS else j
            if clause.at(start - 1) in "po" and not (
                j == near and letter in "QN1" and clause.chunks[start - 1].head in _CONJUNCTIONS
            ):
                if letter in "QN" and far < 0:
                    far = j
                j = start - 2
                continue
            if letter == "n":
                if before in GROUPS or before in "n,wv":
                    j -= 1
                    continue
                if before == "a" and clause.at(j - 2) in "nX":
                    j -= 2
                    continue
                break
            if letter in "XD":
                break
            return coordinated(clause, j)
        elif letter in ",-":
            j = _over(clause, j)
            continue
        elif letter == ")":
            opened = clause.s.rfind("(", 0, j)
            j = opened - 1 if opened >= 0 else j - 1
            continue
        elif letter in "wvlpo":
            j -= 1
            continue
        elif letter in _EDGE or letter in _AUX:
            break
        j -= 1
    return [far] if far >= 0 else []


# Words that open a clause as often as they govern a noun: "as 29 people were killed".
_CONJUNCTIONS = frozenset({"as", "after", "before", "since", "until", "because", "than", "till"})


def _over(clause: Clause, j: int) -> int:
    """Left of an aside that ends at the sign ``j`` ("people, including three boys, were"), else one left."""
    opened = clause.s.rfind(clause.s[j], 0, j)
    if opened > 0:
        aside = clause.s[opened + 1 : j]
        if aside[:1] in {"l", "w", "n", "v", "N", "p", "C", "1", "P", "V", "s"} and not any(
            ch in ";:" for ch in aside
        ):
            return opened - 1
    return j - 1


def coordinated(clause: Clause, j: int) -> list[int]:
    """The group at ``j`` with those joined to its left: "a soldier and six rebels"."""
    found = [j]
    while True:
        step = j - 1
        if clause.at(step) == "n":
            step -= 1
        joined = step
        while clause.at(step) in _LINK:
            step -= 1
        if step == joined:
            break
        if clause.at(step) not in "QN1" or clause.at(step - 1) in "po":
            step = item(clause, step) if clause.s[j] in "QN" else step
        if clause.at(step) not in GROUPS:
            break
        if (
            clause.s[step] in "CP"
            and clause.s[j] in "QN1"
            and clause.at(step - 1) not in _LINK
            and clause.at(step + 1) == ","
            and clause.at(step + 2) != "a"
        ):
            break  # "In Gaza, five people were killed": the name is no victim
        if clause.at(step - 1) in "VGIJKpoRL":
            break  # an object or a prepositional group, not a joint subject
        j = step
        found.append(j)
    return found[::-1]


def item(clause: Clause, j: int) -> int:
    """The numbered group that a list item ending at chunk ``j`` begins with: "45 fighters of the army and the police"."""
    for k in range(j, max(-1, j - 8), -1):
        letter = clause.s[k]
        if letter in "QN" and clause.at(k - 1) not in "o":
            return k
        if letter not in "nCPpoa()1," or (
            letter == "," and not (clause.at(k + 1) in "PCn" and clause.at(k + 2) == ",")
        ):
            break
    return -1


def auxiliaries(clause: Clause, k: int) -> tuple[int, bool]:
    """Where the verb group of the outcome word at ``k`` begins, and whether a form of "be" is in it."""
    j = k
    if clause.at(k - 1) in "svR" and clause.at(k - 2) in _AUX:
        j = k - 1  # "were reported killed", "was found dead", "is feared dead"
    while j > 0 and clause.s[j - 1] in _AUX:
        j -= 1
    if j == k and clause.at(k - 1) == "t" and clause.at(k - 2) in "sv":
        return k, False
    # "were reported to have been killed", "are said to be missing"
    if clause.at(j - 1) == "t" and clause.at(j - 2) in "svV" and clause.at(j - 3) in _AUX and j < k:
        j -= 3
        while j > 0 and clause.s[j - 1] in _AUX:
            j -= 1
    return j, "b" in clause.s[j:k]


_AMONG = frozenset({"among", "amongst"})


# The constructions -------------------------------------------------------------------------------


def _done(clause: Clause, k: int) -> None:
    """killed: passive, inverted, active, participle; "were killed and wounded" share their subject."""
    first, passive = auxiliaries(clause, k)
    after = clause.at(k + 1)
    if (
        not passive
        and after == "b"
        and clause.at(k + 2) in GROUPS
        and (clause.at(k - 1) in " ,a;:" or _among(clause, k))
    ):
        clause.hit(objects(clause, k + 2), k, "inverted")
    elif passive:
        if not clause.hit(subject(clause, first - 1), k, "passive"):
            clause.hit(_shared(clause, k), k, "passive-shared")
        clause.hit(_alongside(clause, k + 1), k, "passive")
    elif after in GROUPS and not (clause.at(k - 1) in "N" and after in "CP"):
        clause.hit(objects(clause, k + 1), k, "active", actor=_actor(clause, first - 1))
    elif clause.at(k - 1) in GROUPS and first == k:
        _beside(clause, k)
    elif (
        clause.at(k - 1) == ")"
        and (opened := clause.s.rfind("(", 0, k)) > 0
        and clause.at(opened - 1) in "C1"
    ):
        clause.hit([opened - 1], k, "participle")
    elif clause.at(k - 1) == "a" and clause.at(k - 2) in "VJI":
        clause.hit(_shared(clause, k), k, "shared")
    elif clause.at(k - 1) == "p" and clause.at(k - 2) == "b" and after not in GROUPS:
        clause.hit(subject(clause, k - 3), k, "among")
    elif clause.at(k - 3) == "b" and _among(clause, k):
        clause.hit(subject(clause, k - 4), k, "among")
    elif first < k and after in "n" and clause.at(k + 2) in "QN":
        clause.hit(objects(clause, k + 2), k, "active-far", actor=_actor(clause, first - 1))


def _among(clause: Clause, k: int) -> bool:
    """Whether the outcome word stands in "among those killed", "among the dead"."""
    return clause.at(k - 1) == "n" and clause.at(k - 2) == "p" and clause.chunks[k - 2].head in _AMONG


def _beside(clause: Clause, k: int) -> None:
    """ "11 people killed in", "and 19 wounded", "30 dead": the group stands right before."""
    g = clause.s[k - 1]
    if g in "QNZ" or (
        g in "1C" and clause.at(k + 1) in "p ,;" and (k == 1 or clause.at(k - 2) in "a,;: l-pt")
    ):
        groups = coordinated(clause, k - 1) if g in "Q1" else [k - 1]
        clause.hit(groups, k, "participle")


def _shared(clause: Clause, k: int) -> list[int]:
    """The groups of the outcome word just before, for "killed and later burned"."""
    last = [h for h in clause.hits if h.trigger in {k - 2, k - 3}]
    return [h.group for h in last] if clause.at(k - 1) in "ab" else []


def _actor(clause: Clause, j: int) -> int:
    """The chunk that does it: left of an active verb, prepositional groups skipped."""
    while j >= 0:
        letter = clause.s[j]
        if letter in "QCP1n" and clause.at(j - 1) not in "po":
            return j
        if letter in "s;:-":
            return -1
        j -= 1
    return -1


def _doing(clause: Clause, k: int) -> None:
    """ "killing 12 people", "the killing of a priest"."""
    if clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS:
        clause.hit(objects(clause, k + 2), k, "nominal")
    elif clause.at(k + 1) in GROUPS:
        clause.hit(
            objects(clause, k + 1),
            k,
            "gerund",
            actor=_actor(clause, k - 2) if clause.at(k - 1) == "," else -1,
        )
    elif clause.at(k + 1) == "n" and clause.at(k + 2) in "QN":
        clause.hit(objects(clause, k + 2), k, "gerund")


def _do(clause: Clause, k: int) -> None:
    """ "Bomb kills 12": a claim in the present only where no modal and no "to" makes it a plan."""
    if clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS:
        clause.hit(objects(clause, k + 2), k, "noun-of")
    elif clause.at(k - 1) not in "mti" and clause.at(k + 1) in GROUPS:
        clause.hit(objects(clause, k + 1), k, "headline", actor=_actor(clause, k - 1))


def _happened(clause: Clause, k: int) -> None:
    """ "12 people died", "a soldier and a boy have died"."""
    first, _ = auxiliaries(clause, k)
    groups = subject(clause, first - 1)
    if groups:
        clause.hit(groups, k, "happened")
    elif clause.at(k - 1) == "a":
        clause.hit(_shared(clause, k), k, "shared")


def _happening(clause: Clause, k: int) -> None:
    """ "17 people dying", "prompted 45,000 people to flee"."""
    if clause.at(k - 1) in "QN1P" or (clause.at(k - 1) == "b" and clause.at(k - 2) in "QN"):
        clause.hit([k - 1 if clause.at(k - 1) != "b" else k - 2], k, "happening")
    elif clause.at(k - 1) in ",v":
        clause.hit([g for g in subject(clause, k - 1) if clause.s[g] in "QN"], k, "happening")


def _state(clause: Clause, k: int) -> None:
    """ "left 30 dead", "12 were missing", "37 dead and 60 wounded"."""
    first, be = auxiliaries(clause, k)
    if clause.at(k - 3) == "b" and _among(clause, k):
        clause.hit(subject(clause, k - 4), k, "among")
    elif be:
        clause.hit(subject(clause, first - 1), k, "state")
    elif clause.at(k - 1) in "QNZ1P" and first == k:
        left = clause.at(k - 2) == "L"
        if clause.s[k - 1] in "QNZ" or left:
            clause.hit([k - 1], k, "left" if left else "beside")
    elif clause.at(k - 1) == "a" and clause.at(k - 2) in "VJ":
        clause.hit(_shared(clause, k), k, "shared")
    elif clause.at(k + 1) == "b" and clause.at(k + 2) in "QN1C" and clause.at(k - 1) in " np":
        clause.hit(objects(clause, k + 2), k, "among")


def _noun(clause: Clause, k: int) -> None:
    """ "12 deaths", "the deaths of 12 people", "50 bodies"."""
    if clause.at(k - 1) in "Qn" and clause.at(k - 1 - (clause.at(k - 1) == "n")) in "QN":
        clause.hit([k - 1 - (clause.at(k - 1) == "n")], k, "noun")
    elif clause.at(k - 1) in "NZ" or (clause.at(k - 1) == "o" and clause.at(k - 2) == "N"):
        clause.hit([k - 1 if clause.at(k - 1) != "o" else k - 2], k, "noun")
    elif clause.at(k + 1) in "ot" and clause.at(k + 2) in GROUPS:
        clause.hit(
            [g for g in objects(clause, k + 2) if clause.s[g] != "C" or not clause.chunks[k].weak],
            k,
            "noun-of",
        )
    elif clause.at(k + 1) == "b" and clause.at(k + 2) in "N" and clause.chunks[k].outcome is Outcome.OTHER:
        clause.hit([k + 2], k, "noun")


def _lives(clause: Clause, k: int) -> None:
    """ "claimed 12 lives", "cost the lives of five soldiers"."""
    if clause.at(k - 1) in "N" and clause.at(k - 2) == "c":
        clause.hit([k - 1], k, "lives", outcome=Outcome.KILLED)
    elif clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS and "c" in clause.s[max(0, k - 3) : k]:
        clause.hit(objects(clause, k + 2), k, "lives", outcome=Outcome.KILLED)


def _toll(clause: Clause, k: int) -> None:
    """ "the death toll rose to 373 from 332", "bringing the toll to 34", "a toll of 12"."""
    seen = 0
    for j in range(k + 1, min(len(clause.s), k + 22)):
        letter = clause.s[j]
        if letter in "QN" and clause.at(j + 1) not in "bhmIV":
            old = clause.at(j - 1) == "p" and _word_from(clause, j - 1)
            if seen and not old and clause.at(j - 1) != "t":
                break
            clause.hit([j], k, "toll-from" if old else "toll")
            seen += 1
        elif (
            letter in ";:IGKsLJB"
            or (letter in "Vw" and seen)
            or (letter == "," and not seen and not clause.s[k + 1 : j].strip("npoC1PQ,"))
        ):
            break
    if not seen and "B" in clause.s[max(0, k - 6) : k]:
        back = clause.s.rfind("N", max(0, k - 4), k)
        if back >= 0:
            clause.hit([back], k, "toll")


def _word_from(clause: Clause, p: int) -> bool:
    return clause.chunks[p].head == "from"


_RULES: dict[str, Callable[[Clause, int], None]] = {
    "V": _done,
    "G": _doing,
    "K": _do,
    "I": _happened,
    "Y": _happening,
    "J": _state,
    "D": _noun,
    "E": _lives,
    "T": _toll,
}
