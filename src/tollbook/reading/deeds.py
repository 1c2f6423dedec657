"""Deeds: what a sentence says has happened, by constructions over verbs, event nouns and the forces that act.

A deed is found by one of eight constructions: turn ("clashes broke out"), launch ("launched an assault"), act
("recaptured the prison"), suffered ("the prison was recaptured"), blast ("a car bomb went off"), still ("troops
were still searching"), spell ("after six days of fighting") and phrase (whole expressions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tollbook.codes import Phase, Status
from tollbook.reading.dateline import filed
from tollbook.reading.footing import ADVERBS, GROUP, footing
from tollbook.reading.parties import Mention, Parties
from tollbook.reading.verbs import Cue, Row, alternation, vocabulary
from tollbook.text import Document, Sentence


class Deed(NamedTuple):
    """One thing said to have happened.

    Attributes:
        start, end: characters of the words that say it (verb, or event noun and verb).
        actors: characters of the words for who acts, in text order.
        row: the row of the table that fired.
        days: how long it lasted, where the construction says so ("six days of fighting").
    """

    start: int
    end: int
    type: str
    phase: Phase
    status: Status
    actors: tuple[tuple[int, int], ...]
    rule: str
    row: Row
    days: int | None = None


class Scene(NamedTuple):
    """A sentence to be searched, with the forces that stand in it.

    Attributes:
        forces: characters of party names and force words, in text order, without overlaps.
    """

    document: Document
    sentence: Sentence
    context: Parties
    forces: tuple[tuple[int, int], ...]

    @property
    def shadow(self) -> str:
        """The document's text in small letters."""
        return self.document.shadow

    def text(self, start: int, end: int) -> str:
        """A stretch of it."""
        return self.shadow[start:end]


def scene(document: Document, sentence: Sentence, context: Parties) -> Scene:
    """The sentence with the forces that it names."""
    found = [
        (m.start, m.end) for m in context.mentions if sentence.start <= m.start and m.end <= sentence.end
    ]
    for start, end, _ in vocabulary().force.find(document.shadow, sentence.start, sentence.end):
        found.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return Scene(document, sentence, context, tuple(merged))


def deeds(place: Scene) -> list[Deed]:
    """What the sentence says has happened, in text order, one deed for one verb."""
    found = [
        d for maker in (_turns, _launches, _acts, _blasts, _stills, _spells, _phrases) for d in maker(place)
    ]
    kept: list[Deed] = []
    for deed in sorted(found, key=lambda d: (d.start, -d.end)):
        if not any(deed.start < k.end and k.start < deed.end for k in kept):
            kept.append(deed)
    return kept


# ------------------------------------------------------------------------------------------ who acts

_GAP_STOPS = re.compile(
    r"[;:\"()]|\b(?:said|says|say|told|that|when|while|but|after|before|because|although|if|than|killed|killing|"
    r"was|were|is|are|had|has|have|whose|where|as|which|(?<!loyal )(?<!close )(?<!allied )(?<!belonging )to)\b"
)
_ASIDE = re.compile(r",? (?:which|who|that) [^,;]{1,90},|, [^,;]{1,60},")
_NOT_SUBJECT = re.compile(
    r"\b(?:by|with|against|from|on|at|in|to|for|near|between|of|about|over|than|among|towards|toward|around|into|"
    r"backed by|like|including|inside|outside|behind|targeting|hitting|attacking|killing|hunting|escaped|left|all)"
    r"\s+(?:(?:the|a|an|its|their|his|some|several|all|other|suspected|escaped|alleged|former|local|two|three|\d+|\w+-\w+)\s+)*(?:[\w'-]+\s+)?$"
)
# "thousands of detained members": a participle before its noun says nothing of its own
_ATTRIBUTIVE = re.compile(
    r"\b(?:of|the|a|an|its|their|his|some|many|several|for|with|by|from|newly|recently|previously|\d+)\s+$"
)
_PRONOUN = re.compile(r"\b(?:they|it|he|she|who|which|we)\s+$")


