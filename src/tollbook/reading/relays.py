"""Through whom words came: a medium that cites somebody passes on what that one said."""

from __future__ import annotations

from tollbook.reading.mentions import Phrase, after
from tollbook.reading.speech import NOWHERE, Act, acts
from tollbook.reading.tags import SPEAKERS, Word, agencies, words
from tollbook.text import Document

_CITING = frozenset(("citing", "quoting"))
_CITED = frozenset(("cited", "cites", "quoted", "quotes"))
_NEWS = frozenset("post times herald gazette tribune guardian news tv radio press".split())

_REPORTING = frozenset(("reported", "reports", "reporting", "according"))
_WRITERS = frozenset("correspondent correspondents journalist journalists reporter reporters".split())


def heard(document: Document, index: int) -> tuple[Act, ...]:
    """The acts of speech of a sentence; those of a medium that cites somebody belong to the one cited."""
    sentence = document.sentences[index]
    found = acts(document, sentence)
    if not found or not any(t.low in _CITING or t.low in _CITED for t in document.tokens(sentence)):
        return found
    return tuple(_cited(words(document, sentence), list(found)))


def _cited(row: list[Word], found: list[Act]) -> list[Act]:
    """The acts after every citation in the sentence has been followed."""
    for k, word in enumerate(row):
        related = word.low in _CITED and k and row[k - 1].low == "which"
        if not (word.low in _CITING or related):
            continue
        who = after(row, k + 1)
        if who is None or not _source(row, who):
            continue
        at = _passed_on(found, word.start, related=bool(related))
        if at is not None and _medium(row, found[at]):
            found[at] = _given(found[at], row, who)
    return found


def _source(row: list[Word], who: Phrase) -> bool:
    """Whether a phrase names one who can be cited, and no bare paper ("citing figures") or words quoted "as saying"."""
    if who.last + 1 < len(row) and row[who.last + 1].low == "as":
        return False
    kinds = SPEAKERS & set(who.head)
    if "d" in kinds and "N" not in who.head:
        ties = [k for k in range(who.first, who.last) if row[k].low in {"of", "from", "by"}]
        return bool(ties) and any(
            w.cap or (SPEAKERS - {"d"}) & set(w.kinds) for w in row[ties[0] : who.last + 1]
        )
    return bool(kinds) or "N" in who.head


def _passed_on(found: list[Act], at: int, *, related: bool) -> int | None:
    """Which act a citation at a character belongs to: the last one before, else the first one after."""
    earlier = [n for n, act in enumerate(found) if act.end <= at and act.who != NOWHERE]
    if earlier:
        return earlier[-1]
    return 0 if found and not related else None


def _medium(row: list[Word], act: Act) -> bool:
    """Whether an act is that of a newspaper, a broadcaster or an agency; a name of no other kind may be one."""
    said = {w.low for w in row if act.who[0] <= w.start < act.who[1]}
    if said & _WRITERS or (set("aN") & set(act.head) and said & (agencies() | _NEWS)):
        return True
    kinds = SPEAKERS & set(act.head)
    return "a" in kinds or (not kinds and "N" in act.head and act.verb in _REPORTING)


def _given(act: Act, row: list[Word], who: Phrase) -> Act:
    """The act as that of the one cited, passed on by the medium."""
    name = (row[who.name[0]].start, row[who.name[1]].end) if who.name else None
    span = (row[who.first].start, row[who.last].end)
    return act._replace(who=span, head=who.head, name=name, relay=act.who)
