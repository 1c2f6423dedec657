"""How far a speaker stands behind a figure: asserted, alleged, possible or denied; and which words are no claim.

One engine reads one table (``rules/en/stance.toml``): a cue has words, a category, a direction, a reach and
words that end the reach. ``explain`` returns the cues that applied, so that every status can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tollbook.codes import Status
from tollbook.nouns import Span
from tollbook.reading.speaker import voice
from tollbook.rules import table
from tollbook.text import Document, Sentence, Token

# What outweighs what when several cues apply to one figure.
_ORDER = (Status.DENIED, Status.POSSIBLE, Status.ALLEGED)
_FAR = 400  # a reach of 0 goes to the border; no sentence has more words than this that matter


class Cue(NamedTuple):
    """One row of the table; see the head of ``stance.toml``."""

    words: tuple[frozenset[str] | None, ...]
    optional: tuple[bool, ...]
    category: str
    direction: str
    scope: int
    until: frozenset[str]
    narrator: bool
    unless: frozenset[str]
    example: str


class Found(NamedTuple):
    """A cue where it stands: characters of the body, and the tokens of its sentence."""

    cue: Cue
    start: int
    end: int
    first: int
    last: int


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of the table in its order."""
    rows = table("en", "stance")
    borders = {name: frozenset(words.split()) for name, words in rows["border"].items()}
    return tuple(_cue(row, borders) for row in rows["cue"])


def _cue(row: Mapping[str, object], borders: Mapping[str, frozenset[str]]) -> Cue:
    """A cue from its row."""
    parts = str(row["words"]).split()
    scope = row.get("scope", 0)
    return Cue(
        words=tuple(None if p.rstrip("?") == "_" else frozenset(p.rstrip("?").split("|")) for p in parts),
        optional=tuple(p.endswith("?") for p in parts),
        category=str(row["category"]),
        direction=str(row["direction"]),
        scope=scope if isinstance(scope, int) else 0,
        until=borders[str(row.get("until", "sentence"))],
        narrator=bool(row.get("narrator", False)),
        unless=frozenset(str(row.get("not", "")).split()),
        example=str(row["example"]),
    )


@cache
def _index() -> Mapping[str, tuple[Cue, ...]]:
    """First word → the cues that may begin with it; cues of speech stand apart, under their verb of speech."""
    found: dict[str, list[Cue]] = {}
    for cue in cues():
        at = next(k for k, words in enumerate(cue.words) if words is not None)
        for word in cue.words[at] or ():
            found.setdefault(word, []).append(cue)
    return {word: tuple(rows) for word, rows in found.items()}


@lru_cache(maxsize=64)
def _standing(document: Document, index: int) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """The cues that stand in a sentence, those inside a pseudo cue left out; and the pseudo cues."""
    tokens = document.tokens(document.sentences[index])
    found: list[Found] = []
    rows = _index()
    for at, token in enumerate(tokens):
        for cue in rows.get(token.low, ()):
            if cue.direction != "act" and (last := _match(cue, tokens, at)) is not None:
                found.append(Found(cue, token.start, tokens[last].end, at, last))
    hidden = tuple(f for f in found if f.cue.direction == "pseudo")
    shown = (f for f in found if f.cue.direction != "pseudo")
    return tuple(f for f in shown if not any(h.first <= f.first <= h.last for h in hidden)), hidden


def _hidden(document: Document, span: Span, verb: int) -> bool:
    """Whether the verb of speech at a character is inside a pseudo cue ("denied responsibility for")."""
    index = document.sentence_at(verb).index
    same = index == document.sentence_at(span.start).index
    return same and any(h.start <= verb < h.end for h in _standing(document, index)[1])


