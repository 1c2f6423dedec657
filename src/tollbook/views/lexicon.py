"""The parties of the lexicon with the words by which they are known, and what a book says of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tollbook.nouns import Source
from tollbook.reading.parties import Party, lexicon
from tollbook.rules import table
from tollbook.values import Book


@dataclass(frozen=True, slots=True)
class Known:
    """A party.

    Attributes:
        party: as the lexicon has it; None for a name that it lacks.
        name: canonical name.
        words: kind of words to the words by which it is known.
        victims: claims that count its people.
        perpetrators: claims that name it as who did it.
        sources: cards that belong to it.
    """

    party: Party | None
    name: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    victims: int = 0
    perpetrators: int = 0
    sources: tuple[Source, ...] = ()

    @property
    def claims(self) -> int:
        """In how many places of claims it stands."""
        return self.victims + self.perpetrators


KINDS = ("names", "acronyms", "adjectives", "called")


def parties(book: Book) -> tuple[list[Known], list[tuple[str, int]]]:
    """The parties that the book or a card names, then the others; and the words of claims that name no party known.

    A perpetrator is kept in the words of the report; it is counted with the one party that these words name.
    """
    known = lexicon()
    victims = Counter(c.party for c in book.claims.values() if c.party)
    deeds: Counter[str] = Counter()
    strangers: Counter[str] = Counter()
    for words, number in Counter(c.perpetrator for c in book.claims.values() if c.perpetrator).items():
        named = {words} if words in known.parties else {m.name for m in known.mentions(words)}
        if len(named) == 1:
            deeds[named.pop()] += number
        else:
            strangers[words] += number
    for name, number in victims.items():
        if name not in known.parties:
            strangers[name] += number
    cards: dict[str, list[Source]] = {}
    for card in book.sources.values():
        if card.party and not card.confidential:
            cards.setdefault(card.party, []).append(card)
    words_of = _words()
    names = [*known.parties, *(n for n in (*victims, *cards) if n not in known.parties)]
    found = [
        Known(known.parties.get(n), n, words_of.get(n, {}), victims[n], deeds[n], tuple(cards.get(n, ())))
        for n in dict.fromkeys(names)
    ]
    found.sort(key=lambda k: (-k.claims, not k.sources, k.name))
    return found, sorted(strangers.items(), key=lambda p: (-p[1], p[0]))


def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    """The words of the lexicon by canonical name."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    rules = table("en", "parties")
    for row in rules["party"]:
        found[row["name"]] = {k: tuple(row[k]) for k in KINDS if row.get(k)}
    for row in rules["state"]:
        for role in ("army", "police", "security"):
            own = {k: tuple(row[k]) for k in KINDS[:2] if row.get(k)} if role == "army" else {}
            noun = rules["roles"][role][0]
            owners = tuple(f"{owner} {noun} …" for owner in row["adjectives"])
            found.setdefault(row[role], {}).update({**own, f"before a word for {role}": owners})
    return found
