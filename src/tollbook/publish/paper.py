"""The bulletin on paper: a tagged PDF, for keeping (PDF/A-2a) and for every reader (PDF/UA-1), set by typst.

What it shows is given to typst as data, never spliced into its markup, so no word of a source can act as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from html import unescape
from importlib import resources
from typing import Any, Final

from tollbook.publish import chart
from tollbook.publish.page import Head, Move, Number, Page, Run, Voice

ARCHIVE: Final = "a-2a"
ACCESS: Final = "ua-1"
MISSING = "a PDF needs the package typst; install it with: pip install 'tollbook[desk]'"
# The faces of the desk, where its pages were built; else those that typst brings, of which the last has Arabic.
FONTS = ["Inter", "Vazirmatn", "Noto Sans Hebrew", "Libertinus Serif", "DejaVu Sans Mono"]
_LIGHT = {
    "ink": "#1b1a17", "soft": "#57534a", "rule": "#d9d4c7", "paper": "#ffffff", "accent": "#8a3324",
    "sea": "#eef1ef", "land": "#f3efe4", "home": "#fffdf8",
}  # fmt: skip
_MAP = (
    ".sea{fill:var(--sea)}.land{fill:var(--land);stroke:var(--rule);stroke-width:.75}"
    ".home{fill:var(--home);stroke:var(--soft);stroke-width:1}.edge{fill:none;stroke:var(--rule)}"
    ".area{stroke:var(--accent);stroke-width:1.25}.ring{fill:none;stroke:var(--accent);stroke-width:1.5}"
    ".spot{fill:var(--accent)}.country{font-size:11px;fill:var(--soft)}.other{opacity:.75}"
    ".site{font-weight:650;font-size:13px}.scale{fill:none;stroke:var(--ink)}"
)


class FormatError(ValueError):
    """A format that there is not, or that cannot be made here: what, and what to do."""


def pdf(page: Page, now: datetime) -> bytes:
    """The bulletin as a PDF; the same content, fonts and moment give the same bytes.

    Args:
        page: the content.
        now: the moment it is made.

    Raises:
        FormatError: typst is not installed, or no font here has the letters of a text.
    """
    try:
        import typst  # noqa: PLC0415  (an extra; the other formats do without)
    except ModuleNotFoundError as error:
        raise FormatError(MISSING) from error
    template = resources.files("tollbook.publish").joinpath("templates", "bulletin.typ").read_bytes()
    given = {"page": json.dumps(_data(page, now), ensure_ascii=False)}
    with resources.as_file(resources.files("tollbook.publish").joinpath("fonts")) as fonts:
        folders = [str(fonts)] if fonts.is_dir() else []
        # First without the fonts of the machine, so that two machines make the same bytes wherever they can.
        for aside in (True, False):
            own = typst.Fonts(include_system_fonts=not aside, font_paths=folders)
            try:
                made = typst.Compiler(sys_inputs=given, font_paths=own).compile(
                    input=template,
                    format="pdf",
                    pdf_standards=[ARCHIVE, ACCESS],
                    timestamp=int(now.timestamp()),
                )
            except typst.TypstError as error:
                said = str(error)
                if not (aside and _unlettered(said)):
                    raise FormatError(_unmade(said)) from error
            else:
                return made if isinstance(made, bytes) else b"".join(made or ())
    raise AssertionError  # the second try returns or raises


def _unlettered(said: str) -> bool:
    return "glyph" in said or "notdef" in said or "could not be displayed" in said or "font" in said


def _unmade(said: str) -> str:
    if _unlettered(said):
        return (
            "no font here has every letter of this bulletin, so no PDF can be made of it; install the system's Noto fonts "
            "(on Debian: apt install fonts-noto-core), or choose the other formats"
        )
    return f"the PDF cannot be made: {said.splitlines()[0] if said else 'typst gave no reason'}"


@cache
def _style() -> str:
    """The style of the drawings, in colours of print and without what needs a browser."""
    own = re.sub(
        r"^svg\{.*?\}\}",
        "",
        re.sub(r"^svg\{[^}]*\}", "", chart.STYLE).replace("@media(prefers-color-scheme:dark)", ""),
    )
    own = re.sub(
        r"text\{font:12px[^;]*;font-variant-numeric:tabular-nums;",
        "text{font-family:Inter;font-size:12px;",
        own,
    )
    return re.sub(r"var\(--(\w+)\)", lambda m: _LIGHT[m[1]], own + _MAP)


def _drawing(svg: str) -> str:
    """A drawing as a file of its own, or nothing."""
    if not svg:
        return ""
    head = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return head.replace(">", f"><style>{_style()}</style>", 1)


def _data(page: Page, now: datetime) -> dict[str, Any]:
    """The page as plain data, with the marks that stand for links on paper."""
    statements = [s.anchor for p in page.papers for s in p.statements]
    marks = {a: str(n) for n, a in enumerate(statements, 1)}
    marks |= {w.anchor: f"w{n}" for n, w in enumerate(page.workings, 1)}
    since = page.since.moves if page.since else ()
    others = [d.anchor for d in page.disputes] + [m.anchor for m in (*page.moves, *since)]
    others += [n.anchor for n in page.notes]
    return {
        "title": page.title,
        "made": [now.year, now.month, now.day],
        "fonts": FONTS,
        "anchors": [*marks, *others],
        "marks": marks,
        "where": " ▸ ".join(page.where),
        "when": page.when,
        "headline": _runs(page.headline),
        "intro": [_runs(p) for p in page.intro],
        "notice": list(page.notice) if page.notice else None,
        "facts": _facts(page),
        "heads": [_head(h) for h in (*page.heads, *page.others)],
        "since": {"day": page.since.day, "corrects": page.since.corrects, "moves": [_move(m) for m in since]} if page.since else None,
        "chart": _drawing(page.chart[-1]),
        "chart_of": page.chart_of,
        "chart_words": _described(page.chart[-1]) or page.chart_of,
        "days": {
            "voices": [v.short for v in page.voices],
            "rows": [{"day": r.day, "toll": _number(r.toll), "cells": [_number(c) for c in r.cells]} for r in page.days],
        },
        "voices": [v.short for v in page.voices],
        "lines": [
            {"outcome": x.outcome, "group": x.group, "swatch": x.swatch, "cells": [_number(c) for c in x.cells]} for x in page.lines
        ],
        "map": _drawing(page.map),
        "map_words": page.map_words,
        **_told(page, marks),
        "abbreviations": " · ".join(f"{v.short} {v.full}" for v in page.voices if v.short != v.full),
        "made_words": _made(page),
    }  # fmt: skip


def _told(page: Page, marks: Mapping[str, str]) -> dict[str, Any]:
    """The lists: disputes, moves, steps, findings, workings, sources."""

    def taken(rows: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {"claim": _run(t.claim), "voice": t.voice.short, "day": t.day, "why": _runs(t.why)} for t in rows
        ]

    return {
        "method": page.method,
        "method_words": page.method_words,
        "contested": page.contested,
        "disputes": [
            {
                "anchor": x.anchor, "outcome": x.outcome, "group": x.group, "what": _runs(x.what),
                "sides": [{"name": v.short, "number": _number(n)} for v, n in x.sides],
            }
            for x in page.disputes
        ],
        "moves": [_move(m) for m in page.moves],
        "steps": [
            {"day": s.day, "phase": s.phase, "type": s.type, "voice": s.voice.short, "quotes": _runs(s.quotes)}
            for s in page.steps
        ],
        "notes": [
            {"anchor": n.anchor, "code": n.code, "what": _runs(n.what), "why": _runs(n.why), "explained": n.explained}
            for n in page.notes
        ],
        "workings": [
            {
                "anchor": w.anchor, "mark": marks[w.anchor], "outcome": w.outcome, "group": w.group,
                "number": _number(w.number), "voice": w.voice, "sum": w.sum, "used": taken(w.used), "aside": taken(w.aside),
            }
            for w in page.workings
        ],
        "papers": [
            {
                "publisher": p.publisher, "day": p.day, "title": p.title, "address": p.address,
                "statements": [
                    {
                        "anchor": s.anchor, "mark": marks[s.anchor], "before": s.before, "quote": s.quote, "after": s.after,
                        "speaker": s.speaker, "relayed": s.relayed, "reads": s.reads, "state": s.state,
                    }
                    for s in p.statements
                ],
            }
            for p in page.papers
        ],
    }  # fmt: skip


def _facts(page: Page) -> str:
    parts = [
        f"{len(page.papers)} reports", f"{len(page.voices)} sources behind them", f"{len(page.notes)} findings",
        f"method {page.method}", f"as known on {page.known}" if page.known else "",
        f"grade {page.grade}" if page.grade else "", page.status,
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _made(page: Page) -> str:
    log = (
        f" It rests on a log of statements up to position {page.log[0]}, whose head is {page.log[1]}."
        if page.log
        else ""
    )
    return f"Made with tollbook on {page.made}.{log}"


def _described(svg: str) -> str:
    """The text alternative of a drawing."""
    found = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
    return unescape(found[1]) if found else ""


def _run(part: Run) -> dict[str, str]:
    return {"text": part.text, "target": part.target.removeprefix("#")}


def _runs(parts: Iterable[Run]) -> list[dict[str, str]]:
    return [_run(part) for part in parts]


def _number(number: Number | None) -> dict[str, Any] | None:
    if number is None:
        return None
    return {
        "pieces": [list(p) for p in number.pieces], "target": number.target.removeprefix("#"), "word": number.word,
        "note": number.note, "summed": number.summed, "rise": number.rise.removeprefix("#"), "known": number.text != "–",
    }  # fmt: skip


def _head(head: Head) -> dict[str, Any]:
    def said(voice: Voice, number: Number | None) -> dict[str, Any]:
        again = number is None or (len(head.voices) == 1 and number.text == head.number.text)
        return {"name": voice.short, "number": None if again else _number(number)}

    return {
        "outcome": head.outcome, "group": head.group, "swatch": head.swatch, "number": _number(head.number),
        "voices": [said(v, n) for v, n in head.voices],
    }  # fmt: skip


def _move(move: Move) -> dict[str, Any]:
    return {
        "anchor": move.anchor, "day": move.day, "outcome": move.outcome, "group": move.group, "voice": move.voice.short,
        "before": _number(move.before), "after": _number(move.after), "delta": move.delta.text, "kind": move.kind,
        "why": _runs(move.why),
    }  # fmt: skip
