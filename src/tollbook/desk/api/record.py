"""Voices, findings, what waits, places, methods, the log, and what was published."""

from __future__ import annotations

from tollbook import notation, scores, waiting
from tollbook.checks import TIERS
from tollbook.checks.scope import upto
from tollbook.desk.api import counted, models, takes
from tollbook.desk.api.answers import covered
from tollbook.desk.api.cutting import behind, cut, part
from tollbook.desk.api.looking import book_of
from tollbook.desk.api.table import Api
from tollbook.desk.ask import Ask
from tollbook.desk.faults import absent
from tollbook.nouns import Entry, Publication
from tollbook.people import Right
from tollbook.views import findings as looked
from tollbook.views import methods as counting
from tollbook.views import sites as places_of
from tollbook.views import voices, waits
from tollbook.views.plain import plain

ways = Api()


@ways.get("/health", models.Health, right=None, timed=True)
def health(ask: Ask, asked: object) -> object:
    """That the desk answers; nothing of the book."""
    del ask, asked
    return {"status": "ok"}


@ways.get("/sources", counted.Page[models.VoiceRow], takes=takes.Cut, slow=True)
def sources(ask: Ask, asked: takes.Cut) -> object:
    """The voices, those with a card first; a confidential one by its handle alone."""
    book = ask.book
    rows = book.kept("voices", lambda: voices.listed(book))
    places = book.kept("places of voices", lambda: {str(row["name"]): n for n, row in enumerate(rows)})
    found, after = behind(rows, lambda row: str(row["name"]), places, asked)
    return part(ask, (covered(ask, row) for row in found), after)


@ways.get("/sources/{name}", models.Voice, slow=True)
def source(ask: Ask, asked: object) -> object:
    """One voice with its card and its scorecard: by name, alias, handle or id; a confidential one by handle or id alone."""
    del asked
    book, name = ask.book, ask.part("name")
    meant = voices.meant(book, name)
    if meant is None or (
        meant[1] is not None and meant[1].confidential and name not in {meant[1].handle, meant[1].id}
    ):
        raise absent()
    origin, card = meant
    score = plain(voices.score_data(scores.score(book, origin)))
    return covered(ask, {"source": voices.card_data(card), "score": score})


@ways.get("/findings", counted.Page[models.FindingRow], takes=takes.ListOfFindings, slow=True)
def findings(ask: Ask, asked: takes.ListOfFindings) -> object:
    """What an editor should look at, in the order of the checks; a tier holds those before it."""
    book = upto(book_of(ask, asked), asked.as_of)
    tiers = TIERS[: TIERS.index(asked.tier) + 1]
    chosen = [
        f
        for f in looked.findings(book)
        if f.tier in tiers
        and (asked.explained or f.explained is None)
        and (asked.incident is None or asked.incident in looked.touched(book, f))
    ]
    places = {f.key: n for n, f in enumerate(chosen)}
    found, after = behind(chosen, lambda f: f.key, places, asked)
    return part(ask, (covered(ask, plain(looked.data(f))) for f in found), after)


@ways.get("/queue", counted.Page[models.WaitingRow], takes=takes.ListOfWaiting, right=Right.WORK, slow=True)
def queue(ask: Ask, asked: takes.ListOfWaiting) -> object:
    """What waits for a person: what most people's count hangs on first."""
    book = ask.book
    items = (
        waits.everything(book) if asked.review is None else waiting.waiting(book, frozenset({asked.review}))
    )
    chosen = [
        i
        for i in items
        if (asked.incident is None or i.incident == asked.incident)
        and (asked.assigned is None or i.assigned == asked.assigned)
    ]
    found, after = behind(chosen, lambda i: i.id, {i.id: n for n, i in enumerate(chosen)}, asked)
    return part(ask, (covered(ask, waits.row(book, i)) for i in found), after)


@ways.get("/places", counted.Page[models.SiteRow], takes=takes.Cut)
def places(ask: Ask, asked: takes.Cut) -> object:
    """The places that the desk knows better than the list."""
    found, after = cut(sorted(ask.book.sites.values(), key=lambda s: s.id), lambda s: s.id, asked)
    return part(ask, (covered(ask, places_of.data(s)) for s in found), after)


@ways.get("/methods", counted.Page[models.MethodRow], timed=True)
def methods(ask: Ask, asked: object) -> object:
    """The methods of counting; all of them."""
    del asked
    return part(ask, (counting.data(m) for m in ask.state.methods.values()), None)


@ways.get("/log", counted.Page[models.EntryRow], takes=takes.ListOfEntries, timed=True, slow=True)
def log(ask: Ask, asked: takes.ListOfEntries) -> object:
    """The log in notation, the oldest entry first; what was forgotten is not there."""
    state = ask.state
    order = state.kept("places of entries", lambda: {e.id: n for n, e in enumerate(state.entries)})
    chosen = (
        e
        for e in state.entries[order.get(asked.after, -1) + 1 :]
        if asked.kind in {None, e.KIND} and e.id not in ask.secret
    )
    rows: list[Entry] = []
    after = None
    for entry in chosen:
        if len(rows) == asked.limit:
            after = rows[-1].id
            break
        rows.append(entry)
    return part(
        ask, ({"id": e.id, "kind": e.KIND, "line": notation.show(state.veil.entry(e))} for e in rows), after
    )


@ways.get("/publications", counted.Page[models.PublicationRow], takes=takes.Cut, timed=True)
def publications(ask: Ask, asked: takes.Cut) -> object:
    """What was published and may be known of; what is held back is not there."""
    seen = sorted((p for p in ask.book.publications.values() if p.id not in ask.secret), key=lambda p: p.id)
    found, after = cut(seen, lambda p: p.id, asked)
    return part(ask, (covered(ask, _publication(p)) for p in found), after)


@ways.get("/publications/{publication}", models.PublicationRow, timed=True)
def publication(ask: Ask, asked: object) -> object:
    """One publication; of one that is held back the answer is that of one that is not there."""
    del asked
    found = ask.book.publications.get(ask.part("publication"))
    if found is None or found.id in ask.secret:
        raise absent()
    return covered(ask, _publication(found))


def _publication(found: Publication) -> dict[str, object]:
    names = ("id", "format", "incident", "upto", "head", "digest", "method", "as_of", "known_at")
    made = {name: plain(getattr(found, name)) for name in names}
    return {**made, "published_at": plain(found.recorded_at)}
