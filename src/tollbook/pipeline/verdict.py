"""Judgements: checked against the book before they are recorded, so that what is recorded does something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tollbook.book import CREDIBILITIES, correction, realise, standing
from tollbook.codes import Grade, Verb
from tollbook.log import MovedError
from tollbook.notation import BadLineError
from tollbook.nouns import Claim, Course, Entry, Incident, Judgement, Publication, Site
from tollbook.pipeline.box import Box
from tollbook.pipeline.sites import checked
from tollbook.values import Book


class JudgementError(Exception):
    """A judgement that cannot be: what it speaks of is not there, or it says nothing. What, and what to do."""


# Two who decide at every moment would need luck of one in thousands to meet so often.
TRIES = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What a caller knew when it decided: the log up to a position, and its book."""

    entries: Sequence[Entry]
    book: Book
    position: int


def judge(
    box: Box,
    judgement: Judgement,
    *,
    dry_run: bool = False,
    known: Known | None = None,
    name: str = "",
) -> Judgement:
    """The judgement as recorded; said before and standing, it changes nothing.

    One that was said before and undone since is recorded anew. A split that names no incident founds one, called ``name``.
    It is checked and written against one position of the log: whoever wrote meanwhile is heard first. With ``dry_run``
    nothing is written, and what would be refused is refused.

    Args:
        box: where.
        judgement: what is decided.
        dry_run: whether nothing is to be written.
        known: what the caller decided on. When the log has grown since, it is for the caller to decide again.
        name: of the incident that a split founds; without one it is named after the one that its claims leave.

    Raises:
        JudgementError: it has no reason, speaks of what is not there, or corrects what cannot be corrected.
        MovedError: the log has grown past what is ``known``; nothing was written.
        LogError: the box cannot be written.
    """
    if known is not None:
        return _judged(box, judgement, known, name, dry_run=dry_run)
    for _ in range(TRIES):
        position = box.log.head()[0]
        entries = box.log.entries(upto=position)
        newest = Known(entries, realise(entries, two_persons=box.config.two_persons), position)
        try:
            return _judged(box, judgement, newest, name, dry_run=dry_run)
        except MovedError as error:
            moved = error
    raise moved


def _judged(box: Box, judgement: Judgement, known: Known, name: str, *, dry_run: bool) -> Judgement:
    """The judgement, checked against what is known and written right after it."""
    entries, book = {entry.id: entry for entry in known.entries}, known.book
    founded: list[Entry] = []
    if judgement.verb is Verb.SPLIT and judgement.other is None:
        new = _founded(book, judgement, name)
        founded, judgement = [new], replace(judgement, other=new.id)
    _check(judgement, entries, book, {e.id for e in founded})
    said = entries.get(judgement.id)
    again = said is not None and judgement.id not in {j.id for j in standing(book.judgements.values())}
    # An acceptance is a person's own: another person's, in the same words, is a second one.
    another = said is not None and said.made_by != judgement.made_by and judgement.verb is Verb.ACCEPT
    if again or another or _superseded(book, judgement):
        judgement = replace(judgement, nonce=judgement.recorded_at.isoformat())
    if not dry_run:
        box.log.append([*founded, judgement], after=known.position)
    return judgement


# Verbs that answer each other: of each family the last word on a target holds, so an older one said again is news.
_FAMILIES = (
    frozenset({Verb.ACCEPT, Verb.REJECT, Verb.WITHDRAW, Verb.CORRECT, Verb.REVIEW, Verb.UNVERIFIABLE}),
    frozenset({Verb.MERGE, Verb.APART}),
    *(frozenset({verb}) for verb in (Verb.GRADE, Verb.RATE, Verb.ASSIGN, Verb.NEST, Verb.SPLIT)),
)


def _superseded(book: Book, judgement: Judgement) -> bool:
    """Whether the same was said before, and something else of its family since."""
    family = next((f for f in _FAMILIES if judgement.verb in f), frozenset[Verb]())
    said = [
        j for j in standing(book.judgements.values()) if j.target == judgement.target and j.verb in family
    ]
    before = [n for n, j in enumerate(said) if replace(j, nonce="").id == judgement.id]
    return bool(before) and before[-1] < len(said) - 1


