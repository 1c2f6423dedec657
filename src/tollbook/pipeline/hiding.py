"""Whom a box hides: every card of a confidential voice, of whatever moment, also one that was edited or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tollbook.nouns import Source
from tollbook.values import Book


def hidden(book: Book, recorded: Iterable[Source], in_folder: Iterable[Source] = ()) -> tuple[Source, ...]:
    """The cards whose names must not be shown: by what is known now, not by what was known at an earlier moment.

    A voice is hidden when its newest card is confidential, or was when it was withdrawn; then the names of all its
    older cards are hidden with it. Who is to be shown again needs a card that says so.

    Args:
        book: everything that is known now, corrections applied.
        recorded: every card in the log.
        in_folder: the cards as they stand in the box's folder, perhaps not yet recorded.
    """
    older = sorted(recorded, key=lambda s: (s.recorded_at, s.id))
    # As corrected, if it was; one that was withdrawn is still the last word on whether it is secret.
    newest = {card.name.casefold(): book.sources.get(card.id, card) for card in older}
    for card in in_folder:
        known = newest.get(card.name.casefold())
        if card.confidential:
            newest[card.name.casefold()] = replace(card, pseudonym=known.pseudonym if known else "")
    secret = {name: card for name, card in newest.items() if card.confidential}
    drawn = {card.pseudonym: card for card in secret.values() if card.pseudonym}
    found = list(secret.values())
    for card in older:
        same = secret.get(card.name.casefold()) or drawn.get(card.pseudonym)
        if same is not None:
            found.append(replace(card, confidential=True, pseudonym=same.pseudonym))
    return tuple(dict.fromkeys(found))
