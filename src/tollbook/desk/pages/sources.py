"""Source cards, scorecards, silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from starlette.responses import Response

from tollbook import scores
from tollbook.desk import acts, render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import absent
from tollbook.desk.ways import Ways
from tollbook.nouns import Report, Source
from tollbook.pipeline.cards import RELIABILITY
from tollbook.values import Book
from tollbook.views import scoring, voices
from tollbook.views.weeks import weeks

ways = Ways()

_REPORTS = 20  # the newest reports of a voice are shown; the rest is found by the search


@ways.page("/sources", slow=True)
def sources(ask: Ask) -> Response:
    """Every voice: those with a card, and those without."""
    state = ask.state
    rows = state.kept("voices", lambda: voices.listed(state.book))
    names = {str(row["name"]): state.veil.name(str(row["name"])) for row in rows}
    return render.page(
        ask, "sources.html", cards=[r for r in rows if r["id"]], names=names, meanings=RELIABILITY,
        others=sorted((r for r in rows if not r["id"]), key=lambda r: (-int(str(r["claims"])), str(r["name"]))),
    )  # fmt: skip


@ways.page("/sources/{id}", slow=True)
def source(ask: Ask) -> Response:
    """One voice with a card: what it says, how it has fared, whether it is silent."""
    state, book, veil = ask.state, ask.book, ask.state.veil
    card = book.sources.get(ask.part("id"))
    if card is None:
        raise absent()
    origin = card.handle
    score = state.kept(("score", origin), lambda: scores.score(book, origin))
    own = sorted(_published(book, card), key=lambda r: (str(r.said_on or ""), r.id), reverse=True)
    return render.page(
        ask, "source.html", card=card, name=veil.name(origin), data=_covered(ask, card), meanings=RELIABILITY,
        score=score, scored=scoring.scored(score), against=[(veil.name(a.other), scoring.percent(a.agree), a) for a in score.against[:30]],
        weeks=weeks(book, origin), relayed=_relayed(ask, own, origin), more=max(0, len(own) - _REPORTS),
        reports=[(r, veil(veil.entry(r).title) or veil.document(r)) for r in own[:_REPORTS]],
        decided=[(j, veil(j.reason), veil(j.made_by), [(k, veil(v)) for k, v in j.changes]) for j in acts.decided(state, card.id)],
        seen=acts.seen(state, card.id),
    )  # fmt: skip


def _covered(ask: Ask, card: Source) -> dict[str, object]:
    """What a card says, as everybody may see it; of a confidential voice neither names, party, places nor notes."""
    covered = ask.state.veil.all(voices.card_data(card) or {})
    return {str(k): v for k, v in covered.items()} if isinstance(covered, dict) else {}


def _published(book: Book, card: Source) -> Iterator[Report]:
    for report in book.reports.values():
        voice = book.source(report.publisher) or book.source(report.publisher.partition(" (")[0])
        if voice is not None and voice.id == card.id:
            yield report


def _relayed(ask: Ask, own: list[Report], origin: str) -> list[tuple[str, int]]:
    """Whose words stand in its reports, but its own: the origins that it carries, with how many claims."""
    book, ids = ask.book, {report.id for report in own}
    counts = Counter(book.origin_of.get(i, "") for i, c in book.claims.items() if c.report in ids)
    return [(ask.state.veil.name(who), n) for who, n in counts.most_common(20) if who not in {"", origin}]
