"""Names as texts write them: a name found in any case, script, inflection, spacing and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

ARTICLES = frozenset({"the", "a", "an"})
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02bb\u02bf\u02be`\u00b4\u2032")
# Of one look or one sound in careless Arabic; the rest of the variants falls apart into letter and sign. And letters
# and digits that do not fall apart, though people write them as others: of Łódź, Sønderborg, Đakovo, Iğdır, Þórshöfn.
_ALIKE = {
    "\u0629": "\u0647",
    "\u0649": "\u064a",
    "\u0640": "",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
    "\u0671": "\u0627",
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u0131": "i",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00fe": "th",
    "\u00f0": "d",
    **{chr(first + n): str(n) for first in (0x660, 0x6F0) for n in range(10)},
}
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
# Written without blanks between words, so that a name has no boundary.
UNPARTED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]")
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
# Shorter names are also pieces of ids and numbers: they count only where neither letter nor digit touches them.
SHORT = 5


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which a name is written: a piece that must stand in the text, the whole, what is put there."""

    stem: str
    whole: re.Pattern[str]
    instead: str


class Names:
    """What stands for each of some names, and where they stand in a text.

    Args:
        instead: pairs of a name and what is put in its place.
    """

    def __init__(self, instead: Iterable[tuple[str, str]]) -> None:
        pairs = dict(instead)
        self._forms = [form for name, other in pairs.items() if (form := _form(name, other)) is not None]
        self._stems = AhoCorasick([form.stem for form in self._forms]) if self._forms else None
        # What was put there before is left alone, though it may hold a name ("source").
        put = "|".join(map(re.escape, sorted({f.instead for f in self._forms}, key=len, reverse=True)))
        self._put = re.compile(put or r"(?!)", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._forms)

    def within(self, text: str) -> bool:
        """Whether one of the names stands in the text."""
        return bool(self._found(text))

    def replaced(self, *pieces: str) -> tuple[str, ...]:
        """The pieces of a text with each name replaced; an article before it goes, too.

        A name that runs over the end of a piece stands where it begins.
        """
        text = "".join(pieces)
        found = self._found(text)
        if not found:
            return pieces
        made: list[str] = []
        end = 0
        for piece in pieces:
            start, end = end, end + len(piece)
            made.append("".join(_within(text, start, end, found)))
        return tuple(made)

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        """Where names stand, leftmost first and the longest of those, with what is put there."""
        if self._stems is None:
            return []
        plain, places = folded(text)
        near = {found[0] for found in self._stems.find_matches_as_indexes(plain, overlapping=True)}
        if not near:
            return []
        hits = [
            (m.start(), m.end(), self._forms[n].instead)
            for n in near
            for m in self._forms[n].whole.finditer(plain)
        ]
        taken = [found.span() for found in self._put.finditer(text)]
        spots: list[tuple[int, int, str]] = []
        for start, end, instead in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2])):
            first, last = places[start], places[end - 1] + 1
            while last < len(text) and dropped(text[last]):
                last += 1
            inside = any(a <= first and last <= b for a, b in taken)
            if not inside and (not spots or first >= spots[-1][1]):
                spots.append((first, last, instead))
        return spots


def halved(voice: str, names: Mapping[str, str]) -> str:
    """What stands for the name of which a voice is a part ("Orsova", "clerk of Zenda"); empty where it is none.

    Two words in a row, or one that the card writes with a capital, are a part; "clerk" alone is anybody. A part of
    several names stands for none of them, but must not be shown either.
    """
    mine = _WORD.findall(folded(voice)[0])
    mine = mine[1:] if len(mine) > 1 and mine[0] in ARTICLES else mine
    found: set[str] = set()
    for name, instead in names.items():
        words = _WORD.findall(folded(name)[0])
        if not 0 < len(mine) < len(words) or len("".join(mine)) < SHORT:
            continue
        starts = [i for i in range(len(words) - len(mine) + 1) if words[i : i + len(mine)] == mine]
        if starts and (len(mine) > 1 or _capital(name, mine[0])):
            found.add(instead)
    return found.pop() if len(found) == 1 else "source-withheld" if found else ""


