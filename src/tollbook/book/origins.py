"""Origins: whose word a statement is, so that twenty papers that carry one line count once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tollbook.nouns import Report, Source, Statement
from tollbook.values import fold

# Wire services that papers name in brackets after their own name. A source card does the same for any
# other; a bracket that is neither ("The Gazette (London)") belongs to the name.
WIRES = frozenset(
    {
        "afp", "agence france-presse", "reuters", "ap", "associated press", "the associated press", "dpa", "efe",
        "ansa", "upi", "tass", "interfax", "xinhua", "anadolu", "anadolu agency", "pti", "kyodo", "ians", "aap",
        "irna", "sana", "wafa", "anha", "bloomberg", "ukrinform", "yonhap", "pa media",
    }
)  # fmt: skip

NOBODY = "unknown"

# Whoever speaks for a voice that has a card is that voice: its spokesman, its sources in the field.
_FOR = re.compile(
    r"(?:an?\s+|the\s+)?(?:\w+\s+)?(?:spokes(?:man|woman|person|people|men)|officials?|sources?|statement|press office|media office)"
    r"\s+(?:for|of|from|at|in)\s+(.+)",
    re.IGNORECASE,
)
_THEIR = re.compile(
    r"(.+?)(?:['\u2019]s)?\s+(?:(?:field|local|own|reliable)\s+)?"
    r"(?:sources?|activists|spokes(?:man|woman|person)|correspondents?|reporters?|monitors|officials?|media office|press office)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]+)\)\s*$")


def origins(
    statements: Mapping[str, Statement], reports: Mapping[str, Report], sources: Mapping[str, Source]
) -> dict[str, str]:
    """Statement id to the origin that is counted: the speaker, else the publisher's agency, else the publisher.

    Names are compared without case, blanks and a leading "the". A source card gives the canonical name, or
    the handle of a confidential source; without one the spelling that sorts first stands for all. Who speaks
    for a voice that has a card ("SOHR sources", "a spokesman for the SDF") is that voice; a person who speaks for
    an organisation is an alias on its card.
    """
    cards = _cards(sources)
    said = _said(statements, reports, cards)
    spelled: dict[str, str] = {}
    for name in sorted(set(said.values()), reverse=True):
        spelled[fold(name)] = name
    shown = {name: cards.get(fold(name)) or spelled[fold(name)] for name in set(said.values())}
    return {i: shown[name] for i, name in said.items()}


def more_origins(
    statements: Mapping[str, Statement],
    reports: Mapping[str, Report],
    sources: Mapping[str, Source],
    so_far: Mapping[str, str],
) -> dict[str, str] | None:
    """The origins of new statements beside those known; None when a new spelling would change an old one."""
    cards = _cards(sources)
    known = {fold(name): name for name in set(so_far.values())}
    found = _said(statements, reports, cards)
    for i, name in sorted(found.items(), key=lambda pair: pair[1]):
        key = fold(name)
        if key not in cards and name < known.setdefault(key, name):
            return None
        found[i] = cards.get(key) or known[key]
    return found


def _said(
    statements: Mapping[str, Statement], reports: Mapping[str, Report], cards: Mapping[str, str]
) -> dict[str, str]:
    """Statement id to whose word it is, not yet canonical."""
    house: dict[str, str] = {}
    for statement in statements.values():
        if statement.report not in house:
            report = reports.get(statement.report)
            house[statement.report] = _house(report.publisher, cards) if report else NOBODY
    return {i: _voice(s, house[s.report], cards) for i, s in statements.items()}


def _cards(sources: Mapping[str, Source]) -> dict[str, str]:
    """Folded name or alias to what may be shown of the source; a name beats another card's alias."""
    ordered = sorted(sources.values(), key=lambda s: (s.recorded_at, s.id))
    found = {fold(alias): s.handle for s in ordered for alias in s.aliases}
    return found | {fold(s.name): s.handle for s in ordered}


def _house(publisher: str, cards: Mapping[str, str]) -> str:
    """Whose text a report is: the agency in brackets, else the publisher."""
    bracket = _BRACKET.search(publisher)
    if bracket and (fold(bracket[1]) in cards or bracket[1].casefold().strip() in WIRES):
        return bracket[1].strip()
    return publisher.strip() or NOBODY


def _mouthpiece(speaker: str, cards: Mapping[str, str]) -> str | None:
    """The voice with a card that a speaker speaks for ("SOHR sources", "spokesman for the SDF"), or None."""
    if fold(speaker) in cards:
        return None
    for shape in (_FOR, _THEIR):
        found = shape.fullmatch(speaker)
        if found and fold(found[1]) in cards:
            return found[1].strip()
    return None


def _voice(statement: Statement, house: str, cards: Mapping[str, str]) -> str:
    """Whose word a statement is, not yet canonical."""
    speaker = (statement.speaker or "").strip()
    if not speaker:
        return statement.relayed_by[0].strip() if statement.relayed_by else house
    mouth = _mouthpiece(speaker, cards)
    if mouth:
        return mouth
    if fold(speaker) in cards or any(ch.isalpha() and not ch.islower() for ch in speaker):
        return speaker
    # "residents" of one paper are not the "residents" of another.
    return f"{speaker} ({cards.get(fold(house)) or house})"
