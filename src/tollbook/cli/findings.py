"""The verb findings: the catalogue of what is checked, with the examples that each check must and must not find."""

from __future__ import annotations

from typing import Annotated

import typer

from tollbook import checks, plugins
from tollbook.checks import Page, Twin
from tollbook.cli import given, screen
from tollbook.views import findings as views


def findings(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="One check; without it, the list of all.")
    ] = None,
    *,
    json: given.AsJson = False,
) -> None:
    """Print the catalogue of findings: what each check looks for, its examples, what one can do."""
    pages = {p.code: p for p in checks.catalogue(plugins.checks().values())}
    if code is not None and code not in pages:
        near = [c for c in pages if code in c]
        raise given.MistakeError(f"there is no check {code!r}; there are {', '.join(near or pages)}")
    if json:
        chosen = list(pages.values()) if code is None else [pages[code]]
        screen.data([views.page(p) for p in chosen])
    elif code is None:
        listed(list(pages.values()))
    else:
        _page(pages[code])


def listed(pages: list[Page]) -> None:
    """Prints what is checked, a line each."""
    screen.table(("check", "tier", "what it looks for"), [(p.code, p.tier, p.meaning) for p in pages])


def _page(page: Page) -> None:
    screen.heading(page.code, page.tier)
    screen.para(f"It looks for this: {page.meaning}.")
    screen.para(" ".join(page.about.split()))
    for twin in page.fires:
        _twin("Found", twin)
    for twin in page.silent:
        _twin("Not found", twin)
    if page.remedy:
        screen.para(f"\nWhat one can do: {' '.join(page.remedy.split())}")


def _twin(kind: str, twin: Twin) -> None:
    read = f" Read on {twin.today.isoformat()}." if twin.today else ""
    screen.para(f"\n{kind}: {twin.says}{read}")
    for line in twin.ledger.splitlines():
        screen.para(line, indent="    ")
