"""The verb check: what an editor should look at; exit 1 when a finding of the basic tier is open."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tollbook import checks, plugins
from tollbook.cli import findings as catalogue
from tollbook.cli import given, screen
from tollbook.values import Book, Finding
from tollbook.views import findings


class Tier(StrEnum):
    """How far to look; a tier includes those before it."""

    BASIC = "basic"
    STRICT = "strict"
    OTHER = "other"


def check(
    incident: given.Which = None,
    *,
    tier: Annotated[
        Tier, typer.Option(help="How far to look; strict includes basic, other includes both.")
    ] = Tier.BASIC,
    everything: Annotated[bool, typer.Option("--all", help="Show those that are explained, too.")] = False,
    listing: Annotated[
        bool,
        typer.Option("--list", "--kinds", help="List what is checked, and stop; more: tollbook findings."),
    ] = False,
    as_of: given.AsOf = None,
    today: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="The day on which the book is read; else that of --as-of, else of its last report.",
        ),
    ] = None,
    known_at: given.KnownAt = None,
    box: given.BoxAt = None,
    json: given.AsJson = False,
) -> int:
    """Print the findings: what an editor should look at.

    Exit code 1 if one of the basic tier is open.
    """
    if listing:
        return _listed(json=json)
    upto, looked = given.day(as_of), given.day(today)
    book = given.book(box, known_at)
    tiers = list(Tier)
    wanted = tuple(str(t) for t in tiers[: tiers.index(tier) + 1])
    looks = tuple(plugins.checks().values())
    found = checks.check(book, wanted, looks, as_of=upto, today=looked)
    if incident is not None:
        chosen = given.incident(book, incident)
        found = tuple(f for f in found if chosen in findings.touched(book, f))
    open_ = [f for f in found if f.explained is None]
    chosen_ones = list(found) if everything else open_
    if json:
        screen.data([findings.data(f) for f in chosen_ones])
    else:
        show(book, chosen_ones)
        explained = len(found) - len(open_)
        tail = f"; {explained} explained" + ("" if everything else " (--all shows them)") if explained else ""
        screen.para(f"\n{len(open_)} open{tail}")
    return 1 if any(f.tier == Tier.BASIC for f in open_) else 0


def show(book: Book, found: list[Finding]) -> None:
    """Prints findings as an editor reads them: what, whose sentences, why, what one can do."""
    for f in found:
        state = f"  (explained: {f.explained})" if f.explained is not None else ""
        screen.heading(f"{f.code}{state}", f.key)
        screen.para(f.what)
        for i in f.claims:
            said = book.claims.get(i) or book.courses.get(i)
            if said is not None:
                report = book.reports[said.report]
                voice = screen.shown(book, report.publisher)
                screen.para(
                    f"“{screen.clip(said.quote, 160)}” {voice}, {report.said_on or 'no day'} [{i}]",
                    indent="    ",
                )
        screen.para(f"Why it matters: {f.why}", style="dim")
        screen.para(f"What one can do: {f.remedy}", style="dim")


def _listed(*, json: bool) -> int:
    pages = list(checks.catalogue(plugins.checks().values()))
    if json:
        screen.data([findings.page(p) for p in pages])
    else:
        catalogue.listed(pages)
    return 0
