"""Owners: whose people a bare number's dead are, where the sentence says it beside the number.

"The rebels suffered 19 casualties", "losses inflicted on the army are put at 10 dead and 15 wounded", "it cost the
brigade 30 dead", "killing three and wounding four soldiers", "20 rebels attacked, four of whom died".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tollbook.codes import VictimsClass
from tollbook.reading.drafts import Draft, told_in
from tollbook.reading.parties import combatant
from tollbook.text import Document

# Other figures of the same loss, which may stand between a number and its owner: "9 dead and 12 wounded".
_FATE = (
    r"(?:dead|deaths?|killed|wounded|injured|injuries|missing|captured|casualty|casualties|losses|fatalities)"
)
_COUNT = r"(?:[\d,.]+|\w+|dozens|scores|hundreds|(?:at least|more than|up to|over|about|some|around|nearly|almost|only|another) [\w,]+)"
_MORE = rf"(?:,? ?(?:and|or|with|plus) {_COUNT} {_FATE}|, {_COUNT} {_FATE}|,? including [\w ]{{4,30}}?)"
_WHO = r"(?:the |our |its |their |his |these |those )?(?P<who>[\w'-]+(?: [\w'-]+){0,3}?)"
_END = r"(?= (?:in|at|near|during|after|by|when|as|and|since|while|over|from|who|which|this|that|on|of|between|have|has|were|was|are|is|,)\b|[,.;:()\"\[]|$)"

# "19 casualties on the army", "40 dead among the rebels", "30 killed from the militia", "12 deaths in our ranks".
_AFTER = re.compile(
    rf"(?: {_FATE}\b|{_MORE}| (?:were |was |have been |has been )?inflicted)*"
    rf",? (?:among|amongst|on|upon|in the ranks of|from the ranks of|on the side of|from|in our|in its|in their) {_WHO}(?: ranks| side| lines)?{_END}"
)
# "The rebels (ABC) have suffered at least 19 ...", "losing", "the clash cost the army".
_BEFORE = re.compile(
    r"(?:the |our |its |their )?(?P<who>(?:[\w'-]+ ){1,4}|(?:[\w'-]+ ){1,8}[(\[][^()\[\]]{1,60}[)\]] ?)"
    r"(?:(?:have|has|had|also|already|reportedly|only|did|that|which|who|there) ?)*"
    rf"(?:suffered|suffer|sustained|sustain|sustaining|suffering|took|taken|lost|losing|incurred)(?: {_COUNT} {_FATE}(?: \(| and|,)*)* \(?$"
)
_COST = re.compile(
    rf"\bcost (?:the |their |its )?(?P<who>(?:[\w'-]+ ){{1,3}})(?:{_COUNT} {_FATE}(?: and|,)? )*$"
)
_INFLICTED = re.compile(
    rf"\b{_FATE} (?:\w+ )?(?:inflicted |suffered )?(?:on|by|among|upon|to) {_WHO}(?: (?:in|at|near|during) (?:[\w'-]+ ?){{1,4}})?"
    rf" (?:is|are|was|were|has been|have been)[\w ]{{0,40}}(?: {_COUNT} {_FATE}(?: and|,)*)* $"
)
# "Three army casualties", "six rebel deaths".
_WITHIN = re.compile(
    r"[\w,]+ (?P<who>[a-z'-]+(?: [a-z'-]+)?) (?:casualties|casualty|losses|deaths|fatalities|dead)\b"
)

RANKS = re.compile(
    r"\b(?:army|military|armed forces|guerrillas?|rebels?|insurgents?|militants?|troops|ranks|police|government forces|"
    r"security forces|soldiers?|fighters|militias?|militiamen|paramilitar(?:y|ies)|brigade|battalion|regiment|garrison|"
    r"enemy|terrorists?|gunmen|forces|units?|squad|patrol|guards?|jihadists?|attackers|attacking|invaders|convoy)(?: (?:members|men|personnel|side|ranks|lines|group|force|officers))?$"
)
# "The number of soldiers killed there rose to 144", "the toll among the migrants".
_TOLL = re.compile(
    rf"\b(?:number|toll|total|count) (?:of|among|for) {_WHO}(?= (?:killed|dead|wounded|injured|who|in|to|has|had|have|rose|rises|at|is|was|since|on)\b)"
)
# "1,200 killed and 3,400 wounded are the losses of the army".
_LOSSES = re.compile(
    rf"[^.;]{{0,60}}\b(?:losses|casualties) (?:of|among|suffered by|sustained by) {_WHO}{_END}"
)
# What a phrase before a number cannot do without.
_BY_VERB = (
    (_BEFORE, ("suffer", "sustain", "took", "taken", "lost", "losing", "incur")),
    (_COST, ("cost ",)),
    (_INFLICTED, (" is", " are", " was", " were", " been")),
)
# How far before a number its owner may stand, in characters.
_FAR = 130


def _owning(d: Draft, shadow: str, before: str) -> Iterator[re.Match[str] | None]:
    """The phrases that may own the dead of a bare number, the surest first; each is looked for when it is its turn."""
    end = d.sentence.end
    if shadow.find("losses", d.end, end) >= 0 or shadow.find("casualties", d.end, end) >= 0:
        yield _LOSSES.search(shadow, d.end, end)
    yield _WITHIN.match(shadow, d.group[0], end)
    yield _TOLL.search(shadow, max(d.sentence.start, d.start - 40), d.end)
    for pattern, verbs in _BY_VERB:
        if any(verb in before for verb in verbs):
            yield pattern.search(before)
    yield _AFTER.match(shadow, d.group[1], end)
    yield _AFTER.match(shadow, d.end, end)


def by_owner(document: Document, d: Draft) -> None:
    """Sets the people of a bare number from the words that own its dead: "the rebels suffered 19 casualties"."""
    shadow, s = document.shadow, d.sentence
    before = shadow[max(s.start, d.start - _FAR) : d.start]
    if before and not before.endswith(" "):
        before += " " if before[-1] not in "(\"'" else ""
    for found in _owning(d, shadow, before):
        kind = owned(found["who"].strip()) if found else None
        if found is None or kind is None:
            continue  # "released 12 on Monday": Monday owns no dead
        if found.re in {_AFTER, _WITHIN, _TOLL, _LOSSES}:
            d.victims = d.victims or document.body[found.start("who") : found.end("who")].strip()
        d.kind = kind
        return


def owned(who: str) -> VictimsClass | None:
    """The class of those whom a phrase in lower case names, None where it names nobody known."""
    if who.startswith("civilian"):
        return VictimsClass.MIXED if RANKS.search(who) else VictimsClass.CIVILIAN
    known = combatant(who)
    if known or RANKS.search(who):
        return VictimsClass.COMBATANT
    return VictimsClass.CIVILIAN if known is False else None


def ahead(document: Document, drafts: Sequence[Draft], at: int) -> Draft | None:
    """The figure behind a bare number whose noun stands for both: "killing three and wounding four soldiers"."""
    d = drafts[at]
    later = [
        o
        for o in told_in(drafts, d.sentence.index, d.sentence.index)
        if o.group[0] > d.group[1] and o.part_of is None
    ]
    nearest = min(later, key=lambda o: o.group[0], default=None)
    if nearest is None or not nearest.head or nearest.letter != "Q":
        return None
    return nearest if _COORDINATED.fullmatch(document.shadow, d.end, nearest.start) else None


_COORDINATED = re.compile(r"(?: \w+ly)?,? (?:and|or|but|while) (?:also |then |at least |seriously )*")


def antecedent(document: Document, d: Draft) -> VictimsClass | None:
    """The class of the people before a relative clause: "an attack by 20 rebels, four of whom died"."""
    found = _WHOM.search(document.shadow, d.group[0], min(d.group[1] + 10, d.sentence.end))
    if found is None:
        return None
    words = re.findall(r"[\w'-]+", document.shadow[max(d.sentence.start, d.group[0] - 60) : d.group[0]])
    for n in range(1, 3):
        kind = owned(" ".join(words[-n:])) if len(words) >= n else None
        if kind:
            return kind
    return None


_WHOM = re.compile(r"\bof whom\b")


def again(document: Document, drafts: Sequence[Draft], at: int) -> VictimsClass | None:
    """The class of the people told of last, where the words point back to them: "two of them", "they were shot: four died"."""
    d = drafts[at]
    start = max(d.sentence.start, d.group[0] - _NEAR)
    back = _BACK.search(document.shadow, start, d.group[1]) or _THEY.match(document.shadow, d.sentence.start)
    if back is None:
        return None
    last = max(
        (
            o
            for o in drafts
            if o.sentence.index < d.sentence.index or (o.group < d.group and o.sentence is d.sentence)
        ),
        key=lambda o: (o.sentence.index, o.group),
        default=None,
    )
    if last is None or d.sentence.index - last.sentence.index > _REACH:
        return None
    return last.kind


# How far before a number and how many sentences back that is looked for.
_NEAR, _REACH = 30, 3
_BACK = re.compile(
    r"\bof (?:them|those|these|the (?:[\w,]+ )?(?:dead|wounded|injured|victims|killed|captured|slain))\b"
)
_THEY = re.compile(r"\"?(?:they|these|the (?:dead|wounded|injured|victims)) (?:were|are|had|have|all)\b")
