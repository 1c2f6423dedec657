"""``read``: one report's text to its claims, course claims and doubts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from tollbook.codes import Outcome, VictimsClass
from tollbook.nouns import Report, Span
from tollbook.reading.attributes import VERSION, claims
from tollbook.reading.causes import natural
from tollbook.reading.chunks import Chunk, chunk
from tollbook.reading.clauses import Hit
from tollbook.reading.closed import TITLES
from tollbook.reading.course import courses
from tollbook.reading.doubts import days, doubtful, doubts
from tollbook.reading.drafts import Draft, draft
from tollbook.reading.finer import without_sizes
from tollbook.reading.frames import read as hits_of
from tollbook.reading.identities import bare, identify
from tollbook.reading.lexicon import lexicon
from tollbook.reading.occasions import mark
from tollbook.reading.revisions import replace, revised
from tollbook.reading.shares import shares
from tollbook.reading.speaker import voice
from tollbook.reading.stance import veto
from tollbook.reading.when import expressions
from tollbook.reading.where import place
from tollbook.text import Document, Sentence, Token
from tollbook.values import Reading

# What finds who met which fate among the parts of a sentence; the rules' own when none is given.
Constructions = Callable[[Document, Sentence, list[Chunk]], list[Hit]]


def read(report: Report, body: str, constructions: Constructions | None = None) -> Reading:
    """The reading of a report: every claim with its attributes, in text order.

    Args:
        report: title, publisher and day of publication are used.
        body: the text that spans count characters of.
        constructions: another way to tell who met which fate, as a parser does.
    """
    document = Document(body, report.title, report.said_on, report.publisher)
    open_: list[tuple[Span, str]] = []
    drafts = find(document, open_, constructions)
    told = courses(document, report.id, report.said_on, voice, expressions, place, VERSION)
    made = tuple(claims(report, document, drafts))
    return Reading(made, told, doubts(report, document, open_, VERSION))


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


def find(
    document: Document,
    doubted: list[tuple[Span, str]] | None = None,
    constructions: Constructions | None = None,
) -> list[Draft]:
    """The drafts of a text in order, shares behind their wholes; ``doubted`` is given what had two readings."""
    found: list[Draft] = []
    last = -1
    for sentence in triage(document):
        if found and last + 1 < sentence.index and last == found[-1].sentence.index:
            found += _in(document, document.sentences[last + 1], found, follows=True)
        found += _in(document, sentence, found, doubted=doubted, constructions=constructions)
        last = sentence.index
    if found and last + 1 < len(document.sentences) and last == found[-1].sentence.index:
        found += _in(document, document.sentences[last + 1], found, follows=True)
    replace(found, document)
    identify(document, found)
    return bare(without_sizes(document, found))


# How far back a person's fate may have been told that "he was killed" tells again.
AGAIN = 5


def _told(d: Draft, before: list[Draft]) -> bool:
    """Whether the text has told the same of one person, or of a group that "he" may be of, shortly before.

    Who was said to be killed is not told to be wounded: "a guard was killed; he was shot at the gate".
    """
    near = [
        o for o in before
        if d.sentence.index - o.sentence.index <= AGAIN
        and (o.outcome is d.outcome or (d.outcome is Outcome.WOUNDED and o.outcome is Outcome.KILLED and o.letter in "1C"))
    ]  # fmt: skip
    return d.outcome not in _OF_ONE or bool(near)


_OF_ONE = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.ABDUCTED})


# How a sentence begins that breaks down the figure before it without naming the outcome again.
_FOLLOWS = re.compile(
    r"\"?(?:they (?:are|were|include|comprise)|these (?:are|were|include)"
    r"|(?:[\w-]+ ){0,3}of (?:them|those|these|the (?:victims|dead|casualties|fatalities))"
    r"|among (?:them|those)|it comprises|(?:at least |the other |another |(?:the )?others? )?[\w-]+ (?:are|were|was) )"
)


def _in(
    document: Document,
    sentence: Sentence,
    before: list[Draft],
    *,
    follows: bool = False,
    doubted: list[tuple[Span, str]] | None = None,
    constructions: Constructions | None = None,
) -> list[Draft]:
    """The drafts of one sentence; of one that only may break down the figure before it, its shares."""
    if follows and not _FOLLOWS.match(document.shadow, sentence.start):
        return []
    chunks = chunk(document, sentence)
    hits = restricted(chunks, constructions(document, sentence, chunks) if constructions else hits_of(chunks))
    days_of = {h for h in hits if days(document, sentence, chunks[h.group])}
    pairs = joined(
        [
            (h, d)
            for h in hits
            if h not in days_of
            and not negated(document.tokens(sentence), chunks, h)
            and (d := draft(document, sentence, chunks, h)) is not None
        ],
        document,
        chunks,
    )
    pairs = [(h, d) for h, d in pairs if not natural(document, sentence, d.outcome)]
    pairs = [(h, d) for h, d in pairs if veto(document, sentence, Span(d.start, d.end), d.trigger) is None]
    pairs = [(h, d) for h, d in pairs if not (d.letter == "i" and _told(d, before))]
    pairs = [(h, d) for h, d in pairs if not alone(d)]
    pairs = [(h, d) for h, d in pairs if not fated(document, sentence, d)]
    for _, d in pairs:
        if ran(document, d):
            d.outcome = Outcome.ESCAPED
    within(pairs)
    own = [d for _, d in pairs]
    own += list(shares(document, sentence, chunks, pairs, before))
    own += list(revised(document, sentence, chunks, pairs))
    own.sort(key=lambda d: (d.part_of is not None, d.group))
    mark(document, own)
    if doubted is not None:
        doubted += doubtful(document, sentence, chunks, hits, own)
    return own


def negated(tokens: Sequence[Token], chunks: Sequence[Chunk], hit: Hit) -> bool:
    """Whether a "not" stands in the verb group of a hit: "the driver was not hurt"."""
    at = chunks[hit.trigger].start
    first = max(chunks[hit.group].end if hit.group < hit.trigger else 0, at - NEAR)
    for k in range(at - 1, first - 1, -1):
        word = tokens[k].low
        if word in {"not", "never"} or word.endswith("n't"):
            return tokens[k + 1].low not in _STILL
        if not word[0].isalpha() or (
            word.endswith("ed") and tokens[k + 1].low in {"was", "were", "is", "are"}
        ):
            break  # "who has not been named was injured"
    return False


# What a "not" before it leaves standing: "not seriously injured" is injured.
_STILL = frozenset(
    {"only", "just", "seriously", "badly", "severely", "critically", "fatally", "gravely", "believed"}
)
# How many words a "not" may stand before the outcome word.
NEAR = 4


# What follows a wound that the same people died of.
_FATED = re.compile(
    r"\b(?:where|and|but) (?:(?:he|she|they) )?(?:(?:has|have) since |later |then |subsequently |was |were )?(?:later )?"
    r"(?:died|succumbed|pronounced dead)\b"
)


def fated(document: Document, sentence: Sentence, d: Draft) -> bool:
    """Whether one person's wound was his death: "was shot in the head and later died"."""
    if d.outcome is not Outcome.WOUNDED or d.low != 1 or d.high != 1:
        return False
    return _FATED.search(document.shadow, d.end, sentence.end) is not None


