"""``read``: one report's text to its claims, course claims and doubts."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from tollbook.codes import VictimsClass
from tollbook.nouns import Report
from tollbook.reading.attributes import claims
from tollbook.reading.chunks import chunk
from tollbook.reading.drafts import Draft, draft
from tollbook.reading.frames import Hit
from tollbook.reading.frames import read as hits_of
from tollbook.reading.lexicon import lexicon
from tollbook.reading.revisions import replace, revised
from tollbook.reading.shares import shares
from tollbook.text import Document, Sentence
from tollbook.values import Reading


def read(report: Report, body: str) -> Reading:
    """The reading of a report: every claim with its attributes, in text order.

    Args:
        report: title, publisher and day of publication are used.
        body: the text that spans count characters of.
    """
    document = Document(body, report.title, report.said_on, report.publisher)
    drafts = find(document)
    return Reading(tuple(claims(report, document, drafts)))


@cache
def _cues() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = lexicon().cues
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words


def triage(document: Document) -> list[Sentence]:
    """The sentences with an outcome cue; the others cost nothing more."""
    automaton, _ = _cues()
    found: dict[int, Sentence] = {}
    for _, start, _ in automaton.find_matches_as_indexes(document.shadow):
        if start and document.shadow[start - 1].isalpha():
            continue
        s = document.sentence_at(start)
        found[s.index] = s
    return [found[i] for i in sorted(found)]


def find(document: Document) -> list[Draft]:
    """The drafts of a text in order, shares behind their wholes."""
    found: list[Draft] = []
    for sentence in triage(document):
        chunks = chunk(document, sentence)
        pairs = joined(
            [(h, d) for h in hits_of(chunks) if (d := draft(document, sentence, chunks, h)) is not None],
            document,
        )
        own = [d for _, d in pairs]
        own += list(shares(document, sentence, chunks, pairs, found))
        own += list(revised(document, sentence, chunks, pairs))
        own.sort(key=lambda d: (d.part_of is not None, d.group))
        found += own
    replace(found, document)
    return found


def joined(pairs: list[tuple[Hit, Draft]], document: Document) -> list[tuple[Hit, Draft]]:
    """The pairs with two single persons that share a trigger as one claim of two: "an officer and a sergeant"."""
    found: list[tuple[Hit, Draft]] = []
    for h, d in pairs:
        last = found[-1] if found else None
        same = [p for p in pairs if p[0].trigger == h.trigger and p[0].outcome is h.outcome]
        if (
            last
            and len(same) == 2
            and h.group - last[0].group == 2
            and all(p[1].letter == "1" for p in same)
            and last[0].trigger == h.trigger
        ):
            one = last[1]
            one.end, one.low, one.high = max(one.end, d.end), 2, 2
            one.group = (one.group[0], d.group[1])
            one.as_written = one.victims = document.body[one.group[0] : one.group[1]]
            one.kind = one.kind if one.kind is d.kind else VictimsClass.MIXED
            continue
        found.append((h, d))
    return found