def _match(cue: Cue, tokens: Sequence[Token], at: int, part: int = 0) -> int | None:
    """The last token of a cue that begins at token ``at``, or None; a leading "_" is not looked at."""
    if part == 0 and cue.words[0] is None:
        part = 1
    if part == len(cue.words):
        return at - 1
    words = cue.words[part]
    if at < len(tokens) and (words is None or tokens[at].low in words) and tokens[at].low not in cue.unless:
        last = _match(cue, tokens, at + 1, part + 1)
        if last is not None:
            return last
    return _match(cue, tokens, at, part + 1) if cue.optional[part] else None


def explain(document: Document, span: Span, trigger: tuple[int, int] | None = None) -> tuple[Found, ...]:
    """The cues that apply to the words at ``span``, whose outcome word stands at ``trigger``."""
    if not document.sentences:
        return ()  # nothing but blanks
    sentence = document.sentence_at(trigger[0] if trigger else span.start)
    return tuple(_applying(document, sentence, span, trigger))


def _applying(
    document: Document, sentence: Sentence, span: Span, trigger: tuple[int, int] | None
) -> Iterator[Found]:
    """The standing cues whose reach holds the target."""
    standing, _ = _standing(document, sentence.index)
    if not standing:
        return
    tokens = document.tokens(sentence)
    start, end = trigger or (span.start, span.end)
    first = next((k for k, t in enumerate(tokens) if t.end > start), len(tokens))
    last = next((k for k in range(len(tokens) - 1, -1, -1) if tokens[k].start < end), -1)
    whole = _bounds(tokens, span)
    for found in standing:
        inside = whole[0] <= found.first and found.last <= whole[1]
        if _reaches(found, tokens, first, last) or (not inside and _reaches(found, tokens, *whole)):
            yield found


def _bounds(tokens: Sequence[Token], span: Span) -> tuple[int, int]:
    """First and last token of a span."""
    first = next((k for k, t in enumerate(tokens) if t.end > span.start), len(tokens))
    return first, next((k for k in range(len(tokens) - 1, -1, -1) if tokens[k].start < span.end), -1)


def _reaches(found: Found, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a cue's reach holds the tokens ``first`` to ``last``."""
    cue = found.cue
    reach = cue.scope or _FAR
    if found.first <= last and first <= found.last:  # the cue stands inside the words, or they inside it
        return cue.direction in {"both", "within", "forward"} or first < found.first
    if cue.direction == "within":
        return False
    if found.last < first and cue.direction in {"forward", "both"}:
        between = tokens[found.last + 1 : first]
    elif found.first > last and cue.direction in {"backward", "both"}:
        between = tokens[last + 1 : found.first]
    else:
        return False
    return len(between) <= reach and not any(t.low in cue.until for t in between)


def status(document: Document, span: Span, trigger: tuple[int, int] | None = None) -> Status:
    """How far the speaker stands behind the figure at ``span``."""
    said = voice(document, span, trigger)
    given = {f.cue.category for f in explain(document, span, trigger) if not (f.cue.narrator and said)}
    if said is not None and not _hidden(document, span, said.start):
        given |= {
            cue.category
            for cue in _index().get(said.verb, ())
            if cue.direction == "act"
            and not _bordered(document, said.start, trigger[0] if trigger else span.start, cue.until)
        }
    return next((s for s in _ORDER if s.value in given), Status.ASSERTED)


def _bordered(document: Document, verb: int, target: int, until: frozenset[str]) -> bool:
    """Whether a border word stands between a verb of speech and its target: "denied that the visit is LINKED to the murder of"."""
    sentence = document.sentence_at(target)
    return bool(until) and any(t.low in until for t in document.tokens(sentence) if verb < t.start < target)


def veto(
    document: Document, sentence: Sentence, span: Span, trigger: tuple[int, int] | None = None
) -> str | None:
    """Why the words at ``span`` are no claim, in a few words; None where nothing speaks against them."""
    reasons: Mapping[str, str] = table("en", "stance")["veto"]
    for found in _applying(document, sentence, span, trigger):
        if found.cue.category in reasons:
            said = document.body[found.start : found.end]
            return f"{found.cue.category}: {reasons[found.cue.category]} ({' '.join(said.split())})"
    return None
