"""Event nouns and what befalls them: "clashes broke out", "launched an assault", "after six days of fighting"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tollbook.reading.footing import GROUP
from tollbook.reading.scene import ASIDE, GAP_STOPS, Deed, Scene, around, finite, made, subject, verbal
from tollbook.reading.verbs import Cue, Row, alternation, vocabulary

_BETWEEN_STOPS = re.compile(r"\b(?:in|on|at|from|to|for|with|by|and|but|or|that|who|after|before|as|when|during|against|into|over|since|while|said|which)\b|[,;:.\"()]")  # fmt: skip


def event_in(place: Scene, start: int, end: int, *, last: bool) -> tuple[int, int, Row] | None:
    """The first (or last) event noun between two offsets that is what it says."""
    words = vocabulary()
    found = list(words.events.find(place.document, start, end))
    for left, right, cues in reversed(found) if last else found:
        row = cues[0].row
        before = re.findall(r"[\w-]+", place.text(max(place.sentence.start, left - 30), left))
        if before and words.listed("unlike", before[-1:]):
            continue
        foe = re.match(r"\s+(?:on|against)\s+(?:the\s+)?([\w-]+)", place.text(right, right + 40))
        if foe and words.listed("against", [foe[1]]):
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


_MUTUAL = re.compile(r"\s+(?:between|with)\b")


def _typed(place: Scene, row: Row, right: int, at: int) -> str:
    """The type of an event noun; an attack upon a force or its places is a clash."""
    kind = str(row["type"])
    if kind != "Attack":
        return kind
    if _MUTUAL.match(place.shadow, right):
        return "Armed clash"
    after = re.match(r"\s+(?:\w+\s+)?(?:on|against|at|by|of)\s+([^,.;]{1,60})", place.text(right, right + 70))
    ahead = place.text(right, min(place.sentence.end, max(right, at) + 60))
    target = after[1] if after else ahead
    words = re.findall(r"[\w-]+", target)
    lists = vocabulary()
    if lists.listed("civil", words):
        return kind
    return "Armed clash" if lists.listed("site", words) and (after or place.forces) else kind


def turns(place: Scene) -> Iterator[Deed]:
    """An event noun and what it did: "clashes continued until Saturday"."""
    words = vocabulary()
    begin, stop = place.sentence.start, place.sentence.end
    for start, end, cues in words.turns.find(place.document, begin, stop):
        cue = next((c for c in cues if c.form in {"past", "part", "phrase", "ing", "s", "base"}), None)
        if cue is None or not finite(place, cue.form, start):
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
        yield from made(
            place,
            (left, end),
            start,
            _typed(place, row, right, end),
            cue.row,
            "turn",
            sides(place, left, right, start),
        )


def _before(place: Scene, at: int) -> tuple[int, int, Row] | None:
    """The event noun that is the subject of the verb at ``at``."""
    start = around(place, at)[0]
    text = place.text(start, at)
    group = GROUP.search(text)
    verb = start + (group.start() if group else len(text))
    event = event_in(place, max(start, verb - 140), verb, last=True)
    if event is None:
        return None
    gap = ASIDE.sub(" ", place.text(event[1], verb))
    shared = re.fullmatch(r".{0,110}\b(?:has|have|had|was|were|left|killed|claimed)\b.{0,60}\band\s+", gap)
    if (GAP_STOPS.search(gap) and not shared) or gap.count(",") > 0 or (verbal(gap) and not shared):
        return None
    if _ONSET.search(place.text(max(start, event[0] - 20), event[0])) and place.text(at, at + 40).split(" ")[
        0
    ].endswith(","):
        return None  # "between early May, when fighting began, and June" dates something else
    if _NOT_SUBJECT_EVENT.search(place.text(max(start, event[0] - 30), event[0])):
        return None
    return event


_ONSET = re.compile(r", when (?:the )?(?:\w+ )?$")
_NOT_SUBJECT_EVENT = re.compile(
    r"\b(?:during|after|before|since|in|by|from|amid|despite|following)\s+(?:[\w'-]+\s+){0,5}$"
)


def launches(place: Scene) -> Iterator[Deed]:
    """A verb and the event noun it acts on: "launched their biggest assault", "the end of its campaign"."""
    words = vocabulary()
    for start, end, cues in words.launches.find(place.document, place.sentence.start, place.sentence.end):
        event = event_in(place, end, min(place.sentence.end, end + 75), last=False)
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
            kind = _typed(place, row, right, right)
            if kind == "Attack" and cue.row["phase"] == "ended":
                kind = "Armed clash"  # whoever repels an attack fights
            actors = (actor,) if actor[1] > actor[0] else sides(place, left, right, right)
            yield from made(place, (start, right), start, kind, cue.row, "launch", actors)
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
    elif not finite(place, cue.form, start):
        return None
    if row.get("needs") != "force" and row["phase"] != "announced":
        return (start, start)
    who = subject(place, start)
    if who is None and cue.form == "ing" and place.forces and place.forces[0][0] < start:
        who = place.forces[0]
    if who is None and row.get("only") == ["Agreement"]:
        who = (start, start)
    return who


_NUMBERS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"])}  # fmt: skip
_SPELL = re.compile(
    r"\bafter (?:more than |nearly |almost |about |over )?(?P<n>\d+|"
    + alternation(_NUMBERS)
    + r") (?P<unit>days|weeks) of (?:[\w-]+ ){0,3}?(?P<noun>fighting|clashes|battles|shelling|bombardment|siege|combat|attacks|air strikes|airstrikes|hostilities)\b"
)


def spells(place: Scene) -> Iterator[Deed]:
    """How long it lasted: "after nine days of heavy fighting"."""
    for m in _SPELL.finditer(place.shadow, place.sentence.start, place.sentence.end):
        number = int(m["n"]) if m["n"].isdigit() else _NUMBERS[m["n"]]
        event = event_in(place, m.start("noun"), m.end(), last=False)
        if event is not None:
            row = {"phase": "continues", "name": "spell"}
            for deed in made(place, m.span(), m.start(), event[2]["type"], row, "spell", ()):
                yield deed._replace(days=number * (7 if m["unit"] == "weeks" else 1))


_OWNED = re.compile(
    r"(?:'s?)?\s+(?:(?:heavy|fierce|deadly|latest|second|first|new|ground|air|military|armed|suicide|car|truck|rocket|mortar|artillery|drone|missile|night|major|biggest|counter)\s+){0,2}"
)


def sides(place: Scene, left: int, right: int, verb: int) -> tuple[tuple[int, int], ...]:
    """The forces that an event noun is between, by or with; else the one it belongs to."""
    found = []
    for m in re.finditer(r"\b(?:between|by|with|involving)\b", place.text(right, place.sentence.end)):
        at = right + m.end()
        comma = place.shadow.find(",", at, at + 60)
        limit = min(comma if comma > 0 else at + 60, verb if at < verb else at + 60)
        near = [f for f in place.forces if at <= f[0] < limit]
        wanted = 2 if m.group() == "between" else 1
        found += near[:wanted]
        if found:
            break
    owner = [f for f in place.forces if f[1] <= left and _OWNED.fullmatch(place.text(f[1], left))]
    return tuple(dict.fromkeys((*owner[-1:], *found)))
