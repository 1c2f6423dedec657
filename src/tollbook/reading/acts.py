"""What a force or a weapon does to something: "recaptured the prison", "was stormed", "a car bomb went off"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tollbook.reading.footing import ADVERBS, GROUP
from tollbook.reading.scene import ASIDE, GAP_STOPS, NOT_SUBJECT, Deed, Scene, around, made, subject, verbal
from tollbook.reading.turns import event_in, sides
from tollbook.reading.verbs import Cue, Row, vocabulary

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
    return any(_kind(place, span, kind) for kind in kinds)


def _kind(place: Scene, span: tuple[int, int], kind: str) -> bool:
    """Whether a noun phrase is of one kind."""
    text = place.text(*span)
    tokens = re.findall(r"[\w'-]+", text)
    if not tokens:
        return False
    words = vocabulary()
    every = [*tokens, *(" ".join(pair) for pair in pairwise(tokens))]
    head = [t.strip("'") for t in re.split(r"\s+of\s+", text.strip(), maxsplit=1)[0].split()[-1:]]
    people = words.listed("people", head) or words.listed("force", head)
    fights = any(span[0] <= f[0] < span[1] for f in place.forces)
    if kind in {"force", "party"}:
        return fights
    if kind == "site":
        return not people and words.listed("site", every)
    if kind == "people":
        return words.listed("people", tokens) or tokens[0].isdigit()
    if kind == "place":
        return not people and _place(place, span)
    if kind == "last":
        return "pocket" in text or (fights and bool(_LAST.search(text)))
    if kind == "event":
        return event_in(place, *span, last=False) is not None
    if kind == "pronoun":
        return tokens[0] in {"them", "him"}
    return words.listed(kind, every)


_LAST = re.compile(r"\b(?:last|remaining|all)\b")


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
            rf"\b(?:in|near|around|outside|towards?|inside) (?:the )?{re.escape(name[1])}\b(?! said)",
            document.body,
        )
    )


def acts(place: Scene) -> Iterator[Deed]:
    """A force and what it did to something, in the active or the passive voice."""
    words = vocabulary()
    for start, end, cues in words.acts.find(place.document, place.sentence.start, place.sentence.end):
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
        headline = (
            place.sentence.index < 2 and not _stopped(place) and who is not None and who[1] + 1 == start
        )
        if not headline and not re.search(r"\b(?:managed|began|started|continued|able|went on) to $", before):
            return None
    else:
        if (going and cue.form != "ing") or (
            cue.form == "part" and not re.search(r"\b(?:has|have|had)\b", before[-30:])
        ):
            return None
        who = subject(place, start)
    if who is None:
        return None
    phase = "continues" if going and cue.form == "ing" and row["phase"] == "began" else None
    kind = _upon(place, row, thing, who)
    return next(made(place, (start, end), start, kind, row, "act", (who,), phase=phase), None)


def _stopped(place: Scene) -> bool:
    """Whether the sentence ends with a full stop; a headline, which speaks in the present, does not."""
    return place.shadow[place.sentence.end - 1] in ".\"'"


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
    left = max(around(place, start)[0], verb - 90)
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
    return next(made(place, (start, end), start, kind, row, "suffered", actors), None)


_SUBJECT_START = re.compile(
    r"[,;:\"]\s*|\b(?:that|said|says|when|after|where|because|while|and|but|as|before)\s+"
)


def blasts(place: Scene) -> Iterator[Deed]:
    """A weapon and what it did: "a car bomb went off"."""
    words = vocabulary()
    for start, end, cues in words.blasts.find(place.document, place.sentence.start, place.sentence.end):
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
        found = list(words.weapons.find(place.document, max(around(place, start)[0], verb - 110), verb))
        if not found:
            continue
        left, right, named = found[-1]
        gap = ASIDE.sub(" ", place.text(right, verb))
        if GAP_STOPS.search(gap) or "," in gap or verbal(gap):
            continue
        if NOT_SUBJECT.search(place.text(max(place.sentence.start, left - 25), left)):
            continue
        actors = sides(place, left, right, right)
        yield from made(place, (left, end), start, named[0].row["type"], cues[0].row, "blast", actors)
        return


def stills(place: Scene) -> Iterator[Deed]:
    """What a force is still doing."""
    for start, end, cues in vocabulary().stills.find(
        place.document, place.sentence.start, place.sentence.end
    ):
        before = place.text(max(place.sentence.start, start - 30), start)
        if not re.search(r"\b(?:is|are|was|were) still (?:\w+ly )?$", before):
            continue
        who = subject(place, start) or _owned(place, start)
        # "police are still searching for leads" is no fight
        if who is not None and not place.text(*who).endswith("police"):
            yield from made(
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
    """The force that "its units" means: the possessive before a force word."""
    found = re.search(
        r"\b(?:its|their)\s+(?:\w+\s+){0,2}$", place.text(max(place.sentence.start, at - 40), at)
    )
    return None if found is None else (at - 40 + found.start(), at)
