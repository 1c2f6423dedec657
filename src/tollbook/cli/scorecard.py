"""One source as ``tollbook sources NAME`` shows it: its card, and how it has fared in this book."""

from __future__ import annotations

from tollbook import scores
from tollbook.cli import given, screen
from tollbook.nouns import Source
from tollbook.pipeline.cards import RELIABILITY
from tollbook.scores import Measure, Place, Score
from tollbook.values import Book
from tollbook.views import voices


def show(book: Book, name: str, *, json: bool) -> None:
    """Prints one source.

    Raises:
        MistakeError: nobody of that name published or said anything, and no card names it.
    """
    meant = voices.meant(book, name)
    if meant is None:
        raise given.MistakeError(f"no source {name!r} in this book; list them with: tollbook sources")
    origin, card = meant
    found = scores.score(book, origin)
    if json:
        screen.data({"source": voices.card_data(card), "score": voices.score_data(found)})
        return
    screen.heading(screen.shown(book, origin), card.id if card else "no card")
    if card is not None:
        screen.table(("card", "says"), [(key, text) for key, text in _rows(card) if text])
    screen.table(("of its word", "", "made of"), _scored(found), right=(1,))
    if found.against:
        rows = [
            (
                screen.shown(book, a.other),
                _percent(a.agree),
                str(a.lower),
                str(a.higher),
                screen.counted(a.agree.of, "incident"),
            )
            for a in found.against
        ]
        screen.table(("against", "agrees", "lower", "higher", "made of"), rows, right=(1, 2, 3))
    screen.para("The claims behind each figure are in --json.", style="dim")


def _rows(card: Source) -> list[tuple[str, str]]:
    """What the card says, as it may be shown; of a confidential source neither names, party, places nor notes."""
    open_ = not card.confidential
    return [
        ("kind", card.kind),
        ("also called", ", ".join(card.aliases) if open_ else ""),
        ("party", (card.party or "") if open_ else ""),
        ("reliability", f"{card.reliability}, {RELIABILITY.get(card.reliability, '')}"),
        ("confidential", "" if open_ else "yes; its names, party, coverage and notes are not shown"),
        ("coverage", ", ".join(card.coverage) if open_ else ""),
        ("claims a week", _yields(card)),
        ("strange silence", f"{card.silent_days} days" if card.silent_days is not None else ""),
        ("notes", card.notes if open_ else ""),
    ]


def _yields(card: Source) -> str:
    least, most = card.yields_min, card.yields_max
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"at least {least}" if least is not None else f"at most {most}" if most is not None else ""


def _scored(s: Score) -> list[tuple[str, str, str]]:
    """The figures of a scorecard as rows: what, how much, and what it was made of."""
    return [
        ("claims counted as its own", str(s.claims), ""),
        ("reports it published", str(s.reports), ""),
        ("of its claims it published itself", _percent(s.original), _made(s.original)),
        ("of what it printed is others' word", _percent(s.relays), _made(s.relays)),
        ("among the first to speak", _percent(s.first), _made(s.first)),
        ("days after the first word (median)", _number(s.days), _made(s.days)),
        (
            "of its figures it changed",
            _percent(s.revised),
            f"{_made(s.revised)}; {s.raised} up, {s.lowered} down",
        ),
        ("its first figures against all others'", _far(s.opening), _where(s.opening)),
        ("its last figures against all others'", _far(s.closing), _where(s.closing)),
        ("accepted, corrected, rejected", f"{s.accepted}, {s.corrected}, {s.rejected}", "claims"),
    ]


def _made(measure: Measure) -> str:
    return measure.few or f"{measure.of} {measure.unit}"


def _percent(measure: Measure) -> str:
    return "-" if measure.value is None else f"{measure.value:.0%}"


def _number(measure: Measure) -> str:
    return "-" if measure.value is None else f"{measure.value:g}"


def _far(place: Place) -> str:
    """How far from the range of all others, with its direction."""
    value = place.distance.value
    return "-" if value is None else f"{value:+.0%}" if value else "inside"


def _where(place: Place) -> str:
    return f"{_made(place.distance)}; {place.below} below, {place.inside} inside, {place.above} above"
