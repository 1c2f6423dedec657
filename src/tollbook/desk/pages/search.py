"""Full text over reports and claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from tollbook.codes import Outcome
from tollbook.desk import render, seeking
from tollbook.desk.ask import Ask, day
from tollbook.desk.faults import RefusalError
from tollbook.desk.ways import Ways
from tollbook.publish import words
from tollbook.views.facets import FACETS, Chosen

ways = Ways()

# So many values of a facet are shown; the rest is counted.
_SHOWN = 10
_TITLES = {
    "kind": "What it is",
    "outcome": "Outcome",
    "speaker": "Who says it",
    "publisher": "Publisher",
    "place": "Place",
    "incident": "Incident",
    "review": "Checking",
}
KINDS = {
    "report": "report",
    "claim": "claim",
    "course": "course claim",
    "doubt": "doubtful words",
    "incident": "incident",
    "source": "source",
    "site": "place of the desk",
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what it is called, how many have it, where its link goes, and whether it is chosen."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """The values of one facet, and how many more there are than are shown."""

    title: str
    choices: tuple[Choice, ...]
    more: int


@ways.page("/search", slow=True)
def search(ask: Ask) -> Response:
    """What the book holds of some words."""
    typed = ask.query("q")
    asked = {name: ask.query(name)[:200] for name in FACETS if ask.query(name)}
    days = {name: ask.query(name)[:40] for name in ("from", "to")}
    first, last = _day(days.get("from", "")), _day(days.get("to", ""))
    wanted = Chosen(asked, first, last)
    odd = [
        text for text, there in ((days.get("from"), first), (days.get("to"), last)) if text and there is None
    ]
    # Without a word and a choice there is nothing to look for, and everything would be an answer to nothing.
    found = seeking.seek(ask.live, ask.state, typed, wanted, ask.query("after"))
    address = seeking.address(typed, {**asked, **days})
    return render.page(
        ask, "search.html", found=found, typed=typed, asked=asked, days=days, kinds=KINDS,
        groups=list(_groups(ask, found, typed, asked, days)), wanted=bool(typed or asked or any(days.values())),
        further=f"{address}&after={found.after}" if found.after and "?" in address else "",
        odd=odd, bare=seeking.address(typed, {}), count=words.count,
    )  # fmt: skip


def _day(text: str) -> date | None:
    """The day that was written; what is none bounds nothing, and the page says so."""
    try:
        return day(text)
    except RefusalError:
        return None


def _groups(
    ask: Ask, found: seeking.Found, typed: str, asked: dict[str, str], days: dict[str, str]
) -> Iterator[Group]:
    for name, values in (found.counts or {}).items():
        held = asked.get(name, "")
        there = dict(values)
        # What is chosen stays in sight, so that it can be taken back.
        some = [pair for pair in values if pair[0] != held][: _SHOWN - bool(held)]
        shown = ([(held, there.get(held, 0))] if held else []) + some
        choices = tuple(
            Choice(
                _label(ask, name, value), count,
                seeking.address(typed, {**asked, **days, name: "" if value == held else value}), value == held,
            )
            for value, count in shown
        )  # fmt: skip
        if choices:
            yield Group(_TITLES[name], choices, len(there.keys() | ({held} - {""})) - len(choices))


def _label(ask: Ask, facet: str, value: str) -> str:
    if facet == "kind":
        return KINDS.get(value, value)
    if facet == "outcome":
        return words.outcome(Outcome(value)) if value in set(Outcome) else value
    if facet == "incident":
        incident = ask.book.incidents.get(value)
        return ask.state.veil(incident.name) if incident else "an incident that is not there"
    return value
