"""What a bulletin says, before it has a form: HTML and Markdown are two ways to write this one down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tollbook.publish.words import Pieces


class Run(NamedTuple):
    """A stretch of text; with a target it is a number and a link, ``day`` marks a date."""

    text: str
    target: str = ""
    day: bool = False


class Number(NamedTuple):
    """A figure with its link.

    Attributes:
        pieces: the figure, the best value marked.
        target: anchor of its claim, or of the list of its claims.
        word: the vague word it was read from, or empty.
        note: what is to know about it ("origins disagree", "sum of its parts").
        summed: whether it is a sum that nobody said as it stands.
        rise: anchor of the sentence that says it may still rise, or empty.
    """

    pieces: Pieces
    target: str
    word: str = ""
    note: str = ""
    summed: bool = False
    rise: str = ""

    @property
    def text(self) -> str:
        """The figure in one string."""
        return "".join(text for text, _ in self.pieces)


class Voice(NamedTuple):
    """An origin: the short name that stands in tables, and the full one."""

    short: str
    full: str


@dataclass(frozen=True)
class Head:
    """One headline figure: of what, of whom, how many; and what each origin that it rests on says."""

    outcome: str
    group: str
    swatch: int
    number: Number
    voices: tuple[tuple[Voice, Number | None], ...]


@dataclass(frozen=True)
class Line:
    """One line of the matrix: a cell an origin, None where it says nothing."""

    outcome: str
    group: str
    swatch: int
    cells: tuple[Number | None, ...]


@dataclass(frozen=True)
class Day:
    """One day of the chart's table: the toll, and a cell an origin where it moved."""

    day: str
    toll: Number | None
    cells: tuple[Number | None, ...]


@dataclass(frozen=True)
class Dispute:
    """A disagreement: of what and whom, what each voice says, in which respect they differ."""

    anchor: str
    outcome: str
    group: str
    sides: tuple[tuple[Voice, Number], ...]
    what: tuple[Run, ...]


@dataclass(frozen=True)
class Move:
    """One move of a toll with its cause."""

    anchor: str
    day: str
    outcome: str
    group: str
    before: Number
    after: Number
    delta: Run
    kind: str
    voice: Voice
    why: tuple[Run, ...]


@dataclass(frozen=True)
class Step:
    """A line of the timeline: what one voice says of one day and phase, in its words.

    Attributes:
        quotes: the words, each with the anchor of its place in the sources; the first stands for the others.
        ends: whether it says that it is over.
    """

    day: str
    phase: str
    type: str
    voice: Voice
    quotes: tuple[Run, ...]
    ends: bool


@dataclass(frozen=True)
class Note:
    """A finding as a reader sees it; what an editor can do about it is the desk's affair."""

    anchor: str
    code: str
    tier: str
    what: tuple[Run, ...]
    why: tuple[Run, ...]
    claims: tuple[Run, ...]
    explained: str


@dataclass(frozen=True)
class Taken:
    """One claim in a working: what it says, who says it, the rule that took it or set it aside."""

    claim: Run
    voice: Voice
    day: str
    rule: str
    why: tuple[Run, ...]


@dataclass(frozen=True)
class Working:
    """How one computed figure came about: the claims it rests on, and those set aside.

    Attributes:
        voice: for what one origin alone says, its name.
        sum: a sentence where the figure, or an end of it, is a sum; else empty.
    """

    anchor: str
    outcome: str
    group: str
    number: Number
    used: tuple[Taken, ...]
    aside: tuple[Taken, ...]
    voice: str = ""
    sum: str = ""


@dataclass(frozen=True)
class Quoted:
    """A statement in the sources list: the words, where they stand in their sentence, and what was read.

    Attributes:
        quoted: whether the words may be shown as they stand; False where a name had to be covered.
    """

    anchor: str
    before: str
    quote: str
    after: str
    speaker: str
    relayed: str
    reads: str
    state: str
    quoted: bool = True


@dataclass(frozen=True)
class Paper:
    """A report in the sources list with its statements.

    Attributes:
        address: plain http or https, or empty.
        shown: the address as it stands on the page, cut where it is long.
    """

    anchor: str
    publisher: str
    title: str
    day: str
    address: str
    lang: str
    shown: str
    statements: tuple[Quoted, ...]


@dataclass(frozen=True)
class Since:
    """What moved since the last bulletin.

    Attributes:
        day: when that was made.
        corrects: whether this one stands for that one.
        moves: every toll that is another now.
    """

    day: str
    corrects: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Page:
    """A whole bulletin.

    Attributes:
        where: the place from the widest to the finest ("Syria", "Al-Hasakah", "Ghwayran prison").
        voices: the origins, in the order of the matrix's columns.
        chart: wide, narrow and printed SVG, trusted, or empty.
        chart_all: whether it draws every voice.
        map: SVG, trusted, or empty.
        map_words: what the map shows, in a sentence.
        headline: an editor's, its numbers linked; empty where the title stands for one.
        intro: an editor's introduction, by paragraph.
        grade: how well the incident is established, as a person graded it, or empty.
        status: where its checking by people stands, or empty.
        since: what moved since the last bulletin; None where this is the first.
        notice: how to read it, in another language: its code, direction and the words; or None.
        log: the position and head of the log that it rests on, or None.
    """

    title: str
    where: tuple[str, ...]
    when: str
    method: str
    method_words: str
    made: str
    known: str
    heads: tuple[Head, ...]
    others: tuple[Head, ...]
    voices: tuple[Voice, ...]
    lines: tuple[Line, ...]
    days: tuple[Day, ...]
    chart_of: str
    chart_all: bool
    chart: tuple[str, ...]
    map: str
    map_words: str
    disputes: tuple[Dispute, ...]
    moves: tuple[Move, ...]
    steps: tuple[Step, ...]
    contested: str
    notes: tuple[Note, ...]
    workings: tuple[Working, ...]
    papers: tuple[Paper, ...]
    headline: tuple[Run, ...] = ()
    intro: tuple[tuple[Run, ...], ...] = ()
    grade: str = ""
    status: str = ""
    since: Since | None = None
    notice: tuple[str, str, str] | None = None
    log: tuple[int, str] | None = None