def subject(place: Scene, at: int) -> tuple[int, int] | None:
    """The force that acts by the verb at ``at``: its characters, or those of the pronoun for one."""
    start = max(place.sentence.start, _clause(place, at)[0])
    before = place.text(start, at)
    group = GROUP.search(before)
    verb = start + (group.start() if group else len(before))
    if _ATTRIBUTIVE.search(before):
        return None
    pronoun = _PRONOUN.search(place.shadow, max(start, verb - 8), verb)
    if pronoun and place.text(*pronoun.span()).strip() in {"they", "it", "he", "she", "we"}:
        return pronoun.start(), verb
    for left, right in reversed([f for f in place.forces if f[1] <= verb]):
        if right < start or verb - right > 130:
            return None
        gap = _ASIDE.sub(" ", place.text(right, verb))
        if re.fullmatch(r",?\s+(?:who|which|that)\s*", gap):
            return left, right
        if _GAP_STOPS.search(gap) or gap.count(",") > 1 or _verbal(gap):
            return None
        if not _NOT_SUBJECT.search(place.text(max(start, left - 40), left)):
            return left, right
    return None


_VERBAL = re.compile(r"\b(?:and|to)\s+\w+|\b\w+ed\s+(?:the|a|an|\d+)\b")


def _verbal(gap: str) -> bool:
    """Whether another predicate stands between a force and a verb."""
    return bool(re.search(r"\b\w{3,}ed\s+(?:the|a|an|its|their|\d+|at least|more)\b", gap))


def _clause(place: Scene, at: int) -> tuple[int, int]:
    """The characters of the clause around a place: between semicolons, dashes, "but" and "while"."""
    start, end = place.sentence.start, place.sentence.end
    line = filed(place.document).end
    start = line if start < line <= at else start
    for m in _CUT.finditer(place.shadow, start, end):
        if m.end() <= at:
            start = m.end()
        elif m.start() > at:
            end = m.start()
            break
    return start, end


# A heading that runs into its first sentence ends with the line.
_HEADING = re.compile(r"[A-Z][^\n.,;]{2,35}\n\s*(?=[A-Z])")
_CUT = re.compile(
    r";\s+|\s--?\s|,?\s(?=but\s)|,\s(?=(?:while|whereas|although|though)\s)|(?<=[a-z])\.\s+(?=[a-z])"
)


def clause(place: Scene, deed: Deed) -> tuple[int, int]:
    """The characters that a deed is quoted with, without outer blanks and signs."""
    start, end = _clause(place, deed.start)
    end = max(end, deed.end)
    if start == place.sentence.start and (heading := _HEADING.match(place.document.body, start, deed.start)):
        start = heading.end()
    if deed.days is not None:
        comma = place.shadow.find(",", deed.end, end)
        end = comma if comma > 0 else end
    elif lead := _LEAD.match(place.shadow, start, deed.start):
        start = lead.end()
    body = place.document.body
    while start < end and (body[start].isspace() or body[start] in ",;"):
        start += 1
    while end > start and (body[end - 1].isspace() or body[end - 1] in ",;"):
        end -= 1
    return start, end


# "After six days of fighting, the SDF announced": the spell is a deed of its own
_LEAD = re.compile(r"after (?:\w+ )?(?:\w+|\d+) (?:days|weeks|months|hours) of [\w -]{1,40},\s+")

# ------------------------------------------------------------------------------------ event nouns

_BETWEEN_STOPS = re.compile(r"\b(?:in|on|at|from|to|for|with|by|and|but|or|that|who|after|before|as|when|during|against|into|over|since|while|said|which)\b|[,;:.\"()]")  # fmt: skip


