"""The audit as the keeper reads it: who saw and did what, by person, act and target; its chain; an export."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from tollbook import notation
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.ways import Ways
from tollbook.people import Access, Right
from tollbook.publish.sheets import written

ways = Ways()

SHOWN = 100
# Accesses that are looked through for one page; then there is a link to go on.
LOOKED = 20_000
COLUMNS = ("at", "member", "key", "act", "way", "target", "fields", "reason")


def _wanted(ask: Ask) -> dict[str, str]:
    return {k: v for k in ("member", "act", "way", "target", "fields") if (v := ask.query(k)[:100])}


def fits(access: Access, wanted: dict[str, str]) -> bool:
    """Whether an access is one of those that are asked for."""
    said = {
        "member": access.member, "act": access.act, "way": access.way, "target": access.target,
        "fields": " ".join(access.fields) or "none",
    }  # fmt: skip
    return all(
        value.casefold() in said[key].casefold() if key != "fields" else bool(access.fields)
        for key, value in wanted.items()
    )


@ways.page("/admin/audit", Right.KEEP, fields=("audit",), slow=True, personal=True)
def audit(ask: Ask) -> Response:
    """Who saw and did what, newest first."""
    wanted, before = _wanted(ask), ask.query("before")
    at = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    found, oldest = ask.desk.audit.search(lambda a: fits(a, wanted), SHOWN, LOOKED, at)
    further = f"/admin/audit?{urlencode(wanted | {'before': str(oldest)})}" if oldest > 1 else ""
    position, head = ask.desk.audit.head()
    faults = ask.desk.audit.faults() if ask.query("check") else None
    return render.page(
        ask, "audit.html", found=found, further=further, wanted=wanted, position=position, head=head,
        faults=faults, export=urlencode(wanted),
    )  # fmt: skip


@ways.page("/admin/audit.csv", Right.KEEP, fields=("audit",), slow=True, personal=True)
def audit_csv(ask: Ask) -> Response:
    """The accesses that are asked for as CSV, oldest first, no cell of which a spreadsheet runs."""
    wanted = _wanted(ask)

    def parts() -> Iterator[bytes]:
        yield written(COLUMNS, ())
        for some in ask.desk.audit.parts():
            rows = [_row(a) for a in some if fits(a, wanted)]
            yield written(COLUMNS, rows).partition(b"\r\n")[2]

    return StreamingResponse(parts(), media_type="text/csv; charset=utf-8", headers=_named("audit.csv"))


@ways.page("/admin/audit.txt", Right.KEEP, fields=("audit",), slow=True, personal=True)
def audit_lines(ask: Ask) -> Response:
    """The accesses that are asked for in notation, oldest first, as the log holds them."""
    wanted = _wanted(ask)

    def parts() -> Iterator[bytes]:
        for some in ask.desk.audit.parts():
            yield "".join(f"{notation.show(a)}\n" for a in some if fits(a, wanted)).encode()

    return StreamingResponse(parts(), media_type="text/plain; charset=utf-8", headers=_named("audit.txt"))


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _row(a: Access) -> tuple[str, ...]:
    return (a.at.isoformat(), a.member, a.token, a.act, a.way, a.target, " ".join(a.fields), a.reason)
