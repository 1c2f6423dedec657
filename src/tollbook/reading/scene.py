"""A sentence as a scene: the forces that stand in it, who acts by a verb, and what is said to have happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tollbook.codes import Phase, Status
from tollbook.reading.dateline import filed
from tollbook.reading.footing import GROUP, footing
from tollbook.reading.parties import Parties
from tollbook.reading.verbs import Row, vocabulary
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
    for start, end, _ in vocabulary().force.find(document, sentence.start, sentence.end):
        found.append((start, end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        # "the Strelsau Liberation Front (SLF) fighters" are one
        close = end + (document.shadow[end : end + 1] in {")", "]"})
        if merged and (
            start <= merged[-1][1] + 1 or not document.shadow[merged[-1][1] : start].strip(" ()[]")
        ):
            merged[-1] = (merged[-1][0], max(close, merged[-1][1]))
        else:
            merged.append((start, end))
    return Scene(document, sentence, context, tuple(merged))


GAP_STOPS = re.compile(
    r"[;:\"()]|\s\.\s|\b(?:since|until|said|says|say|told|that|when|while|but|after|before|because|although|if|than|killed|killing|"
    r"was|were|is|are|had|has|have|whose|where|as|which|(?<!loyal )(?<!close )(?<!allied )(?<!belonging )to)\b"
)
ASIDE = re.compile(r",? (?:which|who|that) [^,;]{1,90},|, [^,;]{1,60},")
NOT_SUBJECT = re.compile(
    r"\b(?:by|with|against|from|on|at|in|to|for|near|between|of|about|over|than|among|towards|toward|around|into|"
    r"backed by|like|including|inside|outside|behind|targeting|hitting|attacking|killing|hunting|escaped|left|all)"
    r"\s+(?:(?:the|a|an|its|their|his|some|several|all|other|suspected|escaped|alleged|former|local|two|three|\d+|\w+-\w+)\s+)*(?:[\w'-]+\s+)?$"
)
# "thousands of detained members": a participle before its noun says nothing of its own
_ATTRIBUTIVE = re.compile(
    r"\b(?:of|the|a|an|its|their|his|some|many|several|for|with|by|from|newly|recently|previously)\s+$"
)
_PRONOUN = re.compile(r"\b(?:they|it|he|she|who|which|we)\s+$")


def subject(place: Scene, at: int) -> tuple[int, int] | None:
    """The force that acts by the verb at ``at``: its characters, or those of the pronoun for one."""
    start = max(place.sentence.start, around(place, at)[0])
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
        gap = ASIDE.sub(" ", place.text(right, verb))
        if re.fullmatch(r",?\s+(?:who|which|that)\s*", gap):
            return left, right
        if GAP_STOPS.search(gap) or gap.count(",") > 1 or verbal(gap):
            return None
        if not NOT_SUBJECT.search(place.text(max(start, left - 40), left)):
            return left, right
    return None


def verbal(gap: str) -> bool:
    """Whether another predicate stands between a force and a verb."""
    return bool(re.search(r"\b\w{3,}ed\s+(?:the|a|an|its|their|\d+|at least|more)\b", gap))


def around(place: Scene, at: int) -> tuple[int, int]:
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
_CUT = re.compile(r";\s+|\s--?\s|,?\s(?=but\s)|,\s(?=(?:while|whereas|although|though)\s)|\s\.\s+")


def clause(place: Scene, deed: Deed) -> tuple[int, int]:
    """The characters that a deed is quoted with, without outer blanks and signs."""
    start, end = around(place, deed.start)
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


def finite(place: Scene, form: str, at: int) -> bool:
    """Whether a form of a verb at a place can be what the clause says happened."""
    before = place.text(max(place.sentence.start, at - 40), at)
    if form == "phrase":
        return True
    if form == "ing":
        return bool(re.search(r"\b(?:is|are|was|were|been|be|kept|still)\s+(?:\w+ly\s+|still\s+)?$", before))
    if form in {"base", "s"}:
        # in small letters of the opening a headline speaks in the present; elsewhere only "managed to storm"
        return (form == "s" and place.sentence.index == 0) or bool(re.search(r"\bto\s+$", before))
    return True


def made(
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
    begin, end = around(place, verb)
    status, negated = footing(place.shadow, begin, verb, end, future=bool(row.get("future")))
    said = phase or str(row["phase"])
    if status is None or (negated and "negated" not in row and status is not Status.DENIED):
        return
    if negated and "negated" in row:
        said = str(row["negated"])
    name = row.get("name", said.replace(" ", "-"))
    yield Deed(*span, kind, Phase(said), status, actors, f"course {frame} {name}", row)
