"""Breakdowns: which figures are shares of another ("including", "of whom", "among them", lists after a total)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.reading.chunks import Chunk
from tollbook.reading.drafts import Draft, share, span
from tollbook.reading.frames import Clause, Hit, objects
from tollbook.text import Document, Sentence


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
    for q, c in enumerate(chunks):
        if c.letter == "l" or (c.letter == "p" and _among_them(document, sentence, chunks, q)):
            yield from _listed(document, sentence, clause, q, hits, before, taken)
        elif c.letter in ":-(" or (c.letter == "," and q and chunks[q - 1].outcome):
            yield from _itemised(document, sentence, clause, q, hits, taken)
        elif c.letter in "NQ" and c.members and q not in taken:
            yield from _members(document, sentence, clause, q, hits, before)


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
        if d.part_of is None and sentence.index - d.sentence.index <= 2 and (d.low or 2) > 1:
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
    while clause.at(at) in "bprn,(" and at < q + 5 and not (clause.at(at) in "," and at > q + 2):
        at += 1
    groups = [g for g in objects(clause, at) if clause.s[g] in "QN1C"]
    wholes = _wholes(q, hits, before, sentence)
    for g in groups:
        taken.add(g)
        for whole in wholes:
            made = share(document, sentence, clause.chunks[g], whole.outcome, "including", whole.trigger)
            if made.low is not None and whole.high is not None and made.low > whole.high:
                continue
            made.part_of = whole
            yield made


def _itemised(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]], taken: set[int]
) -> Iterator[Draft]:  # fmt: skip
    """A list behind a colon, a dash or a bracket: "373 people: 268 jihadists, 98 fighters and seven civilians"."""
    groups = [g for g in objects(clause, q + 1) if g not in taken and clause.s[g] in "Q1"]
    if len(groups) < 2 or clause.at(groups[-1] + 1) in "bhm":
        return
    left = [(h, d) for h, d in hits if h.group < q and d.part_of is None and d.low != 1]
    if not left:
        return
    whole = max(left, key=lambda p: p[0].group)[1]
    total = sum((clause.chunks[g].number.low or 0) if clause.chunks[g].number else 1 for g in groups)  # type: ignore[union-attr]
    if whole.low is None or total > 1.5 * whole.low + 1 or (clause.s[q] == "," and total != whole.low):
        return
    for g in groups:
        taken.add(g)
        made = share(document, sentence, clause.chunks[g], whole.outcome, "itemised", whole.trigger)
        made.part_of = whole
        yield made


def _members(
    document: Document, sentence: Sentence, clause: Clause, q: int, hits: Sequence[tuple[Hit, Draft]], before: Sequence[Draft]
) -> Iterator[Draft]:  # fmt: skip
    """ "two of them children", "three of whom were soldiers", "two of the dead were policemen"."""
    c = clause.chunks[q]
    after = q + 1
    while clause.at(after) in "bh":
        after += 1
    wholes = [d for d in _wholes(q, hits, before, sentence) if c.outcome is None or d.outcome is c.outcome]
    if c.outcome and not wholes:
        wholes = [d for d in list(before)[::-1] if d.outcome is c.outcome and d.part_of is None][:1]
    if (
        not wholes
        or clause.at(after) not in "P1Qn,) .;vp"
        or c.number is None
        or (c.number.low is None and c.number.high is None)
    ):
        return
    whole = wholes[0]
    made = share(document, sentence, c, whole.outcome, "of-them", whole.trigger)
    if clause.at(after) in "P1Q":
        who = clause.chunks[after]
        s, e = span(document, sentence, who)
        made.victims, made.head, made.kind, made.end = document.body[s:e], who.head, who.kind, e
    else:
        made.victims, made.head, made.kind = whole.victims, whole.head, whole.kind
    if made.low is not None and whole.high is not None and made.low > whole.high:
        return
    made.part_of = whole
    yield made
