"""The chart of an incident, from the histories that ``toll`` computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tollbook.publish import words
from tollbook.publish.chart import Chart, Mark, Point, Track
from tollbook.publish.evidence import Evidence
from tollbook.publish.sums import History, Sums
from tollbook.publish.workings import Workings
from tollbook.values import ALL, Change, Toll

# Moves that need no word on the chart: the line says it.
SILENT = frozenset({"first figure", "new origin", "new deaths", "more reported", "said more exactly"})


# More lines than this nobody can follow; all of them are in the table beside the chart.
MOST = 6


def charted(evidence: Evidence, workings: Workings, computed: Sums, title: str) -> Chart:
    """The chart of the incident's main outcome, over everybody.

    Args:
        evidence: names and links.
        workings: gives each figure its link.
        computed: the histories and moves.
        title: name of the incident.
    """

    def point(day: date, toll: Toll, voice: str = "") -> Point:
        number = workings.number(toll, voice, day=day)
        return Point(day, toll.figure.low, toll.figure.high, words.plain(toll.figure), number.target)

    tracks = tuple(
        Track(evidence.voice(voice).short, tuple(point(d, t, voice) for d, t in told))
        for voice, told in drawn(computed).items()
    )
    band = tuple(Point(d, t.figure.low, t.figure.high, words.plain(t.figure)) for d, t in computed.band)
    what = words.outcome(computed.main)
    return Chart(
        f"{title}: {what} over time",
        _words(what, computed, evidence),
        tracks,
        band,
        _marks(computed, evidence),
    )


def drawn(computed: Sums) -> Mapping[str, History]:
    """The lines that are drawn: where there are many voices, those that gave most figures."""
    ranked = sorted(
        computed.tracks, key=lambda voice: (-len(computed.tracks[voice]), computed.voices.index(voice))
    )
    kept = set(ranked[:MOST])
    return {voice: told for voice, told in computed.tracks.items() if voice in kept}


def _marks(computed: Sums, evidence: Evidence) -> tuple[Mark, ...]:
    """The revisions: by how much, and the cause where it is worth a word."""
    found = []
    for move in computed.moves:
        if (
            move.outcome is not computed.main
            or move.group != ALL
            or move.day is None
            or not move.before.known
        ):
            continue
        if len(move.claims) > 1 and not _said(evidence, move):
            continue  # a sum that grew because a part was added is no revision
        value = move.after.low if move.after.low is not None else move.after.high
        moved = words.delta(move.before, move.after)
        if value is not None:
            target = evidence.target(move.claims[0]) if move.claims else ""
            found.append(
                Mark(
                    move.day, value, moved if move.kind in SILENT else f"{moved} {move.kind}".strip(), target
                )
            )
    return tuple(found)


def _said(evidence: Evidence, move: Change) -> bool:
    """Whether one claim gives the figure that a move came to."""
    claims = [evidence.book.claims[c] for c in move.claims if c in evidence.book.claims]
    return any((c.figure.low, c.figure.high) == (move.after.low, move.after.high) for c in claims)


def _words(what: str, computed: Sums, evidence: Evidence) -> str:
    """The chart for somebody who cannot see it."""
    told = []
    for voice, history in computed.tracks.items():
        steps = ", ".join(f"{words.plain(t.figure)} on {words.short_day(d)}" for d, t in history)
        told.append(f"{evidence.voice(voice).full}: {steps}.")
    return " ".join([f"People {what}, as each source gave it.", *told])
