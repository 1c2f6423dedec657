"""Parties to a conflict: the canonical party that a phrase means in its text, or None where that is not certain.

Names, acronyms and role nouns are data (``rules/<lang>/parties.toml``); a desk adds rows of its own. What is
matched by spelling alone is the party's name; "the rebels" means a party only where the text names one party
that it can mean, and "soldiers" only where it names one army.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from tollbook.reading.lands import Lands, lands
from tollbook.reading.spelling import Spelling, spelled, whole
from tollbook.rules import table
from tollbook.text import Document, shade

# The same few phrases of a text are asked about again and again.
_shadow = lru_cache(maxsize=512)(shade)


class Party(NamedTuple):
    """A party: canonical name, kind (army, police, jihadist, rebels ...), side (state, non-state), country.

    An ``umbrella`` is often named for a link only, so it stands back when another party of its kind is named.
    """

    name: str
    kind: str
    side: str
    country: str
    umbrella: bool = False


class Mention(NamedTuple):
    """Characters ``start`` to ``end`` of a text that name a party by its canonical name."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Lexicon:
    """Every known party and its forms, compiled for one scan.

    Attributes:
        parties: by canonical name.
        adjectives: words before a role noun that mean a party only where the text names it.
        called: descriptions of a speaker ("kurdish-led alliance") that mean a party only where the text names it.
        rules: the phrase table, for role nouns and heads.
        states: the rows of all countries.
    """

    parties: Mapping[str, Party]
    adjectives: Mapping[str, tuple[str, ...]]
    called: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, Any]
    states: tuple[Mapping[str, Any], ...]
    forms: tuple[tuple[str, Spelling], ...] = field(repr=False)
    scanner: AhoCorasick = field(repr=False, compare=False)

    @cached_property
    def lands(self) -> Lands:
        """What finds the country that a text is about."""
        return lands(self.states, frozenset(w.lower() for w in self.rules["words"]))

    @cached_property
    def described(self) -> re.Pattern[str]:
        """An adjective that can mean a party, before a role noun; made once, for every group asks for it."""
        members = [*self.rules["roles"]["members"], "troops", "soldiers", "security forces", "fighters"]
        roles = "|".join(map(re.escape, sorted(members, key=len, reverse=True)))
        adjectives = "|".join(map(re.escape, sorted(self.adjectives, key=len, reverse=True)))
        return re.compile(rf"(?<![\w-])({adjectives}) (?:{roles})(?![\w-])")

    @cached_property
    def national(self) -> re.Pattern[str]:
        """The adjective of any state, followed by something."""
        adjectives = {a for state in self.rules["state"] for a in state["adjectives"]}
        return re.compile("(?:" + "|".join(map(re.escape, sorted(adjectives, key=len, reverse=True))) + ") ")

    @cached_property
    def endings(self) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """Last word of each role noun that may stand alone, to its meaning and all its words, in the table's order."""
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for meaning, nouns in self.rules["alone"].items():
            for noun in nouns:
                words = tuple(noun.split())
                found.setdefault(words[-1], []).append((meaning, words))
        return {last: tuple(rows) for last, rows in found.items()}

    def mentions(self, text: str, *, capitals: bool = False) -> tuple[Mention, ...]:
        """The parties that a text names, in text order; the longest form at a place wins.

        ``capitals`` says that the text is telex: acronyms that are English words then name nobody.
        """
        return self._remembered(text, capitals=capitals)

    @cached_property
    def _remembered(self) -> Callable[..., tuple[Mention, ...]]:
        # The same few phrases are looked at for every claim of a text.
        return lru_cache(maxsize=256)(self._mentions)

    def _mentions(self, text: str, *, capitals: bool) -> tuple[Mention, ...]:
        shadow = shade(text)
        found = []
        for index, start, end in self.scanner.find_matches_as_indexes(shadow, overlapping=True):
            spelling = self.forms[index][1]
            if not whole(shadow, start, end) or self._former(shadow, start):
                continue
            if spelled(text[start:end], spelling, capitals=capitals):
                found.append(Mention(start, end, spelling.name))
        return tuple(_longest(found))

    def _former(self, shadow: str, start: int) -> bool:
        word = _WORD_BEFORE.search(shadow, max(0, start - 16), start)
        return bool(word and word[1] in self.rules["former"])


