"""Names of persons in a text: which capital words are one, and the fullest form of each.

In telex, where every word is in capitals, a name is a run of words that no table of common words knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tollbook.reading.closed import TITLES
from tollbook.reading.lexicon import lexicon
from tollbook.reading.telex import goes_on, nameable
from tollbook.text import Document, Token

# Small words inside a name.
PARTICLES = frozenset(
    {"al", "bin", "ibn", "abu", "de", "del", "la", "los", "da", "dos", "y", "von", "van", "el", "ul", "-"}
)
# First words of a place's name.
PLACES = frozenset(
    "san santa sao saint st los las la el rio puerto port villa new nueva nuevo mount fort lake ciudad cape camp".split()
)
_RUN = re.compile(r"[A-Z][\w'’-]+(?: (?:al-|bin |de |el-)?[A-Z][\w'’-]+){1,3}")


@lru_cache(maxsize=16)
def names(document: Document) -> dict[str, tuple[str, ...]]:
    """Last word of each person's name, in lower case, to every full form that the text has under it."""
    found: dict[str, list[str]] = {}
    for full in _telex(document) if document.upper else _cased(document):
        forms = found.setdefault(full.rsplit(" ", 1)[-1].lower(), [])
        if full not in forms:
            forms.append(full)
    return {last: tuple(forms) for last, forms in found.items()}


def fullest(document: Document, mention: str) -> str:
    """The one full name in the text that the mention is short for, else the mention as written.

    Two people of one family name are two people: where more than one name is possible, none is taken.
    """
    lex = lexicon()
    words = [w.lower().strip(".,") for w in mention.split()]
    own = {w for w in words if w not in TITLES and w not in lex.people and w not in lex.turns}
    forms = names(document).get(words[-1], ()) if words else ()
    fits = [f for f in forms if own <= set(f.lower().split())]
    longest = max(fits, key=len, default="")
    return (
        longest
        if longest and all(set(f.lower().split()) <= set(longest.lower().split()) for f in fits)
        else mention
    )


def _cased(document: Document) -> Iterator[str]:
    """The names of two words or more by their capitals, without the titles before them."""
    for run in _RUN.finditer(document.body):
        words = run.group().split()
        while len(words) > 2 and words[0].lower() in TITLES:
            words = words[1:]
        yield " ".join(words)


def _telex(document: Document) -> Iterator[str]:
    """The names of two words or more in a text where every word is in capitals."""
    for sentence in document.sentences:
        tokens = document.tokens(sentence)
        i = 0
        while i < len(tokens):
            if not nameable(tokens[i].low):
                i += 1
                continue
            end = _run(tokens, i)
            if end > i + 1 and tokens[i].low not in PLACES:
                yield " ".join(document.body[tokens[i].start : tokens[end - 1].end].split())
            i = max(end, i + 1)


def _run(tokens: tuple[Token, ...], i: int) -> int:
    """Where the run of words that may be a name ends, particles inside it included."""
    end = start = i
    while i < len(tokens) and (
        nameable(tokens[i].low) or (end > start and (tokens[i].low in PARTICLES or goes_on(tokens[i].low)))
    ):
        i += 1
        end = i if goes_on(tokens[i - 1].low) else end
    return end