def _event(place: Scene, start: int, end: int, *, last: bool) -> tuple[int, int, Row] | None:
    """The first (or last) event noun between two offsets that is what it says."""
    words = vocabulary()
    found = list(words.events.find(place.shadow, start, end))
    for left, right, cues in reversed(found) if last else found:
        row = cues[0].row
        before = re.findall(r"[\w-]+", place.text(max(place.sentence.start, left - 30), left))
        if before and words.listed("unlike", before[-1:]):
            continue
        if re.match(
            r"-?\s*(?:on|against)\s+(?:the\s+)?(\S+)", place.text(right, right + 30)
        ) and words.listed("against", re.findall(r"[\w-]+", place.text(right, right + 30))[1:4]):
            continue
        if row.get("needs") == "force" and not _warlike(place, right):
            continue
        return left, right, row
    return None


def _warlike(place: Scene, right: int) -> bool:
    """Whether the sentence names a force, or the event noun is followed by a place that one can attack."""
    if place.forces:
        return True
    after = re.match(r"\s+(?:on|against|at)\s+([^,.;]{1,50})", place.text(right, right + 60))
    return bool(after and vocabulary().listed("site", re.findall(r"[\w-]+", after[1])))


def _typed(place: Scene, row: Row, right: int, at: int) -> str:
    """The type of an event noun; an attack upon a force or its places is a clash."""
    kind = str(row["type"])
    if kind != "Attack":
        return kind
    after = re.match(r"\s+(?:\w+\s+)?(?:on|against|at|by|of)\s+([^,.;]{1,60})", place.text(right, right + 70))
    ahead = place.text(right, min(place.sentence.end, max(right, at) + 60))
    target = after[1] if after else ahead
    words = re.findall(r"[\w-]+", target)
    lists = vocabulary()
    if lists.listed("civil", words):
        return kind
    return "Armed clash" if lists.listed("site", words) and (after or place.forces) else kind


def _turns(place: Scene) -> Iterator[Deed]:
    """An event noun and what it did: "clashes continued until Saturday"."""
    words = vocabulary()
    begin, stop = place.sentence.start, place.sentence.end
    for start, end, cues in words.turns.find(place.shadow, begin, stop):
        cue = next((c for c in cues if c.form in {"past", "part", "phrase", "ing", "s", "base"}), None)
        if cue is None or not _finite(place, cue.form, start):
            continue
        if (
            re.match(
                r"\s+(?:the|a|an|his|its|their|any|all|up|hopes)\b(?! (?:day|night|week|morning|month|weekend|moment))",
                place.text(end, end + 14),
            )
            and cue.form != "phrase"
        ):
            continue
        event = _before(place, start)
        if event is None or ("only" in cue.row and event[2]["type"] not in cue.row["only"]):
            continue
        left, right, row = event
        yield from _deed(
            place,
            (left, end),
            start,
            _typed(place, row, right, end),
            cue.row,
            "turn",
            _parties(place, left, right, end),
        )


def _before(place: Scene, at: int) -> tuple[int, int, Row] | None:
    """The event noun that is the subject of the verb at ``at``."""
    start = _clause(place, at)[0]
    text = place.text(start, at)
    group = GROUP.search(text)
    verb = start + (group.start() if group else len(text))
    event = _event(place, max(start, verb - 140), verb, last=True)
    if event is None:
        return None
    gap = _ASIDE.sub(" ", place.text(event[1], verb))
    shared = re.fullmatch(r".{0,110}\b(?:has|have|had|was|were|left|killed|claimed)\b.{0,60}\band\s+", gap)
    if (_GAP_STOPS.search(gap) and not shared) or gap.count(",") > 0 or _verbal(gap) and not shared:
        return None
    if _NOT_SUBJECT_EVENT.search(place.text(max(start, event[0] - 30), event[0])):
        return None
    return event


_NOT_SUBJECT_EVENT = re.compile(
    r"\b(?:during|after|before|since|in|by|from|amid|despite|following)\s+(?:[\w'-]+\s+){0,3}$"
)


