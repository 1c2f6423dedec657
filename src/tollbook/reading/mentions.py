"""Noun phrases that can name a speaker: where they begin and end, left or right of a verb of speech.

A regular expression mangles such names ("close to the border with Turkey local sources said"), so the words
are walked one by one with a small closed set of tags from ``rules/en/roles.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tollbook.rules import table
from tollbook.text import Document, Sentence

# One letter a group of words, so that a word's classes are one short string.
_LETTERS = {
    "person": "p", "people": "P", "agency": "a", "monitor": "m", "army": "y", "organisation": "o",
    "document": "d", "title": "t", "modifier": "j", "determiner": "D",
}  # fmt: skip
SPEAKERS = frozenset("pPamyod")
_FEW = 4  # unknown small words that may stand between a determiner and its head ("a bulldozer driver's mate said")


class Word(NamedTuple):
    """A token with its classes; ``cap`` tells a name by its capital (or, in telex, by being no known word)."""

    start: int
    end: int
    low: str
    kinds: str
    cap: bool


class Phrase(NamedTuple):
    """Words ``first`` to ``last`` (included) of a sentence that name somebody; ``head`` holds the head's classes."""

    first: int
    last: int
    head: str
    name: tuple[int, int] | None = None  # words of a person's own name, where the phrase gives one apart


@cache
def lexicon() -> Mapping[str, str]:
    """Small word → its class letters: the groups of ``roles.toml`` and the closed classes of ``speech.toml``."""
    found: dict[str, str] = {}
    roles, speech = table("en", "roles"), table("en", "speech")
    rows = [(letter, roles[group]["words"]) for group, letter in _LETTERS.items()]
    rows += [("r", roles["pronoun"][key]) for key in ("he", "it", "they", "who")]
    around = speech["around"]
    rows += [
        ("b", around["between"]),
        ("T", around["time"]),
        ("R", around["prepositions"]),
        ("C", around["conjunctions"]),
    ]
    rows += [("V", frame["forms"]) for frame in speech["frame"]]
    for letter, words in rows:
        for word in words.split():
            if letter not in found.get(word, ""):
                found[word] = found.get(word, "") + letter
    return found


@cache
def agencies() -> frozenset[str]:
    """Names of news agencies and outlets that speakers tell things to, in small letters."""
    return frozenset(table("en", "roles")["agencies"]["words"].split())


def words(document: Document, sentence: Sentence) -> list[Word]:
    """The tokens of a sentence with their classes; stops after abbreviations are left out."""
    known, body, upper = lexicon(), document.body, document.upper
    found: list[Word] = []
    tokens = document.tokens(sentence)
    for at, (start, end, low) in enumerate(tokens):
        if low == "." and at + 1 < len(tokens):
            continue
        kinds = known.get(low, "") or _compound(low, known)
        if upper:
            cap = (
                not kinds and low[0].isalpha() and not low.endswith(("ed", "ing", "ly")) and low not in _SMALL
            )
        else:
            cap = any(ch.isupper() for ch in body[start:end])
        if found and found[-1].low == "@":
            kinds, cap = "", True
        if low in _PARTICLES and found and found[-1].cap:
            kinds, cap = "", True
        found.append(Word(start, end, low, kinds, cap))
    return found


def _compound(low: str, known: Mapping[str, str]) -> str:
    """The classes of "secretary-general" and "ex-minister": those of the person in it."""
    if "-" not in low:
        return ""
    first, _, last = low.partition("-")
    return "".join(ch for ch in known.get(last, "") or known.get(first, "") if ch in "pP")


