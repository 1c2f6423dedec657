"""Noun phrases of people: where one ends, which noun is its head, what class and number that noun gives."""

from __future__ import annotations

from functools import cache

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.closed import AGE, CAPTIVE, DETERMINERS, HARD, NAMES_TOO, OF_GROUP, TIMES, TITLES
from tollbook.reading.lexicon import Form, Lexicon, lexicon, turned
from tollbook.reading.numbers import starts
from tollbook.reading.telex import nameable
from tollbook.text import Document, Sentence

NUMBER_STARTS = starts()
# How many tokens a noun phrase is followed for, and what surely ends one before that.
REACH = 12
_STOPS = HARD - {"(", ")", "-", "/"}
_AGED = (["-"], ["year"], ["month"], ["year-old"], ["month-old"])
# What only people are called before a name: "eight suspected FLR".
_DOUBTED = frozenset({"suspected", "alleged", "presumed"})
_MEMBERS = frozenset({"member", "members"})
_NOBODY = (VictimsClass.UNKNOWN, False)
# Endings that make a person of a verb or a field.
_AGENT = ("er", "or", "ist", "ian", "eer", "-elect")


# Endings of nouns that a noun of people before them only colours.
_ABSTRACT = ("tion", "sion", "ment", "ance", "ence", "ship")
# Short titles, which belong to the name they stand before.
_ADDRESS = frozenset({"dr", "mr", "mrs", "ms", "msgr", "gen", "col", "fr", "sr"})


@cache
def _plain() -> dict[str, tuple[int, Form]]:
    """The words of the lexicon whose form no other word and no capital changes."""
    lex = lexicon()
    return {w: (1, f) for w, f in lex.forms.items() if w not in lex.phrases and w not in NAMES_TOO}


