"""A scorecard as rows: what was measured, how much it came to, and what it was made of."""

from __future__ import annotations

from tollbook.scores import Measure, Place, Score


def scored(s: Score) -> list[tuple[str, str, str]]:
    """The figures of a scorecard as rows: what, how much, and what it was made of."""
    return [
        ("claims counted as its own", str(s.claims), ""),
        ("reports it published", str(s.reports), ""),
        ("of its claims it published itself", percent(s.original), _made(s.original)),
        ("of what it printed is others' word", percent(s.relays), _made(s.relays)),
        ("among the first to speak", percent(s.first), _made(s.first)),
        ("days after the first word (median)", _number(s.days), _made(s.days)),
        (
            "of its figures it changed",
            percent(s.revised),
            f"{_made(s.revised)}; {s.raised} up, {s.lowered} down",
        ),
        ("its first figures against all others'", _far(s.opening), _where(s.opening)),
        ("its last figures against all others'", _far(s.closing), _where(s.closing)),
        ("accepted, corrected, rejected", f"{s.accepted}, {s.corrected}, {s.rejected}", "claims"),
    ]


def _made(measure: Measure) -> str:
    return measure.few or f"{measure.of} {measure.unit}"


def percent(measure: Measure) -> str:
    """A share in percent; a dash where there is too little."""
    return "-" if measure.value is None else f"{measure.value:.0%}"


def _number(measure: Measure) -> str:
    return "-" if measure.value is None else f"{measure.value:g}"


def _far(place: Place) -> str:
    """How far from the range of all others, with its direction."""
    value = place.distance.value
    return "-" if value is None else f"{value:+.0%}" if value else "inside"


def _where(place: Place) -> str:
    return f"{_made(place.distance)}; {place.below} below, {place.inside} inside, {place.above} above"
