"""The engine: one set of named rules that turns what origins say into a figure, as a policy composes them.

In this order: whose word counts, what still stands, how the figures meet, which number is the likely one. Every
claim that a rule sets aside carries the rule's name and a sentence; so does the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tollbook.figures import Figure, exactly
from tollbook.toll.counts import hull, inside
from tollbook.toll.hearing import card_of
from tollbook.toll.lots import Lot
from tollbook.toll.methods import Ask, Verdict, expired, one_people
from tollbook.toll.policy import Policy
from tollbook.values import Book, Use


def reconcile(policy: Policy, ask: Ask) -> Verdict:
    """The figure of one outcome and group by a policy, with what it rests on and what it set aside."""
    lots, aside = _heard(policy, ask)
    if policy.totals == "ever":
        heard = {lot.origin for lot in lots}
        lots = [*_ever(ask, heard), *lots]
    standing, fallen, open_end = _standing(policy, ask, lots)
    aside += fallen
    if policy.vaguer == "aside":
        standing, less = _exact(standing)
        aside += less
    if policy.bounds == "number" or policy.range == "point":
        standing, without = _numbered(policy, standing)
        aside += without
    uses = {u.claim: u for lot in standing for u in lot.uses}
    voices = len({lot.origin for lot in standing})
    if 0 < voices < policy.voices:
        why = f"Fewer than {policy.voices} voices give a figure, which this method asks for."
        alone = [Use(u.claim, "too-few-voices", why, u.origin) for u in uses.values()]
        return Verdict(aside=(*aside, *alone), rule="too-few-voices", why=why)
    figure, rule, why = _figure(policy, ask.book, standing)
    if open_end and figure.known and policy.bounds == "open" and policy.range != "point":
        figure = Figure(figure.low, None, None)
        rule, why = "open", f"{why} {_OPEN}"
    if policy.range == "point":
        others = [lot for lot in standing if figure.known and _number(rule, lot.figure) != figure.best]
        aside += [
            Use(c.id, "not-chosen", f"Another figure is taken. {why}", lot.origin)
            for lot in others
            for c in lot.claims
        ]
        uses = {u.claim: u for lot in standing if lot not in others for u in lot.uses}
    return Verdict(figure, tuple(uses.values()), tuple(aside), rule, why)


_OPEN = "Others give figures of other days, so the top is open."

# --- whose word


def _heard(policy: Policy, ask: Ask) -> tuple[list[Lot], list[Use]]:
    """The lots of the origins that a policy hears; the claims of the others aside."""
    kept, aside = list[Lot](), list[Use]()
    for lot in ask.lots:
        found = unheard(policy, ask.book, lot.origin, ask.name)
        if found is None:
            kept.append(lot)
        else:
            aside += [Use(c.id, *found, lot.origin) for c in lot.claims]
    return kept, aside


def unheard(policy: Policy, book: Book, origin: str, name: str = "") -> tuple[str, str] | None:
    """The rule and the sentence by which a policy does not hear an origin; None for one it hears."""
    if policy.takes and origin != name:
        return "other-voice", f"It is the word of another voice than {name}."
    if not policy.kinds and policy.unjudged and policy.reliability == "E":
        return None
    card = card_of(book, origin)
    if policy.kinds and (card is None or card.kind not in policy.kinds):
        kind = card.kind if card else "unknown"
        return "other-kind", f"Its kind is {kind}; this method hears {', '.join(policy.kinds)}."
    letter = card.reliability if card else "F"
    if letter == "F":
        return None if policy.unjudged else ("unjudged", "Nobody has judged how reliable this voice is.")
    if letter > policy.reliability:
        return "unreliable", f"This voice is rated {letter}; this method hears down to {policy.reliability}."
    return None


# --- what stands


def _ever(ask: Ask, heard: set[str]) -> list[Lot]:
    """Every figure that ever stood by the word of the origins heard, each as a lot of its own."""
    return [
        Lot(origin, "", None, figure, claims, tuple(Use(c.id, "ever-said", _EVER, origin) for c in claims))
        for figure, claims, origin in ask.stood
        if origin in heard
    ]


_EVER = "It stood for this group at some time."


def _standing(policy: Policy, ask: Ask, lots: Sequence[Lot]) -> tuple[list[Lot], list[Use], bool]:
    """The lots that still stand and count the same people; the others aside; whether those leave the top open."""
    aside: list[Use] = []
    standing: list[Lot] = []
    after = timedelta(days=policy.expire_after_days)
    for lot in lots:
        ends = expired(ask.outcome, lot, lots, after) if policy.expire else None
        if ends is None:
            standing.append(lot)
        else:
            day = f" on {ends.day.isoformat()}" if ends.day else ""
            why = f"It has expired: {ends.origin} gave a higher total{day}, more than {_days(policy)} later."
            aside += [Use(c.id, "expired", why, lot.origin) for c in lot.claims]
    if policy.episodes == "together":
        mixed = not policy.takes and one_people(ask.outcome, [lot for lot in ask.lots if lot in lots])[2]
        return standing, aside, mixed
    standing, episodes, open_end = one_people(ask.outcome, standing)
    return standing, [*aside, *episodes], open_end


def _days(policy: Policy) -> str:
    days = policy.expire_after_days
    return "a day" if days == 1 else f"{days} days"


def _exact(lots: Sequence[Lot]) -> tuple[list[Lot], list[Use]]:
    """The lots without those that only say another one less exactly, and those aside."""
    kept = _sharpest(lots)
    why = "It says less exactly what another voice says."
    return kept, [Use(c.id, "vaguer", why, lot.origin) for lot in lots if lot not in kept for c in lot.claims]


def _numbered(policy: Policy, lots: Sequence[Lot]) -> tuple[list[Lot], list[Use]]:
    """The lots with a bound taken as the number that is said; those with a most alone aside, for a point."""
    kept, aside = list[Lot](), list[Use]()
    for lot in lots:
        figure = lot.figure
        least = figure.low if figure.low is not None else figure.best
        if least is None and figure.known and policy.range == "point":
            why = "It says how many at the most and gives no least, so it is no number."
            aside += [Use(c.id, "no-least", why, lot.origin) for c in lot.claims]
        elif least is None or figure.high is not None:
            kept.append(lot)
        else:
            best = least if figure.best is None else figure.best
            kept.append(replace(lot, figure=Figure(least, best, best)))
    return kept, aside


# --- how the figures meet


def _figure(policy: Policy, book: Book, lots: Sequence[Lot]) -> tuple[Figure, str, str]:
    """The figure of the lots that stand, the rule that made it, and the rule in a sentence."""
    known = [lot for lot in lots if lot.figure.known]
    if not known:
        return Figure(), "no-voice", "No voice that this method hears gives a figure."
    figure, rule = RANGES[policy.range](known)
    if len({tuple(c.id for c in lot.claims) for lot in known}) == 1:
        rule = "sole"
    why = WHY[rule]
    if policy.bounds == "number" and rule == "hull":
        figure = _spread(known)
    found = None
    if figure.best is None or "agreed" not in policy.best:
        figure = Figure(figure.low, None, figure.high) if not figure.exact else figure
        found = likely(policy, book, known)
    if found is not None and _allows(found.number, figure):
        figure, rule = Figure(figure.low, found.number, figure.high), found.rule
        why = WHY[rule] if policy.range == "point" else f"{why} {WHY[rule]}"
    elif policy.bounds == "number" and figure.low is None:
        # Only a most is said: that anybody died at all is not the likely thing.
        figure, rule, why = Figure(0, 0, figure.high), "no-least", WHY["no-least"]
    if policy.range == "point" and figure.best is None:
        return Figure(), "no-choice", WHY["no-choice"]
    return (exactly(figure.best or 0) if policy.range == "point" else figure), rule, why


def _agree(lots: Sequence[Lot]) -> tuple[Figure, str]:
    """The narrowest range that every lot allows; else from the lowest to the highest of the sharpest lots."""
    lows = [lot.figure.low for lot in lots if lot.figure.low is not None]
    highs = [lot.figure.high for lot in lots if lot.figure.high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return hull(lot.figure for lot in _sharpest(lots)), "range"
    fits = [f.best for f in (lot.figure for lot in lots) if f.best is not None and _within(f.best, low, high)]
    best = fits[0] if fits and len(set(fits)) == 1 else None
    figure = Figure(low, low if low is not None and low == high else best, high)
    return figure, "agreed"


def _hull(lots: Sequence[Lot]) -> tuple[Figure, str]:
    """From the lowest to the highest of all lots; one alone as it was said."""
    return lots[0].figure if len(lots) == 1 else hull(lot.figure for lot in lots), "hull"


def _spread(lots: Sequence[Lot]) -> Figure:
    """As the hull, where a most alone says nothing of the least."""
    figures = [lot.figure for lot in lots]
    lows = [f.floor for f in figures if f.low is not None or f.best is not None]
    highs = [f.high for f in figures if f.high is not None]
    low, high = min(lows, default=None), max(highs, default=None)
    bests = {f.best for f in figures}
    return Figure(low, bests.pop() if len(bests) == 1 else None, high)


def _sharpest(lots: Sequence[Lot]) -> list[Lot]:
    """The lots without those that only say less exactly what another one says ("over 370" beside 373)."""
    return [
        lot
        for lot in lots
        if not any(
            inside(o.figure, lot.figure) and not inside(lot.figure, o.figure) for o in lots if o is not lot
        )
    ]


def _allows(number: int, figure: Figure) -> bool:
    return _within(number, figure.low, figure.high)


def _within(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= number) and (high is None or number <= high)


RANGES: dict[str, Callable[[Sequence[Lot]], tuple[Figure, str]]] = {
    "agree": _agree,
    "hull": _hull,
    "point": _hull,
}

# --- which number is the likely one


class Likely(NamedTuple):
    """The one number that the rules of a policy leave, and the rule that left it."""

    number: int
    rule: str


def likely(policy: Policy, book: Book, lots: Sequence[Lot]) -> Likely | None:
    """The number left when the policy's rules narrow the figures one after the other; None when several are left."""
    left = [lot for lot in lots if lot.figure.low is not None or lot.figure.best is not None]
    for rule in policy.best:
        if rule == "agreed":
            continue  # whether all agree shows in the range that they make
        fewer = _narrowed(rule, policy, book, left)
        numbers = {_number(rule, lot.figure) for lot in fewer}
        if len(numbers) == 1:
            told_apart = rule in _ENDS or len(fewer) < len(left)
            return Likely(numbers.pop(), rule if told_apart else "least-said")
        left = fewer
    return None


