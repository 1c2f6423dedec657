"""Whole lists as files: CSV whose cells no spreadsheet runs, and JSON lines; made row by row while they leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import Response

from tollbook.desk.api import takes
from tollbook.desk.api.answers import covered, streamed, written
from tollbook.desk.api.events import listed, of, single, tree
from tollbook.desk.api.looking import book_of, known_method
from tollbook.desk.api.statements import claim_row, claims_in, cut_book
from tollbook.desk.api.table import Api
from tollbook.desk.ask import Ask
from tollbook.publish import sheets
from tollbook.publish.sheets import cell, guarded
from tollbook.views import incidents as listing
from tollbook.views import reports as texts
from tollbook.views import tolls
from tollbook.views.order import ids

ways = Api()

CSV, LINES = "text/csv", "application/jsonl"
INCIDENTS = "id name place date_from date_to level above review grade documents method killed_low killed_best killed_high"
REPORTS = "id published publisher title address lang document recorded_at reprints claims"


def csv_rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV file, a line at a time; every cell quoted and guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    yield out.getvalue().encode()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([guarded(one) for one in row])
        yield out.getvalue().encode()


def json_rows(rows: Iterable[object]) -> Iterator[bytes]:
    """JSON lines."""
    return (written(row) + b"\n" for row in rows)


@ways.get("/claims.csv", takes=takes.WhichClaims, media=CSV, slow=True)
def claims_csv(ask: Ask, asked: takes.WhichClaims) -> Response:
    """Every claim that is meant, as CSV, in the order of the list."""
    book, veil = cut_book(ask, asked), ask.state.veil
    rows = (sheets.claim_row(book, veil, book.incident_of.get(c.id, ""), c) for c in claims_in(book, asked))
    return streamed(ask, csv_rows(sheets.CLAIMS.split(), rows), CSV, "claims.csv")


@ways.get("/claims.jsonl", takes=takes.WhichClaims, media=LINES, slow=True)
def claims_jsonl(ask: Ask, asked: takes.WhichClaims) -> Response:
    """Every claim that is meant, as JSON lines, in the order of the list."""
    book = cut_book(ask, asked)
    rows = (claim_row(ask, book, c) for c in claims_in(book, asked))
    return streamed(ask, json_rows(rows), LINES, "claims.jsonl")


def _reports(ask: Ask, asked: takes.Past) -> Iterator[dict[str, object]]:
    book = cut_book(ask, asked)
    return (texts.data(book, ask.state.veil, book.reports[i]) for i in ids(texts.order(book).walk({})))


@ways.get("/reports.csv", takes=takes.Past, media=CSV, slow=True)
def reports_csv(ask: Ask, asked: takes.Past) -> Response:
    """Every report as CSV, in the order of the list."""
    names, veil = REPORTS.split(), ask.state.veil
    rows = ([cell(row[name], veil) for name in names] for row in _reports(ask, asked))
    return streamed(ask, csv_rows(names, rows), CSV, "reports.csv")


@ways.get("/reports.jsonl", takes=takes.Past, media=LINES, slow=True)
def reports_jsonl(ask: Ask, asked: takes.Past) -> Response:
    """Every report as JSON lines, in the order of the list."""
    return streamed(ask, json_rows(_reports(ask, asked)), LINES, "reports.jsonl")


def _incidents(ask: Ask, asked: takes.Counted) -> Iterator[dict[str, object]]:
    book = book_of(ask, asked)
    method = known_method(ask, ask.query("method")) if ask.query("method") else ""
    for i, depth in tree(book)[0]:
        yield covered(ask, listing.data(book, listed(ask, book, i, depth, method, asked.as_of)))


@ways.get("/incidents.csv", takes=takes.Counted, media=CSV, slow=True)
def incidents_csv(ask: Ask, asked: takes.Counted) -> Response:
    """Every incident as CSV, in the order of the list, with its dead."""
    names, veil = INCIDENTS.split(), ask.state.veil

    def flat(row: dict[str, object]) -> list[str]:
        checked, toll = row["checked"], row["toll"]
        killed = toll.get("killed", {}) if isinstance(toll, dict) else {}
        more = {
            **(checked if isinstance(checked, dict) else {}),
            **{f"killed_{end}": killed.get(end) for end in ("low", "best", "high")},
            "documents": "; ".join(map(str, row["documents"])),  # type: ignore[call-overload]  # a list
        }
        return [cell(more.get(name, row.get(name)), veil) for name in names]

    rows = map(flat, _incidents(ask, asked))
    return streamed(ask, csv_rows(names, rows), CSV, "incidents.csv")


@ways.get("/incidents.jsonl", takes=takes.Counted, media=LINES, slow=True)
def incidents_jsonl(ask: Ask, asked: takes.Counted) -> Response:
    """Every incident as JSON lines, in the order of the list."""
    return streamed(ask, json_rows(_incidents(ask, asked)), LINES, "incidents.jsonl")


@ways.get("/tolls.csv", takes=takes.Counted, media=CSV, slow=True)
def tolls_csv(ask: Ask, asked: takes.Counted) -> Response:
    """Every toll of every incident as CSV, in the order of the list."""
    book, method, veil = book_of(ask, asked), known_method(ask, asked.method), ask.state.veil
    rows = (
        sheets.toll_row(book, veil, t) for i in single(book) for t in of(ask, book, i, method, asked.as_of)
    )
    return streamed(ask, csv_rows(sheets.TOLLS.split(), rows), CSV, "tolls.csv")


@ways.get("/tolls.jsonl", takes=takes.Counted, media=LINES, slow=True)
def tolls_jsonl(ask: Ask, asked: takes.Counted) -> Response:
    """Every toll of every incident as JSON lines, in the order of the list."""
    book, method = book_of(ask, asked), known_method(ask, asked.method)
    rows = (covered(ask, tolls.row(t)) for i in single(book) for t in of(ask, book, i, method, asked.as_of))
    return streamed(ask, json_rows(rows), LINES, "tolls.jsonl")
