"""Drafts become claims: speaker, status, scope, dates, place, class and party are asked for once and inherited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from tollbook.codes import Mode, Outcome, Scope, VictimsClass
from tollbook.figures import between
from tollbook.nouns import Claim, Report, Span
from tollbook.reading import finer
from tollbook.reading.actors import actors
from tollbook.reading.belonging import Told, again, belongs
from tollbook.reading.case import Case
from tollbook.reading.dating import dates, stretch
from tollbook.reading.drafts import Draft
from tollbook.reading.kinds import settle, summed
from tollbook.reading.lasting import bulletin
from tollbook.reading.parties import parties, party
from tollbook.reading.parts import among, both, sums
from tollbook.reading.scope import Counted, follows, framed, inherit, scope
from tollbook.reading.speaker import voice
from tollbook.reading.stance import status
from tollbook.reading.toponyms import named
from tollbook.reading.voices import Voice
from tollbook.reading.where import place
from tollbook.text import Document

VERSION = "rules-en 1"


def claims(report: Report, document: Document, drafts: Sequence[Draft]) -> list[Claim]:
    """The claims of a text's drafts, in their order; a share follows its whole."""
    made = list(_claims(report, document, drafts))
    made = list(_once(drafts, made))
    ids = {id(d): c.id for d, c in zip(drafts, made, strict=True)}
    return [
        replace(c, supersedes=ids[id(d.supersedes)]) if id(d.supersedes) in ids else c
        for d, c in zip(drafts, made, strict=True)
    ]


def _claims(report: Report, document: Document, drafts: Sequence[Draft]) -> Iterator[Claim]:
    among(document, drafts)
    counted = _scopes(document, drafts)
    context = parties(document)
    member = cache(lambda words: party(words, context))
    settle(document, drafts, [c.scope for c in counted], lambda words: member(words) is not None)
    sums(drafts)
    both(drafts)
    summed(drafts)
    actors(document, drafts)
    voices: dict[int, Voice | None] = {}
    made: dict[int, Claim] = {}
    groups: dict[str | None, str | None] = {}
    figures: dict[tuple[Outcome, int | None, int | None], str | None] = {}
    for d, c in zip(drafts, counted, strict=True):
        whole = made.get(id(d.part_of))
        said = _voice(document, d, voices)
        first, last = _days(document, d, c, whole, made)
        told = Told(
            document,
            context,
            said,
            whole.party if whole else None,
            groups.get(d.victims),
            figures.get(_figure(d)),
        )
        groups[d.victims] = figures[_figure(d)] = whose = belongs(d, told)
        befell, wounds = finer.outcome(document, d), of_wounds(document, d)
        claim = Claim(
            said_on=report.said_on, made_by=VERSION, report=report.id, span=_span(d), quote=document.body[d.start : d.end],
            speaker=said.name if said else None, relayed_by=said.relayed_by if said else (),
            place=whole.place if whole and _same(d) else _placed(document, d),
            outcome=befell, figure=between(d.low, d.high, d.as_written), victims=d.victims and " ".join(d.victims.split()), victims_class=d.kind, inferred=d.inferred and d.kind is not VictimsClass.UNKNOWN,
            party=whose, perpetrator=d.actor,
            scope=c.scope, mode=Mode.INCREMENT if wounds else c.mode, since=c.since, may_rise=c.may_rise and d.part_of is None, date_from=first, date_to=last,
            status=whole.status if whole and _same(d) else status(document, _span(d), d.trigger), rule=d.rule,
            part_of=whole.id if whole else None,
            unit=finer.unit(d), household_size=finer.household_size(document, d),
            formerly=Outcome.WOUNDED if wounds else finer.formerly(document, d, befell),
        )  # fmt: skip
        made[id(d)] = claim
        yield claim


def _days(
    document: Document, d: Draft, c: Counted, whole: Claim | None, made: dict[int, Claim]
) -> tuple[date | None, date | None]:
    """The days of a figure: its whole's, those of the text it is a statistic of, or its own."""
    if whole and _same(d):
        return whole.date_from, whole.date_to
    if c.rule == "framed":
        told = next(iter(made.values()))
        return told.date_from, told.date_to
    own = dates(document, d.sentence, _span(d), c.scope)
    if c.scope is Scope.PERIOD and bulletin(document) and (own[0] is None or c.rule == "bulletin"):
        return stretch(document) if any(stretch(document)) else own
    return own


