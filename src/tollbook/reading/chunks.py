"""A sentence as chunks, one letter each, over which constructions are plain regular expressions.

Letters of groups: ``Q`` people with a number, ``N`` a bare number, ``1`` one person, ``C`` a name, ``P`` people
without a number, ``Z`` nobody, ``X`` counted things. Of outcome words: ``V`` done, ``G`` doing, ``K`` do,
``I`` happened, ``Y`` happening, ``J`` state, ``D`` noun, ``T`` toll, ``E`` lives. Of frames: ``L`` left, ``R`` find,
``c`` take, ``U`` rise, ``B`` bring, ``A`` cause. Of grammar: ``b`` be, ``h`` have, ``m`` modal, ``p`` preposition, ``o`` of,
``t`` to, ``a`` and, ``w`` relative, ``l`` including, ``#`` number of, ``s`` say, ``i`` pronoun, ``v`` other verb, ``n`` anything else; signs stand for
themselves. Adverbs and quotation marks leave no letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.codes import Outcome
from tollbook.reading.closed import HARD, KIN, TIMES, TITLES
from tollbook.reading.groups import Chunk
from tollbook.reading.heads import NUMBER_STARTS, REACH
from tollbook.reading.names import PARTICLES
from tollbook.reading.numbers import Number, number_at
from tollbook.reading.phrases import OPENING as _WORDINGS
from tollbook.reading.phrases import Phrases
from tollbook.reading.selves import OPENING as _DEEDS
from tollbook.reading.selves import oneself
from tollbook.reading.telex import goes_on
from tollbook.reading.wounds import OPENING as _WOUNDS
from tollbook.reading.wounds import wounded
from tollbook.text import Document, Sentence

_SIGNS = {",": ",", "(": "(", ")": ")", ";": ";", ":": ":", "-": "-", "[": "(", "]": ")", "/": "a", ".": "."}
# Only at these words a wording of harm may begin.
_OPENING = _WORDINGS | _DEEDS | _WOUNDS
_QUOTES = frozenset({'"', "'"})
_SPECIAL = _OPENING | _QUOTES | NUMBER_STARTS | frozenset(_SIGNS) | {"both"}
# Nouns in -ing and -ed.
_NO_VERB = frozenset(
    "king ring wing spring string sing bring red bed shed need seed speed feed weed morning evening building meeting wedding ceiling railing sibling offspring nothing something anything everything"
    " hundred sacred clothing".split()
)
# Longest abbreviation whose full stop stands inside a name ("Gen. X").
SHORT = 4
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_VERBS = frozenset("was were is are has had died lost".split())
# Verbs of headlines before which and behind which no article stands.
_HEADLINE = frozenset(
    "kills kill injures injure wounds abducts abduct kidnaps kidnap executes execute beheads behead slays detains".split()
)


def chunk(document: Document, sentence: Sentence) -> list[Chunk]:
    """The chunks of a sentence in order."""
    return _Chunker(document, sentence).run()


def letters(chunks: Sequence[Chunk]) -> str:
    """The letters of chunks as one string."""
    return "".join(c.letter for c in chunks)


class _Chunker(Phrases):
    """Walks the tokens of one sentence once."""

    def run(self) -> list[Chunk]:
        found: list[Chunk] = []
        i = 0
        while i < len(self.tokens):
            made = self.step(i, found)
            i = made.end
            if made.letter == "N" and self.aged(made, found):
                made = Chunk("n", made.start, made.end, head="age")
            if made.letter == "r" or (made.letter == "n" and found and found[-1].letter == "n"):
                continue
            found.append(made)
        return found

    def step(self, i: int, before: Sequence[Chunk]) -> Chunk:
        """The chunk that begins at token ``i``."""
        word = self.low[i]
        if word in _SPECIAL or "-" in word or word[0].isdigit() or self.mortal:
            special = self.special(i, word, before)
            if special:
                return special
        form = self.forms[i]
        if form is None:
            return self.noun_phrase(i, before)
        if form[1].letter == "z":
            nobody = self.nobody(i)
            if nobody:
                return nobody
        if (
            form[1].outcome
            and form[1].letter in "VJ"
            and form[0] == 1
            and (
                not before
                or before[-1].letter in "ps,:"
                or _states(before)
                or (before[-1].letter == "n" and self.colours(i))
            )
        ):
            people = self.people(i, i)
            if people:
                return people
        if form[1].letter != "d":
            if self.parted(i, form[0], before):
                return Chunk("J", i, i + 1, Outcome.KILLED, head=word)
            return Chunk(form[1].letter, i, i + form[0], form[1].outcome, form[1].weak, head=word)
        return self.noun_phrase(i, before)

    def special(self, i: int, word: str, before: Sequence[Chunk]) -> Chunk | None:
        """A sign, a number or a wording of harm, each of which begins with few words only."""
        if word in _SIGNS:
            return self.sign(i, word)
        if word in _QUOTES:
            return Chunk("r", i, i + 1)
        if word == "both" and (two := self.both(i)):
            return two
        if word[0].isdigit() or word in NUMBER_STARTS or "-" in word:
            counted = self.counted(i)
            if counted:
                return counted
        if word in _OPENING or self.mortal:
            harmed = (
                self.harmed(i)
                or self.spared(i)
                or self.hosting(i)
                or self.captive(i, before)
                or self.housed(i, before)
                or self.deadly(i)
                or oneself(self.low, i, before)
                or wounded(self.low, i, before)
            )
            if harmed:
                return harmed
        return None

    def aged(self, made: Chunk, before: Sequence[Chunk]) -> bool:
        """Whether a bare number between commas behind a name is an age: "Ali Hassan, 45, was"."""
        low = made.number.low if made.number else None
        nxt = self.low[made.end] if made.end < len(self.tokens) else ""
        return (
            low is not None and 0 < low < 110 and made.end == made.start + 1 and self.low[made.start].isdigit()
            and len(before) > 1 and (
                (before[-1].letter in ",(" and before[-2].letter in "C1n" and nxt in {",", ")", ".", ";", "of", "and", ""})
                or (before[-1].letter == "," and before[-2].letter == "Q" and nxt in {",", "and"})
                or (before[-1].letter == "a" and before[-2].head == "age")
            )
        )  # fmt: skip

    def sign(self, i: int, word: str) -> Chunk:
        """A sign; two dashes are a dash, a dot inside the sentence (an abbreviation's) is nothing."""
        if word == ".":
            return Chunk("r", i, i + 1)
        if word == "," and self.low[i + 1 : i + 2] == ['"'] and not self.goes_on(i + 2):
            return Chunk(";", i, i + 1)  # what is said ends here: "... killed two," Ana Brezin said
        if word == "(" and self.low[i + 2 : i + 3] == [")"] and self.low[i + 1].isdigit():
            return self.bracketed(i)
        if word == "-" and i + 1 < len(self.tokens) and self.low[i + 1] == "-":
            return Chunk("-", i, i + 2)
        return Chunk(_SIGNS[word], i, i + 1)

    def goes_on(self, i: int) -> bool:
        """Whether the clause goes on behind a quoted name: "known as "the Bear," was killed"."""
        form = self.form(i) if i < len(self.tokens) else None
        return form is not None and form[1].letter in "bhmVIw"

    def bracketed(self, i: int) -> Chunk:
        """A number in brackets: an older figure behind a new one, "41 (38) killed", or the count itself, "(12) people"."""
        number = number_at(self.tokens, i + 1)
        if i and self.low[i - 1].isdigit():
            return Chunk("r", i, i + 3)
        if number is not None and self.low[i + 3 : i + 4] in (["others"], ["other"]):
            return Chunk("N", i, i + 4, number=number, noun=i + 4)
        people = self.people(i, i + 3, number) if number is not None and i + 3 < len(self.tokens) else None
        return people if people is not None and people.noun == i + 3 else Chunk("(", i, i + 1)

    def noun_phrase(self, i: int, before: Sequence[Chunk]) -> Chunk:
        """One person, people, a name, a verb we do not know, or anything else."""
        word = self.low[i]
        form = self.form(i)
        determined = form is not None and form[1].letter == "d"
        at = i + 1 if determined else i
        if word in TIMES and not (
            len(word) == 3 and i + 1 < len(self.tokens) and self.capital(i) and self.capital(i + 1)
        ):
            return Chunk("n", i, i + 1, head=word)  # but "Jan Koss" is a name
        if (
            determined
            and at < len(self.tokens)
            and (self.low[at][0].isdigit() or self.low[at] in NUMBER_STARTS)
        ):
            counted = self.counted(at)
            if counted and counted.letter in "QN":
                return counted
        if at < len(self.tokens):
            people = self.people(i, at) if self.near[at] < at + REACH else None
            if people and (
                determined
                or people.letter == "P"
                or self.capital(at)
                or self.low[at][0].isdigit()
                or self.titled(at, people.end)
                or _headline(before)
                or self.relative(people, before)
                or (people.letter == "1" and self.christened(people.end))
            ):
                return self.named(people)
            if word in {"a", "an", "another"} and self.demonym_of_one(at):
                return Chunk("1", i, at + 1, head=self.low[at], noun=at)
            if determined and word in {"a", "an"} and people is None and (end := self.agent(at)):
                return Chunk("1", i, end, weak=True, head=self.low[end - 1], noun=at)
            if determined and (one := self.one(i, at, people)):
                return one
        if word == "another":
            return Chunk("N", i, i + 1, number=Number(i, i + 1, 1, 1, more=True), noun=i + 1)
        if word.endswith("ly") and len(word) > 4:
            return Chunk("r", i, i + 1)
        if self.capital(i) and not determined:
            return self.name(i)
        if not determined and word.endswith(("ed", "ing")) and word not in _NO_VERB and not self.capital(i):
            return Chunk("v", i, i + 1, head=word)
        return Chunk("n", i, i + 1, head=word)

    def one(self, i: int, at: int, people: Chunk | None) -> Chunk | None:
        """A single person that a determiner makes of a word no list knows: "the other", "a third", "a Westlander", "a carter"."""
        word = self.low[i]
        if (word == "the" and self.low[at] == "other" and self.alone(at + 1)) or self.nth(at):
            return Chunk("N", i, at + 1, number=Number(i, at + 1, 1, 1, more=True), noun=at + 1)
        if word in {"a", "an", "another"} and self.demonym_of_one(at):
            return Chunk("1", i, at + 1, head=self.low[at], noun=at)
        if word in {"a", "an"} and people is None and (end := self.agent(at)):
            return Chunk("1", i, end, weak=True, head=self.low[end - 1], noun=at)
        return None

    def alone(self, at: int) -> bool:
        """Whether "the other" stands for a person: its verb or a sign follows."""
        return at >= len(self.tokens) or self.low[at] in HARD or self.low[at] in _VERBS

    def relative(self, people: Chunk, before: Sequence[Chunk]) -> bool:
        """Whether it is one more in a list of relatives: "a mother and son", "the father, mother and sister"."""
        if (
            people.head not in KIN
            or len(before) < 2
            or before[-1].letter not in "a,"
            or before[-2].letter not in "1Q"
        ):
            return False
        return not (
            self.low[people.end : people.end + 1] == ["of"] and number_at(self.tokens, people.end + 1)
        )

    def nth(self, at: int) -> bool:
        """Whether an ordinal stands for a person: "and a third was killed"."""
        nxt = self.low[at + 1] if at + 1 < len(self.tokens) else ""
        form = self.form(at + 1) if nxt else None
        return self.low[at] in _ORDINALS and (nxt in _VERBS or (form is not None and form[1].letter == "V"))

    def demonym_of_one(self, at: int) -> bool:
        """Whether a capitalised word behind "a" is somebody by origin: "six Norlanders and a Westlander"."""
        endings = ("an", "ese", "ish") if self.upper else ("er", "an", "ese", "ish", "i", "ite")
        return (
            self.capital(at)
            and self.low[at].endswith(endings)
            and self.ends(at + 1)
            and not (at + 1 < len(self.tokens) and self.capital(at + 1))
        )

    def christened(self, end: int) -> bool:
        """Whether a name follows the noun that ends at ``end``: "banker Anton Brezin", "a 30-year-old" and then a name."""
        return end < len(self.tokens) and self.capital(end) and self.low[end] not in TIMES

    def titled(self, at: int, end: int) -> bool:
        return any(w.rstrip(".") in TITLES for w in self.low[at:end])

    def named(self, people: Chunk) -> Chunk:
        """One person with the name that follows: "policeman Ali Hassan"."""
        j = self.name_end(people.end) if people.letter == "1" else people.end
        if j == people.end:
            return people
        noun = people.end if people.head == "year-old" else people.noun  # an age is no part of a name
        return Chunk("1", people.start, j, head=people.head, noun=noun, kind=people.kind, name=people.end)

    def name(self, i: int) -> Chunk:
        """A run of capitalised words; small words inside a name belong to it."""
        j = self.name_end(i + 1)
        if self.low[j : j + 1] == ["("] and self.low[j + 2 : j + 3] == [")"] and self.low[j + 1].isdigit():
            return Chunk(
                "1", i, j + 3, head=self.low[j - 1], noun=i, name=i
            )  # "Lena Orban (34)": the age of a person
        return Chunk("C", i, j, noun=i)

    def parted(self, i: int, size: int, before: Sequence[Chunk]) -> bool:
        """Whether "dead and wounded" is two outcomes here: "left 30 dead and wounded more than 60"."""
        at = i + size
        left = (
            size == 3
            and self.low[i] == "dead"
            and [c.letter for c in before[-2:]] in (["L", "Q"], ["L", "N"])
        )
        return left and at < len(self.tokens) and number_at(self.tokens, at) is not None

    def counts(self, j: int) -> bool:
        """Whether a capitalised word begins a number of its own: a dateline lost its dash, "PORT VALE At least two"."""
        number = number_at(self.tokens, j) if self.low[j] in NUMBER_STARTS else None
        if number is None or number.end >= len(self.tokens):
            return False
        form = self.form(number.end)
        return bool(number.bound) or self.low[number.end] in self.lex.people or bool(form and form[1].outcome)

    def name_end(self, j: int) -> int:
        """Where the name goes on to whose next word may be the one at ``j``."""
        while j < len(self.tokens):
            inner = j
            while inner < len(self.tokens) and inner < j + 2 and self.low[inner] in PARTICLES:
                inner += 1
            if self.low[j : j + 2] == ["-", "-"]:
                break
            initial = self.low[j] == "." and len(self.low[j - 1]) <= SHORT
            inner = j + 1 if initial else inner
            if inner >= len(self.tokens) or not (
                self.capital(inner) or (self.upper and goes_on(self.low[inner]))
            ):
                break
            form, low = self.form(inner), self.low[inner]
            if inner == j and (
                low in TIMES or low in self.lex.people or (form and form[1].outcome) or self.counts(j)
            ):
                break
            j = inner + 1
        return j


def _states(before: Sequence[Chunk]) -> bool:
    """Whether "and" joins an adjective to another: "dead and wounded soldiers", no "stormed the base and killed soldiers"."""
    return before[-1].letter == "a" and (len(before) == 1 or before[-2].letter in "VJpo,")


def _headline(before: Sequence[Chunk]) -> bool:
    """Whether a noun stands behind a headline's verb or goes on with its objects: "kills mother, two children"."""
    at = len(before) - 1
    while at > 0 and before[at].letter in ",aQ1":
        at -= 1
    return at > 0 and before[at].letter == "K" and before[at].head in _HEADLINE and before[-1].letter in "K,a"


__all__ = ["Chunk", "chunk", "letters"]
