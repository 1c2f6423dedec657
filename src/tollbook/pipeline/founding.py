"""Founding: a war, a campaign or an incident put into the book by a person, with the reason as a comment on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tollbook import incidents, places
from tollbook.book import realise
from tollbook.codes import Verb
from tollbook.nouns import Claim, Entry, Incident, Judgement, Link
from tollbook.pipeline.box import Box
from tollbook.pipeline.verdict import JudgementError
from tollbook.values import Book, Reading


def found(box: Box, incident: Incident, reason: str, *, dry_run: bool = False) -> Incident:
    """The incident as recorded; founded before and standing, it changes nothing.

    Args:
        box: where.
        incident: what is founded, with who founds it and when.
        reason: why; it is kept as a comment on the incident.
        dry_run: whether nothing is to be written.

    Raises:
        JudgementError: it has no name or no reason, its days are in the wrong order, one of its level has that name,
            or it was founded and withdrawn.
        LogError: the box cannot be written.
    """
    entries = box.log.entries()
    book = realise(entries)
    _check(book, entries, incident, reason)
    comment = Judgement(
        said_on=incident.recorded_at.date(), recorded_at=incident.recorded_at, made_by=incident.made_by,
        verb=Verb.COMMENT, target=incident.id, reason=reason.strip(),
    )  # fmt: skip
    if not dry_run:
        box.log.append([incident, comment, *_claimed(realise([*entries, incident]), incident)])
    return incident


def _claimed(book: Book, war: Incident) -> list[Link]:
    """The links of what was read before and stood under nothing: figures of whole wars and of spells that it now holds."""
    loose: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims.values():
        if claim.id not in book.incident_of and claim.report in book.reports:
            loose[claim.report].append(claim)
    found: list[Link] = []
    where = places.resolver(book.sites.values())
    for report, claims in sorted(loose.items()):
        ordered = tuple(sorted(claims, key=lambda c: (c.span.start, c.id)))
        placed = incidents.of_wars(
            book.reports[report], Reading(claims=ordered), book, war.recorded_at, where, book.incident_of.__contains__
        )  # fmt: skip
        found += [link for link in placed if link.incident == war.id]
    return found


def _check(book: Book, entries: Sequence[Entry], incident: Incident, reason: str) -> None:
    if not reason.strip():
        raise JudgementError("a founding needs a reason; say why")
    if not incident.name.strip():
        raise JudgementError(f"the {incident.level} has no name; give one with --name")
    if incident.date_from and incident.date_to and incident.date_to < incident.date_from:
        raise JudgementError(
            f"it would end on {incident.date_to}, before it began on {incident.date_from}; exchange the days"
        )
    if incident.id not in book.incidents and any(e.id == incident.id for e in entries):
        raise JudgementError(
            f"{incident.id} was founded before and withdrawn or merged; undo that judgement to have it back"
        )
    for other in book.incidents.values():
        same = other.name.casefold() == incident.name.casefold() and other.level is incident.level
        if same and other.id != incident.id:
            raise JudgementError(
                f"there is a {other.level} called {other.name!r} ({other.id}); choose a name that tells them apart"
            )


__all__ = ["found"]