def _placed(document: Document, d: Draft) -> str | None:
    """Where it happened, by the names that the text gives."""
    words = place(document, d.sentence, _span(d))
    return named(words) if words else None


def _once(drafts: Sequence[Draft], made: Sequence[Claim]) -> Iterator[Claim]:
    """The claims, each share with the first telling of its whole: a speaker who repeats a figure says nothing new."""
    first: dict[tuple[str | None, object], str] = {}
    once: dict[str, str] = {}
    for d, c in zip(drafts, made, strict=True):
        once[c.id] = first.setdefault((c.speaker, _figure(d)), c.id) if d.part_of is None else c.id
        whole = once.get(c.part_of) if c.part_of else None
        yield replace(c, part_of=whole) if whole and whole != c.part_of else c


def _figure(d: Draft) -> tuple[Outcome, int | None, int | None]:
    return d.outcome, d.low, d.high


# "Two of the wounded died", "a woman died of her wounds": deaths that come on top of those told before.
_OF_WOUNDS = re.compile(r" (?:\w+ )?(?:of|from) (?:(?:his|her|their|the) )?(?:\w+ )?(?:wounds|injuries)\b")


def of_wounds(document: Document, d: Draft) -> bool:
    """Whether a death is that of somebody wounded before."""
    if d.outcome is not Outcome.KILLED:
        return False
    among = d.members and re.search(r"\b(?:wounded|injured|hurt)\b", document.shadow[d.group[0] : d.group[1]])
    return bool(among or _OF_WOUNDS.match(document.shadow, d.trigger[1]))


def _span(d: Draft) -> Span:
    return Span(d.start, d.end)


def _same(d: Draft) -> bool:
    """Whether a share stands in the sentence of its whole."""
    return d.part_of is not None and d.part_of.sentence.index == d.sentence.index


_SPELLS = frozenset({Scope.PERIOD, Scope.CUMULATIVE})


def _scopes(document: Document, drafts: Sequence[Draft]) -> list[Counted]:
    """What each figure counts over; shares inherit."""
    found: dict[int, Counted] = {}
    told: dict[tuple[Outcome, int | None, int | None], Counted] = {}
    for at, d in enumerate(drafts):
        own = told.get(_figure(d)) if again(d, document) else None
        own = own or scope(document, d.sentence, _span(d), outcome=d.outcome, low=d.low)
        if d.letter in {"1", "C"} and d.part_of is None and own.scope in _SPELLS:
            own = own._replace(scope=Scope.INCIDENT, since=None)  # nobody dies twice
        whole = found.get(id(d.part_of))
        last = drafts[at - 1] if at else None
        if whole:
            own = inherit(own, whole, same_sentence=_same(d))
        elif last and d.outcome is last.outcome and d.sentence.index - last.sentence.index == 1:
            own = follows(document, d.sentence, _span(d), own, found[id(last)])
        found[id(d)] = told[_figure(d)] = own
    counted = [found[id(d)] for d in drafts]
    frame = framed([Case(document, d.sentence, _span(d), d.outcome, d.low) for d in drafts], counted)
    if frame is not None:
        for d, own in zip(drafts, counted, strict=True):
            if not own.rule and own.scope is Scope.INCIDENT:
                found[id(d)] = own._replace(scope=frame.scope, since=frame.since, rule="framed")
    for d in drafts:
        if d.supersedes is not None:
            # an older total counts over what the newer one counts over
            found[id(d.supersedes)] = found[id(d)]
    return [found[id(d)] for d in drafts]


def _voice(document: Document, d: Draft, voices: dict[int, Voice | None]) -> Voice | None:
    """Who says it; a share in the same sentence is said by whoever says the whole."""
    if _same(d) and id(d.part_of) in voices:
        said = voices[id(d.part_of)]
    else:
        own = document.sentence_at(d.trigger[0]).index == document.sentence_at(d.start).index
        said = voice(document, _span(d), d.trigger if own else None)
    voices[id(d)] = said
    return said
