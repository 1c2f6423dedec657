"""The nouns of the log: sources, reports, claims and the people's judgements on them.

Each is frozen and its ``id`` is a digest of what it says, so the same thing said twice is one thing.
``recorded_at`` and ``made_by`` are never part of the identity: they tell when and how we learned it.
What is computed from these (tolls, changes, findings, the Book) stands in ``values``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from tollbook.codes import Level, Outcome, SourceKind, Verb
from tollbook.entries import EPOCH, Entry, Span
from tollbook.figures import NOTHING, Figure
from tollbook.people import Access, Member, Token
from tollbook.statements import Claim, Course, Doubt, Statement


@dataclass(frozen=True, kw_only=True)
class Source(Entry):
    """A voice.

    Attributes:
        name: the full name; of a confidential source only its handle may leave the box.
        aliases: other names and short forms that texts use ("SOHR", "the war monitor").
        kind: what kind of voice it is.
        party: the party it belongs to, if any; a party's word on its own dead is an admission.
        reliability: Admiralty code A (completely reliable) to F (cannot be judged).
        confidential: whether the name must never leave the box.
        yields_min: claims expected from it in a week at least; fewer is the finding ``source-silent``.
        yields_max: claims expected in a week at most.
        pseudonym: drawn by lot when a confidential card is first read; never made from what the card says.
        coverage: the places it reports on, in words; a place outside is beyond what it can know well.
        silent_days: so many days without a word from it are strange; None where nothing is expected.
        notes: what people should know of it; of a confidential source never shown outside the box.
    """

    KIND: ClassVar[str] = "source"

    name: str
    aliases: tuple[str, ...] = ()
    kind: SourceKind = SourceKind.UNKNOWN
    party: str | None = None
    reliability: str = "F"
    confidential: bool = False
    yields_min: int | None = None
    yields_max: int | None = None
    pseudonym: str = ""
    coverage: tuple[str, ...] = ()
    silent_days: int | None = None
    notes: str = ""

    @property
    def handle(self) -> str:
        """The name that may be shown: the name itself, or the pseudonym of a confidential source.

        Confidential sources that have no pseudonym yet are one voice; nothing that could be guessed tells them apart.
        """
        return f"source-{self.pseudonym or 'withheld'}" if self.confidential else self.name


@dataclass(frozen=True, kw_only=True)
class Report(Entry):
    """A text that was published by somebody, somewhere, on a day (``said_on``).

    Attributes:
        title: the headline as found.
        publisher: who published it, as found.
        address: where it stands (URL), or empty.
        lang: ISO 639-1 code.
        original: SHA-256 of the bytes as received, which are kept.
        text: SHA-256 of the extracted body, UTF-8, which is kept too; spans count its characters.
        document: the short name a person gave it: file stem, feed id.
        origin: how it came: file, url, mail, feed, stdin, demo.
        reprints: id of the earlier report whose text it repeats nearly word for word, if any.
        marks: proper names and numbers of the text, folded, by which another report of the same event is known.
    """

    KIND: ClassVar[str] = "report"
    APART: ClassVar[frozenset[str]] = frozenset(
        {"recorded_at", "made_by", "document", "origin", "original", "reprints", "marks"}
    )

    title: str = ""
    publisher: str = ""
    address: str = ""
    lang: str = "en"
    original: str
    text: str
    document: str = ""
    origin: str = ""
    reprints: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unread(Entry):
    """Something that came in and could not be read; it is kept and waits.

    Attributes:
        original: SHA-256 of the bytes as received, or empty when there were none to keep.
        document: its short name.
        origin: how it came.
        reason: what was wrong, and what one can do.
    """

    KIND: ClassVar[str] = "unread"

    original: str
    document: str = ""
    origin: str = ""
    reason: str


@dataclass(frozen=True, kw_only=True)
class Incident(Entry):
    """Something happened in this place and window; ``said_on`` is its first day.

    A campaign or a war is one of a higher level: incidents stand under it by the judgement ``nest``.

    Attributes:
        name: a short label for people.
        place: the place in words.
        date_from: first day.
        date_to: last day known when it was founded; claims may carry it on.
        latitude: degrees, WGS 84, or None.
        longitude: degrees, WGS 84, or None.
        geo_precision: UCDP ``where_prec`` 1 (exact) to 7, or None.
        level: an incident, or a campaign or war that holds others.
    """

    KIND: ClassVar[str] = "incident"

    name: str
    place: str | None = None
    date_from: date | None = None
    date_to: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    geo_precision: int | None = None
    level: Level = Level.INCIDENT


@dataclass(frozen=True, kw_only=True)
class Link(Entry):
    """This statement (a claim or a course claim) is about this incident.

    Attributes:
        claim: id of the statement.
        incident: id of the incident.
        score: 0 to 1.
        reason: why, in words.
        runner_up: the incident that came next, with its score and how it fell short, in words; empty where none came near.
    """

    KIND: ClassVar[str] = "link"
    APART: ClassVar[frozenset[str]] = frozenset({"recorded_at", "made_by", "runner_up"})

    claim: str
    incident: str
    score: float = 1.0
    reason: str = ""
    runner_up: str = ""


@dataclass(frozen=True, kw_only=True)
class Judgement(Entry):
    """A person, or a newer rule set, decides; the old entry stays. ``made_by`` says who.

    Attributes:
        verb: what it does.
        target: id of the entry (or key of the finding) it speaks of.
        reason: why; never empty.
        other: for merge the incident that ``target`` goes into; for split the incident that ``claims`` leave to, or that
            the one claim goes to which is the target; for nest the campaign or war above, None to take it out; for apart what it is not the same as.
        claims: for split all claims that leave the incident that is the target.
        changes: for correct (field, new value in notation) pairs; for grade, rate and assign the one pair
            ``grade``, ``credibility`` or ``to`` with its value.
        nonce: tells two like judgements apart (a second withdrawal after an undo).
    """

    KIND: ClassVar[str] = "judgement"

    verb: Verb
    target: str
    reason: str
    other: str | None = None
    claims: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    nonce: str = ""


@dataclass(frozen=True, kw_only=True)
class Assertion(Entry):
    """The desk expects a figure on a day (``said_on``); outside it is a finding.

    Attributes:
        incident: id of the incident.
        outcome: of what.
        group: party or class, empty for all.
        expects: the range.
    """

    KIND: ClassVar[str] = "assertion"

    incident: str
    outcome: Outcome
    group: str = ""
    expects: Figure = NOTHING


@dataclass(frozen=True, kw_only=True)
class Publication(Entry):
    """This was published from the log up to here.

    Attributes:
        format: what was made ("bulletin", "csv" ...).
        incident: id of the incident, empty for the whole book.
        upto: position of the last log entry it rests on.
        head: the chain's head at that position.
        digest: SHA-256 of what was published.
        method: by which its tolls were made.
        as_of: the day up to which what was said counted; None for everything.
        known_at: the moment up to which what was recorded counted, where that is before ``upto``; None for everything.
        proposed: a draft; it becomes public when a second person confirms it, and not before.
        title: its headline; empty where the incident's name stands for one.
        embargo: the moment before which nobody outside may know of it; None for at once.
        replaces: id of the publication that it corrects, if any.
        files: what was made, (name, SHA-256) pairs by name; the bytes are kept.
    """

    KIND: ClassVar[str] = "publication"

    format: str
    incident: str = ""
    upto: int
    head: str
    digest: str
    method: str = "strict"
    as_of: date | None = None
    known_at: datetime | None = None
    proposed: bool = False
    title: str = ""
    embargo: datetime | None = None
    replaces: str | None = None
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Site(Entry):
    """Where a place lies, told by a person: a camp, a prison or a quarter that no list has, or has elsewhere.

    Attributes:
        name: as reports write it.
        latitude, longitude: degrees, WGS 84.
        geo_precision: UCDP where_prec, 1 exact place to 7 part of the world.
        country: ISO 3166 alpha-2, or empty.
        aliases: other names and spellings.
        note: what it is, or how the position is known.
    """

    KIND: ClassVar[str] = "site"

    name: str
    latitude: float
    longitude: float
    geo_precision: int = 1
    country: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Forgotten(Entry):
    """The content at this position of the log was removed for good; only the log itself writes these.

    Attributes:
        position: where it stood.
        reason: why; it must not say what was forgotten.
    """

    KIND: ClassVar[str] = "forgotten"

    position: int
    reason: str


_ALL: tuple[type[Entry], ...] = (
    *(Source, Report, Unread, Claim, Course, Doubt, Incident),
    *(Link, Judgement, Assertion, Publication, Site, Forgotten),
    *(Member, Token, Access),
)
KINDS: dict[str, type[Entry]] = {kind.KIND: kind for kind in _ALL}

__all__ = [
    "EPOCH",
    "KINDS",
    "Access",
    "Assertion",
    "Claim",
    "Course",
    "Doubt",
    "Entry",
    "Forgotten",
    "Incident",
    "Judgement",
    "Link",
    "Member",
    "Publication",
    "Report",
    "Site",
    "Source",
    "Span",
    "Statement",
    "Token",
    "Unread",
]
