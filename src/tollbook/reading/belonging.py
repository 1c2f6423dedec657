"""Whose people the victims of a claim are, where their own noun does not say: by what stands around it.

"Nine fighters of the Front", "nine of their men", "the Front lost nine people", "nine guards" among the Front's dead.
Anything short of certain is None: a claim without a party stands in no party's toll, a wrong one in the wrong toll.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tollbook.codes import Outcome, VictimsClass
from tollbook.reading.drafts import Draft
from tollbook.reading.parties import Parties, combatant, party
from tollbook.reading.voices import Voice
from tollbook.text import Document

# Where the noun phrase of a group surely ends: signs, and verbs that go on with the sentence.
_STOP = re.compile(
    r"[.;:()\[\]\"\u201c\u201d]|,| -|\s(?:was|were|is|are|has|have|had|will|would|who|that|which|been|being|did|also|"
    r"surrendered|died|killed|wounded|injured|escaped|fled|gave|lost|said|against|during|since|after|when|while|on|at|"
    r"between|as of|inside)\b"
)
_AND = re.compile(r"\s+(?:and|as well as|or)\s+")
_OF = re.compile(r"\s+(?:of|from)\s+")
# A conjunct that begins so counts other people.
_OTHERS = re.compile(
    r"(?:\d|a |an |at least|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds|"
    r"several|some|many|another|others?)\b"
)
# Forces that somebody has beside his own; whose they are is said by the party they stand with.
_ALLIED = re.compile(
    r"(?:(?:the|its|their|other)\s+)?(?:(?:allied|affiliated|internal|local|own|prison|auxiliary|associated)\s+){0,2}"
    r"(?:security\s+)?(?:forces?|units?|services?|police|guards?|staff|workers?|personnel|allies|members|fighters)(?:\s+allied with it)?"
)
_GROUP = re.compile(
    r"(?:[\w'-]+ )*?(?:of|from) (?:the|this|that) (?:[\w-]+-linked )?(?:group|organi[sz]ation|network)$"
)
_BODY = re.compile(r"(?:of|from) the (?:militia|alliance|group|force|movement|army|coalition)$")
_NAMED = re.compile(r",\s+(?:the\s+)?$")
_OWN = re.compile(
    r"\b(?:of|among|in|on|to)\s+(its|their|our)\s+(?:own\s+)?"
    r"(?:side|ranks?|fighters|soldiers|members|men|troops|forces|comrades|combatants|guards|police|officers|personnel)\b"
)
_LOST = frozenset({"lost", "lose", "loses", "losing", "suffered", "sustained"})
_BETWEEN = re.compile(r"(?:\s*\([^()]*\)?)?\s*\)?(?:\s*(?:has|have|had|also))*\s*")
_HELD = re.compile(r"\b(?:prisoner|detainee|captive|inmate)s?$")
# Nouns that say nothing of whose people they are, whatever class the text as a whole gives them.
_PLAIN = frozenset({"people", "men", "persons", "dead"})
# How far behind the group a phrase that says whose it is may stand.
_FAR = 90


@dataclass(slots=True)
class Told:
    """What is known of a draft's surroundings: the parties of its text, who says it, whose the whole is."""

    document: Document
    context: Parties
    said: Voice | None
    whole: str | None = None
    before: str | None = None
    same: str | None = None


def belongs(d: Draft, told: Told) -> str | None:
    """The party of a draft's victims; None where they have none or it is not certain.

    ``told.whole`` is the party of the figure it is a share of, ``told.before`` that of the group whose noun it takes over,
    ``told.same`` that of the same figure told before.
    """
    found = party(d.victims, told.context) if d.victims else None
    plain = d.victims is None or d.victims.lower() in _PLAIN
    if found or (d.kind is VictimsClass.CIVILIAN and not plain):
        return found
    at = _behind(d, told.document)
    if d.victims and at < 0:
        return told.before  # "20 fighters gave up and five more were killed"
    return (
        _captive(d, told.context)
        or _genitive(d, told, at)
        or _own(d, told)
        or _lost(d, told)
        or (told.same if again(d, told.document) else None)
        or (told.whole if d.part_of is not None and _fights(d) else None)
    )