def _capital(name: str, word: str) -> bool:
    """Whether a word of a name begins with a capital, or has none because its script has none."""
    return any(folded(w)[0] == word and not w[0].islower() for w in _WORD.findall(name))


def _within(text: str, start: int, end: int, found: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """What becomes of the text between two places: what is no name, and what stands for names that begin there."""
    at = start
    for first, last, instead in found:
        if last <= start or first >= end:
            continue
        yield text[at : max(at, first)]
        if first >= start:
            yield instead
        at = min(last, end)
    yield text[at:end]


def _form(name: str, instead: str) -> _Form | None:
    """How a name is written in texts; None when it has neither letter nor digit."""
    words = _WORD.findall(folded(name)[0])
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    if not words or words[0] in ARTICLES:
        return None
    stems = [_stem(word) for word in words]
    gap = r"[\W_]*"
    parts = [_word(word, stem) for word, stem in zip(words, stems, strict=True)]
    # A middle initial may be missing.
    parts = [
        p if n in {0, len(parts) - 1} or len(words[n]) > 1 else f"(?:{p}{gap})?" for n, p in enumerate(parts)
    ]
    if len(words) > 1 and not UNPARTED.search(words[0]):
        # Of a first name only the letter may stand.
        parts[0] = f"(?:{parts[0]}|{re.escape(words[0][0])})"
    body = gap.join(parts)
    whole = "".join(words)
    loose = len(whole) >= SHORT and not _HEXADECIMAL.fullmatch(whole)
    touching = r"[^\W\d_]" if loose else r"[^\W_]"
    if UNPARTED.search(whole):
        before = after = ""
    else:
        before = rf"(?<!{touching})"
        after = rf"(?=s?(?!{touching}))" if loose else rf"(?!{touching})"
    article = rf"(?:(?<![^\W_])(?:{'|'.join(sorted(ARTICLES))})\s+)?"
    return _Form(
        max(stems[-1:] if len(words) > 1 else stems, key=len),
        re.compile(f"{article}{before}{body}{after}"),
        instead,
    )


def _stem(word: str) -> str:
    """What stays of a word in every case of its declension, and without an article."""
    if _CYRILLIC.fullmatch(word) and len(word) > 3:
        return word.rstrip("\u0430\u0435\u0438\u043e\u0443\u044b\u044c\u044e\u044f") or word
    if _ARABIC.fullmatch(word) and len(word) > 4:
        return word.removeprefix("\u0627\u0644")
    return word


def _word(word: str, stem: str) -> str:
    """The pattern of one word."""
    if _CYRILLIC.fullmatch(word) and len(word) > 3:
        return f"{re.escape(stem)}[\u0430-\u044f]{{0,3}}"
    if _ARABIC.fullmatch(word):
        # "And", "by", "to" and the article are written as one with the word.
        return f"[\u0648\u0641\u0628\u0643\u0644]{{0,2}}(?:\u0627\u0644|\u0644)?{re.escape(stem)}"
    return re.escape(stem)


@lru_cache(maxsize=4096)
def _letters(sign: str) -> str:
    """A sign as it is compared: small, without accents, vowel signs and what nobody sees."""
    apart = unicodedata.normalize("NFKD", sign.casefold())
    return "".join(_ALIKE.get(c, c) for c in apart if not dropped(c))


def dropped(sign: str) -> bool:
    """Whether a sign is none of those that are compared: an accent, a vowel sign, or what nobody sees."""
    return unicodedata.category(sign) in {"Mn", "Cf"}


def folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its characters the place in the text that it comes from."""
    if text.isascii() and not _APOSTROPHES & set(text):
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if sign in _APOSTROPHES and _inside(text, at):
            continue
        for letter in _letters(sign):
            letters.append(letter)
            places.append(at)
    return "".join(letters), places


def _inside(text: str, at: int) -> bool:
    """Whether an apostrophe belongs to a word (Sana'a), and is neither a quotation mark nor that of a possessive."""
    before, after = text[at - 1 : at], text[at + 1 : at + 3]
    if not (before.isalnum() and after[:1].isalnum()):
        return False
    return not (after[:1] in {"s", "S"} and not after[1:].isalnum())
