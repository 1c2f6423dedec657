"""Every page of the desk as a browser is sent to it: a furnished box, the addresses of all pages, and who looks on."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from tollbook import pipeline
from tollbook.book import standing
from tollbook.codes import Level, Verb
from tollbook.desk.app import ways
from tollbook.desk.live import State
from tollbook.desk.pages import atlas
from tollbook.desk.ways import Way
from tollbook.nouns import Incident, Site, Source

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request

NOW = datetime(2022, 2, 3, 9, 30, tzinfo=UTC)
WIDTHS = (390, 1280, 1920)

# Names and words of other scripts, as a desk has them: invented, and longer than one would like.
ARABIC = """\
Title: زندا: مقتل اثني عشر شخصا في السوق القديم بعد منتصف الليل
Source: وكالة روريتانيا للأنباء (Ruritania News Agency)
Published: 2022-01-30
Address: https://agency.example/ar/12

At least 12 people were killed and 30 wounded in an air strike on the old market of Zenda on Saturday, the Zenda \
Monitor (مرصد زندا) said. Strelsau's army said five gunmen had died. "دخل الطيران الحربي أجواء المدينة"، قال شاهد.
"""
HEBREW = """\
Title: סטרלסאו: 14 הרוגים, כולל ילדים, לאחר התקפה על השוק
Source: קול זנדה
Published: 2022-01-31
URL: https://voice.example/14

Fourteen people, including three children, were killed in the air strike on the old market of Zenda on 29 January, \
the Zenda Monitor said on Monday. Dozens were wounded.
"""


def furnish(folder: Path) -> None:
    """Adds to a demo's box what a book has after some days of work: other scripts, decisions, a war, a place, a card."""
    with pipeline.open_box(folder) as box:
        texts = folder.parent / f"{folder.name}-texts"
        texts.mkdir()
        for name, text in (("arabic", ARABIC), ("hebrew", HEBREW)):
            (texts / f"{name}.txt").write_text(text, encoding="utf-8")
        added = pipeline.ingest(box, [str(texts)], now=NOW).added
        assert len(added) == 2
        shutil.rmtree(texts)
        book = pipeline.book(box)
        war = Incident(
            said_on=NOW.date(), recorded_at=NOW, made_by="Ada", name="War of Zenda", level=Level.WAR
        )
        box.log.append(
            [
                war,
                Site(
                    said_on=NOW.date(), recorded_at=NOW, made_by="Ada", name="مخيم زندا", aliases=("Zenda camp",),
                    latitude=36.4, longitude=40.8, geo_precision=1, country="SY", note="from the camp's own list",
                ),
                Source(said_on=NOW.date(), recorded_at=NOW, made_by="Ada", name="مرصد زندا", aliases=("Zenda Monitor",)),
                Source(
                    said_on=NOW.date(), recorded_at=NOW, made_by="Ada", name="A nurse of Zenda", confidential=True,
                    pseudonym="k3m9", notes="speaks at night only",
                ),
            ]
        )  # fmt: skip
        first = next(i for i, said in book.incidents.items() if said.level is Level.INCIDENT)
        claims = list(book.claims)

        def decide(
            verb: Verb,
            target: str,
            reason: str,
            minute: int,
            *,
            changes: Sequence[tuple[str, str]] = (),
            other: str | None = None,
        ) -> None:
            pipeline.decide(
                box,
                verb,
                target,
                reason,
                now=NOW + timedelta(minutes=minute),
                by="Ada",
                changes=changes,
                other=other,
            )

        decide(Verb.ACCEPT, claims[0], "read against the text and found right", 1)
        decide(Verb.REJECT, claims[1], "it speaks of another day", 2)
        decide(Verb.COMMENT, claims[2], "نقطة واحدة: the monitor's Arabic text says “civilians”", 3)
        decide(Verb.ASSIGN, claims[3], "work shared out", 4, changes=[("to", "Flavia")])
        decide(Verb.COMMENT, first, "Two origins, and both are parties.", 5)
        decide(Verb.REVIEW, first, "taken into review", 6)
        decide(Verb.GRADE, first, "two origins disagree", 7, changes=[("grade", "contested")])
        decide(Verb.NEST, first, "part of the same war", 8, other=war.id)


