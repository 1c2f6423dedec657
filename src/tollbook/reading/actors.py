"""Actors: who is said to have done it, as written: "by rebels", "Gunmen killed", "an Israeli air strike"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tollbook.codes import VictimsClass
from tollbook.reading.drafts import Draft
from tollbook.reading.lexicon import lexicon
from tollbook.reading.parties import lexicon as known
from tollbook.rules import table
from tollbook.text import Document

# Longest phrase of an actor in words, and how far before the verb its subject is looked for in characters.
LONGEST = 7
REACH = 140

_ACTIVE = frozenset({"active", "active-far", "gerund", "headline", "left", "lives"})


@cache
def _agents() -> frozenset[str]:
    """Nouns of those who act: fighters and what the table adds."""
    fighters = {w for w, (kind, _) in lexicon().people.items() if kind is VictimsClass.COMBATANT}
    return frozenset(fighters | set(table("en", "actors")["agents"].split()))


@cache
def _sides() -> frozenset[str]:
    """Words that say whose a strike is: adjectives of states and names of sides."""
    rows = table("en", "parties")["state"]
    states = {a for row in rows for a in row["adjectives"] if a != row["country"].lower()}
    return frozenset(states | set(table("en", "actors")["sides"].split()))


@cache
def _by() -> re.Pattern[str]:
    rules = table("en", "actors")
    ends = "|".join(map(re.escape, rules["ends"].split()))
    word = rf"(?!(?:{ends})\b)[\w'()&.-]*[\w)]"
    not_by = "|".join(rules["events"].split())
    return re.compile(
        rf"(?:\b(?P<told>{rules['told']})\s+)?\bby (?!(?:{not_by})\b)(?P<who>{word}(?: {word}){{0,{LONGEST - 1}}})"
    )


@cache
def _deed() -> re.Pattern[str]:
    sides = "|".join(sorted(map(re.escape, _sides()), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<who>(?:{sides})(?: (?:government|army|military|regime|forces))?)"
        rf"(?: [\w-]+){{0,2}}? (?:{table('en', 'actors')['deeds']})\b"
    )


@cache
def _when() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:when|as|after) (?P<who>[\w'()&.-]+(?: [\w'()&.-]+){{0,{LONGEST - 1}}}?) (?:{table('en', 'actors')['acts']})\b"
    )


_SUBJECT = re.compile(
    r"(?:^|[,;:\"]|\b(?:that|when|as|and|said|while|where|after|before)\b)\s*(?P<who>[^,;:\"]+?)\s*"
    r"(?:\b(?:have|has|had|also|reportedly|then|later|allegedly)\s+)*$"
)
# Events and things as a subject, which tell who did it only with "by" or "of" whom.
_EVENT = re.compile(
    r"(?:an? |the )?(?:[\w-]+ )?(?:blasts?|bombs?|explosions?|mines?|landmines?|devices?|grenades?|clash(?:es)?|fighting|convoy|shootout)\b(?!.* by )"
)
_SAID = re.compile(r" (?:said|says|told|reported|confirmed|announced|added|stated)\b")
# Where the clause of a subject begins, if more stands before it: "while the militia (killed)".
_CLAUSE = re.compile(r"(?i)\b(?:that|when|while|said|says|where|after|before|because)\s+")
_RELATIVE = re.compile(r"\b(?:that|which|who)\s*$")


def actors(document: Document, drafts: Sequence[Draft]) -> None:
    """Sets ``actor`` of each draft in place; who did the whole did its shares."""
    for at, d in enumerate(drafts):
        last = drafts[at - 1] if at and drafts[at - 1].sentence.index == d.sentence.index else None
        if last and last.actor and d.rule in _ACTIVE and last.rule in _ACTIVE and last.end < d.trigger[0]:
            # "gunmen killed a priest and wounded three men": the second verb has the subject of the first
            d.actor = last.actor
            continue
        found = (
            _before(document, d)
            or _after(document, d)
            or _near(document, d, _when())
            or _near(document, d, _deed())
        )
        d.actor = " ".join(found.split()) if found else None
    for at, d in enumerate(drafts):
        if d.actor is None and d.part_of is not None:
            d.actor = d.part_of.actor
        elif d.actor is None and at and drafts[at - 1].sentence.index == d.sentence.index:
            d.actor = drafts[at - 1].actor if d.letter == "N" else None
    _told(document, drafts)


def _told(document: Document, drafts: Sequence[Draft]) -> None:
    """Gives "killed in the raid" the one actor of a text that names no other."""
    named = [d.actor for d in drafts if d.actor]
    if len({_plain(actor) for actor in named}) != 1:
        return
    for d in drafts:
        own = d.victims is None or _plain(named[0]) not in d.victims.lower()
        if d.actor is None and own and _event().search(document.shadow, d.sentence.start, d.sentence.end):
            d.actor = named[0]


def _plain(actor: str) -> str:
    """An actor in small letters, without article."""
    return re.sub(r"^(?:the|a|an) ", "", actor.lower())


@cache
def _event() -> re.Pattern[str]:
    """What points back to a deed that was told before: "the raid", "a second attack"."""
    return re.compile(
        r"\b(?:the|this|that|same|another|second|separate|in an?|by an?) (?:[\w-]+ ){0,2}?"
        rf"(?:{table('en', 'actors')['deeds']}|massacre|ambush)\b"
    )


def _acts(words: str) -> bool:
    """Whether a phrase names somebody who can do it."""
    low = re.findall(r"[\w-]+", words.lower())
    if not low or low[0].endswith("ing"):
        return False
    if any(w in _agents() for w in low):
        return True
    return bool(known().mentions(words, capitals=words.isupper()))


def _after(document: Document, d: Draft) -> str | None:
    """The phrase behind "by" after the verb."""
    for found in _by().finditer(document.shadow, max(d.trigger[1], d.group[0]), d.sentence.end):
        who = document.body[found.start("who") : found.end("who")]
        if found["told"] is None and _acts(who):
            return who
    return None


def _before(document: Document, d: Draft) -> str | None:
    """The subject of an active verb, where it can act."""
    if d.rule not in _ACTIVE or d.trigger[0] > d.group[0]:
        return None
    start = max(d.sentence.start, d.trigger[0] - REACH)
    text = document.shadow[start : d.trigger[0]]
    if _RELATIVE.search(text):
        return None
    found = _SUBJECT.search(text)
    who = document.body[start + found.start("who") : start + found.end("who")] if found else ""
    who = _CLAUSE.split(who)[-1]
    if _EVENT.match(who.lower()):
        return None  # "a blast beside a convoy of peacekeepers killed two"
    if who and len(who.split()) <= LONGEST and _acts(who):
        return who
    return _last(document, d) or (
        _opening(document, d) if d.rule == "gerund" or _joined(document, d) else None
    )


def _joined(document: Document, d: Draft) -> bool:
    """Whether the verb is joined to one before it: "a bomber blew himself up and killed three"."""
    return document.shadow[d.sentence.start : d.trigger[0]].rstrip().endswith(" and")


def _last(document: Document, d: Draft) -> str | None:
    """The actor right before the verb, where much stands before it: "In a statement the army said rebels killed two"."""
    start = max(d.sentence.start, d.trigger[0] - REACH)
    found = list(_WORD.finditer(document.shadow, start, d.trigger[0]))
    while found and found[-1][0] in _AUXILIARY:
        found.pop()
    if not found or document.shadow[found[-1].end() : found[-1].end() + 1] not in {" ", ""}:
        return None
    words: list[re.Match[str]] = []
    for word in reversed(found[-5:]):
        if word[0] in _CLOSED and word[0] not in _BEGINS:
            return None  # "a convoy of peacekeepers killed": they are not who did it
        if word[0] in _BEGINS or (words and document.shadow[word.end() : words[0].start()] != " "):
            break
        words.insert(0, word)
    if not words:
        return None
    who = document.body[words[0].start() : words[-1].end()]
    return who if words[-1][0] in _agents() or known().mentions(who, capitals=who.isupper()) else None


_WORD = re.compile(r"[\w'()&.-]+")
_AUXILIARY = frozenset("have has had also reportedly then later allegedly deliberately already again".split())
_BEGINS = frozenset("that when while as said says where after before but which".split())
_CLOSED = frozenset(
    "in on at near during after before who which that when while as from with outside inside for to said says by of and or but where "
    "was were is are be been being has have had it he she they its their his her not the a an this these those since until about "
    "over under killed wounded injured".split()
)


def _opening(document: Document, d: Draft) -> str | None:
    """The subject of the sentence that a gerund ends: "Rebels stormed the mill, killing ten"."""
    for found in re.finditer(r"[\w'()&.-]+", document.shadow[d.sentence.start : d.trigger[0]]):
        if found.start() > REACH // 2:
            return None
        if found[0] in _agents():
            who = document.body[d.sentence.start : d.sentence.start + found.end()]
            if _SAID.search(document.shadow, d.sentence.start + found.end(), d.trigger[0]):
                return None  # "Police said the blast killed two and wounded one": they only say so
            return who if len(who.split()) <= LONGEST and "," not in who else None
    return None


def _near(document: Document, d: Draft, pattern: re.Pattern[str]) -> str | None:
    """The actor that the sentence names nearest to the claim in one of these forms, unless it is the victims."""
    best: tuple[int, str] | None = None
    for found in pattern.finditer(document.shadow, d.sentence.start, d.sentence.end):
        first, last = found.span("who")
        if first < d.group[1] and last > d.group[0]:
            continue
        who = document.body[first:last]
        if pattern is _when() and not _acts(who):
            continue
        gap = max(found.start() - d.end, d.start - found.end())
        if best is None or gap < best[0]:
            best = (gap, who)
    return best[1] if best else None
