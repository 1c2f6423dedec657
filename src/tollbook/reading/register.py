"""The names of a text: what a speaker's phrase stands for, by the fullest name the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from tollbook.reading.mentions import MADE
from tollbook.reading.tags import lexicon
from tollbook.rules import table
from tollbook.text import Document

_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|its|their|his|her)\s+)?(?:(?:same|latter)\s+)?", re.IGNORECASE
)
_INNER = r"(?:of|for|and|the|in|on|to|al|de|del|la|bin|ibn|abu|el|van|von|du)"
_RUN = rf"(?:(?:[A-Z]\.){{1,4}}|[A-Z\u00c0-\u017d][\w'\u2019\-]*)(?:\s+(?:{_INNER}\s+){{0,2}}[A-Z\u00c0-\u017d][\w'\u2019\-]*|\s+al-[A-Z]\w*)*"
_RUNS = re.compile(_RUN)
_LONG = 120  # characters: no name is longer
_BEFORE = re.compile(rf"({_RUN})\s*$")
_INSIDE = re.compile(rf"\s*[(\[]\s*({_RUN}\s+{_RUN})\s*[)\]]")
_GAP = r"(?:[ \t]+|[ \t]*\n[ \t]*)"  # a line may be broken inside a name, a paragraph not
_ABBREVIATED = re.compile(r"^(.*\S)\s*[(\[]\s*(\w+)\s*[)\]]$")  # "Full Name (FN)"
_FROM = frozenset(("from", "by", "of", "on", "in"))
_DATED = re.compile(r"\s*\(\d[\d/.\-]*\)$")


_FIRST = re.compile(rf"((?:[A-Z][\w'\u2019\-]*\.?{_GAP}|al-|bin{_GAP}|de{_GAP}){{1,3}})$")


def _places(body: str, word: str) -> Iterator[int]:
    """Where a word stands alone in a text."""
    at = body.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and body[at - 1].isalnum()) and not body[end : end + 1].isalnum():
            yield at
        at = body.find(word, end)


@cache
def generic() -> Mapping[str, frozenset[str]]:
    """Kind → nouns that, with "the", stand for a speaker named before."""
    rows = table("en", "roles")["generic"]
    found = {key: frozenset(words.split()) for key, words in rows.items() if key != "example"}
    return found | {"specific": frozenset(table("en", "roles")["specific"]["words"].split())}


@dataclass
class Register:
    """Looks up names in one text; answers are remembered."""

    document: Document
    _full: dict[str, str] = field(default_factory=dict)

    def plain(self, start: int, end: int) -> str:
        """The words of a phrase without its article, white space squeezed."""
        text = " ".join(self.document.body[start:end].split()).strip(" \"'\u201c\u201d\u2018\u2019,.;:")
        return _DETERMINER.sub("", _DATED.sub("", text))

    def fullest(self, name: str) -> str:
        """The fullest form of a name in the text: abbreviation spelt out, surname with first name, short form."""
        found = self._full.get(name)
        if found is None:
            lead = _ABBREVIATED.match(name)
            same = lead and self._trimmed(lead[1], lead[2]) == lead[1]
            found = self._full[name] = self._look(lead[1] if lead and same else name)
        return found

    def _look(self, name: str) -> str:
        bare = self._untitled(name)
        if " " not in bare and self._short(bare) and bare.lower() not in lexicon():
            return self._spelt(bare) or bare
        tokens = bare.split()
        kinds = lexicon()
        roles = [t for t in tokens if set(kinds.get(t.lower(), "")) & set("pPamyod")]
        if not roles and len(tokens) <= 2 and (bare[:1].isupper() or bare.startswith("al-")):
            return self._person(bare) or bare
        if roles and "m" in kinds.get(roles[-1].lower(), "") and len(tokens) <= 3:
            return self.monitor() or bare
        if (
            roles
            and "p" in kinds.get(tokens[-1].lower(), "")
            and len(tokens) <= 4
            and (holder := self._holder(bare))
        ):
            return holder
        return " ".join(self._bracketed(t) or t for t in tokens) if roles else bare

    def _bracketed(self, word: str) -> str | None:
        """What an abbreviation inside a longer name stands for, where the text says so in brackets."""
        if not self._short(word) or word.lower() in lexicon():
            return None
        full = self._spelt(word, guess=False)
        return full if full is None or word in full else f"{full} ({word})"

    def _holder(self, office: str) -> str | None:
        """Who holds an office the text names with it: "Observatory director" → "Rami Haddad"."""
        if self.document.upper:
            return None
        found = re.search(rf"{re.escape(office)}\s+((?:[A-Z][\w'\u2019\-]+\s?){{2,4}})", self.document.body)
        return " ".join(found[1].split()) if found else None

    def _short(self, name: str) -> bool:
        """Whether a name looks like an abbreviation; in telex any single unknown word may be one."""
        return name.isupper() and 2 <= len(name.replace(".", "")) <= 9

    def _untitled(self, name: str) -> str:
        """The name without titles before it."""
        kinds = lexicon()
        words = name.split()
        while (
            len(words) > 1 and "t" in kinds.get(words[0].lower().rstrip("."), "") and words[1][:1].isupper()
        ):
            words = words[1:]
        return " ".join(words)

    def _spelt(self, short: str, *, guess: bool = True) -> str | None:
        """What an abbreviation stands for: "Full Name (ABBR)", "ABBR (Full Name)", or a name with these initials."""
        body = self.document.body
        at = body.find(short)
        while at >= 0:
            end = at + len(short)
            if body[at - 1 : at] in {"(", "["} and body[end : end + 1] in {")", "]"}:
                before = _BEFORE.search(body, max(0, at - _LONG), at - 1)
                if before:
                    return self._trimmed(" ".join(before[1].split()), short)
            elif not body[at - 1 : at].isalnum() and (inside := _INSIDE.match(body, end)):
                full = " ".join(inside[1].split())
                return full if self._trimmed(full, short) == full else f"{full} ({short})"
            at = body.find(short, end)
        letters = short.replace(".", "")
        if not guess or not 3 <= len(letters) <= 6 or self.document.upper:
            return None
        spelt = r"\s+(?:(?:of|for|the|and|in|on|to)\s+){0,2}".join(rf"{ch}[\w'\u2019\-]+" for ch in letters)
        found = re.search(rf"\b{spelt}", body)
        return " ".join(found.group().split()) if found else None

    def _trimmed(self, run: str, short: str) -> str:
        """A run of capitals cut to the words whose initials the abbreviation gives, where they do."""
        words = run.split()
        letters = short.replace(".", "").lower()
        for first in range(len(words) - 1, -1, -1):
            initials = "".join(
                w[0]
                for w in words[first:]
                if w.lower() not in {"of", "for", "and", "the", "in", "on", "to", "de"}
            )
            if initials.lower() == letters:
                return " ".join(words[first:])
        stop = next(
            (
                k
                for k in range(len(words) - 1, -1, -1)
                if words[k].lower() in {"the", "of", "by", "and"} and k < len(words) - 1
            ),
            -1,
        )
        return " ".join([*words[stop + 1 :], f"({short})"])  # its letters do not spell the name: keep both

    def _person(self, name: str) -> str | None:
        """First name and surname of somebody whose surname alone is given."""
        kinds, body = lexicon(), self.document.body
        best = None
        for at in _places(body, name):
            found = _FIRST.search(body, max(0, at - _LONG // 2), at)
            words = found[1].split() if found else []
            known = (
                k
                for k, w in enumerate(words)
                if kinds.get(w.lower().rstrip("."))
                or (w.endswith(".") and len(w) > 2)
                or kinds.get(w.lower().partition("-")[2])
            )
            words = words[max(known, default=-1) + 1 :]
            if words and not (len(words) == 1 and words[0].lower() in _NOT_FIRST):
                full = " ".join([*words, name]).replace("al- ", "al-")
                best = full if best is None or len(full) > len(best) else best
        return best

    def monitor(self) -> str | None:
        """The one monitor the text names, if any."""
        found = self._full.get("\0monitor")
        if found is None:
            found = ""
            for run in _RUNS.finditer("" if self.document.upper else self.document.body):
                words = _led(run.group().split())
                full = " ".join(words)
                if (
                    len(words) > 1
                    and _MONITOR & {w.lower() for w in words}
                    and len(full) > len(found)
                    and len(words) < 9
                ):
                    found = full
            self._full["\0monitor"] = found = _DETERMINER.sub("", found)
        return found or None

    def named(self, head: str) -> str | None:
        """The first full name in the text that ends with or holds a head noun ("ministry" → "Ministry of Health in Gaza")."""
        key = f"\0{head}"
        found = "" if self.document.upper else self._full.get(key)
        if found is None:
            found = ""
            for run in _RUNS.finditer(self.document.body):
                words = _led(run.group().split())
                if len(words) > 1 and head in {w.lower() for w in words} and len(words) < 9:
                    found = _DETERMINER.sub("", " ".join(words))
                    break
            self._full[key] = found
        return found or None

    def _makes(self, words: list[str]) -> bool:
        """Whether words before a paper name its maker ("army statement") and do not describe it ("war bulletin")."""
        kinds = lexicon()
        if len(words) == 1 and (own := kinds.get(words[0].lower(), "")):
            return bool(set("Pamyo") & set(own))
        return any(w[:1].isupper() or set("pPamyo") & set(kinds.get(w.lower(), "")) for w in words)

    def source(self, name: str) -> str:
        """Whose statement, figures or footage it is: "a statement from the ministry" → "ministry"; else the name itself."""
        kinds = lexicon()
        words = _published(name.split())
        if len(words) > 1 and words[0].lower() in {"preliminary", "initial", "early"}:
            words = words[1:]
        for k in range(1, len(words) - 1):
            made = k > 1 and (words[k - 1].lower().endswith("ed") or words[k - 1].lower() in MADE)
            if words[k].lower() in _FROM and "d" in kinds.get(words[k - 2 if made else k - 1].lower(), ""):
                return _DETERMINER.sub("", " ".join(words[k + 1 :]))
        while (
            len(words) > 1
            and "d" in kinds.get(words[-1].lower(), "")
            and not set("pPamyo") & set(kinds.get(words[-1].lower(), ""))
            and (self.document.upper or not words[-1][:1].isupper())  # "the Zenda Post"
        ):
            rest = words[:-1]
            if not self._makes(rest):
                break
            if rest[-1].lower() in {"of", "for"}:
                break
            words = rest
        return " ".join(words).removesuffix("'s").removesuffix("\u2019s")


def _published(words: list[str]) -> list[str]:
    """The words without how it was made known: "army in a statement", "villager reached"."""
    kinds = lexicon()
    for k in range(1, len(words) - 2):
        if (
            words[k].lower() == "in"
            and words[k + 1].lower() in _ONE
            and "d" in kinds.get(words[-1].lower(), "")
        ):
            return words[:k]
    if len(words) > 1 and words[-1] in _REACHED and set("pP") & set(kinds.get(words[-2].lower(), "")):
        return words[:-1]
    return words


# Articles before the document somebody speaks in, and how somebody was reached.
_ONE = frozenset(("a", "an", "its", "their", "his", "her", "one", "another", "the"))
_REACHED = frozenset("contacted reached interviewed asked present questioned involved".split())


def _led(words: list[str]) -> list[str]:
    """The words of a run of capitals without what leads to the name ("According to the ...", "Earlier ...")."""
    kinds = lexicon()
    first = 0
    while first < len(words) - 1 and (
        set("VRCTb") & set(kinds.get(words[first].lower(), "")) or words[first].lower() in _LEADS
    ):
        first += 1
    return words[first:] if first else words


# Small words that follow a capital word which leads to a name and belongs to none.
_LEADS = frozenset(("to", "the", "per", "as", "of", "and", "but"))

_MONITOR = frozenset(("observatory", "monitor", "watch", "watchdog", "monitors"))
_NOT_FIRST = frozenset(
    "the in on at and but when while after before of for to a an he she it they this that as by from with".split()
)
