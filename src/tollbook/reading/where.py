"""Where: the most specific place that a claim's words give, without a gazetteer.

A place is a phrase after a preposition: a name ("in Zenda"), a name with a noun ("Zenda prison", "the town of
Zenda"), or a noun alone ("inside the prison"). A claim whose clause has none takes the place of the sentence
before it, else that of the text's event, else the dateline's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from tollbook.nouns import Span
from tollbook.reading.dateline import filed
from tollbook.reading.when import clock
from tollbook.rules import table
from tollbook.text import Document, Sentence

# Sentences that tell where the event of a text was.
LEAD = 4

# Crossing the edge of a clause makes a place as far as this many characters.
EDGE = 70

# A noun alone ("the road") is believed less than a name this much nearer.
PLAIN = 40


class Spot(NamedTuple):
    """A place phrase: where it stands, its parts from fine to wide, its grade (0 finest), whether it is named."""

    start: int
    end: int
    parts: tuple[str, ...]
    grade: int
    named: bool
    cost: int

    @property
    def words(self) -> str:
        """The parts joined, finest first."""
        return ", ".join(self.parts)


class _Rules(NamedTuple):
    costs: dict[str, int]
    grades: dict[str, int]
    named: re.Pattern[str]
    plain: re.Pattern[str]
    chain: re.Pattern[str]
    edges: re.Pattern[str]
    of: re.Pattern[str]
    owned: re.Pattern[str]


@cache
def _rules(telex: bool) -> _Rules:  # noqa: FBT001 - one of two compiled tables, by kind of text
    data = table("en", "place")
    grades = {noun: int(row[0]) for noun, row in data["nouns"].items()}
    costs: dict[str, int] = dict(data["prepositions"])
    nouns = _lettered(sorted(grades, key=len, reverse=True))
    never = _lettered(data["never"]["words"] + (data["never"]["telex"] + list(grades) if telex else []))
    flags = re.IGNORECASE if telex else 0
    noun = rf"(?i:{nouns})(?![\w-])"
    # in telex every word has a capital; those that end like abstract nouns and gerunds are no names
    capital = r"(?!\w+(?:ing|ings|ed|tion|tions|ment|ments|ness|ity|ers)\b)[A-Z]" if telex else "[A-Z]"
    begins = r"(?=[-‐#A-Z]|[Aa][ldrs]|[Ee]l|[Uu]m|[Dd]er)"
    word = rf"{begins}(?!(?i:{never})(?![\w-]))(?:[Aa]l|[Ee]l|[Uu]m|[Aa]r|[Aa]sh|[Aa]d|[Dd]er)?[-‐]?#?{capital}(?:\w|['’‘`](?!s\b)(?=\w)|-(?=\w))*"
    name = rf"{word}(?:(?: (?:de|del|la|las|los|el|al|of the|du|des|bin|ibn|y) | )(?!{noun}){word}){{0,3}}"
    modifiers = r"(?:(?!(?:of|in|on|at|to|from|and|or|by|for|with|were|was|is|are|had|has|have|that|which|who|when|where|after|as)\b)[\w’'-]+ ){0,4}?"
    article = r"(?:(?:the|a|an|its|their|his|her|this|that|another|one|two|both|several|some|different) )?"
    chain = r"(?:,? (?:in|of|on|near|at|inside|outside) (?:the )?|, )"
    return _Rules(
        costs,
        grades,
        re.compile(
            rf"{article}(?P<lower>{modifiers})(?P<of>{noun} of )?(?P<name>{name})(?P<and> and {name})?(?:(?:['’]s(?: [a-z-]+){{0,2}}?(?: {name})?)?(?P<noun>(?: {noun}(?: \d{{1,2}}(?![\d,]))?)+))?",
            flags,
        ),
        re.compile(
            rf"(?P<article>(?:the|a|an|its|their|his|this|that|another|one|two|several|both) |[\"“‘'])?(?P<lower>(?:[a-z-]+ |[A-Z][a-z]+ ){{0,2}})(?P<noun>{noun}(?: {noun})?)",
            flags,
        ),
        re.compile(chain),
        re.compile("|".join(data["edges"]["patterns"])),
        re.compile(rf"\b(?:{'|'.join(data['of']['words'])}) $"),
        re.compile(
            rf"\b(?P<name>{name})(?:['’]s|s) (?:[a-z-]+ ){{0,2}}(?:{'|'.join(data['owned']['words'])})\b",
            flags,
        ),
    )


def _lettered(words: Iterable[str]) -> str:
    """A pattern of the words as alternatives in their order, those of a letter together: the others are not tried."""
    rows: dict[str, list[str]] = {}
    for word in words:
        rows.setdefault(word[0].lower(), []).append(re.escape(word[1:]))
    return "|".join(f"(?-i:[{c}{c.upper()}])(?:{'|'.join(tails)})" for c, tails in rows.items())


@lru_cache(maxsize=256)
def spots(document: Document, sentence: Sentence) -> tuple[Spot, ...]:
    """The place phrases of a sentence in text order."""
    rules = _rules(document.upper)
    body = document.body
    found: list[Spot] = []
    at = max(sentence.start, filed(document).end if sentence.start < filed(document).end else 0)
    for word, start, end in _between(_scan(document), at, sentence.end):
        if found and start < found[-1].end:
            continue
        if word == "of" and not rules.of.search(document.shadow, at, start):
            continue
        if word in rules.costs:
            spot = _spot(document, rules, word, start, end, sentence.end)
            if spot:
                found.append(spot)
            continue
        for match in rules.owned.finditer(body, max(at, start - OWNED), end + 1):
            if not any(s.start < match.end() and match.start() < s.end for s in found):
                found.append(Spot(match.start(), match.end(), (match["name"],), 4, named=True, cost=1))
    return tuple(sorted(found))


# A name stands at most so far before the thing it owns ("Ruritania's long civil war").
OWNED = 60


@cache
def _scanner() -> tuple[AhoCorasick, list[str]]:
    data = table("en", "place")
    words = [*data["prepositions"], *data["owned"]["words"]]
    return AhoCorasick([w + (" " if w in data["prepositions"] else "") for w in words]), words


@lru_cache(maxsize=8)
def _scan(document: Document) -> list[tuple[int, int, str]]:
    """Where prepositions and owned things stand: offset, end, word; one scan of the text."""
    automaton, words = _scanner()
    shadow = document.shadow
    return [
        (start, end, words[n])
        for n, start, end in automaton.find_matches_as_indexes(shadow, overlapping=True)
        if start == 0 or not shadow[start - 1].isalnum()
    ]


def _between(hits: list[tuple[int, int, str]], start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for at in range(bisect_left(hits, (start,)), len(hits)):
        if hits[at][0] >= end:
            return
        yield hits[at][2], hits[at][0], hits[at][1]


def _spot(document: Document, rules: _Rules, word: str, begin: int, start: int, end: int) -> Spot | None:
    """The place phrase after a preposition, with the wider places it is chained to."""
    body = document.body
    parts: list[str] = []
    grade, named, at, stop = 9, False, start, start
    while len(parts) < 3:
        piece = _piece(body, rules, at, end, first=not parts, telex=document.upper)
        if piece is None:
            break
        words, fine, is_name, stop = piece
        parts.append(words)
        grade, named = min(grade, fine), named or is_name
        at = stop
        link = rules.chain.match(body, at, end)
        if link is None or (link[0].startswith(", ") and body.startswith("the ", link.end())):
            # "flee Zenda, the mayor said": what follows is no wider place
            break
        at = link.end()
    if not parts:
        return None
    return Spot(begin, stop, tuple(parts), grade, named, rules.costs[word])


def _piece(
    body: str, rules: _Rules, at: int, end: int, *, first: bool, telex: bool
) -> tuple[str, int, bool, int] | None:
    """One link of a chain: its words without the article, its grade, whether it is named, where it ends."""
    named = rules.named.match(body, at, end) if telex or _CAPITAL.match(body, at, end) else None
    if named and _is_place(body, named, end, telex=telex):
        noun = (named["noun"] or named["of"] or "").strip().lower().removesuffix(" of").split()
        grade = min((rules.grades.get(n, 5) for n in noun), default=2)
        words = _bare(body[named.start() : named.end()])
        # "a Ruritanian jail" names no jail
        proper = not (named["noun"] and _DEMONYM.fullmatch(named["name"]) and not named["of"])
        return words, grade, proper, named.end()
    if not first:
        return None
    plain = rules.plain.match(body, at, end)
    if plain and not (telex and not plain["article"]):
        grade = rules.grades[plain["noun"].split()[-1].lower()]
        return _bare(body[plain.start() : plain.end()]), grade, False, plain.end()
    return None


# A capital before the next sign: where none is, no name follows.
_CAPITAL = re.compile(r"[^A-Z,.;:!?()\[\]\"“”/\n]*+[A-Z]")
_DEMONYM = re.compile(r"\w+(?:ian|ish|ese|iot|eli|aqi|emeni|stani|audi|uwaiti)", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"(?:['’]s\b)?\s*(?:$|[.,;:!?()\"“”\[\]|–—-]|\n|(?:on|in|at|of|and|or|near|when|where|while|after|before|as|by|that|which|who|with|to|from"
    r"|for|since|during|until|over|under|between|because|if|but|than|into|late|early|earlier|overnight|yesterday|today|last|this"
    r"|killed|killing|wounded|wounding|injuring|injured|left|leaving|was|were|is|are|has|have|had|will|would|said|says|told"
    r"|due|despite|against|it|its|were|causing|sparking|which|also|about|around|amid|following|according|alone|including|\d+|said|they|he|she|it|the|a|an)\b"
    r"|(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b)"
)


def _is_place(body: str, match: re.Match[str], end: int, *, telex: bool) -> bool:
    """Whether a name is used as a place: with a place noun, or not as an adjective of what follows."""
    if match["noun"] or match["of"]:
        return True
    if match["lower"] and not re.fullmatch(_DIRECTIONS, match["lower"].strip().lower()):
        return False
    follows = _FOLLOWS.match(body, match.end(), end)
    return bool(follows) or telex or match.end() >= end


_DIRECTIONS = (
    r"(?:(?:the|nearby|neighbou?ring|[\w-]*(?:north|south|east|west|central|downtown|upper|lower|rural|greater|occupied|mainland"
    r"|besieged|held|controlled|administered|torn|far|restive|war)[\w-]*)\s*)*"
)


def _bare(words: str) -> str:
    """A phrase without its article and quotation signs, on one line."""
    flat = " ".join(words.split()).strip("\"“”‘' ")
    return re.sub(r"^(?:the|a|an|its|their|his|her|this|that) ", "", flat, flags=re.IGNORECASE).rstrip(".,")


def place(document: Document, sentence: Sentence, span: Span) -> str | None:
    """The most specific place of a claim in words of the text, or None where the text gives none."""
    own = _own(document, sentence, span)
    if own is not None and own.named:
        words = _joined(document, sentence, own)
        fine = scene(document)
        if sentence.index < 2 and fine and _wide(own) and fine.start > own.end and fine.grade < own.grade:
            return f"{fine.words}, {words}"
        return words
    event = _before(document, sentence) or scene(document)
    around = event.words if event else filed(document).place
    if own is None or own.grade > FINE:
        return around or (own.words if own else None)
    main = scene(document)
    if main and own.words.lower().split()[-1] in re.findall(r"\w+", main.words.lower()):
        # "the prison" of a story about one prison
        return own.words
    # "the seminary" is one somewhere: the story says where
    return (
        f"{own.words}, {around}"
        if around and own.words.lower() not in around.lower()
        else around or own.words
    )


def _wide(spot: Spot) -> bool:
    return spot.grade >= 3 or bool(
        re.match(r"(?:[\w-]*(?:north|south|east|west|central)[\w-]*|rural|mainland) ", spot.parts[0].lower())
    )


# A noun alone that is wider than a quarter ("the area", "the country") only points back to the story's place.
FINE = 1

# A place this close after another, in the same clause, is where that one lies ("the Najjar house ... in Zenda").
NEXT = 40


def _joined(document: Document, sentence: Sentence, spot: Spot) -> str:
    """The words of a place with those of the wider place right after it."""
    parts = list(spot.parts)
    if spot.grade <= FINE or len(parts) == 1:
        edges = _rules(document.upper).edges
        for other in spots(document, sentence):
            gap = document.shadow[spot.end : other.start]
            if (
                other.start >= spot.end
                and other.named
                and other.cost <= 1
                and len(gap) <= NEXT
                and not edges.search(gap)
            ):
                parts += [p for p in other.parts if p not in parts]
                break
    return ", ".join(parts)


def _own(document: Document, sentence: Sentence, span: Span) -> Spot | None:
    """The place phrase that governs the claim in its own sentence."""
    rules = _rules(document.upper)
    best: tuple[float, Spot] | None = None
    for spot in spots(document, sentence):
        if max(spot.start - span.end, span.start - spot.end) >= REACH:
            continue
        if spot.start >= span.end:
            between = document.shadow[span.end : spot.start]
        elif spot.end <= span.start:
            between = document.shadow[spot.end : span.start]
        else:
            between = ""
        edges = len(rules.edges.findall(between))
        if edges and not spot.named:
            continue
        far = len(between) + EDGE * edges + 12 * spot.cost + 6 * spot.grade
        far += 0 if spot.named else PLAIN
        if best is None or far < best[0]:
            best = (far, spot)
    return best[1] if best and best[0] < REACH else None


# Farther than this a place belongs to something else; the text's event is the better guess.
REACH = 220


def _before(document: Document, sentence: Sentence) -> Spot | None:
    """The named place of the sentence before."""
    if sentence.index == 0:
        return None
    other = document.sentences[sentence.index - 1]
    named = [s for s in spots(document, other) if s.named and s.cost < 3]
    return min(named, key=lambda s: (s.cost, s.grade)) if named else None


@lru_cache(maxsize=8)
def scene(document: Document) -> Spot | None:
    """The place of the text's event: the finest named place of its first sentences."""
    found: list[tuple[int, int, int, Spot]] = []
    for sentence in document.sentences[:LEAD]:
        for number, spot in enumerate(spots(document, sentence)):
            if spot.named and spot.cost < 4:
                found.append((spot.grade, sentence.index, number, spot))
    return min(found)[3] if found else None


def dateline(document: Document) -> tuple[str | None, date | None]:
    """Where and when the text says it was filed."""
    where, end = filed(document)
    if not end or not document.sentences:
        return where, None
    days = [w for w in clock(document).read(document.sentences[0]) if w.end <= end and w.grain == "day"]
    return where, (days[0].date_from if days else None)
