"""Founding: a war, a campaign or an incident put into the book by a person, with the reason as a comment on it."""

from __future__ import annotations

from tollbook.book import realise
from tollbook.codes import Verb
from tollbook.nouns import Incident, Judgement
from tollbook.pipeline.box import Box
from tollbook.pipeline.verdict import JudgementError


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
    _check(box, incident, reason)
    comment = Judgement(
        said_on=incident.recorded_at.date(), recorded_at=incident.recorded_at, made_by=incident.made_by,
        verb=Verb.COMMENT, target=incident.id, reason=reason.strip(),
    )  # fmt: skip
    if not dry_run:
        box.log.append([incident, comment])
    return incident


def _check(box: Box, incident: Incident, reason: str) -> None:
    if not reason.strip():
        raise JudgementError("a founding needs a reason; say why")
    if not incident.name.strip():
        raise JudgementError(f"the {incident.level} has no name; give one with --name")
    if incident.date_from and incident.date_to and incident.date_to < incident.date_from:
        raise JudgementError(
            f"it would end on {incident.date_to}, before it began on {incident.date_from}; exchange the days"
        )
    entries = box.log.entries()
    book = realise(entries)
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