@dataclass(frozen=True)
class Parties:
    """What a text says of parties: the context in which its phrases are read.

    Attributes:
        lexicon: the parties that can be known.
        mentions: where the text names one.
        capitals: whether the text is telex.
        text: what is asked for the country it is about.
    """

    lexicon: Lexicon
    mentions: tuple[Mention, ...] = ()
    capitals: bool = False
    text: str = field(default="", repr=False)

    @cached_property
    def land(self) -> Mapping[str, Any] | None:
        """The country that the text is about, if it is about one."""
        return self.lexicon.lands.of(self.text)

    @property
    def named(self) -> tuple[str, ...]:
        """The parties that the text names, each once, in text order."""
        return tuple(dict.fromkeys(m.name for m in self.mentions))

    def of_kind(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """The named parties of these kinds."""
        wanted = frozenset(kinds)
        found = [self.lexicon.parties[n] for n in self.named if self.lexicon.parties[n].kind in wanted]
        plain = [p for p in found if not p.umbrella]
        return tuple(p.name for p in plain or found)

    def called(self, description: str) -> Mention | None:
        """The fullest naming of the one party that a description means here ("the Kurdish-led alliance"), or None."""
        can = self.lexicon.called.get(description.lower(), ())
        found = [m for m in self.mentions if m.name in can and m.start >= 0]
        if len({m.name for m in found}) != 1:
            return None
        return max(found, key=lambda m: (m.end - m.start, -m.start))


_WORD_BEFORE = re.compile(r"(\w[\w-]*)\s+[#\"']?$")


def _longest(found: list[Mention]) -> Iterator[Mention]:
    """The mentions that no longer or earlier one covers."""
    last = -1
    for m in sorted(found, key=lambda m: (m.start, -m.end)):
        if m.start >= last:
            last = m.end
            yield m


def compiled(rules: Mapping[str, Any], extra: Mapping[str, Any] | None = None) -> Lexicon:
    """The lexicon of a phrase table and a desk's own ``state`` and ``party`` rows, which win over it."""
    tables = [extra, rules] if extra else [rules]
    parties: dict[str, Party] = {}
    adjectives: dict[str, list[str]] = {}
    called: dict[str, list[str]] = {}
    forms: dict[str, Spelling] = {}
    plain = frozenset(w.lower() for w in rules["words"])
    for rows in tables:
        for row in rows.get("party", ()):
            parties.setdefault(row["name"], _party(row))
            for adjective in row.get("adjectives", ()):
                adjectives.setdefault(adjective, []).append(row["name"])
            for description in row.get("called", ()):
                called.setdefault(description, []).append(row["name"])
            for form, spelling in _named(row, row["name"], plain):
                forms.setdefault(form, spelling)
        for row in rows.get("state", ()):
            for kind in ("army", "police", "security"):
                parties.setdefault(row[kind], Party(row[kind], kind, "state", row["country"]))
            for form, spelling in _roles(row, rules["roles"], plain):
                forms.setdefault(form, spelling)
    return Lexicon(
        parties=parties,
        adjectives={a: tuple(names) for a, names in adjectives.items()},
        called={c: tuple(names) for c, names in called.items()},
        rules=rules,
        states=tuple(row for rows in tables for row in rows.get("state", ())),
        forms=tuple(forms.items()),
        scanner=AhoCorasick(list(forms)),
    )


def _party(row: Mapping[str, Any]) -> Party:
    """The party of a row."""
    return Party(
        row["name"], row["kind"], row["side"], row.get("country", ""), umbrella=bool(row.get("umbrella"))
    )


def _named(row: Mapping[str, Any], name: str, plain: frozenset[str]) -> Iterator[tuple[str, Spelling]]:
    """The forms of a party's names and acronyms."""
    for form in row.get("names", ()):
        yield form, Spelling(name)
    for form in row.get("acronyms", ()):
        yield form.lower(), Spelling(name, form, form.lower() not in plain)


def _roles(
    row: Mapping[str, Any], roles: Mapping[str, list[str]], plain: frozenset[str]
) -> Iterator[tuple[str, Spelling]]:
    """The forms of a state's forces: names, acronyms, and every adjective before every role noun."""
    yield from _named(row, row["army"], plain)
    owners = [*row["adjectives"], f"{row['country'].lower()}'s"]
    for kind in ("army", "police", "security"):
        for owner in owners:
            # "US soldiers", never "joined us soldiers": an adjective that is a plain word keeps its capitals
            spelled = owner.upper() if owner in plain else ""
            for role in roles[kind]:
                yield f"{owner} {role}", Spelling(row[kind], spelled, telex=not spelled)


@cache
def lexicon(lang: str = "en") -> Lexicon:
    """The parties that come with the package."""
    return compiled(table(lang, "parties"))


def parties(document: Document, known: Lexicon | None = None) -> Parties:
    """The parties that a document names, body and headline: the context for ``party``."""
    known = known or lexicon()
    body = known.mentions(document.body, capitals=document.upper)
    title = known.mentions(document.title, capitals=document.title.isupper()) if document.title else ()
    # a headline is no part of the body, so what it names stands before every offset
    return Parties(known, (*(Mention(-1, -1, m.name) for m in title), *body), document.upper, document.body)


def party(words: str, context: Parties) -> str | None:
    """The canonical party of a group's phrase ("IS fighters", "the rebels"), or None where it is not certain."""
    known = context.lexicon
    capitals = context.capitals or (words.isupper() and len(words) > 8)
    phrase, named = _phrase(words, known, capitals=capitals)
    joint = next((m for m in _AND.finditer(phrase) if not _inside(m.start(), named)), None)
    if joint:
        # "Ruritanian troops and foreign fighters" are not the Ruritanian army's alone
        found = {party(part, context) for part in (phrase[: joint.start()], phrase[joint.end() :])}
        return found.pop() if len(found) == 1 else None
    if _head(phrase, known.rules, named) in _civilians(known) - _OFFICIALS:
        return None
    names = {m.name for m in named}
    if names:
        return names.pop() if len(names) == 1 else None
    return _by_adjective(phrase, context) or _by_country(phrase, context) or _alone(phrase, context)


_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_AND = re.compile(r"\s+(?:and|or|as well as)\s+")
_OFFICIALS = frozenset({"official", "officials", "engineer", "engineers", "citizen", "citizens"})
# People in a party's hands are not the party's; "IS detainees" may be either.
_HELD = frozenset(
    {"prisoner", "prisoners", "detainee", "detainees", "captive", "captives", "inmate", "inmates"}
)


def _civilians(known: Lexicon) -> frozenset[str]:
    return frozenset(known.rules["heads"]["civilian"]) | _HELD


def _phrase(words: str, known: Lexicon, *, capitals: bool) -> tuple[str, tuple[Mention, ...]]:
    """The phrase up to where it begins to speak of somebody else, and the parties named in that part."""
    words = words.strip()
    named = known.mentions(words, capitals=capitals)
    ends = frozenset(known.rules["around"]["ends"])
    for word in re.finditer(r"[\w'-]+|[,;(:\"]", _shadow(words)):
        stops = word.group() in ends or not word.group()[-1].isalnum()
        if word.start() and stops and not _inside(word.start(), named):
            return words[: word.start()].strip(), tuple(m for m in named if m.end <= word.start())
    return words, named


def _inside(offset: int, named: Iterable[Mention]) -> bool:
    """Whether a place stands within the name of a party."""
    return any(m.start <= offset < m.end for m in named)


def _head(phrase: str, rules: Mapping[str, Any], named: tuple[Mention, ...]) -> str:
    """The head noun of a phrase: before "of", or the last word; shells ("bodies of") are looked through."""
    shells = frozenset(rules["around"]["shells"])
    at = 0
    for joint in (*(m for m in _OF.finditer(_shadow(phrase)) if not _inside(m.start(), named)), None):
        end = joint.start() if joint else len(phrase)
        words = re.findall(r"[\w-]+", _shadow(phrase[at:end]))
        at = joint.end() if joint else end
        if words and words[-1] not in shells:
            return str(words[-1])
    return ""


def _by_adjective(phrase: str, context: Parties) -> str | None:
    """The one named party that an adjective before a role noun means ("Kurdish-led fighters")."""
    found = [m[1] for m in context.lexicon.described.finditer(_shadow(phrase))]
    if not found:
        return None
    named = [n for n in context.lexicon.adjectives[max(found, key=len)] if n in context.named]
    return named[0] if len(named) == 1 else None


def _by_country(phrase: str, context: Parties) -> str | None:
    """The one named party of a country that "Ruritanian rebels" can mean."""
    shadow = _shadow(phrase)
    rules = context.lexicon.rules
    if not context.lexicon.national.search(shadow):
        return None
    for state in rules["state"]:
        for adjective in state["adjectives"]:
            if f"{adjective} " not in shadow:
                continue
            for meaning, nouns in rules["alone"].items():
                forms = "|".join(map(re.escape, nouns))
                if meaning != "army" and re.search(rf"(?<![\w-]){re.escape(adjective)} (?:{forms})$", shadow):
                    named = context.of_kind(rules["means"][meaning])
                    named = tuple(n for n in named if context.lexicon.parties[n].country == state["country"])
                    return named[0] if len(named) == 1 else None
    return None


def _alone(phrase: str, context: Parties) -> str | None:
    """The one named party that a role noun standing alone can mean ("the jihadists")."""
    rules = context.lexicon.rules
    tokens = re.findall(r"[\w'-]+", _shadow(phrase))
    before = frozenset(rules["around"]["before"])
    for meaning, words in context.lexicon.endings.get(tokens[-1] if tokens else "", ()):
        if tuple(tokens[-len(words) :]) != words:
            continue
        rest = tokens[: -len(words)]
        if all(t in before or t[0].isdigit() for t in rest):
            named = context.of_kind(rules["means"][meaning])
            if meaning in _POLICED or (meaning == "army" and not named):
                return str(context.land[meaning]) if context.land else None
            return named[0] if len(named) == 1 else None
    return None


# Forces that every country has: the text must be about one, whatever forces it names.
_POLICED = frozenset({"police", "security"})


def combatant(words: str, known: Lexicon | None = None) -> bool | None:
    """Whether a group's phrase speaks of people who fight (True), who do not (False), or does not say (None)."""
    known = known or lexicon()
    heads = known.rules["heads"]
    phrase, named = _phrase(words, known, capitals=words.isupper())
    head = _head(phrase, known.rules, named)
    if head in heads["combatant"]:
        return True
    if head in heads["civilian"]:
        # "ISIS officials" may be either
        return None if named and head in _OFFICIALS else False
    if not named or head in _HELD:
        return None
    # "members of the SDF", "IS members", or the party's bare name
    counted = head in known.rules["around"]["shells"] or head in known.rules["roles"]["members"]
    return True if counted or named[-1].end == len(phrase) else None