def _finite(place: Scene, form: str, at: int) -> bool:
    """Whether a form of a verb at a place can be what the clause says happened."""
    before = place.text(max(place.sentence.start, at - 40), at)
    if form == "phrase":
        return True
    if form == "ing":
        return bool(re.search(r"\b(?:is|are|was|were|been|be|kept|still)\s+(?:\w+ly\s+|still\s+)?$", before))
    if form in {"base", "s"}:
        # in small letters of the opening a headline speaks in the present; elsewhere only "managed to storm"
        return form == "s" and place.sentence.index == 0 or bool(re.search(r"\bto\s+$", before))
    return True


def _launches(place: Scene) -> Iterator[Deed]:
    """A verb and the event noun it acts on: "launched their biggest assault", "the end of its campaign"."""
    words = vocabulary()
    for start, end, cues in words.launches.find(place.shadow, place.sentence.start, place.sentence.end):
        event = _event(place, end, min(place.sentence.end, end + 75), last=False)
        if event is None or _BETWEEN_STOPS.search(place.text(end, event[0])):
            continue
        left, right, row = event
        for cue in cues:
            if "only" in cue.row and row["type"] not in cue.row["only"]:
                continue
            if row["type"] == "Agreement" and "only" not in cue.row and cue.row["phase"] == "continues":
                continue
            actor = _launcher(place, cue, start)
            if actor is None:
                continue
            actors = (actor,) if actor[1] > actor[0] else _parties(place, left, right, right)
            yield from _deed(
                place, (start, right), start, _typed(place, row, right, right), cue.row, "launch", actors
            )
            break


_ANNOUNCES = re.compile(r"\b(?:announc|declar|proclaim|mark|signal|confirm|herald)(?:e|es|ed|ing|s|led|led|ling|ling)?\b(?: [\w,]+){0,6}? $")  # fmt: skip


def _launcher(place: Scene, cue: Cue, start: int) -> tuple[int, int] | None:
    """Who launches; an empty stretch where the row wants nobody, None where it wants somebody and finds none."""
    row = cue.row
    if row.get("announced"):
        before = place.text(max(place.sentence.start, start - 70), start)
        told = _ANNOUNCES.search(before)
        if told is None:
            return None
        at = start - len(before) + told.start()
        return subject(place, at) or (start, start)
    if cue.form == "ing":
        lead = place.text(max(place.sentence.start, start - 12), start)
        if not re.search(r"(?:,|\bafter|\b(?:is|are|was|were|been)(?: still| also)?) $", lead):
            return None
    elif not _finite(place, cue.form, start):
        return None
    if row.get("needs") != "force" and row["phase"] != "announced":
        return (start, start)
    who = subject(place, start)
    if who is None and cue.form == "ing" and place.forces and place.forces[0][0] < start:
        who = place.forces[0]
    if who is None and row.get("only") == ["Agreement"]:
        who = (start, start)
    return who


# ------------------------------------------------------------------------------ a force upon something

_NP_END = re.compile(
    r"[.;:,\"()]|\b(?:after|when|while|as|on|in|at|from|since|during|killing|but|who|which|that|before|by|to|with|under|"
    r"near|because|until|if|where|into|over|for|about|against|following|despite|amid|aiming|leaving|wounding|said|late|early|yesterday)\b"
)


def _object(place: Scene, start: int) -> tuple[int, int]:
    """The noun phrase that begins at a place."""
    limit = min(place.sentence.end, start + 80)
    joined = re.match(r"\s+and (?:\w+ )?\w+(?:ed|ought|ook|ld)\b", place.text(start, limit))
    begin = start + (joined.end() if joined else 0)
    stop = _NP_END.search(place.shadow, begin, limit)
    return begin, stop.start() if stop else limit


