"""Breakdowns: which figures are shares of another ("including", "of whom", "among them", lists after a total)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Clause, Hit, objects
from tollbook.reading.drafts import Draft, person, share, span, words
from tollbook.reading.rosters import named, roster
from tollbook.text import Document, Sentence

# The letters at which a breakdown may begin.
_OPENING = frozenset("pl:-(b,NQ")


def shares(
    document: Document,
    sentence: Sentence,
    chunks: Sequence[Chunk],
    hits: Sequence[tuple[Hit, Draft]],
    before: Sequence[Draft],
) -> Iterator[Draft]:
    """The drafts of a sentence's shares; ``hits`` are its own claims, ``before`` those of the text so far."""
    clause = Clause(chunks)
    taken = {h.group for h, _ in hits}
    for q, letter in enumerate(clause.s):
        if letter not in _OPENING:
            continue
        c = chunks[q]
        if c.letter == "p" and c.head in {"among", "of"} and clause.s[q + 2 : q + 4] in {"V,", "J,", "D,"}:
            yield from _foremost(document, sentence, clause, q, hits, taken)
        elif c.letter == "l" or (c.letter == "p" and _among_them(document, sentence, chunks, q)):
            yield from _listed(document, sentence, clause, q, hits, before, taken)
        elif c.letter in ":-(b" or (c.letter == "," and q and chunks[q - 1].outcome):
            yield from _itemised(document, sentence, clause, q, hits, before, taken)
        elif c.letter in "NQ" and c.members and q not in taken:
            yield from _members(document, sentence, clause, q, hits, before)
        elif c.letter == "N" and q not in taken and clause.at(q + 1) == "b" and clause.at(q + 2) in "P1p":
            yield from _said_to_be(document, sentence, clause, q, hits, before)
        elif (
            c.letter == "N"
            and clause.s[q + 1 : q + 3] == "oQ"
            and clause.s[q + 4 : q + 6] in {"bP", "b1", "bp"}
        ):
            yield from _of_all(document, sentence, clause, q, hits)


def _among_them(document: Document, sentence: Sentence, chunks: Sequence[Chunk], q: int) -> bool:
    """Whether a preposition opens a breakdown: "among them", "among whom were", "among the dead"."""
    tokens = document.tokens(sentence)
    c = chunks[q]
    if tokens[c.start].low not in {"among", "amongst"} or q + 1 >= len(chunks):
        return False
    return tokens[chunks[q + 1].start].low in {"them", "whom", "these", "those"}


def _wholes(
    q: int, hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft], sentence: Sentence
) -> list[Draft]:
    """The drafts a breakdown at chunk ``q`` can be of: the nearest group left of it, else the last total before."""
    left = [(h, d) for h, d in hits if h.group < q and d.part_of is None]
    if left:
        nearest = max(h.group for h, _ in left)
        return [d for h, d in left if h.group == nearest]
    for d in reversed(before):
        if d.part_of is None and sentence.index - d.sentence.index <= 2 and (d.low or d.high or 0) > 1:
            return [d]
    return []


def _listed(
    document: Document, sentence: Sentence, clause: Clause, q: int,
    hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft], taken: set[int],
) -> Iterator[Draft]:  # fmt: skip
    """The groups after "including" or "among them"."""
    at = q + 1
    if clause.s[q] == "p":
        at += 1
    while clause.at(at) in "bprn,(" and at < q + 5 and not (clause.at(at) == "," and at > q + 2):
        at += 1
    groups = [g for g in entries(clause, at) if g not in taken and _people(document, sentence, clause, g)]
    wholes = _named(clause, q, before, sentence) or _wholes(q, hits, before, sentence)
    named = clause.chunks[q - 1] if q and clause.s[q] == "l" and clause.s[q - 1] in "JVD" else None
    if named and named.outcome and not any(w.outcome is named.outcome for w in wholes):
        for g in groups:  # "the dead included five children", of a number not told
            taken.add(g)
            yield share(
                document,
                sentence,
                clause.chunks[g],
                named.outcome,
                "including",
                span(document, sentence, named),
            )
        return
    for g in groups:
        taken.add(g)
        for whole in wholes:
            made = share(document, sentence, clause.chunks[g], whole.outcome, "including", whole.trigger)
            if made.low is not None and whole.high is not None and made.low > whole.high:
                continue
            made.part_of = whole
            yield made