def _behind(d: Draft, document: Document) -> int:
    """The character behind the victims' noun; -1 where it is taken over from another group."""
    ends = (
        end
        for start, end in (d.group, (d.start, d.end))
        if document.body[start:end].endswith(d.victims or "")
    )
    return next(ends, -1)


def _fights(d: Draft) -> bool:
    return d.kind is VictimsClass.COMBATANT or bool(d.victims and combatant(d.victims))


def _counted(d: Draft, context: Parties) -> bool:
    """Whether the noun counts people of some side ("members of"), or those who fight."""
    head = _OF.split(d.victims or "")[0].lower().rsplit(" ", 1)[-1]
    return _fights(d) or head in context.lexicon.rules["roles"]["members"]


def again(d: Draft, document: Document) -> bool:
    """Whether the words point back to a figure told before: "the 121 dead"."""
    return d.low is not None and document.shadow.startswith("the ", d.group[0])


def _captive(d: Draft, context: Parties) -> str | None:
    """The party of inmates who surrender: nobody gives himself up to those who hold him for the other side."""
    if d.outcome is not Outcome.SURRENDERED or not d.victims or not _HELD.search(d.victims.lower()):
        return None
    return party(_HELD.sub("members", d.victims.lower()), context) or party(
        _HELD.sub("members", d.victims), context
    )


def _genitive(d: Draft, told: Told, at: int) -> str | None:
    """The party behind "of": "45 fighters of the Front and allied security forces", "members of the group"."""
    if not d.victims:
        return None
    bare = d.victims.lower() in {"the", "its", "their"}
    if not bare and not _counted(d, told.context):
        return None
    body, context = told.document.body, told.context
    start = at - len(d.victims)
    stop = _STOP.search(body, at, start + _FAR)
    end = stop.start() if stop else min(start + _FAR, told.document.sentence_at(start).end)
    phrase = " ".join(body[start:end].split())
    if not bare and not _OF.search(phrase):
        return None
    first, *rest = _AND.split(phrase)
    if any(not _OTHERS.match(part.lower()) and not _same(part, context) for part in rest[:1]):
        return None
    return (
        party(first, context)
        or (_group(context) if _GROUP.search(first.lower()) else None)
        or (_apposed(told, end) if _BODY.search(first.lower()) else None)
    )


def _same(part: str, context: Parties) -> bool:
    """Whether a conjunct names forces that go with a party, and no party of their own."""
    return not context.lexicon.mentions(part) and bool(_ALLIED.fullmatch(part.lower()))


def _group(context: Parties) -> str | None:
    """Whom "the group" means: the one party of the text that is no state's and that nobody calls otherwise."""
    known = context.lexicon
    otherwise = {name for names in known.called.values() for name in names}
    found = [n for n in context.named if known.parties[n].side != "state" and n not in otherwise]
    return found[0] if len(found) == 1 else None


def _apposed(told: Told, end: int) -> str | None:
    """The party whose name stands in apposition: "fighters of the militia, the Strelsau Liberation Front, ..."."""
    for mention in told.context.mentions:
        if mention.start >= end and _NAMED.fullmatch(told.document.body, end, mention.start):
            return mention.name
    return None


def _own(d: Draft, told: Told) -> str | None:
    """The speaker's party, where he counts his own: "nine of our men", "nine people were killed on its own side"."""
    if told.said is None:
        return None
    shadow, end = told.document.shadow, min(d.group[1] + _FAR, d.sentence.end)
    owner = _OWN.search(shadow, d.group[0], end)
    if owner is None:
        return None
    names = {m.name for m in told.context.lexicon.mentions(told.said.name)}
    between = {m.name for m in told.context.mentions if d.sentence.start <= m.start < owner.start()} - names
    if len(names) != 1 or (between and owner[1] != "our"):
        return None  # "their" may be somebody else's
    return names.pop()


def _lost(d: Draft, told: Told) -> str | None:
    """The party that lost them: "the Front (SLF) lost nine people"."""
    if told.document.shadow[d.trigger[0] : d.trigger[1]].split(" ")[0] not in _LOST:
        return None
    near = [m for m in told.context.mentions if d.sentence.start <= m.start and m.end <= d.trigger[0]]
    if near and _BETWEEN.fullmatch(told.document.shadow, near[-1].end, d.trigger[0]):
        return near[-1].name
    return None
