"""The story of one incident as the demo tells it: section by section, every figure computed from the book."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tollbook import toll as reckoning
from tollbook.cli import screen
from tollbook.codes import Outcome
from tollbook.toll import Side
from tollbook.values import ALL, Book, Change, Finding, Toll

SENTENCES = 2  # of a finding: the sentence it is about and the one it contradicts


class Voices:
    """Short names for the voices of a book, and the key that explains them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.used: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The short name of a voice: the capitals its card lists as an alias, else the name."""
        card = self._book.source(name)
        if card is None:
            return name
        short = next((a for a in card.aliases if a.isupper() and len(a) < 6), None)
        if short is None or card.confidential:
            return card.handle
        self.used[short] = card.name
        return short

    def key(self) -> str:
        """The short names that were used, each with its full name."""
        return " · ".join(f"{short}: {name}" for short, name in sorted(self.used.items()))


def _on(day: date | None) -> str:
    return day.strftime("%d %b") if day else ""


def days(book: Book, incident: str) -> list[date]:
    """The days on which something was said that gives a figure of an incident."""
    return sorted({c.said_on for c in book.of(incident) if c.said_on and c.figure.known})


def running(book: Book, incident: str, outcome: Outcome, method: str, voices: Voices) -> None:
    """Prints the running toll, a day a block, with the groups that moved on it and each origin's own figure."""
    rows: list[tuple[str, ...]] = []
    before: dict[str, tuple[object, ...]] = {}
    for day in days(book, incident):
        new_day = day.strftime("%a %d %b")
        tolls = [t for t in reckoning.table(book, incident, method, day) if t.outcome is outcome and t.used]
        for t in sorted(tolls, key=lambda t: (t.group != ALL, t.group == "civilians", t.group)):
            said = " · ".join(f"{voices(v)} {text}" for v, text in by_voice(book, t, day))
            state = (t.figure.low, t.figure.best, t.figure.high, said)
            if before.get(t.group) == state:
                continue
            before[t.group] = state
            low, best, high = screen.three(t.figure)
            rows.append(
                (new_day, screen.people(t.group), low, best, high + (" ↑" if t.may_rise else ""), said)
            )
            new_day = ""
    screen.table(("day", "killed", "low", "best", "high", "each origin's own figure"), rows, right=(2, 3, 4))


def by_voice(book: Book, toll: Toll, until: date | None = None) -> list[tuple[str, str]]:
    """Each origin that a toll rests on, with its own figure."""
    own = {
        voice: reckoning.compute(book, toll.incident, toll.outcome, toll.group, f"source:{voice}", until)
        for voice in toll.origins
    }
    return [(voice, screen.words(t.figure)) for voice, t in own.items()]


def batches(book: Book, toll: Toll) -> list[tuple[str, str]]:
    """Each origin whose figure is of other days and perhaps other people, so that the toll does not rest on it."""
    apart = sorted({u.origin for u in toll.aside if u.rule == "batch"} - set(toll.origins))
    own = [reckoning.compute(book, toll.incident, toll.outcome, toll.group, f"source:{v}") for v in apart]
    return [(v, f"{screen.words(t.figure)} on other days") for v, t in zip(apart, own, strict=True)]


def others(book: Book, incident: str, method: str, voices: Voices) -> None:
    """Prints what befell people beside death: the latest figure of each outcome and group."""
    rows = []
    for t in reckoning.table(book, incident, method):
        if t.outcome is not Outcome.KILLED and t.used:
            said = " · ".join(f"{voices(v)} {text}" for v, text in (*by_voice(book, t), *batches(book, t)))
            rows.append((t.outcome.replace("_", " "), screen.people(t.group), *screen.three(t.figure), said))
    rows.sort(key=lambda row: (list(Outcome).index(Outcome(row[0].replace(" ", "_"))), row[1]))
    screen.table(("outcome", "of", "low", "best", "high", "each origin's own figure"), rows, right=(2, 3, 4))


