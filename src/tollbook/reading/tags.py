"""Words with their classes: who can speak, what stands around a name, what tells a time; telex without capitals too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tollbook.rules import table
from tollbook.text import Document, Sentence

# One letter a group of words, so that a word's classes are one short string.
# One letter a group of words, so that a word's classes are one short string.
_LETTERS = {
    "person": "p", "people": "P", "agency": "a", "monitor": "m", "army": "y", "organisation": "o",
    "document": "d", "title": "t", "modifier": "j", "determiner": "D",
}  # fmt: skip
SPEAKERS = frozenset("pPamyod")
QUOTES = frozenset(('"', "''"))


class Word(NamedTuple):
    """A token with its classes; ``cap`` tells a name by its capital (or, in telex, by being no known word)."""

    start: int
    end: int
    low: str
    kinds: str
    cap: bool


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
        if (
            low == "-"
            and found
            and "t" in found[-1].kinds
            and at + 1 < len(tokens)
            and "t" in known.get(tokens[at + 1].low, "")
        ):
            continue  # "Maj.-Gen."
        kinds = known.get(low, "") or _compound(low, known)
        if upper:
            cap = (
                not kinds and low[0].isalpha() and not low.endswith(("ed", "ing", "ly")) and low not in _SMALL
            )
        else:
            piece = body[start:end]
            cap = piece != low and piece != piece.lower()
        if found and found[-1].low == "@":
            kinds, cap = "", True
        if low in _PARTICLES and found and found[-1].cap:
            kinds, cap = "", True
        if low == "states" and found and found[-1].low == "united":
            kinds, cap = "", True
        if "V" in kinds and cap and not upper and found and body[start:end].istitle() and _named(found[-1]):
            kinds = "d" if "d" in kinds else "" if low == "said" else kinds  # "the Zenda Post", "Amina Said"
        found.append(Word(start, end, low, kinds, cap))
    return found


def _named(word: Word) -> bool:
    """Whether a word is a name that belongs to no known class."""
    return word.cap and not word.kinds


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
LINKS = frozenset(("and", "or", "but", "of", "that", "to"))
TIES = frozenset(("of", "for", "in", "at", "from", "on", "by", "and", "&"))


def heads(word: Word) -> bool:
    """Whether a word can be the head of a speaker's name."""
    if set("TrDR") & set(word.kinds) or word.low in {"i", "we", "you"}:
        return False
    return bool(SPEAKERS & set(word.kinds)) or (
        word.cap and not set("Cb") & set(word.kinds) and word.low not in LINKS
    )


def common(word: Word) -> bool:
    """Whether a word is a small word without any class: perhaps a noun."""
    return (
        not word.kinds
        and not word.cap
        and word.low[0].isalpha()
        and word.low not in _SMALL
        and word.low not in LINKS
    )


def adverbial(word: Word) -> bool:
    """Whether an unknown word looks like a participle or adverb, which no name takes in."""
    return word.low.endswith(("ed", "ing", "ly")) and "-" not in word.low


def sign(word: Word) -> bool:
    """Whether a token is a sign."""
    return not word.low[0].isalnum() and word.low not in {"'s", "@", "#"}
