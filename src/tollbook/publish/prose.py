"""An editor's own words for a bulletin: every number in them must be one of the book's, with its hedge and its speaker.

Numbers are found by the reader's own grammar, and by their digits where it sees no count. Each becomes a link to the
sentence or the working that gives it; one that nothing gives, or that stands without the words it needs, is refused
with the words to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tollbook.codes import Outcome, Status
from tollbook.figures import Figure, between
from tollbook.nouns import Claim, Report
from tollbook.publish import words
from tollbook.publish.evidence import Evidence
from tollbook.publish.page import Run
from tollbook.publish.sums import Sums
from tollbook.publish.workings import Workings
from tollbook.reading import read
from tollbook.reading.numbers import number_at
from tollbook.rules import table
from tollbook.text import Document, Sentence, shade
from tollbook.values import ALL, Toll

# What holds digits and counts nobody: days, years, times, names of things.
_NO_COUNT = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{1,2})? (?:of )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:,? \d{4})?\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?\b"
    r"|\b(?:19|20)\d{2}\b(?! (?:people|civilians|fighters|soldiers|dead|killed|wounded|deaths))"
    r"|\b\d{1,2}[:.]\d{2}\b|\b[a-z]{1,6}-?\d+s?\b|\b\d+(?:st|nd|rd|th)\b"
)
_RISE = re.compile(
    r"\b(?:may|might|could|can|likely|expected|feared|set|set to)\b[^.]{0,24}\b(?:rise|grow|climb|increase|go up|higher)\b"
)
_UNSURE = re.compile(
    r"\b(?:alleg\w+|reportedly|unconfirmed|unverified|claim\w*|may have|might have|possibl[ey]|purported\w*|accus\w+)\b"
)
_DENIED = re.compile(r"\b(?:den(?:y|ie[sd]|ial|ying)|reject\w*|disput\w*|refut\w*)\b")
_DONE = {
    Outcome.KILLED: "were killed",
    Outcome.WOUNDED: "were wounded",
    Outcome.MISSING: "were missing",
    Outcome.ESCAPED: "escaped",
    Outcome.SURRENDERED: "surrendered",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A number that may not stand so.

    Attributes:
        number: as it stands in the text.
        what: what is the matter, in a sentence.
        use: words that may stand instead, or empty.
    """

    number: str
    what: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An editor's text: with its numbers linked, and what may not stand in it."""

    runs: tuple[Run, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in a text: where, and how many it says."""

    start: int
    end: int
    figure: Figure | None  # None: digits that are no count


class Editor:
    """Checks texts against one incident's claims and tolls.

    Args:
        evidence: the statements, as the bulletin cites them.
        workings: gives a toll its working.
        computed: the tolls.
        published: the day of the bulletin.
    """

    def __init__(self, evidence: Evidence, workings: Workings, computed: Sums, published: date) -> None:
        self._evidence, self._workings, self._computed, self._day = evidence, workings, computed, published
        self._claims = [c for c in evidence.book.of(computed.incident) if c.figure.known]

    def check(self, text: str, beside: str = "") -> Checked:
        """A text with every number of it linked or refused.

        Args:
            text: the editor's words.
            beside: other words that stand with them, in which "may still rise" may stand, too.
        """
        text = " ".join(text.split())
        document = Document(text, published=self._day)
        blank = Report(said_on=self._day, original="", text="")
        claims = read(blank, text).claims
        runs: list[Run] = []
        faults: list[Fault] = []
        at = 0
        for sentence in document.sentences:
            for found in _numbers(document, sentence):
                said = text[sentence.start : sentence.end]
                heard = next(
                    (c for c in claims if c.span.start < found.end and found.start < c.span.end), None
                )
                target, fault = self._judge(
                    text[found.start : found.end], found.figure, said, heard, f"{text} {beside}"
                )
                if fault:
                    faults.append(fault)
                if target:
                    runs += [Run(self._evidence.veil(text[at : found.start]))] if found.start > at else []
                    runs.append(Run(self._evidence.veil(text[found.start : found.end]), target))
                    at = found.end
        if text[at:]:
            runs.append(Run(self._evidence.veil(text[at:])))
        return Checked(tuple(runs), tuple(faults))

    def _judge(
        self, number: str, figure: Figure | None, sentence: str, heard: Claim | None, whole: str
    ) -> tuple[str, Fault | None]:
        """The link of a number, or what is the matter with it."""
        if figure is None:
            return "", Fault(
                number,
                f"“{number}” is no day and no count that can be read.",
                "Write it out, or leave it out.",
            )
        ends = figure.low, figure.high
        givers = [c for c in self._claims if (c.figure.low, c.figure.high) == ends]
        tolls = [
            t for t in self._computed.tolls if (t.figure.low, t.figure.high) == ends and not t.figure.exact
        ]
        if not givers and not tolls:
            return "", self._unknown(number, figure)
        low = shade(sentence)
        told: Sequence[Claim] = [c for c in givers if self._named(c, low)]
        fault = None
        if told and _speaks(low):
            told, fault = self._fitting(number, told, heard)
            fault = fault or self._hedged(number, told, low, shade(whole))
            return self._evidence.target(told[0].id), fault
        if tolls and (
            {"sources", "reports", "accounts"} & set(re.findall(r"\w+", low))
            or any(self._origins(tolls[0], low))
        ):
            return self._workings.number(tolls[0], explain=True).target, None
        use = self._words(givers[0]) if givers else self._range(tolls[0])
        return "", Fault(number, f"“{number}” stands without whose number it is.", use)

    def _unknown(self, number: str, figure: Figure) -> Fault:
        """What to say of a number that nothing gives: the claim that it comes near to, hedge and all, if any does."""
        near = [c for c in self._claims if figure.exact and figure.low in _ends(c.figure)]
        if near:
            return Fault(number, f"“{number}” stands without the words that bound it.", self._words(near[0]))
        main = next(
            (t for t in self._computed.tolls if t.outcome is self._computed.main and t.group == ALL), None
        )
        return Fault(
            number,
            f"No claim and no toll of this incident gives “{number}”.",
            self._range(main) if main is not None and not main.figure.exact else "",
        )

    def _fitting(
        self, number: str, told: Sequence[Claim], heard: Claim | None
    ) -> tuple[Sequence[Claim], Fault | None]:
        """The claims that say what the text was read to say; all of them, and a fault, where none does."""
        if heard is None:
            return told, None
        fits = [
            c
            for c in told
            if c.outcome is heard.outcome and not (c.party and heard.party and c.party != heard.party)
        ]
        if not fits:
            whom = f" of {heard.party}" if heard.party else ""
            what = f"“{number}” reads as {words.outcome(heard.outcome)}{whom}, and no claim says that."
            return told, Fault(number, what, self._words(told[0]))
        if heard.speaker:
            fits_too = [c for c in fits if self._is(c, heard.speaker)]
            if not fits_too and self._known(heard.speaker):
                return fits, Fault(number, f"“{number}” is put into another’s mouth.", self._words(fits[0]))
            fits = fits_too or fits
        return fits, None

    def _hedged(self, number: str, told: Sequence[Claim], sentence: str, whole: str) -> Fault | None:
        """What a number lacks that its speaker gave it with."""
        if all(c.status is Status.DENIED for c in told) and not _DENIED.search(sentence):
            return Fault(
                number, f"“{number}” was denied, and the sentence does not say so.", self._words(told[0])
            )
        unsure = {Status.ALLEGED, Status.POSSIBLE}
        if all(c.status in unsure for c in told) and not _UNSURE.search(sentence):
            return Fault(
                number,
                f"“{number}” was said with doubt, and the sentence does not say so.",
                self._words(told[0]),
            )
        if all(c.may_rise for c in told) and not _RISE.search(whole):
            return Fault(
                number, f"Whoever gave “{number}” said that it may still rise.", self._words(told[0])
            )
        return None

    def _names(self, claim: Claim) -> Iterator[str]:
        """The names under which the one whose word it is may be named."""
        book = self._evidence.book
        for name in dict.fromkeys((self._evidence.origin(claim), claim.speaker or "")):
            card = book.source(name)
            if card is not None and card.confidential:
                yield card.handle
            elif card is not None:
                yield from (card.name, *card.aliases)
            elif name:
                yield name

    def _named(self, claim: Claim, sentence: str) -> bool:
        return any(_within(name, sentence) for name in self._names(claim))

    def _is(self, claim: Claim, speaker: str) -> bool:
        low = shade(speaker)
        return any(_within(name, low) or _within(speaker, shade(name)) for name in self._names(claim))

    def _known(self, speaker: str) -> bool:
        """Whether the speaker is one of this incident's voices."""
        return any(self._is(c, speaker) for c in self._claims)

    def _origins(self, toll: Toll, sentence: str) -> Iterator[bool]:
        claims = self._evidence.book.claims
        return (self._named(claims[u.claim], sentence) for u in toll.used if u.claim in claims)

    def _words(self, claim: Claim) -> str:
        """The claim in words that may stand in a text."""
        who = self._evidence.voice(self._evidence.origin(claim)).short
        of = claim.victims or "people"
        done = _DONE.get(claim.outcome, words.outcome(claim.outcome))
        may = "may have been " + words.outcome(claim.outcome)
        unsure = claim.status in {Status.ALLEGED, Status.POSSIBLE}
        verb = "denied that" if claim.status is Status.DENIED else "said"
        rise = "; the number may still rise" if claim.may_rise else ""
        return self._evidence.veil(
            f"{who} {verb} {_phrase(claim.figure)} {of} {may if unsure else done}{rise}."
        )

    def _range(self, toll: Toll) -> str:
        low, high = toll.figure.low, toll.figure.high
        if low is None or high is None:
            return ""
        group = "people" if toll.group == ALL else toll.group
        done = _DONE.get(toll.outcome, words.outcome(toll.outcome))
        return self._evidence.veil(
            f"between {words.count(low)} and {words.count(high)} {group} {done}, by the sources."
        )


def _phrase(figure: Figure) -> str:
    """A figure in words, as it was written where that says it."""
    if figure.as_written:
        of = "" if any(ch.isdigit() for ch in figure.as_written) or figure.exact else " of"
        return figure.as_written[:1].lower() + figure.as_written[1:] + of
    low, high = figure.low, figure.high
    if low is not None and high is None:
        return f"at least {words.count(low)}"
    if low is None and high is not None:
        return f"up to {words.count(high)}"
    return (
        words.count(low or 0)
        if low == high
        else f"between {words.count(low or 0)} and {words.count(high or 0)}"
    )


def _ends(figure: Figure) -> set[int]:
    over = {figure.low - 1} if figure.low and figure.high is None else set[int]()
    return {n for n in (figure.low, figure.best, figure.high) if n is not None} | over


def _within(name: str, text: str) -> bool:
    bare = shade(name).strip().removeprefix("the ")
    return bool(bare) and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", text) is not None


@cache
def _forms() -> frozenset[str]:
    """The words by which people attribute."""
    frames = table("en", "speech")["frame"]
    return frozenset(form for frame in frames for form in str(frame.get("forms", "")).split())


def _speaks(sentence: str) -> bool:
    found = set(re.findall(r"\w+", sentence))
    return bool(found & _forms()) or "according to" in sentence or ":" in sentence or "by" in found


def _numbers(document: Document, sentence: Sentence) -> Iterator[_Found]:
    """The numbers of a sentence, in order; a lone "one" is a word as often as a count and passes."""
    tokens = document.tokens(sentence)
    shadow = document.shadow
    plain = [m.span() for m in _NO_COUNT.finditer(shadow, sentence.start, sentence.end)]
    at, i = sentence.start, 0
    while i < len(tokens):
        number = number_at(tokens, i)
        start, end = tokens[i].start, tokens[i].end
        if number is not None:
            end = tokens[number.end - 1].end
        digits = re.search(r"\d", shadow[start:end])
        dated = any(a <= start and end <= b for a, b in plain)
        known = number is not None and (number.low, number.high) != (None, None)
        if start >= at and not dated and known and number is not None:
            if digits or not (number.low == number.high and number.low in {0, 1}):
                yield _Found(start, end, between(number.low, number.high))
            at = end
        elif start >= at and digits and not any(a <= start < b for a, b in plain):
            yield _Found(start, end, None)
            at = end
        i = number.end if number is not None else i + 1


__all__ = ["Checked", "Editor", "Fault"]
