"""Groups: the noun phrases that name people, with or without a number, and their parts."""

from __future__ import annotations

from dataclasses import dataclass

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.closed import (
    AGE,
    COUNTED,
    DEFINITE,
    DETERMINERS,
    HARD,
    NAMES_TOO,
    OF_GROUP,
    PAIRS,
    TIMES,
)
from tollbook.reading.lexicon import Form, Lexicon, lexicon, turned
from tollbook.reading.names import TITLES
from tollbook.reading.numbers import Number, number_at, starts
from tollbook.text import Document, Sentence


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some tokens that play one part.

    Attributes:
        letter: the part.
        start: first token.
        end: token after the last.
        outcome: for outcome words which.
        weak: an outcome word that is often something else.
        number: for Q, N and Z how many.
        head: for people the noun that tells who they are, in lower case.
        noun: token where the words for the people begin (after the number).
        kind: for people the class their noun gives.
        members: "of them", "of the victims": the number is a share of a group named before.
    """

    letter: str
    start: int
    end: int
    outcome: Outcome | None = None
    weak: bool = False
    number: Number | None = None
    head: str = ""
    noun: int = -1
    kind: VictimsClass = VictimsClass.UNKNOWN
    members: bool = False


NUMBER_STARTS = starts()


class Groups:
    """Finds the people that a noun phrase names; one object a sentence."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document = document
        self.body = document.body
        self.upper = document.upper
        self.tokens = document.tokens(sentence)
        self.lex: Lexicon = lexicon()

    def capital(self, j: int) -> bool:
        """Whether a token begins with a capital in a text where that tells something."""
        token = self.tokens[j]
        if self.upper or token.low == "i":
            return False
        first = token.start + 3 * (token.low[2:3] == "-")  # "al-Sadr" begins with its article
        return self.body[token.start].isupper() or self.body[first : first + 1].isupper()

    def form(self, i: int) -> tuple[int, Form] | None:
        """Length and form of the longest phrase or word of the lexicon at token ``i``."""
        word = self.tokens[i].low
        if (
            word in NAMES_TOO
            and not self.upper
            and self.body[self.tokens[i].start : self.tokens[i].end].isupper()
        ):
            return None
        for words, form in self.lex.phrases.get(word, ()):
            if len(words) <= len(self.tokens) - i and all(
                self.tokens[i + k].low == w for k, w in enumerate(words)
            ):
                return len(words), form
        single = self.lex.forms.get(word)
        return (1, single) if single else None

    def counted(self, i: int) -> Chunk | None:
        """People, things or nothing with a number in front."""
        number = number_at(self.tokens, i)
        if number is None or number.end == i:
            return None
        at = number.end
        if at < len(self.tokens) and self.tokens[at].low == "of":
            return self.share(i, number)
        people = self.people(i, at, number)
        if people:
            return people
        things = self.things(at)
        if things:
            return Chunk("X", i, things, number=number)
        if self.serial(i, at, number):
            return None
        # a bare number before an unlisted noun may count anything: good with strong outcome words only
        nxt = self.tokens[at].low if at < len(self.tokens) else "."
        unsure = (
            nxt[0].isalpha()
            and self.form(at) is None
            and not self.capital(at)
            and not nxt.endswith(("ed", "ing", "ly"))
        )
        return self.open(i, at, number) or Chunk("N", i, at, weak=unsure, number=number, noun=at)

    def serial(self, i: int, at: int, number: Number) -> bool:
        """Whether a bare number in digits is a year or belongs to a name: "in 2023 or", "Interstate 84"."""
        word = self.tokens[i].low
        if at != i + 1 or not word.isdigit() or number.low is None:
            return False
        named = (
            i > 0 and self.capital(i - 1) and self.tokens[i - 1].low not in TIMES and self.form(i - 1) is None
        )
        return (1900 <= number.low < 2100) or (
            named
            and not (
                at < len(self.tokens) and self.tokens[at].low in {"killed", "dead", "wounded", "injured"}
            )
        )

    def share(self, i: int, number: Number) -> Chunk:
        """As in "three of them", "dozens of people", "two of the wounded soldiers"."""
        at = number.end + 1
        while at < len(self.tokens) and self.tokens[at].low in DEFINITE:
            if self.tokens[at].low in {"them", "whom", "which"}:
                return Chunk("N", i, at + 1, number=number, noun=at, members=True)
            at += 1
        definite = at > number.end + 1
        if at < len(self.tokens) and number_at(self.tokens, at):
            # "one of three men killed": the verb may be about the three
            return Chunk("N", i, number.end, number=number, noun=number.end)
        people = self.people(i, at, number, members=definite and not number.vague)
        if people:
            return people
        form = self.form(at) if at < len(self.tokens) else None
        if form and form[1].outcome and form[1].letter in "VJD":
            # "two of the dead", "dozens of dead", "hundreds of deaths"
            if form[1].letter == "D" or not definite:
                return Chunk("N", i, number.end, number=number, noun=at)
            return Chunk("N", i, at + form[0], form[1].outcome, number=number, noun=at, members=True)
        things = self.things(at)
        if things:
            return Chunk("X", i, things, number=number)
        return Chunk("N", i, number.end, number=number, noun=at)

    def ends(self, end: int) -> bool:
        """Whether a noun phrase may end here: "40 civilian killed" counts civilians, "40 civilian cars" does not."""
        form = self.form(end) if end < len(self.tokens) else None
        return (
            end >= len(self.tokens)
            or self.tokens[end].low in HARD
            or (form is not None and form[1].letter != "n")
        )

    def open(self, i: int, at: int, number: Number) -> Chunk | None:
        """A number with a plural that no list knows ("three lieutenantists"); good for the strongest frames only."""
        for j in range(at, min(at + 3, len(self.tokens))):
            word = self.tokens[j].low
            form = self.form(j)
            if (
                word in HARD
                or word in self.lex.things
                or not word[0].isalpha()
                or (form and form[1].letter != "n")
            ):
                return None
            if (
                word.endswith("s")
                and not word.endswith(("ss", "us", "ings", "ions", "ments", "'s"))
                and len(word) > 4
            ):
                return Chunk("Q", i, j + 1, weak=True, number=number, head=word, noun=at)
        return None

    def people(self, i: int, at: int, number: Number | None = None, *, members: bool = False) -> Chunk | None:
        """The chunk of people whose noun phrase begins at token ``at``; ``i`` is where the chunk begins."""
        head = self.head(at, numbered=number is not None)
        if head is None:
            return None
        end, kind, is_plural, word = head
        if number is None and self.tokens[i].low in {"a", "an", "another"}:
            is_plural = False
        single = number is not None and number.low == number.high == 1
        if number is None and word in COUNTED and end + 1 < len(self.tokens) and self.tokens[end].low == "of":
            size = number_at(self.tokens, end + 1)
            if size and size.low:
                return Chunk("Q", i, size.end, number=size, head=word, noun=at, kind=kind)
        if number is None and word in PAIRS and at > i:
            return Chunk(
                "Q",
                i,
                end,
                number=Number(i, i + 1, PAIRS[word], PAIRS[word]),
                head=word,
                noun=at,
                kind=kind,
            )
        if number is None and not is_plural:
            return Chunk("1", i, end, head=word, noun=at, kind=kind)
        if number is None:
            return Chunk("P", i, end, head=word, noun=at, kind=kind)
        if not is_plural and not single and number.low != 1 and not self.ends(end):
            return None
        return Chunk("Q", i, end, number=number, head=word, noun=at, kind=kind, members=members)

    def head(self, at: int, *, numbered: bool) -> tuple[int, VictimsClass, bool, str] | None:
        """End, class, plurality and noun of the people that the noun phrase at ``at`` names, or None."""
        best: tuple[int, VictimsClass, bool, str] | None = None
        turn: VictimsClass | None = None
        j = at
        while j < len(self.tokens) and j < at + 12:
            word = self.tokens[j].low
            known = self.lex.people.get(word)
            form = self.form(j)
            skip = self.inside(j, best is None, numbered=numbered)
            if skip:
                if best is None and skip == AGE:
                    best = (j + skip, VictimsClass.UNKNOWN, self.tokens[j + 2].low.endswith("s"), "year-old")
                j += skip
                continue
            if (j > at or numbered) and (
                word in DETERMINERS
                or word in TIMES
                or (word in NUMBER_STARTS and word not in {"more", "some", "other"})
            ):
                break
            if known and word != "other" and not self.adjective(j) and not self.titular(j, known[1]):
                kind = turned(known[0], turn)
                best = (j + 1, kind, known[1], word)
                turn = VictimsClass.COMBATANT if known[0] is VictimsClass.COMBATANT else turn
                j += 1
                continue
            if best and best[2] and word != "'s":
                break
            if form and form[1].letter != "d" and not self.modifier(j, form[1]):
                break
            if (
                word in HARD
                or word[0].isdigit()
                or (word in {"'s", "'"} and best is None and not numbered and j == at)
            ):
                break
            if best and word == "'s":
                best = None  # "the soldier's house" is about the house
            turn = self.lex.turns.get(word, turn)
            j += 1
        if best is None and numbered:
            best = self.demonym(at, turn)
        return self.longer(best) if best else None

    def inside(self, j: int, headless: bool, *, numbered: bool) -> int:  # noqa: FBT001 (one state of a scan)
        """How many tokens may be jumped inside a noun phrase: an age, a bracketed short form, "and" between adjectives."""
        low = [t.low for t in self.tokens[j : j + 4]]
        if (
            low[0][0].isdigit()
            and low[1:2] == ["-"]
            and low[2:3]
            and low[2].startswith(("year", "month", "day", "week"))
        ):
            return AGE
        if low[0][0].isdigit() and low[1:2] and low[1] in {"year", "month"} and low[2:3] == ["old"]:
            return AGE
        if headless and low[0] == "(" and low[2:3] == [")"]:
            return len(low[:3])
        if (
            headless
            and numbered
            and low[0] == "and"
            and low[1:2]
            and low[1] not in DETERMINERS
            and not low[1][0].isdigit()
        ):
            return 0 if low[1] in NUMBER_STARTS or self.form(j + 1) else 1
        return 0

    def adjective(self, j: int) -> bool:
        """Whether a noun of people at ``j`` only colours the next one: "militant fighters", "Palestinian men"."""
        nxt = self.tokens[j + 1].low if j + 1 < len(self.tokens) else ""
        return nxt in self.lex.people and self.lex.people[self.tokens[j].low][1] is False

    def titular(self, j: int, is_plural: bool) -> bool:  # noqa: FBT001 (a property of the word)
        """Whether a capitalised singular noun is part of a name: "the Syrian Observatory", "the Islamic State group"."""
        if is_plural or not self.capital(j) or j + 1 >= len(self.tokens):
            return False
        nxt = self.tokens[j + 1]
        return (
            self.capital(j + 1)
            and nxt.low not in self.lex.people
            and nxt.low not in TIMES
            and self.tokens[j].low not in TITLES
        )

    def modifier(self, j: int, form: Form) -> bool:
        """Whether a word of the lexicon may stand inside a noun phrase: "20 wounded soldiers", "the al-Qaeda men"."""
        nxt = self.tokens[j + 1].low if j + 1 < len(self.tokens) else ""
        if form.letter in "VJ" and form.outcome:
            return nxt in self.lex.people or nxt.endswith(("men", "ers"))
        return form.letter == "r" or (form.letter == "n" and nxt != "")

    def demonym(self, at: int, turn: VictimsClass | None) -> tuple[int, VictimsClass, bool, str] | None:
        """A capitalised plural after a number: "six Canadians", "50 Shabaab fighters" when no noun is known."""
        j = at
        while j < len(self.tokens) and j < at + 4 and self.capital(j):
            j += 1
        if (
            j > at
            and not self.upper
            and self.tokens[j - 1].low.endswith(("s", "i", "ese", "sh"))
            and self.tokens[j - 1].low not in self.lex.things
        ):
            return j, turn or VictimsClass.UNKNOWN, True, self.tokens[j - 1].low
        return None

    def longer(self, best: tuple[int, VictimsClass, bool, str]) -> tuple[int, VictimsClass, bool, str]:
        """The phrase with what belongs to its noun: "members of the security forces", "men and women"."""
        end, kind, is_plural, word = best
        low = [t.low for t in self.tokens[end : end + 4]]
        if low[:1] == ["of"] and word in OF_GROUP:
            inner = self.head(
                end + 1 + (low[1:2] in (["the"], ["a"], ["an"], ["his"], ["their"])), numbered=False
            )
            if inner:
                return (
                    inner[0],
                    inner[1]
                    if kind is VictimsClass.UNKNOWN or word.startswith(("member", "leader"))
                    else kind,
                    is_plural,
                    word,
                )
            j = end + 1
            turn: VictimsClass | None = None
            while j < len(self.tokens) and (
                self.capital(j)
                or self.tokens[j].low in self.lex.turns
                or self.tokens[j].low in {"the", "a", "an", "this", "same", "group", "forces", "al"}
            ):
                turn = self.lex.turns.get(self.tokens[j].low, turn)
                j += 1
            if j > end + 1:
                return (
                    j,
                    turn
                    or (
                        VictimsClass.COMBATANT
                        if word.startswith("member") and kind is VictimsClass.COMBATANT
                        else kind
                    ),
                    is_plural,
                    word,
                )
        if low[:1] in (["and"], ["or"]) and len(low) > 1 and is_plural:
            other = self.lex.people.get(low[1])
            if other and other[1]:
                after = self.tokens[end + 2].low if end + 2 < len(self.tokens) else ""
                if after not in self.lex.people:
                    mixed = kind if other[0] is kind else VictimsClass.MIXED
                    return end + 2, mixed, True, word
        return best

    def things(self, at: int) -> int | None:
        """Where a phrase of counted things ends, or None."""
        j = at
        while j < len(self.tokens) and j < at + 5:
            word = self.tokens[j].low
            if word in self.lex.things:
                return j + 1
            form = self.form(j)
            if word in HARD or (j > at and word in DETERMINERS) or (form and form[1].letter != "d"):
                return None
            j += 1
        return None

    def nobody(self, i: int) -> Chunk | None:
        """As in "no one", "none", "no civilians", "nobody"."""
        word = self.tokens[i].low
        nxt = self.tokens[i + 1].low if i + 1 < len(self.tokens) else ""
        zero = Number(i, i + 1, 0, 0)
        if word in {"none", "nobody", "zero"}:
            return Chunk("Z", i, i + 1, number=zero, noun=i + 1)
        if word == "no" and nxt in {"one", "-one"}:
            return Chunk("Z", i, i + 2, number=zero, noun=i + 2)
        if word == "no":
            people = self.head(i + 1, numbered=True)
            if people:
                return Chunk("Z", i, people[0], number=zero, head=people[3], noun=i + 1, kind=people[1])
            return Chunk("Z", i, i + 1, number=zero, noun=i + 1)
        return None