def _is(place: Scene, span: tuple[int, int], kinds: tuple[str, ...]) -> bool:
    """Whether a noun phrase is one of the kinds of thing that a row acts upon."""
    text = place.text(*span)
    tokens = re.findall(r"[\w'-]+", text)
    if not tokens:
        return False
    head = re.split(r"\s+of\s+", text.strip(), maxsplit=1)[0].split()
    last = [t.strip("'") for t in head[-1:]]
    words = vocabulary()
    two = [" ".join(p) for p in zip(tokens, tokens[1:], strict=False)]
    people = words.listed("people", last) or words.listed("force", last)
    for kind in kinds:
        if (
            kind in {"site", "civil", "armed"}
            and words.listed(kind, tokens + two)
            and (kind != "site" or not people)
        ):
            return True
        if kind == "people" and (words.listed("people", tokens) or tokens[0].isdigit()):
            return True
        if kind in {"force", "party"} and any(span[0] <= f[0] < span[1] for f in place.forces):
            return True
        if kind == "place" and not people and _place(place, span):
            return True
        if kind == "last" and re.search(r"\b(?:last|remaining|all|pockets?)\b", text):
            if "pocket" in text or any(span[0] <= f[0] < span[1] for f in place.forces):
                return True
        if kind == "event" and _event(place, *span, last=False):
            return True
        if kind == "weapon" and words.listed("weapon", [*tokens, *two]):
            return True
        if kind == "reinforcements" and "reinforcements" in tokens:
            return True
        if kind == "pronoun" and tokens[:1] in (["them"], ["him"]):
            return True
    return False


def _place(place: Scene, span: tuple[int, int]) -> bool:
    """Whether a phrase is a name that the text also uses as a place ("in Zenda")."""
    document = place.document
    if document.upper:
        return False
    name = re.match(r"\s*(?:the\s+)?((?:[A-Z][\w'-]+)(?:\s+[A-Z][\w'-]+)*)", document.body[span[0] : span[1]])
    if name is None or any(span[0] <= f[0] < span[1] for f in place.forces):
        return False
    return bool(
        re.search(
            rf"\b(?:in|near|around|outside|towards?|inside|of|at) (?:the )?{re.escape(name[1])}\b(?! said)",
            document.body,
        )
    )


def _acts(place: Scene) -> Iterator[Deed]:
    """A force and what it did to something, in the active or the passive voice."""
    words = vocabulary()
    for start, end, cues in words.acts.find(place.shadow, place.sentence.start, place.sentence.end):
        for cue in cues:
            deed = _suffered(place, cue, start, end) if cue.form == "part" else None
            deed = deed or _act(place, cue, start, end)
            if deed is not None:
                yield deed
                break


def _act(place: Scene, cue: Cue, start: int, end: int) -> Deed | None:
    """The active: "rebels seized the town", "attacking the prison", "were shelling the port"."""
    row = cue.row
    thing = _object(place, end)
    if not _is(place, thing, tuple(row["object"])):
        return None
    before = place.text(max(place.sentence.start, start - 40), start)
    going = bool(re.search(r"\b(?:is|are|was|were|been)\s+(?:still\s+|also\s+|\w+ly\s+)?$", before))
    who: tuple[int, int] | None = None
    if cue.form == "ing" and not going:
        if not re.search(r"(?:,|\bafter) $", before) or not place.forces or place.forces[0][0] > start:
            return None
        who = place.forces[0]
    elif cue.form in {"base", "s"}:
        who = subject(place, start)
        headline = place.sentence.index < 2 and who is not None and who[1] + 1 == start
        if not headline and not re.search(r"\b(?:managed|began|started|continued|able|went on) to $", before):
            return None
    else:
        if going or (cue.form == "part" and row and not re.search(r"\b(?:has|have|had)\b", before[-30:])):
            return None
        who = subject(place, start)
    if who is None:
        return None
    phase = "continues" if going and cue.form == "ing" and row["phase"] == "began" else None
    kind = _upon(place, row, thing, who)
    return next(_deed(place, (start, end), start, kind, row, "act", (who,), phase=phase), None)


