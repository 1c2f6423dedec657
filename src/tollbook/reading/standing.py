"""Standing: what a text says of people beside their words: "20 people, mostly rebels", "Ali Hassan, a commander"."""

from __future__ import annotations

import re
from collections.abc import Callable

from tollbook.codes import VictimsClass
from tollbook.reading.drafts import Draft
from tollbook.reading.lexicon import lexicon, turned
from tollbook.text import Document

CIVILIAN, COMBATANT, MIXED = VictimsClass.CIVILIAN, VictimsClass.COMBATANT, VictimsClass.MIXED

# What is said of all or of most of those counted, right behind them.
_APPOSED = re.compile(
    r"[\w ]{0,12}?(?:,|--?| \(|\s)\s*(?:(?P<all>all(?: of (?:them|whom))?|both(?: of (?:them|whom))?)|"
    r"mostly|mainly|largely|predominantly|chiefly|primarily|(?:the )?majority of (?:them|whom)|the majority|many|most(?: of (?:them|whom))?|"
    r"(?:almost|nearly) all(?: of (?:them|whom))?|(?:about |almost |nearly |at least |more than |over )?(?:a |one )?(?:half|third) of (?:them|whom)|"
    r"many of (?:them|whom))(?: (?:were|are|being))? (?:from the |from |the )?(?P<who>[\w'-]+(?: [\w'-]+){0,3})"
)
# Who is told apart by this word stands beside others who fight; "most of them villagers" leaves nobody who does.
TOLD_APART = frozenset(("civilian", "civilians", "non-combatants", "noncombatants"))
# How far behind the group that stands, in characters.
_FAR = 90


def apposed(document: Document, d: Draft) -> VictimsClass | None:
    """The class that an apposition gives a figure: "20 people, mostly rebels", "30 people, all of them civilians"."""
    for end in (d.group[1], d.end):
        found = _APPOSED.match(document.shadow, end, min(end + _FAR, d.sentence.end))
        if found is None:
            continue
        kind, noun = _noun(found["who"].split())
        if kind is None:
            continue
        if found["all"] or (kind is CIVILIAN and noun not in TOLD_APART):
            return kind
        return MIXED
    return None


def _noun(words: list[str]) -> tuple[VictimsClass | None, str]:
    """The class of the first noun of people among words, with what stands before it; and the noun."""
    lex = lexicon()
    turn: VictimsClass | None = None
    for n, word in enumerate(words):
        known = lex.people.get(word)
        following = words[n + 1] if n + 1 < len(words) else ""
        if known and not (following in lex.people and lex.people[following][1]):
            kind = turned(known[0], turn)
            if word in lex.offices and any(w in lex.arms for w in words[:n]):
                kind = COMBATANT
            return (None if kind is VictimsClass.UNKNOWN else kind), word
        if known and known[0] is COMBATANT:
            turn = COMBATANT
        turn = lex.turns.get(word, turn)
    return None, ""


# A list without numbers behind a figure: "including soldiers, rebels and civilians".
_LISTED = re.compile(
    r"[^.;]{0,60}?(?:,|-| \() ?(?:including|among them|among whom(?: were)?|both) (?P<who>[^.;()\d]{4,80})"
)


def listed(document: Document, d: Draft) -> VictimsClass | None:
    """Mixed, where a list without numbers names people of both kinds among those counted."""
    found = _LISTED.match(document.shadow, d.group[1], min(d.group[1] + 150, d.sentence.end))
    if found is None:
        return None
    kinds = {_noun(part.split())[0] for part in re.split(r",| and | or |/", found["who"])} - {None}
    return MIXED if {CIVILIAN, COMBATANT} <= kinds else None


# A name told with who it is: behind it, after a comma or a verb; or before it, as an office or a rank.
_BEHIND = re.compile(
    r"(?:,? (?:\(?\d{1,2}\)?|aged \d{1,2})(?: years old)?)?(?:,| -| \(| was| is|,? who (?:was|is)|, (?:also )?known as [\w\" -]{2,30},)"
    r" (?:also )?(?:a|an|the|one of (?:the|its|their)) (?P<who>(?:[\w'.-]+ ?){1,8})"
)
_BEFORE = re.compile(r"(?P<who>(?:[\w'.-]+,? ){1,4})$")
_RANKS = frozenset(
    "gen col lt maj capt sgt cpl brig adm pfc pvt commander general colonel major captain lieutenant sergeant corporal private".split()
)
_CALLINGS = frozenset(
    "dr mayor father sister judge sen rep gov senator congressman msgr monsignor archbishop bishop reverend rev priest professor prof doctor engineer mr mrs ms".split()
)


def named(document: Document, d: Draft, armed: Callable[[str], bool]) -> VictimsClass | None:
    """The class of one person by name, from what the text calls the person anywhere."""
    name = " ".join((d.victims or "").split())
    last = name.rsplit(" ", 1)[-1].lower()
    if len(last) < 3:
        return None
    shadow = document.shadow
    at = shadow.find(last)
    told = 0
    while at >= 0 and told < 8:
        end = at + len(last)
        if not shadow[at - 1 : at].isalnum() and not shadow[end : end + 1].isalnum():
            told += 1
            kind = _called(document, at, end, armed)
            if kind:
                return kind
        at = shadow.find(last, end)
    return None


def _called(document: Document, at: int, end: int, armed: Callable[[str], bool]) -> VictimsClass | None:
    """The class that one mention of a name gives, behind or before it."""
    behind = _BEHIND.match(document.shadow, end)
    if behind:
        words = behind["who"].split()
        kind, _ = _noun(words)
        if kind is not COMBATANT and armed(document.body[behind.start("who") : behind.end("who")]):
            kind = COMBATANT if kind is None else kind
        if kind:
            return kind
    start = at
    while start and document.body[start - 1] in " -'’" and start > at - 40:
        # over the other words of the name
        word = re.search(r"[\w'’.-]+\s$", document.body[max(0, start - 20) : start])
        if (
            word is None
            or not word[0][0].isupper()
            or word[0].strip().lower().strip(".") in _RANKS | _CALLINGS
        ):
            break
        start -= len(word[0])
    before = _BEFORE.search(document.shadow, max(0, start - 40), start)
    if before is None:
        return None
    words = [w.strip(".,") for w in before["who"].split()]
    if words and words[-1] in _RANKS:
        return COMBATANT
    if words and words[-1] in _CALLINGS:
        return CIVILIAN
    known = lexicon().people.get(words[-1]) if words else None
    if known is None or known[1]:
        return None
    kind, _ = _noun(words)
    return kind