def moves(book: Book, incident: str, outcome: Outcome, voices: Voices) -> None:
    """Prints every move of the whole toll of an outcome: from, to, kind, and the cause or the sentence."""
    rows = []
    for c in reckoning.changes(book, incident, outcome):
        if c.group == ALL:
            step = f"{screen.words(c.before) if c.before.known else '–'} → {screen.words(c.after)}"
            rows.append((_on(c.day), step, voices(c.origin), c.kind, _cause(book, c)))
    screen.table(
        ("day", "move", "whose word", "kind", "cause, or the sentence it rests on"), rows, right=(1,)
    )


def _cause(book: Book, change: Change) -> str:
    """What a move says of its cause beyond from and to; else the words it rests on."""
    _, sign, cause = change.why.partition("; ")
    if sign:
        return cause
    said = [book.claims[i] for i in change.claims if i in book.claims]
    return " + ".join(f"“{screen.clip(c.quote, 80)}”" for c in said) or change.why


def disagreements(book: Book, incident: str, voices: Voices) -> None:
    """Prints figures that cannot all be true: each side's word, its day, and the shares it gives."""
    for found in reckoning.disagreements(book, incident):
        screen.para(f"{found.outcome.replace('_', ' ')}, {screen.people(found.group)}")
        for side in found.sides:
            said = f"{voices(side.origin)} {screen.words(side.figure)} ({_on(side.day)})"
            made = "a sum of its own figures, which nobody said as it stands" if side.computed else ""
            shares = " + ".join(shares_of(book, side))
            screen.para(f"{said}{': ' if made or shares else ''}{made or shares}", indent="    ")


def shares_of(book: Book, side: Side) -> list[str]:
    """The shares that an origin gives of its figure, as it names them; those of the report where they sum up."""
    first = book.claims[side.claims[0]]
    group = reckoning.group_of(first)
    for whole in book.of(book.incident_of[first.id]):
        same = book.origin_of[whole.id] == side.origin and whole.outcome is first.outcome
        if not same or reckoning.group_of(whole) != group or whole.figure.best != side.figure.best:
            continue
        parts = sorted(
            (c for c in book.claims.values() if c.part_of == whole.id and c.dim is None),
            key=lambda c: c.span.start,
        )
        if parts and sum(c.figure.best or 0 for c in parts) == whole.figure.best:
            return [f"{screen.words(c.figure)} {c.victims or c.party or c.victims_class}" for c in parts]
    return []


def timeline(book: Book, incident: str, voices: Voices) -> None:
    """Prints what happened when, and who says so; the same word of one voice in several reports is one line."""
    rows = []
    for m in reckoning.timeline(book, incident):
        courses = [book.courses[i] for i in m.statements if i in book.courses]
        if not courses:
            continue  # the moves of figures have been told above
        reports = len({c.report for c in courses})
        more = f" (and {reports - 1} more)" if reports > 1 else ""
        rows.append(
            (
                m.day.strftime("%a %d %b") if m.day else "",
                m.what,
                voices(m.voice),
                f"“{screen.clip(courses[0].quote, 100)}”{more}",
            )
        )
    screen.table(("day", "what", "who says so", "in which words"), rows)


def quoted(book: Book, statement: str, voices: Voices) -> str:
    """The words of a statement with the voice and the report they stand in."""
    said = book.claims.get(statement) or book.courses.get(statement)
    if said is None:
        return statement
    report = book.reports[said.report]
    where = screen.shown(book, report.publisher)
    return f"“{screen.clip(said.quote, 110)}” {voices(book.origin_of.get(said.id, where))}, in {where}, {said.said_on or 'no day'}"


def findings(book: Book, found: Iterable[Finding], voices: Voices) -> None:
    """Prints findings with the sentences they rest on, tier by tier; what only waits for a second voice is counted."""
    lonely = 0
    for f in found:
        if f.tier == "other":
            lonely += 1
            continue
        screen.para(f"{f.code} ({f.tier})", style="bold")
        # The figures of this one have just been printed, side by side.
        told = f.code == "sources-disagree"
        screen.para("the disagreements above" if told else f.what, indent="    ")
        for i in f.claims[:SENTENCES] if f.tier == "basic" else ():
            screen.para(quoted(book, i, voices), indent="      ", style="dim")
    if lonely:
        screen.para(
            f"{screen.counted(lonely, 'more finding')} of the lowest tier: tollbook check --tier other"
        )