def _upon(place: Scene, row: Row, thing: tuple[int, int], who: tuple[int, int] | None) -> str:
    """The type of an act: by what it is done to, and by what it is done with."""
    tokens = re.findall(r"[\w'-]+", place.text(*thing))
    words = vocabulary()
    armed = any(thing[0] <= f[0] < thing[1] for f in place.forces)
    if "civil" in row and "civil" in row["object"] and words.listed("civil", tokens) and not armed:
        return str(row["civil"])
    if (
        "air" in row
        and who
        and re.search(r"plane|jet|helicopter|drone|aircraft|air force|gunship", place.text(*who))
    ):
        return str(row["air"])
    return str(row["type"])


_BE = re.compile(rf"\b(?:was|were|is|are|been|being|be)\s+(?:{ADVERBS}\s+)*$")


def _suffered(place: Scene, cue: Cue, start: int, end: int) -> Deed | None:
    """The passive: "the fort was stormed by gunmen"."""
    row = cue.row
    before = place.text(place.sentence.start, start)
    if row.get("active") or not _BE.search(before[-60:]):
        return None
    group = GROUP.search(before)
    verb = place.sentence.start + (group.start() if group else len(before))
    left = max(_clause(place, start)[0], verb - 90)
    for stop in _SUBJECT_START.finditer(place.shadow, left, verb):
        left = stop.end()
    thing = (left, verb)
    pronoun = place.text(*thing).strip() in {"they", "it"}
    kinds = tuple(row["object"])
    if not _is(place, thing, kinds) and not (
        pronoun and ("pronoun" in kinds or "site" in kinds) and place.forces
    ):
        return None
    by = re.match(r"[^.;,]{0,40}?\bby\s", place.text(end, min(place.sentence.end, end + 50)))
    actors: tuple[tuple[int, int], ...] = ()
    if by:
        actors = tuple(f for f in place.forces if end + by.end() <= f[0] < end + by.end() + 45)[:1]
        if not actors:
            return None
    kind = _upon(place, row, thing, actors[0] if actors else None)
    return next(_deed(place, (start, end), start, kind, row, "suffered", actors), None)


_SUBJECT_START = re.compile(
    r"[,;:\"]\s*|\b(?:that|said|says|when|after|where|because|while|and|but|as|before)\s+"
)

# ----------------------------------------------------------------------------------- the other constructions


def _blasts(place: Scene) -> Iterator[Deed]:
    """A weapon and what it did: "a car bomb went off"."""
    words = vocabulary()
    for start, end, cues in words.blasts.find(place.shadow, place.sentence.start, place.sentence.end):
        if cues[0].form not in {"past", "phrase"} and not any(c.form == "past" for c in cues):
            continue
        text = place.text(place.sentence.start, start)
        group = GROUP.search(text)
        verb = place.sentence.start + (group.start() if group else len(text))
        if (
            re.search(r"\b(?:was|were|been|being|is|are)\s", place.text(verb, start))
            and cues[0].form != "phrase"
        ):
            continue
        found = list(words.weapons.find(place.shadow, max(_clause(place, start)[0], verb - 110), verb))
        if not found:
            continue
        left, right, named = found[-1]
        gap = _ASIDE.sub(" ", place.text(right, verb))
        if _GAP_STOPS.search(gap) or "," in gap or _verbal(gap):
            continue
        if _NOT_SUBJECT.search(place.text(max(place.sentence.start, left - 25), left)):
            continue
        actors = _parties(place, left, right, right)
        yield from _deed(place, (left, end), start, named[0].row["type"], cues[0].row, "blast", actors)
        return


def _stills(place: Scene) -> Iterator[Deed]:
    """What a force is still doing."""
    for start, end, cues in vocabulary().stills.find(place.shadow, place.sentence.start, place.sentence.end):
        before = place.text(max(place.sentence.start, start - 30), start)
        if not re.search(r"\b(?:is|are|was|were) still (?:\w+ly )?$", before):
            continue
        who = subject(place, start) or _owned(place, start)
        if who is not None:
            yield from _deed(
                place,
                (start, end),
                start,
                cues[0].row["type"],
                cues[0].row,
                "still",
                (who,),
                phase="continues",
            )


