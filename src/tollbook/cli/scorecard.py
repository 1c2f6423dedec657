"""One source as ``tollbook sources NAME`` shows it: its card, and how it has fared in this book."""

from __future__ import annotations

from tollbook import scores
from tollbook.cli import given, screen
from tollbook.nouns import Source
from tollbook.pipeline.cards import RELIABILITY
from tollbook.values import Book
from tollbook.views import scoring, voices


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
    screen.table(("of its word", "", "made of"), scoring.scored(found), right=(1,))
    if found.against:
        rows = [
            (
                screen.shown(book, a.other),
                scoring.percent(a.agree),
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
