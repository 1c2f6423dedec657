"""Revisions: which older figure a new one replaces ("rose to 373 from 332", "up from 25", "an earlier toll of 9")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from tollbook.codes import Outcome
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Hit
from tollbook.reading.drafts import Draft, share
from tollbook.rules import table
from tollbook.text import Document, Sentence

# How many sentences apart the new and the old figure may stand; told in so many words, and where only a total moves.
REACH, FAR = 3, 8
# A figure is raised to at most so many times the older one; it stands at most so far behind the words that raise it.
STEP, NEAR = 5, 25
# Words before "from" that make it a revision and not a place.
_MOVED = frozenset(
    "up down rose risen rising jumped climbed increased increasing raised revised grew grown fell lowered dropped changed"
    " updated upgraded earlier".split()
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous|previously|initial|initially|preliminary|prior|(?:last|old|first) (?:\w+ )?(?:toll|count|figure))\b"
)
_OUTCOMES = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.OTHER, Outcome.DETAINED, Outcome.DISPLACED,
    Outcome.MISSING, Outcome.ABDUCTED, Outcome.BODIES_FOUND, Outcome.CAPTURED})  # fmt: skip


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
    """Links each newer figure to the older one that it replaces, in place."""
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
                _link(newer, d)
    if _sentences(document):
        _told(drafts, document)


def _called_earlier(document: Document, d: Draft) -> bool:
    """Whether the words just before a toll figure call it an earlier one: "an earlier toll of nine"."""
    if d.outcome is not Outcome.KILLED or d.part_of is not None or not d.rule.startswith(("toll", "noun")):
        return False
    return bool(_EARLIER.search(document.shadow, max(d.sentence.start, d.start - 30), d.group[0]))


def _link(newer: Draft, older: Draft) -> None:
    newer.supersedes, older.old = older, True


def _told(drafts: Sequence[Draft], document: Document) -> None:
    """Links the figures of sentences that say in words that one replaces another, with what is told beside them."""
    free = [d for d in drafts if d.part_of is None and d.outcome in _OUTCOMES and (d.low or d.high)]
    for at, d in enumerate(free):
        if d.supersedes is not None or d.old or d.sentence.index not in _sentences(document):
            continue
        beside = [o for o in free[at + 1 :] if o.sentence is d.sentence]
        near = [*beside, *reversed(free[:at]), *free[at + 1 :]]
        if _raised(document, d) or _beside(document, d, "newer"):
            ahead = [o for o in free[at + 1 :] if _near(d, o) and _beside(document, o, "older")]
            less = _beside(document, d, "less")
            older = _other(d, [*reversed(free[:at]), *ahead], less=less, newer=False)
            newer: Draft | None = d
        elif _beside(document, d, "older"):
            newer, older = _other(d, near, less=_beside(document, d, "less"), newer=True), d
        else:
            continue
        if newer is not None and older is not None:
            _link(newer, older)
            _companions(newer, older, drafts)


def _raised(document: Document, d: Draft) -> bool:
    """Whether a figure stands right after words that raise or lower a count to it."""
    start = max(d.sentence.start, d.group[0] - 90)
    ends = [found.end() for found in _pattern("raised").finditer(document.shadow, start, d.group[0])]
    return bool(ends) and d.group[0] - ends[-1] <= NEAR


def _other(d: Draft, others: Sequence[Draft], *, less: bool, newer: bool) -> Draft | None:
    """The nearest figure that another one replaces or is replaced by."""
    for o in others:
        if not _near(d, o):
            continue
        if newer and not o.old and (o.low, o.high) == (d.low, d.high):
            # told again, not replaced
            return None
        if o.old or (newer and o.supersedes is not None):
            continue
        new, old = (_size(o), _size(d)) if newer else (_size(d), _size(o))
        if old > 1 and (old < new <= old * STEP or (less and new < old <= new * STEP)):
            return o
    return None


def _near(d: Draft, o: Draft) -> bool:
    """Whether two figures count the same fate and stand near enough for one to replace the other."""
    return o.outcome is d.outcome and abs(o.sentence.index - d.sentence.index) <= FAR


def _size(d: Draft) -> int:
    return d.high or d.low or 0


def _companions(newer: Draft, older: Draft, drafts: Sequence[Draft]) -> None:
    """Links what is told beside a newer figure to what is told beside the older: the wounded beside the dead."""
    new = [
        d
        for d in drafts
        if d.sentence is newer.sentence and d.supersedes is None and not d.old and d is not newer
    ]
    old = [d for d in drafts if d.sentence is older.sentence and not d.old and d is not older]
    if newer.sentence is older.sentence:
        return
    for d in new:
        same = [
            o
            for o in old
            if o.outcome is d.outcome
            and (o.part_of is None) == (d.part_of is None)
            and (d.part_of is None or o.kind is d.kind)
            and 1 < _size(o) < _size(d) <= _size(o) * STEP
        ]
        if len(same) == 1:
            _link(d, same[0])
            old.remove(same[0])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("en", "revisions")[name]))


@cache
def _anchors() -> AhoCorasick:
    return AhoCorasick(table("en", "revisions")["anchors"])


@lru_cache(maxsize=8)
def _sentences(document: Document) -> frozenset[int]:
    """The sentences that may tell of a revision."""
    found = _anchors().find_matches_as_indexes(document.shadow)
    return frozenset(document.sentence_at(start).index for _, start, _ in found)


def _beside(document: Document, d: Draft, name: str) -> bool:
    """Whether the clause of a figure has words of that group: those before it, up to the last edge, and its own."""
    start = d.sentence.start
    for edge in _EDGE.finditer(document.shadow, start, d.start):
        start = edge.end()
    end = _EDGE.search(document.shadow, d.end, d.sentence.end)
    return bool(_pattern(name).search(document.shadow[start : end.start() if end else d.sentence.end]))


_EDGE = re.compile(r"; |, (?:with|while|but|and then|whereas|although|after|before) |, and (?=\w+ said)")