_ENDS = frozenset({"lowest", "highest"})


def _number(rule: str, figure: Figure) -> int:
    """The number of a figure as a rule takes it."""
    if rule == "lowest":
        return figure.floor
    if rule == "highest" and figure.high is not None:
        return figure.high
    return figure.best if figure.best is not None else figure.floor


def _narrowed(rule: str, policy: Policy, book: Book, lots: Sequence[Lot]) -> list[Lot]:
    """The lots that a rule leaves; all of them where it tells them not apart."""

    def least(rank: Callable[[Lot], int | str | date]) -> list[Lot]:
        ranks = {id(lot): rank(lot) for lot in lots}
        first = min(ranks.values(), default=0)
        return [lot for lot in lots if ranks[id(lot)] == first]

    if rule == "reliable":
        return least(lambda lot: card.reliability if (card := card_of(book, lot.origin)) else "F")
    if rule == "ranking":
        return least(lambda lot: _rank(policy, book, lot.origin))
    if rule == "majority":
        numbers = [_number(rule, lot.figure) for lot in lots]
        most = next((n for n in set(numbers) if 2 * numbers.count(n) > len(numbers)), None)
        return [lot for lot, n in zip(lots, numbers, strict=True) if most in {None, n}]
    if rule == "latest":
        day = max((lot.day for lot in lots if lot.day), default=None)
        return [lot for lot in lots if lot.day == day]
    if rule == "lowest":
        return least(lambda lot: _number(rule, lot.figure))
    if rule == "highest":
        return least(lambda lot: -_number(rule, lot.figure))
    return list(lots)


