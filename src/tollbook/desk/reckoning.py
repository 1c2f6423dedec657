"""How one figure came about: the rule in words, the claims it rests on and those set aside, each in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.codes import Outcome
from tollbook.desk.ask import Ask
from tollbook.desk.citing import Linked, linked
from tollbook.desk.dossier import voice_of
from tollbook.desk.faults import RefusalError, absent
from tollbook.publish import compose, words
from tollbook.publish.page import Move, Number, Quoted, Run, Voice
from tollbook.publish.sums import Sums
from tollbook.toll import Method, changes, compute
from tollbook.toll import table as tolls_of
from tollbook.values import ALL, Book, Toll, Use


@dataclass(frozen=True)
class Said:
    """One claim in the working of a figure.

    Attributes:
        claim: its figure, linked to its words.
        voice: whose word it is.
        carried: who published it, where that is somebody else.
        quoted: the words in their sentence.
        rule: the rule that took it or set it aside.
    """

    claim: Run
    voice: Voice
    carried: str
    day: str
    rule: str
    why: tuple[Run, ...]
    quoted: Quoted | None
    title: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Reckoned:
    """A figure with its whole working."""

    outcome: Outcome
    group: str
    number: Number
    toll: Toll
    why: tuple[Run, ...]
    voice: str
    used: tuple[Said, ...]
    aside: tuple[Said, ...]
    method: Method
    moves: tuple[Move, ...]
    rising: tuple[Said, ...]


def reckoned(ask: Ask, incident: str) -> Reckoned:
    """The figure that the query asks for (``outcome``, ``group``, ``voice``).

    Raises:
        RefusalError: there is no such outcome, group or voice in the incident.
    """
    state, view = ask.state, ask.view
    book = view.book

    def texts(report: str) -> str:
        return ask.live.box.text(book.reports[report])

    links = linked(book, state.veil, incident, view.query, texts)
    outcome = _outcome(ask.query("outcome") or "killed")
    group = _group(book, links, incident, outcome, ask.query("group"))
    voice = ""
    if ask.query("voice"):
        voice = voice_of(book, links, incident, ask.query("voice"))
        if not voice:
            raise absent()
    method = f"source:{voice}" if voice else view.method
    toll = compute(book, incident, outcome, group, method, methods=state.methods)
    rule = state.methods[method.partition(":")[0]]
    number = links.number(toll, voice, explain=True)
    rises = [u for u in (*toll.used, *toll.aside) if (c := book.claims.get(u.claim)) and c.may_rise]
    return Reckoned(
        outcome=outcome,
        group=links.evidence.veil(words.group(group)),
        number=number,
        toll=toll,
        why=links.evidence.runs(toll.why, [u.claim for u in toll.used], "#used"),
        voice=state.veil.name(voice),
        used=_said(links, toll.used, "#used"),
        aside=_said(links, [u for u in toll.aside if not voice or u.origin == voice], "#aside"),
        method=rule,
        moves=_moves(book, links, incident, outcome, group, voice),
        rising=_said(links, rises, "#used") if toll.may_rise else (),
    )


def _outcome(text: str) -> Outcome:
    try:
        return Outcome(text)
    except ValueError:
        raise RefusalError(
            400, f"There is no outcome “{text}”.", f"There are: {', '.join(Outcome)}."
        ) from None


def _group(book: Book, links: Linked, incident: str, outcome: Outcome, shown: str) -> str:
    """The group that is shown by that name; one that nobody speaks of has no page."""
    veil = links.evidence.veil
    if not shown:
        return ALL
    groups = {t.group for t in tolls_of(book, incident) if t.outcome is outcome} | {"other or unknown"}
    found = next((g for g in sorted(groups) if veil(g) == shown), None)
    if found is None:
        raise absent()
    return found


def _said(links: Linked, uses: Sequence[Use], fallback: str) -> tuple[Said, ...]:
    evidence = links.evidence
    quoted = {q.anchor: (q, p) for p in evidence.papers([u.claim for u in uses]) for q in p.statements}
    found = []
    for use in uses:
        statement = evidence.statement(use.claim)
        if statement is None:
            continue
        report = evidence.book.reports.get(statement.report)
        figure = getattr(statement, "figure", None)
        words_, paper = quoted.get(f"c-{use.claim}", (None, None))
        voice = evidence.voice(use.origin or evidence.origin(statement))
        publisher = paper.publisher if paper else ""
        found.append(
            Said(
                claim=Run(evidence.veil(words.plain(figure)) if figure else "a claim", evidence.target(use.claim)),
                voice=voice,
                carried="" if publisher in {voice.short, voice.full} else publisher,
                day=words.day(statement.said_on or (report.said_on if report else None)),
                rule=evidence.veil(use.rule),
                why=evidence.runs(use.why, [use.claim], evidence.target(use.claim) or fallback),
                quoted=words_,
                title=paper.title if paper else "",
                lang=paper.lang if paper else "",
            )
        )  # fmt: skip
    return tuple(found)


def _moves(
    book: Book, links: Linked, incident: str, outcome: Outcome, group: str, voice: str
) -> tuple[Move, ...]:
    """Every step of every voice to this figure, newest first."""
    steps = tuple(
        c for c in changes(book, incident, outcome) if c.group == group and (not voice or c.origin == voice)
    )
    computed = Sums(incident, "", "", (), (), {}, outcome, moves=steps)
    desk = compose.Desk(book, computed, links.evidence, links, {})
    return tuple(compose.moved(desk, step, f"m-{n}") for n, step in enumerate(steps, 1))[::-1]
