"""Drafts: what a construction found in a sentence, before speaker, date and scope are known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.chunks import Chunk
from tollbook.reading.clauses import Hit
from tollbook.reading.names import PLACES, fullest, names
from tollbook.text import Document, Sentence

# Outcomes that a bare name can suffer; "the army captured Aleppo" is about a town.
_PERSONAL = frozenset({Outcome.KILLED, Outcome.WOUNDED, Outcome.ABDUCTED, Outcome.DETAINED})


@dataclass(slots=True)
class Draft:
    """One claim in the making.

    Attributes:
        sentence: where it stands.
        start: first character of the quote.
        end: character after the quote.
        trigger: characters of the outcome word.
        group: characters of the words for the people and their number.
        low, high, as_written: the figure.
        victims: the people as written, or None.
        part_of: the draft whose figure this is a share of.
        supersedes: the older draft that this one replaces.
        actor: who did it, as written, or None.
        christened: whether the people are one person whose name is told.
        article: whether an article or a possessive stands before the people.
        inferred: whether ``kind`` comes from the text around, not from the words for the people.
    """

    sentence: Sentence
    start: int
    end: int
    trigger: tuple[int, int]
    group: tuple[int, int]
    outcome: Outcome
    low: int | None
    high: int | None
    as_written: str
    victims: str | None
    head: str
    kind: VictimsClass
    rule: str
    vague: bool = False
    more: bool = False
    members: bool = False
    old: bool = False
    part_of: Draft | None = None
    supersedes: Draft | None = None
    actor: str | None = None
    letter: str = ""
    inferred: bool = False
    christened: bool = False
    article: bool = False

    @property
    def named(self) -> bool:
        """Whether the people are one person by name."""
        return self.letter == "C"


def draft(document: Document, sentence: Sentence, chunks: Sequence[Chunk], hit: Hit) -> Draft | None:
    """The draft of a hit, or None where its group says nothing countable."""
    g, k = chunks[hit.group], chunks[hit.trigger]
    if g.letter == "C" and hit.outcome not in _PERSONAL:
        return None
    if g.letter == "P" and not _event(document, sentence, g, hit):
        return None
    if g.letter == "N" and g.number is None:
        return None
    if g.letter == "C" and not person(document, words(document, sentence, g)):
        return None
    if g.number is not None and g.number.low is None and g.number.high is None and not _worth(chunks, hit):
        return None
    group, trigger = span(document, sentence, g), span(document, sentence, k)
    made = share(document, sentence, g, hit.outcome, hit.rule, trigger)
    made.start, made.end = min(group[0], trigger[0]), max(group[1], trigger[1])
    made.old = hit.rule == "toll-from"
    before = document.tokens(sentence)[max(0, g.start - 1)].low
    if hit.rule == "toll" and before in _PAST and made.low == made.high and made.low is not None:
        made.low, made.high = made.low + 1, None  # "the toll climbed past 60"
    if hit.actor >= 0:
        made.actor = words(document, sentence, chunks[hit.actor])
    return made


_PAST = frozenset({"past", "topped", "passed", "surpassed", "crossed", "beyond", "topping", "surpassing"})


# Constructions that name an event by whom it befell.
_EVENT = frozenset({"noun-of", "nominal"})


def _event(document: Document, sentence: Sentence, g: Chunk, hit: Hit) -> bool:
    """Whether people without a number are told of as those of a known event: "the murder of the monks"."""
    first = document.tokens(sentence)[g.start].low
    return hit.outcome is Outcome.KILLED and hit.rule in _EVENT and first in {"the", "these"}


def _worth(chunks: Sequence[Chunk], hit: Hit) -> bool:
    """Whether a claim without a number says enough: bodies that were found, not "many fled"."""
    if hit.outcome is Outcome.BODIES_FOUND:
        return any(c.letter == "R" for c in chunks)
    return hit.outcome is not Outcome.DISPLACED


def share(
    document: Document, sentence: Sentence, g: Chunk, outcome: Outcome, rule: str, trigger: tuple[int, int]
) -> Draft:
    """The draft of a group alone, as it stands in a list."""
    group = span(document, sentence, g)
    n = g.number
    tokens = document.tokens(sentence)
    low, high = (n.low, n.high) if n else (None, None) if g.letter == "P" else (1, 1)
    if n:
        written = document.body[tokens[n.start].start : tokens[n.end - 1].end]
    else:
        written = (
            document.body[group[0] : group[1]]
            if g.letter == "C"
            else document.body[tokens[g.start].start : tokens[g.start].end]
        )
    victims = document.body[tokens[g.noun].start : group[1]] if 0 <= g.noun < g.end else None
    if g.letter in "1C" and victims:
        # one person is one name throughout a text, so that the same death told twice is seen to be one
        name = document.body[tokens[g.name].start : group[1]] if g.name >= 0 else victims
        victims = fullest(document, " ".join(name.split()))
    return Draft(
        sentence, *group, trigger, group, outcome, low, high, written, victims, g.head, g.kind, rule,
        vague=bool(n and n.vague), more=bool(n and n.more), members=g.members, letter=g.letter, christened=g.letter == "C" or g.name >= 0, article=g.start < g.noun,
    )  # fmt: skip


def span(document: Document, sentence: Sentence, c: Chunk) -> tuple[int, int]:
    """The characters of a chunk."""
    tokens = document.tokens(sentence)
    return tokens[c.start].start, tokens[c.end - 1].end


def words(document: Document, sentence: Sentence, c: Chunk) -> str:
    """The chunk as written, on one line."""
    start, end = span(document, sentence, c)
    return " ".join(document.body[start:end].split())


# Words in a name that make it no person's.
_BODIES = frozenset(
    [
        "ministry",
        "army",
        "force",
        "forces",
        "group",
        "party",
        "center",
        "centre",
        "union",
        "state",
        "states",
        "front",
        "movement",
        "brigade",
        "brigades",
        "battalion",
        "division",
        "council",
        "committee",
        "police",
        "guard",
        "guards",
        "government",
        "hospital",
        "camp",
        "city",
        "province",
        "district",
        "region",
        "republic",
        "kingdom",
        "agency",
        "news",
        "tv",
        "television",
        "radio",
        "university",
        "school",
        "mosque",
        "church",
        "street",
        "square",
        "bridge",
        "airport",
        "prison",
        "house",
        "organization",
        "organisation",
        "association",
        "network",
        "observatory",
        "watch",
        "command",
        "department",
        "office",
        "bank",
        "company",
        "corps",
        "navy",
        "air",
        "nations",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "al-qaeda",
        "hamas",
        "hezbollah",
        "hizbollah",
        "israel",
        "egypt",
        "syria",
        "iraq",
        "iran",
        "russia",
        "ukraine",
        "turkey",
        "america",
        "afghanistan",
        "pakistan",
        "lebanon",
        "gaza",
        "isis",
        "isil",
        "daesh",
        "operation",
    ]
)


def person(document: Document, name: str) -> bool:
    """Whether a capitalised name can be a person: two words or more, or the surname of one named elsewhere in full."""
    words_ = name.split()
    if any(w.lower().strip(".,") in _BODIES for w in words_) or (name.isupper() and not document.upper):
        return False
    if len(words_) > 1:
        return words_[0].lower() not in PLACES
    if document.upper:
        return name.lower() in names(document)
    at = document.body.find(" " + name)
    while at > 0:
        before = (document.body[max(0, at - 40) : at].split() or [""])[-1]
        if (
            before[:1].isupper()
            and before[-1:].isalpha()
            and before.lower() not in _OPENERS
            and document.body[at - 1] != "."
        ):
            return True
        at = document.body.find(" " + name, at + 1)
    return False


_OPENERS = frozenset(
    [
        "in",
        "the",
        "a",
        "an",
        "on",
        "at",
        "from",
        "and",
        "but",
        "as",
        "when",
        "while",
        "after",
        "before",
        "near",
        "for",
        "with",
        "to",
        "of",
        "by",
        "this",
        "that",
    ]
)


def told_in(drafts: Sequence[Draft], first: int, last: int, before: int | None = None) -> Sequence[Draft]:
    """The drafts of the sentences from one index to another, which stand in their order.

    Args:
        drafts: all drafts of a text.
        first: index of the first sentence.
        last: index of the last sentence.
        before: only drafts that stand before this one.
    """
    end = len(drafts) if before is None else before
    begin = bisect_left(drafts, first, hi=end, key=_sentence)
    return drafts[begin : bisect_right(drafts, last, lo=begin, hi=end, key=_sentence)]


def _sentence(draft: Draft) -> int:
    return draft.sentence.index
