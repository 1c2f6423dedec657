"""Who says a claim: the chain publisher → relayed by → speaker, carried over sentences to the fullest name.

Four of five spoken claims name their speaker in their own sentence; the rest are pronouns and short names, which
mean the last *speaker*, not the last name. Nothing is carried into sentences that attribute nothing, except
inside an open quotation.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from tollbook.nouns import Span
from tollbook.reading.quotes import around, inner, quotations
from tollbook.reading.register import Register
from tollbook.reading.speech import NOWHERE, Act
from tollbook.reading.tags import lexicon
from tollbook.reading.voices import Speech, Voice
from tollbook.rules import table
from tollbook.text import Document

_PASSING = frozenset(("reported", "reports", "according", "relayed"))
_OUTSIDE = 10_000  # more than any sentence has characters


@lru_cache(maxsize=16)
def speech(document: Document) -> Speech:
    """The acts of speech of a text; the last few texts are remembered."""
    return Speech(document, Register(document))


def voice(document: Document, span: Span, trigger: tuple[int, int] | None = None) -> Voice | None:
    """Who says the words at ``span``; None where they stand in the article's own voice.

    ``trigger``: characters of the outcome word, where known; the part of a sentence is judged by it.
    """
    read = speech(document)
    key = (span.start, span.end, trigger[0] if trigger else span.start)
    if key not in read.voices:
        read.voices[key] = _heard(read, span.start, key[2])
    return read.voices[key]


def _heard(read: Speech, start: int, at: int) -> Voice | None:
    """Who speaks at a place of the text, for words that begin at ``start``."""
    document = read.document
    if not document.sentences:
        return None  # nothing but blanks
    sentence = document.sentence_at(at)
    act, outer = _governing(read, sentence.index, start, at)
    if act is not None and act.kind != "source" and _narrated(read, sentence.index, act, at):
        return None
    if act is None:
        act = _declared(read, sentence.index, at) or _quoting(read, at) or _house(read, sentence.index)
    if act is None:
        return None
    name = read.name(act)
    if name is None:
        return None
    relays = [read.register.fullest(read.register.plain(*act.relay))] if act.relay else []
    for other in outer:
        told = read.name(other) if _around(read, other, act, at) else None
        if told and told != name and told not in relays:
            relays.append(told)
    return Voice(name, tuple(relays), act.verb, act.start, act.end)


def _declared(read: Speech, index: int, at: int) -> Act | None:
    """The act whose own verb stands at a place, because it makes true what it says ("declared the battle over")."""
    for act in read.acts(index):
        if act.kind == "clause" and act.start <= at < act.end:
            return act
        if act.verb in {"put", "puts"} and "d" in act.head and act.who[0] <= at < act.who[1]:
            return act  # "a toll from the ministry put the figure at nine"
    return None


def _around(read: Speech, other: Act, act: Act, at: int) -> bool:
    """Whether one act of speech passes on another, and does not stand beside it ("police said A, but X said B")."""
    if other.left[0] <= at < other.left[1]:
        return True
    inside = around(read.document, at)
    if inside is not None and inside[0] <= act.start < inside[1] and not inside[0] <= other.start < inside[1]:
        return True
    between = read.document.shadow[other.end : act.who[0]].split()
    return not any(word.strip(",;") in {"but", "while", "and"} or word[-1] in ",;" for word in between)


def _governing(read: Speech, index: int, start: int, at: int) -> tuple[Act | None, list[Act]]:
    """The innermost act that governs a place in its sentence, and the acts around it."""
    found: list[tuple[float, Act]] = []
    for act in read.acts(index):
        if act.right[0] <= at < act.right[1] and (start >= act.end or act.start > at or act.kind != "part"):
            found.append((at - act.right[0], act))
        elif act.left[0] <= at < act.left[1]:
            found.append(((act.left[1] - at) * 2, act))
    inside = around(read.document, at)
    if inside is not None:  # who speaks inside a quotation comes before who quotes
        found = [(way if inside[0] <= act.start < inside[1] else way + _OUTSIDE, act) for way, act in found]
        if any(
            way >= _OUTSIDE for way, _ in found
        ):  # ... but a paper it tells of does not ("The reports state that")
            found = [(way, act) for way, act in found if way >= _OUTSIDE or not _paper(read.document, act)]
    found.sort(key=lambda row: row[0])
    if not found:
        return None, []
    inner = next((row for row in found[1:] if _within(read, row[1], found[0][1], at)), None)
    if inner is not None:
        found.remove(inner)
        found.insert(0, inner)
    return found[0][1], [act for _, act in found[1:]]


def _within(read: Speech, act: Act, outer: Act, at: int) -> bool:
    """Whether an act tells a place, and the act found nearer only passes all of it on ("X said that CLAIM, Y reported")."""
    if not (act.right[0] <= at < act.right[1] and outer.left[0] <= act.start < act.end <= outer.left[1]):
        return False
    if outer.who == act.who or outer.verb not in _PASSING or "r" in outer.head:
        return False
    between = read.document.shadow[act.end : at]
    return "," not in between and ";" not in between and '"' not in between


def _paper(document: Document, act: Act) -> bool:
    """Whether nobody but a paper speaks ("the report states")."""
    return set(act.head) <= set("dV") and len(document.shadow[act.who[0] : act.who[1]].split()) <= 2


def _narrated(read: Speech, index: int, act: Act, at: int) -> bool:
    """Whether a place lies in a clause of background that the article tells itself (", sparking battles that ...")."""
    if not act.right[0] <= at < act.right[1]:
        return False
    tokens = read.document.tokens(read.document.sentences[index])
    starts = table("en", "speech")["narrator"]["words"].split()
    if any(act.end < b.start < at and a.low == "," and b.low in starts for a, b in pairwise(tokens)):
        return True
    after = [t.low for t in tokens if act.end <= t.start < at][:3]
    return (
        len(after) > 2
        and after[:2] == [",", "the"]
        and after[2] in table("en", "speech")["narrator"]["latest"].split()
    )


def _quoting(read: Speech, at: int) -> Act | None:
    """The act that a quotation around a place belongs to."""
    within = inner(read.document)
    n = next((n for n, (start, end) in enumerate(within) if start <= at < end), -1)
    if n >= 0 and (act := _beside(read, within, n)) is not None:
        return act
    every = quotations(read.document)
    here = next((n for n, (start, end) in enumerate(every) if start <= at < end), -1)
    return _beside(read, every, here) if here >= 0 else None


def _beside(read: Speech, every: tuple[tuple[int, int], ...], here: int) -> Act | None:
    """The act that stands beside a quotation, before it or after it; else that of a quotation just before."""
    start, end = every[here]
    document = read.document
    opening, closing = document.sentence_at(start), document.sentence_at(min(end, len(document.body) - 1))
    for act in read.acts(closing.index):
        if act.start >= end and act.left != NOWHERE:
            return act
    for act in reversed(read.acts(opening.index)):
        if act.end <= start:
            return act
    for act in read.acts(closing.index + 1)[:1]:
        if act.left != NOWHERE and act.start - end < _NEAR:
            return act
    if here and start - every[here - 1][1] < _NEAR:
        return _beside(read, every, here - 1)
    for back in range(opening.index - 1, max(-1, opening.index - 3), -1):
        spoken = [act for act in read.acts(back) if act.kind != "silent"]
        if spoken:
            return spoken[-1]
    return None


# Characters between a quotation and what belongs to it: a short line with the speaker's name.
_NEAR = 60


def _house(read: Speech, index: int) -> Act | None:
    """The last voice of the house in a text the house publishes itself ("our activists documented ...").

    A monitor's own post rests on one voice, and its unattributed sentences go on with it; an article's do not.
    """
    publisher = read.register.fullest(read.document.publisher)
    if not any("m" in lexicon().get(w.lower(), "") for w in publisher.split()):
        return None
    known = read.houses
    for at in range(len(known), index):  # each sentence is looked at once, however many claims ask
        own = (a for a in reversed(read.acts(at)) if a.who != NOWHERE and "r" not in a.head)
        mine = next((a for a in own if _same(publisher, read.register.plain(*a.who))), None)
        known.append(mine or (known[-1] if known else None))
    return known[index - 1] if index else None


def _same(publisher: str, name: str) -> bool:
    """Whether a name, or a word of it, is the publisher's own or its initials."""
    words = [w for w in publisher.replace("(", " ").replace(")", " ").split() if w[:1].isupper()]
    initials = "".join(w[0] for w in words)
    mine = {w.lower() for w in words} - {"news", "agency", "press"}
    return any(w.lower() in mine or (len(w) > 2 and w == initials) for w in name.replace("'s", "").split())
