"""``words-say-otherwise``: the number of a claim does not stand in the words that it quotes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tollbook.checks.kinds import Check, told
from tollbook.nouns import Claim
from tollbook.reading.numbers import number_at
from tollbook.text import shade, tokenise
from tollbook.toll.wording import words
from tollbook.values import Book, Finding


def find(book: Book) -> Iterator[Finding]:
    """The claims whose figure is none of the numbers of their quote; what a person read and confirmed is left alone."""
    for i, claim in sorted(book.claims.items()):
        if i in book.reviewed or not claim.figure.known:
            continue
        said = numbers(claim.quote)
        if not said or _among(claim, said):
            continue
        spoken = " and ".join(dict.fromkeys(_show(n) for n in said))
        yield Finding(
            code=CHECK.code,
            tier=CHECK.tier,
            subject=i,
            what=f"{told(book, claim)}: the claim gives {words(claim.figure)} {claim.outcome.replace('_', ' ')}, and its words, "
            f"“{' '.join(claim.quote.split())}”, say {spoken}.",
            why="A figure that does not stand in its sentence is nobody's word.",
            remedy="Read the sentence: correct the figure, or reject the claim. Accept it if the number is counted from the words.",
            claims=(i,),
        )


Ends = tuple[int | None, int | None]


@lru_cache(maxsize=65536)
def numbers(quote: str) -> tuple[Ends, ...]:
    """The numbers of two or more that stand in digits or words, least and most each; "a" and "one" say little."""
    shadow = shade(quote)
    tokens = tokenise(shadow, 0, len(shadow))
    found: list[Ends] = []
    at = 0
    while at < len(tokens):
        number = number_at(tokens, at)
        if number is None:
            at += 1
            continue
        if max(number.low or 0, number.high or 0) > 1:
            found.append((number.low, number.high))
        at = max(number.end, at + 1)
    return tuple(found)


def _among(claim: Claim, said: tuple[Ends, ...]) -> bool:
    """Whether the figure is one of the numbers, a sum of them, or a number of one person beside them."""
    ends = {n for n in (claim.figure.low, claim.figure.best, claim.figure.high) if n is not None}
    known = {n for pair in said for n in pair if n is not None}
    if max(ends, default=0) < 2 or ends & known:
        return True
    lows = [low or 0 for low, _ in said]
    sums = {sum(lows), *(a + b for a in lows for b in lows), *(sum(lows) + k for k in range(1, 4))}
    return bool(ends & sums)


def _show(ends: Ends) -> str:
    low, high = ends
    if low == high:
        return f"{low:,}"
    return (
        f"at least {low:,}"
        if high is None and low
        else f"up to {high:,}"
        if not low
        else f"{low:,} to {high:,}"
    )


CHECK = Check("words-say-otherwise", "basic", "the number of a claim does not stand in its words", find)
