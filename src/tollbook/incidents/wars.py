"""Wars: which war or campaign a figure of a whole war, or of a spell of time over several events, is about.

Such a figure is of no single incident. It goes to the one war, or the narrowest campaign, whose place and days hold it;
where none does, or two do, it stays without, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tollbook.codes import Level, Scope
from tollbook.incidents.spots import Places, Spot, shared, spot
from tollbook.incidents.topics import YEAR
from tollbook.nouns import Claim, Entry, Incident, Link, Report
from tollbook.places import fold, regions
from tollbook.values import Book, Reading

MADE_BY = "wars 1"

# How much each agreement weighs in the score of the link; what is not known counts half.
PLACE, TIME, PARTIES = 0.5, 0.3, 0.2

WIDE = frozenset({Scope.WAR, Scope.PERIOD})

Region = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class War:
    """A war or a campaign as it can be compared: where it lies, when, between whom."""

    incident: Incident
    where: Spot
    region: Region
    parties: frozenset[str]

    def holds(self, start: date | None, end: date | None, *, whole: bool) -> bool:
        """Whether days may be of it: of a whole war they meet, and begin no year before it; of a spell all lie in it."""
        first, last = self.incident.date_from, self.incident.date_to
        if whole:
            early = bool(first and ((start and first - start > YEAR) or (end and end < first)))
            return not early and not (last and start and start > last)
        if start is None or end is None:
            return False
        return not (first and start < first) and not (last and end > last)


def of_wars(
    report: Report,
    reading: Reading,
    book: Book,
    now: datetime,
    places: Places | None,
    settled: Callable[[str], bool],
) -> tuple[Link, ...]:
    """The links of a report's figures of whole wars and of spells of time to the wars and campaigns of the book.

    Args:
        report: the report.
        reading: what was read from it.
        book: the book before it.
        now: the moment of recording.
        places: the gazetteer; None to do without one.
        settled: whether a statement is linked already.
    """
    wars = _wars(book, places)
    wholes = {c.id for c in reading.claims if c.scope in WIDE}
    wide = [c for c in reading.claims if (c.scope in WIDE or c.part_of in wholes) and not settled(c.id)]
    if not wars or not wide:
        return ()
    told = [s.place for s in (*reading.claims, *reading.courses) if s.place]
    found: dict[str, Link] = {}
    for claim in sorted(wide, key=lambda c: c.part_of is not None):
        with_whole = found.get(claim.part_of or "")
        if with_whole is not None:
            found[claim.id] = replace(
                with_whole, claim=claim.id, reason="it goes with the whole that it is part of"
            )
            continue
        fits = {
            w.incident.id: why
            for w in wars
            if (why := _fit(claim, w, told, report, places))
            and frozenset({claim.id, w.incident.id}) not in book.apart
        }
        chosen = _narrowest(book, _between(claim, wars, fits))
        if chosen is not None:
            score, reason = fits[chosen]
            found[claim.id] = Link(
                said_on=claim.said_on or report.said_on, recorded_at=now, made_by=MADE_BY, claim=claim.id,
                incident=chosen, score=round(score, 2), reason=reason,
            )  # fmt: skip
    return tuple(found.values())


def _wars(book: Book, places: Places | None) -> list[War]:
    """The wars and campaigns of a book, which a book that grew takes over."""

    def make() -> list[str]:
        return [i for i, incident in sorted(book.incidents.items()) if incident.level is not Level.INCIDENT]

    def more(found: list[str], new: Sequence[Entry]) -> None:
        found += [e.id for e in new if isinstance(e, Incident) and e.level is not Level.INCIDENT]

    ids = book.kept("wars", make, more)
    return [_war(book, book.incidents[i], places) for i in ids if i in book.incidents]


def _war(book: Book, war: Incident, places: Places | None) -> War:
    where = spot(war.place, places) | spot(war.name, places)
    said = [*book.of(war.id), *(c for i, up in book.above.items() if up == war.id for c in book.of(i))]
    parties = frozenset(p.casefold() for c in said for p in (c.party, c.perpetrator) if p)
    return War(war, where, _region(war.place, places), parties)


def _region(place: str | None, places: Places | None) -> Region:
    return regions(places)(place) if places is not None else ()


def _fit(
    claim: Claim, war: War, told: Sequence[str], report: Report, places: Places | None
) -> tuple[float, str] | None:
    """How well a claim fits a war and why, in words; None where it does not, or nothing says so."""
    whole = claim.scope is Scope.WAR
    if claim.scope not in WIDE:
        return None
    if whole and war.incident.level is not Level.WAR:
        return None
    end = claim.date_to or claim.said_on or report.said_on
    if not war.holds(claim.date_from, end, whole=whole):
        return None
    here = [claim.place] if claim.place else told
    places_agree = _agree(claim, here, war, places)
    parties = _parties(claim, war)
    if places_agree is False or (places_agree is None and not parties):
        return None
    dated = bool(war.incident.date_from and claim.date_from)
    score = PLACE * (1 if places_agree else 0.5) + TIME * (1 if dated else 0.5)
    score += PARTIES * (1 if parties else 0.5)
    what = "it counts a whole war" if whole else "it counts a spell of time over several events"
    reasons = [f"both name {', '.join(sorted(parties))}"] if parties else []
    reasons += ["its place lies there"] if places_agree else []
    reasons += ["its days are of it"] if dated else []
    return score, f"{what}; {'; '.join(reasons)}; no other war or campaign fits"


def _agree(claim: Claim, here: Iterable[str], war: War, places: Places | None) -> bool | None:
    """Whether places lie where a war is fought; None where nothing is known of one of them.

    A figure of a whole war whose own words name a smaller place is of the war in that place: it is not of all of it.
    """
    found: bool | None = None
    for place in here:
        region = _region(place, places)
        within = region[: len(war.region)] == war.region
        if war.region and region and not within:
            return False
        known = spot(place, places)
        named = shared(known.names | known.wide, war.where.names | war.where.wide)
        own = any(name in fold(claim.quote) for name in known.names | known.wide)
        if claim.scope is Scope.WAR and own and not named and region != war.region:
            return False
        if named or (war.region and region and within):
            found = True
    return found


def _parties(claim: Claim, war: War) -> set[str]:
    """The parties of a claim that are those of a war, or that its name names."""
    mine = {p.casefold() for p in (claim.party, claim.perpetrator) if p}
    return {p for p in mine if p in war.parties or p in war.incident.name.casefold()}


def _between(claim: Claim, wars: Sequence[War], fits: dict[str, tuple[float, str]]) -> set[str]:
    """Those that fit; where some of them share a party with the claim only these."""
    named = {w.incident.id for w in wars if w.incident.id in fits and _parties(claim, w)}
    return named or set(fits)


def _narrowest(book: Book, fits: set[str]) -> str | None:
    """The one that fits and that none that fits stands under; of several the one above all of them; else None."""
    while len(fits) > 1:
        over = {book.above[i] for i in fits if i in book.above} & fits
        lowest = fits - over
        if len(lowest) == 1:
            return next(iter(lowest))
        if not over:
            return None
        fits = over
    return next(iter(fits), None)


__all__ = ["of_wars"]
