"""The methods: how claims become a figure, each in words with its file, and all of them on one incident."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from tollbook.codes import Level
from tollbook.desk import render
from tollbook.desk.ask import Ask, View
from tollbook.desk.citing import linked
from tollbook.desk.dossier import Counted, beside, names_of
from tollbook.desk.faults import absent
from tollbook.desk.ways import Ways
from tollbook.toll import KINDS, METHODS

ways = Ways()

DEFAULT = "strict"


@dataclass(frozen=True)
class Shown:
    """All methods on one incident."""

    id: str
    name: str
    rows: tuple[Counted, ...]


@ways.page("/methods", slow=True)
def methods(ask: Ask) -> Response:
    """Every method in words, and what each makes of one incident."""
    return render.page(
        ask, "methods.html", methods=list(ask.state.methods.values()), own=_own(ask), on=_on(ask), default=DEFAULT,
        names=names_of(ask.state.methods), others=_others(ask), kinds=KINDS,
    )  # fmt: skip


@ways.page("/methods/{name}", slow=True)
def method(ask: Ask) -> Response:
    """One method: its words, version and file, beside what the others make of an incident."""
    found = ask.state.methods.get(ask.part("name"))
    if found is None:
        raise absent()
    return render.page(
        ask, "method.html", method=found, own=_own(ask), on=_on(ask), names=names_of(ask.state.methods),
        others=_others(ask), default=DEFAULT,
    )  # fmt: skip


def _own(ask: Ask) -> frozenset[str]:
    """The names of the methods that this box brings itself."""
    return frozenset(n for n, m in ask.state.methods.items() if METHODS.get(n) != m)


def _chosen(ask: Ask) -> str:
    """The incident that is looked at: the one asked for, else that with most claims; empty where there is none."""
    book = ask.view.book
    asked = book.merged.get(ask.query("incident"), ask.query("incident"))
    if asked in book.incidents:
        return asked
    if ask.query("incident"):
        raise absent()
    return max(book.incidents, key=lambda i: (len(book.of(i)), i), default="")


def _on(ask: Ask) -> Shown | None:
    """All methods on one incident; None where the book holds none, or it is a war."""
    view: View = ask.view
    found = _chosen(ask)
    if not found or view.book.incidents[found].level is not Level.INCIDENT:
        return None
    links = linked(view.book, ask.state.veil, found, view.query)
    rows = beside(view.book, found, links, ask.state.methods, view)
    return Shown(found, ask.state.veil(view.book.incidents[found].name), rows)


def _others(ask: Ask) -> list[tuple[str, str]]:
    """Incidents that one may look at instead."""
    book, veil = ask.view.book, ask.state.veil
    found = _chosen(ask)
    many = sorted(
        (i for i, e in book.incidents.items() if e.level is Level.INCIDENT and book.of(i)),
        key=lambda i: (-len(book.of(i)), i),
    )[:30]
    return [(i, veil(book.incidents[i].name)) for i in dict.fromkeys((*([found] if found else []), *many))]
