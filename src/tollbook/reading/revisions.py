"""Revisions: which older figure a new one replaces ("rose to 373 from 332", "up from 25", "an earlier toll of 9")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tollbook.codes import Outcome
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Hit
from tollbook.reading.drafts import Draft, share
from tollbook.text import Document, Sentence

# How many sentences apart the new and the old figure may stand.
REACH = 3
# Words before "from" that make it a revision and not a place.
_MOVED = frozenset(
    [
        "up",
        "down",
        "rose",
        "risen",
        "rising",
        "jumped",
        "climbed",
        "increased",
        "increasing",
        "raised",
        "revised",
        "grew",
        "grown",
        "fell",
        "lowered",
        "dropped",
        "changed",
        "updated",
        "upgraded",
        "earlier",
    ]
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous|previously|initial|initially|preliminary|last|prior|old|first)\b"
)


def revised(
    document: Document, sentence: Sentence, chunks: Sequence[Chunk], hits: Sequence[tuple[Hit, Draft]]
) -> Iterator[Draft]:
    """The old figures of a sentence that no construction has read: "..., up from 332"."""
    tokens = document.tokens(sentence)
    taken = {h.group for h, _ in hits}
    for k, c in enumerate(chunks):
        if c.letter not in "NQ" or k in taken or k < 2 or chunks[k - 1].head != "from" or c.number is None:
            continue
        if tokens[chunks[k - 1].start - 1].low not in _MOVED:
            continue
        newer = [d for h, d in hits if h.group < k and d.part_of is None and d.low not in {None, 1}]
        if newer:
            old = share(document, sentence, c, newer[-1].outcome, "up-from", newer[-1].trigger)
            old.old, old.kind = True, newer[-1].kind
            newer[-1].supersedes = old
            yield old


def replace(drafts: Sequence[Draft], document: Document) -> None:
    """Links each old figure to the newer one that replaces it, in place: the nearest other total of its outcome."""
    for at, d in enumerate(drafts):
        if d.old or _called_earlier(document, d):
            if any(o.supersedes is d for o in drafts):
                continue
            near = [
                o for o in drafts
                if o is not d and o.outcome is d.outcome and o.part_of is None and not o.old and o.supersedes is None
                and abs(o.sentence.index - d.sentence.index) <= REACH and (o.low or o.high or 0) > (d.low or d.high or 0) and o.low != 1
            ]  # fmt: skip
            if near:
                newer = min(
                    near,
                    key=lambda o: (
                        abs(o.sentence.index - d.sentence.index),
                        -(o.low or 0),
                        abs(drafts.index(o) - at),
                    ),
                )
                newer.supersedes, d.old = d, True


def _called_earlier(document: Document, d: Draft) -> bool:
    """Whether the words just before a toll figure call it an earlier one: "an earlier toll of nine"."""
    if d.outcome is not Outcome.KILLED or d.part_of is not None or not d.rule.startswith(("toll", "noun")):
        return False
    return bool(_EARLIER.search(document.shadow, max(d.sentence.start, d.start - 30), d.group[0]))