def _owned(place: Scene, at: int) -> tuple[int, int] | None:
    """ "Its units": the possessive before a force word."""
    found = re.search(
        r"\b(?:its|their)\s+(?:\w+\s+){0,2}$", place.text(max(place.sentence.start, at - 40), at)
    )
    return None if found is None else (at - 40 + found.start(), at)


_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split())}  # fmt: skip
_SPELL = re.compile(
    r"\bafter (?:more than |nearly |almost |about |over )?(?P<n>\d+|"
    + alternation(_NUMBERS)
    + r") (?P<unit>days|weeks) of (?:[\w-]+ ){0,3}?(?P<noun>fighting|clashes|battles|shelling|bombardment|siege|combat|attacks|air strikes|airstrikes|hostilities)\b"
)


def _spells(place: Scene) -> Iterator[Deed]:
    """How long it lasted: "after six days of intense fighting"."""
    for m in _SPELL.finditer(place.shadow, place.sentence.start, place.sentence.end):
        number = int(m["n"]) if m["n"].isdigit() else _NUMBERS[m["n"]]
        event = _event(place, m.start("noun"), m.end(), last=False)
        if event is not None:
            row = {"phase": "continues", "name": "spell"}
            for deed in _deed(place, m.span(), m.start(), event[2]["type"], row, "spell", ()):
                yield deed._replace(days=number * (7 if m["unit"] == "weeks" else 1))


def _phrases(place: Scene) -> Iterator[Deed]:
    """Whole expressions."""
    text = place.text(place.sentence.start, place.sentence.end)
    for row, pattern in vocabulary().phrases:
        if not any(anchor in text for anchor in row["anchors"]):
            continue
        for m in pattern.finditer(place.shadow, place.sentence.start, place.sentence.end):
            kind = row["type"]
            if "suicide" in row and re.search(r"suicide|blew|blown|detonat", m.group()):
                kind = row["suicide"]
            own = re.search(r"\b(?:their|its)\b", m.group())
            who = next((f for f in place.forces if m.start() <= f[0] < m.end()), None) or subject(
                place, m.start()
            )
            if own:
                who = (m.start() + own.start(), m.start() + own.end())
            if row.get("patient"):
                who = None
            yield from _deed(place, m.span(), m.start(), kind, row, "phrase", (who,) if who else ())
            break


def _parties(place: Scene, left: int, right: int, end: int) -> tuple[tuple[int, int], ...]:
    """The forces that an event noun is between, by or with; else the one it belongs to."""
    found = []
    for m in re.finditer(r"\b(?:between|by|with|involving)\b", place.text(right, place.sentence.end)):
        at = right + m.end()
        near = [f for f in place.forces if at <= f[0] < at + 60]
        wanted = 2 if m.group() == "between" else 1
        found += near[:wanted]
        if found:
            break
    owner = [
        f
        for f in place.forces
        if f[1] <= left and re.fullmatch(r"(?:'s)?\s+(?:\w+\s+){0,2}", place.text(f[1], left))
    ]
    return tuple(dict.fromkeys((*owner[-1:], *found)))


def _deed(
    place: Scene,
    span: tuple[int, int],
    verb: int,
    kind: str,
    row: Row,
    frame: str,
    actors: tuple[tuple[int, int], ...],
    *,
    phase: str | None = None,
) -> Iterator[Deed]:
    """The deed, if the clause stands behind it; at most one."""
    begin, end = _clause(place, verb)
    status, negated = footing(place.shadow, begin, verb, end, future=bool(row.get("future")))
    said = phase or str(row["phase"])
    if status is None or (negated and "negated" not in row and status is not Status.DENIED):
        return
    if negated and "negated" in row:
        said = str(row["negated"])
    name = row.get("name", said.replace(" ", "-"))
    yield Deed(*span, kind, Phase(said), status, actors, f"course {frame} {name}", row)
