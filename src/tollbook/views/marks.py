"""A report's text in segments, each under the statements whose words it belongs to; names are covered, marks stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tollbook.entries import Span
from tollbook.publish.veil import Veil

# What ``shown`` makes of a carriage return whose line feed stands in the next piece.
_LONE_RETURN = "⟨U+000D⟩"


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of a text that stand under the same marks.

    Attributes:
        text: as it may be shown.
        start: its first character in the text as kept.
        under: ids of the marks it belongs to, the widest first.
        begins: those of them that begin here.
    """

    text: str
    start: int
    under: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def segments(body: str, spans: Sequence[tuple[str, Span]], veil: Veil) -> tuple[Segment, ...]:
    """The text cut wherever a mark begins or ends; joined they are the text as it may be shown.

    A name that runs over the end of a segment stands where it begins, so that no part of it is left.

    Args:
        body: the text as kept.
        spans: id and characters of each mark; those outside the text, or of no character, mark nothing.
        veil: what may be shown.
    """
    inside = [(i, s) for i, s in spans if 0 <= s.start < s.end <= len(body)]
    cuts = sorted({0, len(body), *(s.start for _, s in inside), *(s.end for _, s in inside)})
    pieces = [body[a:b] for a, b in pairwise(cuts)]
    covered = list(veil.sentence(*pieces)) if pieces else []
    for n, (piece, after) in enumerate(pairwise(pieces)):
        if piece.endswith("\r") and after.startswith("\n"):
            covered[n] = covered[n].removesuffix(_LONE_RETURN)
    widest = sorted(inside, key=lambda mark: (mark[1].start, -mark[1].end, mark[0]))
    opening: dict[int, list[str]] = {}
    for i, span in widest:
        opening.setdefault(span.start, []).append(i)
    ends = {i: span.end for i, span in inside}
    found: list[Segment] = []
    under: list[str] = []
    for start, text in zip(cuts, covered, strict=False):
        begins = opening.get(start, [])
        under = [i for i in under if ends[i] > start] + begins
        found.append(Segment(text, start, tuple(under), tuple(begins)))
    return tuple(found)