def _named(clause: Clause, q: int, before: Sequence[Draft], sentence: Sentence) -> list[Draft]:
    """The whole that the words before "included" name by its outcome: "the dead included", "those hurt included"."""
    kind = clause.chunks[q - 1].outcome if q == NAMED else None
    near = [d for d in before if kind and d.outcome is kind and d.part_of is None]
    return near[-1:] if near and sentence.index - near[-1].sentence.index <= NAMED else []


# "The dead included": the chunk of the verb, and how many sentences back their number may stand.
NAMED = 2


def _foremost(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]], taken: set[int]
) -> Iterator[Draft]:  # fmt: skip
    """As in "among the 30 dead, 12 women and nine children": the whole comes first, its parts behind a comma."""
    whole = next((d for h, d in hits if h.group == q + 1 and d.low and d.low > 1), None)
    groups = [g for g in entries(clause, q + 4) if g not in taken and clause.s[g] in "QN"] if whole else []
    parts = (
        [
            share(document, sentence, clause.chunks[g], whole.outcome, "including", whole.trigger)
            for g in groups
        ]
        if whole
        else []
    )
    if whole and parts and sum(p.low or 0 for p in parts) <= (whole.low or 0):
        taken.update(groups)
        for made in parts:
            made.part_of = whole
            yield made


def _people(document: Document, sentence: Sentence, clause: Clause, g: int) -> bool:
    """Whether a name in a list can be a person's: "including Asharq News" is no victim."""
    return clause.s[g] != "C" or person(document, words(document, sentence, clause.chunks[g]))


def entries(clause: Clause, k: int) -> list[int]:
    """The groups of a list that begins at chunk ``k``: each behind a comma or "and", with what hangs on it jumped."""
    found = [g for g in objects(clause, k) if clause.s[g] in "QN1C"]
    if not found or clause.s[found[0]] == "C":
        return found
    at = found[-1] + 1
    while at < len(clause.s) and clause.s[at] not in "bhmIJVGKsw;:.lT":
        if clause.s[at] in "QN1" and clause.at(at - 1) in ",a" and clause.at(at + 1) not in "bhmIJV":
            found.append(at)
        at += 1
    own = clause.at(at) in "bhmIJV" and clause.at(found[-1] + 1) in "bhmIJV"
    told = clause.at(at) == "s" and clause.s[found[-1]] == "1" and "," not in clause.s[found[-1] : at]
    if found[-1] > k and (own or told):
        found.pop()  # "..., including five guards, a senior officer in the port said"
    return found


def _itemised(
    document: Document, sentence: Sentence, clause: Clause, q: int,
    hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft], taken: set[int],
) -> Iterator[Draft]:  # fmt: skip
    """A list behind a colon, a dash, a bracket or "are": "373 people: 268 jihadists, 98 fighters and seven civilians"."""
    groups = [g for g in entries(clause, q + 1) if g not in taken and clause.s[g] in "QN1"]
    byname = [g for g in named(clause, roster(clause, q + 1)) if g not in taken]
    if clause.s[q] in ":-" and len(byname) > max(1, len(groups) - 1):
        listed = list(_by_name(document, sentence, clause, q, byname, hits, taken))
        yield from listed
        if listed:
            return
    if len(groups) < 2 or clause.at(groups[-1] + 1) in "bhm":
        return
    if clause.s[q] == "b":
        wholes = [d for d in _wholes(q, hits, before, sentence) if d.low != 1]
    else:
        left = [(h, d) for h, d in hits if h.group < q and d.part_of is None and d.low != 1]
        wholes = [max(left, key=lambda p: p[0].group)[1]] if left else []
    if not wholes:
        return
    whole = wholes[0]
    total = sum((n.low or 0) if (n := clause.chunks[g].number) else 1 for g in groups)
    if (
        whole.low is None
        or total > 1.5 * whole.low + 1
        or (clause.s[q] in ",b" and total < 0.5 * whole.low)
        or (clause.s[q] == "," and total != whole.low)
    ):
        return
    for g in groups:
        taken.add(g)
        made = share(document, sentence, clause.chunks[g], whole.outcome, "itemised", whole.trigger)
        made.part_of = whole
        yield made


