"""Groups: the noun phrases that name people, with or without a number, and their parts."""

from __future__ import annotations

from typing import NamedTuple

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.closed import COUNTED, DEFINITE, DETERMINERS, HARD, PAIRS, TIMES
from tollbook.reading.heads import Heads
from tollbook.reading.numbers import Number, number_at


class Chunk(NamedTuple):
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
        name: token where the name begins behind one person's noun ("policeman Ali Hassan"), -1 where there is none.
        members: "of them", "of the victims": the number is a share of a group named before.
        state: for people with a number what an adjective says befell them ("61 wounded bystanders").
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
    state: Outcome | None = None
    name: int = -1


# "One in ten" is a ratio; "five in 2004" is none.
LAST_RATIO = 10


class Groups(Heads):
    """Finds the people that a noun phrase names; one object a sentence."""

    def counted(self, i: int) -> Chunk | None:
        """People, things or nothing with a number in front."""
        number = number_at(self.tokens, i)
        if number is None or number.end == i:
            return None
        at = number.end
        if at < len(self.tokens) and self.low[at] == "of":
            return self.share(i, number)
        if number.low is not None and number.low < LAST_RATIO and (end := self.ratio(at)):
            return Chunk("n", i, end)
        people = self.people(i, at, number) or self.quoted(i, at, number)
        if people:
            return people
        things = self.things(at)
        if things or self.low[at : at + 1] in (["$"], ["%"]):
            return Chunk("X", i, things or at + 1, number=number)
        if self.serial(i, at, number):
            return None
        # a bare number before an unlisted noun may count anything: good with strong outcome words only
        nxt = self.low[at] if at < len(self.tokens) else "."
        unsure = (
            nxt[0].isalpha()
            and self.form(at) is None
            and not self.capital(at)
            and not nxt.endswith(("ed", "ing", "ly"))
        )
        return self.open(i, at, number) or Chunk("N", i, at, weak=unsure, number=number, noun=at)

    def quoted(self, i: int, at: int, number: Number) -> Chunk | None:
        """People whom the text calls so in somebody's words: 'killed 12 "terrorists"'."""
        if at + 1 >= len(self.tokens) or self.low[at] not in {'"', "'"}:
            return None
        return self.people(i, at + 1, number)

    def serial(self, i: int, at: int, number: Number) -> bool:
        """Whether a bare number in digits is a year or belongs to a name: "in 2023 or", "Interstate 84"."""
        word = self.low[i]
        if at != i + 1 or not word.isdigit() or number.low is None:
            return False
        named = (
            i > 0
            and self.capital(i - 1)
            and self.low[i - 1] != "total"
            and self.low[i - 1] not in TIMES
            and self.form(i - 1) is None
        )
        return (1900 <= number.low < 2100) or (
            named and not (at < len(self.tokens) and self.low[at] in {"killed", "dead", "wounded", "injured"})
        )

    def both(self, i: int) -> Chunk | None:
        """As in "both his passengers", "both brothers"."""
        at = i + 1
        while at < len(self.tokens) and self.low[at] in DETERMINERS:
            at += 1
        head = self.head(at, numbered=True) if at < len(self.tokens) else None
        if head is None or not head[2] or self.low[head[0] : head[0] + 1] == ["and"]:
            return None
        return Chunk("Q", i, head[0], number=Number(i, i + 1, 2, 2), head=head[3], noun=at, kind=head[1])

    def ratio(self, at: int) -> int | None:
        """Where "one in four", "two out of three" ends, whose first number ends at token ``at``."""
        second = at + 1 + (self.low[at : at + 2] == ["out", "of"])
        if at + 1 >= len(self.tokens) or self.low[at] not in {"in", "out"} or second >= len(self.tokens):
            return None
        whole = number_at(self.tokens, second)
        small = (
            whole is not None
            and whole.low is not None
            and whole.low <= LAST_RATIO
            and whole.end == second + 1
        )
        return second + 1 if small and whole else None

    def share(self, i: int, number: Number) -> Chunk:
        """As in "three of them", "dozens of people", "two of the wounded soldiers"."""
        at = number.end + 1
        while at < len(self.tokens) and self.low[at] in DEFINITE:
            if self.low[at] in {"them", "whom", "which"}:
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

    def open(self, i: int, at: int, number: Number) -> Chunk | None:
        """A number with a plural that no list knows ("three lieutenantists"); good for the strongest frames only."""
        for j in range(at, min(at + 3, len(self.tokens))):
            word = self.low[j]
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
        if number is None and self.low[i] in {"a", "an", "another"}:
            is_plural = False
        single = number is not None and number.low == number.high == 1
        if number is None and word in COUNTED and end + 1 < len(self.tokens) and self.low[end] == "of":
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
        state = None if single or number.low == 1 else self.state(at, end)
        return Chunk("Q", i, end, number=number, head=word, noun=at, kind=kind, members=members, state=state)

    def state(self, at: int, end: int) -> Outcome | None:
        """What an adjective inside a noun phrase says befell its people."""
        for j in range(at, end - 1):
            form = self.lex.forms.get(self.low[j])
            if form and form.letter in "VJ" and form.outcome:
                return form.outcome
        return None

    def things(self, at: int) -> int | None:
        """Where a phrase of counted things ends, or None."""
        j = at
        while j < len(self.tokens) and j < at + 5:
            word = self.low[j]
            form = self.form(j)
            if word in self.lex.things and word != "shot":
                return j + 1
            if word in HARD or (j > at and word in DETERMINERS) or (form and form[1].letter != "d"):
                return None
            j += 1
        return None

    def nobody(self, i: int) -> Chunk | None:
        """As in "no one", "none", "no civilians", "nobody"."""
        word = self.low[i]
        nxt = self.low[i + 1] if i + 1 < len(self.tokens) else ""
        zero = Number(i, i + 1, 0, 0)
        if word in {"none", "nobody", "zero"}:
            return Chunk("Z", i, i + 1, number=zero, noun=i + 1)
        if word == "no" and nxt in {"one", "-one"}:
            return Chunk("Z", i, i + 2, number=zero, noun=i + 2)
        if word == "no":
            people = self.head(i + 1, numbered=True)
            if people:
                return Chunk("Z", i, people[0], number=zero, head=people[3], noun=i + 1, kind=people[1])
            return Chunk("Z", i, i + 1, weak=True, number=zero, noun=i + 1)
        return None