# Small words inside a name ("Wamba dia Wamba", "Khalid bin Said").
_PARTICLES = frozenset(
    ("dia", "da", "al", "el", "bin", "ibn", "ben", "abu", "van", "von", "der", "dos", "du", "ul")
)
# Words that telex sets in capitals like everything else and that are no names.
_SMALL = frozenset(
    [
        "be",
        "been",
        "are",
        "were",
        "is",
        "was",
        "that",
        "than",
        "and",
        "or",
        "not",
        "no",
        "to",
        "of",
        "it",
        "he",
        "she",
        "they",
        "them",
        "him",
        "who",
        "which",
        "whose",
        "where",
        "what",
        "there",
        "so",
        "if",
        "against",
        "between",
        "without",
        "within",
        "per",
        "such",
        "own",
        "have",
        "had",
        "has",
        "will",
        "would",
        "may",
        "might",
        "can",
        "killed",
        "dead",
        "wounded",
        "died",
        "left",
        "people",
        "casualties",
        "attack",
        "attacks",
        "clash",
        "clashes",
        "town",
        "towns",
        "place",
        "killing",
    ]
)
_DEMONYM = ("ian", "ean", "an", "ish", "ese", "aeli", "aqi", "eni", "ani", "ench", "eek", "ssi", "abi", "i")


def before(row: list[Word], at: int, floor: int = 0) -> Phrase | None:
    """The phrase that ends at word ``at``, found by walking left, not beyond ``floor``; None if no speaker ends there."""
    if at < floor:
        return None
    word = row[at]
    if "r" in word.kinds:
        return Phrase(at, at, "r")
    if word.low in _QUOTE:
        return _entitled(row, at, floor)
    if not (_heads(word) or _common(word) or word.kinds == "j"):
        return None
    first: int | None = at if _heads(word) else None
    plural = "P" in word.kinds and not word.cap
    # "killed five civilians witnesses said": before a plural or a name an unknown word belongs to another phrase
    room = 0 if plural or (first is not None and word.cap) else _FEW if first is not None else _FEW - 1
    k = at
    while k > floor:
        step = _joined(row, k, floor, named=_heads(word))
        if step is not None:
            tied = any(w.low in _TIES or w.low == "and" for w in row[step:at])
            if plural and not tied and row[step].low in {"a", "an"}:
                return Phrase(at, at, word.kinds)  # "in the centre of a southern town police said"
            if plural and {"P"} == set(row[step].kinds) and step == k - 1:
                break
            if k - step > 1 and row[k - 1].low in _TIES:
                room = _FEW  # "an official at the governor's press office in Port Saint"
            first, k = step, step
            continue
        left = row[k - 1]
        if "D" in row[k].kinds and not row[k].cap:
            first = _apposed(row, k, floor) or first
            break
        if not room or not _common(left) or (first is not None and _adverbial(left)):
            break
        room -= 1
        k -= 1
    if first is None or not (
        _heads(word) or "D" in row[first].kinds or first == floor or _punct(row[first - 1])
    ):
        return None
    return Phrase(first, at, _head(row, first, at), _proper(row, first, at))


def _apposed(row: list[Word], k: int, floor: int) -> int | None:
    """Where a name begins that stands right before "a member of ..." without a comma, at the head of its clause."""
    if k - 1 < floor or not row[k - 1].cap or row[k - 1].kinds:
        return None
    start = k - 1
    while start > floor and row[start - 1].cap and not row[start - 1].kinds:
        start -= 1
    return start if start == floor or row[start - 1].low in {".", '"', "'", ";", ":"} else None


_QUOTE = frozenset(('"', "''"))


def _entitled(row: list[Word], close: int, floor: int) -> Phrase | None:
    """A name in quotation marks with what leads to it: 'a post from "The Plain Truth"'."""
    start = next((k for k in range(close - 1, max(floor, close - 8), -1) if row[k].low in _QUOTE), -1)
    if (
        start < 0
        or not row[start + 1].cap
        or start - 1 < floor
        or row[start - 1].low not in {"from", "by", "of", "page"}
    ):
        return None
    return Phrase(start + 1, close - 1, "N")


def _joined(row: list[Word], k: int, floor: int, *, named: bool) -> int | None:
    """Where the phrase begins after taking in the word left of ``k``, or None if that word does not belong to it."""
    left, here = row[k - 1], row[k]
    if "D" in here.kinds and not here.cap:
        return _linked(row, k, floor) if "D" not in left.kinds else None
    if "D" in left.kinds:
        return k - 1
    if left.low == "'s" and k - 1 > floor:
        return k - 2 if not _punct(row[k - 2]) else None
    if left.low in {"&", "/", "@"}:
        return k - 1
    if left.low == ")":
        return _bracket(row, k - 1, floor)
    if _heads(left) or "j" in left.kinds or "t" in left.kinds:
        if (
            left.cap
            and not here.cap
            and "j" in here.kinds
            and not (SPEAKERS & set(here.kinds))
            and not left.low.endswith(_DEMONYM)
        ):
            return None  # "the border with Turkey local sources said"
        if not left.cap and here.cap and set("Pd") & set(left.kinds) and "t" not in here.kinds:
            return None  # "killed two soldiers Colonel X said" keeps to the name
        return k - 1
    if left.cap and here.cap and k - 1 > floor and row[k - 2].cap and "b" in left.kinds:
        return k - 1  # "East Now News"
    if left.low.count("-") and left.low[0].isalpha() and not _adverbial(left):
        return k - 1
    return _linked(row, k, floor) if named else None