def _by_name(
    document: Document, sentence: Sentence, clause: Clause, q: int,
    byname: Sequence[int], hits: Sequence[tuple[Hit, Draft]], taken: set[int],
) -> Iterator[Draft]:  # fmt: skip
    """A total's people by name: "three nurses: Olga Fenn, Anna Holt and Eva Marek"; as many names as people."""
    left = [(h, d) for h, d in hits if h.group < q and d.part_of is None and d.low == d.high == len(byname)]
    if left and all(_people(document, sentence, clause, g) for g in byname):
        whole = max(left, key=lambda p: p[0].group)[1]
        for g in byname:
            taken.add(g)
            name = share(document, sentence, clause.chunks[g], whole.outcome, "itemised", whole.trigger)
            name.part_of = whole
            yield name


def _members(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft]
) -> Iterator[Draft]:  # fmt: skip
    """As in "two of them children", "three of whom were soldiers", "two of the dead were policemen"."""
    c = clause.chunks[q]
    after = q + 1
    while clause.at(after) in "bh":
        after += 1
    wholes = [d for d in _wholes(q, hits, before, sentence) if c.outcome is None or d.outcome is c.outcome]
    if c.outcome and not wholes:
        wholes = [d for d in list(before)[::-1] if d.outcome is c.outcome and d.part_of is None][:1]
    if (
        not wholes
        or clause.at(after) not in "P1QCn,) .;vp"
        or c.number is None
        or (c.number.low is None and c.number.high is None)
    ):
        return
    whole = wholes[0]
    made = share(document, sentence, c, whole.outcome, "of-them", whole.trigger)
    if clause.at(after) in "P1QC":
        who = clause.chunks[after]
        s, e = span(document, sentence, who)
        made.victims, made.head, made.kind, made.end = document.body[s:e], who.head, who.kind, e
    else:
        made.victims, made.head, made.kind = whole.victims, whole.head, whole.kind
    if made.low is not None and whole.high is not None and made.low > whole.high:
        return
    made.part_of = whole
    yield made
    yield from _joined(document, sentence, clause, after, made)


def _joined(
    document: Document, sentence: Sentence, clause: Clause, who: int, first: Draft
) -> Iterator[Draft]:
    """The share behind another that leaves out its verb: "12 were women and nine children"; ``who`` is the first's people."""
    whole = first.part_of
    if (
        whole is None
        or clause.at(who) != "P"
        or clause.s[who + 1 : who + 3] != "aQ"
        or clause.at(who + 3) not in " .;)"
    ):
        return
    made = share(document, sentence, clause.chunks[who + 2], whole.outcome, first.rule, whole.trigger)
    if made.low is not None and whole.low is not None and (first.low or 0) + made.low <= whole.low:
        made.part_of = whole
        yield made


def _of_all(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]]
) -> Iterator[Draft]:
    """As in "six of the seven people killed were nurses": the whole stands in the sentence, named by its fate."""
    n = clause.chunks[q].number
    for h, whole in hits:
        if h.group == q + 2 and h.trigger == q + 3 and n and whole.low and (n.low or 0) <= whole.low:
            made = share(document, sentence, clause.chunks[q], whole.outcome, "of-them", whole.trigger)
            if clause.at(q + 5) in "P1":
                s, e = span(document, sentence, who := clause.chunks[q + 5])
                made.victims, made.head, made.kind, made.end = document.body[s:e], who.head, who.kind, e
            made.part_of = whole
            yield made


def _said_to_be(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft]
) -> Iterator[Draft]:  # fmt: skip
    """As in "77 were militants, 39 were from the army and seven were civilians", of a total just said."""
    n = clause.chunks[q].number
    wholes = _wholes(q, hits, before, sentence)
    if n is None or n.low is None or not wholes:
        return
    whole = wholes[0]
    who = clause.chunks[q + 2] if clause.at(q + 2) in "P1" else clause.chunks[min(q + 3, len(clause.s) - 1)]
    if (
        whole.low is None
        or n.low >= whole.low
        or (clause.at(q + 2) == "p" and clause.chunks[q + 2].head not in {"from", "of"})
    ):
        return
    made = share(document, sentence, clause.chunks[q], whole.outcome, "were", whole.trigger)
    s, e = span(document, sentence, who)
    made.victims, made.head, made.kind, made.end, made.part_of = (
        document.body[s:e],
        who.head,
        who.kind,
        e,
        whole,
    )
    yield made
    yield from _joined(document, sentence, clause, q + 2, made)