class Heads:
    """Finds the head of a noun phrase that names people; one object a sentence."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document = document
        self.body = document.body
        self.upper = document.upper
        self.tokens = document.tokens(sentence)
        self.lex: Lexicon = lexicon()
        self.low = [t.low for t in self.tokens]
        self.mortal = "death" in self.low
        known, plain = self.lex.known, _plain()
        self.forms = [
            plain.get(word) or self._form(i, word) if word in known else None
            for i, word in enumerate(self.low)
        ]
        self.near = self._near()

    def capital(self, j: int) -> bool:
        """Whether a token begins with a capital; in telex, whether it may be part of a name."""
        token = self.tokens[j]
        if self.upper:
            return nameable(token.low) or (token.low in _ADDRESS and self.low[j + 1 : j + 2] != ["."])
        if token.low == "i":
            return False
        first = token.start + 3 * (token.low[2:3] == "-")  # "al-Sadr" begins with its article
        return self.body[token.start].isupper() or self.body[first : first + 1].isupper()

    def form(self, i: int) -> tuple[int, Form] | None:
        """Length and form of the longest phrase or word of the lexicon at token ``i``."""
        return self.forms[i]

    def _form(self, i: int, word: str) -> tuple[int, Form] | None:
        if (
            word in NAMES_TOO
            and not self.upper
            and self.body[self.tokens[i].start : self.tokens[i].end].isupper()
        ):
            return None
        for words, form in self.lex.phrases.get(word, ()):
            if self.low[i : i + len(words)] == words:
                return len(words), form
        single = self.lex.forms.get(word)
        return (1, single) if single else None

    def _near(self) -> list[int]:
        """For each token the next one that may be the noun of a phrase begun there; far behind the end if none is."""
        low, people, none = self.low, self.lex.people, len(self.low) + REACH
        found, at = [none] * len(low), none
        for j in range(len(low) - 1, -1, -1):
            word = low[j]
            if word in people:
                at = j
            elif (word in _STOPS and not self.dotted(j)) or word[0].isdigit():
                if low[j + 1 : j + 2] in _AGED:
                    at = j
                elif not (j and low[j - 1] == "(" and low[j + 1 : j + 2] == [")"]):  # brackets may be jumped
                    at = none
            found[j] = at
        return found

    def ends(self, end: int) -> bool:
        """Whether a noun phrase may end here: "40 civilian killed" counts civilians, "40 civilian cars" does not."""
        form = self.form(end) if end < len(self.tokens) else None
        return (
            end >= len(self.tokens) or self.low[end] in HARD or (form is not None and form[1].letter != "n")
        )

    def head(self, at: int, *, numbered: bool) -> tuple[int, VictimsClass, bool, str] | None:
        """End, class, plurality and noun of the people that the noun phrase at ``at`` names, or None."""
        best: tuple[int, VictimsClass, bool, str] | None = None
        turn: VictimsClass | None = None
        end = min(len(self.low), at + REACH)
        j = at if at < end and self.near[at] < end else end
        while j < end:
            word = self.low[j]
            known = self.lex.people.get(word)
            form = self.form(j)
            skip = self.inside(j, best is None, numbered=numbered)
            if skip:
                if best is None and word[0].isdigit():
                    best = (j + skip, VictimsClass.UNKNOWN, self.low[j + skip - 1].endswith("s"), "year-old")
                j += skip
                continue
            if best and word in CAPTIVE:
                break
            if (j > at or numbered) and (
                word in DETERMINERS
                or word in TIMES
                or (word in NUMBER_STARTS and word not in {"more", "some", "other"})
            ):
                break
            if known and word != "other" and not self.adjective(j) and not self.titular(j, known[1]):
                kind = self.held(at, j, word, turned(known[0], turn))
                if best and best[0] == j and best[1] is VictimsClass.CIVILIAN and word in _MEMBERS:
                    kind = best[1]  # "staff members"
                best = (j + 1, kind, known[1], word)
                turn = VictimsClass.COMBATANT if known[0] is VictimsClass.COMBATANT else turn
                j += 1
                continue
            if best and best[2] and word != "'s":
                break
            if form and form[1].letter != "d" and not self.modifier(j, form[1], first=j == at):
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

    def held(self, at: int, j: int, word: str, kind: VictimsClass) -> VictimsClass:
        """The class of a noun at ``j`` where it is an office that an armed group gives: "the rebels' finance chief"."""
        if word not in self.lex.offices or kind is VictimsClass.COMBATANT:
            return kind
        before = self.low[max(0, at - 1) : j]
        armed = any(
            w in self.lex.arms or self.lex.people.get(w, _NOBODY)[0] is VictimsClass.COMBATANT for w in before
        )
        return VictimsClass.COMBATANT if armed else kind

    def inside(self, j: int, headless: bool, *, numbered: bool) -> int:  # noqa: FBT001 (one state of a scan)
        """How many tokens may be jumped inside a noun phrase: an age, a bracketed short form, "and" between adjectives."""
        word = self.low[j]
        if word[0].isalpha() and (word != "and" if headless else not numbered):
            return 0
        low = self.low[j : j + 4]
        if self.dotted(j):
            return 1
        if (
            low[0][0].isdigit()
            and low[1:2] == ["-"]
            and low[2:3]
            and low[2].startswith(("year", "month", "day", "week"))
        ):
            return AGE + (low[3:4] == ["old"])
        if low[0][0].isdigit() and low[1:2] and low[1] in {"year", "month"} and low[2:3] == ["old"]:
            return AGE
        if low[0][0].isdigit() and low[1:2] and low[1].startswith(("year-old", "month-old")):
            return 2
        if (
            low[0] == "("
            and low[2:3] == [")"]
            and (headless or (numbered and low[3:] and low[3] in self.lex.people))
        ):
            return len(low[:3])  # "two Norland Armed Forces (NAF) men"
        if not headless and numbered and self.capital(j) and low[0] not in self.lex.people:
            return self.onward(j)
        if (
            headless
            and low[0] in {"/", "-"}
            and j
            and self.capital(j - 1)
            and low[1:]
            and self.capital(j + 1)
        ):
            return 2  # "15 RVA/FLR militants"
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

    def dotted(self, j: int) -> bool:
        """Whether the token is the full stop of a short form: "two U.S. soldiers"."""
        return self.low[j] == "." and j > 0 and "." in self.low[j - 1]

    def onward(self, j: int) -> int:
        """How many tokens the rest of a name takes up to the people it is for: "ten Border Police Service (BPS) men"."""
        k = j + 1
        if self.low[k : k + 1] == ["("] and self.low[k + 2 : k + 3] == [")"]:
            k += 3
        return k - j if self.low[k : k + 1] and self.low[k] in self.lex.people else 0

    def adjective(self, j: int) -> bool:
        """Whether a noun of people at ``j`` only colours the next one: "militant fighters", "Palestinian men"."""
        nxt = self.low[j + 1] if j + 1 < len(self.tokens) else ""
        known = self.lex.people[self.low[j]][1] is False
        if not known and self.low[j] not in self.lex.turns:
            return False
        # "the official delegation", "a military bus"
        thing = nxt != "" and self.form(j + 1) is None and (nxt in self.lex.things or nxt.endswith(_ABSTRACT))
        colours = self.low[j] in self.lex.turns and nxt in self.lex.turns  # "military security officers"
        return thing or colours or (nxt in self.lex.people and nxt not in CAPTIVE)

    def coloured(self, j: int) -> bool:
        """Whether a small word before a name only colours it: "members of the outlawed Ruritanian Front"."""
        word = self.low[j]
        return (
            j + 1 < len(self.tokens)
            and word.endswith(("ed", "ing", "al", "ist", "ic", "ish"))
            and self.capital(j + 1)
            and self.form(j) is None
        )

    def titular(self, j: int, is_plural: bool) -> bool:  # noqa: FBT001 (a property of the word)
        """Whether a capitalised singular noun is part of a name: "the Syrian Observatory", "the Islamic State group"."""
        if is_plural or not self.capital(j) or j + 1 >= len(self.tokens):
            return False
        nxt = self.tokens[j + 1]
        return (
            self.capital(j + 1)
            and nxt.low not in self.lex.people
            and nxt.low not in TIMES
            and self.low[j] not in TITLES
        )

    def modifier(self, j: int, form: Form, *, first: bool) -> bool:
        """Whether a word of the lexicon may stand inside a noun phrase: "20 wounded soldiers", "the al-Qaeda men"."""
        nxt = self.low[j + 1] if j + 1 < len(self.tokens) else ""
        if self.low[j] == "murder":
            return nxt in self.lex.people  # "a murder suspect"
        if form.letter in "VJ" and form.outcome:
            if form.outcome is Outcome.KILLED and nxt in self.lex.people and not self.lex.people[nxt][1]:
                return False  # "a mine killed soldier Brezin"
            colours = first or self.colours(j)  # "the gang murdered villagers" is no noun phrase
            return colours and (nxt in self.lex.people or nxt.endswith(("men", "ers")))
        return form.letter == "r" or (form.letter == "n" and nxt != "")

    def colours(self, i: int) -> bool:
        """Whether a participle may stand before its noun: "the murdered mayor", "six badly wounded men", no "gang murdered men"."""
        low = self.tokens[i - 1].low
        return low in DETERMINERS or low in {"'s", "other", "more", "and"} or low.endswith(("ly", "most"))

    def demonym(self, at: int, turn: VictimsClass | None) -> tuple[int, VictimsClass, bool, str] | None:
        """A capitalised plural after a number: "six Canadians", "50 Shabaab fighters" when no noun is known."""
        doubted = self.low[at] in _DOUBTED if at < len(self.tokens) else False
        first = j = at + doubted
        while j < len(self.tokens) and j < first + 4 and self.capital(j):
            form = self.form(j)
            if form and form[1].letter not in "nd":
                break  # "2 Killed In South Velden"
            j += 1
        if (
            j > first
            and not self.upper
            and (doubted or self.low[j - 1].endswith(("s", "i", "ese", "sh")))
            and self.low[j - 1] not in self.lex.things
        ):
            return j, turn or VictimsClass.UNKNOWN, True, self.low[j - 1]
        return None

    def agent(self, at: int) -> int | None:
        """Where a noun phrase ends whose noun no list knows but its ending makes a person: "a telephone operator"."""
        j = at
        while (
            j < min(at + 5, len(self.tokens))
            and self.low[j] not in HARD
            and self.low[j][0].isalpha()
            and self.form(j) is None
            and self.low[j] not in TIMES
        ):
            j += 1
        word = self.low[j - 1]
        if j == at + 1 and self.capital(at) and not self.upper:
            return j if word not in self.lex.things else None  # "a Dalit"
        made = j > at and len(word) > 5 and word.endswith(_AGENT) and word not in self.lex.things
        return j if made and word not in self.lex.chance else None

    def longer(self, best: tuple[int, VictimsClass, bool, str]) -> tuple[int, VictimsClass, bool, str]:
        """The phrase with what belongs to its noun: "members of the security forces", "men and women"."""
        end, kind, is_plural, word = best
        low = self.low[end : end + 4]
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
                or self.coloured(j)
                or self.low[j] in self.lex.turns
                or self.low[j] in {"the", "a", "an", "this", "same", "group", "forces", "al"}
            ):
                turn = self.lex.turns.get(self.low[j], turn)
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
                after = self.low[end + 2] if end + 2 < len(self.tokens) else ""
                if after not in self.lex.people:
                    mixed = kind if other[0] is kind else VictimsClass.MIXED
                    return end + 2, mixed, True, word
        return best
