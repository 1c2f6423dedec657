"""Names of persons in a text: which capital words are one, and the fullest form of each.

In telex, where every word is in capitals, a name is what stands behind a title or a noun for one person
("GENERAL GUSTAVO ALVAREZ", "LEADER HECTOR OQUELI"); its last word names the person from then on.
"""

from __future__ import annotations

import re
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
def names(document: Document) -> dict[str, str]:
    """Last word of each person's name, in lower case, to the fullest form that the text has."""
    return _telex(document) if document.upper else _mixed(document.body)


def _mixed(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _RUN.finditer(body):
        full = match.group()
        last = full.rsplit(" ", 1)[-1].lower()
        if len(full) > len(found.get(last, "")):
            found[last] = full
    return found


def _telex(document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    lex = lexicon()
    for sentence in document.sentences:
        tokens = document.tokens(sentence)
        for i, token in enumerate(tokens):
            if token.low in TITLES or (token.low in lex.people and not lex.people[token.low][1]):
                end = name_end(tokens, i + 1)
                if end > i + 1:
                    full = " ".join(document.body[tokens[i + 1].start : tokens[end - 1].end].split())
                    last = tokens[end - 1].low
                    if len(full) > len(found.get(last, "")):
                        found[last] = full
    return found


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
