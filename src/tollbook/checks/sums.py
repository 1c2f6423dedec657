"""``parts-do-not-sum``: a breakdown whose parts together come to more than their whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.checks.kinds import Check, listed, teller, told
from tollbook.codes import Status, VictimsClass
from tollbook.figures import Figure, add
from tollbook.nouns import Claim
from tollbook.toll.wholes import some_of
from tollbook.toll.wording import words
from tollbook.values import Book, Finding

# Parts that cut one whole are told in one breath. What stands further apart than a sentence's length is told again
# of the same people ("a boy", "the boy, aged 13"), and its sum means nothing. In characters.
BREATH = 60


def breakdowns(book: Book) -> Iterator[tuple[Claim, list[Claim]]]:
    """Each whole with the shares of its first cut that can be parts of it, in text order."""
    shares: dict[str, list[Claim]] = {}
    for claim in book.claims.values():
        whole = book.claims.get(claim.part_of or "")
        if whole is not None and _fits(whole, claim):
            shares.setdefault(whole.id, []).append(claim)
    for i, found in sorted(shares.items()):
        found.sort(key=lambda c: (c.report, c.span.start, c.id))
        dim = None if any(c.dim is None for c in found) else found[0].dim
        yield book.claims[i], [c for c in found if c.dim == dim]


def _fits(whole: Claim, part: Claim) -> bool:
    """Whether a claim can be a part of a whole at all: of the same outcome, days, place and kind of people."""
    if (
        part.outcome is not whole.outcome
        or not part.figure.known
        or part.status is Status.DENIED
        or some_of(part)
    ):
        return False
    days = {(c.date_from, c.date_to) for c in (whole, part) if c.date_from or c.date_to}
    classes = {whole.victims_class, part.victims_class}
    places = {c.place.casefold() for c in (whole, part) if c.place}
    near = len(places) < 2 or any(a in b for a in places for b in places if a != b)
    return len(days) < 2 and near and classes != {VictimsClass.COMBATANT, VictimsClass.CIVILIAN}


def told_together(parts: Sequence[Claim]) -> list[Claim]:
    """The longest run of parts that one voice tells in one breath, each once."""
    runs: list[list[Claim]] = []
    end = 0
    for part in parts:
        if runs and part.span.start - end <= BREATH and part.speaker == runs[-1][0].speaker:
            if not any(_again(part, other) for other in runs[-1]):
                runs[-1].append(part)
            end = max(end, part.span.end)
        else:
            runs.append([part])
            end = part.span.end
    return max(runs, key=len, default=[])


def _again(part: Claim, other: Claim) -> bool:
    """Whether two parts are the same people told twice."""
    return (part.victims, part.party, part.figure) == (other.victims, other.party, other.figure)


def find(book: Book) -> Iterator[Finding]:
    """The wholes that are less than the sum of their parts, each part alone being within it."""
    for whole, shares in breakdowns(book):
        parts = told_together(shares)
        total = add(c.figure for c in parts)
        most = whole.figure.high
        if most is None or len(parts) < 2 or total.floor <= most:
            continue
        if any(c.figure.floor > most for c in parts):
            continue  # parts-exceed-whole says it more plainly
        yield _finding(book, whole, parts, total, most)


def _finding(book: Book, whole: Claim, parts: Sequence[Claim], total: Figure, most: int) -> Finding:
    terms = " + ".join(words(c.figure) for c in parts)
    slip = slipped(most, total.floor) if total.exact else ""
    return Finding(
        code=CHECK.code,
        tier=CHECK.tier,
        subject=whole.id,
        what=f"{told(book, whole)} gives {words(whole.figure)} {whole.outcome.replace('_', ' ')} by the word of "
        f"{teller(book, whole)}, but its parts come to {total.floor:,}: {terms} ({_groups(parts)}).",
        why=f"One of the numbers is wrong or from another day, by {total.floor - most:,}; until that is known the "
        f"whole counts as {most:,} to {total.floor:,}.{slip}",
        remedy="Look the figures up where they were first published; correct the claim that was misprinted, or "
        "reject it if two tolls were mixed.",
        claims=(whole.id, *(c.id for c in parts)),
    )


def slipped(said: int, meant: int) -> str:
    """A sentence where two numbers differ as a slip of the hand makes them differ; else nothing."""
    a, b = str(said), str(meant)
    if len(a) != len(b) or len(a) < 3:
        return ""
    wrong = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(wrong) == 1:
        return f" {said:,} and {meant:,} differ in one digit, as a misprint does."
    if len(wrong) == 2 and sorted(a[i] for i in wrong) == sorted(b[i] for i in wrong):
        return f" {said:,} and {meant:,} have two digits exchanged, as a misprint has."
    return ""


def _groups(parts: Sequence[Claim]) -> str:
    return listed(c.party or c.victims or str(c.victims_class) for c in parts)


CHECK = Check("parts-do-not-sum", "basic", "the parts of a breakdown come to more than its whole", find)
