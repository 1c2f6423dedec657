"""Two keys of a place name, under which its spellings meet: the folded name and its consonant skeleton.

``fold`` drops what writers drop (accents, ayn and hamza, hyphens, the Arabic article): "Al Ḩasakah",
"al-Hasakah" and "Hasakah" are one. ``skeleton`` drops vowels too, because romanised Arabic agrees on
the consonants only: Hasakeh, Hassaké, Haseke and Hasaka are all ``hsk``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e",
        "ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ـ": "",
    }
)  # fmt: skip

# Marks for ayn and hamza, and apostrophes: writers leave them out.
_DROPPED = re.compile(r"[\u02b0-\u02ff'`\u00b4\u2018\u2019\u201b\u2032\u0621\u066c]")
_WORD = re.compile(r"[^\W_]+")

# The Arabic article before sun and moon letters as it is romanised, and the English one.
_ARTICLES = "al el ul as es ash esh ad ed adh edh az ez ar er an en at et ath eth il the"
ARTICLES = frozenset(_ARTICLES.split())


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The name in lower case without accents, apostrophes, signs and articles; words part with one blank."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch)).translate(_LETTERS)
    words = _WORD.findall(_DROPPED.sub("", plain))
    kept = [_bare(w) for w in words if w not in ARTICLES]
    return " ".join(kept or words)


def _bare(word: str) -> str:
    """The word without the article that Arabic script joins to it."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


_JOINED = re.compile(r"^[ae](?:sh(?=sh)|th(?=th)|([dnrstz])(?=\1))")
_SOUNDS = (
    (re.compile(r"s?ch|sh"), "x"),
    (re.compile(r"kh|q|ck|k"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"dj|dzh|zh"), "j"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ph"), "f"),
)
_LATIN = re.compile(r"[a-z0-9 ]+")
_SOFT = re.compile(r"[aeiouwyh]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def skeleton(folded: str) -> str:
    """The consonants of a folded name without doublings; any first vowel is ``a``.

    A name in another script than Latin is its own skeleton, blanks left out.
    """
    if not _LATIN.fullmatch(folded):
        return folded.replace(" ", "")
    bones = []
    for word in folded.split():
        # "Ezzor" is "ez-Zor" written together; a short word such as "Essen" is itself.
        sound = _JOINED.sub("", word) if len(word) > 4 else word
        for pattern, letter in _SOUNDS:
            sound = pattern.sub(letter, sound)
        first = sound[:1]
        bones.append((first if first in "hwy" else "") + _SOFT.sub("", sound))
    joined = _TWICE.sub(r"\1", "".join(bones))
    return ("a" if folded[0] in "aeiou" else "") + joined
