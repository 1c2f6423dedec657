"""What a program may do: judge, take back, send a report, tell where a place lies; each is one entry or more in the log."""

from __future__ import annotations

import json
from typing import cast

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from tollbook import pipeline
from tollbook.codes import Verb
from tollbook.desk import acts
from tollbook.desk.api import models, takes
from tollbook.desk.api.answers import covered
from tollbook.desk.api.table import Api
from tollbook.desk.ask import Ask
from tollbook.nouns import Site
from tollbook.pipeline import Ingested
from tollbook.views import sites, voices

ways = Api()


@ways.post("/judgements", takes.Judged, models.Done)
def judgements(ask: Ask, sent: takes.Judged) -> Response:
    """Records a judgement, as the forms of the pages do; 409 where another decided since ``seen``."""
    fields: list[tuple[str, str | UploadFile]] = [
        ("verb", str(sent.verb)), ("target", sent.target), ("reason", sent.reason), ("other", sent.other or ""),
        ("seen", sent.seen), ("name", sent.name), ("whose", sent.whose),
    ]  # fmt: skip
    fields += [("claims", claim) for claim in sent.claims]
    fields += [(f"set.{name}", value) for name, value in sent.changes.items()]
    ask.form = FormData(fields)
    return cast("Response", acts.act(ask))


@ways.post("/undo", takes.Undone, models.Done)
def undo(ask: Ask, sent: takes.Undone) -> Response:
    """Takes a judgement back, by another one."""
    whose = sent.whose
    return cast(
        "Response",
        judgements(ask, takes.Judged(verb=Verb.UNDO, target=sent.judgement, reason=sent.reason, whose=whose)),
    )


@ways.post("/reports", takes.Sent, models.Added)
def reports_sent(ask: Ask, sent: takes.Sent) -> object:
    """Adds a report: it is read, its claims extracted, matched to incidents and recorded; the same twice changes nothing."""
    line = {
        "text": sent.text, "title": sent.title, "publisher": sent.publisher, "url": sent.address, "lang": sent.lang,
        "id": sent.document, "published": sent.published.isoformat() if sent.published else "",
    }  # fmt: skip
    given = json.dumps({name: value for name, value in line.items() if value}).encode()
    done = pipeline.ingest(ask.live.box, ["-"], now=ask.now.replace(microsecond=0), stdin=given)
    ask.live.refresh()
    return covered(ask, _added(ask, done))


def _added(ask: Ask, done: Ingested) -> dict[str, object]:
    veil = ask.live.state.veil
    return {
        "added": [{"id": r.id, "document": veil.document(r)} for r in done.added],
        "known": done.known,
        "claims": done.claims,
        "courses": done.courses,
        "founded": [{"id": i.id, "name": i.name} for i in done.founded],
        "unread": [voices.unread(u) for u in done.unread],
        "notes": [{"document": d, "note": n} for d, n in done.notes],
    }


@ways.post("/places", takes.Placed, models.SiteRow)
def placed(ask: Ask, sent: takes.Placed) -> object:
    """Tells where a place lies; taken back by a judgement that withdraws it."""
    site = Site(
        name=" ".join(sent.name.split()), latitude=sent.latitude, longitude=sent.longitude,
        geo_precision=sent.precision, country=sent.country.upper(),
        aliases=tuple(" ".join(a.split()) for a in sent.aliases), note=sent.note,
        recorded_at=ask.now.replace(microsecond=0), made_by=ask.person.name,
    )  # fmt: skip
    ask.live.append([site])
    return covered(ask, sites.data(site))