def ran(document: Document, d: Draft) -> bool:
    """Whether those who fled are fighters: they got away, and are not displaced."""
    return (
        d.outcome is Outcome.DISPLACED
        and d.kind is VictimsClass.COMBATANT
        and document.shadow[slice(*d.trigger)] in {"fled", "flee", "fleeing"}
    )


def alone(d: Draft) -> bool:
    """Whether one person is told to have fled: who says so has, and no count of the displaced begins with one."""
    return d.outcome is Outcome.DISPLACED and d.low == d.high == 1


def within(pairs: list[tuple[Hit, Draft]]) -> None:
    """Sets ``part_of``, in place, where the construction itself names the whole: "two were among the ten killed"."""
    for h, d in pairs:
        for o, whole in pairs:
            if h.whole == o.group >= 0 and o.outcome is h.outcome and o.whole < 0:
                d.part_of = whole


def restricted(chunks: list[Chunk], hits: list[Hit]) -> list[Hit]:
    """The hits without what a relative clause tells of the group's past: "the 136 who had escaped were recaptured"."""
    dropped = {
        (h.group, h.trigger)
        for h in hits
        for o in hits
        if o.group in {h.group, h.group - 2} and o.trigger > h.trigger and o.outcome is not h.outcome
        and "w" in [c.letter for c in chunks[h.group + 1 : h.group + 3]] and h.outcome in _PAST
    }  # fmt: skip
    return [h for h in hits if (h.group, h.trigger) not in dropped]


# What is told of people to say who they are, when something else befalls them now.
_PAST = frozenset(
    {Outcome.ESCAPED, Outcome.ABDUCTED, Outcome.DETAINED, Outcome.CAPTURED, Outcome.MISSING, Outcome.BESIEGED}
)


KIN = frozenset(
    "wife husband son daughter brother sister mother father cousin nephew niece uncle aunt child fiancee girlfriend boyfriend".split()
)


def joined(
    pairs: list[tuple[Hit, Draft]], document: Document, chunks: Sequence[Chunk]
) -> list[tuple[Hit, Draft]]:
    """The pairs with a person and their kin as one claim of two: "a nurse and her son"."""
    found: list[tuple[Hit, Draft]] = []
    for h, d in pairs:
        last = found[-1] if found else None
        same = [p for p in pairs if p[0].trigger == h.trigger and p[0].outcome is h.outcome]
        if (
            last
            and len(same) == 2
            and h.group - last[0].group == 2
            and all(p[1].letter == "1" for p in same)
            and chunks[h.group].head in KIN
            and last[0].trigger == h.trigger
            and document.shadow[last[1].group[1] : d.group[0]].split() in (["and"], ["&"])
        ):
            one = last[1]
            offices = {one.head, d.head} <= TITLES and not (
                one.article or d.article
            )  # "candidate and leader Anton Brezin"
            one.end, one.low, one.high = max(one.end, d.end), *((1, 1) if offices else (2, 2))
            one.group = (one.group[0], d.group[1])
            one.as_written = one.victims = document.body[one.group[0] : one.group[1]]
            one.kind = one.kind if one.kind is d.kind else VictimsClass.MIXED
            continue
        found.append((h, d))
    return found
