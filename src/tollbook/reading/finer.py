"""Finer outcomes: what a claim says beyond its construction: released, held, of hunger; households; who was what.

The constructions know twelve outcomes, which are those of the reading contract. A balance of stock and flow needs to
know which of them it was ("other" is released, returned, or killed and wounded in one figure). The words that tell it
are the table ``finer``; ``codes.coarse`` is the way back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tollbook.codes import Outcome, Unit
from tollbook.reading.drafts import Draft
from tollbook.reading.lexicon import plural
from tollbook.rules import table
from tollbook.text import Document

# How far around a claim's words what it died of, or how large its families are, may stand, in characters.
AROUND = 60
# How far behind an outcome word its cause may stand in the same clause, in characters: "died during the siege of hunger".
BEHIND = 30


@dataclass(frozen=True, slots=True)
class Finer:
    """The words of one finer outcome: which outcomes it is of, and what tells it."""

    outcome: Outcome
    of: frozenset[Outcome]
    told: frozenset[str]
    people: frozenset[str]
    form: re.Pattern[str] | None
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    around: re.Pattern[str] | None


def outcome(document: Document, d: Draft) -> Outcome:
    """What befell the people of a draft, told as finely as its words do."""
    told = " ".join(document.shadow[slice(*d.trigger)].split())
    near = _near(document, d)
    for one in _finer():
        if d.outcome in one.of and (
            told in one.told
            or (one.form and one.form.fullmatch(told))
            or d.head in one.people
            or (
                one.before and one.before.search(document.shadow, max(0, d.trigger[0] - AROUND), d.trigger[0])
            )
            or (one.behind and one.behind.match(document.shadow, d.trigger[1], d.sentence.end))
            or (one.around and one.around.search(near))
        ):
            return one.outcome
    return d.outcome


def formerly(document: Document, d: Draft, found: Outcome) -> Outcome | None:
    """What the people of a draft were counted as before; None where nothing is said, or the outcome says it itself."""
    if found is Outcome.CAPTURED and d.head in _people("fugitive"):
        return Outcome.ESCAPED
    if found is Outcome.KILLED and (d.head in _people("kept") or _kept().search(_near(document, d))):
        return Outcome.HELD
    return None


def unit(d: Draft) -> Unit:
    """Whether a figure counts persons or households."""
    return Unit.HOUSEHOLD if d.head in _people("household") else Unit.PERSON


def household_size(document: Document, d: Draft) -> float | None:
    """How many persons a household has, where the sentence declares it."""
    if unit(d) is Unit.PERSON:
        return None
    for pattern in _sizes():
        found = pattern.search(document.shadow, d.group[0], d.sentence.end)
        size = _number(found["n"]) if found else None
        if size is not None:
            return size
    return None


def without_sizes(document: Document, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that only say how large the households of their sentence are: "six people each"."""
    homes = {d.sentence.index: d for d in drafts if unit(d) is Unit.HOUSEHOLD}
    return [d for d in drafts if d.sentence.index not in homes or not _only_size(document, homes, d)]


def _only_size(document: Document, homes: dict[int, Draft], d: Draft) -> bool:
    start = homes[d.sentence.index].group[0]
    return unit(d) is Unit.PERSON and any(
        found.start("n") >= d.group[0] and found.end("n") <= d.group[1]
        for pattern in _sizes()
        for found in pattern.finditer(document.shadow, start, d.sentence.end)
        if _number(found["n"]) is not None
    )


def _near(document: Document, d: Draft) -> str:
    """The words of a draft and those shortly before and behind, within its sentence."""
    start, end = max(d.sentence.start, d.start - AROUND), min(d.sentence.end, d.end + AROUND)
    return document.shadow[start:end]


def _number(word: str) -> float | None:
    units = table("en", "numbers")["units"]
    if word in units:
        return float(units[word])
    try:
        return float(word.rstrip("."))
    except ValueError:
        return None


@cache
def _finer() -> tuple[Finer, ...]:
    rows = table("en", "finer")
    return tuple(
        Finer(
            outcome=Outcome(name),
            of=frozenset(Outcome(o) for o in row["of"]),
            told=frozenset(row.get("told", ())),
            people=_people(name),
            form=_pattern(row.get("form", [])),
            before=_pattern([f"{p} $" for p in row.get("before", ())]),
            behind=_pattern([rf"[^,;.]{{0,{BEHIND}}}?\b(?:{p})" for p in row.get("behind", ())]),
            around=_pattern(row.get("around", [])),
        )
        for name, row in rows.items()
        if "of" in row
    )


@cache
def _people(name: str) -> frozenset[str]:
    return frozenset(n for word in table("en", "finer")[name].get("people", ()) for n in (word, plural(word)))


@cache
def _kept() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{p})\b" for p in table("en", "finer")["kept"]["around"]))


@cache
def _sizes() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"\b{p}" if p[0] != "(" else p) for p in table("en", "finer")["household"]["size"]
    )


def _pattern(found: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(rf"\b(?:{p})(?:\b|$)" for p in found)) if found else None
