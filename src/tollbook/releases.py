"""Where a publication stands at a moment: draft, embargoed, public, corrected or withdrawn; who may do what with it.

It follows from the entries alone. A draft becomes public when a person who did not write it confirms it, and not before
its embargo ends; what is public is withdrawn when two persons say so. What was confirmed is never undone: a publication
is held back before it is public, and corrected or withdrawn after.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tollbook.codes import Verb
from tollbook.nouns import Judgement, Publication
from tollbook.people import Right
from tollbook.values import Book


class Stage(StrEnum):
    """Where a publication stands."""

    DRAFT = "waits for a second person"
    HELD = "held back"
    EMBARGOED = "embargoed"
    PUBLIC = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    OUTSIDE = (
        "written to a folder"  # by the verb ``publish``: its bytes are not kept here, so they are not served
    )


# What the world may know of.
SEEN = frozenset({Stage.PUBLIC, Stage.CORRECTED, Stage.WITHDRAWN})


class Act(StrEnum):
    """What a person can do with a publication."""

    CONFIRM = "confirm"
    HOLD = "hold back"
    WITHDRAW = "withdraw"
    KEEP = "take the withdrawal back"


@dataclass(frozen=True, slots=True)
class Release:
    """A publication and where it stands.

    Attributes:
        publication: what it is of.
        stage: where it stands.
        confirmed: the second person's word.
        public_from: since when, or from when on, it is public.
        held: the word that held it back.
        asked: one person's word that it be withdrawn, while another's is wanted.
        withdrawn: the two words that withdrew it, the first first.
        corrected_by: id of the publication that stands for it now.
    """

    publication: Publication
    stage: Stage = Stage.DRAFT
    confirmed: Judgement | None = None
    public_from: datetime | None = None
    held: Judgement | None = None
    asked: Judgement | None = None
    withdrawn: tuple[Judgement, ...] = ()
    corrected_by: str | None = None

    @property
    def id(self) -> str:
        """That of the publication."""
        return self.publication.id

    @property
    def seen(self) -> bool:
        """Whether the world may know of it."""
        return self.stage in SEEN


def same(one: str, other: str) -> bool:
    """Whether two names are one person's: "Flavia" and "flavia " are."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def releases(book: Book, now: datetime) -> dict[str, Release]:
    """Every publication of the book by id, as it stands at a moment; the order is that of their making.

    Args:
        book: the snapshot.
        now: the moment; what was recorded after it counts for nothing.
    """
    said = book.kept("words on publications", lambda: _said(book))
    ordered = sorted(book.publications.values(), key=lambda p: (p.recorded_at, p.id))
    found = {p.id: _folded(p, said.get(p.id, ()), now) for p in ordered if p.recorded_at <= now}
    for release in tuple(found.values()):
        old = found.get(release.publication.replaces or "")
        # One that was withdrawn since had been public, and what it corrected was wrong all the same.
        if old is not None and release.seen and old.stage in {Stage.PUBLIC, Stage.CORRECTED}:
            last = found.get(old.corrected_by or "")
            if last is None or (last.public_from or now) <= (release.public_from or now):
                found[old.id] = replace(old, stage=Stage.CORRECTED, corrected_by=release.id)
    return found


