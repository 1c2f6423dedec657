"""A report's text with every claim marked on its words."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.nouns import Claim, Course, Doubt, Statement

OPEN, CLOSE = "⟦", "⟧"


def annotated(
    body: str, claims: Sequence[Claim], courses: Sequence[Course] = (), doubts: Sequence[Doubt] = ()
) -> str:
    """The body with each claim in ⟦1: ⟧, each course claim in ⟦a: ⟧, each doubt in ⟦?: ⟧; spans that nest, nest."""
    marks: list[tuple[int, int, int, str]] = []
    spans = (
        (_number, [c.span for c in claims]),
        (_letter, [c.span for c in courses]),
        (_query, [d.span for d in doubts]),
    )
    for names, marked in spans:
        for n, span in enumerate(marked):
            # At one place what closes comes first, then what opens wider.
            marks.append((span.start, 1, -span.end, f"{OPEN}{names(n)}: "))
            marks.append((span.end, 0, -span.start, CLOSE))
    pieces: list[str] = []
    at = 0
    for place, _, _, sign in sorted(marks):
        pieces += [body[at:place], sign]
        at = place
    return "".join([*pieces, body[at:]])


def _number(n: int) -> str:
    return str(n + 1)


def _query(_: int) -> str:
    return "?"


def _letter(n: int) -> str:
    """a, b ... z, aa, ab ..."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def labels(claims: Sequence[Claim], courses: Sequence[Course]) -> dict[str, str]:
    """Statement id to the label it carries in the annotated text."""
    found = {c.id: _number(n) for n, c in enumerate(claims)}
    return found | {c.id: _letter(n) for n, c in enumerate(courses)}


def line(statement: Statement) -> str:
    """The words of a statement on one line."""
    return " ".join(statement.quote.split())