def decide(
    box: Box,
    verb: Verb,
    target: str,
    reason: str,
    *,
    now: datetime,
    by: str,
    other: str | None = None,
    claims: Sequence[str] = (),
    changes: Sequence[tuple[str, str]] = (),
) -> Judgement:
    """The judgement of those words, recorded; see ``judge`` for what is refused.

    Args:
        box: where.
        verb: what it does.
        target: id of the entry, or key of the finding.
        reason: why; not empty.
        now: the moment of the decision.
        by: who decides.
        other: for merge where it goes, for split where the claims go (or the claim that is the target).
        claims: for split which ones.
        changes: for correct (field, value in notation) pairs.
    """
    return judge(
        box,
        Judgement(
            said_on=now.date(), recorded_at=now, made_by=by, verb=verb, target=target, reason=reason.strip(),
            other=other, claims=tuple(claims), changes=tuple(changes),
        ),
    )  # fmt: skip


def _a(kind: str) -> str:
    """The name of a kind with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _check(judgement: Judgement, entries: dict[str, Entry], book: Book, founded: set[str]) -> None:
    verb, target = judgement.verb, judgement.target
    if not judgement.reason.strip():
        raise JudgementError("a judgement needs a reason; say why")
    if verb is Verb.ACKNOWLEDGE:
        if ":" not in target:
            raise JudgementError(
                f"{target!r} is no finding's key, which is CODE:ID; tollbook check --all lists them"
            )
        return
    entry = entries.get(target)
    if entry is None:
        raise JudgementError(f"there is no entry {target!r} in this box; tollbook print --ids lists them")
    on = entries.get(entry.target, entry) if isinstance(entry, Judgement) else entry
    if isinstance(on, Publication) and (verb is not Verb.COMMENT or on is not entry):
        raise JudgementError(
            f"{on.id} is a publication: it is confirmed, held back, corrected and withdrawn at the desk, on its own page, "
            "where each of these needs its persons; a comment is all that can be said here"
        )
    wanted = _WANTED.get(verb)
    if wanted and not isinstance(entry, wanted):
        kinds = " or ".join(_a(kind.KIND) for kind in wanted)
        raise JudgementError(f"{target} is {_a(entry.KIND)}, and {verb} is for {kinds}")
    if verb is Verb.CORRECT:
        _check_changes(judgement, entry)
    if verb in _VALUES:
        _check_value(judgement)
    if verb in {Verb.NEST, Verb.APART}:
        _check_pair(judgement, entry, book)
    if verb in {Verb.MERGE, Verb.SPLIT}:
        other = judgement.other or ""
        if other not in book.incidents.keys() | book.merged.keys() | founded:
            raise JudgementError(f"there is no incident {other!r}; tollbook incidents lists them")
        if other == target:
            raise JudgementError(f"{target} cannot go into itself; name another incident")
        if verb is Verb.MERGE:
            _check_levels(entry, book.incidents.get(book.merged.get(other, other)))
    if verb is Verb.SPLIT and not isinstance(entry, Incident):
        if judgement.claims:
            raise JudgementError(
                f"{target} is {_a(entry.KIND)} and goes alone; name the incident that claims leave, or no claims"
            )
        if book.incident_of.get(target) == book.merged.get(judgement.other or "", judgement.other):
            raise JudgementError(f"{target} stands under {judgement.other} already; name another incident")
    elif verb is Verb.SPLIT:
        strangers = [i for i in judgement.claims if not isinstance(entries.get(i), Claim | Course)]
        if strangers or not judgement.claims:
            raise JudgementError(
                f"no claims of this box: {', '.join(strangers) or 'none given'}; name those that leave"
            )


_WANTED: dict[Verb, tuple[type[Entry], ...]] = {
    Verb.ACCEPT: (Claim, Course, Incident),
    Verb.REVIEW: (Claim, Course, Incident),
    Verb.UNVERIFIABLE: (Claim, Course, Incident),
    Verb.NEST: (Incident,),
    Verb.APART: (Claim, Course, Incident),
    Verb.GRADE: (Incident,),
    Verb.RATE: (Claim,),
    Verb.MERGE: (Incident,),
    Verb.SPLIT: (Incident, Claim, Course),
    Verb.UNDO: (Judgement,),
}


# The value that a verb sets, and what it may be; None is any word, and none at all takes it away.
_VALUES: dict[Verb, tuple[str, tuple[str, ...] | None]] = {
    Verb.GRADE: ("grade", tuple(Grade)),
    Verb.RATE: ("credibility", CREDIBILITIES),
    Verb.ASSIGN: ("to", None),
}


def _check_value(judgement: Judgement) -> None:
    name, allowed = _VALUES[judgement.verb]
    given = judgement.changes
    if len(given) != 1 or given[0][0] != name:
        raise JudgementError(f"{judgement.verb} takes one value, {name}=...")
    if allowed is not None and given[0][1] not in allowed:
        raise JudgementError(f"there is no {name} {given[0][1]!r}; there are {', '.join(allowed)}")


def _check_pair(judgement: Judgement, entry: Entry, book: Book) -> None:
    """Whether one may be put under the other, or told from it."""
    other, target = judgement.other or "", judgement.target
    if not other and judgement.verb is Verb.NEST:
        return
    over = book.incidents.get(book.merged.get(other, other))
    if over is None:
        raise JudgementError(f"there is no incident {other!r}; tollbook incidents lists them")
    if target == other:
        raise JudgementError(f"{target} is one thing; name another incident")
    if book.merged.get(target, target) == over.id:
        raise JudgementError(
            f"{target} and {other} are one in this book; undo the merge first, or name another"
        )
    if judgement.verb is Verb.NEST and isinstance(entry, Incident) and entry.level.rank >= over.level.rank:
        raise JudgementError(
            f"{over.id} is of the level {over.level} and cannot hold one of the level {entry.level}: an incident "
            "stands under a campaign or a war, a campaign under a war"
        )


def _check_levels(entry: Entry, into: Incident | None) -> None:
    """Whether one may go into the other: both of one level."""
    if isinstance(entry, Incident) and into is not None and entry.level is not into.level:
        raise JudgementError(
            f"{entry.id} is of the level {entry.level} and {into.id} of the level {into.level}, so they are not one; "
            "put the one under the other with: tollbook nest"
        )


def _check_changes(judgement: Judgement, entry: Entry) -> None:
    if not judgement.changes:
        raise JudgementError(f"nothing to correct in {entry.id}; write field=value")
    for name, text in judgement.changes:
        try:
            value = correction(entry.KIND, name, text)
            changed = replace(entry, **{name: value})  # type: ignore[arg-type]  # the field was looked up by its name
            if isinstance(changed, Site):
                checked(changed)
        except (BadLineError, ValueError, TypeError) as error:
            raise JudgementError(f"{entry.id} cannot be corrected so: {error}") from error


def _founded(book: Book, judgement: Judgement, name: str) -> Incident:
    """The incident that a split founds: named after the one its claims leave, with their own days."""
    old = book.incidents.get(book.incident_of.get(judgement.target, judgement.target))
    leaving = judgement.claims or (judgement.target,)
    said = [s for i in leaving if (s := book.claims.get(i) or book.courses.get(i) or book.waiting.get(i))]
    days = sorted(day for s in said for day in (s.date_from or s.date_to or s.said_on,) if day)
    place = next((s.place for s in said if s.place), old.place if old else None)
    return Incident(
        name=name or (f"{old.name} (split off)" if old else place or "Incident"),
        place=place,
        date_from=days[0] if days else None,
        date_to=days[-1] if days else None,
        said_on=days[0] if days else None,
        recorded_at=judgement.recorded_at,
        made_by=judgement.made_by,
    )