def _said(book: Book) -> dict[str, tuple[Judgement, ...]]:
    """The judgements on each publication, and what undoes them, in the order of their recording."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    target = {j.id: j.target for j in book.judgements.values() if j.target in book.publications}
    for j in book.judgements.values():
        on = target.get(j.target, "") if j.verb is Verb.UNDO else j.target
        if on in book.publications:
            found[on].append(j)
    return {key: tuple(sorted(js, key=lambda j: (j.recorded_at, j.id))) for key, js in found.items()}


def _folded(publication: Publication, said: Iterable[Judgement], now: datetime) -> Release:
    """The publication after every word on it up to a moment, one by one."""
    if not publication.proposed:
        return Release(publication, Stage.OUTSIDE)
    at = Release(publication)
    for word in said:
        if publication.recorded_at <= word.recorded_at <= now:
            at = _after(at, word)
    if at.stage is Stage.EMBARGOED and at.public_from is not None and at.public_from <= now:
        return replace(at, stage=Stage.PUBLIC)
    return at


def _after(at: Release, word: Judgement) -> Release:
    """Where it stands after one more word; a word that may not count changes nothing."""
    public = at.public_from is not None and at.public_from <= word.recorded_at
    if not word.made_by.strip():
        return at
    another = not same(word.made_by, at.publication.made_by)
    if word.verb is Verb.ACCEPT and at.stage is Stage.DRAFT and another:
        embargo = at.publication.embargo
        start = max(embargo, word.recorded_at) if embargo else word.recorded_at
        return replace(at, stage=Stage.EMBARGOED, confirmed=word, public_from=start)
    if word.verb is Verb.REJECT and (at.stage is Stage.DRAFT or (at.stage is Stage.EMBARGOED and not public)):
        return replace(at, stage=Stage.HELD, held=word, public_from=None)
    if at.stage is not Stage.EMBARGOED or not public:
        return at
    if word.verb is Verb.WITHDRAW:
        if at.asked is None:
            return replace(at, asked=word)
        if not same(word.made_by, at.asked.made_by):
            return replace(at, stage=Stage.WITHDRAWN, asked=None, withdrawn=(at.asked, word))
    if word.verb is Verb.UNDO and at.asked is not None and word.target == at.asked.id:
        return replace(at, asked=None) if same(word.made_by, at.asked.made_by) else at
    return at


def shown(found: Mapping[str, Release], rights: frozenset[Right]) -> dict[str, Release]:
    """The releases that somebody with these rights may know of: what is not public is for those who work on it."""
    return {i: r for i, r in found.items() if r.seen or Right.WORK in rights}


def secret(book: Book, now: datetime) -> frozenset[str]:
    """Ids of the entries that only those who work at the desk may know of: what is not public yet, and words on it."""
    hidden = {i for i, r in releases(book, now).items() if not r.seen and r.stage is not Stage.OUTSIDE}
    if not hidden:
        return frozenset()
    said = book.kept("words on publications", lambda: _said(book))
    return frozenset(hidden | {j.id for i in hidden for j in said.get(i, ())})


def alone(book: Book, incident: str, person: str) -> tuple[str, ...]:
    """Ids of an incident's claims that rest on this person's word alone: by them, and checked by nobody else."""
    claims = book.of(incident) if incident else tuple(book.claims.values())
    corrected = {
        j.target for j in book.judgements.values() if j.verb is Verb.CORRECT and same(j.made_by, person)
    }
    mine = (c for c in claims if same(c.made_by, person) or c.id in corrected)
    return tuple(c.id for c in mine if all(same(p, person) for p in book.accepted_by.get(c.id, ())))


def against(
    act: Act, release: Release, person: str, rights: frozenset[Right], own: Iterable[str] = ()
) -> str:
    """What stands against a person's act, in a sentence that says what to do; empty where nothing does.

    Args:
        act: what they want to do.
        release: with which publication, as it stands now.
        person: who.
        rights: what they may.
        own: ids of claims that rest on their word alone.
    """
    if not person or Right.WORK not in rights:
        return "This is for those who work at the desk; ask its keeper for the right."
    if act is Act.CONFIRM:
        return _against_confirming(release, person, rights, tuple(own))
    if act is Act.HOLD:
        if release.stage not in {Stage.DRAFT, Stage.EMBARGOED}:
            return f"It is {release.stage}; only what is not public yet can be held back."
        if Right.PUBLISH not in rights and not same(person, release.publication.made_by):
            return "A draft is held back by who made it or by somebody with the right to publish."
        return ""
    if release.stage not in {Stage.PUBLIC, Stage.CORRECTED}:
        return f"It is {release.stage}; only what is public can be withdrawn."
    if act is Act.KEEP:
        asked = release.asked
        return "" if asked and same(asked.made_by, person) else "You did not ask for its withdrawal."
    if release.asked is None:
        return ""
    if same(release.asked.made_by, person):
        return "You asked for this withdrawal; another person has to agree."
    if Right.PUBLISH not in rights:
        return "To agree to a withdrawal needs the right to publish; ask a publisher of this desk."
    return ""


def _against_confirming(release: Release, person: str, rights: frozenset[Right], own: tuple[str, ...]) -> str:
    if release.stage is not Stage.DRAFT:
        return f"It is {release.stage}; only a draft can be confirmed."
    if Right.PUBLISH not in rights:
        return "To confirm a draft needs the right to publish; ask a publisher of this desk."
    if same(person, release.publication.made_by):
        return "You made this draft; another person has to confirm it."
    if own:
        return (
            f"It rests on {len(own)} claim{'s' * (len(own) > 1)} that you wrote or corrected and nobody else has checked; let "
            "another person accept them, or confirm the draft."
        )
    return ""


VERBS = {Act.CONFIRM: Verb.ACCEPT, Act.HOLD: Verb.REJECT, Act.WITHDRAW: Verb.WITHDRAW}

__all__ = [
    "SEEN",
    "VERBS",
    "Act",
    "Release",
    "Stage",
    "against",
    "alone",
    "releases",
    "same",
    "secret",
    "shown",
]
