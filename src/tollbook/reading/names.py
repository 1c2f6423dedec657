"""Names of persons in a text: which capital words are one, and the fullest form of each.

In telex, where every word is in capitals, a name is what stands behind a title or a noun for one person
("GENERAL GUSTAVO ALVAREZ", "LEADER HECTOR OQUELI"); its last word names the person from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tollbook.reading.lexicon import lexicon
from tollbook.text import Document, Token

# How many words of a name are taken behind a title.
LONGEST = 4
_RUN = re.compile(r"[A-Z][\w'’-]+(?: (?:al-|bin |de |el-)?[A-Z][\w'’-]+){1,3}")
TITLES = frozenset(
    (
        "mr mrs ms dr gen col lt maj capt sgt cpl brig adm president minister general colonel captain major lieutenant sergeant "
        "commander judge father sister imam sheikh ayatollah sheik private corporal specialist pfc sen rep gov mayor officer "
        "msgr mons monsignor archbishop bishop attorney senator congressman engineer inspector professor doctor priest leader "
        "deputy ambassador official reverend comrade"
    ).split()
)


@lru_cache(maxsize=16)
def names(document: Document) -> dict[str, tuple[str, ...]]:
    """Last word of each person's name, in lower case, to every full form that the text has under it."""
    found: dict[str, list[str]] = {}
    for full in _telex(document) if document.upper else (m.group() for m in _RUN.finditer(document.body)):
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


def _telex(document: Document) -> Iterator[str]:
    lex = lexicon()
    for sentence in document.sentences:
        tokens = document.tokens(sentence)
        for i, token in enumerate(tokens):
            if token.low in TITLES or (token.low in lex.people and not lex.people[token.low][1]):
                end = name_end(tokens, i + 1)
                if end > i + 1:
                    yield " ".join(document.body[tokens[i + 1].start : tokens[end - 1].end].split())


def name_end(tokens: tuple[Token, ...], start: int) -> int:
    """The token behind a run of words that no list knows, from ``start``: a name in telex."""
    lex = lexicon()
    j = start
    while j < len(tokens) and j < start + LONGEST:
        word = tokens[j].low
        if (
            not word[0].isalpha()
            or len(word) < 3
            or word in lex.forms
            or word in lex.people
            or word in lex.things
            or word in lex.turns
        ):
            if not (word in {"de", "la", "del", "y", "al", "bin"} and j > start):
                break
        elif word.endswith(("ed", "ing", "ly", "tion", "ment", "ity")) or word in _COMMON:
            break
        j += 1
    while j > start and len(tokens[j - 1].low) < 3:
        j -= 1
    return j


# Words that follow a title or a noun for a person and are no name.
_COMMON = frozenset(
    (
        "today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december because other same such very more most less least also even still "
        "held told gave took made went came left kept knew saw began became met led ran set sent spent felt lost won meeting "
        "headquarters office party government army police forces command general staff department ministry embassy residence "
        "home house car bus city town village street group front movement organization university school church hospital "
        "attack attacks bomb bombs crime case investigation murder act acts action actions news agency press radio statement "
        "interview report reports conference charge charges life lives body bodies rights human political national international"
    ).split()
)
