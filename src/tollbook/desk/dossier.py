"""All that the page of an incident shows, as plain values with links; the composing is that of a bulletin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from tollbook.codes import Grade, Level, Outcome, Review
from tollbook.desk.ask import Ask, View
from tollbook.desk.citing import Linked, linked
from tollbook.desk.faults import absent
from tollbook.desk.live import State
from tollbook.grading import MEANING, Suggestion
from tollbook.grading import grade as suggested_grade
from tollbook.nouns import Incident
from tollbook.publish import compose, words
from tollbook.publish.page import Number, Page, Run
from tollbook.publish.sums import Sums, sums
from tollbook.toll import OTHER, Method, RollUp
from tollbook.values import ALL, Book, Finding, Toll
from tollbook.views import findings, tolls, wider


@dataclass(frozen=True)
class Look:
    """A finding with what one can do about it.

    Attributes:
        anchor: its place on the page.
        key: by which it is acknowledged.
        explained: why it is in order, by the person who said so; empty while it is open.
    """

    anchor: str
    key: str
    code: str
    tier: str
    what: tuple[Run, ...]
    why: tuple[Run, ...]
    remedy: tuple[Run, ...]
    claims: tuple[Run, ...]
    explained: str


@dataclass(frozen=True)
class Part:
    """A line of the breakdown: a group, or what nobody gives to one."""

    outcome: str
    group: str
    swatch: int
    number: Number
    residual: bool = False


@dataclass(frozen=True)
class Counted:
    """What each method makes of one outcome and group; None where it gives no figure."""

    outcome: str
    group: str
    cells: tuple[tuple[str, Number | None, str], ...]  # method, figure, why


@dataclass(frozen=True)
class Checked:
    """How far people have checked an incident, and what the book suggests."""

    grade: Grade | None
    meaning: str
    suggested: Suggestion | None
    reasons: tuple[Run, ...]
    review: Review
    accepted_by: tuple[str, ...]
    assigned: str


@dataclass(frozen=True)
class Dossier:
    """One incident as it is shown.

    Attributes:
        incident: the entry.
        computed: the tolls, moves and histories.
        page: what a bulletin of it would hold, its links leading to the pages of the desk.
        chart: the drawings, wide and narrow.
        map: the locator map.
        looks: the findings, open ones first.
        parts: the breakdown by party and class.
        methods: the methods side by side.
        checked: where checking stands.
        quotes: link of a sentence to the sentence, of those that say that a figure may rise.
        above: id and name of what it stands under.
        below: what stands under it.
        reports: how many reports tell of it.
    """

    incident: Incident
    computed: Sums
    page: Page
    chart: tuple[Markup, Markup]
    map: Markup
    looks: tuple[Look, ...]
    parts: tuple[Part, ...]
    methods: tuple[Counted, ...]
    names: tuple[str, ...]
    checked: Checked
    quotes: Mapping[str, str]
    above: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...]
    reports: int

    @property
    def wide(self) -> bool:
        """Whether it is a campaign or a war."""
        return self.incident.level is not Level.INCIDENT

    @property
    def open_looks(self) -> int:
        """How many findings are open."""
        return sum(not look.explained for look in self.looks)


def standing(ask: Ask) -> str:
    """The id of the incident that the address means, merges followed.

    Raises:
        RefusalError: there is none in the book that is looked at.
    """
    asked, book = ask.part("incident"), ask.view.book
    found = book.merged.get(asked, asked)
    if found not in book.incidents:
        raise absent()
    return found


def dossier(ask: Ask, incident: str) -> Dossier:
    """The incident as the query asks for it; worked out once for a book, a method and what links go on with.

    Raises:
        TollError: the method asks for a voice that there is not.
    """
    view = ask.view
    key = f"dossier {incident} {sorted(view.query.items())} {ask.state.position}"
    return view.book.kept(key, lambda: _made(ask, incident))


def summed(state: State, view: View, incident: str) -> Sums:
    """Everything computed that is shown of an incident; its findings are those of the one look over the whole book."""
    found = sums(view.book, incident, view.method, methods=state.methods, looks=())
    return replace(found, findings=findings.of_incident(view.book, incident))


def _made(ask: Ask, incident: str) -> Dossier:
    state, view = ask.state, ask.view
    book = view.book
    computed = summed(state, view, incident)
    links = linked(book, state.veil, incident, view.query)
    page = compose.page(book, computed, now=ask.now, workings=links)
    colours = compose.swatches(book)
    under = sorted((i for i, over in book.above.items() if over == incident and i in book.incidents))
    statements = (*book.of(incident), *book.course_of(incident))
    return Dossier(
        incident=book.incidents[incident],
        computed=computed,
        page=page,
        # Escaped where they are drawn.
        chart=(Markup(page.chart[0]), Markup(page.chart[1])),  # noqa: S704
        map=Markup(page.map),  # noqa: S704
        looks=tuple(look(links, f, f"f-{n}") for n, f in enumerate(computed.findings, 1)),
        parts=_parts(book, computed, links, colours, view, state.methods),
        methods=beside(book, incident, links, state.methods, view),
        names=names_of(state.methods),
        checked=_checked(book, incident, links),
        quotes=_rising(book, computed, links),
        above=_above(book, incident, links),
        below=tuple((i, links.evidence.veil(book.incidents[i].name)) for i in under),
        reports=len({s.report for s in statements}),
    )


def look(links: Linked, finding: Finding, anchor: str) -> Look:
    """A finding as it is shown."""
    evidence = links.evidence
    claims = []
    for key in finding.claims:
        statement = evidence.statement(key)
        if statement is not None:
            figure = getattr(statement, "figure", None)
            label = words.plain(figure) if figure else words.PHASES[statement.phase]  # type: ignore[attr-defined]
            short = evidence.voice(evidence.origin(statement)).short
            claims.append(Run(evidence.veil(f"{label} ({short})"), evidence.target(key)))

    def runs(text: str) -> tuple[Run, ...]:
        return evidence.runs(text, finding.claims, f"#{anchor}")

    return Look(
        anchor, finding.key, evidence.veil(finding.code), finding.tier, runs(finding.what), runs(finding.why),
        runs(finding.remedy), tuple(claims), evidence.veil(finding.explained or ""),
    )  # fmt: skip


def _parts(
    book: Book,
    computed: Sums,
    links: Linked,
    colours: Mapping[str, int],
    view: View,
    methods: Mapping[str, Method],
) -> tuple[Part, ...]:
    """By outcome the whole, its groups, and what nobody gives to a group; outcomes without groups are left out."""
    veil = links.evidence.veil
    found: list[Part] = []
    rest: dict[Outcome, RollUp] = {}
    if book.incidents[computed.incident].level is Level.INCIDENT:
        for roll in wider.rolled(book, computed.incident, view.method, None, methods):
            if roll.group == OTHER and roll.figure.known:
                rest[roll.outcome] = roll
    for outcome in dict.fromkeys(t.outcome for t in computed.tolls):
        own = [t for t in computed.tolls if t.outcome is outcome]
        if len(own) < 3:  # the whole and one group say the same
            continue
        own.sort(key=lambda t: (t.group != ALL, t.group == OTHER))
        for toll in own:
            found.append(
                Part(
                    words.outcome(outcome), veil(words.group(toll.group)), colours.get(toll.group, 0),
                    links.number(toll, explain=True), toll.group == OTHER,
                )
            )  # fmt: skip
        if outcome in rest and not any(t.group == OTHER for t in own):
            # It is reckoned from the whole and the groups, so it leads to the claims of the whole.
            whole = links.number(own[0], explain=True)
            left = Number(words.pieces(rest[outcome].figure), whole.target, summed=True)
            found.append(Part(words.outcome(outcome), "given to no group", 0, left, residual=True))
    return tuple(found)


def names_of(methods: Mapping[str, Method]) -> tuple[str, ...]:
    """The methods that take no source: those that can be set side by side."""
    return tuple(name for name, method in methods.items() if not method.policy.takes)


def beside(
    book: Book, incident: str, links: Linked, methods: Mapping[str, Method], view: View
) -> tuple[Counted, ...]:
    """What every method makes of everybody and of each group of an incident."""
    if book.incidents[incident].level is not Level.INCIDENT:
        return ()
    veil, names = links.evidence.veil, names_of(methods)
    by: dict[tuple[Outcome, str], dict[str, Toll]] = {}
    for toll in tolls.every(book, incident, None, methods):
        by.setdefault((toll.outcome, toll.group), {})[toll.method.rpartition(" ")[0]] = toll
    linked_by = {name: linked(book, veil, incident, {**view.query, "method": name}) for name in names}
    found = []
    for (outcome, group), own in by.items():
        cells = []
        for name in names:
            one = own.get(name)
            number = (
                linked_by[name].number(one, explain=True) if one is not None and one.figure.known else None
            )
            cells.append((name, number, veil(one.why) if one is not None else ""))
        if any(number for _, number, _ in cells):
            found.append(Counted(words.outcome(outcome), veil(words.group(group)), tuple(cells)))
    return tuple(found)


def _checked(book: Book, incident: str, links: Linked) -> Checked:
    grade, suggested = book.grades.get(incident), suggested_grade(book, incident)
    reasons = links.evidence.runs(suggested.why, suggested.claims, "#grade") if suggested else ()
    return Checked(
        grade, MEANING[grade] if grade else "", suggested, reasons,
        book.reviews.get(incident, Review.UNREVIEWED), book.accepted_by.get(incident, ()),
        book.assigned.get(incident, ""),
    )  # fmt: skip


def _rising(book: Book, computed: Sums, links: Linked) -> dict[str, str]:
    """The sentences that say that a figure may rise, by the link to them."""
    evidence = links.evidence
    return {evidence.target(c.id): evidence.veil(c.quote) for c in book.of(computed.incident) if c.may_rise}


def _above(book: Book, incident: str, links: Linked) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    at = book.above.get(incident)
    while at is not None and at in book.incidents and at not in {i for i, _ in found}:
        found.append((at, links.evidence.veil(book.incidents[at].name)))
        at = book.above.get(at)
    return tuple(reversed(found))


def voice_of(book: Book, links: Linked, incident: str, shown: str) -> str:
    """The origin of an incident that is shown by that name; empty where none is."""
    veil = links.evidence.veil
    origins = {book.origin_of[c.id] for c in book.of(incident) if c.id in book.origin_of}
    return next((o for o in sorted(origins) if shown in {veil.name(o), o if veil.name(o) == o else ""}), "")
