"""Acts of speech in a sentence: who speaks, with which verb, and which part of the sentence the verb governs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tollbook.reading.idioms import closed, fit, follows, idiom, noun, speaks
from tollbook.reading.mentions import Phrase, after, before
from tollbook.reading.subjects import AND, holder, inverted, opener, skip, subject
from tollbook.reading.tags import QUOTES, SPEAKERS, Word, agencies, words
from tollbook.rules import table
from tollbook.text import Document, Sentence

_BE = frozenset("was were is are been be being".split())
_BY = frozenset(
    (
        "reported",
        "said",
        "announced",
        "confirmed",
        "claimed",
        "acknowledged",
        "denied",
        "posted",
        "quoted",
        "put",
        "estimated",
        "recorded",
        "documented",
        "counted",
    )
)
_AGAIN = frozenset(("said", "reported", "added", "announced", "confirmed"))
_SPELLS = frozenset(("after", "during", "following", "since"))
NOWHERE = (0, 0)


class Act(NamedTuple):
    """One act of speech; offsets count characters of the body.

    Attributes:
        sentence: index of the sentence.
        kind: clause, object, part, source or head (a headline's colon).
        verb: the word of speech, in small letters.
        start, end: the verb's characters.
        who: characters of the speaker's noun phrase; empty (0, 0) where the sentence does not name one.
        head: classes of the phrase's head (``mentions``), "r" for a pronoun.
        name: characters of a person's own name, if the phrase gives one apart.
        left, right: the characters it governs before and after; empty where none.
        relay: characters of the one it was told to or who quotes it.
    """

    sentence: int
    kind: str
    verb: str
    start: int
    end: int
    who: tuple[int, int]
    head: str
    name: tuple[int, int] | None
    left: tuple[int, int]
    right: tuple[int, int]
    relay: tuple[int, int] | None = None


@cache
def frames() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Word of speech → its kind, and the subjects it is limited to (empty: any)."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for frame in table("en", "speech")["frame"]:
        for form in frame["forms"].split():
            found.setdefault(form, (frame["kind"], frozenset(frame.get("only", "").split())))
    return found


@cache
def _scanner() -> AhoCorasick:
    return AhoCorasick([*frames(), ":", " - ", "\u2013", "\u2014"])


def cued(document: Document) -> frozenset[int]:
    """The indexes of the sentences in which a word of speech or a colon stands: one scan of the text."""
    text, size = document.shadow, len(document.shadow)
    found: set[int] = set()
    for _, start, end in _scanner().find_matches_as_indexes(text, overlapping=True):
        inside = (start and text[start - 1].isalnum()) or (end < size and text[end].isalnum())
        if not inside or not text[start].isalnum():
            found.add(document.sentence_at(start).index)
    return frozenset(found)


def acts(document: Document, sentence: Sentence) -> tuple[Act, ...]:
    """The acts of speech of a sentence, in text order."""
    row = words(document, sentence)
    found: list[Act] = []
    for at, word in enumerate(row):
        if "V" not in word.kinds:
            continue
        act = _act(row, at, sentence, found)
        if act is not None:
            found.append(act)
    head = _headline(row, sentence) if not found else None
    return (head,) if head else tuple(found)


def _act(row: list[Word], at: int, sentence: Sentence, earlier: list[Act]) -> Act | None:
    """The act whose word of speech stands at ``at``, or None if it is none."""
    kind, only = frames()[row[at].low]
    low = row[at].low
    if kind == "source":
        return _source(row, at, sentence)
    if noun(row, at):
        return None
    if idiom(row, at):
        return _silent(row, at, sentence)
    if low == "saying" and at and row[at - 1].low == "as":
        return _quoted(row, at, sentence)
    back = skip(row, at - 1)
    if any(row[k].low in _BE for k in range(back + 1, at)) and low not in {"saying", "telling", "reporting"}:
        return _passive(row, at, sentence)
    if kind == "part" or (low == "saying" and back == at - 1):
        return _participle(row, at, back, sentence, earlier)
    if (passed := _as_told(row, at, sentence)) is not None:
        return passed
    turned = inverted(row, at) if kind == "clause" else None
    if turned is not None:
        return _made(row, at, sentence, kind, turned, left=(sentence.start, row[max(0, at - 1)].end))
    who, own = subject(row, back)
    if who is None:
        if back >= 0 and row[back].low not in AND:
            return None
        if earlier:
            return _again(row, at, sentence, kind, earlier[-1])
        if back <= 0:  # "And also told of the wounds of some"
            return (
                _made(row, at, sentence, kind, None, right=(row[at].end, sentence.end))
                if low in _AGAIN
                else None
            )
        who = opener(row, at)
        if who is None:
            return None
    if only and row[who.last].low not in only:
        return None
    if not fit(row, at, who):
        return None
    return _directed(row, at, sentence, kind, who._replace(name=own or who.name))


def _silent(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of one who claims an attack: it gives no word away, but "the group" after it is that one."""
    if not row[at].low.startswith("claim") or not {"responsibility", "credit"} & {
        w.low for w in row[at + 1 : at + 4]
    }:
        return None
    who, own = subject(row, skip(row, at - 1))
    return (
        _made(row, at, sentence, "silent", who._replace(name=own or who.name))
        if speaks(who) and who
        else None
    )


def _directed(row: list[Word], at: int, sentence: Sentence, kind: str, who: Phrase) -> Act:
    """The act with a subject on the left: what follows the verb tells which side it governs."""
    nxt, relay = at + 1, None
    if row[at].low in {"told", "tell", "tells", "informed", "informs"}:
        relay, nxt = _addressee(row, nxt)
    what = follows(row, nxt)
    border = sentence.start
    text = who.first - next((k for k, w in enumerate(row) if w.start >= border), 0)
    clause = text >= 4 or (text >= 2 and row[who.first - 1].low in {",", '"'})
    left = right = NOWHERE
    if (
        kind == "clause"
        and clause
        and (
            what in {"end", "comma", "conj"}
            or (what == "either" and not _led_in(row, border, who.first))
            or (what == "quote" and row[who.first - 1].low in {",", '"'})
        )
    ):
        left = (border, row[who.first].start)
    if left == NOWHERE or what in {"comma", "quote", "either"}:
        right = (row[at].end, sentence.end)
    return _made(row, at, sentence, kind, who, left=left, right=right, relay=relay)


def _led_in(row: list[Word], border: int, first: int) -> bool:
    """Whether only a spell of time stands between the sentence's beginning and its subject ("After six days of war, ")."""
    lead = [w for w in row[:first] if w.start >= border]
    commas = sum(w.low == "," for w in lead)
    return bool(lead) and lead[0].low in _SPELLS and commas == 1 and lead[-1].low == ","


def _made(
    row: list[Word], at: int, sentence: Sentence, kind: str, who: Phrase | None, *,
    left: tuple[int, int] = NOWHERE, right: tuple[int, int] = NOWHERE, relay: tuple[int, int] | None = None,
) -> Act:  # fmt: skip
    """An act in characters."""
    word = row[at]
    name = (row[who.name[0]].start, row[who.name[1]].end) if who and who.name else None
    span = (row[who.first].start, row[who.last].end) if who else NOWHERE
    return Act(
        sentence.index,
        kind,
        word.low,
        word.start,
        word.end,
        span,
        who.head if who else "r",
        name,
        left,
        right,
        relay,
    )


def _source(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "according to X" or "as per X"."""
    first = at
    if row[at].low == "per":
        first = at - 1 if at and row[at - 1].low == "as" else at
        if first == at and at and row[at - 1].low != ",":
            return None  # "nine a day per clinic"
    elif at + 2 >= len(row):
        return None
    to = row[at].low == "according" and row[at + 1].low == "to"
    who = after(row, at + 1 + to, wide=to or row[at].low == "per")
    if to and at + 2 < len(row) and row[at + 2].low in {"him", "her", "them"}:
        who = Phrase(at + 2, at + 2, "r")
    if who is None or (not to and not SPEAKERS & set(who.head) and "N" not in who.head):
        return None
    at, who = first, holder(row, who)
    left = right = NOWHERE
    opens = (
        at == 0
        or row[at].cap
        or (at <= 2 and row[at - 1].low in {"and", "but", "meanwhile", ","})
        or row[at - 1].low in {"and", "but", "while", ";", ":"}
    )
    if opens:
        right = (row[who.last].end, sentence.end)
    else:
        left = (sentence.start, row[at].start)
        rest = [w for w in row[who.last + 1 :] if w.low not in QUOTES]
        if rest and rest[0].low == "," and row[at - 1].low in {",", "and", "that"}:
            right = (row[who.last].end, sentence.end)
    return _made(row, at, sentence, "source", who, left=left, right=right)


def _as_told(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "as reported by X" and "as reported in the Zenda Gazette"."""
    if not at or row[at - 1].low != "as" or at + 2 >= len(row) or row[at + 1].low not in {"by", "in"}:
        return None
    who = after(row, at + 2)
    if who is None or not (SPEAKERS & set(who.head) or "N" in who.head):
        return None
    if at == 1:
        return _made(row, at, sentence, "source", who, right=(row[who.last].end, sentence.end))
    return _made(row, at, sentence, "source", who, left=(sentence.start, row[at - 1].start))


def _passive(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "it was reported by X that": X speaks."""
    by = next((k for k in range(at + 1, min(len(row), at + 6)) if row[k].low == "by"), -1)
    who = after(row, by + 1) if by > 0 else None
    if by < 0 and row[0].low in {"in", "according"} and row[at + 1 : at + 2] and row[at + 1].low == "that":
        opening = after(row, 1)  # "In a report of the ministry, it was stated that"
        if opening and "d" in opening.head and opening.last > opening.first + 2:
            return _made(row, at, sentence, "clause", opening, right=(row[at].end, sentence.end))
    if who is None or row[at].low not in _BY or not (SPEAKERS & set(who.head) or "N" in who.head):
        return None
    if who.last + 1 < len(row) and row[who.last + 1].low == "that":
        return _made(row, at, sentence, "clause", who, right=(row[who.last].end, sentence.end))
    return _made(row, at, sentence, "clause", who, left=(sentence.start, row[at].start))


def _quoted(row: list[Word], at: int, sentence: Sentence) -> Act | None:
    """The act of "X was quoted as saying" and "the agency quoted X as saying"."""
    verb = next(
        (
            k
            for k in range(at - 1, max(-1, at - 14), -1)
            if row[k].low in {"quoted", "cited", "quotes", "quoting"}
        ),
        -1,
    )
    if verb < 0:
        return None
    back = skip(row, verb - 1)
    passive = any(row[k].low in _BE for k in range(back + 1, verb))
    other, _ = subject(row, back)
    who = other if passive else after(row, verb + 1)
    if who is None:
        return None
    who = who if passive else holder(row, who)
    by = after(row, at + 2) if passive and at + 2 < len(row) and row[at + 1].low == "by" else None
    told = by if passive else other
    relay = (row[told.first].start, row[told.last].end) if told and "r" not in told.head else None
    what = follows(row, at + 1)
    left = (sentence.start, row[who.first].start) if what == "end" else NOWHERE
    right = NOWHERE if what == "end" else (row[at].end, sentence.end)
    return _made(row, at, sentence, "clause", who, left=left, right=right, relay=relay)


def _participle(row: list[Word], at: int, back: int, sentence: Sentence, earlier: list[Act]) -> Act | None:
    """The act of ", adding that": the speaker before goes on; or of "with officials saying"."""
    if at and "D" in row[at - 1].kinds:
        return None  # "what the writing meant"
    if back >= 0 and row[back].low not in AND and "C" not in row[back].kinds:
        who = before(row, back)
        if (
            who is not None
            and (SPEAKERS & set(who.head))
            and not (earlier and earlier[-1].who[1] == row[who.last].end)
        ):
            return _made(row, at, sentence, "part", who, right=(row[at].end, sentence.end))
    if earlier:
        return _again(row, at, sentence, "part", earlier[-1])
    who = opener(row, at)
    if at <= 1:  # "While admitting that ..., the minister"
        comma = next((k for k in range(at, len(row)) if row[k].low == ","), len(row))
        who = after(row, comma + 1)
    return _made(row, at, sentence, "part", who, right=(row[at].end, sentence.end)) if who else None


def _again(row: list[Word], at: int, sentence: Sentence, kind: str, last: Act) -> Act:
    """A further act of the same speaker."""
    word = row[at]
    right = (word.end, sentence.end)
    return last._replace(kind=kind, verb=word.low, start=word.start, end=word.end, left=NOWHERE, right=right)


def _addressee(row: list[Word], nxt: int) -> tuple[tuple[int, int] | None, int]:
    """Whom it was told, if that is a medium, and where the sentence goes on."""
    if nxt < len(row) and row[nxt].low in closed("addressees"):
        return None, nxt + 1
    who = after(row, nxt)
    if who is None:
        return None, nxt + 1
    said = {row[k].low for k in range(who.first, who.last + 1)}
    medium = (
        bool(said & agencies()) or "a" in who.head or ("N" in who.head and not set("pPyo") & set(who.head))
    )
    return ((row[who.first].start, row[who.last].end) if medium else None), who.last + 1


# What parts a headline from who says it: "UN: nine dead", "Nine dead - officials".
_PARTS = frozenset((":", "-", "--", "\u2013", "\u2014"))


def _heads(row: list[Word], who: Phrase) -> bool:
    """Whether a phrase beside a headline's colon names one who speaks: no bare paper ("Update:"), no place."""
    kinds = SPEAKERS & set(who.head)
    if kinds == {"d"}:
        return "N" in who.head and who.last > who.first
    short = row[who.first]
    return bool(kinds) or (who.first == who.last and short.low in closed("bodies"))


def _headline(row: list[Word], sentence: Sentence) -> Act | None:
    """The act of "Monitor: 43 killed" or "43 killed: monitor"; None where no colon parts off a speaker."""
    for k, word in enumerate(row):
        if word.low not in _PARTS or len(row) < 4 or (word.low != ":" and row[-1].low == "."):
            continue
        if 1 <= k <= 5 and word.low == ":":
            who = before(row, k - 1)
            if who and who.first == 0 and _heads(row, who):
                return _made(row, k, sentence, "head", who, right=(word.end, sentence.end))
        if len(row) - 6 <= k < len(row) - 1:
            who = after(row, k + 1)
            if who and who.last >= len(row) - 2 and _heads(row, who):
                return _made(row, k, sentence, "head", who, left=(sentence.start, word.start))
    return None