# Pages that are there only where people sign in.
SIGNED = frozenset({"/sign-in", "/start", "/me", "/me/codes"})
# What else an address must say.
SAYS = {"/incidents/{incident}/with": "?verb=merge"}


def pages() -> list[Way]:
    """Every page of a desk without accounts that is asked for with GET; the stream of news is none."""
    return [
        way for way in ways() if way.method == "GET" and not way.api and way.path not in {"/live", *SIGNED}
    ]


def addresses(way: Way, state: State, most: int = 3) -> list[str]:
    """Addresses at which a page shows something of this book, no more than so many.

    Raises:
        KeyError: nobody said how a parameter of its path is filled in; say it in ``_fillings``.
    """
    if "{" not in way.path:
        return [way.path]
    if way.path == "/map/ground/{part}/{digest}":
        return list(atlas.grounds().values())
    if way.path.startswith("/publish/{id}/"):
        return [
            way.path.replace("{id}", found.id).replace("{name}", quote(name, safe=""))
            for found in state.book.publications.values()
            for name, _ in found.files
        ][:most]
    before, _, rest = way.path.partition("{")
    name, _, after = rest.partition("}")
    name = name.partition(":")[0]
    found = _fillings(state)[name if name != "id" else before.strip("/").rpartition("/")[2]]
    if "{" in after:
        raise KeyError(f"{way.path} has two parameters; say in seen.py how they are filled in")
    return [f"{before}{quote(value, safe='')}{after}{SAYS.get(way.path, '')}" for value in found[:most]]


def _fillings(state: State) -> dict[str, list[str]]:
    """Values of path parameters, by the parameter's name: the fullest, the newest and one of another script or level."""
    book = state.book
    fullest = sorted(book.incidents, key=lambda i: -len(book.of(i)))
    wars = [i for i, said in book.incidents.items() if said.level is not Level.INCIDENT]
    incidents = list(dict.fromkeys([*fullest[:2], *wars[:1]]))
    reports = [next(iter(book.reports)), *(r for r, said in book.reports.items() if not said.title.isascii())]
    sources = list(book.sources)[:1] + list(book.sources)[-1:]
    return {
        "incident": incidents,
        "incidents": incidents,
        "report": reports,
        "reports": reports,
        "claim": list(book.claims)[:2],
        "source": sources,
        "sources": sources,
        "handle": [card.handle for card in book.sources.values() if card.confidential],
        "method": ["strict", "ged"],
        "name": ["strict", "ged"],
        "code": ["total-fell", "sources-disagree"],
        "log": [next(iter(book.claims)), next(iter(book.judgements))],
        "publish": [found.id for found in book.publications.values() if found.files],
        "publication": list(book.publications),
        "site": list(book.sites),
        "row": ["12", "4000"],
        "job": [],  # nothing is being added
        "path": [],  # nothing is public in this book
        "position": [str(state.position)],
        "judgement": [j.id for j in standing(book.judgements.values())][:1],
    }


@dataclass
class Watch:
    """What a tab did that no page may: a script's error, a request elsewhere, something against the policy."""

    page: Page
    home: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("dialog", self._opened)

    def _failed(self, error: Error) -> None:
        self.wrong.append(f"a script failed: {error}")

    def _opened(self, dialog: Dialog) -> None:
        self.wrong.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:" + self.home)):
            self.wrong.append(f"asked elsewhere: {request.url[:120]}")

    def _said(self, message: ConsoleMessage) -> None:
        # A published page is a file without a mark of its own; the browser looks for one.
        if message.location.get("url", "").endswith("/favicon.ico"):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.wrong.append(f"console: {message.text[:300]} ({message.location.get('url', '')[:120]})")

    def clean(self) -> None:
        """Fails if anything was wrong since the last time."""
        found, self.wrong[:] = list(self.wrong), []
        assert not found, "\n".join(found)