def _linked(row: list[Word], k: int, floor: int) -> int | None:
    """Takes in "head of", "spokesman for", "ministry in" or "officials and" left of word ``k``."""
    link = row[k - 1].low
    if k - 2 < floor:
        return None
    left, here = row[k - 2], row[k]
    speaking = bool(SPEAKERS & set(left.kinds))
    if link in {"of", "for"} and (speaking or left.cap):
        return k - 2
    if (
        link in {"by", "from"}
        and k - 3 >= floor
        and "d" in (left.kinds or row[k - 3].kinds)
        and (left.kinds or left.low.endswith("ed"))
    ):
        return k - 2 if left.kinds else k - 3  # "a communique released by the army"
    if (
        link in {"in", "at", "from", "on", "to"}
        and speaking
        and not ({"P", "p"} & set(here.kinds) and not here.cap)
    ):
        return k - 2 if here.cap or "D" in here.kinds or "j" in here.kinds else None
    if link in {"and", "or"} and (speaking or (left.cap and here.cap and _clean(row, k - 2, floor))):
        return k - 2
    return None


def _clean(row: list[Word], at: int, floor: int) -> bool:
    """Whether only names stand between a clause's beginning and word ``at`` ("Smith and Jones said")."""
    while at >= floor and (row[at].cap or row[at].low in {"of", "the", "'s"} or row[at].kinds):
        at -= 1
    return at < floor or row[at].low in {",", '"', ";", "that", "and", "but"}


def _bracket(row: list[Word], close: int, floor: int) -> int | None:
    """The opening of a short bracket that closes at ``close``, with the word before it."""
    for k in range(close - 1, max(floor, close - 8), -1):
        if row[k].low == "(":
            return k - 1 if k > floor else None
    return None


def after(row: list[Word], at: int, *, wide: bool = False) -> Phrase | None:
    """The phrase that begins at word ``at``, found by walking right; ``wide`` takes unknown words without a determiner."""
    k, last, seen_determiner, size = at, -1, False, len(row)
    while k < size:
        word = row[k]
        if "r" in word.kinds and k == at:
            return Phrase(at, at, "r")
        if "D" in word.kinds and not word.cap and last < 0:
            seen_determiner = True
        elif "T" in word.kinds and not (
            word.cap and last >= 0 and row[k - 1].cap and "T" not in row[k - 1].kinds and word.low == "may"
        ):
            break
        elif _heads(word) or (word.cap and word.low not in _LINKS):
            last = k
        elif "D" in word.kinds and not word.cap and last >= 0 and row[k - 1].low not in _TIES:
            break
        elif (
            "j" in word.kinds
            or "t" in word.kinds
            or "D" in word.kinds
            or word.low in {"'s", "&", "@", "#", "/"}
            or (word.low == '"' and k == at)
            or ("V" in word.kinds and seen_determiner and last < 0)
            or (word.low[0].isdigit() and last >= 0 and row[k - 1].cap)
        ):
            pass
        elif word.low == "(" and last == k - 1:
            close = next((n for n in range(k + 1, min(size, k + 8)) if row[n].low == ")"), None)
            if close is None:
                break
            last, k = close, close
        elif last >= 0 and _continues(row, k):
            pass
        elif (
            _common(word)
            and (seen_determiner or wide or (last >= 0 and "-" in word.low))
            and k - max(last, at) < _FEW
        ):
            if (
                _adverbial(word)
                and last >= 0
                and not (word.low.endswith("ed") and k + 1 < size and row[k + 1].low == "by")
            ):
                break
            last = k if (seen_determiner or wide) and not _adverbial(word) else last
        else:
            break
        k += 1
    if last < 0:
        return None
    return Phrase(at, last, _head(row, at, last), _proper(row, at, last))


