"""Constructions: how an outcome word finds the people it befell, over the letters of chunks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.apposed import apposed
from tollbook.reading.appositions import antecedent
from tollbook.reading.carried import own_deed, same
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import (
    GROUPS,
    Clause,
    Hit,
    alongside,
    auxiliaries,
    coordinated,
    objects,
    own_verb,
    run,
    subject,
)
from tollbook.reading.closed import CAPTIVE
from tollbook.reading.fates import handled, him, told
from tollbook.reading.rosters import company, listed, roster, those
from tollbook.reading.tallies import lives, noun, numbered, possessive, row, toll, treated

# People whose name says what befell them: "there are 232,700 IDPs".
_STANDING = frozenset({"idps", "evacuees", "displaced"})
_CAME = frozenset({"arrived", "entered", "streamed", "poured", "registered"})
# What an adjective tells of people who are counted for another reason: "treated 61 wounded bystanders".
_LASTING = frozenset({Outcome.WOUNDED, Outcome.KILLED, Outcome.DISPLACED, Outcome.MISSING})


def read(chunks: Sequence[Chunk]) -> list[Hit]:
    """The hits of a sentence in text order of their groups."""
    clause = Clause(chunks)
    for k, letter in enumerate(clause.s):
        rule = _RULES.get(letter)
        if rule:
            rule(clause, k)
            if letter in "VIJDK":
                listed(clause, k)
    for k, letter in enumerate(clause.s):
        if letter != "Q":
            continue
        c = chunks[k]
        if c.head in _STANDING and (k, Outcome.OTHER) not in clause.taken:
            clause.hit([k], k, "standing", outcome=Outcome.DISPLACED)
        if c.head == "refugees" and clause.at(k + 1) == "v" and chunks[k + 1].head in _CAME:
            clause.hit([k], k, "standing", outcome=Outcome.DISPLACED)
        if c.state in _LASTING and c.number and c.number.low and not any(h.group == k for h in clause.hits):
            clause.hit([k], k, "state-of", outcome=c.state)
    _elliptic(clause)
    return sorted(clause.hits, key=lambda h: (chunks[h.group].start, h.trigger))


def _elliptic(clause: Clause) -> None:
    """Adds what leaves out its verb: "three soldiers were killed in Zenda and four in Hofbau"."""
    for k, letter in enumerate(clause.s):
        if letter != "N":
            continue
        c = clause.chunks[k]
        if c.weak or c.members or clause.at(k - 1) not in "a," or clause.at(k + 1) != "p":
            continue
        place = clause.chunks[k + 1].head in {"in", "at", "near"} and clause.at(k + 2) == "C"
        last = [h for h in clause.hits if h.group < k and h.trigger < k]
        if not place or not last or (clause.at(k + 3) not in " .;,a)"):
            continue
        near = max(last, key=lambda h: (max(h.group, h.trigger), h.group))
        between = clause.s[max(near.group, near.trigger) + 1 : k]
        if near.rule in _GOES_ON and not set(between) & set("bhmIVJGKLTsw;:QN1"):
            clause.hit([k], near.trigger, "elliptic")


# Constructions that a second place may go on with.
_GOES_ON = frozenset({"passive", "active", "happened", "gerund", "headline", "participle", "elliptic"})


_AMONG = frozenset({"among", "amongst"})
# Verbs that take people away, and that people do by themselves.
_MOVED = frozenset({"evacuated", "relocated", "resettled"})


def _done(clause: Clause, k: int) -> None:
    """killed: passive, inverted, active, participle; "were killed and wounded" share their subject."""
    first, passive = auxiliaries(clause, k)
    after = clause.at(k + 1)
    if "#" in clause.s[max(0, k - 2) : k]:
        clause.hit(numbered(clause, k), k, "number-of")
    elif not passive and after in "b:" and clause.at(k + 2) in GROUPS and _opens(clause, k):
        _inverted(clause, k)
    elif passive and _those(clause, first):
        clause.hit(subject(clause, first - 5), k, "among")  # "three bakers were among those who were burned"
    elif passive:
        if not clause.hit(apposed(clause, _whose(clause, first)), k, "passive") and not _pronoun(
            clause, first - 1, k
        ):
            clause.hit(_shared(clause, k), k, "passive-shared")
        clause.hit(alongside(clause, k + 1), k, "passive")
        if after == "p" and clause.chunks[k + 1].head == "with" and company(clause, k + 2):
            clause.hit(objects(clause, k + 2), k, "passive")
    elif after in GROUPS and not (clause.at(k - 1) == "N" and after in "CP"):
        clause.hit(apposed(clause, objects(clause, k + 1)), k, "active", actor=_actor(clause, first - 1))
    elif clause.at(k - 1) == "o" and clause.at(k - 2) == "N" and after not in GROUPS:
        clause.hit([k - 2], k, "noun")  # "dozens of wounded"
    elif clause.at(k - 1) in GROUPS and first == k:
        _beside(clause, k)
    elif him(clause, k):
        return
    elif clause.at(k - 1) == "," and (whole := _aside(clause, k - 1)) >= 0:
        clause.hit([whole], k, "participle")
    elif (
        clause.at(k - 1) == ")"
        and (opened := clause.s.rfind("(", 0, k)) > 0
        and clause.at(opened - 1) in "C1"
    ):
        clause.hit([opened - 1], k, "participle")
    elif clause.at(k - 1) in "a," and clause.at(k - 2) in "VJI":
        clause.hit(_shared(clause, k), k, "shared")
    elif told(clause, k):
        clause.hit(coordinated(clause, k - 2), k, "participle")
    elif clause.at(k - 1) == "a" and (who := handled(clause, k - 2)):
        clause.hit(who, k, "shared")
    elif clause.at(k - 1) == "p" and clause.at(k - 2) == "b" and after not in GROUPS:
        clause.hit(subject(clause, k - 3), k, "among")
    elif clause.at(k - 3) == "b" and _among(clause, k):
        clause.hit(subject(clause, k - 4), k, "among")
    elif clause.chunks[k].head in _MOVED and after != "n" and first < k:
        clause.hit([g for g in subject(clause, first - 1) if clause.s[g] in "QN"], k, "happened")
    elif after == "n" and clause.at(k + 2) in "QN1":
        clause.hit(objects(clause, k + 2), k, "active-far", actor=_actor(clause, first - 1))


_WHO = frozenset({"who", "which", "that"})
# Verb forms that only one can be the subject of.
_ONE = frozenset({"was", "is", "has"})


# Pronouns that are nobody's subject.
_OBJECTS = frozenset({"him", "her", "them", "us", "me"})


def _whose(clause: Clause, first: int) -> list[int]:
    """The subject of the verb group at ``first``, over a relative clause where what stands in it cannot be.

    As in "four men who had gone to fetch water were shot", "a man who had killed three people was shot".
    """
    found = subject(clause, first - 1)
    if found and not (clause.chunks[first].head in _ONE and _many(clause, found)):
        return found
    who = clause.s.rfind("w", 0, first)
    comma = clause.at(who - 1) == ","
    start = run(clause, first - 1) if clause.at(first - 1) in GROUPS or clause.at(first - 1) == "n" else first
    him = clause.at(first - 1) == "i" and clause.chunks[first - 1].head in _OBJECTS
    own = not him and (
        clause.at(start - 1) not in "potVvG,I)w"
    )  # a subject of its own: "... why their neighbours had been taken"
    if (
        who > 0
        and clause.chunks[who].head in _WHO
        and clause.at(who - 1 - comma) in "QN1"
        and clause.at(who - 2 - comma) != "o"
        and not own
        and not set("s;:") & set(clause.s[who + 1 : first + 1])
    ):
        return coordinated(clause, who - 1 - comma)
    near = who == first - 1 or clause.at(first - 1) == ","
    if not found and who > 0 and comma and near and clause.chunks[who].head == "who":
        return [g for g in [antecedent(clause.chunks, clause.s, who)] if g >= 0]
    return found


def _many(clause: Clause, groups: Sequence[int]) -> bool:
    """Whether a subject is more than one."""
    n = clause.chunks[groups[-1]].number
    return len(groups) == 1 and clause.s[groups[0]] == "Q" and n is not None and (n.low or 0) > 1


def _opens(clause: Clause, k: int) -> bool:
    """Whether the outcome word at ``k`` begins its clause, or stands in "among those killed"."""
    return clause.at(k - 1) in " ,a;:-(p" or _among(clause, k) or those(clause, k)


def _inverted(clause: Clause, k: int) -> None:
    """As in "also killed were two nurses", "among the dead: three nurses and a tailor", "Killed: 12"."""
    groups = roster(clause, k + 2) or objects(clause, k + 2)
    if clause.at(k + 1) == "b":
        among = _among(clause, k) and clause.chunks[k].letter == "J"
        clause.hit(groups, k, "among" if among else "inverted")
    elif _among(clause, k):
        clause.hit(groups, k, "among")
    elif not own_verb(clause, groups[-1] + 1):
        clause.hit([g for g in groups if clause.s[g] in "NQ"], k, "participle")


def _pronoun(clause: Clause, j: int, k: int) -> bool:
    """Whether the subject is "he" or "she": one person, whom the text has named or not; the reader drops who was told."""
    return clause.at(j) == "i" and clause.chunks[j].head in {"he", "she"} and clause.hit([j], k, "pronoun")


def _among(clause: Clause, k: int) -> bool:
    """Whether the outcome word stands in "among those killed", "among the dead"."""
    return clause.at(k - 1) in "nP" and clause.at(k - 2) == "p" and clause.chunks[k - 2].head in _AMONG


def _those(clause: Clause, first: int) -> bool:
    """Whether the verb group at ``first`` is that of "were among those who"."""
    return (
        clause.s[max(0, first - 4) : first] in {"bpnw", "bp1w", "bpPw"}
        and clause.chunks[first - 3].head in _AMONG
    )


def _beside(clause: Clause, k: int) -> None:
    """As in "11 people killed in", "and 19 wounded", "30 dead": the group stands right before."""
    g = clause.s[k - 1]
    if clause.chunks[k].head == "lost" and clause.at(k + 1) == "n":
        return  # "40 traders lost their shops"
    if g in "QN" and (people := _of(clause, k - 1)):
        clause.hit([k - 1], k, "participle")
        clause.hit(people, k, "among", whole=k - 1)
    elif g in "QNZ" or (
        g in "1C" and clause.at(k + 1) in "p ,;" and (k == 1 or clause.at(k - 2) in "a,;: l-pt")
    ):
        groups = coordinated(clause, k - 1) if g in "Q1" else [k - 1]
        clause.hit(groups, k, "participle")


def _aside(clause: Clause, j: int) -> int:
    """The number before an "including" that ends at the comma ``j``, or -1: "and seven people, including a nurse, wounded"."""
    opened = clause.s.rfind(",", 0, j)
    listed = opened > 0 and clause.at(opened + 1) == "l" and not set("bhmVGIJs;:") & set(clause.s[opened:j])
    return opened - 1 if listed and clause.at(opened - 1) in "QN" else -1


def _of(clause: Clause, g: int) -> list[int]:
    """Who is "among the 30 people" of chunk ``g``: "two nurses were among the 30 people killed"."""
    if clause.at(g - 1) == "p" and clause.chunks[g - 1].head in _AMONG:
        if clause.at(g - 2) == "b":
            return subject(clause, g - 3)
        return [g - 2] if clause.at(g - 2) in "QN1" else []  # "10 pupils among 14 kidnapped"
    return []


def _shared(clause: Clause, k: int) -> list[int]:
    """The groups of the outcome word just before, for "killed and later burned"."""
    last = [h for h in clause.hits if h.trigger in {k - 2, k - 3}]
    return [h.group for h in last] if clause.at(k - 1) in "ab," else []


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
    """As in "killing 12 people", "the killing of a priest"."""
    if him(clause, k):
        return
    if clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS:
        clause.hit(objects(clause, k + 2), k, "nominal")
    elif possessive(clause, k):
        return
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
    """As in "Bomb kills 12": a claim in the present only where no modal and no "to" makes it a plan."""
    if clause.at(k + 1) == "o" and clause.at(k + 2) in GROUPS:
        clause.hit(objects(clause, k + 2), k, "noun-of")
    elif possessive(clause, k):
        return
    elif clause.at(k - 1) not in "mti" and clause.at(k + 1) in GROUPS and not _meant(clause, k):
        clause.hit(objects(clause, k + 1), k, "headline", actor=_actor(clause, k - 1))
    elif clause.chunks[k].head in _COUNTED and clause.at(k - 1) == "N":
        clause.hit([k - 1], k, "noun")
    elif clause.chunks[k].head in _ALONE and clause.at(k - 1) in "QN1":
        clause.hit(row(clause, k - 1), k, "happened")
    elif clause.chunks[k].head == "wounds":
        clause.hit(treated(clause, k), k, "active")


# Verbs of the present that are nouns behind a number: "made several arrests".
_COUNTED = frozenset({"arrests", "murders"})
# Verbs of the present that have no object: "two soldiers die in blast".
_ALONE = frozenset({"die", "dies", "flee", "flees", "perish", "perishes"})


def _meant(clause: Clause, k: int) -> bool:
    """Whether the verb at ``k`` goes on with what somebody means to do: "planned to blow up a train and kill hundreds"."""
    start = max((clause.s.rfind(edge, 0, k) for edge in ";:wVKGI"), default=-1) + 1
    return clause.at(k - 1) == "a" and not clause.chunks[k].head.endswith("s") and "t" in clause.s[start:k]


def _left(clause: Clause, k: int) -> None:
    """As in "forced 2,000 villagers to leave"."""
    if clause.s[max(0, k - 3) : k] in {"vQt", "vNt"} and clause.chunks[k - 3].head in _FORCED:
        clause.hit([k - 2], k, "happening", outcome=Outcome.DISPLACED)


_FORCED = frozenset({"forced", "forcing", "compelled", "compelling", "obliged"})


def _happened(clause: Clause, k: int) -> None:
    """As in "12 people died", "a soldier and a boy have died"."""
    first, _ = auxiliaries(clause, k)
    if "#" in clause.s[max(0, k - 4) : k]:
        clause.hit(numbered(clause, k), k, "number-of")
        return
    groups = _whose(clause, first)
    # "eight others escaped with injuries"
    hurt = clause.s[k + 1 : k + 3] == "pD" and clause.chunks[k + 2].outcome is Outcome.WOUNDED
    if groups:
        got_away = clause.chunks[k].head == "fled" and all(
            clause.chunks[g].kind is VictimsClass.COMBATANT for g in groups
        )
        changed = Outcome.WOUNDED if hurt else Outcome.ESCAPED if got_away else None
        clause.hit(apposed(clause, groups), k, "happened", outcome=changed)
    elif _pronoun(clause, first - 1, k):
        return
    elif clause.at(k - 1) == "a" and not any(h.trigger == k - 3 and h.rule in _ACTED for h in clause.hits):
        clause.hit(_shared(clause, k) or same(clause, k), k, "shared")


# Constructions whose people are an object, so that the next verb is not about them: "killed the guard and fled".
_ACTED = frozenset({"active", "gerund", "headline"})


def _happening(clause: Clause, k: int) -> None:
    """As in "19 villagers dying", "prompted 3,000 villagers to flee"."""
    if clause.at(k - 1) in "QN1P" or (clause.at(k - 1) == "b" and clause.at(k - 2) in "QN"):
        clause.hit([k - 1 if clause.at(k - 1) != "b" else k - 2], k, "happening")
    elif clause.at(k - 1) in ",v":
        clause.hit([g for g in subject(clause, k - 1) if clause.s[g] in "QN"], k, "happening")
    elif clause.at(k - 1) == "p" and clause.chunks[k - 1].head in {"after", "while"}:
        verb = max(clause.s.rfind(v, 0, k - 1) for v in "vb")  # "arrived in Zenda after fleeing"
        if verb > 0 and not set("VIGKJLR;:s") & set(clause.s[verb:k]):
            clause.hit([g for g in subject(clause, verb - 1) if clause.s[g] in "QN"], k, "happening")


def _state(clause: Clause, k: int) -> None:
    """As in "left 30 dead", "12 were missing", "37 dead and 60 wounded"."""
    first, be = auxiliaries(clause, k)
    if clause.at(k - 3) == "b" and _among(clause, k):
        clause.hit(subject(clause, k - 4), k, "among")
    elif be:
        if not clause.hit(subject(clause, first - 1), k, "state"):
            _pronoun(clause, first - 1, k)
        clause.hit(alongside(clause, k + 1), k, "state")
    elif clause.chunks[k].head in CAPTIVE:
        clause.hit(coordinated(clause, k - 1), k, "active")
    elif clause.at(k - 1) in "QNZ1PC" and first == k:
        groups = row(clause, k - 1)
        before = clause.at(groups[0] - 1)
        if before == "V" and clause.chunks[k].head == "dead":
            clause.instead(groups, k, "left")  # "shot a man dead"
        elif before == "L" or (before == "R" and clause.chunks[k].head == "dead"):
            clause.hit(groups, k, "left")
        elif clause.s[k - 1] in "QNZ":
            clause.hit([k - 1], k, "beside")
    elif told(clause, k):
        clause.hit(coordinated(clause, k - 2), k, "beside")
    elif clause.at(k - 1) == "a" and clause.at(k - 2) in "VJ":
        clause.hit(_shared(clause, k), k, "shared")
    elif clause.at(k + 1) in "b:" and clause.at(k + 2) in "QN1C" and clause.at(k - 1) in " ,;n-(p":
        _inverted(clause, k)


_RULES: dict[str, Callable[[Clause, int], None]] = {
    "V": _done,
    "S": own_deed,
    "G": _doing,
    "K": _do,
    "I": _happened,
    "Y": _happening,
    "J": _state,
    "L": _left,
    "D": noun,
    "E": lives,
    "T": toll,
}
