"""Doubts: figures that stand beside an outcome word and were not claimed, because two readings remain.

An editor reads each of them, so they are few: only in a text that speaks of conflict, only where nothing else
(a plan, a denial, an accident) already tells that it is no claim, and never more than ``MOST`` of one text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tollbook.codes import Outcome
from tollbook.nouns import Doubt, Report, Span
from tollbook.reading.causes import natural, told
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Hit
from tollbook.reading.drafts import Draft, person, span, words
from tollbook.reading.numbers import MONTHS
from tollbook.reading.parties import combatant
from tollbook.reading.stance import veto
from tollbook.text import Document, Sentence

# More than this of one text is a text of another kind (a budget, a match report), which no editor wants to go through.
MOST = 3
# Letters of verbs that have their people right behind, and right before.
_OBJECT, _SUBJECT = "VG", "VI"
_PERSONAL = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.ABDUCTED})


def days(document: Document, sentence: Sentence, g: Chunk) -> str | None:
    """The month whose days a bare number may be ("killed 11-12 November"), or None."""
    tokens = document.tokens(sentence)
    n = g.number
    if g.letter != "N" or n is None or g.end + 1 > len(tokens) - 1:
        return None
    low, high = n.low, n.high
    month = tokens[g.end]
    fits = low is not None and high is not None and 0 < low <= high <= 31 and tokens[g.start].low[0].isdigit()
    if not fits or month.low not in MONTHS or not document.body[month.start].isupper():
        return None
    return document.body[month.start : month.end]


def doubtful(
    document: Document,
    sentence: Sentence,
    chunks: Sequence[Chunk],
    hits: Sequence[Hit],
    drafts: Sequence[Draft],
) -> Iterator[tuple[Span, str]]:
    """The places of a sentence with two readings, each with the reason in an editor's words.

    Args:
        document: the text.
        sentence: where to look.
        chunks: its parts.
        hits: what the constructions found in it.
        drafts: what was claimed of it.
    """
    if not any(war for war, *_ in told(document).values()):
        return
    for g, k, why in (
        *_weak(document, sentence, chunks, hits),
        *_dated(document, sentence, chunks, hits),
        *_named(document, sentence, chunks, hits),
    ):
        first, last = span(document, sentence, chunks[g]), span(document, sentence, chunks[k])
        where = Span(min(first[0], last[0]), max(first[1], last[1]))
        outcome = chunks[k].outcome
        if (
            outcome is not None
            and not any(d.start < where.end and where.start < d.end for d in drafts)
            and not natural(document, sentence, outcome)
            and veto(document, sentence, where, last) is None
        ):
            yield where, why


def _weak(
    document: Document, sentence: Sentence, chunks: Sequence[Chunk], hits: Sequence[Hit]
) -> Iterator[tuple[int, int, str]]:
    """Numbers of what no list knows as people, beside a verb that is said of things too: "eliminated 300 jobs"."""
    taken = {h.group for h in hits}
    for g, chunk in enumerate(chunks):
        if (
            chunk.letter not in "QN"
            or not chunk.weak
            or g in taken
            or chunk.number is None
            or chunk.number.low is None
        ):
            continue
        k = _verb(chunks, g)
        if k is None or not chunks[k].weak or chunks[k].outcome is Outcome.DISPLACED:
            continue
        verb, what = words(document, sentence, chunks[k]), _what(document, sentence, chunk)
        yield g, k, f"“{verb}” is said of things as well as of people, and “{what}” may be either"


def _verb(chunks: Sequence[Chunk], g: int) -> int | None:
    """The verb whose object the group is, or whose passive subject."""
    if g and chunks[g - 1].letter in _OBJECT:
        return g - 1
    k = g + 1
    while k < len(chunks) and chunks[k].letter in "bhm":
        k += 1
    return k if k > g + 1 and k < len(chunks) and chunks[k].letter in _SUBJECT else None


def _what(document: Document, sentence: Sentence, chunk: Chunk) -> str:
    """The number with the word behind it."""
    tokens = document.tokens(sentence)
    last = chunk.end if chunk.letter == "N" and chunk.end < len(tokens) else chunk.end - 1
    return " ".join(document.body[tokens[chunk.start].start : tokens[last].end].split())


def _dated(
    document: Document, sentence: Sentence, chunks: Sequence[Chunk], hits: Iterable[Hit]
) -> Iterator[tuple[int, int, str]]:
    """Numbers that may be the days of a month: "the killings of 11-12 November"."""
    for h in hits:
        month = days(document, sentence, chunks[h.group])
        if month:
            number = words(document, sentence, chunks[h.group])
            yield h.group, h.trigger, f"“{number}” may be a number of people or days of {month}"


def _named(
    document: Document, sentence: Sentence, chunks: Sequence[Chunk], hits: Iterable[Hit]
) -> Iterator[tuple[int, int, str]]:
    """One capital word that was killed and may be a person or a place: "Brezin was killed"."""
    for h in hits:
        g, k = chunks[h.group], chunks[h.trigger]
        if g.letter != "C" or k.weak or h.outcome not in _PERSONAL or h.rule != "passive":
            continue
        name = words(document, sentence, g)
        alone = name.isalpha() and not document.upper and not name.isupper()
        if alone and not person(document, name) and combatant(name) is None:
            yield h.group, h.trigger, f"“{name}” may be a person or something else of that name"


def doubts(
    report: Report, document: Document, found: Iterable[tuple[Span, str]], made_by: str
) -> tuple[Doubt, ...]:
    """The doubts of a text in its order, the first ``MOST`` of them."""
    kept = dict(sorted(found, key=lambda f: (f[0].start, f[0].end)))
    return tuple(
        Doubt(
            said_on=report.said_on, made_by=made_by, report=report.id, span=at,
            quote=document.body[at.start : at.end], why=why,
        )
        for at, why in list(kept.items())[:MOST]
    )  # fmt: skip