def _rank(policy: Policy, book: Book, origin: str) -> int:
    """Where a voice stands in the ranking, by its name or its kind; behind all when it is not in it."""
    card = card_of(book, origin)
    names = {origin.casefold(), *((card.name.casefold(), card.kind) if card else ())}
    return next((n for n, name in enumerate(policy.ranking) if name.casefold() in names), len(policy.ranking))


# What made a figure, in a sentence.
WHY = {
    "sole": "It is the figure of one voice; no other that stands gives one.",
    "agreed": "One number satisfies every voice that stands, or one range does.",
    "range": "No number satisfies all voices, so it runs from the lowest to the highest.",
    "hull": "It runs from the lowest to the highest of the figures counted.",
    "reliable": "The likely number is that of the voices rated most reliable.",
    "ranking": "The likely number is that of the voice that comes first in the method's ranking.",
    "majority": "The likely number is the one that more than half of the voices give.",
    "latest": "The likely number is the latest.",
    "lowest": "It is the lowest that a voice gives.",
    "highest": "It is the highest that a voice gives.",
    "least-said": "A range or a bound is said; its least is taken as the likely number.",
    "no-choice": "The voices give several numbers, and no rule of the method chooses one.",
    "no-least": "Voices say only how many at the most; that anybody was is not told.",
}