def _continues(row: list[Word], k: int) -> bool:
    """Whether "of", "for", "in", "and" at ``k`` lead on to more of the same name."""
    if k + 1 >= len(row):
        return False
    link, here, left = row[k].low, row[k + 1], row[k - 1]
    ahead = (
        here.cap
        or here.low in {"@", "#"}
        or "D" in here.kinds
        or "j" in here.kinds
        or bool(SPEAKERS & set(here.kinds))
    )
    if "T" in here.kinds or "V" in here.kinds:
        return False
    if link in {"of", "for"}:
        return ahead
    if link == "by":
        return ahead and ("d" in left.kinds or left.low.endswith("ed"))
    if link in {"in", "at", "from", "on"}:
        return ahead and bool(SPEAKERS & set(left.kinds)) and not (here.low[0].isdigit())
    if link in {"and", "or"}:
        return ahead and _group(row, k + 1)
    return False


def _group(row: list[Word], k: int) -> bool:
    """Whether a further speaker, and not a new clause, follows an "and" ("officials and witnesses")."""
    nxt = after(row, k)
    if nxt is None or "r" in nxt.head or not (SPEAKERS & set(nxt.head)):
        return False
    end = nxt.last + 1
    return end >= len(row) or _punct(row[end]) or "T" in row[end].kinds or row[end].low in {"in", "on", "who"}


def _heads(word: Word) -> bool:
    """Whether a word can be the head of a speaker's name."""
    if set("TrDR") & set(word.kinds) or word.low in {"i", "we", "you"}:
        return False
    return bool(SPEAKERS & set(word.kinds)) or (
        word.cap and not set("Cb") & set(word.kinds) and word.low not in _LINKS
    )


_LINKS = frozenset(("and", "or", "but", "of", "that", "to"))
_TIES = frozenset(("of", "for", "in", "at", "from", "on", "by", "and", "&"))


def _common(word: Word) -> bool:
    """Whether a word is a small word without any class: perhaps a noun."""
    return (
        not word.kinds
        and not word.cap
        and word.low[0].isalpha()
        and word.low not in _SMALL
        and word.low not in _LINKS
    )


def _adverbial(word: Word) -> bool:
    """Whether an unknown word looks like a participle or adverb, which no name takes in."""
    return word.low.endswith(("ed", "ing", "ly")) and "-" not in word.low


def _punct(word: Word) -> bool:
    """Whether a token is a sign."""
    return not word.low[0].isalnum() and word.low not in {"'s", "@", "#"}


def _head(row: list[Word], first: int, last: int) -> str:
    """The classes of the head: of what stands before the first "of", "for", "in"; a proper name adds ``N``."""
    stop = next(
        (k for k in range(first + 1, last + 1) if row[k].low in {"of", "for", "in", "from", "at", "on"}),
        last + 1,
    )
    if row[stop - 1].low == ")":
        stop = next((k for k in range(stop - 1, first, -1) if row[k].low == "("), stop)
    head = row[max(first, stop - 1)]
    return head.kinds + ("N" if head.cap else "")


def _proper(row: list[Word], first: int, last: int) -> tuple[int, int] | None:
    """The person's own name at the end of "Observatory director Rami Haddad", if a role or title stands before it."""
    while first < last and "t" in row[first].kinds and row[first].cap:
        first += 1
    k = first
    while k <= last and row[k].cap and not row[k].kinds:
        k += 1
    if (
        k - first >= 2
        and k <= last
        and ("D" in row[k].kinds or (set("pj") & set(row[k].kinds) and not row[k].cap))
    ):
        if any("p" in row[n].kinds for n in range(k, min(last + 1, k + 4))):
            return (first, k - 1)  # "Rami Haddad the head of the office"
    k = last
    while k >= first and (row[k].cap and not (set("pt") & set(row[k].kinds))):
        k -= 1
    if k < first or k == last or not (set("pt") & set(row[k].kinds)):
        return None
    return (k + 1, last)
